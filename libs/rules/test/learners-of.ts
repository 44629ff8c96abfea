import fc from 'fast-check';
import type { CompiledRulebook, LearnerFacts, LotState, OutcomeFact } from '../src/index.js';
import { wordsOf } from './words.js';

/** Learners made of the words of one document, with values on both sides of its limits. */
export function learnersOf(rulebook: CompiledRulebook): fc.Arbitrary<LearnerFacts> {
  const words = wordsOf(rulebook);
  const lots = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7'];
  const graded = fc.constantFrom(
    null,
    ...[...words.scales].flatMap(([scale, values]) =>
      values.map((value) => [scale, value] as const),
    ),
  );
  const outcome: fc.Arbitrary<OutcomeFact> = fc
    .record({
      lot: fc.constantFrom(...lots),
      outcome: fc.constantFrom(...words.codes),
      title: fc.constantFrom('one', 'two', 'three', 'four', 'five'),
      source: fc.constantFrom(...words.sources),
      kind: fc.constantFrom(...words.kinds),
      category: fc.constantFrom(...words.categories),
      issuer: fc.constantFrom(...words.issuers),
      grade: graded,
      pass: graded,
      level: graded,
      credits: fc.constantFrom(null, '0.5', '1', '2', '3', '6'),
      isUsedInPart: fc.boolean(),
      hours: fc.constantFrom(null, '8', '16', '33.5', '40', '400'),
      attendancePercent: fc.constantFrom(null, '79', '80', '100'),
      completed: fc.constantFrom('', '2026', '2026-03', '2025-12-31', '2021-09-30', '2016-01'),
      deposited: fc.constantFrom(null, '2018-01-01', '2025-01-01'),
      state: fc.oneof(
        { weight: 8, arbitrary: fc.constant<LotState>('available') },
        fc.constantFrom<LotState>('held', 'used', 'revoked', 'registered', 'failed', 'expired'),
      ),
    })
    .map(({ grade, pass, level, isUsedInPart, credits, ...rest }) => ({
      ...rest,
      gradeScale: grade?.[0] ?? null,
      grade: grade?.[1] ?? null,
      passGrade: pass?.[0] === grade?.[0] ? (pass?.[1] ?? null) : null,
      levelScale: level?.[0] ?? null,
      level: level?.[1] ?? null,
      credits,
      available: isUsedInPart && credits !== null ? String(Number(credits) / 2) : (credits ?? '0'),
      expiresOn: null,
      usedFor: [],
    }));
  const finding = fc.record({
    what: fc.constantFrom('other', ...words.findings.map(({ what }) => what)),
    course: fc.constantFrom(null, ...words.courses),
    lot: fc.constantFrom(...lots),
    value: fc.constantFrom('0', '50', '2/3', '69.9', '70', '80', '100'),
  });
  return fc.record({
    born: fc.constantFrom(null, '1960-10-01', '1966-10-02', '2000-02-29'),
    outcomes: fc.uniqueArray(outcome, { maxLength: 6, selector: ({ lot }) => lot }),
    findings: fc.array(finding, { maxLength: 3 }),
    granted: fc.constant([]),
    enrolledIn: fc.subarray([...new Set(words.programmes)]),
  });
}
