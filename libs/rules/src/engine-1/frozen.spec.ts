import { alone, candidate, shared } from '../../test/choices.js';
import { canonicalJson, sha256Hex } from '../canonical.js';
import type {
  AllocationCandidate,
  AllocationOptions,
  AllocationPool,
  AllocationProblem,
} from '../allocate/allocation.js';
import { allocateAsEngine1 } from './allocate.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/**
 * Problems of its own, because they may never change: so many candidates, some with a pool, for six
 * lots, four courses and two caps. The same seed gives the same problem.
 */
function problemOf(seed: number, count: number): AllocationProblem {
  let state = seed + 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 8) % limit;
  };
  const candidateOf = (): AllocationCandidate => {
    const most = 1 + below(5);
    const use = (below(3) === 0 ? shared : alone)(below(6), 1 + below(4));
    const [courses, cap] = [below(2) === 0 ? [below(4)] : [], below(3)];
    const choices = numbers(below(2) === 0 ? 1 : most).map((less) => ({
      credits: most - less,
      benefits: below(4) === 0 ? 1 : 0,
      uses: below(2) === 0 || less > 0 ? [use] : [],
      courses,
      counts: cap < 2 ? [{ cap, amount: most - less }] : [],
      neededWeight: 1 + most - less,
    }));
    const members = numbers(6)
      .filter(() => below(2) === 0)
      .map((lot) => ({ lot, weight: below(4) }));
    return candidate(choices, below(3) === 0 ? { members, isKept: below(2) === 0 } : null);
  };
  return {
    lots: numbers(6).map(() => 1 + below(6)),
    rooms: [2 + below(8), 2 + below(8)],
    candidates: numbers(count).map(candidateOf),
  };
}

/** A digest of what engine 1 answers: picks, sums, proof and bound of every problem. */
const digest = (problems: readonly AllocationProblem[], options: AllocationOptions = {}): string =>
  sha256Hex(canonicalJson(problems.map((problem) => allocateAsEngine1(problem, options))));

const small = numbers(400).map((seed) => problemOf(seed, 1 + (seed % 6)));
const large = numbers(40).map((seed) => problemOf(seed, 14));

/** Decisions of engine 1 are made again as it made them, so that none of its answers may change. */
test.each<[string, readonly AllocationProblem[], AllocationOptions, string]>([
  [
    'small problems of every kind',
    small,
    {},
    '4852a05c31660e5a871453f0bb6af7587bd5735e51c80d000b70f3c6e4369c9b',
  ],
  [
    'small problems, the first candidate forced',
    small,
    { force: 0 },
    '4c01ced7a7de2f6b43b953141c9dd5c0856a51c02c37ebd6d0fcdca3e40d11ab',
  ],
  [
    'small problems stopped at once',
    small,
    { nodes: 2 },
    '7729c28ce5c10edcb2e80e4e1e0bd90bdbbf8431c33d7ed6133f5cbebbb3299c',
  ],
  [
    'large problems',
    large.slice(0, 12),
    {},
    '741dd00f880b9d46a8212f28f409267767f0a259defd519ae7e9ab0edbd56150',
  ],
  [
    'large problems stopped early',
    large,
    { nodes: 60 },
    '71eb1b8ea7a5409172116460431f7fbd9e22ea9a830b4ca4f5cd5ea8bb7132e8',
  ],
  [
    'large problems, the third candidate forced',
    large,
    { nodes: 60, force: 2 },
    'd74d4006b18a3dd9068ab9efdfbf8824fc19e58d6fd16343c03e61dcbf58da4c',
  ],
])('engine 1 answers as it did: %s', (_, problems, options, expected) => {
  expect(digest(problems, options)).toBe(expected);
});

/** Two pools of the same lots. */
const pools = (count: number): AllocationProblem => {
  const pool: AllocationPool = {
    members: numbers(count).map((lot) => ({ lot, weight: 1 + (lot % 3) })),
    isKept: false,
  };
  return {
    lots: numbers(count).map((lot) => 2 + ((lot * 5) % 7)),
    rooms: [],
    candidates: [
      candidate([{ credits: 4, neededWeight: 5 }], pool),
      candidate([{ credits: 3, neededWeight: 4 }], pool),
    ],
  };
};

test('eight lots of two pools are tried in every way, of nine the first pool looks at all', () => {
  const best = {
    picks: [
      { candidate: 0, choice: 0, poolLots: [2, 7] },
      { candidate: 1, choice: 0, poolLots: [0, 5] },
    ],
    credits: 7,
    benefits: 0,
    usedUp: 15,
    bound: 7,
  };
  expect(allocateAsEngine1(pools(8))).toEqual({ ...best, isProven: true });
  expect(allocateAsEngine1(pools(9))).toEqual({ ...best, isProven: false });
});

test('a table of sets that is cut is no proof', () => {
  const members = numbers(15).map((lot) => ({ lot, weight: 2 ** lot }));
  const given = {
    lots: members.map(() => 1),
    rooms: [],
    candidates: [
      candidate([{ credits: 1, neededWeight: 2 ** 15 - 1 }], { members, isKept: false }),
    ],
  };
  expect(allocateAsEngine1(given)).toMatchObject({ credits: 1, usedUp: 15, bound: 1 });
});
