import assert from 'node:assert';
import {
  MAX_POSTING_MILLICREDITS,
  type Millicredits,
  ZERO_CREDITS,
  formatCredits,
} from '#libs/credit';
import { type Result, accept, assertNever, refuse } from '#libs/problems';
import type {
  Account,
  Command,
  Entry,
  EntryKind,
  LotAccount,
  LotState,
  OpenMovement,
} from './model.js';

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
    pledged: ZERO_CREDITS,
    counted: ZERO_CREDITS,
    holds: [],
    uses: [],
    revocations: [],
  };
}

/**
 * The whole ledger of one lot as a function: the same state and command always give the same
 * entries or the same refusal. Order of precedence: amount out of range, already revoked, not
 * revoked, nothing held (or used) under that reference, insufficient credit.
 */
export function apply(state: LotState, command: Command): Result<Applied> {
  assert(command.lotId === state.lotId, 'a command applies to its own lot');
  switch (command.kind) {
    case 'deposit':
      return deposit(state, command.amount);
    case 'hold':
      return hold(state, command);
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
    case 'redeposit':
      return redeposit(state, command.reference);
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

/** What a programme may still take of a lot: nothing that it holds or has counted already. */
export function roomFor(state: LotState, programme: string | null): Millicredits {
  const own = [...state.holds, ...state.uses].filter(
    (movement) => programme !== null && movement.programme === programme,
  );
  const taken = own.reduce((sum, movement) => sum + movement.remaining, 0n);
  return (taken < state.available ? state.available - taken : 0n) as Millicredits;
}

/** Whether one movement may be of that size: above zero and not beyond 10,000 credits. */
export function isPostable(amount: Millicredits): boolean {
  return amount > 0n && amount <= MAX_POSTING_MILLICREDITS;
}

function deposit(state: LotState, amount: Millicredits): Result<Applied> {
  assert(state.nextSeq === 0, 'a lot is deposited once');
  if (!isPostable(amount)) return refuse('amount-out-of-range');
  return accept(move(state, [{ kind: 'deposit', debit: 'issuer', credit: 'available', amount }]));
}

function hold(state: LotState, command: Extract<Command, { kind: 'hold' }>): Result<Applied> {
  const { amount, reference, programme, scope } = command;
  assert(scope === 'single-use' || programme !== null, 'a per-programme hold names its programme');
  if (!isPostable(amount)) return refuse('amount-out-of-range');
  const room = roomFor(state, programme);
  if (amount > room) return refuse('insufficient-credit', { available: formatCredits(room) });
  const movement =
    scope === 'single-use'
      ? { debit: 'available', credit: 'held', programme: null }
      : { debit: 'programme', credit: 'pledged', programme };
  return accept(move(state, [{ kind: 'hold', amount, reference, ...(movement as Way) }]));
}

/** The way of an amount from one account to another, in the scope of a programme or of none. */
interface Way {
  readonly debit: Account;
  readonly credit: Account;
  readonly programme: string | null;
}

const SETTLEMENTS = {
  release: { anywhere: ['held', 'available'], within: ['pledged', 'programme'] },
  use: { anywhere: ['held', 'used'], within: ['pledged', 'counted'] },
  reversal: { anywhere: ['used', 'available'], within: ['counted', 'programme'] },
} as const;

/** Settles every open hold (or use) of a reference in full. */
function settle(
  state: LotState,
  open: readonly OpenMovement[],
  reference: string,
  kind: keyof typeof SETTLEMENTS,
): Result<Applied> {
  const mine = open.filter((movement) => movement.reference === reference);
  if (mine.length === 0) {
    return refuse('nothing-held', { held: formatCredits(add(state.held, state.pledged)) });
  }
  return accept(
    move(
      state,
      mine.map(({ remaining: amount, programme, seq }) => {
        const [debit, credit] = SETTLEMENTS[kind][programme === null ? 'anywhere' : 'within'];
        return { kind, debit, credit, amount, reference, programme, settlesSeq: seq };
      }),
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

/** Takes back everything, wherever it stands: what follows from the lot falls with it. */
function revoke(state: LotState): Result<Applied> {
  const movements: Movement[] = [];
  const take = (debit: LotAccount, amount: Millicredits): void => {
    if (amount > 0n) movements.push({ kind: 'revocation', debit, credit: 'revoked', amount });
  };
  const settleAll = (open: readonly OpenMovement[], own: LotAccount, within: LotAccount): void => {
    for (const { seq, remaining: amount, reference, programme } of open) {
      const way =
        programme === null
          ? ({ debit: own, credit: 'revoked' } as const)
          : ({ debit: within, credit: 'programme' } as const);
      movements.push({ kind: 'revocation', ...way, amount, reference, programme, settlesSeq: seq });
    }
  };
  take('available', state.available);
  settleAll(state.holds, 'held', 'pledged');
  settleAll(state.uses, 'used', 'counted');
  take('expired', state.expired);
  if (movements.length === 0) return refuse('already-revoked');
  return accept(move(state, movements));
}

/** Gives back what revocations took, after a won appeal. What was built on it does not return. */
function redeposit(state: LotState, reference: string | null): Result<Applied> {
  if (state.revocations.length === 0) return refuse('not-revoked');
  return accept(
    move(
      state,
      state.revocations.map(({ seq, remaining: amount }) => ({
        kind: 'redeposit',
        debit: 'revoked',
        credit: 'available',
        amount,
        reference,
        settlesSeq: seq,
      })),
    ),
  );
}

interface Movement {
  readonly kind: EntryKind;
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: Millicredits;
  readonly reference?: string | null;
  readonly programme?: string | null;
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
  const { settlesSeq = null, reference = null, programme = null } = movement;
  assert(amount > 0n, 'an entry moves something');
  const balances = transfer(state, { debit, credit, amount });
  const opened: OpenMovement = { seq: state.nextSeq, remaining: amount, reference, programme };
  const after = (open: readonly OpenMovement[], isOpening: boolean): OpenMovement[] => {
    const still = open.filter((one) => one.seq !== settlesSeq);
    return isOpening ? [...still, opened] : still;
  };
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
      programme,
    },
    state: {
      lotId: state.lotId,
      nextSeq: state.nextSeq + 1,
      ...balances,
      holds: after(state.holds, kind === 'hold'),
      uses: after(state.uses, kind === 'use'),
      revocations: after(state.revocations, credit === 'revoked'),
    },
  };
}

/** The balances after an amount went from one account to another. None may fall below zero. */
function transfer(
  state: LotState,
  { debit, credit, amount }: Pick<Movement, 'debit' | 'credit' | 'amount'>,
): Record<LotAccount, Millicredits> {
  const { available, held, used, expired, revoked, pledged, counted } = state;
  const balances = { available, held, used, expired, revoked, pledged, counted };
  if (isOfLot(debit)) {
    balances[debit] = (balances[debit] - amount) as Millicredits;
    assert(balances[debit] >= 0n, `${debit} of lot ${state.lotId} would fall below zero`);
  }
  if (isOfLot(credit)) balances[credit] = add(balances[credit], amount);
  return balances;
}

function isOfLot(account: Account): account is LotAccount {
  return account !== 'issuer' && account !== 'programme';
}

function add(a: Millicredits, b: Millicredits): Millicredits {
  return (a + b) as Millicredits;
}
