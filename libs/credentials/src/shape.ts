import {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  PUBLISHED_SHA256,
  PUBLISHED_SHA384,
} from './bundled/contexts.js';
import { readMoment } from './dates.js';
import { type Json, type JsonObject, idOf, isObject, isUri, textOf, valuesOf } from './json.js';

/** What is wrong with the form of a document: the member at fault. */
export interface ShapeFault {
  readonly code: 'not-a-credential' | 'not-a-presentation' | 'related-resource-changed';
  /** JSON pointer of the member. */
  readonly pointer: string;
}

/** Members whose values are objects that say their type (VCDM 2.0, 4.5). */
const TYPED = [
  'proof',
  'credentialStatus',
  'credentialSchema',
  'refreshService',
  'termsOfUse',
  'evidence',
];

/**
 * The first thing wrong with the form of a credential, by the rules of VCDM 2.0 (and of 1.1 for the
 * dates of older ones); undefined when there is none.
 */
export function credentialFault(credential: JsonObject): ShapeFault | undefined {
  return (
    documentFault(credential, 'VerifiableCredential', 'not-a-credential') ??
    faultAt('/issuer', isUri(idOf(credential['issuer'])) && !Array.isArray(credential['issuer'])) ??
    subjectFault(credential['credentialSubject']) ??
    dateFault(credential) ??
    typedFault(credential) ??
    statusFault(credential) ??
    textFault(credential, '') ??
    (isObject(credential['issuer']) ? textFault(credential['issuer'], '/issuer') : undefined) ??
    relatedFault(credential['relatedResource'])
  );
}

/** The same of a presentation; the credentials in it are looked at one by one. */
export function presentationFault(presentation: JsonObject): ShapeFault | undefined {
  const code = 'not-a-presentation';
  const common = documentFault(presentation, 'VerifiablePresentation', code);
  if (common) return common;
  const { holder } = presentation;
  if (holder !== undefined && (!isUri(idOf(holder)) || Array.isArray(holder))) {
    return { code, pointer: '/holder' };
  }
  const credentials = valuesOf(presentation['verifiableCredential']);
  const wrong = credentials.findIndex((one) => !isObject(one));
  return wrong < 0 ? undefined : { code, pointer: `/verifiableCredential/${wrong}` };
}

function documentFault(
  document: JsonObject,
  type: string,
  code: 'not-a-credential' | 'not-a-presentation',
): ShapeFault | undefined {
  const [base] = valuesOf(document['@context']);
  if (
    !Array.isArray(document['@context']) ||
    (base !== CREDENTIALS_V2 && base !== CREDENTIALS_V1)
  ) {
    return { code, pointer: '/@context' };
  }
  const types = valuesOf(document['type']);
  if (!types.includes(type) || !types.every((one) => typeof one === 'string')) {
    return { code, pointer: '/type' };
  }
  if ('id' in document && !isUri(document['id'])) return { code, pointer: '/id' };
  const gone = nullAt(document, '');
  return gone === undefined ? undefined : { code, pointer: gone };
}

