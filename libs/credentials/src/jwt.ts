import { CompactSign, compactVerify } from 'jose';
import { type DidResolver, type KeyFault, findKey } from './did.js';
import { type JsonObject, idOf, readObject, textOf } from './json.js';
import { type Signer, keyObjectOf } from './keys.js';

/** Types of a JWT that holds a credential (VC-JOSE-COSE, section 3.1). */
const CREDENTIAL_TYPE = 'vc+jwt';

const ALGORITHMS = ['EdDSA', 'Ed25519'];

/** How far the clocks of an issuer and of ours may differ. */
const MAX_SKEW_MS = 300_000;

/** Why a JWT does not hold. */
export type JwtFault =
  | KeyFault
  | 'not-json'
  | 'proof-malformed'
  | 'cryptosuite-unknown'
  | 'signature-wrong'
  | 'proof-expired'
  | 'audience-wrong';

export type JwtVerdict =
  | { readonly ok: true; readonly credential: JsonObject; readonly controller: string }
  | { readonly ok: false; readonly code: JwtFault; readonly params?: Record<string, string> };

/** The credential as `vc+jwt`: the same document, signed as it stands and without JSON-LD. */
export function signJwt(credential: JsonObject, signer: Signer): Promise<string> {
  const { proof: _, ...unsecured } = credential;
  return new CompactSign(Buffer.from(JSON.stringify(unsecured), 'utf8'))
    .setProtectedHeader({
      alg: 'EdDSA',
      typ: CREDENTIAL_TYPE,
      cty: 'vc',
      kid: signer.verificationMethod,
    })
    .sign(signer.privateKey);
}

/** Whether a text has the form of a JWT: three parts of base64url. */
export function looksLikeJwt(text: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(text);
}

/** The document inside a JWT, unchecked: for showing what was sent. */
export function credentialInJwt(jwt: string): JsonObject | undefined {
  return looksLikeJwt(jwt) ? readObject(decoded(jwt.split('.')[1] ?? '')) : undefined;
}

/** Checks a JWT and answers the credential in it. */
export async function verifyJwt(
  jwt: string,
  expected: { readonly now: Date; readonly resolve: DidResolver; readonly domain?: string },
): Promise<JwtVerdict> {
  // Another spelling of the same bytes is another text, and only one of them was signed.
  if (!looksLikeJwt(jwt) || !jwt.split('.').every(isCanonical)) return fault('proof-malformed');
  const [head = '', body = ''] = jwt.split('.');
  const header = readObject(decoded(head));
  const credential = readObject(decoded(body));
  if (!header || !credential) return fault('not-json');
  if (!ALGORITHMS.includes(textOf(header['alg']))) {
    return fault('cryptosuite-unknown', { cryptosuite: textOf(header['alg']) });
  }
  const kid = keyIdOf(header, credential);
  if (header['typ'] !== CREDENTIAL_TYPE || kid === undefined || 'vc' in credential) {
    return fault('proof-malformed');
  }
  const key = await findKey(kid, 'assertionMethod', expected.resolve);
  if (!key.ok) return fault(key.code, { key: kid });
  try {
    await compactVerify(jwt, keyObjectOf(key.publicKey), { algorithms: ALGORITHMS });
  } catch {
    return fault('signature-wrong');
  }
  const claim = claimFault(credential, expected.now, expected.domain);
  return claim ? fault(claim) : { ok: true, credential, controller: key.controller };
}

/** The full DID URL of the key; a bare `kid` is a key of the issuer. */
function keyIdOf(header: JsonObject, credential: JsonObject): string | undefined {
  const kid = header['kid'];
  if (typeof kid !== 'string') return undefined;
  return kid.startsWith('did:')
    ? kid
    : `${idOf(credential['issuer']) ?? ''}#${kid.replace(/^#/, '')}`;
}

/** The claims of JWTs bind where they stand; the credential's own dates are checked elsewhere. */
function claimFault(claims: JsonObject, now: Date, domain?: string): JwtFault | undefined {
  const seconds = now.getTime() / 1000;
  const skew = MAX_SKEW_MS / 1000;
  for (const name of ['exp', 'nbf', 'iat']) {
    if (claims[name] !== undefined && typeof claims[name] !== 'number') return 'proof-malformed';
  }
  if (typeof claims['exp'] === 'number' && claims['exp'] <= seconds - skew) return 'proof-expired';
  if (typeof claims['nbf'] === 'number' && claims['nbf'] > seconds + skew) return 'proof-expired';
  if (claims['iss'] !== undefined && claims['iss'] !== idOf(claims['issuer'])) {
    return 'key-not-of-issuer';
  }
  const audience = claims['aud'];
  const names = Array.isArray(audience) ? audience : [audience];
  return audience !== undefined && domain !== undefined && !names.includes(domain)
    ? 'audience-wrong'
    : undefined;
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8');
}

function fault(code: JwtFault, params?: Record<string, string>): JwtVerdict {
  return { ok: false, code, ...(params ? { params } : {}) };
}
