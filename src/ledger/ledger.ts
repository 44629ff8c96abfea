import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addMonths, nextDay } from '#libs/credit';
import {
  type Command,
  type Entry,
  type LotState,
  apply,
  isPostable,
  replay,
} from '#libs/double-entry';
import { type Result, accept } from '#libs/problems';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { newId } from '../platform/ids/index.js';
import { isOverdue, onDay } from './as-of.js';
import { LedgerStore } from './ledger.store.js';
import type {
  CheckedLot,
  Claim,
  DepositHead,
  DepositLine,
  Deposited,
  EntryRecord,
  LotView,
  NewPosting,
  Posted,
  PostingHead,
  ProgrammeCount,
} from './ledger.types.js';
import { leavesOf, leavesOfDeposits } from './leaves.js';

/**
 * The one door for writes. Callers own the transaction; the pure machine of libs/double-entry
 * decides every entry, and the keys of the tables guard what the machine cannot see: a lot claimed
 * twice, or two movements that both took the next number of a lot. Entries, their hashes for the
 * public log and the row that feeds it are one statement.
 */
@Injectable()
export class Ledger {
  constructor(
    private readonly store: LedgerStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'bankShelfLifeMonths'>,
  ) {}

  ownersOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, string>> {
    return this.store.ownersOf(tx, lotIds);
  }

  /** Who owns the lots of external ids, by the ids that {@link post} was given. */
  claimsOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, Claim>> {
    return this.store.claimsOf(tx, lotIds);
  }

  /**
   * Opens lots, any number of learners at once. A lot that somebody owns already stays as it is,
   * for ever: the caller compares what it says. Of a lot named twice the first line counts.
   * Amounts were checked before: a bad one is a bug here and throws.
   */
  async post(
    tx: EntityManager,
    head: DepositHead,
    lines: readonly DepositLine[],
  ): Promise<Deposited> {
    const posting = this.#newPosting(head);
    const first = this.#withShelfLife(distinct(lines));
    for (const { amount } of first) {
      assert(amount === null || isPostable(amount), 'amounts are checked before they get here');
    }
    const leaves = leavesOfDeposits(posting, first);
    const known = await this.store.post(tx, { posting, lines: first, leaves });
    return { postingId: posting.postingId, recordedAt: posting.recordedAt, known };
  }

  /**
   * Moves credit of one learner: all commands or none. The learner is locked until the transaction
   * ends; credit past its last day expires before anything else is tried.
   *
   * @param movement.today the ledger's day, `yyyy-mm-dd`
   * @param movement.selves all accounts of the learner, where there are several: each lot stays with
   *   the account it was posted to, whichever asks
   */
  async move(
    tx: EntityManager,
    head: PostingHead,
    movement: {
      learnerId: string;
      selves?: readonly string[];
      today: string;
      commands: readonly Command[];
    },
  ): Promise<Result<Posted>> {
    const { learnerId, today, commands } = movement;
    const selves = (movement.selves ?? [learnerId]).toSorted(byId);
    const lotIds = [...new Set(commands.map((command) => command.lotId))];
    const lots = new Map<string, ReadLot>();
    for (const id of selves) await this.store.lockLearner(tx, id);
    for (const id of selves) {
      for (const lot of await this.#readLots(tx, id, lotIds)) lots.set(lot.id, lot);
    }
    const lines: Line[] = [];
    for (const command of withExpiry(commands, lots, today)) {
      const lot = lots.get(command.lotId);
      assert(lot, `lot ${command.lotId} is not of learner ${learnerId}`);
      const applied = apply(lot.state, command);
      if (!applied.ok) return applied;
      lot.state = applied.value.state;
      for (const entry of applied.value.entries) lines.push({ deposit: lot.deposit, entry });
    }
    return accept(await this.#append(tx, head, today, lines));
  }

  /**
   * Every lot of a learner, of all accounts, as it stands on `today`, oldest first; credit past its
   * last day counts as expired.
   */
  async lots(tx: EntityManager, selves: readonly string[], today: string): Promise<LotView[]> {
    const lots: LotView[] = [];
    for (const id of selves) lots.push(...(await this.store.listLots(tx, id)));
    if (selves.length > 1) lots.sort(byDeposit);
    return lots.map((lot) => onDay(lot, today));
  }

  /** The lots of many learners as they stand on `today`, in no particular order. */
  async lotsOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
    today: string,
  ): Promise<LotView[]> {
    const lots = await this.store.listLotsOfMany(tx, learnerIds);
    return lots.map((lot) => onDay(lot, today));
  }

  /** What one programme holds and counts of the lots of many learners without consuming it. */
  countsOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
    programme: string,
  ): Promise<ProgrammeCount[]> {
    return this.store.listCountsOfMany(tx, learnerIds, programme);
  }

