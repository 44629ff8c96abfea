import type { AllocationChoice, Offers } from '#libs/rules';

/** What is there to be taken, by the numbers of the offers. */
export interface Limits {
  /** A lot without an amount is worth one, so that it can be taken once. */
  readonly lots: readonly { readonly id: string; readonly worth: number }[];
  readonly rooms: readonly number[];
  readonly needs: readonly number[];
  /** By candidate: weight that lots of its pool have which are there already. */
  readonly held: Map<number, number>;
}

export function limitsOf({ problem, lots, needs }: Offers): Limits {
  return {
    lots: lots.map((id, at) => ({ id, worth: Math.max(problem.lots[at] ?? 0, 1) })),
    rooms: problem.rooms,
    needs: needs.map(({ millicredits }) => millicredits),
    held: new Map(),
  };
}

/** What a choice takes or gives, by the name of the sum it belongs to. */
export type Amounts = ReadonlyMap<string, number>;

export function amountsOf(
  { uses, courses, counts, neededWeight }: AllocationChoice,
  of: { candidate: number; limits: Limits; counts: readonly number[] },
): Amounts {
  const lots = uses.map(({ lot, amount, isExclusive }): [string, number] => {
    return [`lot ${lot}`, isExclusive ? (of.limits.lots[lot]?.worth ?? 0) : amount];
  });
  const needs = of.counts.flatMap((amount, need): [string, number][] =>
    of.limits.needs[need] === 0 ? [] : [[`need ${need}`, amount]],
  );
  return new Map([
    ...lots,
    ...courses.map((course): [string, number] => [`course ${course}`, 1]),
    ...counts.map(({ cap, amount }): [string, number] => [`cap ${cap}`, amount]),
    ...needs,
    [`pool ${of.candidate}`, neededWeight],
  ]);
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
