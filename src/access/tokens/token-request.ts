import { OAuthError } from './oauth-error.js';

/** How a client shows who it is: a secret by HTTP Basic, or a signed assertion. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string | null; readonly assertion: string };

export interface TokenRequest {
  readonly proof: ClientProof;
  /** Scopes asked for; null for all that the client has. */
  readonly scopes: readonly string[] | null;
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** RFC 6749 appendix A.4: printable characters but quote and backslash, single spaces between. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const MOST = 4_096;

/**
 * Reads a request to the token endpoint (RFC 6749 4.4, RFC 7523). Parameters that are not known are
 * left aside, as the standard asks; one that comes twice is refused.
 */
export function readTokenRequest(body: unknown, authorization: string | undefined): TokenRequest {
  const grant = parameter(body, 'grant_type');
  if (grant === undefined) throw new OAuthError('invalid_request', 'grant_type is missing');
  const proof = proofOf(body, authorization);
  if (grant !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', 'use grant_type=client_credentials');
  }
  const scope = parameter(body, 'scope');
  if (scope !== undefined && !SCOPE.test(scope)) {
    throw new OAuthError('invalid_scope', 'separate scopes by one space');
  }
  return { proof, scopes: scope === undefined ? null : [...new Set(scope.split(' '))] };
}

function proofOf(body: unknown, authorization: string | undefined): ClientProof {
  const type = parameter(body, 'client_assertion_type');
  const assertion = parameter(body, 'client_assertion');
  const hasAssertion = type !== undefined || assertion !== undefined;
  if (authorization !== undefined && hasAssertion) {
    throw new OAuthError('invalid_request', 'use one way to authenticate, not two');
  }
  if (authorization !== undefined) return basicOf(authorization);
  if (assertion !== undefined && type === JWT_BEARER) {
    return { kind: 'assertion', clientId: parameter(body, 'client_id') ?? null, assertion };
  }
  throw new OAuthError('invalid_client', 'use client_secret_basic or private_key_jwt');
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are put together. */
function basicOf(authorization: string): ClientProof {
  const encoded = /^basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  try {
    if (colon > 0) {
      const [clientId, secret] = [text.slice(0, colon), text.slice(colon + 1)].map((part) =>
        decodeURIComponent(part.replaceAll('+', ' ')),
      ) as [string, string];
      return { kind: 'secret', clientId, secret };
    }
  } catch {
    // Not form-encoded: refused below like any other text.
  }
  throw new OAuthError('invalid_client', 'send Basic base64(client_id ":" client_secret)');
}

function parameter(body: unknown, name: string): string | undefined {
  const value: unknown =
    typeof body === 'object' && body !== null && Object.hasOwn(body, name)
      ? (body as Record<string, unknown>)[name]
      : undefined;
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > MOST) {
    throw new OAuthError('invalid_request', `${name} must come once, as text`);
  }
  return value;
}
