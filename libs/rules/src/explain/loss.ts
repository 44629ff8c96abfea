import type { Allocation, AllocationChoice, AllocationProblem } from '../allocate/allocation.js';
import { Standing } from '../allocate/standing.js';

/** Why a candidate is not among the best, in the numbers of the problem. */
export type Loss =
  /** Others took the lots it needs: which candidates. */
  | { readonly code: 'lot-better-used'; readonly by: readonly number[] }
  | { readonly code: 'target-filled' }
  /** Of the caps that its smallest choice would break, the one with the least room. */
  | {
      readonly code: 'cap';
      readonly cap: number;
      readonly amount: number;
      /** What the granted candidates leave. */
      readonly room: number;
    };

/** What is left when everything is granted that was allocated. */
export function standingAfter(problem: AllocationProblem, { picks }: Allocation): Standing {
  const standing = new Standing(problem);
  for (const { candidate, choice, poolLots } of picks) {
    const taken = problem.candidates[candidate]?.choices[choice];
    if (taken) standing.take(taken, poolLots, 0);
  }
  return standing;
}

interface Outcome {
  readonly problem: AllocationProblem;
  readonly allocation: Allocation;
}

/**
 * Says of a candidate that was not granted what stood in its way. What a cap has no room for even
 * alone could not be granted whatever else is: it is not better used elsewhere. Of several choices
 * those count that could be granted alone.
 */
export function lossOf(index: number, standing: Standing, outcome: Outcome): Loss {
  const { rooms, candidates } = outcome.problem;
  const choices = candidates[index]?.choices ?? [];
  const possible = choices.filter(({ counts }) => !tightest(counts, rooms));
  if (possible.length > 0) return lossAmong(possible, index, standing, outcome);
  const tight = tightest(choices.at(-1)?.counts ?? [], rooms);
  return tight
    ? { code: 'cap', ...tight, room: standing.room[tight.cap] ?? 0 }
    : betterUsed(index, outcome);
}

/** As the first engine said it. */
export function lossAsEngine1(index: number, standing: Standing, outcome: Outcome): Loss {
  const choices = outcome.problem.candidates[index]?.choices ?? [];
  return lossAmong(choices, index, standing, outcome);
}

function lossAmong(
  choices: readonly AllocationChoice[],
  index: number,
  standing: Standing,
  outcome: Outcome,
): Loss {
  const hasFreeLots = choices.some((choice) => standing.hasLots(choice));
  if (!hasFreeLots || isPoolTaken(choices, index, standing, outcome.problem)) {
    return betterUsed(index, outcome);
  }
  const smallest = choices.findLast((choice) => standing.hasLotsAndCourses(choice));
  if (!smallest) return { code: 'target-filled' };
  const tight = tightest(smallest.counts, standing.room);
  return tight
    ? { code: 'cap', ...tight, room: standing.room[tight.cap] ?? 0 }
    : betterUsed(index, outcome);
}

function isPoolTaken(
  choices: readonly AllocationChoice[],
  index: number,
  standing: Standing,
  { candidates }: AllocationProblem,
): boolean {
  const pool = candidates[index]?.pool;
  if (!pool) return false;
  const free = pool.members.filter(({ lot }) => standing.isFree(lot));
  const weight = free.reduce((sum, member) => sum + member.weight, 0);
  return choices.every((choice) => choice.neededWeight > weight);
}

/** The granted candidates that took the lots this one needs. */
function betterUsed(
  index: number,
  { problem, allocation }: Outcome,
): Extract<Loss, { code: 'lot-better-used' }> {
  const own = new Set(lotsOf(index, problem));
  const by = allocation.picks
    .filter(({ candidate, poolLots }) =>
      [...lotsOf(candidate, problem, false), ...poolLots].some((lot) => own.has(lot)),
    )
    .map(({ candidate }) => candidate);
  return { code: 'lot-better-used', by };
}

function lotsOf(index: number, { candidates }: AllocationProblem, withPool = true): number[] {
  const candidate = candidates[index];
  const pool = withPool ? (candidate?.pool?.members ?? []) : [];
  return [
    ...(candidate?.choices[0]?.uses.map(({ lot }) => lot) ?? []),
    ...pool.map(({ lot }) => lot),
  ];
}

/** The cap with the least room that is not enough; undefined when all have enough. */
function tightest(
  counts: AllocationChoice['counts'],
  room: readonly number[],
): AllocationChoice['counts'][number] | undefined {
  const left = (cap: number): number => room[cap] ?? 0;
  return counts
    .filter(({ cap, amount }) => amount > left(cap))
    .sort((a, b) => left(a.cap) - left(b.cap) || a.cap - b.cap)[0];
}
