import { decodeBase58, encodeBase58 } from './base58.js';
import type { Contexts } from './bundled/contexts.js';
import { type Canonical, jsonCanonical, rdfCanonical, sha256 } from './canonical.js';
import { formatMoment, readMoment } from './dates.js';
import { type DidResolver, type KeyFault, type ProofPurpose, findKey } from './did.js';
import { type Json, type JsonObject, isObject, textOf, valuesOf } from './json.js';
import { type Signer, isSignature, signBytes } from './keys.js';

/** How the bytes that are signed are made: from the meaning (JSON-LD), or from the text (RFC 8785). */
export type Cryptosuite = 'eddsa-rdfc-2022' | 'eddsa-jcs-2022';

const CRYPTOSUITES: readonly unknown[] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'];
const SIGNATURE_BYTES = 64;

/** More proofs than anybody makes; each costs a canonical form. */
const MAX_PROOFS = 10;

export interface ProofOptions {
  readonly cryptosuite: Cryptosuite;
  readonly created: Date;
  readonly purpose: ProofPurpose;
  /** For whom, and in answer to what: presentations only. */
  readonly domain?: string;
  readonly challenge?: string;
  /** Ids of proofs that this one covers as well, when it is one of a chain. */
  readonly previousProof?: string | readonly string[];
  readonly id?: string;
}

/** Why a proof does not hold. */
export type ProofFault =
  | KeyFault
  | 'signature-missing'
  | 'signature-wrong'
  | 'proof-malformed'
  | 'cryptosuite-unknown'
  | 'proof-expired'
  | 'audience-wrong'
  | 'challenge-wrong'
  | 'context-unknown'
  | 'term-unknown';

export type ProofVerdict =
  | { readonly ok: true; readonly controllers: readonly string[] }
  | { readonly ok: false; readonly code: ProofFault; readonly params?: Record<string, string> };

export interface ProofExpectation {
  readonly purpose: ProofPurpose;
  readonly now: Date;
  readonly resolve: DidResolver;
  readonly contexts: Contexts;
  /** Where said, a proof must be made for this domain and this challenge. */
  readonly domain?: string;
  readonly challenge?: string;
}

/** What can go wrong while signing: the document means nothing under its contexts. */
export type Signed =
  { readonly ok: true; readonly document: JsonObject } | Extract<ProofVerdict, { ok: false }>;

/**
 * The document with a Data Integrity proof; proofs that it has already stay.
 * Source: Data Integrity EdDSA Cryptosuites v1.0, sections 3.2.1 and 3.3.1.
 */
export async function addProof(
  document: JsonObject,
  options: ProofOptions,
  signer: Signer,
  contexts: Contexts,
): Promise<Signed> {
  const { proof: existing, ...unsecured } = document;
  const others = valuesOf(existing);
  const proof: JsonObject = {
    ...(options.id === undefined ? {} : { id: options.id }),
    type: 'DataIntegrityProof',
    cryptosuite: options.cryptosuite,
    created: formatMoment(options.created),
    verificationMethod: signer.verificationMethod,
    proofPurpose: options.purpose,
    ...(options.domain === undefined ? {} : { domain: options.domain }),
    ...(options.challenge === undefined ? {} : { challenge: options.challenge }),
    ...(options.previousProof === undefined ? {} : { previousProof: options.previousProof }),
    ...ownContext(options.cryptosuite, unsecured),
  };
  const previous = previousOf(proof, others);
  if (!previous) return { ok: false, code: 'proof-malformed' };
  const bytes = await signedBytes(unsecured, proof, previous, contexts);
  if (!bytes.ok) return bytes;
  const proofValue = `z${encodeBase58(signBytes(signer, bytes.value))}`;
  const made = { ...proof, proofValue };
  return {
    ok: true,
    document: { ...unsecured, proof: others.length === 0 ? made : [...others, made] },
  };
}

/**
 * Whether every proof of a document holds. One that does not spoils the document, whatever the
 * others say: who looks cannot know which of them was meant.
 */
export async function verifyProofs(
  document: JsonObject,
  expected: ProofExpectation,
): Promise<ProofVerdict> {
  const { proof, ...unsecured } = document;
  const proofs = valuesOf(proof);
  if (proofs.length === 0) return { ok: false, code: 'signature-missing' };
  if (proofs.length > MAX_PROOFS) return { ok: false, code: 'proof-malformed' };
  const controllers: string[] = [];
  for (const one of proofs) {
    const verdict = await verifyProof(unsecured, one, proofs, expected);
    if (!verdict.ok) return verdict;
    controllers.push(...verdict.controllers);
  }
  return { ok: true, controllers };
}

