import type { InstitutionKind } from '../institution.js';
import type { Text } from '#libs/problems';

export const REQUEST_STATES = ['waiting', 'accepted', 'refused'] as const;

export type RequestState = (typeof REQUEST_STATES)[number];

/** A stranger's request to become an institution of the bank. */
export interface InstitutionRequest {
  readonly id: string;
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly name: Text;
  readonly region: string;
  /** An office and how to reach it; no person. */
  readonly contact: string;
  /** What it wants to do here, in its own words. */
  readonly purpose: string;
  readonly state: RequestState;
  /** Why it was refused. */
  readonly reason: string | null;
  /** The institution that came of it. */
  readonly institutionId: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}
