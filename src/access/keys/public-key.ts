import type { JWK } from 'jose';

/** Curves whose signatures are taken, with the algorithm that goes with each. */
export const SIGNATURES: Readonly<Record<string, { kty: string; alg: string }>> = {
  Ed25519: { kty: 'OKP', alg: 'EdDSA' },
  'P-256': { kty: 'EC', alg: 'ES256' },
};

const COORDINATE = /^[A-Za-z0-9_-]{43}$/;

/** The public key in a JWK, and nothing else of it; undefined for what is no key taken here. */
export function publicKeyOf(jwk: Readonly<Record<string, unknown>>): JWK | undefined {
  const { kty, crv, x, y } = jwk;
  const known = typeof crv === 'string' && Object.hasOwn(SIGNATURES, crv) && SIGNATURES[crv];
  // Whoever sends a private key has given it away: it is not taken.
  if (!known || known.kty !== kty || 'd' in jwk) return undefined;
  if (typeof x !== 'string' || !COORDINATE.test(x)) return undefined;
  if (kty === 'OKP') return { kty, crv, x };
  if (typeof y !== 'string' || !COORDINATE.test(y)) return undefined;
  return { kty, crv, x, y };
}
