import { alone, candidate, choice, shared } from '../../test/choices.js';
import type { AllocationCandidate, AllocationChoice } from './allocation.js';
import { Bound, courseOfAll } from './bound.js';
import { Standing } from './standing.js';

const LOTS = [10, 10, 10, 10];
const counts = (...caps: readonly [cap: number, amount: number][]): AllocationChoice['counts'] =>
  caps.map(([cap, amount]) => ({ cap, amount }));

/** A bound over candidates under caps, and what it says from a position on. */
const boundOf = (
  candidates: readonly AllocationCandidate[],
  rooms: readonly number[] = [],
  taken: readonly AllocationChoice[] = [],
): ((from?: number) => number) => {
  const standing = new Standing({ lots: LOTS, rooms, candidates });
  for (const each of taken) standing.take(each, [], 0);
  const bound = new Bound(
    candidates,
    rooms.map((_, cap) => cap),
  );
  return (from = 0) => bound.credits(from, standing);
};

const free = (credits: number): AllocationCandidate => candidate([{ credits }]);
const filling = (course: number, credits: number): AllocationCandidate =>
  candidate([{ credits, courses: [course] }]);
const owning = (lot: number, credits: number): AllocationCandidate =>
  candidate([{ credits, uses: [alone(lot, 1)] }]);

describe('credits that can still come', () => {
  test('from a position on, every candidate may give its most', () => {
    const bound = boundOf([free(3), free(4), candidate([{ credits: 5 }, { credits: 9 }])]);
    expect([0, 1, 2, 3].map((from) => bound(from))).toEqual([12, 9, 5, 0]);
    expect(bound(0)).toBe(12);
  });

  test('of those that fill one course, or need one lot for themselves, the best alone', () => {
    expect(boundOf([filling(1, 3), filling(1, 5), filling(1, 4), filling(2, 2)])()).toBe(7);
    expect(boundOf([owning(1, 3), owning(1, 5), owning(1, 4), owning(2, 2)])()).toBe(7);
    const sharing = candidate([{ credits: 3, uses: [shared(1, 1)] }]);
    expect(boundOf([sharing, sharing])()).toBe(6);
    const both = candidate([{ credits: 4, uses: [shared(1, 1), alone(2, 1)] }]);
    expect(boundOf([both, both])()).toBe(4);
  });

  test('a course and a lot are two ways to tell who excludes whom: the lower sum counts', () => {
    const both = (course: number, lot: number, credits: number): AllocationCandidate =>
      candidate([{ credits, courses: [course], uses: [alone(lot, 1)] }]);
    expect(boundOf([both(1, 1, 4), both(1, 2, 4), both(2, 3, 4)])()).toBe(8);
    expect(boundOf([both(1, 1, 4), both(2, 1, 4), both(3, 2, 4)])()).toBe(8);
  });

  test('a course that only some choices fill excludes nobody', () => {
    const some = candidate([{ credits: 3, courses: [1] }, { credits: 2 }]);
    expect(boundOf([some, some])()).toBe(6);
  });

  test('those whose credits a cap counts in full come under its room', () => {
    const counted = (credits: number): AllocationCandidate =>
      candidate([{ credits, counts: counts([0, credits]) }]);
    expect(boundOf([counted(3), counted(4), free(2)], [5])()).toBe(7);
    expect(boundOf([counted(3), counted(4), free(2)], [8])()).toBe(9);
    expect(boundOf([counted(3), counted(4)], [5])()).toBe(5);
    const half = candidate([{ credits: 4, counts: counts([0, 2]) }]);
    expect(boundOf([half, half], [5])()).toBe(8);
    const sometimes = candidate([
      { credits: 4, counts: counts([0, 4]) },
      { credits: 3, counts: counts([0, 2]) },
    ]);
    expect(boundOf([sometimes, sometimes], [5])()).toBe(8);
  });

  test('of two caps the one that counts fewer candidates, and the one of all over both', () => {
    const under = (cap: number): AllocationCandidate =>
      candidate(
        [4, 1].map((credits) => ({ credits, counts: counts([0, credits], [cap, credits]) })),
      );
    const [first, second] = [under(1), under(2)];
    expect(boundOf([first, second], [99, 3, 2])()).toBe(5);
    expect(boundOf([first, second], [4, 3, 2])()).toBe(4);
    expect(boundOf([first, second, free(1)], [4, 3, 2])()).toBe(6);
    expect(boundOf([first, first, second], [99, 3, 2])()).toBe(5);
  });

  test('a cap that an earlier decision overfilled leaves nothing, not less than nothing', () => {
    const counted = candidate([{ credits: 3, counts: counts([0, 3]) }]);
    expect(boundOf([counted, free(2)], [-4])()).toBe(2);
  });

  test('a candidate of one choice that does not fit gives nothing', () => {
    expect(boundOf([filling(1, 3), free(2)], [], [choice({ courses: [1] })])()).toBe(2);
    expect(boundOf([owning(1, 3), free(2)], [], [choice({ uses: [alone(1, 1)] })])()).toBe(2);
    const capped = candidate([{ credits: 3, counts: counts([0, 3]) }]);
    expect(boundOf([capped, free(2)], [5], [choice({ counts: counts([0, 3]) })])()).toBe(2);
    expect(boundOf([capped, free(2)], [6], [choice({ counts: counts([0, 3]) })])()).toBe(5);
  });

  test('of several choices one must find its lots, and one its courses', () => {
    const partial = (course: number, other: number): AllocationCandidate =>
      candidate([
        { credits: 6, uses: [shared(1, 6)], courses: [course] },
        { credits: 3, uses: [shared(1, 3)], courses: [other] },
      ]);
    const used = (amount: number): AllocationChoice[] => [choice({ uses: [shared(1, amount)] })];
    expect(boundOf([partial(1, 1), free(2)], [], used(7))()).toBe(8);
    expect(boundOf([partial(1, 1), free(2)], [], used(8))()).toBe(2);
    expect(boundOf([partial(1, 2), free(2)], [], [choice({ courses: [1] })])()).toBe(8);
    expect(boundOf([partial(1, 1), free(2)], [], [choice({ courses: [1] })])()).toBe(2);
  });
});

