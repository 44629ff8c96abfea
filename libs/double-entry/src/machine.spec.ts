import * as fc from 'fast-check';
import { type Millicredits, millicredits } from '#libs/credit';
import type { Result } from '#libs/problems';
import {
  type Applied,
  type Command,
  type Entry,
  type LotState,
  apply,
  emptyLot,
  replay,
} from './index.js';

const LOT = 'lot';

/** Runs one text command such as `hold 3 a` on a lot; amounts are whole thousandths. */
function run(state: LotState, text: string): Result<Applied> {
  return apply(state, parse(text));
}

function parse(text: string): Command {
  const [kind, first, second] = text.split(' ') as [Command['kind'], string, string];
  switch (kind) {
    case 'deposit':
      return { kind, lotId: LOT, amount: millicredits(Number(first)) };
    case 'hold':
      return { kind, lotId: LOT, amount: millicredits(Number(first)), reference: second };
    case 'release':
    case 'use':
    case 'reverse':
      return { kind, lotId: LOT, reference: first };
    case 'expire':
    case 'revoke':
      return { kind, lotId: LOT };
  }
}

function picture(state: LotState): string {
  const { available, held, used, expired, revoked } = state;
  return `${available} ${held} ${used} ${expired} ${revoked}`;
}

// Each line: command | available held used expired revoked after it, or the refusal's code.
const CASES: Record<string, string> = {
  'the life of a credit that is used': `
    deposit 4000   | 4000 0 0 0 0
    hold 3000 a    | 1000 3000 0 0 0
    use a          | 1000 0 3000 0 0
    use a          | nothing-held
    release a      | nothing-held`,
  'a hold that is released is available again': `
    deposit 4000   | 4000 0 0 0 0
    hold 4000 a    | 0 4000 0 0 0
    hold 1 b       | insufficient-credit
    release a      | 4000 0 0 0 0
    hold 1 b       | 3999 1 0 0 0`,
  'a hold belongs to its application': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    hold 2000 b    | 1000 3000 0 0 0
    release b      | 3000 1000 0 0 0
    use b          | nothing-held
    use a          | 3000 0 1000 0 0`,
  'a use is reversed only under its own name': `
    deposit 4000   | 4000 0 0 0 0
    hold 4000 a    | 0 4000 0 0 0
    reverse a      | nothing-held
    use a          | 0 0 4000 0 0
    reverse b      | nothing-held
    reverse a      | 4000 0 0 0 0
    reverse a      | nothing-held`,
  'expiry takes what is available and nothing else': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    expire         | 0 1000 0 3000 0
    expire         | 0 1000 0 3000 0
    use a          | 0 0 1000 3000 0`,
  'revocation takes back what is available, held and used, once': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    hold 2000 b    | 1000 3000 0 0 0
    use b          | 1000 1000 2000 0 0
    revoke         | 0 0 0 0 4000
    revoke         | already-revoked
    use a          | nothing-held
    hold 1 c       | insufficient-credit`,
  'amounts are more than nothing and at most 10,000 credits': `
    deposit 0          | amount-out-of-range
    deposit -1         | amount-out-of-range
    deposit 10000001   | amount-out-of-range
    deposit 10000000   | 10000000 0 0 0 0
    hold 0 a           | amount-out-of-range
    hold 10000001 a    | amount-out-of-range`,
};

describe('the machine, case by case', () => {
  it.each(Object.entries(CASES))('%s', (_, table) => {
    let state = emptyLot(LOT);
    for (const line of table.trim().split('\n')) {
      const [command, expected] = line.split('|').map((part) => part.trim()) as [string, string];
      const result = run(state, command);
      expect(`${command} → ${result.ok ? picture(result.value.state) : result.problem.code}`).toBe(
        `${command} → ${expected}`,
      );
      if (result.ok) state = result.value.state;
    }
  });
});

/** A lot as a toy: five numbers and a list of open holds and uses. */
class Toy {
  available = 0n;
  held: [string, bigint][] = [];
  used: [string, bigint][] = [];
  expired = 0n;
  revoked = 0n;

  do(command: Command): boolean {
    const take = (from: [string, bigint][], name: string): bigint => {
      const sum = from.filter(([own]) => own === name).reduce((total, [, a]) => total + a, 0n);
      from.splice(0, from.length, ...from.filter(([own]) => own !== name));
      return sum;
    };
    switch (command.kind) {
      case 'deposit':
        this.available = command.amount;
        return true;
      case 'hold':
        if (command.amount <= 0n || command.amount > this.available) return false;
        this.available -= command.amount;
        this.held.push([command.reference, command.amount]);
        return true;
      case 'release': {
        const freed = take(this.held, command.reference);
        this.available += freed;
        return freed > 0n;
      }
      case 'use': {
        const spent = take(this.held, command.reference);
        if (spent > 0n) this.used.push([command.reference, spent]);
        return spent > 0n;
      }
      case 'reverse': {
        const back = take(this.used, command.reference);
        this.available += back;
        return back > 0n;
      }
      case 'expire':
        this.expired += this.available;
        this.available = 0n;
        return true;
      case 'revoke': {
        const all = this.available + sum(this.held) + sum(this.used);
        this.revoked += all;
        this.available = 0n;
        this.held = [];
        this.used = [];
        return all > 0n;
      }
    }
  }

  picture(): string {
    return `${this.available} ${sum(this.held)} ${sum(this.used)} ${this.expired} ${this.revoked}`;
  }
}

function sum(open: [string, bigint][]): bigint {
  return open.reduce((total, [, amount]) => total + amount, 0n);
}

const reference = fc.constantFrom('a', 'b', 'c');
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('hold' as const),
    lotId: fc.constant(LOT),
    amount: fc.bigInt(0n, 3000n).map((amount) => amount as Millicredits),
    reference,
  }),
  fc.record({
    kind: fc.constantFrom('release' as const, 'use' as const, 'reverse' as const),
    lotId: fc.constant(LOT),
    reference,
  }),
  fc.record({
    kind: fc.constantFrom('expire' as const, 'revoke' as const),
    lotId: fc.constant(LOT),
  }),
);

describe('the machine against a toy', () => {
  it('does what the toy does, keeps the sum, and replays to the same state', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10_000n),
        fc.array(command, { maxLength: 30 }),
        (amount, commands) => {
          const toy = new Toy();
          let state = emptyLot(LOT);
          const entries: Entry[] = [];
          const deposit = { kind: 'deposit', lotId: LOT, amount: amount as Millicredits } as const;
          for (const next of [deposit, ...commands]) {
            const result = apply(state, next);
            expect(result.ok).toBe(toy.do(next));
            if (result.ok) {
              state = result.value.state;
              entries.push(...result.value.entries);
            }
            expect(picture(state)).toBe(toy.picture());
            const { available, held, used, expired, revoked } = state;
            expect(available + held + used + expired + revoked).toBe(amount);
          }
          expect(entries.map((entry) => entry.lotSeq)).toEqual(entries.map((_, index) => index));
          expect(replay(LOT, entries)).toEqual(state);
        },
      ),
    );
  });

  it('refuses to replay entries that do not follow from each other', () => {
    const deposited = run(emptyLot(LOT), 'deposit 4000');
    if (!deposited.ok) throw new Error('a deposit of 4 credits stands');
    const held = run(deposited.value.state, 'hold 1000 a');
    if (!held.ok) throw new Error('a hold of 1 credit stands');
    const entries = [...deposited.value.entries, ...held.value.entries];
    const forged = entries.map((entry) => ({ ...entry, amount: 2000n as Millicredits }));
    expect(() => replay(LOT, forged)).toThrow(/does not follow/);
    expect(() => replay(LOT, entries.slice(1))).toThrow();
  });
});
