import type { ClientBase } from 'pg';
import type { Comparison, EntryName } from '#libs/audit';
import { HASH_BYTES, TILE_WIDTH, type Tile } from '#libs/merkle';
import { type BinaryRow, readBinaryRows, uuidAt } from './binary-rows.js';
import { type PostingFacts, headOf, leafOf, postedLeaf } from './posting-head.js';
import { DatabaseReports } from './database-reports.js';
import { DatabaseSeals } from './database-seals.js';
import type { Owners } from './owners.js';
import type {
  AuditSource,
  LeafRow,
  ReportSource,
  SealSource,
  SeenCheckpoint,
  StoredHead,
  Stretch,
} from './source.js';

/** 2^18 leaves are 8 MiB, and as many postings in the worst case some 80. */
const STRETCH = 2 ** 18;

/** The columns of {@link ENTRIES}. */
const ID = 0;
const POS = 1;
const RECORDED_AT = 2;
const LEARNER = 3;
const BUCKET = 4;
const LOT = 5;
const LOT_SEQ = 6;
const LINES = 7;
const COLUMNS = 8;

/** The last lines of an entry's digested text (libs/double-entry), made where the rows lie. */
const LINES_SQL = `concat_ws(E'\\n', e.learner_id, e.lot_id, e.lot_seq, e.kind, e.debit, e.credit,
  e.amount, e.available_after, e.held_after, coalesce(e.settles_seq::text, ''),
  coalesce(e.reference::text, ''), coalesce(e.programme, ''), e.category_id, e.issuer_id,
  e.occurred_on, coalesce(e.expires_on::text, ''), coalesce(encode(e.rule_hash, 'hex'), ''),
  encode(e.commitment, 'hex'), coalesce(e.reason, ''))`;

const ENTRIES = `SELECT e.posting_id, e.posting_pos, e.recorded_at, e.learner_id, e.bucket,
  e.lot_id, e.lot_seq, ${LINES_SQL} FROM public.entry e`;

const POSTING = `p.actor, p.institution_id, p.leaves,
  (extract(epoch FROM p.recorded_at) * 1000000)::bigint - 946684800000000 AS micros,
  floor(extract(epoch FROM p.recorded_at) * 1000)::bigint AS ms`;

interface PostingRow {
  posting_id: string;
  first_index: string | null;
  entries: number;
  actor: string | null;
  institution_id: string | null;
  leaves: Buffer | null;
  micros: string | null;
  ms: string | null;
}

/** Reads books and log from PostgreSQL itself, in one snapshot. */
export class DatabaseSource implements AuditSource {
  readonly stretch = STRETCH;
  readonly seals: SealSource;
  readonly reports: ReportSource;

  private constructor(private readonly client: ClientBase) {
    this.seals = new DatabaseSeals(client);
    this.reports = new DatabaseReports(client);
  }

  static async open(client: ClientBase): Promise<DatabaseSource> {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return DatabaseSource.within(client);
  }

  /** In the transaction that the caller began; {@link close} leaves it as it was. */
  static async within(client: ClientBase): Promise<DatabaseSource> {
    await client.query('SAVEPOINT audit');
    // Functions of the system only, whatever somebody put into another schema under their names.
    await client.query('SET LOCAL search_path = pg_catalog');
    await client.query(`SET LOCAL datestyle = 'ISO, YMD'`);
    return new DatabaseSource(client);
  }

  async head(): Promise<StoredHead | undefined> {
    const { rows } = await this.client.query<{ size: string; root: Buffer; checkpoint: string }>(
      'SELECT size, root, checkpoint FROM public.log_head',
    );
    return rows.map((row) => ({ ...row, size: Number(row.size) }))[0];
  }

  async seen(): Promise<SeenCheckpoint[]> {
    const { rows } = await this.client.query<SeenCheckpoint>(
      'SELECT witness, checkpoint FROM public.log_cosignature ORDER BY size, witness',
    );
    return rows;
  }

  async leaves(start: number, count: number): Promise<LeafRow> {
    const leaves = Buffer.alloc(count * HASH_BYTES);
    const beyond = Math.ceil((start + count) / TILE_WIDTH);
    const { rows } = await this.client.query<{ index: string; hashes: Buffer }>(
      `SELECT index, hashes FROM public.log_tile
        WHERE level = 0 AND index >= $1 AND index < $2 ORDER BY index`,
      [start / TILE_WIDTH, beyond],
    );
    const byIndex = new Map(rows.map(({ index, hashes }) => [Number(index), hashes]));
    const lacking: number[] = [];
    for (let index = start / TILE_WIDTH; index < beyond; index += 1) {
      const from = (index * TILE_WIDTH - start) * HASH_BYTES;
      const wanted = Math.min(TILE_WIDTH * HASH_BYTES, leaves.length - from);
      const found = byIndex.get(index)?.copy(leaves, from, 0, wanted) ?? 0;
      if (found < wanted) lacking.push(index);
    }
    return { leaves, lacking };
  }

