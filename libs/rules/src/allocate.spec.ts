import fc from 'fast-check';
import { allocate } from './allocate.js';
import type {
  Allocation,
  AllocationCandidate,
  AllocationChoice,
  AllocationProblem,
} from './allocation.js';
import { Standing } from './standing.js';

interface Score {
  credits: number;
  benefits: number;
  usedUp: number;
}

const isBetter = (a: Score, b: Score | null): boolean =>
  !b ||
  a.credits > b.credits ||
  (a.credits === b.credits &&
    (a.benefits > b.benefits || (a.benefits === b.benefits && a.usedUp < b.usedUp)));

/** Every allocation there is, one after another: the oracle knows nothing of bounds or order. */
function bruteForce(problem: AllocationProblem): Score {
  let best: Score | null = null;
  const standing = new Standing(problem);
  const visit = (at: number): void => {
    const candidate = problem.candidates[at];
    if (!candidate) {
      const { credits, benefits, usedUp } = standing;
      if (isBetter({ credits, benefits, usedUp }, best)) best = { credits, benefits, usedUp };
      return;
    }
    visit(at + 1);
    for (const choice of candidate.choices) {
      for (const set of setsOf(problem, candidate, choice)) {
        if (!standing.fits(choice) || !set.lots.every((lot) => standing.isFree(lot))) continue;
        standing.take(choice, set.lots, set.usedUp);
        visit(at + 1);
        standing.giveBack(choice, set.lots, set.usedUp);
      }
    }
  };
  visit(0);
  return best ?? { credits: 0, benefits: 0, usedUp: 0 };
}

function setsOf(
  problem: AllocationProblem,
  { pool }: AllocationCandidate,
  { neededWeight, credits, uses }: AllocationChoice,
): { lots: number[]; usedUp: number }[] {
  if (!pool) return [{ lots: [], usedUp: 0 }];
  const fixed = uses.reduce((sum, { amount }) => sum + amount, 0);
  const members = pool.members.filter(({ lot }) => uses.every((use) => use.lot !== lot));
  const sets = members.reduce<(typeof members)[]>(
    (all, member) => [...all, ...all.map((set) => [...set, member])],
    [[]],
  );
  return sets
    .filter((set) => set.reduce((sum, { weight }) => sum + weight, 0) >= neededWeight)
    .map((set) => {
      const amount = set.reduce((sum, { lot }) => sum + (problem.lots[lot] ?? 0), 0);
      return {
        lots: set.map(({ lot }) => lot),
        usedUp: pool.isKept ? Math.min(Math.max(0, credits - fixed), amount) : amount,
      };
    });
}

/** Takes what fits, in the order given: what most systems do. */
function greedy(problem: AllocationProblem): number {
  const standing = new Standing(problem);
  for (const { choices, pool } of problem.candidates) {
    const choice = choices.find((each) => standing.fits(each));
    if (choice && !pool) standing.take(choice, [], 0);
  }
  return standing.credits;
}

const LOTS = 5;
const CAPS = 3;

const use = fc.record({
  lot: fc.nat(LOTS - 1),
  amount: fc.nat(4),
  isExclusive: fc.boolean(),
});
const choice = (scale: number): fc.Arbitrary<AllocationChoice> =>
  fc
    .record({
      credits: fc.integer({ min: 0, max: 6 }).map((value) => value * scale),
      benefits: fc.nat(1),
      uses: fc.uniqueArray(use, { maxLength: 2, selector: ({ lot }) => lot }),
      courses: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
      capped: fc.uniqueArray(fc.nat(CAPS - 1), { maxLength: CAPS }),
      neededWeight: fc.integer({ min: 1, max: 8 }),
    })
    .map(({ capped, ...rest }) => ({
      ...rest,
      counts: capped.map((cap) => ({ cap, amount: rest.credits })),
    }));

const candidate: fc.Arbitrary<AllocationCandidate> = fc
  .record({
    choices: fc.array(choice(1), { minLength: 1, maxLength: 3 }),
    pool: fc.option(
      fc.record({
        members: fc
          .uniqueArray(fc.record({ lot: fc.nat(LOTS - 1), weight: fc.nat(5) }), {
            maxLength: 4,
            selector: ({ lot }) => lot,
          })
          .map((members) => [...members].sort((a, b) => a.lot - b.lot)),
        isKept: fc.boolean(),
      }),
      { freq: 3 },
    ),
  })
  // Within a candidate the lots are those of its rule, and the largest choice comes first.
  .map(({ choices, pool }) => ({
    choices: choices
      .map((each) => ({ ...each, uses: choices[0]?.uses ?? [] }))
      .sort((a, b) => b.credits - a.credits),
    pool,
  }));