  /** What programmes hold and count of a learner's lots without consuming it, of all accounts. */
  async counts(tx: EntityManager, selves: readonly string[]): Promise<ProgrammeCount[]> {
    const counts: ProgrammeCount[] = [];
    for (const id of selves) counts.push(...(await this.store.listCounts(tx, id)));
    return counts;
  }

  /** Everything that ever moved for a learner, of all accounts; oldest first within each lot. */
  async entriesOfAll(tx: EntityManager, selves: readonly string[]): Promise<EntryRecord[]> {
    const entries: EntryRecord[] = [];
    for (const id of selves) entries.push(...(await this.store.listOfLearner(tx, id)));
    return entries;
  }

  /** The first entry of a lot; undefined when the outcome was registered without credit. */
  findDeposit(
    tx: EntityManager,
    learnerId: string,
    lotId: string,
  ): Promise<EntryRecord | undefined> {
    return this.store.findEntry(tx, learnerId, lotId, 0);
  }

  /**
   * What a reference, for example an application, moved for a learner, of all accounts; in the order
   * of booking.
   */
  async entriesOf(
    tx: EntityManager,
    selves: readonly string[],
    reference: string,
  ): Promise<EntryRecord[]> {
    const entries: EntryRecord[] = [];
    for (const id of selves) entries.push(...(await this.store.listOfReference(tx, id, reference)));
    return selves.length > 1 ? entries.sort(byBooking) : entries;
  }

  /**
   * Rebuilds lots from their entries and compares every stored number with the machine's own.
   * A lot without entries is not in the answer.
   */
  async recheck(
    tx: EntityManager,
    selves: readonly string[],
    lotIds: readonly string[],
  ): Promise<CheckedLot[]> {
    const byLot = new Map<string, EntryRecord[]>();
    for (const id of selves) {
      for (const entry of await this.store.listOfLots(tx, id, lotIds)) {
        const own = byLot.get(entry.lotId);
        if (own) own.push(entry);
        else byLot.set(entry.lotId, [entry]);
      }
    }
    return [...byLot].map(([lotId, entries]) => ({
      lotId,
      entries,
      isSound: follows(lotId, entries),
    }));
  }

