import { compiled, learner, rule, sample } from '../../test/sample.js';
import { evaluate } from '../evaluate.js';
import { readLearner } from '../learner/learner.js';
import { readLots } from '../learner/lots.js';
import type { ConditionDocument } from '../document/document.js';
import { Held } from '../learner/held.js';

const touched = (when: ConditionDocument, codes: string): boolean => {
  const rulebook = compiled(sample({ rules: [rule('r', when, [{ course: 'B2' }])] }));
  const facts = learner([...codes].map((code) => ({ lot: code, outcome: code })));
  const { scales, vocabulary } = rulebook;
  const policy = { ...rulebook.rulebook, scales, vocabulary };
  const on = '2026-10-01';
  const reading = { on, finding: () => undefined, learner: facts };
  const held = new Held(rulebook.desk, readLots(facts, policy, on), reading);
  return rulebook.index.touched(held).length === 1;
};
const has = (code: string): ConditionDocument => ({ has: code });

test.each<[string, ConditionDocument, string, boolean]>([
  ['its code', has('A'), 'A', true],
  ['another code', has('A'), 'B', false],
  ['any: one of the codes', { any: [has('A'), has('B')] }, 'B', true],
  ['all: the watched one is missing', { all: [has('A'), has('B')] }, 'B', false],
  ['all: the watched one is there', { all: [has('A'), has('B')] }, 'A', true],
  [
    'two of three: none of the watched two',
    { atLeast: 2, of: [has('A'), has('B'), has('C')] },
    'C',
    false,
  ],
  [
    'two of three: one of the watched two',
    { atLeast: 2, of: [has('A'), has('B'), has('C')] },
    'B',
    true,
  ],
  ['a source', { has: { source: 'course' } }, 'Z', true],
  ['another source', { has: { source: 'training' } }, 'Z', false],
  ['a prefix watches nothing and is always looked at', { has: { prefix: 'A' } }, '', true],
  ['the learner alone', { learner: { ageAtLeast: 60 } }, '', true],
])('a rule is touched by %s', (_, when, codes, expected) => {
  expect(touched(when, codes)).toBe(expected);
});

test('only rules that can match are looked at, however many there are', () => {
  const rules = Array.from({ length: 3000 }, (_, index) =>
    rule(`r${index}`, has(`C${index}`), [{ course: 'B2' }]),
  );
  const rulebook = compiled(sample({ rules }));
  const facts = learner([{ lot: 'a', outcome: 'C7', credits: '2' }]);
  const decision = evaluate(rulebook, facts, '2026-10-01');
  expect(decision.reasons.map((node) => node.rule)).toEqual(['r7']);
  expect(decision.credits).toBe('2');
});

/** What the only rule watches. */
const watches = (when: ConditionDocument): readonly string[] | null | undefined =>
  compiled(sample({ rules: [rule('r', when, [{ course: 'B2' }])] })).index.watches[0];

test.each<[string, ConditionDocument, string[] | null]>([
  ['a code', has('A'), ['code:A']],
  ['several codes', { has: ['B', 'A'] }, ['code:B', 'code:A']],
  ['a kind', { has: { kind: 'k' } }, ['kind:k']],
  ['a category', { has: { category: ['c', 'd'] } }, ['category:c', 'category:d']],
  ['a kind of a source: either will do', { has: { source: 'course', kind: 'k' } }, ['kind:k']],
  ['all: the clause with the fewest keys', { all: [{ has: ['A', 'B'] }, has('C')] }, ['code:C']],
  [
    'codes are rarer than sources',
    { all: [{ has: { source: 'course' } }, { has: ['A', 'B'] }] },
    ['code:A', 'code:B'],
  ],
  ['of equals the first by name', { all: [has('B'), has('A')] }, ['code:A']],
  ['what watches nothing comes last', { all: [{ has: { prefix: 'P' } }, has('A')] }, ['code:A']],
  ['any: all of them', { any: [has('B'), has('A')] }, ['code:A', 'code:B']],
  ['any with one that watches nothing', { any: [has('A'), { has: { prefix: 'P' } }] }, null],
  [
    'two of three: two of them',
    { atLeast: 2, of: [has('C'), has('B'), has('A')] },
    ['code:A', 'code:B'],
  ],
  [
    'a group in a group',
    { all: [{ any: [has('A'), has('B')] }, { any: [has('C'), has('D'), has('E')] }] },
    ['code:A', 'code:B'],
  ],
  [
    'a sum: its lots',
    { sum: { what: 'hours', atLeast: '1' }, of: has('A') as { has: string } },
    ['code:A'],
  ],
  ['the learner', { learner: { ageAtLeast: 60 } }, null],
])('a rule watches %s', (_, when, expected) => {
  expect(watches(when)).toEqual(expected);
});

test('a learner touches each rule once, in the order of the rulebook', () => {
  const rules = [
    rule('both', { any: [has('A'), has('B')] }, [{ course: 'B2' }]),
    rule('always', { has: { prefix: 'Z' } }, [{ course: 'B2' }]),
    rule('b', has('B'), [{ course: 'B2' }]),
    rule('twice', { any: [has('A'), { has: ['A', 'C'] }] }, [{ course: 'B2' }]),
  ];
  const rulebook = compiled(sample({ rules }));
  const touchedBy = (codes: string): number[] => {
    const facts = learner([...codes].map((code) => ({ lot: code, outcome: code })));
    return rulebook.index.touched(readLearner(rulebook, facts, '2026-10-01'));
  };
  expect(touchedBy('AB')).toEqual([0, 1, 2, 3]);
  expect(touchedBy('')).toEqual([1]);
  expect(touchedBy('B')).toEqual([0, 1, 2]);
  expect(touchedBy('C')).toEqual([1, 3]);
  expect(touchedBy('AB')).toEqual([0, 1, 2, 3]);
});
