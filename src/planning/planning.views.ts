import type { Addition, Earliest, Gap, Objective, Plan, Planning, WhatIf } from '#libs/planner';
import type { CompiledRulebook, DecisionNames, Grant, LearnerFacts } from '#libs/rules';
import {
  type DecisionDto,
  type GrantDto,
  type NamedLot,
  toDecisionDto,
} from '../conversions/index.js';
import type { Offer } from './offers.js';
import type {
  EarliestDto,
  GapDto,
  GoalDto,
  PlanDto,
  PlannedOutcomeDto,
  PlanOutcomeDto,
  PlansDto,
  WhatIfDto,
} from './planning.dto.js';

/** What was asked, and what is known of the learner. */
export interface Asked {
  readonly learnerId: string;
  readonly programme: string;
  readonly on: string;
  readonly compiled: CompiledRulebook;
  readonly facts: LearnerFacts;
  /** What a decision names by code. */
  readonly names: DecisionNames;
  readonly outcomes: readonly (NamedLot & {
    readonly definition: { readonly code: string };
    readonly state: string;
  })[];
}

export function toGapDto(asked: Asked, { award, missing, decision }: Gap): GapDto {
  const told = toDecisionDto(decision, asked.outcomes, asked.names);
  const names = new Set(missing.map(({ requirement }) => requirement));
  return {
    ...goalOf(asked),
    award,
    missing: told.requirements.filter(({ requirement }) => names.has(requirement)),
    changes: told.missing,
    decision: told,
  };
}

export function toWhatIfDto(asked: Asked, offers: readonly Offer[], answer: WhatIf): WhatIfDto {
  const { present, imagined, difference, lots } = answer;
  const named = offers.map(({ definition }, at): NamedLot => {
    return { outcome: { lotId: lots[at] ?? '' }, definition };
  });
  const before = toDecisionDto(present, asked.outcomes, asked.names);
  const after = toDecisionDto(imagined, [...asked.outcomes, ...named], asked.names);
  return {
    ...goalOf(asked),
    outcomes: offers.map(({ addition }, at) => toPlannedDto(addition, lots[at] ?? '', offers)),
    difference: {
      credits: difference.credits,
      gained: grantsOf(difference.gained, { all: imagined.granted, told: after }),
      lost: grantsOf(difference.lost, { all: present.granted, told: before }),
      newlyMet: [...difference.newlyMet],
      noLongerMet: [...difference.noLongerMet],
    },
    imagined: after,
  };
}

export function toPlansDto(
  asked: Asked,
  { offers, objective }: { readonly offers: readonly Offer[]; readonly objective: Objective },
  { plans, proven, bound, unpriced }: Planning,
): PlansDto {
  return {
    ...goalOf(asked),
    objective,
    plans: plans.map((plan) => toPlanDto(plan, offers)),
    proven,
    bound,
    unpriced: unpriced.flatMap((at) => offers[at]?.definition.code ?? []),
  };
}

export function toEarliestDto(
  asked: Asked,
  offers: readonly Offer[],
  { date, notBefore, graduation, additions, schedule, proven }: Earliest,
): EarliestDto {
  return {
    ...goalOf(asked),
    date,
    notBefore,
    graduation,
    outcomes: additions.map(({ addition, lot, completed, period }) => {
      return { ...toPlannedDto(addition, lot, offers), completed, period };
    }),
    schedule: schedule.map(({ period, credits }) => ({ period, credits })),
    proven,
  };
}

function goalOf({ learnerId, programme, on, facts }: Asked): GoalDto {
  return { learnerId, programme, on, graduates: facts.graduates ?? null, binding: false };
}

function toPlanDto({ cost, additions, proven }: Plan, offers: readonly Offer[]): PlanDto {
  return {
    cost,
    outcomes: additions.map(({ addition, lot, fills, equivalents }): PlanOutcomeDto => ({
      ...toPlannedDto(addition, lot, offers),
      fills: fills.map((fill) => ({ ...fill, requirements: [...fill.requirements] })),
      equivalents: equivalents.map(({ outcome }) => outcome),
    })),
    proven,
  };
}

function toPlannedDto(
  addition: Addition,
  lot: string,
  offers: readonly Offer[],
): PlannedOutcomeDto {
  const { outcome: code, title, issuer: institution, credits } = addition;
  const offer = offers.find((each) => each.addition === addition);
  const named = offer?.definition.title ?? { zh: title, en: title };
  return { code, title: named, institution, credits, lot };
}

/** Grants with their words, which stand in the decision they come from. */
function grantsOf(
  grants: readonly Grant[],
  { all, told }: { readonly all: readonly Grant[]; readonly told: DecisionDto },
): GrantDto[] {
  return grants.flatMap((grant) => told.granted[all.indexOf(grant)] ?? []);
}