  async #readLots(tx: EntityManager, learnerId: string, lotIds: string[]): Promise<ReadLot[]> {
    const entries = await this.store.listOfLots(tx, learnerId, lotIds);
    return lotIds.flatMap((id) => {
      const own = entries.filter((entry) => entry.lotId === id);
      const deposit = own[0];
      return deposit ? [{ id, deposit, state: replay(id, own.map(toEntry)) }] : [];
    });
  }

  async #append(
    tx: EntityManager,
    head: PostingHead,
    today: string,
    lines: readonly Line[],
  ): Promise<Posted> {
    const posting = this.#newPosting(head);
    const { postingId, recordedAt, ruleHash, reason } = posting;
    const entries = lines.map(({ deposit, entry }, postingPos): EntryRecord => ({
      ...entry,
      learnerId: deposit.learnerId,
      categoryId: deposit.categoryId,
      issuerId: deposit.issuerId,
      occurredOn: dayOfMovement(entry, deposit, today),
      expiresOn: null,
      commitment: chainCommitment(deposit, entry),
      postingId,
      postingPos,
      recordedAt,
      ruleHash,
      reason,
    }));
    if (entries.length > 0) {
      await this.store.append(tx, { posting, entries, leaves: leavesOf(posting, entries) });
    }
    return { postingId, recordedAt, entries };
  }

  /** The bank's own limit counts from the deposit; an issuer's shorter one wins (R45). */
  #withShelfLife(lines: readonly DepositLine[]): readonly DepositLine[] {
    const { bankShelfLifeMonths } = this.config;
    if (bankShelfLifeMonths === null) return lines;
    const last = addMonths(this.clock.today(), bankShelfLifeMonths);
    const isShorter = ({ expiresOn }: DepositLine): boolean =>
      expiresOn !== null && expiresOn <= last;
    return lines.map((line) => (isShorter(line) ? line : { ...line, expiresOn: last }));
  }

  #newPosting<Head extends PostingHead>(head: Head): Head & NewPosting {
    const { ruleHash = null, reason = null } = head;
    return { ...head, ruleHash, reason, postingId: newId(), recordedAt: this.clock.now() };
  }
}

function byId(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function byDeposit(a: LotView, b: LotView): number {
  return a.depositedAt.getTime() - b.depositedAt.getTime() || byId(a.lotId, b.lotId);
}

function byBooking(a: EntryRecord, b: EntryRecord): number {
  const byTime = a.recordedAt.getTime() - b.recordedAt.getTime();
  if (byTime !== 0) return byTime;
  if (a.postingId !== b.postingId) return byId(a.postingId, b.postingId);
  return a.postingPos - b.postingPos;
}

interface Line {
  readonly deposit: EntryRecord;
  readonly entry: Entry;
}

interface ReadLot {
  readonly id: string;
  readonly deposit: EntryRecord;
  state: LotState;
}

function distinct(lines: readonly DepositLine[]): readonly DepositLine[] {
  assert(lines.length > 0, 'a posting has at least one line');
  const lots = new Set<string>();
  for (const { lotId } of lines) lots.add(lotId);
  if (lots.size === lines.length) return lines;
  // Each line takes its lot out again, so that the next of the same lot finds nothing.
  return lines.filter(({ lotId }) => lots.delete(lotId));
}

/** Credit expires the day after its last one, however late that is booked. */
function dayOfMovement(entry: Entry, { expiresOn }: EntryRecord, today: string): string {
  return entry.kind === 'expiry' && expiresOn !== null ? nextDay(expiresOn) : today;
}

/** Puts an expiry before the commands of each lot that still has credit past its last day. */
function withExpiry(
  commands: readonly Command[],
  lots: ReadonlyMap<string, ReadLot>,
  today: string,
): Command[] {
  const overdue = [...lots.values()].filter(
    (lot) => lot.state.available > 0n && isOverdue(lot.deposit.expiresOn, today),
  );
  return [...overdue.map((lot): Command => ({ kind: 'expire', lotId: lot.id })), ...commands];
}

/** A later entry commits to the deposit's commitment, so that nothing of the person is needed. */
function chainCommitment(deposit: EntryRecord, entry: Entry): Buffer {
  return createHash('sha256')
    .update(deposit.commitment)
    .update(`${entry.lotSeq}|${entry.kind}|${entry.amount}|${entry.reference ?? ''}`)
    .digest();
}

function follows(lotId: string, entries: readonly EntryRecord[]): boolean {
  try {
    replay(lotId, entries.map(toEntry));
    return true;
  } catch (error) {
    if (error instanceof assert.AssertionError) return false;
    throw error;
  }
}

function toEntry(record: EntryRecord): Entry {
  return {
    lotId: record.lotId,
    lotSeq: record.lotSeq,
    kind: record.kind,
    debit: record.debit,
    credit: record.credit,
    amount: record.amount,
    availableAfter: record.availableAfter,
    heldAfter: record.heldAfter,
    settlesSeq: record.settlesSeq,
    reference: record.reference,
    programme: record.programme,
  };
}
