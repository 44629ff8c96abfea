import { type Millicredits, millicredits } from '#libs/credit';
import type { Result } from '#libs/problems';
import {
  ACCOUNTS,
  type Applied,
  type Command,
  ENTRY_KINDS,
  type Entry,
  type LotState,
  apply,
  emptyLot,
  replay,
  roomFor,
} from './index.js';

const LOT = 'lot';

/**
 * Runs one text command on a lot; amounts are whole thousandths. `hold 3000 a` may be used anywhere;
 * `hold 3000 a P` asks for programme P; `hold 3000 a P each` counts once in each programme.
 */
function run(state: LotState, text: string): Result<Applied> {
  return apply(state, parse(text));
}

function parse(text: string): Command {
  const [kind, first, second, programme = null, each] = text.split(' ') as [
    Command['kind'],
    string,
    string,
    string?,
    string?,
  ];
  switch (kind) {
    case 'deposit':
      return { kind, lotId: LOT, amount: millicredits(Number(first)) };
    case 'hold': {
      const scope = each ? 'per-programme' : 'single-use';
      const amount = millicredits(Number(first));
      return { kind, lotId: LOT, amount, reference: second, programme, scope };
    }
    case 'release':
    case 'use':
    case 'reverse':
    case 'redeposit':
      return { kind, lotId: LOT, reference: first };
    case 'expire':
    case 'revoke':
      return { kind, lotId: LOT };
    default:
      throw new Error(`no such command: ${text}`);
  }
}

function picture(state: LotState): string {
  const { available, held, used, expired, revoked, pledged, counted } = state;
  const beside = pledged > 0n || counted > 0n ? ` + ${pledged} ${counted}` : '';
  return `${available} ${held} ${used} ${expired} ${revoked}${beside}`;
}

// Each line: command | available held used expired revoked (+ pledged counted), or the refusal.
const CASES: Record<string, string> = {
  'the life of a credit that is used': `
    deposit 4000   | 4000 0 0 0 0
    hold 3000 a    | 1000 3000 0 0 0
    use a          | 1000 0 3000 0 0
    use a          | nothing-held {"held":"0"}
    release a      | nothing-held {"held":"0"}`,
  'a hold that is released is available again': `
    deposit 4000   | 4000 0 0 0 0
    hold 4000 a    | 0 4000 0 0 0
    hold 1 b       | insufficient-credit {"available":"0"}
    release a      | 4000 0 0 0 0
    hold 1 b       | 3999 1 0 0 0`,
  'a hold belongs to its application': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    hold 2000 b    | 1000 3000 0 0 0
    release b      | 3000 1000 0 0 0
    use b          | nothing-held {"held":"1"}
    use a          | 3000 0 1000 0 0`,
  'two holds of one application are settled together': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    hold 2000 a    | 1000 3000 0 0 0
    use a          | 1000 0 3000 0 0
    reverse a      | 4000 0 0 0 0`,
  'a use is reversed only under its own name': `
    deposit 4000   | 4000 0 0 0 0
    hold 4000 a    | 0 4000 0 0 0
    reverse a      | nothing-held {"held":"4"}
    use a          | 0 0 4000 0 0
    reverse b      | nothing-held {"held":"0"}
    reverse a      | 4000 0 0 0 0
    reverse a      | nothing-held {"held":"0"}`,
  'expiry takes what is available and nothing else': `
    deposit 4000   | 4000 0 0 0 0
    hold 1000 a    | 3000 1000 0 0 0
    expire         | 0 1000 0 3000 0
    expire         | 0 1000 0 3000 0
    use a          | 0 0 1000 3000 0`,
  'revocation takes back everything, once': `
    deposit 6000   | 6000 0 0 0 0
    hold 1000 a    | 5000 1000 0 0 0
    hold 2000 b    | 3000 3000 0 0 0
    use b          | 3000 1000 2000 0 0
    expire         | 0 1000 2000 3000 0
    revoke         | 0 0 0 0 6000
    revoke         | already-revoked
    use a          | nothing-held {"held":"0"}
    hold 1 c       | insufficient-credit {"available":"0"}`,
  'a won appeal brings back what was taken, and nothing that was built on it': `
    deposit 4000   | 4000 0 0 0 0
    redeposit x    | not-revoked
    hold 1000 a    | 3000 1000 0 0 0
    use a          | 3000 0 1000 0 0
    revoke         | 0 0 0 0 4000
    redeposit x    | 4000 0 0 0 0
    redeposit x    | not-revoked
    reverse a      | nothing-held {"held":"0"}
    revoke         | 0 0 0 0 4000`,
  'a programme counts a credit once, and leaves it to the others': `
    deposit 4000        | 4000 0 0 0 0
    hold 3000 a P each  | 4000 0 0 0 0 + 3000 0
    hold 2000 b P each  | insufficient-credit {"available":"1"}
    hold 1000 b P each  | 4000 0 0 0 0 + 4000 0
    hold 1 c P each     | insufficient-credit {"available":"0"}
    hold 4000 d Q each  | 4000 0 0 0 0 + 8000 0
    use a               | 4000 0 0 0 0 + 5000 3000
    release b           | 4000 0 0 0 0 + 4000 3000
    use c               | nothing-held {"held":"4"}
    hold 1000 e P each  | 4000 0 0 0 0 + 5000 3000
    reverse a           | 4000 0 0 0 0 + 5000 0`,
  'what one programme has counted it cannot also use up': `
    deposit 4000        | 4000 0 0 0 0
    hold 3000 a P each  | 4000 0 0 0 0 + 3000 0
    hold 2000 b P       | insufficient-credit {"available":"1"}
    hold 2000 b Q       | 2000 2000 0 0 0 + 3000 0
    hold 1 c P each     | insufficient-credit {"available":"0"}
    hold 2000 d         | 0 4000 0 0 0 + 3000 0`,
  'a revocation ends what programmes counted, and an appeal does not restore it': `
    deposit 4000        | 4000 0 0 0 0
    hold 3000 a P each  | 4000 0 0 0 0 + 3000 0
    hold 1000 b Q each  | 4000 0 0 0 0 + 4000 0
    use a               | 4000 0 0 0 0 + 1000 3000
    revoke              | 0 0 0 0 4000
    redeposit x         | 4000 0 0 0 0
    hold 4000 c P each  | 4000 0 0 0 0 + 4000 0`,
  'amounts are more than nothing and at most 10,000 credits': `
    deposit 0          | amount-out-of-range
    deposit -1         | amount-out-of-range
    deposit 10000001   | amount-out-of-range
    deposit 10000000   | 10000000 0 0 0 0
    hold 0 a           | amount-out-of-range
    hold 10000001 a    | amount-out-of-range
    hold 10000000 a    | 0 10000000 0 0 0`,
};

