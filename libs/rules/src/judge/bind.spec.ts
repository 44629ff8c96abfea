import { compiled, decide, learner, line, lot, rule, sample } from '../../test/sample.js';
import type { ConditionDocument } from '../document/document.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import { readLearner } from '../learner/learner.js';
import { bind } from './bind.js';

const found = (
  when: ConditionDocument,
  outcomes: readonly ExampleOutcomeDocument[],
): ReturnType<typeof bind> => {
  const rulebook = compiled(sample({ rules: [rule('r', when, [{ course: 'B2' }])] }));
  const held = readLearner(rulebook, learner(outcomes), '2026-10-01');
  return bind(rulebook.rules[0]!.when, held);
};

/** Each way: lots used up, [evidence], (pool), and ? for each thing that is unknown. */
const ways = (when: ConditionDocument, outcomes: readonly ExampleOutcomeDocument[]): string => {
  const { bindings, isCut } = found(when, outcomes);
  const each = bindings.map(({ lots, evidence, pool, waitsFor }) => {
    const ids = (of: readonly { id: string }[]): string => of.map(({ id }) => id).join('+');
    return [
      ids(lots),
      evidence.length > 0 ? `[${ids(evidence)}]` : '',
      pool ? `(${ids(pool.members)})` : '',
      '?'.repeat(waitsFor.length),
    ].join('');
  });
  return `${each.join(' ')}${isCut ? ' cut' : ''}`;
};

const has = (code: string): ConditionDocument => ({ has: code });
const graded = (code: string): ConditionDocument => ({ has: code, grade: { passed: true } });
const proof = (code: string): ConditionDocument => ({ has: code, evidenceOnly: true });
const sum = (prefix: string, atLeast: string): ConditionDocument => ({
  sum: { what: 'credits', atLeast },
  of: { has: { prefix } },
});
const lots = (codes: string): ExampleOutcomeDocument[] => codes.split(' ').map((code) => lot(code));
const PASSED = { grade: '60', gradeScale: 'percent', passGrade: '60' };

test.each<[string, ConditionDocument, ExampleOutcomeDocument[], string]>([
  ['any: each of them', { any: [has('A'), has('B')] }, lots('A B'), 'a b'],
  ['any: the one that is there', { any: [has('A'), has('B')] }, lots('B'), 'b'],
  ['all: one of each', { all: [has('A'), has('B')] }, lots('A B C'), 'a+b'],
  ['all: one is missing', { all: [has('A'), has('B')] }, lots('A'), ''],
  [
    'all: in every combination',
    { all: [{ has: ['A', 'B'] }, { has: ['C', 'D'] }] },
    lots('A B C D'),
    'a+c a+d b+c b+d',
  ],
  [
    'all: a lot serves one clause, and the same lots are one way',
    { all: [{ has: ['A', 'B'] }, { has: ['A', 'B'] }] },
    lots('A B'),
    'a+b',
  ],
  [
    'two of three: no more than two',
    { atLeast: 2, of: [has('A'), has('B'), has('C')] },
    lots('A B C'),
    'a+b a+c b+c',
  ],
  [
    'fewer lots are better than more of the same',
    { any: [{ all: [has('A'), has('B')] }, has('A')] },
    lots('A B'),
    'a',
  ],
  [
    'other lots are another way',
    { any: [{ all: [has('A'), has('B')] }, has('C')] },
    lots('A B C'),
    'a+b c',
  ],
  ['what only proves is not used up', { all: [has('A'), proof('B')] }, lots('A B'), 'a[b]'],
  [
    'a proof serves two clauses and is named once',
    { all: [proof('B'), proof('B')] },
    lots('B'),
    '[b]',
  ],
  ['a lot that is used proves as well', { all: [has('A'), proof('A')] }, lots('A'), 'a[a]'],
  ['a proof alone is better than a lot', { any: [has('A'), proof('B')] }, lots('A B'), '[b]'],
  ['a sum beside a lot', { all: [has('A'), sum('P', '4')] }, lots('A P1 P2'), 'a(p1+p2)'],
  ['a sum beside its alternative', { any: [sum('P', '4'), has('A')] }, lots('A P1'), '(p1) a'],
  [
    'a sum is no less than the lot alone, which makes the lot with a sum superfluous',
    { any: [{ all: [has('A'), sum('P', '4')] }, has('A')] },
    lots('A P1'),
    'a',
  ],
  ['a grade that is not known', graded('A'), lots('A'), 'a?'],
  [
    'what is sure is better than the same that waits',
    { any: [graded('A'), has('A')] },
    lots('A'),
    'a',
  ],
  ['also the other way round', { any: [has('A'), graded('A')] }, lots('A'), 'a'],
  [
    'what waits does not hide what is sure and takes more',
    { any: [graded('A'), { all: [has('A'), has('B')] }] },
    lots('A B'),
    'a? a+b',
  ],
  [
    'what is sure hides what waits and takes more',
    { any: [has('A'), { all: [graded('A'), has('B')] }] },
    lots('A B'),
    'a',
  ],
  ['a grade that is known', graded('A'), [lot('A', PASSED)], 'a'],
  [
    'waits of all clauses together',
    { all: [graded('A'), graded('B')] },
    [lot('A'), lot('B')],
    'a+b??',
  ],
])('%s', (_, when, outcomes, expected) => {
  expect(ways(when, outcomes)).toBe(expected);
});

