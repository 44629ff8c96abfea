import fc from 'fast-check';
import { compileScheme, decideScheme, explainScheme, runSchemeExamples } from './compile.js';
import { kindOf, SCHEME_KINDS } from './kinds.js';
import type { SchemeAnswer, SchemeDocument } from './scheme.js';

const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

function scheme(kind: string, members: Record<string, unknown>): SchemeDocument {
  return {
    format: 'credit-bank-scheme/1',
    kind,
    id: 'test',
    version: 1,
    title: text('test'),
    basis: [{ text: 'test' }],
    examples: [],
    ...members,
  };
}

function faultsOf(document: SchemeDocument): string[] {
  const result = compileScheme(document);
  if (result.ok) return [];
  return (result.problem.faults ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
}

function answer(document: SchemeDocument, given: unknown): SchemeAnswer {
  const result = compileScheme(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return decideScheme(result.value, given);
}

function sentences(document: SchemeDocument): string[] {
  const result = compileScheme(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return explainScheme(result.value).flatMap(({ en, zh }) => [en, zh]);
}

const example = (given: unknown, expected: SchemeAnswer = {}): unknown => {
  return { name: 'e', given, expect: expected };
};

test('a kind nobody knows is refused', () => {
  expect(kindOf('nothing')).toBeUndefined();
  expect(faultsOf(scheme('nothing', {}))).toEqual(['scheme-kind-unknown /kind']);
  expect(SCHEME_KINDS.map(({ kind }) => kindOf(kind)?.kind)).toEqual(
    SCHEME_KINDS.map(({ kind }) => kind),
  );
});

test('an example that comes out differently says what was expected', () => {
  const document = scheme('weighted-count', {
    total: text('sum'),
    groups: [{ id: 'a', title: text('a'), weight: '0.5' }],
    examples: [
      example({ counts: { a: 3 } }, { total: '1.5' }),
      example({ counts: { a: 3 } }, { total: '2', more: 'x' }),
    ],
  });
  const result = compileScheme(document);
  if (!result.ok) throw new Error('refused');
  expect(runSchemeExamples(result.value).map(({ differences }) => differences)).toEqual([
    [],
    [
      { what: 'total', expected: '2', actual: '1.5' },
      { what: 'more', expected: 'x', actual: 'nothing' },
    ],
  ]);
});

test('equal content has one identity and other content another', () => {
  const hash = (weight: string): string => {
    const result = compileScheme(
      scheme('weighted-count', {
        total: text('sum'),
        groups: [{ id: 'a', title: text('a'), weight }],
      }),
    );
    return result.ok ? result.value.hash : '';
  };
  expect(hash('1')).toMatch(/^[0-9a-f]{64}$/);
  expect(hash('1')).toBe(hash('1'));
  expect(hash('1')).not.toBe(hash('2'));
});

describe('points and thresholds', () => {
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('points-and-thresholds', {
      counts: text('subject'),
      offences: [{ id: 'late', title: text('late'), adds: [5, 10] }],
      thresholds: [
        { id: 'low', title: text('low'), atLeast: 10 },
        { id: 'high', title: text('high'), atLeast: 20 },
      ],
      ...change,
    });

  test('the last amount is that of every further offence', () => {
    const after = (times: number): string | undefined =>
      answer(document(), { offences: [{ offence: 'late', times }] }).points;
    expect([1, 2, 3, 4].map(after)).toEqual(['5', '15', '25', '35']);
  });

  test('the highest threshold that is reached decides', () => {
    const standing = (points: number): string | undefined =>
      answer(document(), { points }).standing;
    expect([0, 9, 10, 19, 20, 99].map(standing)).toEqual([
      'none',
      'none',
      'low',
      'low',
      'high',
      'high',
    ]);
    expect(answer(document(), {})).toEqual({ points: '0', standing: 'none' });
  });

  test('thresholds rise, names stand once, and examples use them', () => {
    const [first, second] = [
      { id: 'a', title: text('a'), atLeast: 5 },
      { id: 'b', title: text('b'), atLeast: 5 },
    ];
    expect(faultsOf(document({ thresholds: [first, second] }))).toEqual([
      'rulebook-number /thresholds/1/atLeast',
    ]);
    expect(faultsOf(document({ thresholds: [first, { ...second, id: 'a', atLeast: 6 }] }))).toEqual(
      ['rulebook-duplicate /thresholds/1/id'],
    );
    const offence = { id: 'late', title: text('late'), adds: [1] };
    expect(faultsOf(document({ offences: [offence, offence] }))).toEqual([
      'rulebook-duplicate /offences/1/id',
    ]);
    const examples = [example({ offences: [{ offence: 'lat', times: 1 }] })];
    expect(faultsOf(document({ examples }))).toEqual([
      'rulebook-unknown-name /examples/0/given/offences/0/offence',
    ]);
  });

  test('sentences', () => {
    expect(sentences(document())).toEqual([
      'subject: late adds 5, then 10 points.',
      'subject：late依次扣 5、10 分。',
      'From 10 points: low.',
      '满 10 分：low。',
      'From 20 points: high.',
      '满 20 分：high。',
    ]);
  });
});

describe('weighted count', () => {
  const groups = (weights: readonly string[]): unknown[] =>
    weights.map((weight, index) => ({ id: `g${index}`, title: text(`g${index}`), weight }));
  const document = (weights: readonly string[], examples: unknown[] = []): SchemeDocument =>
    scheme('weighted-count', { total: text('sum'), groups: groups(weights), examples });

  test('equals whole numbers of thousandths', () => {
    const weight = fc.integer({ min: 1, max: 99_999 });
    const part = fc.record({ weight, count: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const weights = parts.map((each) => (each.weight / 1000).toFixed(3));
        const counts = Object.fromEntries(parts.map(({ count }, index) => [`g${index}`, count]));
        const thousandths = parts.reduce(
          (sum, each) => sum + BigInt(each.weight) * BigInt(each.count),
          0n,
        );
        const { total = '' } = answer(document(weights), { counts });
        const [whole = '', decimals = ''] = total.split('.');
        expect(BigInt(whole + decimals.padEnd(3, '0'))).toBe(thousandths);
        expect(total).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });

  test('a group nobody counts is nothing, an unknown one is refused', () => {
    expect(answer(document(['2', '0.25']), { counts: { g1: 1 } })).toEqual({ total: '0.25' });
    expect(faultsOf(document(['1'], [example({ counts: { g9: 1 } })]))).toEqual([
      'rulebook-unknown-name /examples/0/given/counts/g9',
    ]);
    expect(faultsOf(document(['0']))).toEqual(['rulebook-number /groups/0/weight']);
    const twice = scheme('weighted-count', {
      total: text('sum'),
      groups: [...groups(['1']), ...groups(['1'])],
    });
    expect(faultsOf(twice)).toEqual(['rulebook-duplicate /groups/1/id']);
    expect(sentences(document(['1', '0.3']))).toEqual([
      'sum = g0 × 1 + g1 × 0.3.',
      'sum = g0 × 1 + g1 × 0.3。',
    ]);
  });
});

describe('status transitions', () => {
  const move = { id: 'go', title: text('go'), from: ['a'], event: 'b', to: 'b' };
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('status-transitions', {
      states: [
        { id: 'a', title: text('A') },
        { id: 'b', title: text('B') },
      ],
      start: ['a'],
      transitions: [move],
      otherwise: 'flag',
      ...change,
    });
  const none = { by: 'none', gives: 'none' };

  test('what is written is allowed, the rest is flagged or refused', () => {
    expect(answer(document(), { from: 'a', event: 'b' })).toEqual({
      verdict: 'allowed',
      to: 'b',
      by: 'go',
      gives: 'none',
    });
    expect(answer(document(), { from: 'b', event: 'a' })).toEqual({
      verdict: 'flagged',
      to: 'b',
      ...none,
    });
    expect(answer(document({ otherwise: 'refuse' }), { from: 'b', event: 'a' }).verdict).toBe(
      'refused',
    );
    expect(answer(document(), { from: 'b', event: 'b' })).toEqual({
      verdict: 'unchanged',
      to: 'b',
      ...none,
    });
  });

  test('the first status must be one that may come first', () => {
    expect(answer(document(), { event: 'a' })).toEqual({
      verdict: 'allowed',
      to: 'a',
      by: 'start',
      gives: 'none',
    });
    expect(answer(document(), { event: 'b' })).toEqual({ verdict: 'flagged', to: 'none', ...none });
    expect(answer(document(), {})).toEqual({ verdict: 'flagged', to: 'none', ...none });
    expect(answer(document({ missing: 'a' }), {}).verdict).toBe('allowed');
    expect(answer(document({ missing: 'b' }), { from: 'a' }).to).toBe('b');
  });

  test('facts that are asked for must be there', () => {
    const asked = document({
      transitions: [{ ...move, if: { year: ['1', '2'], exam: ['passed'] }, gives: ['x', 'y'] }],
    });
    const verdict = (facts: Record<string, string>): string | undefined =>
      answer(asked, { from: 'a', event: 'b', facts }).verdict;
    expect(verdict({ year: '2', exam: 'passed' })).toBe('allowed');
    expect(verdict({ year: '3', exam: 'passed' })).toBe('flagged');
    expect(verdict({ year: '1' })).toBe('flagged');
    expect(answer(asked, { from: 'a', event: 'b' }).verdict).toBe('flagged');
    const facts = { year: '1', exam: 'passed' };
    expect(answer(asked, { from: 'a', event: 'b', facts }).gives).toBe('x, y');
    expect(sentences(asked)).toContain('go: A → B (year = 1 | 2, exam = passed).');
  });

  test('states that are not there, and two transitions for one case', () => {
    expect(faultsOf(document({ start: ['c'] }))).toEqual(['rulebook-unknown-name /start/0']);
    expect(faultsOf(document({ transitions: [{ ...move, to: 'c' }] }))).toEqual([
      'rulebook-unknown-name /transitions/0/to',
    ]);
    expect(faultsOf(document({ transitions: [{ ...move, from: ['c'] }] }))).toEqual([
      'rulebook-unknown-name /transitions/0/from/0',
    ]);
    expect(faultsOf(document({ transitions: [move, { ...move, id: 'again' }] }))).toEqual([
      'rulebook-duplicate /transitions/1/from',
    ]);
    expect(faultsOf(document({ transitions: [move, { ...move, event: 'c' }] }))).toEqual([
      'rulebook-duplicate /transitions/1/id',
    ]);
    const state = { id: 'a', title: text('A') };
    expect(faultsOf(document({ states: [state, state, { ...state, id: 'b' }] }))).toEqual([
      'rulebook-duplicate /states/1/id',
    ]);
    expect(faultsOf(document({ examples: [example({ from: 'c' })] }))).toEqual([
      'rulebook-unknown-name /examples/0/given/from',
    ]);
  });

  test('sentences', () => {
    expect(sentences(document({ missing: 'a' }))).toEqual([
      'It begins as A.',
      '初始状态：A。',
      'A message that says nothing means A.',
      '未写明状态时视为A。',
      'go: A → B.',
      'go：A → B。',
      'Every other change is flagged for a person.',
      '其他变化均需人工核查。',
    ]);
    const two = document({ start: ['a', 'b'], otherwise: 'refuse' });
    expect(sentences(two)).toEqual(
      expect.arrayContaining([
        'It begins as A or B.',
        '初始状态：A或B。',
        'Every other change is refused.',
        '其他变化均不允许。',
      ]),
    );
  });
});

describe('one level of a tree', () => {
  const document = (examples: unknown[] = []): SchemeDocument =>
    scheme('one-level-of-a-tree', { amount: text('credits'), examples });

  test('nodes on different branches may carry, one below another may not', () => {
    const verdict = (nodes: unknown): SchemeAnswer => answer(document(), { nodes });
    expect(
      verdict([
        { id: 'top' },
        { id: 'a', parent: 'top', carries: true },
        { id: 'b', parent: 'top', carries: true },
      ]),
    ).toEqual({ verdict: 'valid', above: 'none', below: 'none' });
    expect(
      verdict([
        { id: 'leaf', parent: 'mid', carries: true },
        { id: 'mid', parent: 'top' },
        { id: 'top', carries: true },
      ]),
    ).toEqual({ verdict: 'invalid', above: 'top', below: 'leaf' });
  });

  test('a tree that bites its tail is none', () => {
    const nodes = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
    ];
    expect(answer(document(), { nodes }).verdict).toBe('invalid');
  });

  test('nodes of an example stand once and have parents that are there', () => {
    const nodes = [{ id: 'a' }, { id: 'a' }, { id: 'b', parent: 'c' }];
    expect(faultsOf(document([example({ nodes })]))).toEqual([
      'rulebook-duplicate /examples/0/given/nodes/1/id',
      'rulebook-unknown-name /examples/0/given/nodes/2/parent',
    ]);
    expect(sentences(document())[0]).toContain('A node that carries credits');
  });
});

describe('validity and batch', () => {
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('validity-and-batch', {
      validDays: { atLeast: 2, atMost: 4 },
      expired: text('too old'),
      batchAtMost: 2,
      results: [
        { id: 'one', title: text('one'), matches: 1 },
        { id: 'other', title: text('other') },
      ],
      ...change,
    });

  test('the last day counts, and only lives within the limits can be chosen', () => {
    const verdict = (days: number, on: string): string | undefined =>
      answer(document(), { proof: { issued: '2026-02-27', days, on } }).verdict;
    expect(verdict(2, '2026-03-01')).toBe('valid');
    expect(verdict(2, '2026-03-02')).toBe('expired');
    expect(verdict(1, '2026-02-27')).toBe('refused');
    expect(verdict(4, '2026-03-03')).toBe('valid');
    expect(verdict(5, '2026-02-27')).toBe('refused');
    expect(answer(document(), {})).toEqual({ verdict: 'refused', results: 'none' });
  });

  test('each row has a result, and a batch a size', () => {
    expect(answer(document(), { batch: [1, 0] })).toEqual({
      verdict: 'valid',
      results: 'one, other',
    });
    expect(answer(document(), { batch: [] })).toEqual({ verdict: 'valid', results: 'none' });
    expect(answer(document(), { batch: [1, 1, 1] })).toEqual({
      verdict: 'refused',
      results: 'none',
    });
    const only = document({ results: [{ id: 'one', title: text('one'), matches: 1 }] });
    expect(answer(only, { batch: [2] }).results).toBe('none');
  });

  test('limits the wrong way round, and two results for one number', () => {
    expect(faultsOf(document({ validDays: { atLeast: 5, atMost: 4 } }))).toEqual([
      'rulebook-number /validDays/atMost',
    ]);
    const result = { id: 'one', title: text('one'), matches: 1 };
    expect(faultsOf(document({ results: [result, { ...result, id: 'two' }] }))).toEqual([
      'rulebook-duplicate /results/1',
    ]);
    expect(faultsOf(document({ results: [result, { ...result, matches: 2 }] }))).toEqual([
      'rulebook-duplicate /results/1/id',
    ]);
    expect(sentences(document())).toEqual([
      'A holder chooses a life of 2 to 4 days; after it: too old.',
      '持有人可选 2 至 4 天有效期；过期后：too old。',
      'A batch has at most 2 rows; each is one of: one, other.',
      '批量核查每次最多 2 条，结果为：one、other。',
    ]);
  });
});

describe('review panel', () => {
  const expert = { kind: 'expert', consecutiveYears: 5 };
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('review-panel', {
      panels: [
        { id: 'small', title: text('small'), when: { catalogued: ['yes'] }, people: 1 },
        { id: 'big', title: text('big'), when: { task: ['set'] }, people: 2, expert },
      ],
      catalogueMonths: 12,
      ...change,
    });
  const teacher = { kind: 'teacher' };

  test('the first panel that fits decides how many', () => {
    const facts = { catalogued: 'yes', task: 'set' };
    expect(answer(document(), { facts, people: [teacher] })).toEqual({
      verdict: 'enough',
      panel: 'small',
      people: '1',
      short: 'none',
    });
    expect(answer(document(), { facts: { task: 'other' }, people: [] })).toEqual({
      verdict: 'no-panel',
      panel: 'none',
      people: '0',
      short: 'none',
    });
  });

  test('an expert of too few years is none', () => {
    const facts = { task: 'set' };
    const short = (people: unknown): string | undefined =>
      answer(document(), { facts, people }).short;
    expect(short([teacher, expert])).toBe('none');
    expect(short([teacher, { ...expert, consecutiveYears: 4 }])).toBe('expert');
    expect(short([teacher, { kind: 'expert' }])).toBe('expert');
    expect(short([teacher, { ...expert, kind: 'teacher' }])).toBe('expert');
    expect(short([teacher])).toBe('1 people, expert');
  });

  test('a stale catalogue takes its outcomes out', () => {
    const given = (on: string): unknown => ({
      facts: { catalogued: 'yes' },
      people: [teacher],
      catalogue: { issued: '2026-01-01', on },
    });
    expect(answer(document(), given('2027-01-01')).verdict).toBe('enough');
    expect(answer(document(), given('2027-01-02')).verdict).toBe('no-panel');
    const lasting = document({ catalogueMonths: undefined });
    expect(answer(lasting, given('2099-01-01')).verdict).toBe('enough');
  });

  test('nothing stands below a panel that takes every case', () => {
    const all = { id: 'all', title: text('all'), people: 3 };
    const last = { id: 'last', title: text('last'), people: 1 };
    expect(faultsOf(document({ panels: [all, last] }))).toEqual(['scheme-unreachable /panels/0']);
    expect(faultsOf(document({ panels: [last] }))).toEqual([]);
    expect(faultsOf(document({ panels: [{ ...all, when: { a: ['1'] } }, all] }))).toEqual([
      'rulebook-duplicate /panels/1/id',
    ]);
  });

  test('sentences', () => {
    expect(sentences(document())).toEqual([
      'small: at least 1 people.',
      'small：至少 1 人。',
      'big: at least 2 people, among them one expert of 5 consecutive years.',
      'big：至少 2 人，其中至少一名连续从业 5 年的 expert。',
      'The catalogue is issued again every 12 months; an older one counts for nothing.',
      '名录每 12 个月重新发布，过期名录不作依据。',
    ]);
    expect(sentences(document({ catalogueMonths: undefined }))).toHaveLength(4);
  });
});
