import fc from 'fast-check';
import {
  type CapDocument,
  type CompiledRulebook,
  compileRulebook,
  type ConditionDocument,
  type ExampleOutcomeDocument,
  type FamilyDocument,
  type HasDocument,
  type LearnerFacts,
  type NeverDocument,
  type RuleDocument,
  type RulebookDocument,
} from '../src/index.js';
import { learner, rule, sample } from './sample.js';

const CODES = ['A', 'B', 'K1', 'K2', 'T', 'M'] as const;

/** Learners with every kind of value, good, bad and unknown, for the codes and scales of the sample. */
export const facts: fc.Arbitrary<LearnerFacts> = fc
  .record({
    outcomes: fc.uniqueArray(outcome(), { maxLength: 8, selector: ({ lot }) => lot }),
    findings: fc.array(
      fc.record({
        what: fc.constant('overlap'),
        lot: fc.constantFrom('l1', 'l2', 'l3'),
        course: fc.constantFrom('B2', 'C3'),
        value: fc.constantFrom('69', '70'),
      }),
      { maxLength: 2 },
    ),
    granted: fc.array(
      fc.record({
        rule: fc.constant('earlier'),
        course: fc.constantFrom('B2', 'C3'),
        category: fc.constantFrom('basic', 'core'),
        credits: fc.constantFrom('1', '3'),
        issuer: fc.constantFrom('i1', 'i2'),
      }),
      { maxLength: 1 },
    ),
    learner: fc.record(
      {
        born: fc.constantFrom('1960-10-01', '1966-10-02', '2000-02-29', 'unreadable'),
        enrolledIn: fc.subarray(['P', 'Q']),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ outcomes, findings, granted, learner: about }) =>
    learner(outcomes, { findings, granted, ...about }),
  );

function outcome(): fc.Arbitrary<ExampleOutcomeDocument> {
  const half = fc.integer({ min: 0, max: 12 }).map((value) => String(value / 2));
  return fc.record(
    {
      lot: fc.constantFrom('l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8'),
      outcome: fc.constantFrom(...CODES),
      source: fc.constantFrom('course', 'certificate', 'training', 'online-course'),
      issuer: fc.constantFrom('i1', 'i2'),
      grade: fc.constantFrom('59', '60', '95', 'P', 'x'),
      gradeScale: fc.constantFrom('percent', 'five', 'german'),
      passGrade: fc.constantFrom('60', 'P'),
      level: fc.constantFrom('low', 'mid', 'high', '85'),
      levelScale: fc.constant('level'),
      credits: half,
      hours: fc.constantFrom('8', '16', '20', '33.5'),
      attendancePercent: fc.constantFrom('79.9', '80', '100'),
      completed: fc.constantFrom('2026', '2025-06', '2024-02-29', '2021-09-30'),
      deposited: fc.constantFrom('2018-01-01', '2021-01-01', '2025-01-01'),
      state: fc.oneof(
        { weight: 6, arbitrary: fc.constant('available' as const) },
        fc.constantFrom('held', 'used', 'revoked', 'registered', 'failed', 'expired'),
      ),
    },
    { requiredKeys: ['lot', 'outcome', 'source', 'issuer'] },
  );
}

/** One `has` clause: a selection and up to three tests of any kind. */
const has: fc.Arbitrary<HasDocument> = fc
  .record({
    select: fc.oneof(
      fc.constantFrom<HasDocument['has']>('A', 'B', 'K1', ['A', 'K2'], ['T', 'M']),
      fc.constantFrom<HasDocument['has']>(
        { source: 'training' },
        { source: ['course', 'certificate'], except: ['B'] },
        { prefix: 'K' },
      ),
    ),
    tests: fc.uniqueArray(lotTest(), { maxLength: 3, selector: (each) => Object.keys(each)[0] }),
    evidenceOnly: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ select, tests, evidenceOnly }) =>
    Object.assign({ has: select, ...(evidenceOnly && { evidenceOnly }) }, ...tests),
  );

