import type { Millicredits, PartialDate } from '#libs/credit';
import type { IdentityDocument } from '#libs/identity';

/** A person as an outside source names one. `name` is null when the source carries no name. */
export interface DraftPerson {
  readonly name: string | null;
  readonly document: IdentityDocument;
  /**
   * The keyed index of the document as latin1 text. Present only when name and number are in their
   * stored form already, so that nobody has to bring them into it again.
   */
  readonly index?: string;
}

/** An outcome as an exchange file names it when it has no code of our catalogue. */
export interface OutcomeName {
  readonly title: string;
  readonly institutionName: string | null;
  readonly level: string | null;
}

/** A course that a certificate freed its holder from. It earns no credit of its own. */
export interface DraftExemption {
  readonly courseCode: string | null;
  readonly courseTitle: string | null;
  readonly credits: Millicredits | null;
  readonly decidedOn: PartialDate | null;
}

/**
 * One completion as a school states it, before the catalogue and the learner are looked up.
 * Every way in (one JSON call, every kind of file) produces this shape and nothing else.
 * Null means that the source does not know; no field has a default.
 */
export interface CompletionDraft {
  /** The school's own key. With the institution it is the identity of the outcome, for ever. */
  readonly externalId: string;
  /** What the external id stands for in the books, when that has been worked out already. */
  readonly lotId?: string;
  readonly person: DraftPerson | { readonly learnerId: string };
  readonly outcome: { readonly code: string } | OutcomeName;
  /** First day of attendance, `yyyy-MM-dd`; few sources say it. */
  readonly startedOn?: string | null;
  readonly completedOn: PartialDate;
  readonly grade: string | null;
  readonly level: string | null;
  readonly minutes: bigint | null;
  /** Null: the catalogue's value is deposited; if that is unknown too, nothing is. */
  readonly credits: Millicredits | null;
  /** Percent as a decimal string, `"80"` or `"92.5"`. */
  readonly attendancePercent: string | null;
  readonly exemptions: readonly DraftExemption[];
  readonly note: string | null;
  /** Under which circumstances it was learned, as `formatCircumstances` of `#libs/indicators` writes. */
  readonly circumstances?: string | null;
}
