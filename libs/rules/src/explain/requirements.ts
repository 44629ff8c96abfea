import { formatCredits } from '#libs/credit';
import { type Period, periodsOf } from '../learner/calendar.js';
import { sum } from '../judge/candidate.js';
import type { CompiledRequirement, CompiledRulebook } from '../compile/compiled.js';
import { countedOf, readCredits } from '../allocate/contend.js';
import { isCounted } from '../allocate/counting.js';
import type { Calendar } from '../document/rulebook.js';
import type { Decision, Grant, LearnerFacts, PriorGrant, RequirementState } from '../types.js';

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
  const credit = (grants: readonly PriorGrant[]): bigint =>
    sum(grants.map(({ credits }) => readCredits(credits)));
  if (per === undefined) return credit(counted);
  const periods = counted.map((grant) => periodsOf(calendar, per, grant.completed ?? []));
  const totals = [...new Set(periods.flat())].map((period) =>
    credit(counted.filter((_, index) => periods[index]?.includes(period))),
  );
  return totals.reduce((least, total) => (total < least ? total : least), totals[0] ?? 0n);
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
