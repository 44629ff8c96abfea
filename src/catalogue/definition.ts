import type { Millicredits, PartialDate } from '#libs/credit';
import type { Milestone } from '#libs/indicators';
import type { OutcomeName } from '#libs/exchange';
import type { Problem, Text } from '#libs/problems';
import type { OutcomeForm } from '../institutions/index.js';

export const OUTCOME_KINDS = [
  'degree-course',
  'vocational-certificate',
  'community-course',
  'work-based',
  'pupil-record',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

export { OUTCOME_FORMS, type OutcomeForm } from '../institutions/index.js';

/** What conversion rules select and cap by. */
export const OUTCOME_SOURCES = [
  'course',
  'online-course',
  'certificate',
  'training',
  'outreach',
] as const;
export type OutcomeSource = (typeof OUTCOME_SOURCES)[number];

/** `owner`: only the institution itself posts it; `members`: any institution may register it. */
export const REGISTRATIONS = ['owner', 'members'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** Who organises a contest: 国赛, 市赛, 区赛. */
export const CONTEST_TIERS = ['national', 'municipal', 'district'] as const;
export type ContestTier = (typeof CONTEST_TIERS)[number];

/** A kind of credit, with the id that ledger rows carry. */
export interface Category {
  readonly id: number;
  readonly code: string;
  readonly title: Text;
}

/** An outcome that can be earned. Null means that the catalogue does not know or does not limit. */
export interface OutcomeDefinition {
  readonly id: string;
  readonly code: string;
  readonly kind: OutcomeKind;
  readonly form: OutcomeForm;
  readonly institution: { readonly id: string; readonly code: string; readonly name: Text };
  readonly title: Text;
  readonly aliases: readonly string[];
  readonly category: Category;
  readonly source: OutcomeSource;
  readonly credits: Millicredits | null;
  readonly minutes: bigint | null;
  readonly levelScale: string | null;
  readonly level: string | null;
  readonly gradeScale: string | null;
  readonly passGrade: string | null;
  readonly minAttendancePercent: number | null;
  readonly shelfLifeMonths: number | null;
  readonly registration: Registration;
  /** First and last day of completion that is accepted, `yyyy-MM-dd`. */
  readonly openFrom: string | null;
  readonly openTo: string | null;
  /** The step in a life that it marks, for the indicators; null for what is just learned. */
  readonly milestone?: Milestone | null;
  /** Of an apprenticeship: the code of the part that the enterprise posts; both are needed. */
  readonly counterpart?: string | null;
  /** Of a contest. */
  readonly contestTier?: ContestTier | null;
}

/** A definition to be created; the institution and the category are named by code. */
export interface NewOutcomeDefinition {
  readonly code: string;
  readonly kind: OutcomeKind;
  readonly form: OutcomeForm;
  readonly institutionCode: string;
  readonly title: Text;
  readonly aliases?: readonly string[];
  readonly categoryCode: string;
  readonly source: OutcomeSource;
  readonly credits?: Millicredits | null;
  readonly minutes?: bigint | null;
  readonly levelScale?: string | null;
  readonly level?: string | null;
  readonly gradeScale?: string | null;
  readonly passGrade?: string | null;
  readonly minAttendancePercent?: number | null;
  readonly shelfLifeMonths?: number | null;
  readonly registration?: Registration;
  readonly openFrom?: string | null;
  readonly openTo?: string | null;
  readonly milestone?: Milestone | null;
  readonly counterpart?: string | null;
  readonly contestTier?: ContestTier | null;
}

export type MatchedOutcome =
  | { readonly ok: true; readonly definition: OutcomeDefinition }
  | { readonly ok: false; readonly problem: Problem };

/** The whole catalogue in memory, at one revision. Look-ups cost no query. */
export interface CatalogueMatcher {
  /** Every definition, in no particular order. */
  all(): readonly OutcomeDefinition[];
  byId(id: string): OutcomeDefinition | undefined;
  /** Refuses with `unknown-outcome`. */
  byCode(code: string): MatchedOutcome;
  /** Exactly one definition, or `unknown-outcome` with the nearest title, or `ambiguous-outcome`. */
  byTitle(name: OutcomeName): MatchedOutcome;
  /**
   * Why the institution may not post this completion, or null when it may:
   * `outcome-of-another-institution` or `outcome-closed`.
   */
  mayPost(
    definition: OutcomeDefinition,
    institutionId: string,
    completedOn: PartialDate,
  ): Problem | null;
  /**
   * Why the institution may not post this outcome at all on a day, or null when it may:
   * `posting-suspended`, `outcome-form-not-awarded`, `outcome-form-not-registered`.
   */
  mayAward(definition: OutcomeDefinition, institutionId: string, today: string): Problem | null;
}
