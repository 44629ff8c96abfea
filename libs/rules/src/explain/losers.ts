import { formatCredits } from '#libs/credit';
import type { Allocate, Allocation, AllocationChoice } from '../allocate/allocation.js';
import type { Candidate } from '../judge/candidate.js';
import { type Component, componentsOf } from '../allocate/components.js';
import { type Contention, lotsOfCandidate } from '../allocate/contend.js';
import { formatLimit } from '../format.js';
import { refusal } from '../judge/judge.js';
import { Standing } from '../allocate/standing.js';
import type { ReasonCode, Refused } from '../types.js';

/** How many refusals are confirmed by solving again, and how long one such search may be. */
const FORCED = { solves: 16, work: 5_000_000, nodes: 2_000 } as const;

interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Says of every candidate that was not granted what stood in its way. */
export function explainLosers(
  contention: Contention,
  allocation: Allocation,
  allocate: Allocate,
): Refused[] {
  const { candidates, problem } = contention;
  const standing = new Standing(problem);
  const granted = new Set<number>();
  for (const { candidate, choice, poolLots } of allocation.picks) {
    const taken = problem.candidates[candidate]?.choices[choice];
    if (taken) standing.take(taken, poolLots, 0);
    granted.add(candidate);
  }
  // Of several offers of one sum, none or one is granted; the others are not cases of their own.
  const told = new Set(candidates.filter((_, index) => granted.has(index)).map(groupOf));
  const components = componentsOf(problem);
  let solves = 0;
  return candidates.flatMap((candidate, index) => {
    const group = groupOf(candidate);
    if (granted.has(index) || (group !== null && told.has(group))) return [];
    told.add(group);
    const reason = reasonFor(index, standing, { contention, allocation });
    const isCompared = reason.code === 'lot-better-used' && solves < FORCED.solves;
    if (isCompared) solves += 1;
    const gain = isCompared
      ? gainOver(index, { contention, allocation, allocate, components })
      : null;
    const params = gain === null ? reason.params : { ...reason.params, gain };
    const lots = lotsOfCandidate(candidate).map(({ id }) => id);
    return [refusal(candidate.rule, lots, reason.code, params)];
  });
}

function groupOf({ group }: Candidate): string | null {
  return group;
}

interface Forcing {
  readonly allocate: Allocate;
  readonly components: readonly Component[];
}

interface Outcome {
  readonly contention: Contention;
  readonly allocation: Allocation;
}

function reasonFor(index: number, standing: Standing, outcome: Outcome): Reason {
  const choices = outcome.contention.problem.candidates[index]?.choices ?? [];
  const hasFreeLots = choices.some((choice) =>
    standing.hasLotsAndCourses({ ...choice, courses: [] }),
  );
  const poolIsTaken = hasFreeLots && isPoolTaken(index, standing, outcome);
  if (!hasFreeLots || poolIsTaken) return betterUsed(index, outcome);
  const open = choices.find((choice) => standing.hasLotsAndCourses(choice));
  if (!open) return filled(index, outcome);
  const smallest = choices.findLast((choice) => standing.hasLotsAndCourses(choice)) ?? open;
  return capped(smallest, standing, outcome) ?? betterUsed(index, outcome);
}

function isPoolTaken(index: number, standing: Standing, { contention }: Outcome): boolean {
  const candidate = contention.problem.candidates[index];
  if (!candidate?.pool) return false;
  const free = candidate.pool.members.filter(({ lot }) => standing.isFree(lot));
  const weight = free.reduce((sum, member) => sum + member.weight, 0);
  return candidate.choices.every((choice) => choice.neededWeight > weight);
}

/** The granted rules that took the lots this candidate needs. */
function betterUsed(index: number, { contention, allocation }: Outcome): Reason {
  const own = new Set(lotNumbers(index, contention));
  const by = allocation.picks
    .filter(({ candidate, poolLots }) =>
      [...lotNumbers(candidate, contention, false), ...poolLots].some((lot) => own.has(lot)),
    )
    .map(({ candidate }) => contention.candidates[candidate]?.rule.rule.id ?? '');
  return { code: 'lot-better-used', params: { by: [...new Set(by)].join(', ') } };
}

function lotNumbers(index: number, { problem }: Contention, withPool = true): number[] {
  const candidate = problem.candidates[index];
  const pool = withPool ? (candidate?.pool?.members ?? []) : [];
  return [
    ...(candidate?.choices[0]?.uses.map(({ lot }) => lot) ?? []),
    ...pool.map(({ lot }) => lot),
  ];
}

function filled(index: number, { contention, allocation }: Outcome): Reason {
  const own = coursesOf(index, contention);
  for (const { candidate, choice } of allocation.picks) {
    const parts = contention.candidates[candidate]?.choices[choice]?.parts ?? [];
    const course = parts.map(({ grant }) => grant.course?.code ?? '').find((code) => own.has(code));
    const by = contention.candidates[candidate]?.rule.rule.id ?? '';
    if (course) return { code: 'target-filled', params: { course, by } };
  }
  return { code: 'target-filled', params: {} };
}

function coursesOf(index: number, { candidates }: Contention): Set<string> {
  const parts = candidates[index]?.choices.flatMap((choice) => choice.parts) ?? [];
  return new Set(parts.flatMap(({ grant }) => (grant.course ? [grant.course.code] : [])));
}

/** The cap with the least room that the smallest choice would break. */
function capped(
  choice: AllocationChoice,
  standing: Standing,
  { contention }: Outcome,
): Reason | null {
  const [tight] = choice.counts
    .filter(({ cap, amount }) => amount > (standing.room[cap] ?? 0))
    .sort((a, b) => (standing.room[a.cap] ?? 0) - (standing.room[b.cap] ?? 0) || a.cap - b.cap);
  const instance = tight && contention.caps[tight.cap];
  if (!tight || !instance) return null;
  const { cap, limit } = instance.cap;
  const room = contention.problem.rooms[tight.cap] ?? 0;
  const used = instance.before + BigInt(room - (standing.room[tight.cap] ?? 0));
  const params = {
    cap: cap.id,
    used: formatLimit(cap.counts, used),
    limit: formatLimit(cap.counts, limit),
    wanted: formatLimit(cap.counts, BigInt(tight.amount)),
  };
  return { code: 'cap', params: instance.per === null ? params : { ...params, per: instance.per } };
}

/**
 * How much credit granting this candidate would cost; null when the search did not end. Only the
 * candidates that hang together with it are looked at: the others are not touched by it.
 */
function gainOver(
  force: number,
  { contention, allocation, allocate, components }: Outcome & Forcing,
): string | null {
  const component = components.find(({ candidates }) =>
    candidates.some(({ number }) => number === force),
  );
  if (!allocation.isProven || !component) return null;
  const numbers = component.candidates.map(({ number }) => number);
  const now = allocation.picks
    .filter(({ candidate }) => numbers.includes(candidate))
    .map((pick) => contention.problem.candidates[pick.candidate]?.choices[pick.choice]?.credits)
    .reduce<number>((sum, credits) => sum + (credits ?? 0), 0);
  const problem = { ...contention.problem, candidates: component.candidates.map(({ of }) => of) };
  const own = numbers.indexOf(force);
  const { work, nodes } = FORCED;
  const forced = allocate(problem, { force: own, work, nodes, isCreditOnly: true });
  const isGranted = forced.picks.some(({ candidate }) => candidate === own);
  return forced.isProven && isGranted ? formatCredits(BigInt(now - forced.credits)) : null;
}
