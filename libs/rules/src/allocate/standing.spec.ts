import { alone, candidate, choice, shared } from '../../test/choices.js';
import { Standing, usedUpBy } from './standing.js';

const standing = (): Standing => new Standing({ lots: [5, 5], rooms: [4], candidates: [] });

const state = (of: Standing): unknown => [
  of.credits,
  of.benefits,
  of.usedUp,
  of.room,
  [0, 1].map((lot) => [of.isFree(lot), of.left(lot)]),
];

test('a lot is for one, or shared as far as it goes', () => {
  const open = standing();
  expect(open.fits(choice({ uses: [alone(0, 9)] }))).toBe(true);
  expect(open.fits(choice({ uses: [shared(0, 5)] }))).toBe(true);
  expect(open.fits(choice({ uses: [shared(0, 6)] }))).toBe(false);
  open.take(choice({ uses: [shared(0, 3)] }), [], 0);
  expect(open.fits(choice({ uses: [shared(0, 2)] }))).toBe(true);
  expect(open.fits(choice({ uses: [shared(0, 3)] }))).toBe(false);
  expect(open.fits(choice({ uses: [alone(0, 1)] }))).toBe(false);
  open.take(choice({ uses: [alone(1, 1)] }), [], 0);
  expect(open.fits(choice({ uses: [shared(1, 1)] }))).toBe(false);
  expect(open.fits(choice({ uses: [alone(1, 1)] }))).toBe(false);
});

test('what two share is free only when both gave it back', () => {
  const open = standing();
  const part = choice({ uses: [shared(0, 2)] });
  open.take(part, [], 0);
  open.take(part, [], 0);
  expect([open.isFree(0), open.left(0)]).toEqual([false, 1]);
  open.giveBack(part, [], 0);
  expect([open.isFree(0), open.left(0)]).toEqual([false, 3]);
  open.giveBack(part, [], 0);
  expect([open.isFree(0), open.left(0)]).toEqual([true, 5]);
});

test('a course is filled once, a cap to its last part', () => {
  const open = standing();
  const taken = choice({ courses: [7], counts: [{ cap: 0, amount: 3 }] });
  open.take(taken, [], 0);
  expect(open.fits(choice({ courses: [7] }))).toBe(false);
  expect(open.fits(choice({ courses: [8] }))).toBe(true);
  expect(open.fits(choice({ counts: [{ cap: 0, amount: 1 }] }))).toBe(true);
  expect(open.fits(choice({ counts: [{ cap: 0, amount: 2 }] }))).toBe(false);
  open.giveBack(taken, [], 0);
  expect(open.fits(taken)).toBe(true);
});

test('lots of a pool belong to nobody else and are counted by what they give up', () => {
  const open = standing();
  const before = state(open);
  const taken = choice({
    credits: 3,
    benefits: 1,
    uses: [alone(0, 2)],
    counts: [{ cap: 0, amount: 3 }],
  });
  open.take(taken, [1], 1);
  expect(state(open)).toEqual([
    3,
    1,
    3,
    [1],
    [
      [false, 3],
      [false, 5],
    ],
  ]);
  expect(open.fits(choice({ uses: [shared(1, 1)] }))).toBe(false);
  open.giveBack(taken, [1], 1);
  expect(state(open)).toEqual(before);
  expect(open.fits(choice({ uses: [shared(1, 1)] }))).toBe(true);
});

test('the least that a candidate uses up is what its largest choice takes; a pool can be free', () => {
  const choices = [{ uses: [alone(0, 2), shared(1, 3)] }, { uses: [alone(0, 1)] }];
  expect(usedUpBy(candidate(choices))).toBe(5);
  expect(usedUpBy(candidate(choices, { members: [], isKept: false }))).toBe(0);
  expect(usedUpBy(candidate([]))).toBe(0);
});
