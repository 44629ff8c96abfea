import fc from 'fast-check';
import { judged, smallProblem, tryEverything } from '../../test/allocation-oracle.js';
import { alone, candidate } from '../../test/choices.js';
import type { AllocationPool, AllocationProblem } from '../allocate/allocation.js';
import { allocateAsEngine1 } from './allocate.js';

describe('the allocator of engine 1', () => {
  test('is as good as trying everything on the three levels it knew', () => {
    fc.assert(
      fc.property(smallProblem, (given) => {
        const { credits, benefits, usedUp } = judged(given, allocateAsEngine1(given));
        expect(tryEverything(given)).toMatchObject({ credits, benefits, usedUp });
      }),
      { numRuns: Math.ceil(Number(process.env.ORACLE_RUNS ?? 2000) / 4) },
    );
  });

  test('stops at its limits with a bound', () => {
    const candidates = Array.from({ length: 700 }, (_, lot) => ({
      choices: [
        {
          credits: 1000 + lot,
          benefits: 0,
          uses: [{ lot, amount: 2000, isExclusive: true }],
          courses: [],
          counts: [{ cap: 0, amount: 1000 + lot }],
          neededWeight: 0,
        },
      ],
      pool: null,
    }));
    const lots = candidates.map(() => 2000);
    for (const size of [60, 700]) {
      const given = { lots, rooms: [20_001], candidates: candidates.slice(0, size) };
      const found = allocateAsEngine1(given, { nodes: 100 });
      expect(found.isProven).toBe(false);
      expect(found.bound).toBeGreaterThanOrEqual(found.credits);
      expect(found.bound).toBeLessThanOrEqual(20_001);
      expect(found.credits).toBeGreaterThan(15_000);
    }
  });

  test('a forced candidate is granted with the most credit there is beside it, or nothing is', () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(4), (given, force) => {
        fc.pre(force < given.candidates.length);
        const best = tryEverything(given, force);
        const found = allocateAsEngine1(given, { force });
        const isIn = found.picks.some((pick) => pick.candidate === force);
        expect(isIn).toBe(best !== null);
        if (!best) return;
        const { credits, benefits, usedUp } = judged(given, found);
        expect({ credits, benefits, usedUp }).toEqual({
          credits: best.credits,
          benefits: best.benefits,
          usedUp: best.usedUp,
        });
        const quick = allocateAsEngine1(given, { force, isCreditOnly: true });
        expect([quick.credits, quick.isProven, quick.bound]).toEqual([
          best.credits,
          true,
          best.credits,
        ]);
      }),
      { numRuns: Math.ceil(Number(process.env.ORACLE_RUNS ?? 2000) / 4) },
    );
  });

  test('of equals the earlier candidate in its earlier choice', () => {
    const same = candidate([{ credits: 2, courses: [0] }]);
    const given = { lots: [], rooms: [], candidates: [same, same] };
    expect(allocateAsEngine1(given).picks).toEqual([{ candidate: 0, choice: 0, poolLots: [] }]);
    const two = candidate([
      { credits: 2, courses: [0] },
      { credits: 2, courses: [1] },
    ]);
    expect(allocateAsEngine1({ ...given, candidates: [two] }).picks).toEqual([
      { candidate: 0, choice: 0, poolLots: [] },
    ]);
  });

  test('only the credit is asked for: what is used up is as it comes', () => {
    const dear = candidate([{ credits: 2, courses: [0], uses: [alone(0, 9)] }]);
    const cheap = candidate([{ credits: 2, courses: [0], uses: [alone(1, 2)] }]);
    const given = { lots: [9, 2], rooms: [], candidates: [dear, cheap] };
    expect(allocateAsEngine1(given)).toMatchObject({ picks: [{ candidate: 1 }], usedUp: 2 });
    expect(allocateAsEngine1(given, { isCreditOnly: true })).toMatchObject({
      picks: [{ candidate: 0 }],
      usedUp: 9,
    });
  });

  /** So many candidates with a lot each under one cap, the last ones with a pool. */
  const crowd = (count: number, pools = 0): AllocationProblem => {
    const pool: AllocationPool = {
      members: [0, 1, 2].map((at) => ({ lot: count + at, weight: 2 + at })),
      isKept: false,
    };
    const counts = [{ cap: 0, amount: 2 }];
    return {
      lots: Array.from({ length: count + 3 }, (_, at) => 2 + (at % 3)),
      rooms: [20],
      candidates: [
        ...Array.from({ length: pools }, () =>
          candidate([{ credits: 2, neededWeight: 4, counts }], pool),
        ),
        ...Array.from({ length: count - pools }, (_, lot) =>
          candidate([{ credits: 2, uses: [alone(lot, 2)], counts }]),
        ),
      ],
    };
  };

  test('six hundred candidates are searched, more are taken in order', () => {
    expect(allocateAsEngine1(crowd(600), { nodes: 1 })).toMatchObject({ credits: 20, bound: 20 });
    const taken = allocateAsEngine1(crowd(601));
    expect(taken).toMatchObject({ credits: 20, usedUp: 20, isProven: false, bound: 20 });
    expect(taken.picks.map((pick) => pick.candidate)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('in order the forced one comes first, and pools last with the cheapest lots', () => {
    const { picks } = allocateAsEngine1(crowd(601), { force: 400 });
    expect(picks.map((pick) => pick.candidate)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 400]);
    const wide = { ...crowd(601, 2), rooms: [1200] };
    const found = allocateAsEngine1(wide);
    expect(found.picks).toHaveLength(600);
    expect(found.picks.filter((pick) => pick.poolLots.length > 0)).toEqual([
      { candidate: 0, choice: 0, poolLots: [603] },
    ]);
  });
});
