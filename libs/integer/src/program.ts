/**
 * A programme in integers: each variable is a whole number between zero and its `upper`, each row
 * keeps a sum of them within limits. All numbers are safe integers, so checking an answer is exact.
 */
export interface IntegerProgram {
  readonly uppers: readonly number[];
  readonly rows: readonly Row[];
}

/** `least` ≤ the sum of the terms ≤ `most`; an infinite limit is none. */
export interface Row {
  readonly terms: readonly Term[];
  readonly least: number;
  readonly most: number;
}

/** So many times the value of a variable. A variable appears once in a sum, never zero times. */
export interface Term {
  readonly variable: number;
  readonly times: number;
}

/** Values of all variables. */
export type Point = readonly number[];

/** What is to be as great as possible, level by level, and the order that breaks ties. */
export interface Problem {
  readonly program: IntegerProgram;
  /** The first sum is made as great as possible, then the second without losing any of the first, … */
  readonly objectives: readonly (readonly Term[])[];
  /** Of points equal in all of them, the one with more of the variable that comes first here. */
  readonly order: readonly number[];
}

/** Of each variable, while something is being found out. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function valueOf(terms: readonly Term[], point: Point): number {
  let sum = 0;
  for (const { variable, times } of terms) sum += times * (point[variable] ?? 0);
  return sum;
}

/** Whether a point keeps every limit. */
export function isFeasible({ uppers, rows }: IntegerProgram, point: Point): boolean {
  return (
    uppers.every((upper, at) => isWithin(point[at] ?? 0, 0, upper)) &&
    rows.every(({ terms, least, most }) => isWithin(valueOf(terms, point), least, most))
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** The smallest and the largest a sum can be while its variables stay within bounds. */
export function reachOf(
  terms: readonly Term[],
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): { readonly smallest: number; readonly largest: number } {
  let smallest = 0;
  let largest = 0;
  for (const { variable, times } of terms) {
    const [bottom, top] = [low[variable] ?? 0, high[variable] ?? 0];
    smallest += times * (times > 0 ? bottom : top);
    largest += times * (times > 0 ? top : bottom);
  }
  return { smallest, largest };
}

/** Whether at most one of the variables of a row can be taken. */
export function isClique({ terms, most }: Row): boolean {
  return most === 1 && terms.every(({ times }) => times === 1);
}

/** The greatest common divisor of numbers that are not negative. */
export function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}
