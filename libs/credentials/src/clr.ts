import { BADGES, BADGE_EXTENSIONS, CLR, CREDENTIALS_V2 } from './bundled/contexts.js';
import { CLR_SCHEMA, SCHEMA_TYPE } from './bundled/schemas.js';
import { formatMoment } from './dates.js';
import { type JsonObject, isObject, valuesOf } from './json.js';
import { type IssuerInput, type SubjectInput, identifierOf, profileOf } from './open-badge.js';
import { type StatusEntry, statusEntry } from './status-list.js';

export interface ClrInput {
  /** `urn:uuid:…` of this credential. */
  readonly id: string;
  readonly issuer: IssuerInput;
  readonly subject: SubjectInput;
  readonly name: string;
  readonly description: string;
  readonly validFrom: Date;
  readonly validUntil?: Date;
  readonly status?: StatusEntry;
  /** The signed credentials of the outcomes; at least one. */
  readonly credentials: readonly JsonObject[];
}

/** A whole transcript as an unsigned CLR 2.0 credential around the signed ones of its outcomes. */
export function clr(input: ClrInput): JsonObject {
  const { subject, status } = input;
  return {
    '@context': [CREDENTIALS_V2, CLR, BADGES, BADGE_EXTENSIONS],
    id: input.id,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: input.name,
    description: input.description,
    issuer: profileOf(input.issuer),
    validFrom: formatMoment(input.validFrom),
    ...(input.validUntil ? { validUntil: formatMoment(input.validUntil) } : {}),
    credentialSubject: {
      id: subject.id,
      type: ['ClrSubject'],
      ...identifierOf(subject),
      verifiableCredential: [...input.credentials],
    },
    ...(status ? { credentialStatus: statusEntry(status) } : {}),
    credentialSchema: [{ id: CLR_SCHEMA, type: SCHEMA_TYPE }],
  };
}

/** The credentials inside a CLR, each with a signature of its own. */
export function credentialsInClr(document: JsonObject): readonly JsonObject[] {
  if (!valuesOf(document['type']).includes('ClrCredential')) return [];
  const { credentialSubject: subject } = document;
  return isObject(subject) ? valuesOf(subject['verifiableCredential']).filter(isObject) : [];
}
