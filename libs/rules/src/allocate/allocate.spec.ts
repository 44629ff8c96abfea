import fc from 'fast-check';
import { allocationInstance } from '../../test/allocation-instances.js';
import {
  CAPS,
  judged,
  smallProblem,
  takeWhatFits,
  tryEverything,
} from '../../test/allocation-oracle.js';
import { allocate } from './allocate.js';
import type { AllocationCandidate, AllocationChoice, AllocationProblem } from './allocation.js';
import { Standing } from './standing.js';

/** `ORACLE_RUNS=200000 ORACLE_SEED=7 npx jest libs/rules/src/allocate` is the long form. */
const numRuns = Number(process.env.ORACLE_RUNS ?? 2000);
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000);

const only = (change: Partial<AllocationChoice>): AllocationCandidate => ({
  choices: [
    { credits: 0, benefits: 0, uses: [], courses: [], counts: [], neededWeight: 0, ...change },
  ],
  pool: null,
});

/** Forty applications that fill one cap in ever so many ways. */
const crowded = (): AllocationProblem => {
  const candidates = Array.from({ length: 40 }, (_, lot) => {
    const credits = 3000 + ((lot * 7919) % 1000);
    const amount = credits + ((lot * 104729) % 500);
    const uses = [{ lot, amount, isExclusive: true }];
    return only({ credits, uses, counts: [{ cap: 0, amount: credits }] });
  });
  const lots = candidates.map(({ choices }) => choices[0]?.uses[0]?.amount ?? 0);
  return { lots, rooms: [60_001], candidates };
};