function answer(result: Result<Applied>): string {
  if (result.ok) return picture(result.value.state);
  const { code, params } = result.problem;
  return params ? `${code} ${JSON.stringify(params)}` : code;
}

/** Runs commands that all stand; the entries and the last state. */
function book(...commands: string[]): { state: LotState; entries: Entry[] } {
  let state = emptyLot(LOT);
  const entries: Entry[] = [];
  for (const command of commands) {
    const result = run(state, command);
    if (!result.ok) throw new Error(`${command}: ${result.problem.code}`);
    state = result.value.state;
    entries.push(...result.value.entries);
  }
  return { state, entries };
}

describe('the machine, case by case', () => {
  it.each(Object.entries(CASES))('%s', (_, table) => {
    let state = emptyLot(LOT);
    for (const line of table.trim().split('\n')) {
      const [command, expected] = line.split('|').map((part) => part.trim()) as [string, string];
      const result = run(state, command);
      expect(`${command} → ${answer(result)}`).toBe(`${command} → ${expected}`);
      if (result.ok) state = result.value.state;
    }
  });

  it('never changes the stored numbers of kinds and accounts', () => {
    expect(ENTRY_KINDS.join(' ')).toBe(
      'deposit hold release use expiry revocation reversal redeposit',
    );
    expect(ACCOUNTS.join(' ')).toBe(
      'issuer available held used expired revoked programme pledged counted',
    );
  });
});

