import { formatCredits } from '#libs/credit';
import {
  canonicalJson,
  type CompiledRulebook,
  type Decision,
  evaluate,
  type Grant,
  type LearnerFacts,
} from '#libs/rules';
import { imaginedLots, outcomeOf, withOutcomes } from './additions.js';
import { millicreditsOf } from './amounts.js';
import type { Addition } from './types.js';

/** What would be decided if the learner had more outcomes. */
export interface WhatIf {
  /** Always false: it speaks of outcomes that nobody has, so it must never be booked. */
  readonly binding: false;
  readonly present: Decision;
  readonly imagined: Decision;
  /** Ids under which the additions stand in `imagined`, in the order they were given. */
  readonly lots: readonly string[];
  readonly difference: Difference;
}

export interface Difference {
  /** Credits more, a decimal; never negative as long as both decisions are proven. */
  readonly credits: string;
  /** Grants only the imagined decision has: those that rest on an addition, and those it moved. */
  readonly gained: readonly Grant[];
  /** Grants only the present decision has, since the credit is better used elsewhere. */
  readonly lost: readonly Grant[];
  /** Ids of requirements that become met. */
  readonly newlyMet: readonly string[];
  /** Ids that stop being met: the greatest credit is not always what the requirements want. */
  readonly noLongerMet: readonly string[];
}

/**
 * The decision as it would be with additional outcomes, each completed and deposited on the day, and
 * how it differs from the present one. The facts are not changed. A pure function of its arguments.
 *
 * @param on the day the rules and facts are read for, `yyyy-MM-dd`
 */
export function whatIf(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  additions: readonly Addition[],
  on: string,
): WhatIf {
  const lots = imaginedLots(facts, additions.length);
  const more = additions.map((addition, index) => outcomeOf(addition, lots[index] ?? '', on));
  const present = evaluate(rulebook, facts, on);
  const imagined = evaluate(rulebook, withOutcomes(facts, more), on);
  return { binding: false, present, imagined, lots, difference: differenceOf(present, imagined) };
}

function differenceOf(present: Decision, imagined: Decision): Difference {
  const more = millicreditsOf(imagined.credits) - millicreditsOf(present.credits);
  return {
    credits: more < 0n ? `-${formatCredits(-more)}` : formatCredits(more),
    gained: without(imagined.granted, present.granted),
    lost: without(present.granted, imagined.granted),
    newlyMet: without(metOf(imagined), metOf(present)),
    noLongerMet: without(metOf(present), metOf(imagined)),
  };
}

function metOf({ requirements }: Decision): string[] {
  return requirements.filter(({ met }) => met).map(({ requirement }) => requirement);
}

/** What is in the first list and not in the second; equal ones are told apart by their number. */
function without<T>(list: readonly T[], other: readonly T[]): T[] {
  const left = other.map(canonicalJson);
  return list.filter((each) => {
    const at = left.indexOf(canonicalJson(each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
