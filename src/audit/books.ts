import { AssertionError } from 'node:assert';
import type { ClientBase } from 'pg';
import { Comparison, type Finding, classify } from '#libs/audit';
import type { Millicredits } from '#libs/credit';
import { ACCOUNTS, ENTRY_KINDS, type Entry, type LotState, replay } from '#libs/double-entry';
import { audit } from './audit.js';
import { type BinaryRow, readBinaryRows, uuidAt } from './binary-rows.js';
import type { DatabaseSource } from './database-source.js';

/** Faults named one by one; a thousand tell as much as a million. */
const MOST_FAULTS = 1_000;
const PROGRESS_EVERY = 4_096;

/** A number that does not follow from the entries. */
export interface BookFault {
  readonly lotId: string | null;
  readonly entryId: string | null;
  readonly detail: string;
}

export interface BooksReport {
  readonly sound: boolean;
  readonly lots: number;
  readonly entries: number;
  /** Entries that were compared with their place in the log. */
  readonly logged: number;
  readonly waiting: number;
  readonly faults: readonly BookFault[];
}

/** Books that a restore must not keep. */
export class BooksError extends Error {
  override readonly name = 'BooksError';
}

/**
 * Replays every lot through the machine of libs/double-entry and compares every stored number with
 * its own; then owners, hashes and log. One lot is in memory at a time.
 */
export async function verifyBooks(
  client: ClientBase,
  source: DatabaseSource,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<BooksReport> {
  const faults: BookFault[] = [];
  const add = (fault: BookFault): void => {
    if (faults.length < MOST_FAULTS) faults.push(fault);
  };
  const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM public.entry');
  const total = Number(rows[0]?.n);
  const lots = await replayLots(client, add, (done) => onProgress(done, total));
  await checkOwners(client, add);
  const { findings, checked, waiting } = await compareWithLog(source);
  for (const finding of findings) add(faultOf(finding));
  return {
    sound: faults.length === 0,
    lots,
    entries: total,
    logged: checked,
    waiting,
    faults,
  };
}

type Add = (fault: BookFault) => void;

const REPLAY = `SELECT learner_id, lot_id, lot_seq, kind, debit, credit, amount, available_after,
  held_after, settles_seq, reference, programme FROM public.entry
  ORDER BY bucket, learner_id, lot_id, lot_seq`;
const COLUMNS = 12;

async function replayLots(
  client: ClientBase,
  add: Add,
  onProgress: (done: number) => void,
): Promise<number> {
  let lot: Entry[] = [];
  let owner = '';
  let lots = 0;
  let done = 0;
  const finish = (): void => {
    if (lot.length === 0) return;
    lots += 1;
    checkLot(lot, add);
    lot = [];
  };
  await readBinaryRows(client, { sql: REPLAY, columns: COLUMNS }, (row) => {
    const key = keyOf(row);
    if (key !== owner) finish();
    owner = key;
    lot.push(entryOf(row));
    done += 1;
    if (done % PROGRESS_EVERY === 0) onProgress(done);
  });
  finish();
  onProgress(done);
  return lots;
}

/** One lot of one learner: the same lot under another learner is another stretch of rows. */
function keyOf({ bytes, starts }: BinaryRow): string {
  const [learner = 0, lot = 0] = starts;
  return bytes.toString('latin1', learner, learner + 16) + bytes.toString('latin1', lot, lot + 16);
}

function checkLot(entries: readonly Entry[], add: Add): void {
  const [first] = entries as readonly [Entry];
  const { lotId } = first;
  const state = replayed(lotId, entries);
  if (state) {
    const parts = state.available + state.held + state.used + state.expired + state.revoked;
    if (parts !== first.amount) {
      add({ lotId, entryId: null, detail: 'its parts do not add up to its deposit' });
    }
    return;
  }
  // The shortest history that does not follow ends with the entry at fault.
  const at = entries.findIndex((_, count) => !replayed(lotId, entries.slice(0, count + 1)));
  const entryId = `${lotId}.${entries[at]?.lotSeq}`;
  add({ lotId, entryId, detail: 'does not follow from the entries before it' });
}

function replayed(lotId: string, entries: readonly Entry[]): LotState | undefined {
  try {
    return replay(lotId, entries);
  } catch (error) {
    if (error instanceof AssertionError) return undefined;
    throw error;
  }
}

function entryOf(row: BinaryRow): Entry {
  const { bytes, starts, lengths } = row;
  const at = (column: number): number => starts[column] ?? -1;
  const isNull = (column: number): boolean => at(column) < 0;
  const amount = (column: number): Millicredits => bytes.readBigInt64BE(at(column)) as Millicredits;
  return {
    lotId: uuidAt(bytes, at(1)),
    lotSeq: bytes.readInt32BE(at(2)),
    kind: ENTRY_KINDS[bytes.readInt16BE(at(3))] as Entry['kind'],
    debit: ACCOUNTS[bytes.readInt16BE(at(4))] as Entry['debit'],
    credit: ACCOUNTS[bytes.readInt16BE(at(5))] as Entry['credit'],
    amount: amount(6),
    availableAfter: amount(7),
    heldAfter: amount(8),
    settlesSeq: isNull(9) ? null : bytes.readInt32BE(at(9)),
    reference: isNull(10) ? null : uuidAt(bytes, at(10)),
    programme: isNull(11) ? null : bytes.toString('utf8', at(11), at(11) + (lengths[11] ?? 0)),
  };
}

/** Every lot belongs to one learner, and its entries stand with that learner. */
async function checkOwners(client: ClientBase, add: Add): Promise<void> {
  const { rows } = await client.query<{ lotId: string; entryId: string; owned: boolean }>(
    `SELECT e.lot_id AS "lotId", e.lot_id || '.' || e.lot_seq AS "entryId",
            o.lot_id IS NOT NULL AS owned
       FROM public.entry e LEFT JOIN public.lot_owner o ON o.lot_id = e.lot_id
      WHERE o.lot_id IS NULL OR o.learner_id <> e.learner_id OR o.bucket <> e.bucket
      LIMIT ${MOST_FAULTS}`,
  );
  for (const { lotId, entryId, owned } of rows) {
    const detail = owned ? 'stands with a learner who does not own the lot' : 'nobody owns its lot';
    add({ lotId, entryId, detail });
  }
}

async function compareWithLog(
  source: DatabaseSource,
): Promise<{ findings: readonly Finding[]; checked: number; waiting: number }> {
  if (await source.head()) {
    const { findings, entries, waiting } = await audit(source, {});
    return { findings, checked: entries, waiting };
  }
  // A service that never ran with a log yet: everything waits for it.
  const comparison = new Comparison();
  const waiting = await source.compareRest(comparison);
  const findings = classify(comparison.facts({ logSize: 0, isLogSound: true }));
  return { findings, checked: 0, waiting };
}

function faultOf({ kind, index, entryId, postingId, postingPos, detail }: Finding): BookFault {
  const place = index === null ? '' : ` number ${index} of the log`;
  const posting = postingId === null ? '' : ` (posting ${postingId} line ${postingPos})`;
  return { lotId: null, entryId, detail: `${kind}${place}${posting}: ${detail}` };
}
