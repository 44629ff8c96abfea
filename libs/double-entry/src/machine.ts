import assert from 'node:assert';
import {
  MAX_POSTING_MILLICREDITS,
  type Millicredits,
  ZERO_CREDITS,
  formatCredits,
} from '#libs/credit';
import { type Result, accept, assertNever, refuse } from '#libs/problems';
import type { Account, Command, Entry, EntryKind, LotState, OpenMovement } from './model.js';

/** The entries that a command makes and the lot after them. */
export interface Applied {
  readonly entries: readonly Entry[];
  readonly state: LotState;
}

/** A lot before its deposit. */
export function emptyLot(lotId: string): LotState {
  return {
    lotId,
    nextSeq: 0,
    available: ZERO_CREDITS,
    held: ZERO_CREDITS,
    used: ZERO_CREDITS,
    expired: ZERO_CREDITS,
    revoked: ZERO_CREDITS,
    holds: [],
    uses: [],
  };
}

/**
 * The whole ledger of one lot as a function: the same state and command always give the same
 * entries or the same refusal. Order of precedence: amount out of range, already revoked, nothing
 * held (or used) under that reference, insufficient credit.
 */
export function apply(state: LotState, command: Command): Result<Applied> {
  assert(command.lotId === state.lotId, 'a command applies to its own lot');
  switch (command.kind) {
    case 'deposit':
      return deposit(state, command.amount);
    case 'hold':
      return hold(state, command.amount, command.reference);
    case 'release':
      return settle(state, state.holds, command.reference, 'release');
    case 'use':
      return settle(state, state.holds, command.reference, 'use');
    case 'reverse':
      return settle(state, state.uses, command.reference, 'reversal');
    case 'expire':
      return accept(expire(state));
    case 'revoke':
      return revoke(state);
    default:
      return assertNever(command);
  }
}

/** Rebuilds a lot from its entries, oldest first, checking each against the machine's own sums. */
export function replay(lotId: string, entries: readonly Entry[]): LotState {
  return entries.reduce((state, entry) => {
    const next = book(state, entry);
    assert.deepStrictEqual(next.entry, entry, `entry ${lotId}.${entry.lotSeq} does not follow`);
    return next.state;
  }, emptyLot(lotId));
}

function deposit(state: LotState, amount: Millicredits): Result<Applied> {
  assert(state.nextSeq === 0, 'a lot is deposited once');
  if (!inRange(amount)) return refuse('amount-out-of-range');
  return accept(move(state, [{ kind: 'deposit', debit: 'issuer', credit: 'available', amount }]));
}

function hold(state: LotState, amount: Millicredits, reference: string): Result<Applied> {
  if (!inRange(amount)) return refuse('amount-out-of-range');
  if (amount > state.available) {
    return refuse('insufficient-credit', { available: formatCredits(state.available) });
  }
  return accept(
    move(state, [{ kind: 'hold', debit: 'available', credit: 'held', amount, reference }]),
  );
}

const SETTLEMENTS = {
  release: { debit: 'held', credit: 'available' },
  use: { debit: 'held', credit: 'used' },
  reversal: { debit: 'used', credit: 'available' },
} as const;

/** Settles every open hold (or use) of a reference in full. */
function settle(
  state: LotState,
  open: readonly OpenMovement[],
  reference: string,
  kind: keyof typeof SETTLEMENTS,
): Result<Applied> {
  const mine = open.filter((movement) => movement.reference === reference);
  if (mine.length === 0) return refuse('nothing-held', { held: formatCredits(state.held) });
  return accept(
    move(
      state,
      mine.map((movement) => ({
        kind,
        ...SETTLEMENTS[kind],
        amount: movement.remaining,
        reference,
        settlesSeq: movement.seq,
      })),
    ),
  );
}

/** What is available expires; what is held or used stays as it is. Nothing available, no entry. */
function expire(state: LotState): Applied {
  if (state.available === 0n) return { entries: [], state };
  return move(state, [
    { kind: 'expiry', debit: 'available', credit: 'expired', amount: state.available },
  ]);
}

/** Takes back all that is available, held or used. */
function revoke(state: LotState): Result<Applied> {
  const movements: Movement[] = [];
  const take = (debit: Account, amount: Millicredits, open: OpenMovement | null): void => {
    movements.push({
      kind: 'revocation',
      debit,
      credit: 'revoked',
      amount,
      reference: open?.reference ?? null,
      settlesSeq: open?.seq ?? null,
    });
  };
  if (state.available > 0n) take('available', state.available, null);
  for (const open of state.holds) take('held', open.remaining, open);
  for (const open of state.uses) take('used', open.remaining, open);
  if (movements.length === 0) return refuse('already-revoked');
  return accept(move(state, movements));
}

interface Movement {
  readonly kind: EntryKind;
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: Millicredits;
  readonly reference?: string | null;
  readonly settlesSeq?: number | null;
}

function move(state: LotState, movements: readonly Movement[]): Applied {
  const entries: Entry[] = [];
  let current = state;
  for (const movement of movements) {
    const booked = book(current, movement);
    entries.push(booked.entry);
    current = booked.state;
  }
  return { entries, state: current };
}

function book(state: LotState, movement: Movement): { entry: Entry; state: LotState } {
  const { kind, debit, credit, amount } = movement;
  assert(amount > 0n, 'an entry moves something');
  const balances = {
    available: state.available,
    held: state.held,
    used: state.used,
    expired: state.expired,
    revoked: state.revoked,
  };
  if (debit !== 'issuer') balances[debit] = (balances[debit] - amount) as Millicredits;
  if (credit !== 'issuer') balances[credit] = (balances[credit] + amount) as Millicredits;
  for (const [account, balance] of Object.entries(balances)) {
    assert(balance >= 0n, `${account} of lot ${state.lotId} would fall below zero`);
  }
  const settlesSeq = movement.settlesSeq ?? null;
  const reference = movement.reference ?? null;
  const opened: OpenMovement = { seq: state.nextSeq, remaining: amount, reference };
  const still = (open: OpenMovement): boolean => open.seq !== settlesSeq;
  return {
    entry: {
      lotId: state.lotId,
      lotSeq: state.nextSeq,
      kind,
      debit,
      credit,
      amount,
      availableAfter: balances.available,
      heldAfter: balances.held,
      settlesSeq,
      reference,
    },
    state: {
      lotId: state.lotId,
      nextSeq: state.nextSeq + 1,
      ...balances,
      holds: kind === 'hold' ? [...state.holds, opened] : state.holds.filter(still),
      uses: kind === 'use' ? [...state.uses, opened] : state.uses.filter(still),
    },
  };
}

function inRange(amount: Millicredits): boolean {
  return amount > 0n && amount <= MAX_POSTING_MILLICREDITS;
}
