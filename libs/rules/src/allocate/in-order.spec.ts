import { alone, candidate, whole } from '../../test/choices.js';
import type { AllocationCandidate, AllocationPool } from './allocation.js';
import { takeInOrder } from './in-order.js';

const LOTS = [4, 2, 3];

const taken = (
  candidates: readonly AllocationCandidate[],
  force?: number,
): ReturnType<typeof takeInOrder> =>
  takeInOrder({ lots: LOTS, rooms: [5], candidates }, whole(candidates, LOTS, [5]), force);

/** Candidate, choice and lots of the pool of each grant. */
const picks = (candidates: readonly AllocationCandidate[], force?: number): string =>
  taken(candidates, force)
    .picks.map(({ candidate: of, choice, poolLots }) => `${of}.${choice}(${poolLots.join(' ')})`)
    .join(' ');

const pool = (isKept = false): AllocationPool => ({
  members: LOTS.map((weight, lot) => ({ lot, weight })),
  isKept,
});
const counted = (...amounts: readonly number[]): AllocationCandidate =>
  candidate(amounts.map((amount) => ({ credits: amount, counts: [{ cap: 0, amount }] })));

test('each takes its largest choice that fits, in order, and the rest goes without', () => {
  expect(picks([counted(4, 3), counted(4, 2, 1), counted(2)])).toBe('0.0() 1.2()');
  expect(picks([counted(4), counted(2), counted(1)])).toBe('0.0() 2.0()');
});

test('the forced one is served first', () => {
  const three = [counted(4), counted(4, 1), counted(3)];
  expect(picks(three)).toBe('0.0() 1.1()');
  expect(picks(three, 2)).toBe('1.1() 2.0()');
  expect(picks(three, 1)).toBe('1.0()');
});

test('a pool comes after those that need certain lots, and takes the cheapest that are left', () => {
  const group = candidate([{ credits: 2, neededWeight: 2 }], pool());
  const fixed = candidate([{ credits: 2, uses: [alone(1, 2)] }]);
  expect(picks([group])).toBe('0.0(1)');
  expect(picks([group, fixed])).toBe('0.0(2) 1.0()');
  expect(picks([fixed, group])).toBe('0.0() 1.0(2)');
  const own = candidate([{ credits: 4, uses: [alone(1, 2)], neededWeight: 2 }], pool());
  expect(picks([own])).toBe('0.0(2)');
  expect(picks([candidate([{ credits: 9, neededWeight: 10 }], pool())])).toBe('');
  expect(
    picks([
      candidate(
        [
          { credits: 9, neededWeight: 10 },
          { credits: 8, neededWeight: 9 },
        ],
        pool(),
      ),
    ]),
  ).toBe('0.1(0 1 2)');
});

test('what it comes to, and what it could not exceed', () => {
  const group = candidate([{ credits: 3, benefits: 1, neededWeight: 5 }], pool());
  const fixed = candidate([{ credits: 2, uses: [alone(0, 4)] }]);
  expect(taken([group, fixed])).toEqual({
    picks: [
      { candidate: 0, choice: 0, poolLots: [1, 2] },
      { candidate: 1, choice: 0, poolLots: [] },
    ],
    credits: 5,
    benefits: 1,
    usedUp: 9,
    isProven: false,
    bound: 5,
  });
  const kept = candidate([{ credits: 3, neededWeight: 5 }], pool(true));
  expect(taken([kept])).toMatchObject({ credits: 3, usedUp: 3 });
  expect(taken([counted(4), counted(2)])).toMatchObject({ credits: 4, bound: 5 });
});
