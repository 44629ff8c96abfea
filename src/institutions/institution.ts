import type { Text } from '#libs/problems';
import type { Role } from '../platform/auth/index.js';

/** What an institution does in the district; it decides nothing by itself, roles do. */
export const INSTITUTION_KINDS = [
  'school',
  'issuer',
  'community-college',
  'senior-university',
  'open-university',
  'admissions-office',
  'authority',
] as const;

export type InstitutionKind = (typeof INSTITUTION_KINDS)[number];

/** A tenant: a school, an issuer, an admissions office or the authority. */
export interface Institution {
  readonly id: string;
  /** Short, stable, public: `SPB-VS-01`. */
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly name: Text;
  readonly region: string;
  /** Keys and accounts of a suspended institution are refused. */
  readonly status: 'active' | 'suspended';
}

export interface NewInstitution {
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly name: Text;
  readonly region: string;
}

export interface NewApiKey {
  readonly institutionId: string;
  readonly roles: readonly Role[];
  /** What the key is for; shown to the institution and written as the actor's name. */
  readonly label: string;
  /** One year from now when not given. */
  readonly expiresAt?: Date;
}

/** The only moment at which the whole key exists: show it once, store it nowhere. */
export interface IssuedApiKey {
  readonly id: string;
  /** `cb_<prefix>_<secret>` */
  readonly key: string;
}

/** A password that is already hashed, for many demonstration accounts with one public password. */
export interface PasswordHash {
  readonly hash: string;
}

export interface NewAccount {
  /** Stored in lower case; signing in ignores case. */
  readonly signInName: string;
  readonly password: string | PasswordHash;
  /** Of a member of staff. A learner's account keeps none: a learner's name is stored sealed only. */
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly institutionId?: string | null;
  readonly learnerId?: string | null;
}