function lotTest(): fc.Arbitrary<Partial<HasDocument>> {
  return fc.constantFrom<Partial<HasDocument>>(
    { grade: { passed: true } },
    { grade: { scale: 'percent', atLeast: '60' } },
    { grade: { scale: 'percent', atLeast: '60', below: '90' } },
    { grade: { scale: 'german', atLeast: '2' } },
    { grade: { scale: 'five', below: 'G' } },
    { level: { scale: 'level', atLeast: 'mid' } },
    { level: { scale: 'level', exactly: 'high' } },
    { level: { scale: 'level', below: 'high' } },
    { hours: { atLeast: '16' } },
    { credits: { atLeast: '2' } },
    { attendance: { atLeast: '80' } },
    { issuer: 'i1' },
    { issuer: ['i1', 'i2'] },
    { completed: { withinYears: 5 } },
    { completed: { onOrAfter: '2024-03-01' } },
    { completed: { onOrAfter: '2022-01-01', before: '2025-06-15' } },
    { judged: { what: 'overlap', atLeast: '70', course: 'C3' } },
  );
}

/** A condition with groups, and with at most one sum, which is what a rule may have. */
export const condition: fc.Arbitrary<ConditionDocument> = fc
  .letrec<{ node: ConditionDocument }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: has },
      {
        weight: 1,
        arbitrary: fc.constantFrom<ConditionDocument>(
          { learner: { ageAtLeast: 60 } },
          { learner: { enrolledIn: 'P' } },
        ),
      },
      { weight: 2, arbitrary: fc.record({ all: children(tie('node'), 1) }) },
      { weight: 2, arbitrary: fc.record({ any: children(tie('node'), 1) }) },
      {
        weight: 2,
        arbitrary: children(tie('node'), 2).map((of) => ({ atLeast: 2, of })),
      },
    ),
  }))
  .node.chain((node) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(node) }, sum(), withSum(node)),
  );

function children(
  node: fc.Arbitrary<ConditionDocument>,
  minLength: number,
): fc.Arbitrary<ConditionDocument[]> {
  return fc.array(node, { minLength, maxLength: 3 });
}

function sum(): fc.Arbitrary<ConditionDocument> {
  return fc
    .record({
      what: fc.constantFrom('hours' as const, 'credits' as const),
      atLeast: fc.constantFrom('4', '16', '32'),
      of: has,
    })
    .map(({ what, atLeast, of }) => ({ sum: { what, atLeast }, of }));
}

function withSum(node: ConditionDocument): fc.Arbitrary<ConditionDocument> {
  return sum().map((added) => ({ all: [node, added] }));
}

type Grants = RuleDocument['grants'];

const grants: fc.Arbitrary<Pick<RuleDocument, 'grants' | 'take'>> = fc.oneof(
  fc
    .constantFrom<Grants>(
      [{ course: 'B2' }],
      [{ course: 'C3' }],
      [{ course: 'C4', credits: '3.5' }],
      [{ elective: 'pool' }],
      [{ elective: 'pool', partial: true }],
      [{ elective: 'pool', credits: { ratio: 'sum', max: '4' } }],
      [{ elective: 'pool', credits: { ratio: 'lot' } }],
      [{ course: 'B2', effect: 'exemption', credits: '0' }],
      [{ effect: 'right', value: 'exam' }],
    )
    .map((list) => ({ grants: list })),
  fc.constantFrom('all' as const, 'any' as const).map((take) => ({
    grants: [{ course: 'C3' }, { course: 'B2' }],
    take,
  })),
);

const rest: fc.Arbitrary<Partial<RuleDocument>> = fc
  .record({
    shortfall: fc.constantFrom('refuse' as const, 'allow' as const),
    remainder: fc.constantFrom('forfeit' as const, 'keep' as const),
    grade: fc.constantFrom('none' as const, 'exempt' as const, 'of-lot' as const, { fixed: '80' }),
    inForce: fc.oneof(
      { weight: 8, arbitrary: fc.constant(null) },
      fc.constantFrom(
        { from: '2026-11-01', to: null, by: 'application' as const },
        { from: '2025-01-01', to: '2026-12-31', by: 'completion' as const },
      ),
    ),
  })
  .map(({ inForce, ...others }) => ({ ...others, ...(inForce && { inForce }) }));

