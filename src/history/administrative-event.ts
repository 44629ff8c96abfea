import type { Principal } from '../platform/auth/index.js';

/** Whoever makes a change; a person, a system, or a command of the operator. */
export type Actor = Pick<Principal, 'id' | 'name' | 'institutionId'> &
  Partial<Pick<Principal, 'learnerId'>>;

/** The service itself, for changes that its settings made. */
export const SERVICE: Actor = { id: 'service', name: 'service', institutionId: null };

/** A change of what people and systems may do, as the feature that made it describes it. */
export interface AdministrativeChange {
  /** On whose history it stands; null for the bank as a whole. */
  readonly institutionId: string | null;
  /** What was changed: a word like `api-key` and its id. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** What was done, in one word: `issued`, `revoked`, `suspended`. */
  readonly action: string;
  /** What it was and what it is now; null where there is nothing. Never a secret, never a hash. */
  readonly before?: object | null;
  readonly after?: object | null;
  /** Why, in the words of the actor. */
  readonly note?: string | null;
}

/** A change as it was written down. */
export interface AdministrativeEvent {
  readonly id: string;
  readonly institutionId: string | null;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly action: string;
  readonly actor: string;
  readonly actorName: string;
  readonly actorInstitutionId: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly note: string | null;
  readonly recordedAt: Date;
}