async function verifyProof(
  unsecured: JsonObject,
  proof: Json,
  proofs: readonly Json[],
  expected: ProofExpectation,
): Promise<ProofVerdict> {
  if (!isObject(proof)) return { ok: false, code: 'proof-malformed' };
  const fault = faultOf(proof, expected);
  if (fault)
    return { ok: false, code: fault, params: { cryptosuite: textOf(proof['cryptosuite']) } };
  const signature = signatureOf(proof['proofValue']);
  const previous = previousOf(proof, proofs);
  const document = underProofContext(unsecured, proof);
  if (!signature || !previous || !document) return { ok: false, code: 'proof-malformed' };
  const method = textOf(proof['verificationMethod']);
  const key = await findKey(method, expected.purpose, expected.resolve);
  if (!key.ok) return { ok: false, code: key.code, params: { key: method } };
  const { proofValue: _, ...config } = proof;
  const bytes = await signedBytes(document, config, previous, expected.contexts);
  if (!bytes.ok) return bytes;
  return isSignature(key.publicKey, bytes.value, signature)
    ? { ok: true, controllers: [key.controller] }
    : { ok: false, code: 'signature-wrong' };
}

function faultOf(proof: JsonObject, expected: ProofExpectation): ProofFault | undefined {
  if (proof['type'] !== 'DataIntegrityProof') return 'proof-malformed';
  if (typeof proof['cryptosuite'] !== 'string') return 'proof-malformed';
  if (!CRYPTOSUITES.includes(proof['cryptosuite'])) return 'cryptosuite-unknown';
  if (typeof proof['verificationMethod'] !== 'string') return 'proof-malformed';
  if (typeof proof['proofPurpose'] !== 'string') return 'proof-malformed';
  if (proof['proofPurpose'] !== expected.purpose) return 'key-not-for-purpose';
  if (proof['created'] !== undefined && !readMoment(proof['created'])) return 'proof-malformed';
  const expires = proof['expires'] === undefined ? undefined : readMoment(proof['expires']);
  if (proof['expires'] !== undefined && !expires) return 'proof-malformed';
  if (expires && expires <= expected.now) return 'proof-expired';
  if (expected.domain !== undefined && !valuesOf(proof['domain']).includes(expected.domain)) {
    return 'audience-wrong';
  }
  if (expected.challenge !== undefined && proof['challenge'] !== expected.challenge) {
    return 'challenge-wrong';
  }
  return undefined;
}

/** The 64 bytes of a `proofValue`; its text must be the one way to write them. */
function signatureOf(value: Json | undefined): Buffer | undefined {
  if (typeof value !== 'string' || !value.startsWith('z')) return undefined;
  const bytes = decodeBase58(value.slice(1));
  return bytes?.length === SIGNATURE_BYTES && `z${encodeBase58(bytes)}` === value
    ? bytes
    : undefined;
}

/** JCS proofs carry the contexts they were made under, so that later ones can be added behind. */
function ownContext(cryptosuite: Cryptosuite, unsecured: JsonObject): JsonObject {
  const context = unsecured['@context'];
  return cryptosuite === 'eddsa-jcs-2022' && context !== undefined ? { '@context': context } : {};
}

/** The document as the proof saw it; undefined when its contexts do not begin with the proof's. */
function underProofContext(unsecured: JsonObject, proof: JsonObject): JsonObject | undefined {
  if (proof['cryptosuite'] !== 'eddsa-jcs-2022' || proof['@context'] === undefined)
    return unsecured;
  const own = valuesOf(unsecured['@context']).map((one) => JSON.stringify(one));
  const proofs = valuesOf(proof['@context']).map((one) => JSON.stringify(one));
  if (!proofs.every((one, index) => own[index] === one)) return undefined;
  return { ...unsecured, '@context': proof['@context'] };
}

/** The proofs that `previousProof` names; undefined when one of them is not there. */
function previousOf(proof: JsonObject, proofs: readonly Json[]): readonly Json[] | undefined {
  const names = valuesOf(proof['previousProof']);
  const found = names.map((name) =>
    proofs.find((one) => isObject(one) && typeof name === 'string' && one['id'] === name),
  );
  return found.some((one) => one === undefined || one === proof) ? undefined : (found as Json[]);
}

type Bytes = { readonly ok: true; readonly value: Buffer } | Extract<ProofVerdict, { ok: false }>;

/** SHA-256 of the proof's options followed by SHA-256 of the document, as both suites sign them. */
async function signedBytes(
  unsecured: JsonObject,
  config: JsonObject,
  previous: readonly Json[],
  contexts: Contexts,
): Promise<Bytes> {
  const document = previous.length === 0 ? unsecured : { ...unsecured, proof: [...previous] };
  if (config['cryptosuite'] === 'eddsa-jcs-2022') {
    return bytesOf(jsonCanonical(config), jsonCanonical(document));
  }
  const options = await rdfCanonical(
    { ...config, '@context': unsecured['@context'] ?? [] },
    contexts,
  );
  if (!options.ok) return faultyForm(options);
  const form = await rdfCanonical(document, contexts);
  return form.ok ? bytesOf(options.text, form.text) : faultyForm(form);
}

function bytesOf(config: string, document: string): Bytes {
  return { ok: true, value: Buffer.concat([sha256(config), sha256(document)]) };
}

function faultyForm({ fault }: Extract<Canonical, { ok: false }>): Bytes {
  return { ok: false, code: fault.code, params: fault.params };
}