const rules: fc.Arbitrary<RuleDocument[]> = fc
  .array(fc.tuple(condition, grants, rest), { minLength: 1, maxLength: 4 })
  .map((list) =>
    list.map(([when, given, others], index) =>
      rule(`r${index}`, when, given.grants, { ...others, ...(given.take && { take: given.take }) }),
    ),
  );

/** Rules of every kind that compete for the same lots, courses, pools and caps. */
export const competing: RulebookDocument = sample({
  lots: { shelfLifeYears: 7 },
  caps: [
    { id: 'total', max: '12' },
    { id: 'core', max: '6', of: { category: 'core' } },
    { id: 'online', max: '4', of: { source: 'online-course' } },
    { id: 'issuer', max: '7', per: 'issuer' },
  ],
  families: [{ id: 'levels', outcomes: ['K1', 'K2'], keep: 'highest-level' }],
  never: [
    {
      id: 'junior',
      title: { zh: '初级', en: 'junior' },
      category: 'core',
      for: { has: { source: 'certificate' }, level: { scale: 'level', below: 'mid' } },
    },
  ],
  rules: [
    rule('pair', { all: [{ has: 'A' }, { has: 'B' }] }, [{ course: 'C4' }]),
    rule('two-of', { atLeast: 2, of: [{ has: 'A' }, { has: 'K1' }, { has: 'K2' }] }, [
      { course: 'C3' },
    ]),
    rule('basic', { has: ['A', 'B', 'K1'], grade: { passed: true } }, [{ course: 'B2' }], {
      remainder: 'elective',
      remainderTo: 'pool',
    }),
    rule('core', { has: ['K1', 'K2'] }, [{ course: 'C3' }, { course: 'C4' }], {
      take: 'any',
      remainder: 'keep',
    }),
    rule('judged', { has: 'B', judged: { what: 'overlap', atLeast: '70' } }, [{ course: 'C3' }]),
    rule(
      'hours',
      { sum: { what: 'hours', atLeast: '16' }, of: { has: { source: 'training' } } },
      [{ elective: 'pool', credits: { ratio: 'sum', max: '4' } }],
      { shortfall: 'allow' },
    ),
    rule('open', { has: { source: 'online-course' } }, [{ elective: 'pool', partial: true }], {
      remainder: 'keep',
    }),
  ],
});
const CAPS: CapDocument[] = [
  { id: 'total', max: '7' },
  { id: 'core', max: '4', of: { category: 'core' } },
  { id: 'online', max: { percent: '5', of: 'total' }, of: { source: 'online-course' } },
  { id: 'issuer', max: '3', per: 'issuer' },
  { id: 'one-lot', max: '2', per: 'lot' },
  { id: 'applications', max: '2', counts: 'applications' },
  { id: 'lots', max: '2', counts: 'lots', of: { source: ['course', 'training'] } },
];

const NEVER: NeverDocument[] = [
  {
    id: 'junior',
    title: { zh: '初级', en: 'junior' },
    category: 'core',
    for: { has: { source: 'certificate' }, level: { scale: 'level', below: 'mid' } },
  },
];

const FAMILIES: FamilyDocument[] = [
  { id: 'levels', outcomes: ['K1', 'K2'], keep: 'highest-level' },
];

/** Whole documents: rules of every kind with caps, families and exclusions. All of them compile. */
export const documents: fc.Arbitrary<{ document: RulebookDocument; rulebook: CompiledRulebook }> =
  fc
    .record({
      rules,
      caps: fc.subarray(CAPS),
      never: fc.subarray(NEVER),
      families: fc.subarray(FAMILIES),
      requirements: fc.subarray([
        { id: 'all', title: { zh: '总', en: 'all' }, atLeast: '6' },
        { id: 'core', title: { zh: '核', en: 'core' }, atLeast: '3', of: { category: 'core' } },
      ]),
      lots: fc.constantFrom({}, { shelfLifeYears: 7 }, { reuse: 'never' as const }),
    })
    .map((change) => {
      const document = sample(change);
      return { document, compiled: compileRulebook(document) };
    })
    .filter(({ compiled }) => compiled.ok)
    .map(({ document, compiled }) => {
      if (!compiled.ok) throw new Error('filtered above');
      return { document, rulebook: compiled.value };
    });
