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

/**
 * Says of a candidate that was not granted what stood in its way. What a cap has no room for even
 * alone is not better used elsewhere: it cannot be used at all.
 */
export function lossOf(index: number, standing: Standing, outcome: Outcome): Loss {
  return cappedAlone(index, standing, outcome.problem) ?? lossAsEngine1(index, standing, outcome);
}

interface Outcome {
  readonly problem: AllocationProblem;
  readonly allocation: Allocation;
}

function cappedAlone(
  index: number,
  { room }: Standing,
  { candidates, rooms }: AllocationProblem,
): Loss | null {
  const choices = candidates[index]?.choices ?? [];
  const tights = choices.map(({ counts }) => tightest(counts, rooms));
  const last = tights.at(-1);
  if (!last || tights.some((tight) => tight === undefined)) return null;
  return { code: 'cap', ...last, room: room[last.cap] ?? 0 };
}

/** As the first engine said it. */
export function lossAsEngine1(index: number, standing: Standing, outcome: Outcome): Loss {
  const choices = outcome.problem.candidates[index]?.choices ?? [];
  const hasFreeLots = choices.some((choice) => standing.hasLots(choice));
  if (!hasFreeLots || isPoolTaken(index, standing, outcome.problem)) {
    return betterUsed(index, outcome);
  }
  const smallest = choices.findLast((choice) => standing.hasLotsAndCourses(choice));
  if (!smallest) return { code: 'target-filled' };
  return capped(smallest, standing) ?? betterUsed(index, outcome);
}

function isPoolTaken(
  index: number,
  standing: Standing,
  { candidates }: AllocationProblem,
): boolean {
  const candidate = candidates[index];
  if (!candidate?.pool) return false;
  const free = candidate.pool.members.filter(({ lot }) => standing.isFree(lot));
  const weight = free.reduce((sum, member) => sum + member.weight, 0);
  return candidate.choices.every((choice) => choice.neededWeight > weight);
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

function capped({ counts }: AllocationChoice, { room }: Standing): Loss | null {
  const tight = tightest(counts, room);
  return tight ? { code: 'cap', ...tight, room: room[tight.cap] ?? 0 } : null;
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
