import type { IdentityDocument, IdentityKind } from '#libs/identity';
import type { Problem } from '#libs/problems';

/**
 * A person as a posting names one: by document (a name may be missing), or by the id of a learner
 * whom the institution already has on its roster.
 */
export type PersonRef =
  | {
      readonly name: string | null;
      readonly document: IdentityDocument;
      /**
       * The blind index of the document as latin1 text: given when name and number are in their
       * stored form already.
       */
      readonly index?: string;
    }
  | { readonly learnerId: string };

/** The learner of one {@link PersonRef}, or why there is none. */
export type ResolvedPerson =
  | {
      readonly ok: true;
      readonly learnerId: string;
      readonly bucket: number;
      /** True when this call opened the account. */
      readonly created: boolean;
      /** All accounts of the person, the surviving one first; absent for who has one. */
      readonly selves?: readonly string[];
    }
  | { readonly ok: false; readonly problem: Problem };

/** What {@link ResolvedPerson} would be; `learnerId` is null when an account would be opened. */
export type LookedUpPerson =
  | { readonly ok: true; readonly learnerId: string | null; readonly selves?: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

/** What a learner's account shows to the learner and to the schools that teach the learner. */
export interface LearnerProfile {
  readonly id: string;
  /** Null when no source has stated it yet. */
  readonly name: string | null;
  readonly identities: readonly { readonly kind: IdentityKind; readonly masked: string }[];
  /** `yyyy-MM-dd` from the resident ID; null when no document proves it. */
  readonly birthDate: string | null;
}