describe('allocate', () => {
  test(
    'is the very allocation that trying everything finds, on all five levels',
    () => {
      let count = 0;
      fc.assert(
        fc.property(smallProblem, (given) => {
          const found = allocate(given);
          expect(found.isProven).toBe(true);
          expect(found.bound).toBe(found.credits);
          expect(judged(given, found)).toEqual(tryEverything(given));
          count += 1;
        }),
        { numRuns, seed },
      );
      process.stderr.write(`${count} problems tried in full, seed ${seed}\n`);
    },
    10 * 60_000,
  );

  test('a forced candidate is granted in the best way there is, or cannot be granted', () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(4), (given, force) => {
        fc.pre(force < given.candidates.length);
        const found = allocate(given, { force });
        const best = tryEverything(given, force);
        if (best) expect(judged(given, found)).toEqual(best);
        else expect(found.picks.map(({ candidate }) => candidate)).not.toContain(force);
        const credits = allocate(given, { force, isCreditOnly: true }).credits;
        if (best) expect(credits).toBe(best.credits);
      }),
      { numRuns: Math.ceil(numRuns / 4), seed },
    );
  });

  test('answers an allocation that can be granted as it is, however early it is stopped', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(20_000), (instance, work) => {
        const given = allocationInstance(instance, 'stress');
        const found = allocate(given, { work });
        const standing = new Standing(given);
        for (const pick of found.picks) {
          const chosen = given.candidates[pick.candidate]?.choices[pick.choice];
          expect(chosen && standing.fits(chosen)).toBe(true);
          if (chosen) standing.take(chosen, pick.poolLots, 0);
        }
        expect(standing.credits).toBe(found.credits);
        expect(found.bound).toBeGreaterThanOrEqual(found.credits);
      }),
      { numRuns: Math.ceil(numRuns / 20), seed },
    );
  });

  test('is never worse than taking what fits in order, even when it is stopped at once', () => {
    fc.assert(
      fc.property(smallProblem, (given) => {
        const least = takeWhatFits({
          ...given,
          candidates: given.candidates.filter(({ pool }) => pool === null),
        });
        expect(allocate(given, { work: 0 }).credits).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: Math.ceil(numRuns / 20), seed },
    );
  });

  test('raising a cap never lowers the credit', () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(CAPS - 1), fc.nat(5), (given, cap, more) => {
        const rooms = given.rooms.map((room, index) => (index === cap ? room + more : room));
        const after = allocate({ ...given, rooms }).credits;
        expect(after).toBeGreaterThanOrEqual(allocate(given).credits);
      }),
      { numRuns: Math.ceil(numRuns / 20), seed },
    );
  });

  test('of equals the earlier candidate wins', () => {
    const same = only({ credits: 2, courses: [0] });
    const found = allocate({ lots: [], rooms: [], candidates: [same, same, same] });
    expect(found.picks).toEqual([{ candidate: 0, choice: 0, poolLots: [] }]);
  });

  test('of equals with the same credit the one that uses fewer lots wins', () => {
    const use = (lot: number, amount: number): AllocationChoice['uses'][number] => {
      return { lot, amount, isExclusive: true };
    };
    const two = only({ credits: 2, courses: [0], uses: [use(0, 1), use(1, 1)] });
    const one = only({ credits: 2, courses: [0], uses: [use(2, 2)] });
    const found = allocate({ lots: [1, 1, 2], rooms: [], candidates: [two, one] });
    expect(found.picks).toEqual([{ candidate: 1, choice: 0, poolLots: [] }]);
  });

  test('a search that is stopped answers its best so far with a bound', () => {
    const found = allocate(crowded(), { work: 20_000 });
    expect(found.isProven).toBe(false);
    expect(found.bound).toBeGreaterThanOrEqual(found.credits);
    expect(found.bound).toBeLessThanOrEqual(60_001);
    expect(found.credits).toBeGreaterThan(50_000);
  });

  test('six hundred candidates that hang together are searched, one more is not', () => {
    const rivals = (count: number): AllocationProblem => {
      const candidates = Array.from({ length: count }, (_, at) =>
        only({ credits: 1 + at, courses: [0] }),
      );
      return { lots: [], rooms: [], candidates };
    };
    const [searched, taken] = [allocate(rivals(600)), allocate(rivals(601))];
    expect([searched.credits, searched.isProven]).toEqual([600, true]);
    expect([taken.credits, taken.isProven, taken.bound]).toEqual([1, false, 601]);
  });

  test('grants of parts that have nothing to do with each other come in the order given', () => {
    const candidates = [1, 2, 3, 1].map((credits, at) => only({ credits, courses: [at % 2] }));
    const { picks } = allocate({ lots: [], rooms: [], candidates });
    // The best of course 0 is the third, of course 1 the second.
    expect(picks.map((pick) => pick.candidate)).toEqual([1, 2]);
  });

  test('what cannot be granted at all leaves the best without it, and nothing when it is forced', () => {
    const tooLarge = only({ credits: 3, counts: [{ cap: 0, amount: 3 }] });
    const fitting = only({ credits: 1, counts: [{ cap: 0, amount: 1 }] });
    const given = { lots: [], rooms: [2], candidates: [fitting, tooLarge] };
    expect(allocate(given)).toMatchObject({ credits: 1, picks: [{ candidate: 0 }] });
    expect(allocate(given, { force: 1 })).toMatchObject({ credits: 0, picks: [], isProven: true });
    expect(allocate(given, { force: 0 })).toMatchObject({ credits: 1, picks: [{ candidate: 0 }] });
  });

  test('the work of a search is limited as asked, and is enough when nothing is asked', () => {
    const given = allocationInstance(12, 'stress');
    expect(allocate(given, { work: 1 }).isProven).toBe(false);
    expect(allocate(given).isProven).toBe(true);
  });

  test('thousands of candidates that hang together are taken in order, not searched', () => {
    const candidates = Array.from({ length: 5000 }, (_, lot) => {
      const uses = [{ lot, amount: 1000, isExclusive: true }];
      return only({ credits: 1000, uses, counts: [{ cap: 0, amount: 1000 }] });
    });
    const lots = candidates.map(() => 1000);
    const found = allocate({ lots, rooms: [70_000], candidates });
    expect(found).toMatchObject({ credits: 70_000, bound: 70_000, isProven: false });
  });
});
