import {
  type CompiledRulebook,
  type Decision,
  evaluate,
  type LearnerFacts,
  type RequirementState,
} from '#libs/rules';

/** What is missing for the award of a programme. */
export interface Gap {
  /** `none` when the programme asks for nothing, so that there is nothing to miss. */
  readonly award: Decision['award'];
  /** Unmet requirements in the order of the document, each with its clause (`basis`). */
  readonly missing: readonly RequirementState[];
  /** What the gap was read from. */
  readonly decision: Decision;
}

/**
 * Which requirements of the award are not met, what each needs, has and lacks, and on which clause
 * it rests. Read from the decision of the day, so it says what that decision says. One credit can
 * count for several requirements: what they lack must not be added up.
 *
 * @param on the day the rules and facts are read for, `yyyy-MM-dd`
 */
export function gap(rulebook: CompiledRulebook, facts: LearnerFacts, on: string): Gap {
  const decision = evaluate(rulebook, facts, on);
  return {
    award: decision.award,
    missing: decision.requirements.filter(({ met }) => !met),
    decision,
  };
}
