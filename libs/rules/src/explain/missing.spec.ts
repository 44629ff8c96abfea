import fc from 'fast-check';
import { compiled, learner, rule, sample } from '../../test/sample.js';
import type { ConditionDocument } from '../document/document.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import { evaluate } from '../evaluate.js';
import type { Change, LearnerFacts, OutcomeFact } from '../types.js';

const ON = '2026-10-01';

const leaf: fc.Arbitrary<ConditionDocument> = fc.record({
  has: fc.constantFrom<string | string[]>('A', 'B', 'C', ['A', 'D']),
  grade: fc.option(fc.constant({ scale: 'percent', atLeast: '60' }), { nil: undefined }),
  level: fc.option(fc.constant({ scale: 'level', atLeast: 'mid' }), { nil: undefined }),
  hours: fc.option(fc.constant({ atLeast: '16' }), { nil: undefined }),
  attendance: fc.option(fc.constant({ atLeast: '80' }), { nil: undefined }),
});

const condition: fc.Arbitrary<ConditionDocument> = fc.letrec<{ c: ConditionDocument }>((tie) => ({
  c: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('c'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ any: fc.array(tie('c'), { minLength: 1, maxLength: 2 }) }),
    fc.array(tie('c'), { minLength: 2, maxLength: 3 }).map((of) => ({ atLeast: 2, of })),
  ),
})).c;

const outcomes: fc.Arbitrary<ExampleOutcomeDocument[]> = fc
  .array(
    fc.record({
      outcome: fc.constantFrom('A', 'B', 'C', 'D'),
      grade: fc.constantFrom('40', '60'),
      level: fc.constantFrom('low', 'mid'),
      hours: fc.constantFrom('8', '16'),
      attendancePercent: fc.constantFrom('50', '80'),
    }),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map((each, index) => ({
      lot: `l${index}`,
      credits: '2',
      gradeScale: 'percent',
      levelScale: 'level',
      ...each,
    })),
  );

/** Does what a list of changes says, and nothing else. */
function apply(facts: LearnerFacts, changes: readonly Change[]): LearnerFacts {
  const done = new Map(facts.outcomes.map((fact) => [fact.lot, fact]));
  let latest = '';
  changes.forEach(({ kind, lot, outcomes: codes, wanted }, index) => {
    if (kind === 'outcome') {
      latest = `new${index}`;
      const [fact] = learner([{ lot: latest, outcome: codes[0] ?? wanted, credits: '2' }]).outcomes;
      if (fact) done.set(latest, fact);
      return;
    }
    const fact = done.get(lot ?? latest);
    if (fact) done.set(fact.lot, { ...fact, ...valueFor(kind, wanted) });
  });
  return { ...facts, outcomes: [...done.values()] };
}

function valueFor(kind: Change['kind'], wanted: string): Partial<OutcomeFact> {
  const [, value = '', scale = ''] = /^>= (\S+)(?: \((.*)\)| %)?$/.exec(wanted) ?? [];
  if (kind === 'grade') return { grade: value, gradeScale: scale };
  if (kind === 'level') return { level: value, levelScale: scale };
  if (kind === 'hours') return { hours: value };
  if (kind === 'attendance') return { attendancePercent: value };
  throw new Error(`the test does not know how to change ${kind}`);
}

test('doing what is missing makes the rule pass', () => {
  let flipped = 0;
  const numRuns = Number(process.env.RULE_RUNS ?? 400);
  fc.assert(
    fc.property(condition, outcomes, (when, given) => {
      const document = sample({
        rules: [rule('r', when, [{ course: 'B2' }], { shortfall: 'allow' })],
      });
      const rulebook = compiled(document);
      const facts = learner(given);
      for (const { changes } of evaluate(rulebook, facts, ON).missing) {
        const after = evaluate(rulebook, apply(facts, changes), ON);
        expect(after.granted.map((grant) => grant.rule)).toEqual(['r']);
        flipped += 1;
      }
    }),
    { numRuns },
  );
  expect(flipped).toBeGreaterThan(numRuns / 20);
});

test('the nearest change is named: a better grade before another outcome', () => {
  const when = { all: [{ has: 'A', grade: { scale: 'percent', atLeast: '60' } }, { has: 'B' }] };
  const document = sample({ rules: [rule('r', when, [{ course: 'B2' }])] });
  const facts = learner([
    { lot: 'a', outcome: 'A', credits: '2', grade: '59', gradeScale: 'percent' },
    { lot: 'b', outcome: 'B', credits: '2' },
  ]);
  expect(evaluate(compiled(document), facts, ON).missing).toMatchObject([
    {
      rule: 'r',
      changes: [{ kind: 'grade', lot: 'a', wanted: '>= 60 (percent)', read: '59' }],
    },
  ]);
});

test('nothing is named that cannot be done: a lot that is used up, another issuer', () => {
  const document = sample({ rules: [rule('r', { has: 'A', issuer: 'i' }, [{ course: 'B2' }])] });
  const facts = learner([{ lot: 'a', outcome: 'A', credits: '2', issuer: 'j' }]);
  expect(evaluate(compiled(document), facts, ON).missing).toMatchObject([
    {
      changes: [
        { kind: 'outcome', outcomes: ['A'] },
        { kind: 'issuer', wanted: 'i' },
      ],
    },
  ]);
});
