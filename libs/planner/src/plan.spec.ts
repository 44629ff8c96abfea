import fc from 'fast-check';
import { type CompiledRulebook, evaluate, type LearnerFacts } from '#libs/rules';
import { documents as anyDocuments, facts as anyFacts } from '../../rules/test/generators.js';
import { compiled, learner, rule, sample } from '../../rules/test/sample.js';
import { addition, additions } from '../test/additions.js';
import { imaginedLots, outcomeOf, withOutcomes } from './additions.js';
import { groupedBy, Kinds } from './kinds.js';
import { PLAN_LIMITS } from './limits.js';
import { type Objective, plan, type Planning } from './plan.js';
import type { Addition } from './types.js';

const ON = '2026-10-01';
const RUNS = { numRuns: Number(process.env.PLAN_RUNS ?? 60) };
const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

const REQUIREMENTS = [
  { id: 'core', title: text('core'), basis: '§ 1', atLeast: '3', of: { category: 'core' } },
  { id: 'all', title: text('all'), basis: '§ 2', atLeast: '6' },
];

const POOL = [
  rule('c3', { has: 'A' }, [{ course: 'C3' }]),
  rule('pool', { has: { source: 'course' } }, [{ elective: 'pool' }]),
];

function told({ plans }: Pick<Planning, 'plans'>): string[] {
  return plans.map(({ cost, additions }) => {
    return `${cost}: ${additions.map(({ addition: { outcome } }) => outcome).join(' ')}`;
  });
}

const CATALOGUE = [
  addition({ outcome: 'A', credits: '3', hours: '90', months: 6 }),
  addition({ outcome: 'A', title: 'A again', credits: '4', hours: '40', months: 9 }),
  addition({ outcome: 'B', credits: '3', hours: '60', months: 1 }),
  addition({ outcome: 'D', credits: '5', hours: '30', months: 2 }),
  addition({ outcome: 'T', credits: '9', source: 'training', months: 0 }),
];

