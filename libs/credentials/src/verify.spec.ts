import {
  CONTEXTS,
  type JsonObject,
  addProof,
  clr,
  didDocument,
  openBadge,
  signJwt,
  signerOf,
  publicKeyOf,
  verifyCredential,
  verifyPresentation,
} from './index.js';
import {
  BADGE,
  NOW,
  SCHOOL,
  STRANGER,
  codes,
  codesOf,
  signed,
  signedBadge,
  world,
} from '../test/support.js';

describe('a credential that stands', () => {
  const ALL_RIGHT = {
    verdict: 'valid',
    format: 'format-sound',
    signature: 'signature-right',
    issuer: 'issuer-known',
    validity: 'valid-now',
    revoked: 'not-revoked',
    suspended: 'status-none',
    log: 'log-not-asked',
  };

  it('passes line by line, whichever way it is signed', async () => {
    expect(await codesOf(await signedBadge())).toEqual(ALL_RIGHT);
    expect(await codesOf(JSON.stringify(await signedBadge()))).toEqual(ALL_RIGHT);
    expect(await codesOf(await signedBadge({}, 'eddsa-jcs-2022'))).toEqual(ALL_RIGHT);
    expect(await codesOf(await signJwt(openBadge(BADGE), SCHOOL))).toEqual(ALL_RIGHT);
  });

  it('passes inside an envelope', async () => {
    const jwt = await signJwt(openBadge(BADGE), SCHOOL);
    const enveloped = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: `data:application/vc+jwt,${jwt}`,
      type: 'EnvelopedVerifiableCredential',
    };
    expect(await codesOf(enveloped)).toEqual(ALL_RIGHT);
  });

  it('may carry two proofs, and both count', async () => {
    const both = await signed(await signedBadge(), 'eddsa-jcs-2022');
    expect(await codesOf(both)).toEqual(ALL_RIGHT);
    const [first, second] = both['proof'] as JsonObject[];
    const spoilt = { ...first, created: '2026-07-02T03:00:01Z' };
    expect(await codesOf({ ...both, proof: [spoilt, second] as JsonObject[] })).toMatchObject({
      verdict: 'invalid',
      signature: 'signature-wrong',
    });
  });

  it('of a did:web is checked by the document of its issuer, retired keys included', async () => {
    const did = 'did:web:bank.example:institutions:SPB';
    const seed = Buffer.alloc(32, 9);
    const keys = [
      { fragment: 'key-1', publicKey: publicKeyOf(seed), retired: true },
      { fragment: 'key-2', publicKey: publicKeyOf(Buffer.alloc(32, 10)) },
    ];
    const resolveDid = (asked: string) =>
      Promise.resolve(asked === did ? didDocument(did, keys) : undefined);
    const badge = openBadge({ ...BADGE, issuer: { did, name: 'S' } });
    const { credentialStatus: _, ...plain } = badge;
    const document = await signed(plain, 'eddsa-rdfc-2022', signerOf(`${did}#key-1`, seed));
    expect(await codesOf(document, { resolveDid })).toMatchObject({
      signature: 'signature-right',
      revoked: 'status-none',
    });
    expect(await codesOf(document)).toMatchObject({
      verdict: 'incomplete',
      signature: 'issuer-not-reachable',
    });
    const gone = () => Promise.resolve(didDocument(did, keys.slice(1)));
    expect(await codesOf(document, { resolveDid: gone })).toMatchObject({
      verdict: 'invalid',
      signature: 'key-not-found',
    });
  });
});

