import type { Source } from '#libs/rules';

/**
 * An outcome the learner does not have yet, as the catalogue describes it and with the grade to
 * assume. `null` means unknown or absent and never stands for a default.
 */
export interface Addition {
  /** Code in the outcome catalogue. */
  readonly outcome: string;
  readonly title: string;
  readonly source: Source;
  readonly kind: string;
  readonly category: string;
  /** Code of the institution that offers it. */
  readonly issuer: string;
  /** What it is worth, in credits. */
  readonly credits: string | null;
  /** Hours of learning, a decimal. */
  readonly hours: string | null;
  /** Whole months from the start to the day of completion. */
  readonly months: number;
  /** Grade to assume, and the scale it stands on. */
  readonly grade: string | null;
  readonly gradeScale?: string | null;
  readonly passGrade?: string | null;
  readonly level?: string | null;
  readonly levelScale?: string | null;
  readonly attendancePercent?: string | null;
}
