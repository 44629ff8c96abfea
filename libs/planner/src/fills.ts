import type { Text } from '#libs/problems';
import {
  type CompiledRulebook,
  countedOf,
  type Decision,
  isCounted,
  type LearnerFacts,
} from '#libs/rules';

/** One thing that an outcome is used for, with the clause each part of it rests on. */
export interface Fill {
  readonly rule: string;
  readonly ruleTitle: Text;
  readonly basis: string | null;
  readonly course: string | null;
  readonly elective: string | null;
  readonly category: string | null;
  /** Of the whole grant, which other outcomes may share. */
  readonly credits: string;
  /** Requirements of the award for which it counts. */
  readonly requirements: readonly {
    readonly requirement: string;
    readonly title: Text;
    readonly basis: string | null;
  }[];
}

/** What a decision takes a lot for. */
export function fillsOf(
  { requirements }: CompiledRulebook,
  { granted }: Decision,
  facts: LearnerFacts,
  lot: string,
): Fill[] {
  return granted
    .filter(({ lots }) => lots.includes(lot))
    .map((grant) => ({
      rule: grant.rule,
      ruleTitle: grant.ruleTitle,
      basis: grant.basis,
      course: grant.course,
      elective: grant.elective,
      category: grant.category,
      credits: grant.credits,
      requirements: requirements
        .filter(({ requirement: { of } }) => isCounted(of, countedOf(grant, facts)))
        .map(({ requirement: { id, title, basis } }) => ({ requirement: id, title, basis })),
    }));
}
