import type { Text } from '#libs/problems';
import type { DecisionDto, MissingDto } from '../conversions/index.js';

export type AnswerStatus = 'matched' | 'not-matched' | 'not-checked';

/** What an office is told; `not-checked` says nothing else, whatever the cause. */
export const STATUS_TEXTS: Readonly<Record<AnswerStatus, Text>> = {
  matched: {
    zh: '匹配：规则认可该学习者的成果',
    en: 'Matched: the rules recognise outcomes of this learner',
  },
  'not-matched': {
    zh: '不匹配：按所列规则，目前没有可认可的成果；可向学校查询',
    en: 'Not matched: by these rules nothing is recognised now; ask the school if that looks wrong',
  },
  'not-checked': {
    zh: '未核对：没有可供核对的授权记录',
    en: 'Not checked: there is no record that may be checked for you',
  },
};

export interface School {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export type ClauseVerdict = 'granted' | 'refused' | 'pending';

/** One rule, what it said, and why. */
export interface Clause {
  readonly verdict: ClauseVerdict;
  readonly rule: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  /** Given by it; null where it gives nothing. */
  readonly credits: string | null;
  readonly course: string | null;
  readonly text: Text;
}

/** What the rules say of one learner, ready to be shown. */
export interface CheckedAnswer {
  readonly id: string;
  readonly status: 'matched' | 'not-matched';
  readonly programme: string;
  readonly programmeTitle: Text;
  readonly on: string;
  readonly checkedAt: string;
  /** Credits that the rules would give now, and that were booked for the programme before. */
  readonly credits: { readonly grantable: string; readonly booked: string };
  readonly award: DecisionDto['award'];
  readonly rulebook: DecisionDto['rulebook'];
  readonly engine: string;
  readonly decisionHash: string;
  readonly clauses: readonly Clause[];
  /** The change that is nearest to getting more; null when nothing is missing. */
  readonly missing: MissingDto | null;
  /** Institutions whose outcomes it rests on: they can be asked. */
  readonly schools: readonly School[];
}

/** A checked answer, or null: nothing that may be checked. */
export type Answer = CheckedAnswer | null;

/** Matched as soon as the rules give anything, or have given something that is booked. */
export function statusOf(
  decision: Pick<DecisionDto, 'granted'>,
  bookings: number,
): CheckedAnswer['status'] {
  return decision.granted.length > 0 || bookings > 0 ? 'matched' : 'not-matched';
}

/** Every rule that had something to say, in the order of the decision. */
export function clausesOf(decision: DecisionDto): Clause[] {
  return [
    ...decision.granted.map((grant): Clause => ({
      verdict: 'granted',
      rule: grant.rule,
      title: grant.ruleTitle,
      basis: grant.basis,
      code: grant.effect,
      params: {},
      credits: grant.credits,
      course: grant.course,
      text: grant.text,
    })),
    ...decision.refused.map((refused): Clause => ({
      verdict: 'refused',
      rule: refused.rule,
      title: refused.ruleTitle,
      basis: refused.basis,
      code: refused.code,
      params: refused.params,
      credits: null,
      course: refused.targets[0]?.course ?? null,
      text: refused.text,
    })),
    ...decision.pending.map((pending): Clause => ({
      verdict: 'pending',
      rule: pending.rule,
      title: pending.ruleTitle,
      basis: pending.basis,
      code: pending.waitsFor[0]?.what ?? 'finding',
      params: {},
      credits: null,
      course: pending.targets[0]?.course ?? null,
      text: pending.text,
    })),
  ];
}

/** Of all changes that would help the one that asks least; rules before whole requirements. */
export function nearestOf(missing: readonly MissingDto[]): MissingDto | null {
  const [nearest = null] = missing.toSorted(
    (a, b) =>
      a.changes.length - b.changes.length || Number(a.rule === null) - Number(b.rule === null),
  );
  return nearest;
}