/** JSON-LD leaves out what is null, so a signature would not cover it. */
function nullAt(value: Json | undefined, pointer: string): string | undefined {
  if (value === null) return pointer;
  if (typeof value !== 'object') return undefined;
  for (const [name, member] of Object.entries(value)) {
    const inner = name === '@context' ? undefined : nullAt(member, `${pointer}/${name}`);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function subjectFault(subject: Json | undefined): ShapeFault | undefined {
  const subjects = valuesOf(subject);
  const isSound = (one: Json) =>
    isObject(one) && Object.keys(one).length > 0 && (!('id' in one) || isUri(one['id']));
  return faultAt('/credentialSubject', subjects.length > 0 && subjects.every(isSound));
}

/** Names of the first and the last day in the two versions of the model. */
const DATES = {
  [CREDENTIALS_V2]: ['validFrom', 'validUntil'],
  [CREDENTIALS_V1]: ['issuanceDate', 'expirationDate'],
} as const;

/** From when until when a credential says it is valid. */
export function validityOf(credential: JsonObject): { from?: Date; until?: Date } {
  const [base] = valuesOf(credential['@context']);
  const [first, last] = DATES[base === CREDENTIALS_V1 ? CREDENTIALS_V1 : CREDENTIALS_V2];
  const from = readMoment(credential[first]);
  const until = readMoment(credential[last]);
  return { ...(from ? { from } : {}), ...(until ? { until } : {}) };
}

function dateFault(credential: JsonObject): ShapeFault | undefined {
  const [base] = valuesOf(credential['@context']);
  const isOld = base === CREDENTIALS_V1;
  const [first, last] = DATES[isOld ? CREDENTIALS_V1 : CREDENTIALS_V2];
  for (const name of [first, last]) {
    const isThere = credential[name] !== undefined;
    if (isThere ? !readMoment(credential[name]) : isOld && name === first) {
      return { code: 'not-a-credential', pointer: `/${name}` };
    }
  }
  const { from, until } = validityOf(credential);
  return faultAt(`/${last}`, !from || !until || from <= until);
}

function typedFault(credential: JsonObject): ShapeFault | undefined {
  for (const name of TYPED) {
    for (const one of valuesOf(credential[name])) {
      const isTyped =
        isObject(one) && valuesOf(one['type']).some((type) => typeof type === 'string');
      if (!isTyped) return { code: 'not-a-credential', pointer: `/${name}` };
    }
  }
  const schemas = valuesOf(credential['credentialSchema']);
  return faultAt(
    '/credentialSchema',
    schemas.every((one) => isUri(idOf(one))),
  );
}

function statusFault(credential: JsonObject): ShapeFault | undefined {
  for (const name of ['credentialStatus', 'evidence', 'termsOfUse']) {
    for (const one of valuesOf(credential[name])) {
      const id = isObject(one) ? one['id'] : undefined;
      if (id !== undefined && !isUri(id)) {
        return { code: 'not-a-credential', pointer: `/${name}/id` };
      }
    }
  }
  return undefined;
}

/** `name` and `description` are texts, or language value objects that hold nothing else. */
function textFault(holder: JsonObject, at: string): ShapeFault | undefined {
  for (const name of ['name', 'description']) {
    if (!valuesOf(holder[name]).every(isText)) {
      return { code: 'not-a-credential', pointer: `${at}/${name}` };
    }
  }
  return undefined;
}

const TEXT_MEMBERS = ['@value', '@language', '@direction'];

function isText(value: Json): boolean {
  if (typeof value === 'string') return true;
  if (!isObject(value) || typeof value['@value'] !== 'string') return false;
  return Object.keys(value).every((name) => TEXT_MEMBERS.includes(name));
}

/** Related resources are named once each, and where we hold their bytes the digests must fit. */
function relatedFault(related: Json | undefined): ShapeFault | undefined {
  const seen = new Set<string>();
  for (const one of valuesOf(related)) {
    const id = isObject(one) ? one['id'] : undefined;
    if (!isObject(one) || !isUri(id) || seen.has(id)) {
      return { code: 'not-a-credential', pointer: '/relatedResource' };
    }
    seen.add(id);
    const digests = [one['digestSRI'], one['digestMultibase']];
    if (digests.every((digest) => digest === undefined)) {
      return { code: 'not-a-credential', pointer: '/relatedResource' };
    }
    if (!hasRightDigests(id, one)) {
      return { code: 'related-resource-changed', pointer: '/relatedResource' };
    }
  }
  return undefined;
}

function hasRightDigests(id: string, { digestSRI, digestMultibase }: JsonObject): boolean {
  const sha256 = PUBLISHED_SHA256.get(id);
  const sha384 = PUBLISHED_SHA384.get(id);
  if (sha256 === undefined || sha384 === undefined) return true;
  const bytes = Buffer.from(sha256, 'hex');
  const sri = [`sha384-${sha384}`, `sha256-${bytes.toString('base64')}`];
  const multibase = [
    `u${bytes.toString('base64url')}`,
    `u${Buffer.concat([Buffer.of(0x12, 0x20), bytes]).toString('base64url')}`,
  ];
  return (
    (digestSRI === undefined || sri.includes(textOf(digestSRI))) &&
    (digestMultibase === undefined || multibase.includes(textOf(digestMultibase)))
  );
}

function faultAt(pointer: string, isSound: boolean): ShapeFault | undefined {
  return isSound ? undefined : { code: 'not-a-credential', pointer };
}
