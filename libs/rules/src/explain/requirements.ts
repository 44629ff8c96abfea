import { formatCredits } from '#libs/credit';
import { type Period, periodsOf } from '../learner/calendar.js';
import { sum } from '../judge/candidate.js';
import type { CompiledRequirement, CompiledRulebook } from '../compile/compiled.js';
import { countedOf } from '../allocate/contend.js';
import { readCredits } from '../credits.js';
import { isCounted } from '../allocate/counting.js';
import type { Calendar } from '../document/rulebook.js';
import type {
  Change,
  Decision,
  Grant,
  LearnerFacts,
  Missing,
  PriorGrant,
  RequirementState,
} from '../types.js';

/** How far each requirement of an award is met by what was granted so far. */
export function requirementStates(
  { requirements, rulebook: { calendar } }: CompiledRulebook,
  grants: readonly PriorGrant[],
  facts: LearnerFacts,
): RequirementState[] {
  return requirements.map((of) => requirementState(of, grants, { facts, calendar }));
}

function requirementState(
  { requirement, neededMillicredits: needed }: CompiledRequirement,
  grants: readonly PriorGrant[],
  { facts, calendar }: { facts: LearnerFacts; calendar: Calendar | undefined },
): RequirementState {
  const counted = grants.filter((grant) => isCounted(requirement.of, countedOf(grant, facts)));
  const have = haveOf(counted, requirement.per, calendar);
  const short = have < needed ? needed - have : 0n;
  return {
    requirement: requirement.id,
    title: requirement.title,
    basis: requirement.basis,
    needed: formatCredits(needed),
    have: formatCredits(have),
    short: formatCredits(short),
    met: short === 0n,
  };
}

/** Credit of all that counts, or of the period with the least where each has to reach it. */
function haveOf(
  counted: readonly PriorGrant[],
  per: Period | undefined,
  calendar: Calendar | undefined,
): bigint {
  if (per === undefined) return creditOf(counted);
  const totals = [...totalsOf(counted, per, calendar).values()];
  return totals.reduce((least, total) => (total < least ? total : least), totals[0] ?? 0n);
}

/** Credit of each period in which something counts. */
function totalsOf(
  counted: readonly PriorGrant[],
  per: Period,
  calendar: Calendar | undefined,
): Map<string, bigint> {
  const periods = counted.map((grant) => periodsOf(calendar, per, grant.completed ?? []));
  return new Map(
    [...new Set(periods.flat())].map((period) => [
      period,
      creditOf(counted.filter((_, index) => periods[index]?.includes(period))),
    ]),
  );
}

function creditOf(grants: readonly PriorGrant[]): bigint {
  return sum(grants.map(({ credits }) => readCredits(credits)));
}

/**
 * The credit that each requirement lacks, in every period that lacks some: all of it recognised, and
 * counted for the requirement, meets it.
 */
export function missingCredits(
  { requirements, rulebook: { calendar } }: CompiledRulebook,
  grants: readonly PriorGrant[],
  facts: LearnerFacts,
): Missing[] {
  return requirements.flatMap(({ requirement, neededMillicredits: needed }) => {
    const { id, title, of, per } = requirement;
    const counted = grants.filter((grant) => isCounted(of, countedOf(grant, facts)));
    const totals = per === undefined ? [] : [...totalsOf(counted, per, calendar)];
    const whole = [[null, haveOf(counted, per, calendar)] as const];
    const parts = totals.length > 0 ? totals : whole;
    const changes = parts
      .filter(([, have]) => have < needed)
      .map(([period, have]) => shortOf(needed - have, have, period));
    return changes.length > 0 ? [{ rule: null, requirement: id, title, changes }] : [];
  });
}

function shortOf(short: bigint, have: bigint, period: string | null): Change {
  const wanted = `+ ${formatCredits(short)}`;
  const change = {
    kind: 'credits',
    lot: null,
    outcomes: [],
    wanted,
    read: formatCredits(have),
  } as const;
  return period === null ? change : { ...change, period };
}

export function awardOf(requirements: readonly RequirementState[]): Decision['award'] {
  if (requirements.length === 0) return 'none';
  return requirements.every(({ met }) => met) ? 'met' : 'not-met';
}

/** Rights that open with the credit recognised so far, unless an earlier decision opened them. */
export function rightsOf(
  { rights, rulebook: { calendar } }: CompiledRulebook,
  grants: readonly PriorGrant[],
  facts: LearnerFacts,
): Grant[] {
  return rights
    .filter((right) => requirementState(right, grants, { facts, calendar }).met)
    .filter(({ requirement }) => grants.every(({ rule }) => rule !== requirement.id))
    .map(({ requirement }) => ({
      rule: requirement.id,
      ruleTitle: requirement.title,
      basis: requirement.basis,
      effect: 'right',
      course: null,
      courseTitle: null,
      elective: null,
      category: null,
      credits: '0',
      value: requirement.id,
      uses: [],
      lots: [],
      sources: [],
      issuers: [],
      remainder: 'keep',
      grade: null,
    }));
}