test('results without credit that can still come', () => {
  const bound = new Bound(
    [candidate([{ benefits: 1 }, { benefits: 3 }]), candidate([{ benefits: 2 }])],
    [],
  );
  expect([0, 1, 2].map((from) => bound.benefits(from))).toEqual([5, 2, 0]);
});

test('what credits must use up: the thriftiest open candidates first', () => {
  const spending = (credits: number, amount: number): AllocationCandidate =>
    candidate([{ credits, courses: [credits], uses: [shared(1, amount)] }]);
  const candidates = [spending(4, 8), spending(3, 3), spending(2, 3), candidate([{ benefits: 1 }])];
  const standing = new Standing({ lots: LOTS, rooms: [], candidates });
  const bound = new Bound(candidates, []);
  bound.credits(0, standing);
  // By credit used up for each credit: 3 of 3, 3 of 2, 8 of 4.
  expect([1, 3, 4, 5, 6, 9, 99].map((credits) => bound.usedUp(credits))).toEqual([
    1, 3, 5, 6, 8, 14, 14,
  ]);
  expect(bound.usedUp(0)).toBeCloseTo(0);
  bound.credits(2, standing);
  expect([2, 9].map((credits) => bound.usedUp(credits))).toEqual([3, 3]);
  standing.take(choice({ courses: [3] }), [], 0);
  bound.credits(0, standing);
  expect([2, 3].map((credits) => bound.usedUp(credits))).toEqual([3, 5]);
});

test('a course that every choice fills', () => {
  expect(courseOfAll(candidate([{ courses: [1, 2] }, { courses: [2, 3] }]))).toBe(2);
  expect(courseOfAll(candidate([{ courses: [1] }, { courses: [2] }]))).toBeUndefined();
  expect(courseOfAll(candidate([{ courses: [1] }, {}]))).toBeUndefined();
  expect(courseOfAll(candidate([]))).toBeUndefined();
});

test('a candidate without a choice is a fault of the caller', () => {
  expect(() => new Bound([candidate([])], [])).toThrow('a candidate has at least one choice');
});
