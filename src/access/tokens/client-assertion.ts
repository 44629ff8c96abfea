import { type JWK, type JWTPayload, decodeJwt, importJWK, jwtVerify } from 'jose';
import { SIGNATURES } from '../keys/public-key.js';

/** An assertion is made for one request: nobody needs one that lives longer. */
const LONGEST_SECONDS = 5 * 60;
const CLOCK_TOLERANCE_SECONDS = 30;

/** What a valid assertion says. */
export interface Assertion {
  readonly id: string;
  readonly expiresAt: Date;
}

/** The client that an assertion says it is of; nothing is proved by it. */
export function clientOfAssertion(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

/**
 * Checks an assertion as RFC 7523 3 asks: the client's signature, `iss` and `sub` the client, `aud`
 * this server, an end within five minutes and an id. Undefined when anything is wrong.
 */
export async function verifyAssertion(
  assertion: string,
  client: { readonly id: string; readonly publicKey: JWK },
  audiences: readonly string[],
): Promise<Assertion | undefined> {
  const alg = SIGNATURES[client.publicKey.crv ?? '']?.alg;
  if (alg === undefined) return undefined;
  try {
    const key = await importJWK(client.publicKey, alg);
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [alg],
      issuer: client.id,
      subject: client.id,
      audience: [...audiences],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'jti'],
    });
    return assertionOf(payload);
  } catch {
    return undefined;
  }
}

function assertionOf({ exp = 0, jti }: JWTPayload): Assertion | undefined {
  const latest = Date.now() / 1000 + LONGEST_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof jti !== 'string' || jti === '' || exp > latest) return undefined;
  return { id: jti, expiresAt: new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1000) };
}
