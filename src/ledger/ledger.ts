import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Command,
  type Entry,
  type LotState,
  apply,
  emptyLot,
  replay,
} from '#libs/double-entry';
import { type Result, accept } from '#libs/problems';
import { newId } from '../platform/ids/index.js';
import { LedgerStore } from './ledger.store.js';
import type {
  CheckedLot,
  DepositLine,
  EntryRecord,
  LotView,
  Posted,
  PostingHead,
} from './ledger.types.js';

/**
 * The one door for writes. Callers own the transaction; the pure machine of libs/double-entry
 * decides every entry, and the keys of the tables guard what the machine cannot see: a lot claimed
 * twice, or two movements that both took the next number of a lot.
 */
@Injectable()
export class Ledger {
  constructor(private readonly store: LedgerStore) {}

  /** Takes lots that nobody owns yet; returns the ids that are new. Ask before {@link deposit}. */
  claimLots(
    tx: EntityManager,
    lots: readonly { lotId: string; learnerId: string }[],
  ): Promise<Set<string>> {
    return this.store.claimLots(tx, lots);
  }

  ownersOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, string>> {
    return this.store.ownersOf(tx, lotIds);
  }

  /**
   * Deposits new lots, any number of learners at once. Amounts were checked before: a bad one is a
   * bug here and throws.
   */
  async deposit(
    tx: EntityManager,
    head: PostingHead,
    lines: readonly DepositLine[],
  ): Promise<Posted> {
    assert(lines.length > 0, 'a posting has at least one entry');
    return this.#write(
      tx,
      head,
      lines.map((line) => {
        const applied = apply(emptyLot(line.lotId), {
          kind: 'deposit',
          lotId: line.lotId,
          amount: line.amount,
        });
        assert(applied.ok, 'amounts are checked before they reach the ledger');
        return { ...line, entry: applied.value.entries[0] as Entry };
      }),
    );
  }

  /**
   * Moves credit of one learner: all commands or none. The learner is locked until the transaction
   * ends; credit past its last day expires before anything else is tried.
   *
   * @param today the ledger's day, `yyyy-mm-dd`
   */
  async move(
    tx: EntityManager,
    head: PostingHead,
    movement: { learnerId: string; today: string; commands: readonly Command[] },
  ): Promise<Result<Posted>> {
    const { learnerId, today, commands } = movement;
    await this.store.lockLearner(tx, learnerId);
    const lotIds = [...new Set(commands.map((command) => command.lotId))];
    const lots = new Map((await this.#readLots(tx, learnerId, lotIds)).map((lot) => [lot.id, lot]));
    const lines: Line[] = [];
    for (const command of withExpiry(commands, lots, today)) {
      const lot = lots.get(command.lotId);
      assert(lot, `lot ${command.lotId} is not of learner ${learnerId}`);
      const applied = apply(lot.state, command);
      if (!applied.ok) return applied;
      lot.state = applied.value.state;
      for (const entry of applied.value.entries) {
        lines.push({
          ...lot.deposit,
          occurredOn: today,
          expiresOn: null,
          commitment: chainCommitment(lot.deposit, entry),
          entry,
        });
      }
    }
    return accept(await this.#write(tx, head, lines));
  }

  /** Every lot of a learner as it stands on `today`; credit past its last day counts as expired. */
  async lots(tx: EntityManager, learnerId: string, today: string): Promise<LotView[]> {
    const lots = await this.store.listLots(tx, learnerId);
    return lots.map((lot) => (isOverdue(lot.expiresOn, today) ? expireView(lot) : lot));
  }

  /** The first entry of a lot; undefined when the outcome was registered without credit. */
  findDeposit(
    tx: EntityManager,
    learnerId: string,
    lotId: string,
  ): Promise<EntryRecord | undefined> {
    return this.store.findEntry(tx, learnerId, lotId, 0);
  }

  /** What a reference, for example an application, moved for a learner; in the order of booking. */
  entriesOf(tx: EntityManager, learnerId: string, reference: string): Promise<EntryRecord[]> {
    return this.store.listOfReference(tx, learnerId, reference);
  }

  /**
   * Rebuilds lots from their entries and compares every stored number with the machine's own.
   * A lot without entries is not in the answer.
   */
  async recheck(
    tx: EntityManager,
    learnerId: string,
    lotIds: readonly string[],
  ): Promise<CheckedLot[]> {
    const byLot = new Map<string, EntryRecord[]>();
    for (const entry of await this.store.listOfLots(tx, learnerId, lotIds)) {
      const own = byLot.get(entry.lotId);
      if (own) own.push(entry);
      else byLot.set(entry.lotId, [entry]);
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

  async #write(tx: EntityManager, head: PostingHead, lines: readonly Line[]): Promise<Posted> {
    const postingId = newId();
    const recordedAt = await this.store.insertPosting(tx, {
      id: postingId,
      institutionId: head.institutionId,
      actor: head.actor,
      entries: lines.length,
    });
    const entries = lines.map((line, postingPos): EntryRecord => ({
      ...line.entry,
      learnerId: line.learnerId,
      categoryId: line.categoryId,
      issuerId: line.issuerId,
      occurredOn: line.occurredOn,
      expiresOn: line.expiresOn,
      commitment: line.commitment,
      postingId,
      postingPos,
      recordedAt,
      ruleHash: head.ruleHash ?? null,
      reason: head.reason ?? null,
    }));
    await this.store.insertEntries(tx, entries);
    return { postingId, recordedAt, entries };
  }
}

interface Line extends Omit<DepositLine, 'amount'> {
  readonly entry: Entry;
}

interface ReadLot {
  readonly id: string;
  readonly deposit: EntryRecord;
  state: LotState;
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

function isOverdue(expiresOn: string | null, today: string): boolean {
  return expiresOn !== null && expiresOn < today;
}

function expireView(lot: LotView): LotView {
  return {
    ...lot,
    available: 0n as LotView['available'],
    expired: (lot.expired + lot.available) as LotView['expired'],
  };
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
  };
}
