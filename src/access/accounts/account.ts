import type { Role } from '../../platform/auth/index.js';

/** A password that is already hashed, for many demonstration accounts with one public password. */
export interface PasswordHash {
  readonly hash: string;
}

export interface NewAccount {
  /** Stored in lower case; signing in ignores case. */
  readonly signInName: string;
  /** Null for who will sign in through a provider or by passkey only. */
  readonly password: string | PasswordHash | null;
  /** Of a member of staff. A learner's account keeps none: a learner's name is stored sealed only. */
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly institutionId?: string | null;
  readonly learnerId?: string | null;
}

/** An account as stored. */
export interface StoredAccount {
  readonly id: string;
  readonly signInName: string;
  readonly passwordHash: string | null;
  /** Until when a password that somebody else made signs in; null for one of the owner's own. */
  readonly passwordUntil: Date | null;
  readonly displayName: string;
  readonly roles: Role[];
  readonly institutionId: string | null;
  readonly learnerId: string | null;
  /** All accounts of the learner, the surviving one first; null for who has one. */
  readonly selves?: readonly string[] | null;
}

/** An account of an institution, as its managers see it. */
export interface Member {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly createdAt: Date;
  /** Since when it cannot sign in; null while it can. */
  readonly disabledAt: Date | null;
  /** To the minute; null for who never signed in. */
  readonly lastSeenAt: Date | null;
}
