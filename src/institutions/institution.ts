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
  'enterprise',
  'contest-organiser',
  'overseas-partner',
  'pupil-school',
] as const;

export type InstitutionKind = (typeof INSTITUTION_KINDS)[number];

/** Where it stands in the bank: 中心, 分中心 under one, 成员单位 under either (field.md CN7). */
export const TIERS = ['centre', 'sub-centre', 'member-unit'] as const;

export type Tier = (typeof TIERS)[number];

/** What an outcome is: the unit in which rights to award and to register are given. */
export const OUTCOME_FORMS = [
  'course',
  'online-course',
  'x-certificate',
  'skill-level-certificate',
  'vocational-qualification',
  'specialised-ability',
  'training',
  'lecture',
  'apprenticeship',
  'enterprise-practice',
  'job',
  'contest',
  'labour-education',
  'vocational-enlightenment',
] as const;

export type OutcomeForm = (typeof OUTCOME_FORMS)[number];

/** What demerits have come to (R49), from the mildest. */
export const PENALTIES = ['may-not-apply', 'suspended', 'withdrawn'] as const;

export type Penalty = (typeof PENALTIES)[number];

/** A span of days on which demerits have a consequence. */
export interface PenaltySpan {
  /** Code of the outcome that it is about; null for everything of the institution. */
  readonly outcome: string | null;
  readonly penalty: Penalty;
  readonly points: number;
  /** First and last day, `yyyy-mm-dd`; null while no entry ends it. */
  readonly from: string;
  readonly to: string | null;
}

/** What was laid down for one institution; null: what its kind may. */
export interface InstitutionRights {
  /** Forms of outcomes that it gives itself. */
  readonly awards: readonly OutcomeForm[] | null;
  /** Forms of outcomes of others that it may register. */
  readonly registers: readonly OutcomeForm[] | null;
  /** Codes of the programmes for which it decides; null: all that rules give to it. */
  readonly recognises: readonly string[] | null;
}

/** A tenant: a school, an issuer, an admissions office or the authority. */
export interface Institution extends InstitutionRights {
  readonly id: string;
  /** Short, stable, public: `SPB-VS-01`. */
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly tier: Tier;
  /** Id of the centre or sub-centre to which it belongs. */
  readonly parentId: string | null;
  readonly name: Text;
  readonly region: string;
  /** Keys and accounts of a suspended institution are refused. */
  readonly status: 'active' | 'suspended';
  readonly standings: readonly PenaltySpan[];
}

export interface NewInstitution extends Partial<InstitutionRights> {
  readonly code: string;
  readonly kind: InstitutionKind;
  /** Left out: an authority is a centre, everybody else a member unit. */
  readonly tier?: Tier;
  readonly parentId?: string | null;
  readonly name: Text;
  readonly region: string;
}