const problem: fc.Arbitrary<AllocationProblem> = fc.record({
  lots: fc.array(fc.nat(6), { minLength: LOTS, maxLength: LOTS }),
  rooms: fc.array(fc.nat(12), { minLength: CAPS, maxLength: CAPS }),
  candidates: fc.array(candidate, { maxLength: 6 }),
});

const scoreOf = ({ credits, benefits, usedUp }: Allocation): Score => ({
  credits,
  benefits,
  usedUp,
});

describe('allocate', () => {
  test('is as good as trying everything, on every level of the objective', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const found = allocate(given);
        expect(found.isProven).toBe(true);
        expect(scoreOf(found)).toEqual(bruteForce(given));
      }),
      { numRuns: Number(process.env.ORACLE_RUNS ?? 1500) },
    );
  });

  test('answers an allocation that can be granted as it is', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const found = allocate(given);
        const standing = new Standing(given);
        for (const pick of found.picks) {
          const chosen = given.candidates[pick.candidate]?.choices[pick.choice];
          expect(chosen && standing.fits(chosen)).toBe(true);
          expect(pick.poolLots.every((lot) => standing.isFree(lot))).toBe(true);
          if (chosen) standing.take(chosen, pick.poolLots, 0);
        }
        expect(standing.credits).toBe(found.credits);
      }),
    );
  });

  test('is never worse than taking what fits in order', () => {
    fc.assert(
      fc.property(problem, (given) => {
        expect(allocate(given).credits).toBeGreaterThanOrEqual(greedy(given));
      }),
    );
  });

  test('raising a cap never lowers the credit', () => {
    fc.assert(
      fc.property(problem, fc.nat(CAPS - 1), fc.nat(5), (given, cap, more) => {
        const rooms = given.rooms.map((room, index) => (index === cap ? room + more : room));
        expect(allocate({ ...given, rooms }).credits).toBeGreaterThanOrEqual(
          allocate(given).credits,
        );
      }),
    );
  });

  test('a forced candidate is granted or the answer is empty', () => {
    fc.assert(
      fc.property(problem, fc.nat(5), (given, index) => {
        fc.pre(index < given.candidates.length);
        const forced = allocate(given, { force: index });
        const isIn = forced.picks.some((pick) => pick.candidate === index);
        if (isIn) expect(forced.credits).toBeLessThanOrEqual(allocate(given).credits);
      }),
    );
  });

  test('of equals the earlier candidate wins', () => {
    const same = (): AllocationCandidate => ({
      choices: [{ credits: 2, benefits: 0, uses: [], courses: [0], counts: [], neededWeight: 0 }],
      pool: null,
    });
    const found = allocate({ lots: [], rooms: [], candidates: [same(), same(), same()] });
    expect(found.picks).toEqual([{ candidate: 0, choice: 0, poolLots: [] }]);
  });

  test('a search that is cut answers its best so far with a bound', () => {
    const candidates = Array.from({ length: 40 }, (_, index): AllocationCandidate => {
      const credits = 3000 + ((index * 7919) % 1000);
      const amount = credits + ((index * 104729) % 500);
      return {
        choices: [
          {
            credits,
            benefits: 0,
            uses: [{ lot: index, amount, isExclusive: true }],
            courses: [],
            counts: [{ cap: 0, amount: credits }],
            neededWeight: 0,
          },
        ],
        pool: null,
      };
    });
    const lots = candidates.map(({ choices }) => choices[0]?.uses[0]?.amount ?? 0);
    const found = allocate({ lots, rooms: [60_001], candidates }, { nodes: 200 });
    expect(found.isProven).toBe(false);
    expect(found.bound).toBeGreaterThanOrEqual(found.credits);
    expect(found.bound).toBeLessThanOrEqual(60_001);
    expect(found.credits).toBeGreaterThan(50_000);
  });

  test('thousands of candidates that hang together are taken in order, not searched', () => {
    const count = 5000;
    const candidates = Array.from({ length: count }, (_, lot): AllocationCandidate => {
      const counts = [{ cap: 0, amount: 1000 }];
      const uses = [{ lot, amount: 1000, isExclusive: true }];
      return {
        choices: [{ credits: 1000, benefits: 0, uses, courses: [], counts, neededWeight: 0 }],
        pool: null,
      };
    });
    const lots = candidates.map(() => 1000);
    const found = allocate({ lots, rooms: [70_000], candidates });
    expect(found).toMatchObject({ credits: 70_000, bound: 70_000, isProven: false });
  });
});
