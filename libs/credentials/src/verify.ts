import { CONTEXTS, type Contexts } from './bundled/contexts.js';
import { strangeContext } from './canonical.js';
import { credentialsInClr } from './clr.js';
import { formatMoment } from './dates.js';
import { verifyProofs } from './data-integrity.js';
import type { DidResolver } from './did.js';
import { type JsonObject, idOf, isObject, readObject, textOf, valuesOf } from './json.js';
import { looksLikeJwt, verifyJwt } from './jwt.js';
import { type Line, lineOf } from './lines.js';
import { schemaFault } from './schema-check.js';
import { credentialFault, presentationFault, validityOf } from './shape.js';
import { type CheckedList, type StatusListReader, statusLine } from './status-check.js';

/** Longest document that is read. A transcript of a hundred outcomes has some 400 kB. */
export const MAX_CREDENTIAL_BYTES = 2 * 1024 * 1024;

/** How far the clocks of an issuer and of ours may differ. */
const MAX_SKEW_MS = 300_000;

/**
 * What is known of an issuer here. `active` and `suspended`: of one that this bank supervises; `known`:
 * of another that it trusts.
 */
export interface IssuerStanding {
  readonly standing: 'active' | 'known' | 'suspended' | 'unknown';
  /** How people know it; its DID when nothing else is known. */
  readonly name: string;
}

/** `log-waiting`: booked, and the log has not taken it in yet. */
export type LogStanding = 'in-log' | 'log-waiting' | 'not-in-log' | 'log-none' | 'log-not-asked';

/** Everything a verification takes from outside. Nothing is fetched but through these. */
export interface Verification {
  readonly now: Date;
  /** Finds the document of a DID that is not a did:key; undefined when it cannot be had. */
  readonly resolveDid: DidResolver;
  /** Reads a status list; undefined when it cannot be had. */
  readonly readStatusList: StatusListReader;
  /** The reader saved the lists and knows of when they are: one that has ended still says what was then. */
  readonly listsAreSaved?: boolean;
  readonly knowIssuer: (did: string) => Promise<IssuerStanding>;
  /** Whether what the credential rests on is in the transparency log. Left out: not asked. */
  readonly askLog?: (credential: JsonObject) => Promise<LogStanding>;
  /** For whom it must have been made, where that is asked. */
  readonly domain?: string;
  readonly challenge?: string;
  /** {@link CONTEXTS} unless a test suite needs more. */
  readonly contexts?: Contexts;
}

/**
 * `valid`: nothing failed and everything that there is was looked at. `incomplete`: nothing failed,
 * but an unknown issuer or a list that cannot be had leaves something open.
 */
export type Verdict = 'valid' | 'invalid' | 'incomplete';

export interface Answer {
  readonly verdict: Verdict;
  /** One line for each of `LINES`, in their order. */
  readonly lines: readonly Line[];
  /** What was read, whether or not it holds. */
  readonly credential?: JsonObject;
  /** The answers about the credentials inside a transcript (CLR), each signed by itself. */
  readonly inner?: readonly Answer[];
}

/** A presentation: its own lines, and the answer about each credential in it. */
export interface PresentationAnswer {
  readonly verdict: Verdict;
  readonly lines: readonly Line[];
  readonly credentials: readonly Answer[];
}

/** What was read and whether it is sound and signed. */
interface Opened {
  readonly credential?: JsonObject;
  readonly format: Line;
  readonly signature: Line;
}

/** Looks at a credential line by line. `input` is JSON or a JWT as text, or the document itself. */
export async function verifyCredential(
  input: string | JsonObject,
  verification: Verification,
): Promise<Answer> {
  const { credential, format, signature } = await open(input, verification);
  if (!credential || format.result === 'fail') {
    const lines = [format, signature, ...unread()];
    return { verdict: verdictOf(lines), lines, ...(credential ? { credential } : {}) };
  }
  const check = {
    read: verification.readStatusList,
    check: (list: JsonObject | string) => checkList(list, verification),
  };
  const issuer = await verification.knowIssuer(idOf(credential['issuer']) ?? '');
  const lines = [
    format,
    signature,
    issuerLine(issuer),
    validityLine(credential, verification.now),
    await statusLine(credential, 'revocation', check),
    suspendedLine(await statusLine(credential, 'suspension', check), issuer),
    lineOf('log', (await verification.askLog?.(credential)) ?? 'log-not-asked'),
  ];
  const inner: Answer[] = [];
  for (const one of credentialsInClr(credential))
    inner.push(await verifyCredential(one, verification));
  const verdict = worst([verdictOf(lines), ...inner.map((answer) => answer.verdict)]);
  return { verdict, lines, credential, ...(inner.length === 0 ? {} : { inner }) };
}

