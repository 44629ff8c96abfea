import { formatCredits } from '#libs/credit';
import type {
  AchievementType,
  BadgeInput,
  ClrInput,
  JsonObject,
  StatusEntry,
} from '#libs/credentials';
import type { Language } from '#libs/problems';
import type { OutcomeForm } from '../catalogue/index.js';
import type { HeldOutcome } from '../outcomes/index.js';
import { dayOf } from '../platform/clock/index.js';
import { type Issuer, issuerInput } from './issuers/issuer.js';

/** What every credential says besides what it is about. */
export interface Frame {
  readonly id: string;
  readonly learnerId: string;
  /** Null: the learner wants no name in it. */
  readonly name: string | null;
  readonly language: Language;
  readonly issuer: Issuer;
  readonly status: StatusEntry;
  readonly issuedAt: Date;
}

const TYPES: Readonly<Record<OutcomeForm, AchievementType>> = {
  course: 'Course',
  'online-course': 'Course',
  'x-certificate': 'Certification',
  'skill-level-certificate': 'Certification',
  'vocational-qualification': 'Certification',
  'specialised-ability': 'Certification',
  training: 'CertificateOfCompletion',
  lecture: 'CertificateOfCompletion',
  apprenticeship: 'ApprenticeshipCertificate',
  'enterprise-practice': 'CertificateOfCompletion',
  job: 'CertificateOfCompletion',
  contest: 'Award',
  'labour-education': 'CertificateOfCompletion',
  'vocational-enlightenment': 'CertificateOfCompletion',
};

const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** A learning outcome in the words of Open Badges. */
export function badgeOf(held: HeldOutcome, frame: Frame, publicUrl: string): BadgeInput {
  const { outcome, definition, lot } = held;
  const { language, issuer } = frame;
  const credits = lot && formatCredits(lot.deposited);
  return {
    ...common(frame),
    achievement: {
      id: `${publicUrl}/v1/catalogue/${encodeURIComponent(definition.code)}`,
      type: TYPES[definition.form],
      code: definition.code,
      name: definition.title[language],
      description: describe(held, language),
      criteria: CRITERIA[language],
      language: LANGUAGE_TAGS[language],
      ...(definition.institution.id === issuer.id
        ? {}
        : { creator: creatorOf(definition.institution, language, publicUrl) }),
    },
    completedOn: outcome.completedOn,
    credits,
    grade: outcome.grade,
    entries: lot === null ? [] : [`${publicUrl}/v1/entries/${outcome.lotId}.0/proof`],
  };
}

/** Everything a learner has learned, around the signed credentials of it. */
export function transcriptOf(frame: Frame, credentials: readonly JsonObject[]): ClrInput {
  const { language, issuedAt } = frame;
  const day = dayOf(issuedAt);
  return {
    ...common(frame),
    name: language === 'zh' ? '学习成果档案' : 'Record of learning outcomes',
    description:
      language === 'zh'
        ? `截至 ${day} 登记的 ${credentials.length} 项学习成果`
        : `${credentials.length} learning outcomes on record on ${day}`,
    credentials,
  };
}

function common({ id, learnerId, name, language, issuer, status, issuedAt }: Frame) {
  return {
    id: `urn:uuid:${id}`,
    issuer: issuerInput(issuer, language),
    subject: { id: `urn:uuid:${learnerId}`, ...(name === null ? {} : { name }) },
    validFrom: issuedAt,
    status,
  };
}

function describe({ definition, lot }: HeldOutcome, language: Language): string {
  const title = definition.title[language];
  if (lot === null) {
    return language === 'zh' ? `${title}（登记，无学分）` : `${title} (on record, no credit)`;
  }
  const credits = formatCredits(lot.deposited);
  const category = definition.category.title[language];
  return language === 'zh'
    ? `${title}（${category}，${credits} 学分）`
    : `${title} (${category}, ${credits} credits)`;
}

const CRITERIA: Readonly<Record<Language, string>> = {
  zh: '按登记机构的要求完成并通过考核',
  en: 'Completed and passed as the recording institution requires',
};

function creatorOf(
  institution: HeldOutcome['definition']['institution'],
  language: Language,
  publicUrl: string,
) {
  const url = `${publicUrl}/v1/institutions/${institution.id}`;
  return { did: url, name: institution.name[language] };
}