  async upperTiles(): Promise<Tile[]> {
    const { rows } = await this.client.query<{ level: number; index: string; hashes: Buffer }>(
      'SELECT level, index, hashes FROM public.log_tile WHERE level > 0 ORDER BY level, index',
    );
    return rows.map(({ level, index, hashes }) => ({
      level,
      index: Number(index),
      width: hashes.length / HASH_BYTES,
      hashes,
    }));
  }

  async compare(comparison: Comparison, { start, leaves, owners }: Stretch): Promise<void> {
    const postings = await this.#postingsOf(start, start + leaves.length / HASH_BYTES);
    comparison.open(
      start,
      leaves,
      postings.map((posting) => ({ ...posting, firstIndex: posting.firstIndex as number })),
    );
    if (postings.length > 0) {
      const ids = postings.map(({ postingId }) => postingId).sort();
      const range = `WHERE e.posting_id BETWEEN '${ids[0]}' AND '${ids.at(-1)}'`;
      const sql = `${ENTRIES} ${range}`;
      await this.#compareEntries({ comparison, start, owners }, sql, postings);
    }
    comparison.close();
  }

  async compareRest(comparison: Comparison): Promise<number> {
    const { rows } = await this.client.query<PostingRow & { waits: boolean }>(
      `SELECT p.posting_id, NULL AS first_index, p.entries, ${POSTING},
              EXISTS (SELECT FROM public.feed f WHERE f.posting_id = p.posting_id) AS waits
         FROM public.posting p
        WHERE NOT EXISTS (SELECT FROM public.log_posting l WHERE l.posting_id = p.posting_id)`,
    );
    const waiting = rows.filter(({ waits }) => waits).map(toFacts);
    const byId = mapOf(waiting);
    const found = new Map<string, number>();
    const sql = `${ENTRIES} WHERE NOT EXISTS (
      SELECT FROM public.log_posting l WHERE l.posting_id = e.posting_id)`;
    await readBinaryRows(this.client, { sql, columns: COLUMNS }, (row) => {
      const posting = byId.get(idIn(row));
      if (posting) {
        found.set(posting.postingId, (found.get(posting.postingId) ?? 0) + 1);
        compareWaiting(comparison, row, posting);
      } else {
        const detail = 'the log never had it';
        comparison.isExtra({ ...nameIn(row), kind: 'inserted', leaf: undefined, detail });
      }
    });
    for (const { postingId, entries } of waiting) {
      if ((found.get(postingId) ?? 0) >= entries) continue;
      const name = { postingId, postingPos: null, entryId: null };
      const detail = `its posting waits for the log with ${entries} entries`;
      comparison.isExtra({ ...name, kind: 'deleted', leaf: undefined, detail });
    }
    return waiting.reduce((sum, { entries }) => sum + entries, 0);
  }

  async nameOf(index: number): Promise<EntryName | undefined> {
    const { rows } = await this.client.query<EntryName>(
      `SELECT l.posting_id AS "postingId", ($1 - l.first_index)::int AS "postingPos",
              e.lot_id || '.' || e.lot_seq AS "entryId"
         FROM public.log_posting l LEFT JOIN public.entry e
           ON e.posting_id = l.posting_id AND e.posting_pos = $1 - l.first_index
        WHERE l.first_index <= $1 AND l.first_index + l.entries > $1`,
      [index],
    );
    return rows[0];
  }

  async close(): Promise<void> {
    await this.client.query('ROLLBACK TO SAVEPOINT audit');
  }

