import { firstDay, lastDay, parsePartialDate, type PartialDate } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { Decision, LearnerFacts, OutcomeFact } from '#libs/rules';

/** Why an outcome is no evidence under a scheme. */
export type Exclusion = 'after-cut-off' | 'date-too-vague';

export interface Excluded {
  readonly lot: string;
  readonly why: Exclusion;
}

/**
 * The facts without what was completed after the last day of evidence. A date that is known to the
 * month or year only, and may lie on either side, proves nothing: it is left out and named.
 *
 * @param until `yyyy-mm-dd`, included
 */
export function factsUntil(
  facts: LearnerFacts,
  until: string,
): { facts: LearnerFacts; excluded: readonly Excluded[] } {
  const excluded: Excluded[] = [];
  const outcomes = facts.outcomes.filter(({ lot, completed }) => {
    const why = whyNot(completed, until);
    if (why) excluded.push({ lot, why });
    return why === null;
  });
  return { facts: { ...facts, outcomes }, excluded };
}

function whyNot(completed: string, until: string): Exclusion | null {
  const date = parsePartialDate(completed);
  if (date === undefined) return 'date-too-vague';
  return isBeyond(date, until);
}

function isBeyond(date: PartialDate, until: string): Exclusion | null {
  if (firstDay(date) > until) return 'after-cut-off';
  return lastDay(date) > until ? 'date-too-vague' : null;
}

export type EligibilityStatus = 'eligible' | 'waiting' | 'not-eligible';

/** What is said to people; the code is for machines. */
export const STATUS_TEXTS: Readonly<Record<EligibilityStatus, Text>> = {
  eligible: {
    zh: '符合条件：凭下列已入账的成果可以报考',
    en: 'Eligible: the outcomes below, which stand in the ledger, open the way',
  },
  waiting: {
    zh: '暂不能判定：有成果缺少需要核实的信息',
    en: 'Cannot be said yet: something about an outcome is still to be found out',
  },
  'not-eligible': {
    zh: '目前不符合条件：见每一条的说明和还缺什么',
    en: 'Not eligible now: see each clause, and what is missing',
  },
};

/** Whether a rule of the document opens the way under the scheme. */
export function isEntitling(rules: readonly string[], rule: string): boolean {
  return rules.length === 0 || rules.includes(rule);
}

/** @param rules those any one of which makes eligible; empty: every rule does */
export function statusOf(
  decision: Pick<Decision, 'granted' | 'pending'>,
  rules: readonly string[],
): EligibilityStatus {
  if (decision.granted.some(({ rule }) => isEntitling(rules, rule))) return 'eligible';
  return decision.pending.some(({ rule }) => isEntitling(rules, rule)) ? 'waiting' : 'not-eligible';
}

/** The rules that make eligible, each once, in the order of the decision. */
export function entitledBy(
  decision: Pick<Decision, 'granted'>,
  rules: readonly string[],
): readonly string[] {
  const granted = decision.granted.map(({ rule }) => rule);
  return [...new Set(granted)].filter((rule) => isEntitling(rules, rule));
}

/** Every lot that something granted rests on, each once. */
export function evidenceOf({ granted }: Pick<Decision, 'granted'>): readonly string[] {
  return [...new Set(granted.flatMap(({ lots }) => lots))];
}

/** Outcomes that can stand as evidence now. */
export function isStanding({ state }: OutcomeFact): boolean {
  return state !== 'revoked' && state !== 'failed' && state !== 'expired';
}
