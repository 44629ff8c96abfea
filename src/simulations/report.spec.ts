import fc from 'fast-check';
import { type Decision, canonicalJson, factsOf } from '#libs/rules';
import type { Compared } from '../reevaluations/index.js';
import { EMPTY_REPORT, withLearners } from './report.js';

/** As much of a decision as a report reads. */
const decision = (credits: string, rules: readonly string[], caps: readonly string[]): Decision =>
  ({
    credits,
    proven: true,
    granted: rules.map((rule) => ({
      rule,
      effect: 'credit',
      course: rule,
      elective: null,
      credits,
      value: null,
    })),
    refused: caps.map((cap) => ({ code: 'cap', params: { cap } })),
  }) as unknown as Decision;

const decisions = fc
  .record({
    credits: fc.constantFrom('0', '0.5', '4', '12.125'),
    rules: fc.subarray(['a', 'b', 'c']),
    caps: fc.subarray(['half', 'online']),
  })
  .map(({ credits, rules, caps }) => decision(credits, rules, caps));

const learners: fc.Arbitrary<Compared[]> = fc.array(
  fc.record({
    learnerId: fc.uuid(),
    facts: fc.subarray(['north', 'south', 'west']).map((issuers) =>
      factsOf({
        name: 'x',
        on: '2026-10-01',
        learner: {
          outcomes: issuers.map((issuer) => ({ lot: issuer, outcome: 'X', issuer })),
        },
        expect: {},
      }),
    ),
    before: fc.option(decisions),
    after: decisions,
    elapsedMs: fc.integer({ min: 1, max: 50 }),
  }),
  { maxLength: 40 },
);

test('cut into steps anywhere and kept as JSON in between, it is the same report', () => {
  fc.assert(
    fc.property(learners, fc.nat(40), (all, cut) => {
      const kept = JSON.stringify(withLearners(EMPTY_REPORT, all.slice(0, cut)));
      const inSteps = withLearners(JSON.parse(kept) as typeof EMPTY_REPORT, all.slice(cut));
      expect(canonicalJson(inSteps)).toBe(canonicalJson(withLearners(EMPTY_REPORT, all)));
    }),
  );
});

test('everybody is counted once, and what is gained and lost adds up', () => {
  fc.assert(
    fc.property(learners, (all) => {
      const report = withLearners(EMPTY_REPORT, all);
      const { gained, lost, different, same } = report;
      expect(report.learners).toBe(all.length);
      expect(gained + lost + different + same).toBe(all.length);
      const sum = (of: (one: Compared) => Decision | null): number =>
        all.reduce((total, one) => total + Number(of(one)?.credits ?? 0) * 1000, 0);
      const net = BigInt(report.millicreditsGained) - BigInt(report.millicreditsLost);
      expect(Number(net)).toBe(sum(({ after }) => after) - sum(({ before }) => before));
      const slowest = Math.max(0, ...all.map(({ elapsedMs }) => elapsedMs));
      expect(report.slowest?.elapsedMs ?? 0).toBe(slowest);
      const differences = all.map(
        ({ before, after }) => Number(after.credits) - Number(before?.credits ?? 0),
      );
      const most = Math.max(0, ...differences);
      const [first] = report.cases.gained;
      expect(
        first ? Number(first.creditsAfter) - Number(first.creditsBefore) : 0,
      ).toBeLessThanOrEqual(most);
    }),
  );
});

test('of many differences the largest are kept', () => {
  const all = Array.from({ length: 30 }, (_, i): Compared => {
    const after = decision(String(i), ['a'], []);
    const facts = factsOf({ name: '', on: '', learner: { outcomes: [] }, expect: {} });
    return { learnerId: `l${i}`, facts, before: null, after, elapsedMs: 1 };
  });
  const { gained, lost } = withLearners(EMPTY_REPORT, all).cases;
  expect(gained.map(({ creditsAfter }) => Number(creditsAfter)).toSorted((a, b) => b - a)).toEqual([
    29, 28, 27, 26, 25, 24, 23, 22, 21, 20,
  ]);
  expect(gained[0]).toMatchObject({ creditsBefore: '0', rulesGained: ['a'], rulesLost: [] });
  expect(lost).toEqual([]);
});

test('an equal amount by other grants is told apart from the same result', () => {
  const facts = factsOf({ name: '', on: '', learner: { outcomes: [] }, expect: {} });
  const compare = (rules: readonly string[]): Compared => ({
    learnerId: 'l',
    facts,
    before: decision('4', ['a'], ['half']),
    after: decision('4', rules, []),
    elapsedMs: 1,
  });
  const report = withLearners(EMPTY_REPORT, [compare(['a']), compare(['b'])]);
  expect(report).toMatchObject({ same: 1, different: 1, caps: { half: { before: 2, after: 0 } } });
});