describe('plan', () => {
  const rulebook = compiled(sample({ rules: POOL, requirements: REQUIREMENTS }));
  const ask = (objective: Objective, alternatives = 1): Planning =>
    plan(rulebook, learner([]), ON, { catalogue: CATALOGUE, objective, alternatives });

  test('the cheapest outcomes, by each of the three costs', () => {
    expect(told(ask('credits'))).toEqual(['6: A B']);
    // Not 70 hours: "A again" and D give most credit when neither of them fills the course.
    expect(told(ask('hours'))).toEqual(['120: A D']);
    expect(told(ask('months'))).toEqual(['7: A B']);
    expect(ask('credits').proven).toBe(true);
  });

  test('alternatives in their order, none of which contains another one', () => {
    const { plans, proven } = ask('credits', 20);
    expect(told({ plans })).toEqual(['6: A B', '7: A A', '8: A D']);
    expect(proven).toBe(true);
  });

  test('each addition says which rule it fills, on which clause, and what it counts for', () => {
    const [best] = ask('credits').plans;
    expect(best?.binding).toBe(false);
    expect(best?.additions.map(({ fills }) => fills)).toMatchObject([
      [
        {
          rule: 'c3',
          course: 'C3',
          credits: '3',
          requirements: [
            { requirement: 'core', basis: '§ 1' },
            { requirement: 'all', basis: '§ 2' },
          ],
        },
      ],
      [{ rule: 'pool', elective: 'pool', requirements: [{ requirement: 'all', basis: '§ 2' }] }],
    ]);
  });

  test('what costs an unknown amount is named and not chosen', () => {
    expect(ask('hours').unpriced).toEqual([4]);
    const unreadable = { credits: 'three', hours: '1e400', months: -1 };
    const catalogue = [addition({ outcome: 'A', ...unreadable })];
    for (const objective of ['credits', 'hours', 'months'] as const) {
      const answer = plan(rulebook, learner([]), ON, { catalogue, objective });
      expect(answer).toEqual({ plans: [], proven: true, bound: null, unpriced: [0] });
    }
  });

  test('who meets the award needs nothing, and what asks for nothing has no plans', () => {
    const met = learner([
      { lot: 'a', outcome: 'A', credits: '3' },
      { lot: 'b', outcome: 'B', credits: '3' },
    ]);
    const request = { catalogue: CATALOGUE, objective: 'credits' as const, alternatives: 3 };
    const answer = plan(rulebook, met, ON, request);
    expect(answer).toMatchObject({ plans: [{ cost: '0', additions: [] }], proven: true });
    expect(answer.plans).toHaveLength(1);
    expect(plan(compiled(sample()), met, ON, request)).toMatchObject({ plans: [], proven: true });
  });

  test('what only its name tells apart is one choice, and the others are named beside it', () => {
    const named = (outcome: string): Addition => addition({ outcome, credits: '6', months: 2 });
    const catalogue = [
      named('X1'),
      named('X2'),
      named('X3'),
      addition({ outcome: 'A', credits: '6' }),
    ];
    const all = compiled(sample({ rules: POOL, requirements: REQUIREMENTS.slice(1) }));
    const answer = plan(all, learner([]), ON, { catalogue, objective: 'months', alternatives: 9 });
    expect(told(answer)).toEqual(['1: A', '2: X1']);
    const [, second] = answer.plans;
    expect(second?.additions[0]?.equivalents).toEqual([catalogue[1], catalogue[2]]);
    expect(answer).toMatchObject({ proven: true, bound: '1' });
  });

  test('a catalogue that cannot meet the award gives no plan, and that is proven', () => {
    const catalogue = CATALOGUE.slice(2);
    expect(plan(rulebook, learner([]), ON, { catalogue, objective: 'credits' })).toMatchObject({
      plans: [],
      proven: true,
    });
  });

  test('credit that an evaluation would spend elsewhere is not planned with', () => {
    // A could fill the core course; but as A counts for more in the pool, no decision does so.
    const greedy = compiled(
      sample({
        rules: [
          rule('c3', { has: 'A' }, [{ course: 'C3' }]),
          rule('pool', { has: 'A' }, [{ elective: 'pool' }]),
          rule('c4', { has: 'B' }, [{ course: 'C4' }]),
        ],
        requirements: REQUIREMENTS.slice(0, 1),
      }),
    );
    const catalogue = [
      addition({ outcome: 'A', credits: '5', months: 1 }),
      addition({ outcome: 'B', credits: '4', months: 5 }),
    ];
    const answer = plan(greedy, learner([]), ON, { catalogue, objective: 'months' });
    expect(told(answer)).toEqual(['5: B']);
    expect(answer.proven).toBe(true);
  });

  test('beyond the limit the cheapest outcomes are kept, and nothing is proven', () => {
    const many = Array.from({ length: PLAN_LIMITS.items + 1 }, (_, at) =>
      addition({ outcome: 'B', credits: '6', months: at + 1 }),
    );
    const all = compiled(sample({ rules: POOL, requirements: REQUIREMENTS.slice(1) }));
    const planned = (catalogue: readonly Addition[]): Planning =>
      plan(all, learner([]), ON, { catalogue: [...catalogue].reverse(), objective: 'months' });
    expect(planned(many)).toMatchObject({ plans: [{ cost: '1', proven: false }], proven: false });
    expect(planned(many.slice(1))).toMatchObject({ plans: [{ cost: '2' }], proven: true });
  });

  test('a search that is stopped leaves a plan without anything needless, and no proof', () => {
    const request = { catalogue: CATALOGUE, objective: 'credits' as const, work: 0 };
    const answer = plan(rulebook, learner([]), ON, request);
    expect(told(answer)).toEqual(['6: A B']);
    expect(answer).toMatchObject({ plans: [{ proven: false }], proven: false, bound: '0' });
    const none = { ...request, catalogue: CATALOGUE.slice(2) };
    expect(plan(rulebook, learner([]), ON, none)).toMatchObject({ plans: [], proven: false });
  });

  test('a cap makes the plan take from elsewhere', () => {
    const caps = [{ id: 'i', max: '3', per: 'issuer' as const }];
    const capped = compiled(sample({ caps, rules: POOL, requirements: REQUIREMENTS.slice(1) }));
    const catalogue = [
      addition({ outcome: 'B', issuer: 'i1', credits: '3' }),
      addition({ outcome: 'D', issuer: 'i1', credits: '3' }),
      addition({ outcome: 'E', issuer: 'i2', credits: '3.5' }),
    ];
    expect(told(plan(capped, learner([]), ON, { catalogue, objective: 'credits' }))).toEqual([]);
    const partly = compiled(
      sample({
        caps,
        rules: [rule('pool', { has: { source: 'course' } }, [{ elective: 'pool', partial: true }])],
        requirements: REQUIREMENTS.slice(1),
      }),
    );
    expect(told(plan(partly, learner([]), ON, { catalogue, objective: 'credits' }))).toEqual([
      '6.5: B E',
    ]);
  });
});