describe('every altered character of a credential is refused', () => {
  /** Every so many characters; EVERY_BYTE=1 tries them all, in ten seconds and more. */
  const STRIDE = process.env['EVERY_BYTE'] ? 1 : 9;

  /** Changes one character for another of its kind; JSON white space and escapes mean nothing. */
  function altered(text: string, at: number): string {
    const was = text.charAt(at);
    const now = /\d/.test(was) ? String((Number(was) + 1) % 10) : was === 'x' ? 'y' : 'x';
    return text.slice(0, at) + now + text.slice(at + 1);
  }

  it.each(['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const)(
    '%s',
    async (suite) => {
      const text = JSON.stringify(await signedBadge({}, suite));
      const accepted: string[] = [];
      for (let at = 0; at < text.length; at += STRIDE) {
        const answer = await verifyCredential(altered(text, at), world());
        const failed = answer.lines.some(({ line, result }) => {
          return (line === 'format' || line === 'signature') && result !== 'pass';
        });
        if (!failed) accepted.push(text.slice(Math.max(0, at - 20), at + 20));
      }
      expect(accepted).toEqual([]);
    },
    300_000,
  );

  it('vc+jwt', async () => {
    const jwt = await signJwt(openBadge(BADGE), SCHOOL);
    for (let at = 0; at < jwt.length; at += STRIDE) {
      const was = jwt.charAt(at);
      const now = was === 'A' ? 'B' : 'A';
      const answer = await codesOf(jwt.slice(0, at) + now + jwt.slice(at + 1));
      expect(answer.verdict).not.toBe('valid');
    }
  }, 60_000);
});

describe('who signed', () => {
  it('must be the issuer that is named', async () => {
    const document = await signed(openBadge(BADGE), 'eddsa-rdfc-2022', STRANGER);
    expect(await codesOf(document)).toMatchObject({
      verdict: 'invalid',
      signature: 'key-not-of-issuer',
    });
    expect(await codesOf(await signJwt(openBadge(BADGE), STRANGER))).toMatchObject({
      signature: 'key-not-of-issuer',
    });
  });

  it('is not believed when a document lists a key of another controller', async () => {
    const did = 'did:web:bank.example';
    const seed = Buffer.alloc(32, 9);
    const document = didDocument(did, [{ fragment: 'a', publicKey: publicKeyOf(seed) }]);
    const [method] = document['verificationMethod'] as JsonObject[];
    const foreign = { ...document, verificationMethod: [{ ...method, controller: STRANGER.did }] };
    const badge = openBadge({ ...BADGE, issuer: { did, name: 'S' } });
    const credential = await signed(badge, 'eddsa-rdfc-2022', signerOf(`${did}#a`, seed));
    const ask = (answer: JsonObject) => codesOf(credential, { resolveDid: async () => answer });
    expect(await ask(foreign)).toMatchObject({ signature: 'key-not-of-issuer' });
    expect(await ask({ ...document, id: 'did:web:other' })).toMatchObject({
      signature: 'key-not-of-issuer',
    });
    expect(await ask({ ...document, assertionMethod: [] })).toMatchObject({
      signature: 'key-not-for-purpose',
    });
    expect(await ask(document)).toMatchObject({ signature: 'signature-right' });
  });

  it('unknown and suspended issuers are told apart', async () => {
    const document = await signed(
      openBadge({ ...BADGE, issuer: { did: STRANGER.did, name: 'X' } }),
      'eddsa-rdfc-2022',
      STRANGER,
    );
    const { credentialStatus: _, ...plain } = document;
    expect(plain).not.toHaveProperty('credentialStatus');
    expect(await codesOf(document, { readStatusList: async () => undefined })).toMatchObject({
      verdict: 'incomplete',
      signature: 'signature-right',
      issuer: 'issuer-unknown',
      revoked: 'status-not-reachable',
    });
    const suspended = async () => ({ standing: 'suspended', name: 'S' }) as const;
    expect(await codesOf(await signedBadge(), { knowIssuer: suspended })).toMatchObject({
      verdict: 'invalid',
      issuer: 'issuer-known',
      suspended: 'issuer-suspended',
    });
    const active = async () => ({ standing: 'active', name: 'S' }) as const;
    expect(await codesOf(await signedBadge(), { knowIssuer: active })).toMatchObject({
      verdict: 'valid',
      issuer: 'issuer-known',
      suspended: 'issuer-not-suspended',
    });
  });

  it('and an entry that waits for the log is not held against it', async () => {
    const waiting = await codesOf(await signedBadge(), { askLog: async () => 'log-waiting' });
    expect(waiting).toMatchObject({ verdict: 'valid', log: 'log-waiting' });
    const never = await codesOf(await signedBadge(), { askLog: async () => 'not-in-log' });
    expect(never).toMatchObject({ verdict: 'invalid', log: 'not-in-log' });
  });

  it('nobody, when there is no signature, a strange one or a broken one', async () => {
    const badge = await signedBadge();
    const proof = badge['proof'] as JsonObject;
    const withProof = (change: JsonObject) => codesOf({ ...badge, proof: { ...proof, ...change } });
    expect(await codesOf(openBadge(BADGE))).toMatchObject({ signature: 'signature-missing' });
    expect(await withProof({ cryptosuite: 'ecdsa-rdfc-2019' })).toMatchObject({
      signature: 'cryptosuite-unknown',
    });
    expect(await withProof({ proofValue: 'z1' })).toMatchObject({ signature: 'proof-malformed' });
    expect(await withProof({ proofPurpose: 'authentication' })).toMatchObject({
      signature: 'key-not-for-purpose',
    });
    expect(await withProof({ verificationMethod: SCHOOL.did })).toMatchObject({
      signature: 'key-not-found',
    });
  });
});

describe('what it says', () => {
  it('must be a credential under known contexts, without words of its own', async () => {
    const badge = await signedBadge();
    const format = async (input: JsonObject | string) => (await codesOf(input)).format;
    expect(await format('{"a":')).toBe('not-json');
    expect(await format('[]')).toBe('not-json');
    expect(await format('x'.repeat(3 * 1024 * 1024))).toBe('too-large');
    expect(await format('['.repeat(100_000))).toBe('not-json');
    expect(await format({ ...badge, issuer: 'nobody' })).toBe('not-a-credential');
    expect(await format({ ...badge, surprise: 'word' })).toBe('term-unknown');
    expect(await format({ ...badge, description: null })).toBe('not-a-credential');
    const context = badge['@context'] as string[];
    const more = (one: string | JsonObject) => format({ ...badge, '@context': [...context, one] });
    expect(await more('https://evil.example/context')).toBe('context-unknown');
    expect(await more({ surprise: 'https://evil.example/word' })).toBe('context-unknown');
    const subject = badge['credentialSubject'] as JsonObject;
    expect(
      await format({ ...badge, credentialSubject: { ...subject, '@context': 'urn:hidden' } }),
    ).toBe('context-unknown');
    expect(await format({ ...badge, credentialSubject: { ...subject, achievement: [] } })).toBe(
      'schema-mismatch',
    );
  });

  it('has a beginning and an end', async () => {
    const badge = await signedBadge();
    const at = async (now: Date) => (await codesOf(badge, { now })).validity;
    expect(await at(new Date('2026-07-02T02:54:00Z'))).toBe('not-yet-valid');
    expect(await at(new Date('2026-07-02T02:56:00Z'))).toBe('valid-now');
    expect(await at(new Date('2033-07-02T03:04:00Z'))).toBe('valid-now');
    expect(await at(new Date('2033-07-02T03:06:00Z'))).toBe('expired');
  });
});

describe('a transcript', () => {
  const transcript = (credentials: readonly JsonObject[]) =>
    signed(
      clr({
        id: 'urn:uuid:0190dddd-0000-7000-8000-000000000001',
        issuer: BADGE.issuer,
        subject: BADGE.subject,
        name: '学习成果档案',
        description: '全部学习成果',
        validFrom: BADGE.validFrom,
        credentials,
      }),
    );

  it('is looked at with every credential in it', async () => {
    const document = await transcript([await signedBadge(), await signedBadge()]);
    const answer = await verifyCredential(document, world());
    expect(answer.verdict).toBe('valid');
    expect(answer.inner?.map(codes)).toMatchObject([
      { signature: 'signature-right' },
      { signature: 'signature-right' },
    ]);
  });

  it('falls with a credential in it that does not stand', async () => {
    const document = await transcript([await signedBadge(), openBadge(BADGE)]);
    const answer = await verifyCredential(document, world());
    expect(codes(answer)).toMatchObject({ signature: 'signature-right' });
    expect(answer.verdict).toBe('invalid');
  });
});

describe('a presentation', () => {
  const presentation = async (domain: string, challenge: string) => {
    const made = await addProof(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder: STRANGER.did,
        verifiableCredential: [await signedBadge()],
      },
      {
        cryptosuite: 'eddsa-rdfc-2022',
        created: NOW,
        purpose: 'authentication',
        domain,
        challenge,
      },
      STRANGER,
      CONTEXTS,
    );
    if (!made.ok) throw new Error(JSON.stringify(made));
    return made.document;
  };

  it('is for one audience and one question', async () => {
    const document = await presentation('office.example', 'c-1');
    const ask = async (domain: string, challenge: string) => {
      const answer = await verifyPresentation(document, world({ domain, challenge }), true);
      return { verdict: answer.verdict, signature: codes(answer).signature };
    };
    const right = { verdict: 'valid', signature: 'signature-right' };
    expect(await ask('office.example', 'c-1')).toEqual(right);
    expect(await ask('other.example', 'c-1')).toEqual({
      verdict: 'invalid',
      signature: 'audience-wrong',
    });
    expect(await ask('office.example', 'c-2')).toEqual({
      verdict: 'invalid',
      signature: 'challenge-wrong',
    });
  });

  it('is the holder’s, and signed where that is asked', async () => {
    const document = await presentation('office.example', 'c-1');
    const { proof: _, ...unsigned } = document;
    const asked = world({ domain: 'office.example', challenge: 'c-1' });
    expect(
      codes(await verifyPresentation({ ...document, holder: SCHOOL.did }, asked, true)),
    ).toEqual({ format: 'format-sound', signature: 'signature-wrong' });
    expect((await verifyPresentation(unsigned, asked, true)).verdict).toBe('invalid');
    expect((await verifyPresentation(unsigned, asked, false)).verdict).toBe('valid');
  });
});
