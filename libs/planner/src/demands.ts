import type { AllocationChoice } from '#libs/rules';

/** What a choice takes or gives, by the name of the sum it belongs to. */
export type Amounts = ReadonlyMap<string, number>;

/** Names of the sums of a programme. */
export const sums = {
  lot: (lot: number): string => `lot ${lot}`,
  stock: (stock: number): string => `stock ${stock}`,
  course: (course: number): string => `course ${course}`,
  cap: (cap: number): string => `cap ${cap}`,
  need: (need: number): string => `need ${need}`,
  pool: (candidate: number): string => `pool ${candidate}`,
} as const;

/** What a choice of a candidate takes of everything but its imagined lots, and what it gives. */
export function amountsOf(
  { uses, courses, counts, neededWeight }: AllocationChoice,
  of: {
    readonly candidate: number;
    readonly worthOf: (lot: number) => number;
    /** By the number of a lot: the stock it belongs to, if it is one of them. */
    readonly stockOf: (lot: number) => number;
    /** What it counts for each requirement. */
    readonly counts: readonly number[];
  },
): Amounts {
  const amounts = new Map<string, number>();
  const add = (key: string, amount: number): void => {
    if (amount !== 0) amounts.set(key, (amounts.get(key) ?? 0) + amount);
  };
  for (const { lot, amount, isExclusive } of uses) {
    const stock = of.stockOf(lot);
    add(stock < 0 ? sums.lot(lot) : sums.stock(stock), isExclusive ? of.worthOf(lot) : amount);
  }
  for (const course of courses) add(sums.course(course), 1);
  for (const { cap, amount } of counts) add(sums.cap(cap), amount);
  of.counts.forEach((amount, need) => add(sums.need(need), amount));
  add(sums.pool(of.candidate), neededWeight);
  return amounts;
}

/** Choices that differ by equal steps: one amount, granted in part. */
export interface Run {
  readonly first: Amounts;
  readonly step: Amounts;
  /** How many steps there are after the first. */
  readonly steps: number;
}

/** Cuts choices into runs, so that an amount granted in part is not a variable for each part. */
export function runsOf(choices: readonly Amounts[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < choices.length;) {
    const first = choices[at] ?? new Map();
    const step = minus(choices[at + 1] ?? first, first);
    let end = at + 1;
    while (end < choices.length && isSame(minus(choices[end], choices[end - 1]), step)) end += 1;
    runs.push({ first, step, steps: end - at - 1 });
    at = end;
  }
  return runs;
}

const NOTHING: Amounts = new Map();

function minus(a: Amounts = NOTHING, b: Amounts = NOTHING): Amounts {
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return new Map(
    keys
      .map((key): [string, number] => [key, (a.get(key) ?? 0) - (b.get(key) ?? 0)])
      .filter(([, amount]) => amount !== 0),
  );
}

function isSame(a: Amounts, b: Amounts): boolean {
  return a.size === b.size && [...a].every(([key, amount]) => b.get(key) === amount);
}
