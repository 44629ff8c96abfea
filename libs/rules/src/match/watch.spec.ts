import { compiled, learner, rule, sample } from '../../test/sample.js';
import { evaluate } from '../evaluate.js';
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