interface Tried {
  /** How many are taken of each kind. */
  readonly counts: readonly number[];
  readonly cost: number;
}

/** All choices that meet the award, by evaluating every one. */
function allThatMeet(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  catalogue: readonly Addition[],
): Tried[] {
  const kinds = kindsOf(rulebook, catalogue);
  const tried = kinds.reduce<number[][]>(
    (all, kind) => all.flatMap((some) => [...kind, -1].map((_, count) => [...some, count])),
    [[]],
  );
  return tried.flatMap((counts): Tried[] => {
    const chosen = kinds.flatMap((kind, at) => kind.slice(0, counts[at]));
    // Under the ids of the plan: between outcomes that are equal in all else the id decides.
    const lots = imaginedLots(facts, chosen.length);
    const more = chosen.map((each, at) => outcomeOf(each, lots[at]!, ON));
    if (evaluate(rulebook, withOutcomes(facts, more), ON).award !== 'met') return [];
    return [{ counts, cost: chosen.reduce((sum, { months }) => sum + months, 0) }];
  });
}

/** Additions that only their name tells apart, and which take equally long. */
function kindsOf(rulebook: CompiledRulebook, catalogue: readonly Addition[]): Addition[][] {
  const kinds = Kinds.of(rulebook);
  const keyOf = (each: Addition): string =>
    `${each.months} ${kinds.keyOf(outcomeOf(each, '', ON))}`;
  return groupedBy(catalogue, keyOf).map((group) => group.map((at) => catalogue[at]!));
}

const SURE = [
  rule('sure-c3', { has: ['A', 'K1'] }, [{ course: 'C3' }]),
  rule('sure-pool', { has: { source: ['course', 'training'] } }, [{ elective: 'pool' }]),
  rule('sure-part', { has: 'B' }, [{ elective: 'pool', partial: true }], { remainder: 'keep' }),
];

/** Any rulebook, with some rules that are likely to match and requirements that may be met. */
const rulebooks: fc.Arbitrary<CompiledRulebook> = fc
  .record({
    any: anyDocuments,
    sure: fc.subarray(SURE),
    caps: fc.boolean(),
    requirements: fc.subarray(REQUIREMENTS, { minLength: 1 }),
  })
  .map(({ any: { document }, sure, caps, requirements }) =>
    compiled({
      ...document,
      rules: [...(document.rules ?? []), ...sure],
      caps: caps ? document.caps : [],
      requirements,
    }),
  );

test('every plan is one that an evaluation calls met; a proven one is the cheapest of all', () => {
  const seen = { met: 0, none: 0, unproven: 0 };
  fc.assert(
    fc.property(rulebooks, anyFacts, additions, (rulebook, given, catalogue) => {
      const { plans, proven } = plan(rulebook, given, ON, {
        catalogue,
        objective: 'months',
        alternatives: 3,
      });
      for (const each of plans) {
        const lots = each.additions.map(({ addition, lot }) => outcomeOf(addition, lot, ON));
        const decision = evaluate(rulebook, withOutcomes(given, lots), ON);
        expect(decision.award).toBe('met');
        expect(decision).toEqual(each.decision);
      }
      const kinds = kindsOf(rulebook, catalogue);
      let left = allThatMeet(rulebook, given, catalogue);
      const leastLeft = (): string => String(Math.min(...left.map(({ cost }) => cost)));
      for (const each of plans) {
        if (each.proven) expect(each.cost).toBe(leastLeft());
        const taken = kinds.map((kind) => {
          return each.additions.filter(({ addition }) => kind.includes(addition)).length;
        });
        left = left.filter(({ counts }) => !taken.every((count, at) => counts[at]! >= count));
      }
      if (proven && plans.length < 3) expect(left).toEqual([]);
      const [best] = plans;
      if (best) seen.met += 1;
      else seen.none += 1;
      if (!proven) seen.unproven += 1;
    }),
    RUNS,
  );
  expect(seen.met).toBeGreaterThan(RUNS.numRuns / 20);
  expect(seen.none).toBeGreaterThan(0);
  expect(seen.unproven).toBeLessThan(RUNS.numRuns / 2);
});
