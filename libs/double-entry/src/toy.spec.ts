import * as fc from 'fast-check';
import type { Millicredits } from '#libs/credit';
import { type Command, type Entry, type LotState, apply, emptyLot, replay } from './index.js';

const LOT = 'lot';

/** available held used expired revoked (+ pledged counted) */
function picture(state: LotState): string {
  const { available, held, used, expired, revoked, pledged, counted } = state;
  const beside = pledged > 0n || counted > 0n ? ` + ${pledged} ${counted}` : '';
  return `${available} ${held} ${used} ${expired} ${revoked}${beside}`;
}

type Named = [name: string, amount: bigint, programme: string | null];

/** A lot as a toy: three numbers and three lists. */
class Toy {
  available = 0n;
  held: Named[] = [];
  used: Named[] = [];
  expired = 0n;
  revoked = 0n;

  do(command: Command): boolean {
    switch (command.kind) {
      case 'deposit':
        this.available = command.amount;
        return true;
      case 'hold':
        return this.hold(command);
      case 'release':
        return this.take('held', command.reference, (amount) => (this.available += amount));
      case 'use': {
        const mine = this.held.filter(([name]) => name === command.reference);
        this.held = this.held.filter(([name]) => name !== command.reference);
        this.used.push(...mine);
        return mine.length > 0;
      }
      case 'reverse':
        return this.take('used', command.reference, (amount) => (this.available += amount));
      case 'expire':
        this.expired += this.available;
        this.available = 0n;
        return true;
      case 'revoke': {
        const all = this.available + anywhere(this.held) + anywhere(this.used) + this.expired;
        const isTouched = all > 0n || this.held.length + this.used.length > 0;
        this.revoked += all;
        this.available = this.expired = 0n;
        this.held = [];
        this.used = [];
        return isTouched;
      }
      case 'redeposit': {
        const back = this.revoked;
        this.available += back;
        this.revoked = 0n;
        return back > 0n;
      }
      default:
        return false;
    }
  }

  hold({ amount, reference, programme, scope }: Extract<Command, { kind: 'hold' }>): boolean {
    const own = [...this.held, ...this.used].filter(([, , of]) => of !== null && of === programme);
    const room = this.available - own.reduce((sum, [, own]) => sum + own, 0n);
    if (amount <= 0n || amount > room) return false;
    if (scope === 'single-use') this.available -= amount;
    this.held.push([reference, amount, scope === 'single-use' ? null : programme]);
    return true;
  }

  take(list: 'held' | 'used', name: string, back: (amount: bigint) => void): boolean {
    const mine = this[list].filter(([own]) => own === name);
    this[list] = this[list].filter(([own]) => own !== name);
    back(anywhere(mine));
    return mine.length > 0;
  }

  picture(): string {
    const [held, used] = [anywhere(this.held), anywhere(this.used)];
    const pledged = within(this.held);
    const counted = within(this.used);
    const beside = pledged > 0n || counted > 0n ? ` + ${pledged} ${counted}` : '';
    return `${this.available} ${held} ${used} ${this.expired} ${this.revoked}${beside}`;
  }
}

function anywhere(open: Named[]): bigint {
  return open.reduce((total, [, amount, of]) => (of === null ? total + amount : total), 0n);
}

function within(open: Named[]): bigint {
  return open.reduce((total, [, amount, of]) => (of === null ? total : total + amount), 0n);
}

const reference = fc.constantFrom('a', 'b', 'c');
const amount = fc.bigInt(0n, 3000n).map((value) => value as Millicredits);
const lotId = fc.constant(LOT);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('hold' as const),
    lotId,
    amount,
    reference,
    programme: fc.constantFrom('P', 'Q', null),
    scope: fc.constant('single-use' as const),
  }),
  fc.record({
    kind: fc.constant('hold' as const),
    lotId,
    amount,
    reference,
    programme: fc.constantFrom('P', 'Q'),
    scope: fc.constant('per-programme' as const),
  }),
  fc.record({
    kind: fc.constantFrom('release' as const, 'use' as const, 'reverse' as const),
    lotId,
    reference,
  }),
  fc.record({ kind: fc.constantFrom('expire' as const, 'revoke' as const), lotId }),
  fc.record({ kind: fc.constant('redeposit' as const), lotId, reference: fc.constant(null) }),
);

describe('the machine against a toy', () => {
  it('does what the toy does, keeps the sum, and replays to the same state', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10_000n),
        fc.array(command, { maxLength: 30 }),
        (deposited, commands) => {
          const toy = new Toy();
          let state = emptyLot(LOT);
          const entries: Entry[] = [];
          const first = { kind: 'deposit', lotId: LOT, amount: deposited as Millicredits } as const;
          for (const next of [first, ...commands]) {
            const result = apply(state, next);
            expect(result.ok).toBe(toy.do(next));
            if (result.ok) {
              state = result.value.state;
              entries.push(...result.value.entries);
            }
            expect(picture(state)).toBe(toy.picture());
            const { available, held, used, expired, revoked } = state;
            expect(available + held + used + expired + revoked).toBe(deposited);
          }
          expect(entries.map((entry) => entry.lotSeq)).toEqual(entries.map((_, index) => index));
          expect(replay(LOT, entries)).toEqual(state);
          expect(sumOf(entries)).toBe(0n);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Every amount leaves one account and enters another: over all accounts nothing is left. */
function sumOf(entries: readonly Entry[]): bigint {
  const balances = new Map<string, bigint>();
  for (const { debit, credit, amount } of entries) {
    balances.set(debit, (balances.get(debit) ?? 0n) - amount);
    balances.set(credit, (balances.get(credit) ?? 0n) + amount);
  }
  return [...balances.values()].reduce((sum, balance) => sum + balance, 0n);
}
