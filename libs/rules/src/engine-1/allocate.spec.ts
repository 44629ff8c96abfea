import fc from 'fast-check';
import { judged, smallProblem, tryEverything } from '../../test/allocation-oracle.js';
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
});