  async #postingsOf(start: number, end: number): Promise<PostingFacts[]> {
    const { rows } = await this.client.query<PostingRow>(
      `SELECT l.posting_id, l.first_index, l.entries, ${POSTING}
         FROM public.log_posting l LEFT JOIN public.posting p ON p.posting_id = l.posting_id
        WHERE l.first_index < $2 AND l.first_index >= coalesce(
                (SELECT max(first_index) FROM public.log_posting WHERE first_index <= $1), 0)
        ORDER BY l.first_index`,
      [start, end],
    );
    return rows.map(toFacts);
  }

  async #compareEntries(
    within: Within,
    sql: string,
    postings: readonly PostingFacts[],
  ): Promise<void> {
    const byId = mapOf(postings);
    let last: { id: string; posting: PostingFacts | undefined } = { id: '', posting: undefined };
    await readBinaryRows(this.client, { sql, columns: COLUMNS }, (row) => {
      const id = idIn(row);
      if (id !== last.id) last = { id, posting: byId.get(id) };
      // Others belong to another stretch of the log, or come with the rest.
      if (last.posting) compareEntry(within, row, last.posting);
    });
  }
}

/** The stretch that is compared. */
interface Within {
  readonly comparison: Comparison;
  readonly start: number;
  readonly owners: Owners | undefined;
}

function compareEntry(
  { comparison, start, owners }: Within,
  row: BinaryRow,
  posting: PostingFacts,
): void {
  const pos = row.bytes.readInt32BE(row.starts[POS]);
  const leaf = leafIn(row, posting);
  if (pos < 0 || pos >= posting.entries) {
    const detail = 'its posting was logged without it';
    comparison.isExtra({ ...nameIn(row), kind: 'inserted', leaf, detail });
    return;
  }
  const index = (posting.firstIndex ?? 0) + pos;
  if (!comparison.covers(index)) return;
  owners?.set(index - start, row.bytes, row.starts[LEARNER] ?? 0);
  if (!leaf || !comparison.fits(index, leaf)) comparison.differs(index, leaf, nameIn(row));
}

/** An entry that the log does not have yet is held against the hash that was booked with it. */
function compareWaiting(comparison: Comparison, row: BinaryRow, posting: PostingFacts): void {
  const leaf = leafIn(row, posting);
  const booked = postedLeaf(posting, row.bytes.readInt32BE(row.starts[POS]));
  if (leaf && booked?.equals(leaf)) return;
  const detail = 'waits for the log and does not read as it was booked';
  comparison.isExtra({ ...nameIn(row), kind: 'edited', leaf: undefined, detail });
}

/** Whether the columns that the digest does not hold say the same as those that it does. */
function isInOrder({ bytes, starts }: BinaryRow, { recordedAt }: PostingFacts): boolean {
  const time = starts[RECORDED_AT] ?? 0;
  const isSameTime = bytes.compare(recordedAt, 0, 8, time, time + 8) === 0;
  const bucket = bytes.readInt16BE(starts[BUCKET]);
  return isSameTime && (bytes.readUInt16BE((starts[LEARNER] ?? 0) + 6) & 0x3ff) === bucket;
}

function leafIn(row: BinaryRow, posting: PostingFacts): Buffer | undefined {
  if (!posting.head || !isInOrder(row, posting)) return undefined;
  const from = row.starts[LINES] ?? 0;
  return leafOf(posting.head, row.bytes, from, from + (row.lengths[LINES] ?? 0));
}

function idIn({ bytes, starts }: BinaryRow): string {
  return bytes.toString('latin1', starts[ID], (starts[ID] ?? 0) + 16);
}

function mapOf(postings: readonly PostingFacts[]): Map<string, PostingFacts> {
  return new Map(postings.map((posting) => [rawId(posting.postingId), posting]));
}

function nameIn({ bytes, starts }: BinaryRow): EntryName {
  return {
    postingId: uuidAt(bytes, starts[ID] ?? 0),
    postingPos: bytes.readInt32BE(starts[POS]),
    entryId: `${uuidAt(bytes, starts[LOT] ?? 0)}.${bytes.readInt32BE(starts[LOT_SEQ])}`,
  };
}

function toFacts(row: PostingRow): PostingFacts {
  const recordedAt = Buffer.alloc(8);
  if (row.micros !== null) recordedAt.writeBigInt64BE(BigInt(row.micros));
  // A time between two milliseconds was never written by the service.
  const isWhole = row.micros !== null && BigInt(row.micros) % 1000n === 0n;
  const { actor, posting_id: postingId, institution_id: institutionId } = row;
  return {
    postingId,
    firstIndex: row.first_index === null ? null : Number(row.first_index),
    entries: row.entries,
    leaves: row.leaves ?? undefined,
    recordedAt,
    head:
      actor !== null && isWhole
        ? headOf({ postingId, recordedAt: new Date(Number(row.ms)), actor, institutionId })
        : undefined,
  };
}

function rawId(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1');
}