/**
 * Looks at a presentation and at every credential in it.
 * @param isSigned whether it must be signed by its holder; unsigned ones only carry credentials
 */
export async function verifyPresentation(
  presentation: JsonObject,
  verification: Verification,
  isSigned: boolean,
): Promise<PresentationAnswer> {
  const lines = await presentationLines(presentation, verification, isSigned);
  const { domain: _, challenge: __, ...forCredentials } = verification;
  const credentials: Answer[] = [];
  for (const one of valuesOf(presentation['verifiableCredential'])) {
    credentials.push(await verifyCredential(isObject(one) ? one : '', forCredentials));
  }
  const verdicts = [verdictOf(lines), ...credentials.map(({ verdict }) => verdict)];
  return { verdict: worst(verdicts), lines, credentials };
}

async function presentationLines(
  presentation: JsonObject,
  verification: Verification,
  isSigned: boolean,
): Promise<Line[]> {
  const contexts = verification.contexts ?? CONTEXTS;
  const fault = presentationFault(presentation);
  if (fault) {
    const format = lineOf('format', fault.code, { pointer: fault.pointer });
    return [format, lineOf('signature', 'signature-not-read')];
  }
  const strange = strangeContext(presentation, contexts);
  if (strange !== undefined) {
    const format = lineOf('format', 'context-unknown', { url: strange });
    return [format, lineOf('signature', 'signature-not-read')];
  }
  const format = lineOf('format', 'format-sound');
  if (presentation['proof'] === undefined && !isSigned) return [format];
  const holder = idOf(presentation['holder']);
  const { format: signedFormat, signature } = await proofLines(
    presentation,
    verification,
    'authentication',
    holder,
  );
  return [signedFormat, signature];
}

async function open(input: string | JsonObject, verification: Verification): Promise<Opened> {
  const enveloped = typeof input === 'string' ? input.trim() : envelopedIn(input);
  if (typeof input === 'string' && Buffer.byteLength(input) > MAX_CREDENTIAL_BYTES) {
    return unreadable(lineOf('format', 'too-large', { limit: String(MAX_CREDENTIAL_BYTES) }));
  }
  if (enveloped !== undefined && looksLikeJwt(enveloped)) return openJwt(enveloped, verification);
  const credential = typeof input === 'string' ? readObject(input) : input;
  if (!credential) return unreadable(lineOf('format', 'not-json'));
  const fault = await formatFault(credential, verification);
  if (fault) return { ...unreadable(fault), credential };
  const issuer = idOf(credential['issuer']);
  const lines = await proofLines(credential, verification, 'assertionMethod', issuer);
  return { ...lines, credential };
}

/** The JWT inside an EnvelopedVerifiableCredential (VCDM 2.0, 4.13.2). */
function envelopedIn(input: JsonObject): string | undefined {
  if (!valuesOf(input['type']).includes('EnvelopedVerifiableCredential')) return undefined;
  return /^data:application\/vc\+jwt[;,](.+)$/.exec(textOf(input['id']))?.[1];
}

async function openJwt(jwt: string, verification: Verification): Promise<Opened> {
  const { now, resolveDid, domain } = verification;
  const verdict = await verifyJwt(jwt, {
    now,
    resolve: resolveDid,
    ...(domain === undefined ? {} : { domain }),
  });
  if (!verdict.ok) {
    return verdict.code === 'not-json'
      ? unreadable(lineOf('format', 'not-json'))
      : {
          format: lineOf('format', 'format-sound'),
          signature: lineOf('signature', verdict.code, verdict.params),
        };
  }
  const { credential, controller } = verdict;
  const fault = await formatFault(credential, verification);
  if (fault) return { ...unreadable(fault), credential };
  const isOfIssuer = idOf(credential['issuer']) === controller;
  return {
    credential,
    format: lineOf('format', 'format-sound'),
    signature: lineOf('signature', isOfIssuer ? 'signature-right' : 'key-not-of-issuer'),
  };
}

