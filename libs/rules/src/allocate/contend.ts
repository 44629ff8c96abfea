import assert from 'node:assert';
import type { AllocationCandidate, AllocationChoice, AllocationProblem } from './allocation.js';
import { byCodeUnit } from '../canonical.js';
import {
  type Candidate,
  canonicalOrder,
  type Choice,
  sum,
  takenFrom,
  totalOf,
} from '../judge/candidate.js';
import type { CompiledCap, CompiledRulebook } from '../compile/compiled.js';
import { isPeriod, periodOf, periodsOf } from '../learner/calendar.js';
import { readCredits } from '../credits.js';
import { limitOf } from '../signed.js';
import { type Counted, isCounted } from './counting.js';
import type { Lot } from '../learner/lots.js';
import type { Calendar, Cap } from '../document/rulebook.js';
import type { LearnerFacts, PriorGrant } from '../types.js';

/** One cap as it limits one learner; a cap per lot or issuer becomes one for each. */
export interface CapInstance {
  readonly cap: CompiledCap;
  readonly per: string | null;
  /** Where the cap speaks of periods. */
  readonly calendar: Calendar | undefined;
  /** Counted by earlier grants. */
  readonly before: bigint;
}

/** What competes, in canonical order, and the numbers for the allocator. */
export interface Contention {
  readonly candidates: readonly Candidate[];
  readonly caps: readonly CapInstance[];
  readonly problem: AllocationProblem;
  /** Lots by their number in the problem. */
  readonly lots: readonly Lot[];
}

/** Turns candidates into the allocator's plain numbers. */
export function contend(
  rulebook: CompiledRulebook,
  screened: readonly Candidate[],
  facts: LearnerFacts,
): Contention {
  const candidates = [...screened].sort(canonicalOrder);
  const lots = [...new Set(candidates.flatMap(lotsOfCandidate))].sort((a, b) =>
    byCodeUnit(a.id, b.id),
  );
  const caps = capInstances(rulebook, candidates, facts);
  const lotNumbers = new Map(lots.map((lot, index) => [lot, index]));
  const once = [
    ...new Set(candidates.flatMap((of) => of.choices.flatMap((choice) => onceOf(of, choice)))),
  ].sort(byCodeUnit);
  const numbers: Numbers = {
    lot: (lot) => lotNumbers.get(lot) ?? -1,
    once: (name) => once.indexOf(name),
    caps,
  };
  return {
    candidates,
    caps,
    lots,
    problem: {
      lots: lots.map((lot) => toNumber(lot.availableMillicredits)),
      rooms: caps.map(({ cap, before }) => toNumber(cap.limit > before ? cap.limit - before : 0n)),
      candidates: candidates.map((candidate) => toAllocation(candidate, numbers)),
    },
  };
}

interface Numbers {
  readonly lot: (lot: Lot) => number;
  readonly once: (name: string) => number;
  readonly caps: readonly CapInstance[];
}

function toAllocation(candidate: Candidate, numbers: Numbers): AllocationCandidate {
  const { pool } = candidate.binding;
  return {
    choices: candidate.choices.map((choice) => toChoice(candidate, choice, numbers)),
    pool: pool && {
      members: pool.members.map((lot, index) => ({
        lot: numbers.lot(lot),
        weight: toNumber(candidate.poolWeights[index] ?? 0n),
      })),
      isKept: candidate.rule.rule.remainder === 'keep',
    },
  };
}

function toChoice(candidate: Candidate, choice: Choice, numbers: Numbers): AllocationChoice {
  return {
    credits: toNumber(totalOf(choice)),
    benefits: choice.parts.filter(({ millicredits }) => millicredits === 0n).length,
    uses: takenFrom(candidate, choice).map(({ lot, millicredits, isExclusive }) => ({
      lot: numbers.lot(lot),
      amount: toNumber(millicredits),
      isExclusive,
    })),
    courses: onceOf(candidate, choice).map(numbers.once),
    counts: numbers.caps
      .map((instance, cap) => ({ cap, amount: toNumber(countFor(instance, candidate, choice)) }))
      .filter(({ amount }) => amount > 0),
    neededWeight: toNumber(choice.neededWeight),
  };
}

/** How much of a cap a choice takes, in the unit of the cap. */
export function countFor(instance: CapInstance, candidate: Candidate, choice: Choice): bigint {
  const { cap } = instance.cap;
  // A cap per lot speaks of single lots: a sum has its own limit, and no lot's share in it is known.
  const own = cap.per === 'lot' ? candidate.binding.lots : lotsOfCandidate(candidate);
  const lots = own.filter((lot) => isLotOf(instance, lot));
  if (cap.per !== 'learner' && lots.length === 0) return 0n;
  const about = {
    sources: lots.map(({ fact }) => fact.source),
    issuers: lots.map(({ fact }) => fact.issuer),
    outcomes: lots.map(({ fact }) => fact.outcome),
  };
  const credits = choiceParts(candidate, choice)
    .filter((part) => isCounted(cap.of, { ...part, ...about }))
    .map(({ millicredits }) => millicredits);
  if (credits.length === 0) return 0n;
  if (cap.counts === 'applications') return 1n;
  if (cap.counts === 'credits') return sum(credits);
  const { outcome = [] } = cap.of;
  const isLotCounted = ({ fact }: Lot): boolean =>
    (cap.of.source.length === 0 || cap.of.source.includes(fact.source)) &&
    (cap.of.issuer.length === 0 || cap.of.issuer.includes(fact.issuer)) &&
    (outcome.length === 0 || outcome.includes(fact.outcome));
  return BigInt(lots.filter(isLotCounted).length);
}