const PAIR: ConditionDocument = { all: [{ has: { prefix: 'P' } }, { has: { prefix: 'Q' } }] };
const many = (prefix: string, count: number): ExampleOutcomeDocument[] =>
  Array.from({ length: count }, (_, at) => lot(`${prefix}${at}`));

test('two hundred and fifty-six combinations are all looked at, one more is cut', () => {
  const size = (p: number, q: number): unknown => {
    const { bindings, isCut } = found(PAIR, [...many('P', p), ...many('Q', q)]);
    return [bindings.length, isCut];
  };
  expect(size(16, 16)).toEqual([256, false]);
  expect(size(257, 1)).toEqual([256, true]);
  expect(size(16, 15)).toEqual([240, false]);
});

test('a single clause may be met by any number of lots', () => {
  const { bindings, isCut } = found({ has: { prefix: 'P' } }, many('P', 300));
  expect([bindings.length, isCut]).toEqual([300, false]);
});

test('a search for combinations that do not exist comes to an end', () => {
  const same = Array.from({ length: 9 }, (): ConditionDocument => ({ has: { prefix: 'P' } }));
  const { bindings, isCut } = found({ all: [...same] }, many('P', 8));
  expect([bindings.length, isCut]).toEqual([0, true]);
});

describe('a sum of what the other clauses leave', () => {
  const both = { all: [has('T1'), sum('T', '4')] };

  test('does not count a lot twice', () => {
    expect(ways(both, lots('T1'))).toBe('');
    expect(ways(both, lots('T1 T2'))).toBe('t1(t2)');
  });

  test('waits where a lot that is left could be enough', () => {
    const unknown = { lot: 't2', outcome: 'T2' };
    expect(ways(both, [lot('T1'), unknown])).toBe('t1()?');
    expect(ways(both, [lot('T1'), { ...unknown, outcome: 'U2' }])).toBe('');
  });

  test('leaves out lots that lie outside the window where the others are enough', () => {
    const inForce = { from: '2026-02-01', to: null, by: 'completion' as const };
    const grants = [{ elective: 'pool' }];
    const decision = decide(
      sample({ rules: [rule('r', sum('T', '4'), grants, { inForce })] }),
      learner([lot('T1', { completed: '2026-01-31' }), lot('T2', { completed: '2026-02-01' })]),
    );
    expect(line(decision)).toBe('r:pool=4');
    expect(decision.granted[0]?.lots).toEqual(['t2']);
  });
});