async function formatFault(
  credential: JsonObject,
  { contexts }: Verification,
): Promise<Line | undefined> {
  const fault = credentialFault(credential);
  if (fault) return lineOf('format', fault.code, { pointer: fault.pointer });
  const strange = strangeContext(credential, contexts ?? CONTEXTS);
  if (strange !== undefined) return lineOf('format', 'context-unknown', { url: strange });
  const departure = await schemaFault(credential);
  return departure && lineOf('format', 'schema-mismatch', { ...departure });
}

async function proofLines(
  document: JsonObject,
  verification: Verification,
  purpose: 'assertionMethod' | 'authentication',
  owner: string | undefined,
): Promise<{ format: Line; signature: Line }> {
  const { now, resolveDid, domain, challenge } = verification;
  const verdict = await verifyProofs(document, {
    purpose,
    now,
    resolve: resolveDid,
    contexts: verification.contexts ?? CONTEXTS,
    ...(domain === undefined ? {} : { domain }),
    ...(challenge === undefined ? {} : { challenge }),
  });
  const format = lineOf('format', 'format-sound');
  if (verdict.ok) {
    const isOfOwner = owner === undefined || verdict.controllers.includes(owner);
    return {
      format,
      signature: lineOf('signature', isOfOwner ? 'signature-right' : 'key-not-of-issuer'),
    };
  }
  if (verdict.code === 'context-unknown' || verdict.code === 'term-unknown') {
    return {
      format: lineOf('format', verdict.code, verdict.params),
      signature: lineOf('signature', 'signature-not-read'),
    };
  }
  return { format, signature: lineOf('signature', verdict.code, verdict.params) };
}

function issuerLine({ standing, name }: IssuerStanding): Line {
  return lineOf('issuer', standing === 'unknown' ? 'issuer-unknown' : 'issuer-known', { name });
}

/** Whether the credential is suspended, or the one who signed it. */
function suspendedLine(status: Line, { standing, name }: IssuerStanding): Line {
  if (status.result === 'fail') return status;
  if (standing === 'suspended') return lineOf('suspended', 'issuer-suspended', { name });
  const isSilent = status.code === 'status-none' && standing === 'active';
  return isSilent ? lineOf('suspended', 'issuer-not-suspended', { name }) : status;
}

function validityLine(credential: JsonObject, now: Date): Line {
  const { from, until } = validityOf(credential);
  if (from && from.getTime() > now.getTime() + MAX_SKEW_MS) {
    return lineOf('validity', 'not-yet-valid', { from: formatMoment(from) });
  }
  if (!until) return lineOf('validity', 'no-end');
  const isOver = until.getTime() < now.getTime() - MAX_SKEW_MS;
  return lineOf('validity', isOver ? 'expired' : 'valid-now', { until: formatMoment(until) });
}

/** A status list is a credential of its own; its own status and log are not asked. */
async function checkList(
  list: JsonObject | string,
  verification: Verification,
): Promise<CheckedList> {
  const { credential, format, signature } = await open(list, verification);
  if (!credential || format.result !== 'pass') return { ok: false, why: 'format' };
  if (signature.result === 'not-checked') return { ok: false, why: 'signature', isOpen: true };
  if (signature.result !== 'pass') return { ok: false, why: 'signature' };
  const validity = validityLine(credential, verification.now);
  const isSavedCopy = validity.code === 'expired' && verification.listsAreSaved === true;
  if (validity.result !== 'pass' && !isSavedCopy) return { ok: false, why: 'validity' };
  return { ok: true, credential };
}

function unreadable(format: Line): Opened {
  return { format, signature: lineOf('signature', 'signature-not-read') };
}

/** The lines that nothing can be said about when the form is wrong. */
function unread(): Line[] {
  return [
    lineOf('issuer', 'not-read'),
    lineOf('validity', 'not-read'),
    lineOf('revoked', 'not-read'),
    lineOf('suspended', 'not-read'),
    lineOf('log', 'not-read'),
  ];
}

/** Lines without which nothing is certain, even when no line fails. */
const DECISIVE: readonly string[] = ['format', 'signature', 'issuer', 'revoked', 'suspended'];

function verdictOf(lines: readonly Line[]): Verdict {
  if (lines.some(({ result }) => result === 'fail')) return 'invalid';
  const isOpen = lines.some(
    ({ line, result }) => result === 'not-checked' && DECISIVE.includes(line),
  );
  return isOpen ? 'incomplete' : 'valid';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('invalid')) return 'invalid';
  return verdicts.includes('incomplete') ? 'incomplete' : 'valid';
}
