import type { Text } from '#libs/problems';
import type { ScorePartsDocument } from '#libs/schemes';

/** The plan of a year around a published rulebook for an admission. It never changes. */
export interface Scheme {
  readonly id: string;
  /** What addresses call it: `CQ-2027-BACHELOR`. */
  readonly code: string;
  /** The target of the rulebook. */
  readonly programme: string;
  readonly year: number;
  readonly title: Text;
  /** The version of the rules by which everybody of the year is judged, 64 hex digits. */
  readonly ruleHash: string;
  /** Rules any one of which makes eligible; empty: every rule does. */
  readonly rules: readonly string[];
  /** How parts add up to a total; null where the rules alone give a score, or none. */
  readonly scoring: ScorePartsDocument | null;
  readonly scoringHash: string | null;
  /** Days, `yyyy-mm-dd`, the last included. */
  readonly opensOn: string;
  readonly closesOn: string;
  /** The last day on which evidence may have been completed. */
  readonly evidenceUntil: string;
  /** Who published it. */
  readonly institutionId: string;
  readonly publishedAt: Date;
}

export type SchemeState = 'upcoming' | 'open' | 'closed';

export function stateOf({ opensOn, closesOn }: Scheme, today: string): SchemeState {
  if (today < opensOn) return 'upcoming';
  return today > closesOn ? 'closed' : 'open';
}

/** The day for which learners are looked at: today, within the days of the scheme. */
export function dayOf({ opensOn, closesOn }: Scheme, today: string): string {
  if (today < opensOn) return opensOn;
  return today > closesOn ? closesOn : today;
}

/** Places of one school in one major. */
export interface Place {
  readonly id: string;
  readonly schemeId: string;
  /** The school that takes people and decides whom. */
  readonly institutionId: string;
  readonly major: string;
  readonly title: Text;
  readonly places: number;
  /** Never more than there are places. */
  readonly admitted: number;
}

export type CandidacyState = 'applied' | 'admitted' | 'declined' | 'withdrawn';

export type CandidacyAction = 'apply' | 'withdraw' | 'admit' | 'decline' | 'reopen';

/** Why the school decided as it did, or took a decision back. */
export const REASONS = [
  'places-full',
  'score-too-low',
  'not-eligible',
  'requirements-of-the-school',
  'mistake',
  'learner-gone',
] as const;

export type Reason = (typeof REASONS)[number];

/** Where each action leads, and from where it may be taken. */
const STEPS: Readonly<
  Record<CandidacyAction, { from: readonly CandidacyState[]; to: CandidacyState }>
> = {
  apply: { from: [], to: 'applied' },
  withdraw: { from: ['applied', 'admitted'], to: 'withdrawn' },
  admit: { from: ['applied'], to: 'admitted' },
  decline: { from: ['applied'], to: 'declined' },
  reopen: { from: ['admitted', 'declined'], to: 'applied' },
};

export function isAllowed(state: CandidacyState, action: CandidacyAction): boolean {
  return STEPS[action].from.includes(state);
}

export function stateAfter(action: CandidacyAction): CandidacyState {
  return STEPS[action].to;
}

/** Somebody who applied for one place of a scheme. */
export interface Candidacy {
  readonly id: string;
  readonly learnerId: string;
  readonly schemeId: string;
  readonly placeId: string;
  readonly institutionId: string;
  readonly round: number;
  /** Of what the rules said when the learner applied; null once the person was erased. */
  readonly decisionHash: string | null;
  /** The rules that made eligible then. */
  readonly rules: readonly string[];
  readonly createdAt: Date;
  readonly state: CandidacyState;
  readonly reason: Reason | null;
  /** Of an admission: whether the rules called the learner eligible at that moment. */
  readonly proven: boolean | null;
  readonly changedAt: Date;
}

export interface CandidacyEvent {
  readonly action: CandidacyAction;
  readonly reason: Reason | null;
  readonly proven: boolean | null;
  readonly actor: string;
  readonly institutionId: string | null;
  readonly at: Date;
}
