import { formatCredits } from '#libs/credit';
import type { Allocate, Allocation } from '../allocate/allocation.js';
import { type Component, componentsOf } from '../allocate/components.js';
import { type Contention, lotsOfCandidate } from '../allocate/contend.js';
import { formatLimit } from '../format.js';
import type { Candidate } from '../judge/candidate.js';
import { refusal } from '../judge/judge.js';
import type { ReasonCode, Refused } from '../types.js';
import { type Loss, lossAsEngine1, lossOf, standingAfter } from './loss.js';

/** How many refusals are told what they would cost, and how long one such search may be. */
const FORCED = { solves: 16, work: 5_000_000, nodes: 2_000 } as const;

interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly contention: Contention;
  readonly allocation: Allocation;
}

/**
 * Says of every candidate that was not granted what stood in its way. Where the allocation is proven
 * to be the one best, granting the candidate all the same is worse: that confirms the reason. Where
 * the search was stopped the reason says that it is not confirmed.
 *
 * @param isEngine1 the first engine did not say it
 */
export function explainLosers(
  { contention, allocation }: Outcome,
  { allocate, isEngine1 }: { readonly allocate: Allocate; readonly isEngine1: boolean },
): Refused[] {
  const { candidates, problem } = contention;
  const standing = standingAfter(problem, allocation);
  const granted = new Set(allocation.picks.map(({ candidate }) => candidate));
  // Of several offers of one sum, none or one is granted; the others are not cases of their own.
  const told = new Set(candidates.filter((_, index) => granted.has(index)).map(groupOf));
  const components = componentsOf(problem);
  let solves = 0;
  return candidates.flatMap((candidate, index) => {
    const group = groupOf(candidate);
    if (granted.has(index) || (group !== null && told.has(group))) return [];
    told.add(group);
    const why = isEngine1 ? lossAsEngine1 : lossOf;
    const loss = why(index, standing, { problem, allocation });
    const reason = reasonOf(loss, index, { contention, allocation });
    const isCompared = reason.code === 'lot-better-used' && solves < FORCED.solves;
    if (isCompared) solves += 1;
    const gain = isCompared
      ? gainOver(index, { contention, allocation, allocate, components })
      : null;
    const isDoubted = !isEngine1 && !allocation.isProven && reason.code !== 'target-filled';
    const params = {
      ...reason.params,
      ...(gain !== null && { gain }),
      ...(isDoubted && { confirmed: 'false' }),
    };
    const lots = lotsOfCandidate(candidate).map(({ id }) => id);
    return [refusal(candidate.rule, lots, reason.code, params)];
  });
}

function groupOf({ group }: Candidate): string | null {
  return group;
}

function reasonOf(loss: Loss, index: number, { contention, allocation }: Outcome): Reason {
  switch (loss.code) {
    case 'lot-better-used': {
      const by = loss.by.map((candidate) => contention.candidates[candidate]?.rule.rule.id ?? '');
      return { code: loss.code, params: { by: [...new Set(by)].join(', ') } };
    }
    case 'target-filled':
      return filled(index, { contention, allocation });
    case 'cap':
      return capped(loss, contention);
  }
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

function capped(
  { cap: number, amount, room }: Extract<Loss, { code: 'cap' }>,
  { caps, problem }: Contention,
): Reason {
  const instance = caps[number];
  if (!instance) return { code: 'cap', params: {} };
  const { cap, limit } = instance.cap;
  const used = instance.before + BigInt((problem.rooms[number] ?? 0) - room);
  const params = {
    cap: cap.id,
    used: formatLimit(cap.counts, used),
    limit: formatLimit(cap.counts, limit),
    wanted: formatLimit(cap.counts, BigInt(amount)),
  };
  return { code: 'cap', params: instance.per === null ? params : { ...params, per: instance.per } };
}

/**
 * How much credit granting this candidate would cost; null when the search did not end. Only the
 * candidates that hang together with it are looked at: the others are not touched by it.
 */
function gainOver(
  force: number,
  {
    contention,
    allocation,
    allocate,
    components,
  }: Outcome & { readonly allocate: Allocate; readonly components: readonly Component[] },
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
