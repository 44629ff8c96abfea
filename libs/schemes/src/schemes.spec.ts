import fc from 'fast-check';
import { answer, example, faultsOf, scheme, sentences, text } from '../test/sample.js';
import { compileScheme, runSchemeExamples } from './compile.js';
import { kindOf, SCHEME_KINDS } from './kinds.js';
import type { SchemeDocument } from './scheme.js';

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
