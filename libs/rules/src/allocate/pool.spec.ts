import fc from 'fast-check';
import { cheapestSet } from './pool.js';

interface Member {
  readonly lot: number;
  readonly weight: number;
  readonly amount: number;
}

interface Goal {
  readonly needed: number;
  readonly granted: number;
}

const set = (members: readonly Member[], goal: Goal, isKept = false): unknown => {
  const found = cheapestSet({ members, isKept }, members, goal);
  return found && [found.lots, found.usedUp, found.isExact];
};

const members = (...list: readonly [weight: number, amount: number][]): Member[] =>
  list.map(([weight, amount], lot) => ({ lot, weight, amount }));

test('the weight is reached exactly, or there is no set', () => {
  const two = members([3, 3], [4, 4]);
  expect(set(two, { needed: 7, granted: 0 })).toEqual([[0, 1], 7, true]);
  expect(set(two, { needed: 8, granted: 0 })).toBeUndefined();
  expect(set(two, { needed: 0, granted: 0 })).toEqual([[], 0, true]);
  expect(set([], { needed: 1, granted: 0 })).toBeUndefined();
});

test('least is used up; then fewest lots; then the lots that come first', () => {
  expect(set(members([5, 5], [5, 4], [5, 6]), { needed: 5, granted: 0 })).toEqual([[1], 4, true]);
  expect(set(members([2, 2], [2, 2], [4, 4]), { needed: 4, granted: 0 })).toEqual([[2], 4, true]);
  expect(set(members([4, 4], [2, 2], [2, 2]), { needed: 4, granted: 0 })).toEqual([[0], 4, true]);
  expect(set(members([2, 2], [2, 2], [2, 2]), { needed: 4, granted: 0 })).toEqual([
    [0, 1],
    4,
    true,
  ]);
  const mixed = members([1, 1], [3, 3], [2, 2], [2, 2]);
  expect(set(mixed, { needed: 4, granted: 0 })).toEqual([[0, 1], 4, true]);
});

test('kept lots give up what is granted, or all they have where that is less', () => {
  const two = members([3, 8], [3, 6]);
  expect(set(two, { needed: 3, granted: 5 }, true)).toEqual([[0], 5, true]);
  expect(set(two, { needed: 3, granted: 6 }, true)).toEqual([[0], 6, true]);
  expect(set(two, { needed: 3, granted: 7 }, true)).toEqual([[1], 6, true]);
  expect(set(two, { needed: 6, granted: 20 }, true)).toEqual([[0, 1], 14, true]);
  expect(set(two, { needed: 3, granted: 5 })).toEqual([[1], 6, true]);
});

test('of twenty thousand states and more the nearest to the goal are kept, and it says so', () => {
  const powers = (count: number): Member[] =>
    members(...Array.from({ length: count }, (_, at) => [2 ** at, 1] as [number, number]));
  const all = (count: number): Goal => ({ needed: 2 ** count - 1, granted: 0 });
  const lots = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  expect(set(powers(14), all(14))).toEqual([lots(14), 14, true]);
  expect(set(powers(15), all(15))).toEqual([lots(15), 15, false]);
  expect(set(powers(16), all(16))).toEqual([lots(16), 16, false]);
});

const few = fc
  .array(fc.tuple(fc.nat(5), fc.nat(4)), { maxLength: 6 })
  .map((list) => members(...list));

test('is the very set that trying every set finds', () => {
  fc.assert(
    fc.property(few, fc.nat(14), (given, needed) => {
      const reaching = everySetOf(given).filter(
        (each) => each.reduce((sum, { weight }) => sum + weight, 0) >= needed,
      );
      const [best] = reaching
        .map((each) => ({ lots: each.map(({ lot }) => lot), usedUp: amountOf(each) }))
        .sort(
          (a, b) =>
            a.usedUp - b.usedUp || a.lots.length - b.lots.length || firstLot(a.lots, b.lots),
        );
      expect(set(given, { needed, granted: 0 })).toEqual(best && [best.lots, best.usedUp, true]);
    }),
  );
});

function everySetOf(list: readonly Member[]): Member[][] {
  return list.reduce<Member[][]>(
    (sets, member) => [...sets, ...sets.map((each) => [...each, member])],
    [[]],
  );
}

function amountOf(list: readonly Member[]): number {
  return list.reduce((sum, { amount }) => sum + amount, 0);
}

function firstLot(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((lot, index) => lot !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
