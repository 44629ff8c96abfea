import type { Text } from '#libs/problems';

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
