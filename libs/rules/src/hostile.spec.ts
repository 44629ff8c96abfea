import fc from 'fast-check';
import { competing, documents } from '../test/generators.js';
import { learnersOf } from '../test/learners-of.js';
import { rulebooksOnDisk } from '../../../test/support/rulebooks.js';
import { compiled, rule, sample } from '../test/sample.js';
import { wordsOf } from '../test/words.js';
import { canonicalJson } from './canonical.js';
import type { CompiledRulebook } from './compile/compiled.js';
import { evaluate } from './evaluate.js';
import { narrate } from './explain/narrate.js';
import type { LearnerFacts, OutcomeFact } from './types.js';

const ON = '2026-10-01';

/** How often each property is tried; `RULE_RUNS=100000 npx jest libs/rules/src/hostile`. */
const RUNS = Number(process.env.RULE_RUNS ?? 300);

const NASTY: readonly string[] = [
  ['2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31', '1899-12-31', '2026-1-1', '2026'],
  ['\ud800', 'x\udfff', '\u0000', '\u202e', '\uffff', 'é', 'é', '\u00a0', '中级', '🎓'],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', '{lot}'],
].flat();

/** What stands in a field when something went wrong before it came here, or somebody means ill. */
const nasty = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom(...NASTY));

/** Learners of a document in whom some values were replaced by nasty ones. */
function hostileOf(rulebook: CompiledRulebook): fc.Arbitrary<LearnerFacts> {
  const words = wordsOf(rulebook);
  const ids = fc.constantFrom('l1', 'l2', 'l3', '\ud800', '__proto__');
  const spoilt = fc.record<Partial<OutcomeFact>>(
    {
      lot: ids,
      outcome: nasty,
      title: nasty,
      kind: nasty,
      category: nasty,
      issuer: nasty,
      grade: nasty,
      gradeScale: nasty,
      passGrade: nasty,
      level: nasty,
      levelScale: nasty,
      credits: nasty,
      available: nasty,
      hours: nasty,
      attendancePercent: nasty,
      completed: nasty,
      deposited: nasty,
      expiresOn: nasty,
      usedFor: fc.array(fc.record({ programme: nasty, course: nasty }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  const prior = fc.record({
    rule: nasty,
    course: fc.constantFrom(null, ...words.courses, '__proto__'),
    elective: fc.option(nasty),
    category: fc.option(nasty),
    credits: nasty,
    sources: fc.subarray([...words.sources]),
    issuers: fc.array(nasty, { maxLength: 2 }),
    uses: fc.array(fc.record({ lot: ids }), { maxLength: 2 }),
    completed: fc.array(nasty, { maxLength: 2 }),
  });
  return fc
    .record({
      learner: learnersOf(rulebook),
      spoilt: fc.array(spoilt, { maxLength: 6 }),
      isTwice: fc.boolean(),
      rest: fc.record(
        {
          born: fc.option(nasty),
          enrolledIn: fc.array(nasty, { maxLength: 3 }),
          granted: fc.array(prior, { maxLength: 3 }),
          graduates: nasty,
          accounts: fc.array(fc.record({ account: nasty, counted: nasty }), { maxLength: 2 }),
          findings: fc.array(
            fc.record({ what: nasty, lot: ids, course: fc.option(nasty), value: nasty }),
            { maxLength: 3 },
          ),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ learner, spoilt: changes, isTwice, rest }) => {
      const outcomes = learner.outcomes.map((fact, at) => ({ ...fact, ...changes[at] }));
      const all = isTwice ? [...outcomes, ...learner.outcomes, ...outcomes] : outcomes;
      return { ...learner, ...rest, outcomes: all };
    });
}

function answers(rulebook: CompiledRulebook, facts: LearnerFacts, on = ON): void {
  const decision = evaluate(rulebook, facts, on);
  expect(canonicalJson(evaluate(rulebook, facts, on))).toBe(canonicalJson(decision));
  expect(canonicalJson(narrate(decision))).not.toMatch(/undefined|\[object/);
}

test('facts that nobody vouches for are answered, never thrown: generated rules', () => {
  fc.assert(
    fc.property(
      documents.chain(({ document, rulebook }) =>
        fc.record({ document: fc.constant(document), facts: hostileOf(rulebook) }),
      ),
      ({ document, facts }) => answers(compiled(document), facts),
    ),
    { numRuns: RUNS },
  );
  const rulebook = compiled(competing);
  fc.assert(
    fc.property(hostileOf(rulebook), (facts) => answers(rulebook, facts)),
    { numRuns: RUNS },
  );
});

test('facts that nobody vouches for are answered, never thrown: documents in rulebooks/', () => {
  const rulebooks = rulebooksOnDisk();
  for (const rulebook of rulebooks) {
    fc.assert(
      fc.property(hostileOf(rulebook), (facts) => answers(rulebook, facts)),
      { numRuns: Math.ceil(RUNS / rulebooks.length) },
    );
  }
});

test('days that are in no calendar are read as they are written', () => {
  const rulebook = compiled(competing);
  const days = fc.constantFrom('0000-00-00', '9999-99-99', '2026-02-30', '2026-13-01');
  fc.assert(
    fc.property(hostileOf(rulebook), days, (facts, on) => answers(rulebook, facts, on)),
    { numRuns: RUNS },
  );
});

test('hours and ratios beyond all measure are unknown or end at what can be booked', () => {
  const of = { has: { source: 'training' as const } };
  const grants = [{ elective: 'pool', credits: { ratio: 'sum' } }];
  const document = sample({
    ratios: {
      sum: { hours: '0.001', credits: '9999', round: { to: '0.5', mode: 'down', at: 'sum' } },
    },
    rules: [
      rule('sum', { sum: { what: 'hours', atLeast: '1' }, of }, grants, { shortfall: 'allow' }),
      rule('one', of, grants, { shortfall: 'allow' }),
    ],
  });
  const lot = (id: string, hours: string): OutcomeFact => ({
    ...baseOf(id),
    hours,
  });
  const rulebook = compiled(document);
  const facts = { born: null, findings: [], granted: [], enrolledIn: [] };
  const absurd = evaluate(rulebook, { ...facts, outcomes: [lot('x', '999999999999999')] }, ON);
  expect(absurd.pending.map(({ waitsFor }) => waitsFor[0]?.what)).toEqual(['hours', 'hours']);
  const many = evaluate(rulebook, { ...facts, outcomes: [lot('x', '1000000')] }, ON);
  expect(many.credits).toBe('10000');
});

function baseOf(lot: string): OutcomeFact {
  return {
    lot,
    outcome: 'T',
    title: 'T',
    source: 'training',
    kind: 'k',
    category: 'c',
    issuer: 'i',
    grade: null,
    gradeScale: null,
    passGrade: null,
    level: null,
    levelScale: null,
    credits: '1',
    available: '1',
    hours: null,
    attendancePercent: null,
    completed: '2026',
    deposited: null,
    expiresOn: null,
    state: 'available',
    usedFor: [],
  };
}
