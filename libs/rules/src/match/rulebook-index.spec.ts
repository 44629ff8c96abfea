import fc from 'fast-check';
import { documents, facts } from '../../test/generators.js';
import { compiled, learner, rule, sample } from '../../test/sample.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import type { ConditionDocument, RulebookDocument } from '../document/document.js';
import { evaluate } from '../evaluate.js';
import type { LearnerFacts } from '../types.js';
import { RulebookIndex } from './rulebook-index.js';

const ON = '2026-10-01';

const asking = (when: ConditionDocument): RulebookDocument =>
  sample({ rules: [rule('r', when, [{ course: 'B2' }])] });

function numbersOf(rulebooks: readonly CompiledRulebook[], given: LearnerFacts): number[] {
  const speaking = new RulebookIndex(rulebooks).speakingTo(given);
  return speaking.map((rulebook) => rulebooks.indexOf(rulebook));
}

test('names the rulebooks that look at what a learner has, in their order', () => {
  const rulebooks = [
    asking({ has: 'B' }),
    asking({ has: { source: 'training' } }),
    asking({ has: 'A' }),
    asking({ has: { prefix: 'Z' } }),
    asking({ any: [{ has: 'B' }, { has: 'A' }] }),
  ].map(compiled);
  const index = new RulebookIndex(rulebooks);
  const having = (...outcomes: string[]): LearnerFacts =>
    learner(outcomes.map((outcome) => ({ lot: outcome, outcome, source: 'course' as const })));
  const named = (given: LearnerFacts): number[] =>
    index.speakingTo(given).map((rulebook) => rulebooks.indexOf(rulebook));
  expect(named(having('A'))).toEqual([2, 3, 4]);
  expect(named(having('B', 'A'))).toEqual([0, 2, 3, 4]);
  expect(named(having())).toEqual([3]);
  expect(named(learner([{ lot: 'x', outcome: 'X', source: 'training' }]))).toEqual([1, 3]);
});

test('a total speaks to whom something was granted, a right that needs nothing to everybody', () => {
  const right = (atLeast: string) => ({ id: 'right', title: { zh: '权', en: 'right' }, atLeast });
  const rulebooks = ['3', '0'].map((atLeast) =>
    compiled({ ...asking({ has: 'A' }), rights: [right(atLeast)] }),
  );
  const prior = {
    rule: 'r',
    course: 'B2',
    elective: null,
    category: 'core',
    credits: '3',
    sources: [],
    issuers: [],
    uses: [],
  };
  expect(numbersOf(rulebooks, learner([]))).toEqual([1]);
  expect(numbersOf(rulebooks, { ...learner([]), granted: [prior] })).toEqual([0, 1]);
});

test('a rulebook that is left out gives nothing and no reason', () => {
  let leftOut = 0;
  const shelf = fc.array(documents, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(shelf, facts, (drawn, given) => {
      const rulebooks = drawn.map(({ rulebook }) => rulebook);
      const speaking = numbersOf(rulebooks, given);
      for (const [number, rulebook] of rulebooks.entries()) {
        if (speaking.includes(number)) continue;
        leftOut += 1;
        const { granted, refused, pending, reasons } = evaluate(rulebook, given, ON);
        expect({ granted, refused, pending, reasons }).toEqual({
          granted: [],
          refused: [],
          pending: [],
          reasons: [],
        });
      }
    }),
    { numRuns: Number(process.env.RULE_RUNS ?? 150) * 2 },
  );
  expect(leftOut).toBeGreaterThan(20);
});
