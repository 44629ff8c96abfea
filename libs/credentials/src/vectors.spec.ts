import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXTS_FOR_SUITES } from './bundled/contexts.js';
import { jsonCanonical, rdfCanonical, sha256 } from './canonical.js';
import { type Cryptosuite, addProof, verifyProofs } from './data-integrity.js';
import { type Json, type JsonObject, textOf } from './json.js';
import { didKeySigner, readSecretMultikey } from './keys.js';

/** Vectors of W3C vc-di-eddsa, TestVectors/, as published (commit abb673e). */
const FOLDER = join(__dirname, '..', 'test', 'vectors');
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const json = (name: string) => JSON.parse(text(name)) as JsonObject;

const SIGNER = signer(json('key-pair.json')['privateKeyMultibase']);
const CREATED = new Date('2023-02-24T23:36:38Z');

function signer(secret: Json | undefined) {
  const seed = readSecretMultikey(secret);
  if (!seed) throw new Error('the vector holds an Ed25519 key');
  return didKeySigner(seed);
}

/** Resolves nothing: did:key needs no resolver. */
const EXPECTED = {
  purpose: 'assertionMethod',
  now: new Date('2026-01-01T00:00:00Z'),
  resolve: () => Promise.resolve(undefined),
  contexts: CONTEXTS_FOR_SUITES,
} as const;

describe.each([
  ['eddsa-rdfc-2022', 'rdfc'],
  ['eddsa-jcs-2022', 'jcs'],
] as const)('the published vectors of %s', (cryptosuite: Cryptosuite, name) => {
  const form = async (document: JsonObject) => {
    if (cryptosuite === 'eddsa-jcs-2022') return jsonCanonical(document);
    const canonical = await rdfCanonical(document, CONTEXTS_FOR_SUITES);
    return canonical.ok ? canonical.text : JSON.stringify(canonical.fault);
  };

  it('canonical document, canonical options and their hashes, byte for byte', async () => {
    const { proof, ...unsecured } = json(`${name}-signed.json`);
    const { proofValue: _, ...options } = proof as JsonObject;
    const config = { ...options, '@context': unsecured['@context'] ?? [] };
    expect(await form(unsecured)).toBe(text(`${name}-document.txt`));
    expect(await form(config)).toBe(text(`${name}-proof.txt`));
    const hashes = [sha256(await form(config)), sha256(await form(unsecured))];
    expect(Buffer.concat(hashes).toString('hex')).toBe(text(`${name}-combined-hash.txt`));
  });

  it('the signed document', async () => {
    const signed = await addProof(
      json('unsigned.json'),
      { cryptosuite, created: CREATED, purpose: 'assertionMethod' },
      SIGNER,
      CONTEXTS_FOR_SUITES,
    );
    expect(signed).toEqual({ ok: true, document: json(`${name}-signed.json`) });
  });

  it('is verified', async () => {
    expect(await verifyProofs(json(`${name}-signed.json`), EXPECTED)).toEqual({
      ok: true,
      controllers: [SIGNER.did],
    });
  });
});

describe('the published vectors of proof sets and chains', () => {
  const keys = json('chain-key-pairs.json');
  const keyOf = (number: number) =>
    signer((keys[`keyPair${number}`] as JsonObject)['privateKeyMultibase']);

  it.each(['set-1', 'set-2', 'chain-1', 'chain-2'])(
    '%s is verified, every proof of it',
    async (name) => {
      const document = json(`${name}-signed.json`);
      const verdict = await verifyProofs(document, EXPECTED);
      expect(verdict.ok && verdict.controllers).toHaveLength(
        (document['proof'] as Json[]).length || 1,
      );
    },
  );

  it('the last link of the chain is made again', async () => {
    const whole = json('chain-2-signed.json');
    const proofs = whole['proof'] as JsonObject[];
    const signed = await addProof(
      { ...whole, proof: proofs.slice(0, 3) },
      {
        cryptosuite: 'eddsa-rdfc-2022',
        created: new Date('2023-02-26T22:16:38Z'),
        purpose: 'assertionMethod',
        previousProof: textOf(proofs[3]?.['previousProof']),
      },
      keyOf(4),
      CONTEXTS_FOR_SUITES,
    );
    expect(signed).toEqual({ ok: true, document: whole });
  });

  it('a link that names a proof that is not there is refused', async () => {
    const whole = json('chain-2-signed.json');
    const proofs = (whole['proof'] as JsonObject[]).slice(1);
    expect(await verifyProofs({ ...whole, proof: proofs }, EXPECTED)).toEqual({
      ok: false,
      code: 'proof-malformed',
    });
  });
});
