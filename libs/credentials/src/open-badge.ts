import { BADGES, BADGE_EXTENSIONS, CREDENTIALS_V2 } from './bundled/contexts.js';
import { BADGE_SCHEMA, SCHEMA_TYPE } from './bundled/schemas.js';
import { formatMoment } from './dates.js';
import type { JsonObject } from './json.js';
import { type StatusEntry, statusEntry } from './status-list.js';

/** Whose credential it is. */
export interface SubjectInput {
  /** A URI that names the learner, for example `urn:uuid:…`. */
  readonly id: string;
  /** The learner's name, where the learner wants it shown. */
  readonly name?: string;
}

/** Who signs. */
export interface IssuerInput {
  readonly did: string;
  readonly name: string;
  /** Its public page. */
  readonly url?: string;
}

/** Kinds of achievement of Open Badges 3.0 that outcomes of a credit bank have. */
export type AchievementType =
  | 'Achievement'
  | 'ApprenticeshipCertificate'
  | 'Award'
  | 'Certificate'
  | 'CertificateOfCompletion'
  | 'Certification'
  | 'Competency'
  | 'Course'
  | 'LearningProgram'
  | 'MicroCredential';

/** One learning outcome in the words of a language. */
export interface AchievementInput {
  /** A URI of the catalogue entry. */
  readonly id: string;
  readonly type: AchievementType;
  /** Code of the catalogue, as people write it. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** What somebody had to do for it. */
  readonly criteria: string;
  /** BCP 47, for example `zh-CN`. */
  readonly language: string;
  /** Who made it, where that is not the issuer. */
  readonly creator?: IssuerInput;
}

export interface BadgeInput {
  /** `urn:uuid:…` of this credential. */
  readonly id: string;
  readonly issuer: IssuerInput;
  readonly subject: SubjectInput;
  readonly achievement: AchievementInput;
  /** The day the learner completed it: `2026-06-30`. Day and month may be unknown: `2026`. */
  readonly completedOn: string;
  /** Decimal string of credits, exact; null when registered without credit. */
  readonly credits: string | null;
  /** As the issuer wrote it. */
  readonly grade: string | null;
  readonly validFrom: Date;
  /** When the credit ends. */
  readonly validUntil?: Date;
  readonly status?: StatusEntry;
  /** Public addresses of the ledger entries that it rests on. */
  readonly entries: readonly string[];
}

/** Contexts of an Open Badge, in the order that its schema asks for. */
const CONTEXT = [CREDENTIALS_V2, BADGES, BADGE_EXTENSIONS];

/** One learning outcome as an unsigned Open Badges 3.0 credential. */
export function openBadge(input: BadgeInput): JsonObject {
  const { issuer, subject, achievement, status } = input;
  return {
    '@context': CONTEXT,
    id: input.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: achievement.name,
    issuer: profileOf(issuer),
    validFrom: formatMoment(input.validFrom),
    ...(input.validUntil ? { validUntil: formatMoment(input.validUntil) } : {}),
    ...dayOfAward(input.completedOn),
    credentialSubject: {
      id: subject.id,
      type: ['AchievementSubject'],
      ...identifierOf(subject),
      // A float by its context: for the eye only. The exact amount is the result beside it.
      ...(input.credits === null ? {} : { creditsEarned: Number(input.credits) }),
      achievement: achievementOf(achievement, input),
      ...resultsOf(input),
    },
    ...evidenceOf(input.entries),
    ...(status ? { credentialStatus: statusEntry(status) } : {}),
    credentialSchema: [{ id: BADGE_SCHEMA, type: SCHEMA_TYPE }],
  };
}

/** An issuer as a profile; `id` is its DID, by which its keys are found. */
export function profileOf({ did, name, url }: IssuerInput): JsonObject {
  return { id: did, type: ['Profile'], name, ...(url === undefined ? {} : { url }) };
}

/** The learner's name in the form that Open Badges give to identities. */
export function identifierOf({ name }: SubjectInput): JsonObject {
  if (name === undefined) return {};
  const identity = {
    type: 'IdentityObject',
    hashed: false,
    identityHash: name,
    identityType: 'name',
  };
  return { identifier: [identity] };
}

function achievementOf(achievement: AchievementInput, input: BadgeInput): JsonObject {
  const { creator } = achievement;
  return {
    id: achievement.id,
    type: ['Achievement'],
    achievementType: achievement.type,
    humanCode: achievement.code,
    name: achievement.name,
    description: achievement.description,
    criteria: { narrative: achievement.criteria },
    inLanguage: achievement.language,
    ...(creator ? { creator: profileOf(creator) } : {}),
    ...(resultKinds(input).length === 0
      ? {}
      : { resultDescription: resultKinds(input).map(({ description }) => description) }),
  };
}

function resultsOf(input: BadgeInput): JsonObject {
  const kinds = resultKinds(input);
  if (kinds.length === 0) return {};
  const result = kinds.map(({ description, value }) => ({
    type: ['Result'],
    resultDescription: description.id,
    value,
  }));
  return { result };
}

/** What was measured: the exact credits and the grade, each described once. */
function resultKinds({ id, credits, grade }: BadgeInput) {
  const describe = (fragment: string, name: string, resultType: string) => ({
    id: `${id}#${fragment}`,
    type: ['ResultDescription'],
    name,
    resultType,
  });
  return [
    ...(credits === null
      ? []
      : [{ description: describe('credits', 'Credits', 'ext:Credits'), value: credits }]),
    ...(grade === null
      ? []
      : [{ description: describe('grade', 'Grade', 'RawScore'), value: grade }]),
  ];
}

function evidenceOf(entries: readonly string[]): JsonObject {
  if (entries.length === 0) return {};
  const evidence = entries.map((id) => ({
    id,
    type: ['Evidence'],
    name: 'Ledger entry and its inclusion proof',
    genre: 'ledger-entry',
  }));
  return { evidence };
}

/** `awardedDate` is a moment: noon in China of the day, where the day is known. */
function dayOfAward(day: string): JsonObject {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? { awardedDate: `${day}T12:00:00+08:00` } : {};
}
