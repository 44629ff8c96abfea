import type { AllocationCandidate, AllocationChoice } from './allocation.js';

/** Choices `first … last` of a candidate that differ by equal steps: one amount, granted in part. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/**
 * Cuts the choices of a candidate into runs. An amount of 12 credits that may be granted in steps of
 * a half is one run instead of 24 things to decide on.
 */
export function runsOf({ choices }: AllocationCandidate): Run[] {
  const amounts = choices.map(amountsOf);
  const runs: Run[] = [];
  let first = 0;
  choices.forEach((choice, at) => {
    const next = choices[at + 1];
    if (next && isAlike(choice, next) && isNextStep(amounts, { first, last: at })) return;
    runs.push({ first, last: at });
    first = at + 1;
  });
  return runs;
}

/** Everything about a choice that an amount granted in part may change. */
function amountsOf(choice: AllocationChoice): number[] {
  return [
    choice.credits,
    choice.neededWeight,
    fromPool(choice),
    ...choice.uses.map(({ amount }) => amount),
    ...choice.counts.map(({ amount }) => amount),
  ];
}

/** Credit that the lots of a pool have to give when its remainder is kept. */
export function fromPool({ credits, uses }: AllocationChoice): number {
  return Math.max(0, credits - uses.reduce((sum, { amount }) => sum + amount, 0));
}

/** Whether two choices differ in nothing but amounts. */
function isAlike(a: AllocationChoice, b: AllocationChoice): boolean {
  return (
    a.benefits === b.benefits &&
    isSame(a.courses, b.courses) &&
    isSame(a.uses.map(useOf), b.uses.map(useOf)) &&
    isSame(a.counts.map(capOf), b.counts.map(capOf))
  );
}

function useOf({ lot, isExclusive }: AllocationChoice['uses'][number]): string {
  return `${lot} ${isExclusive}`;
}

function capOf({ cap }: AllocationChoice['counts'][number]): number {
  return cap;
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** Whether the choice after the run goes on in the run's steps. */
function isNextStep(amounts: readonly number[][], { first, last }: Run): boolean {
  const [end, next, before] = [amounts[last], amounts[last + 1], amounts[last - 1]];
  if (!end || !next || last === first || !before) return true;
  return end.every((value, at) => value - (next[at] ?? 0) === (before[at] ?? 0) - value);
}