describe('the entries of a lot', () => {
  const ways = (entries: readonly Entry[]): string[] =>
    entries.map(
      ({ lotSeq, kind, debit, credit, amount, settlesSeq, reference, programme }) =>
        `${lotSeq} ${kind} ${debit}→${credit} ${amount} ${settlesSeq ?? '-'} ${reference ?? '-'} ${programme ?? '-'}`,
    );

  it('name the hold or use that they settle, and the account it stood in', () => {
    const { entries } = book(
      'deposit 4000',
      'hold 3000 a P',
      'use a',
      'reverse a',
      'hold 1 b',
      'release b',
    );
    expect(ways(entries)).toEqual([
      '0 deposit issuer→available 4000 - - -',
      '1 hold available→held 3000 - a -',
      '2 use held→used 3000 1 a -',
      '3 reversal used→available 3000 2 a -',
      '4 hold available→held 1 - b -',
      '5 release held→available 1 4 b -',
    ]);
    expect(entries.map((entry) => [entry.availableAfter, entry.heldAfter])).toEqual([
      [4000n, 0n],
      [1000n, 3000n],
      [1000n, 0n],
      [4000n, 0n],
      [3999n, 1n],
      [4000n, 0n],
    ]);
  });

  it('name the programme when they move in its scope', () => {
    const { entries } = book(
      'deposit 4000',
      'hold 3000 a P each',
      'use a',
      'reverse a',
      'hold 1 b P each',
      'release b',
    );
    expect(ways(entries).slice(1)).toEqual([
      '1 hold programme→pledged 3000 - a P',
      '2 use pledged→counted 3000 1 a P',
      '3 reversal counted→programme 3000 2 a P',
      '4 hold programme→pledged 1 - b P',
      '5 release pledged→programme 1 4 b P',
    ]);
  });

  it('of a revocation take each part where it stood; those of an appeal name them', () => {
    const before = ['deposit 9000', 'hold 1000 a', 'hold 2000 b', 'use b'];
    const { entries } = book(
      ...before,
      'hold 500 c P each',
      'hold 600 d Q each',
      'use d',
      'expire',
      'revoke',
      'redeposit x',
    );
    expect(ways(entries).slice(8)).toEqual([
      '8 revocation held→revoked 1000 1 a -',
      '9 revocation pledged→programme 500 4 c P',
      '10 revocation used→revoked 2000 3 b -',
      '11 revocation counted→programme 600 6 d Q',
      '12 revocation expired→revoked 6000 - - -',
      '13 redeposit revoked→available 1000 8 x -',
      '14 redeposit revoked→available 2000 10 x -',
      '15 redeposit revoked→available 6000 12 x -',
    ]);
  });

  it('of an expiry and of an untouched lot that is revoked name nothing', () => {
    expect(ways(book('deposit 4000', 'expire').entries)[1]).toBe(
      '1 expiry available→expired 4000 - - -',
    );
    expect(ways(book('deposit 4000', 'revoke').entries)[1]).toBe(
      '1 revocation available→revoked 4000 - - -',
    );
    expect(book('deposit 4000', 'expire', 'expire').entries).toHaveLength(2);
  });
});

describe('what the machine takes for a bug', () => {
  it('a command for another lot', () => {
    expect(() => apply(emptyLot('other'), { kind: 'revoke', lotId: LOT })).toThrow(/its own lot/);
  });

  it('a second deposit', () => {
    expect(() => run(book('deposit 1').state, 'deposit 1')).toThrow(/deposited once/);
  });

  it('a per-programme hold without a programme', () => {
    const { state } = book('deposit 1');
    const hold = { ...parse('hold 1 a P each'), programme: null } as Command;
    expect(() => apply(state, hold)).toThrow(/names its programme/);
  });

  it('a command it does not know', () => {
    // No type lets it through: that is the point.
    const command = { kind: 'forgive', lotId: LOT } as unknown as Command;
    expect(() => apply(book('deposit 1').state, command)).toThrow();
  });
});

describe('the room of a programme', () => {
  it('is what is available less what it has pledged or counted itself', () => {
    const { state } = book(
      'deposit 4000',
      'hold 1000 a P each',
      'hold 500 b P each',
      'use b',
      'hold 2000 c Q each',
    );
    expect(roomFor(state, 'P')).toBe(2500n);
    expect(roomFor(state, 'Q')).toBe(2000n);
    expect(roomFor(state, 'R')).toBe(4000n);
    expect(roomFor(state, null)).toBe(4000n);
  });

  it('is nothing when more is counted than is left', () => {
    const { state } = book('deposit 4000', 'hold 3000 a P each', 'hold 2000 b Q');
    expect(roomFor(state, 'P')).toBe(0n);
  });
});

describe('replaying', () => {
  it('refuses to replay entries that do not follow from each other', () => {
    const { entries } = book('deposit 4000', 'hold 1000 a', 'use a');
    const forged = entries.map((entry) => ({ ...entry, amount: 2000n as Millicredits }));
    expect(() => replay(LOT, forged)).toThrow(/entry lot\.\d does not follow/);
    expect(() => replay(LOT, entries.slice(1))).toThrow(/would fall below zero/);
    expect(() => replay(LOT, [entries[0]!, entries[2]!])).toThrow();
    expect(() => replay('other', entries)).toThrow(/does not follow/);
    const nothing = {
      ...entries[0]!,
      amount: 0n as Millicredits,
      availableAfter: 0n as Millicredits,
    };
    expect(() => replay(LOT, [nothing])).toThrow(/moves something/);
  });
});
