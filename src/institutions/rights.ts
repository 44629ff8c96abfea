import type { Problem } from '#libs/problems';
import type { Role } from '../platform/auth/index.js';
import {
  type Institution,
  type InstitutionKind,
  type OutcomeForm,
  PENALTIES,
  type Penalty,
  type PenaltySpan,
} from './institution.js';

const TAUGHT: readonly OutcomeForm[] = ['course', 'online-course', 'training', 'lecture'];
const CERTIFIED: readonly OutcomeForm[] = [
  'x-certificate',
  'skill-level-certificate',
  'vocational-qualification',
  'specialised-ability',
];

/** What an enterprise states about people who worked there; an apprenticeship takes a school too. */
const WORKED: readonly OutcomeForm[] = ['enterprise-practice', 'job', 'training', 'lecture'];
const OF_PUPILS: readonly OutcomeForm[] = ['labour-education', 'vocational-enlightenment'];

interface RightsOfKind {
  readonly awards: readonly OutcomeForm[];
  readonly registers: readonly OutcomeForm[];
  /** Roles that people of such an institution can have. */
  readonly roles: readonly Role[];
}

const SCHOOL: RightsOfKind = {
  awards: [...TAUGHT, 'apprenticeship'],
  registers: [...CERTIFIED, 'contest'],
  roles: ['manager', 'registrar', 'clerk', 'admissions', 'rule-author'],
};

/** What each kind may as long as nothing else was laid down for an institution. */
const RIGHTS_OF_KIND: Readonly<Record<InstitutionKind, RightsOfKind>> = {
  school: SCHOOL,
  'community-college': SCHOOL,
  'senior-university': SCHOOL,
  'open-university': SCHOOL,
  issuer: {
    awards: [...CERTIFIED, 'training', 'lecture'],
    registers: CERTIFIED,
    roles: ['manager', 'issuer'],
  },
  'admissions-office': {
    awards: [],
    registers: [],
    roles: ['manager', 'admissions'],
  },
  authority: {
    awards: [...CERTIFIED, 'training', 'lecture', 'contest'],
    registers: CERTIFIED,
    roles: ['manager', 'issuer', 'clerk', 'rule-author', 'approver', 'authority', 'operator'],
  },
  enterprise: { awards: WORKED, registers: CERTIFIED, roles: ['manager', 'issuer'] },
  'contest-organiser': { awards: ['contest'], registers: [], roles: ['manager', 'issuer'] },
  'overseas-partner': {
    awards: TAUGHT,
    registers: CERTIFIED,
    roles: ['manager', 'registrar', 'clerk'],
  },
  'pupil-school': { awards: OF_PUPILS, registers: [], roles: ['manager', 'registrar', 'clerk'] },
};

/** Roles that people of an institution of this kind can have. */
export function rolesOfKind(kind: InstitutionKind): readonly Role[] {
  return RIGHTS_OF_KIND[kind].roles;
}

/** Forms that an institution gives itself, and forms of others that it may register. */
export function formsOf(
  institution: Pick<Institution, 'kind' | 'awards' | 'registers'>,
): Record<'awards' | 'registers', readonly OutcomeForm[]> {
  const { awards, registers } = RIGHTS_OF_KIND[institution.kind];
  return {
    awards: institution.awards ?? awards,
    registers: institution.registers ?? registers,
  };
}

/**
 * Why an institution may not decide about applications for a programme, even where rules say that it
 * is its own: `institution-suspended`, `recognition-missing`; null when it may.
 */
export function whyNotDecided(
  institution: Pick<Institution, 'code' | 'recognises' | 'status'>,
  programme: string,
): Problem | null {
  const params = { institution: institution.code, programme };
  if (institution.status === 'suspended') return { code: 'institution-suspended', params };
  const may = institution.recognises?.includes(programme) ?? true;
  return may ? null : { code: 'recognition-missing', params };
}

/** An outcome as far as the right to post it goes. */
export interface PostedForm {
  readonly code: string;
  readonly form: OutcomeForm;
  /** Id of the institution that gives it. */
  readonly ownerId: string;
}

/**
 * Why an institution may not post an outcome on a day, whoever gives it; null when it may:
 * `posting-suspended`, `outcome-form-not-awarded`, `outcome-form-not-registered`.
 *
 * @param today the day of the posting, `yyyy-mm-dd`
 */
export function whyNotPosted(
  institution: Institution,
  { code, form, ownerId }: PostedForm,
  today: string,
): Problem | null {
  const stopped = penaltyOn(institution, code, today, ['suspended', 'withdrawn']);
  if (stopped) return { code: 'posting-suspended', params: paramsOf(stopped, institution) };
  const { awards, registers } = formsOf(institution);
  const { code: own } = institution;
  if (ownerId === institution.id) {
    if (awards.includes(form)) return null;
    return { code: 'outcome-form-not-awarded', params: { form, institution: own } };
  }
  if (registers.includes(form)) return null;
  return { code: 'outcome-form-not-registered', params: { form, institution: own } };
}

/** Why an institution may not begin to award an outcome; null when it may. */
export function whyNotOffered(
  institution: Institution,
  { code, form }: Pick<PostedForm, 'code' | 'form'>,
  today: string,
): Problem | null {
  const barred = whyNotBegun(institution, code, today);
  if (barred) return barred;
  if (formsOf(institution).awards.includes(form)) return null;
  return { code: 'outcome-form-not-awarded', params: { form, institution: institution.code } };
}

/** Why an institution may begin nothing new about an outcome, or with null at all; null when it may. */
export function whyNotBegun(
  institution: Institution,
  outcome: string | null,
  today: string,
): Problem | null {
  const barred = penaltyOn(institution, outcome, today, PENALTIES);
  return barred ? { code: 'may-not-apply', params: paramsOf(barred, institution) } : null;
}

/** The span of such a penalty that stops an outcome, or everything with null, on a day. */
function penaltyOn(
  { standings }: Pick<Institution, 'standings'>,
  outcome: string | null,
  day: string,
  penalties: readonly Penalty[],
): PenaltySpan | undefined {
  return standings.find(
    (span) =>
      penalties.includes(span.penalty) &&
      (span.outcome === null || span.outcome === outcome) &&
      span.from <= day &&
      (span.to === null || day <= span.to),
  );
}

function paramsOf(span: PenaltySpan, { code }: Institution): Record<string, string> {
  const { points, from, to, outcome } = span;
  return {
    institution: code,
    outcome: outcome ?? '*',
    points: String(points),
    from,
    to: to ?? '…',
  };
}
