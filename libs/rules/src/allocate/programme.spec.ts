import { isFeasible, valueOf } from '#libs/integer';
import { alone, candidate, shared, whole } from '../../test/choices.js';
import type { AllocationCandidate, AllocationPick } from './allocation.js';
import { type Programme, programmeOf } from './programme.js';

const LOTS = [4, 4, 4, 4];
const programme = (...candidates: AllocationCandidate[]): Programme =>
  programmeOf({ lots: LOTS, rooms: [], candidates }, whole(candidates, LOTS));

const pick = (of: number, choice: number, poolLots: readonly number[] = []): AllocationPick => ({
  candidate: of,
  choice,
  poolLots,
});

/** Two runs: 6, 5, 4 in steps of one and 2 alone. */
const inSteps = candidate([{ credits: 6 }, { credits: 5 }, { credits: 4 }, { credits: 2 }]);
const pooled = candidate(
  [
    { credits: 3, neededWeight: 3 },
    { credits: 2, neededWeight: 2 },
  ],
  { members: LOTS.map((_, lot) => ({ lot, weight: lot })), isKept: false },
);

test('every choice of every candidate is a point that reads back as itself', () => {
  const of = programme(inSteps, candidate([{ courses: [1] }]), pooled);
  for (const [first, second] of [
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
  ] as const) {
    const all = [pick(0, first), pick(1, 0), pick(2, second, second === 0 ? [1, 2] : [2])];
    expect(of.picksOf(of.pointOf(all))).toEqual(all);
    expect(of.picksOf(of.pointOf(all.slice(1)))).toEqual(all.slice(1));
  }
  expect(of.picksOf(of.pointOf([]))).toEqual([]);
});

test('what is not of the component is no part of its point', () => {
  const of = programme(inSteps);
  expect(of.pointOf([pick(7, 0)])).toEqual(of.pointOf([]));
  expect(of.pointOf([pick(0, 9)])).toEqual(of.pointOf([]));
});

test('lots that a cut search took beyond the needed weight are left', () => {
  const of = programme(pooled);
  // Lot 0 has no weight and is never a member.
  expect(of.picksOf(of.pointOf([pick(0, 0, [0, 1, 2, 3])]))).toEqual([pick(0, 0, [3])]);
  expect(of.picksOf(of.pointOf([pick(0, 1, [1, 2])]))).toEqual([pick(0, 1, [2])]);
  expect(of.picksOf(of.pointOf([pick(0, 0, [1, 2])]))).toEqual([pick(0, 0, [1, 2])]);
});

/** What a point costs or gives on each level. */
const worth = (of: Programme, picks: readonly AllocationPick[]): number[] => {
  const point = of.pointOf(picks);
  return of.problem.objectives.map((terms) => valueOf(terms, point));
};

test('the levels: credit, results without credit, less used up, fewer lots', () => {
  const fixed = candidate([
    { credits: 6, benefits: 2, uses: [alone(0, 3), shared(1, 2)] },
    { credits: 1, uses: [alone(0, 3), shared(1, 2)] },
  ]);
  const of = programme(fixed, pooled);
  expect(worth(of, [])).toEqual([0, 0, 0, 0]);
  expect(worth(of, [pick(0, 0)])).toEqual([6, 2, -5, -2]);
  expect(worth(of, [pick(0, 1)])).toEqual([1, 0, -5, -2]);
  expect(worth(of, [pick(1, 1, [2])])).toEqual([2, 0, -4, -1]);
  expect(worth(of, [pick(0, 0), pick(1, 0, [2, 3])])).toEqual([9, 2, -13, -4]);
});

const isAllowed = ({ problem, pointOf }: Programme, picks: readonly AllocationPick[]): boolean =>
  isFeasible(problem.program, pointOf(picks));

test('a lot that others share is nobody’s own, also not of a pool, and gives what it has', () => {
  const sharing = (amount: number): AllocationCandidate =>
    candidate([{ credits: 1, uses: [shared(1, amount)] }]);
  const of = programme(
    sharing(2),
    sharing(2),
    sharing(1),
    candidate([{ uses: [alone(1, 1)] }]),
    pooled,
  );
  expect(isAllowed(of, [pick(0, 0), pick(1, 0)])).toBe(true);
  expect(isAllowed(of, [pick(0, 0), pick(1, 0), pick(2, 0)])).toBe(false);
  expect(isAllowed(of, [pick(0, 0), pick(3, 0)])).toBe(false);
  expect(isAllowed(of, [pick(3, 0), pick(4, 1, [1, 2])])).toBe(false);
  expect(isAllowed(of, [pick(2, 0), pick(4, 0, [1, 2])])).toBe(false);
  expect(isAllowed(of, [pick(2, 0), pick(4, 0, [3])])).toBe(true);
  expect(isAllowed(of, [pick(4, 0, [2])])).toBe(false);
});

test('a choice that leaves the shared lot alone goes beside its owner', () => {
  const sometimes = candidate([
    { credits: 2, uses: [shared(1, 2)] },
    { credits: 1, uses: [shared(2, 1)] },
  ]);
  const of = programme(sometimes, candidate([{ uses: [alone(1, 1)] }]));
  expect(isAllowed(of, [pick(0, 0), pick(1, 0)])).toBe(false);
  expect(isAllowed(of, [pick(0, 1), pick(1, 0)])).toBe(true);
});

test('only the credit is a level, and no order, when only the credit is asked for', () => {
  const candidates = [inSteps, pooled];
  const problem = { lots: LOTS, rooms: [], candidates };
  const of = programmeOf(problem, whole(candidates, LOTS), { isCreditOnly: true });
  expect(worth(of, [pick(0, 1), pick(1, 1, [2])])).toEqual([7]);
  expect(of.problem.order).toEqual([]);
  const { order } = programmeOf(problem, whole(candidates, LOTS)).problem;
  // A run of one choice has one variable, a run of several two, a lot with weight one.
  expect(order).toHaveLength(3 + 2 + 3);
  expect(new Set(order).size).toBe(8);
});