function isLotOf({ cap: { cap }, per, calendar }: CapInstance, lot: Lot): boolean {
  if (cap.per === 'lot') return lot.id === per;
  if (isPeriod(cap.per)) return periodOf(calendar, cap.per, lot.completed) === per;
  return cap.per === 'issuer' ? lot.fact.issuer === per : true;
}

type PartOf = Pick<Counted, 'rule' | 'category' | 'elective' | 'course'> & {
  readonly millicredits: bigint;
};

function choiceParts({ rule }: Candidate, choice: Choice): PartOf[] {
  const parts = choice.parts.map(({ grant, millicredits }) => ({
    rule: rule.rule.id,
    category: grant.category,
    elective: grant.elective?.code ?? null,
    course: grant.course?.code ?? null,
    millicredits,
  }));
  const { remainderTo } = rule;
  if (choice.surplusMillicredits === 0n || !remainderTo) return parts;
  return [
    ...parts,
    {
      rule: rule.rule.id,
      category: remainderTo.category,
      elective: remainderTo.code,
      course: null,
      millicredits: choice.surplusMillicredits,
    },
  ];
}

function capInstances(
  { caps, rulebook: { calendar } }: CompiledRulebook,
  candidates: readonly Candidate[],
  facts: LearnerFacts,
): CapInstance[] {
  const lots = candidates.flatMap(lotsOfCandidate);
  const earlier = facts.granted.map((grant) => ({ grant, counted: countedOf(grant, facts) }));
  return caps.flatMap((cap) => {
    const { per } = cap.cap;
    const keys =
      per === 'learner'
        ? [null]
        : [
            ...lots.flatMap((lot) => keyOfLot(per, lot, calendar) ?? []),
            ...facts.granted.flatMap((grant) => keysOfGrant(per, grant, calendar)),
          ];
    const distinct = [...new Set(keys)].sort((a, b) => byCodeUnit(a ?? '', b ?? ''));
    return distinct.map((key) => {
      const before =
        countBefore(
          cap,
          earlier.filter(
            ({ grant }) => key === null || keysOfGrant(per, grant, calendar).includes(key),
          ),
        ) + countElsewhere(cap, facts);
      const limit = limitOf(cap, before, facts);
      return { cap: limit === cap.limit ? cap : { ...cap, limit }, per: key, calendar, before };
    });
  });
}

/** What caps and requirements look at in a grant; codes of outcomes come from the facts. */
export function countedOf(
  grant: PriorGrant,
  { outcomes }: Pick<LearnerFacts, 'outcomes'>,
): Counted {
  const lots = new Set(grant.lots ?? grant.uses.map(({ lot }) => lot));
  const codes = outcomes.filter(({ lot }) => lots.has(lot)).map(({ outcome }) => outcome);
  return { ...grant, outcomes: codes };
}

/** The lot, issuer or period by which a cap tells lots apart. */
function keyOfLot(per: Cap['per'], lot: Lot, calendar: Calendar | undefined): string | null {
  if (isPeriod(per)) return periodOf(calendar, per, lot.completed);
  return per === 'lot' ? lot.id : lot.fact.issuer;
}

function keysOfGrant(
  per: Cap['per'],
  { uses, issuers, completed = [] }: PriorGrant,
  calendar: Calendar | undefined,
): readonly string[] {
  if (isPeriod(per)) return periodsOf(calendar, per, completed);
  return per === 'lot' ? uses.map(({ lot }) => lot) : issuers;
}

function countBefore(
  { cap }: CompiledCap,
  earlier: readonly { readonly grant: PriorGrant; readonly counted: Counted }[],
): bigint {
  const grants = earlier
    .filter(({ counted }) => isCounted(cap.of, counted))
    .map(({ grant }) => grant);
  return countGrants(cap.counts, grants);
}

/** What grants come to in the unit of a cap. */
export function countGrants(counts: Cap['counts'], grants: readonly PriorGrant[]): bigint {
  if (counts === 'credits') return sum(grants.map(({ credits }) => readCredits(credits)));
  // The lots of an application stand at its first grant only, so this counts each of them once.
  if (counts === 'lots') return BigInt(grants.flatMap(({ uses }) => uses).length);
  return BigInt(grants.filter(({ uses }) => uses.length > 0).length);
}

/** What other programmes counted under the account that the cap shares with them. */
export function countElsewhere(
  { cap }: Pick<CompiledCap, 'cap'>,
  { accounts = [] }: Pick<LearnerFacts, 'accounts'>,
): bigint {
  const own = accounts.filter(({ account }) => account === cap.account);
  return sum(
    own.map(({ counted }) =>
      cap.counts === 'credits'
        ? readCredits(counted)
        : BigInt(/^\d{1,9}$/.test(counted) ? counted : 0),
    ),
  );
}

/** Every lot a candidate may use up. */
export function lotsOfCandidate({ binding }: Candidate): Lot[] {
  return [...binding.lots, ...(binding.pool?.members ?? [])];
}

/** What a choice fills and nothing else may fill again: its courses, and the offer of its sum. */
function onceOf({ group }: Candidate, { parts }: Choice): string[] {
  const courses = parts.flatMap(({ grant }) =>
    grant.course ? [`course ${grant.course.code}`] : [],
  );
  return group === null ? courses : [...courses, group];
}

function toNumber(value: bigint): number {
  assert(value <= BigInt(Number.MAX_SAFE_INTEGER), 'an amount is a safe integer');
  return Number(value);
}
