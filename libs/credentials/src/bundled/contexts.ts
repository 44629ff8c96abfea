import type { JsonObject } from '../json.js';
import clr from './contexts/clr-2.0.1.json' with { type: 'json' };
import examples from './contexts/credentials-examples-v2.json' with { type: 'json' };
import credentialsV1 from './contexts/credentials-v1.json' with { type: 'json' };
import credentialsV2 from './contexts/credentials-v2.json' with { type: 'json' };
import dataIntegrityV1 from './contexts/data-integrity-v1.json' with { type: 'json' };
import dataIntegrityV2 from './contexts/data-integrity-v2.json' with { type: 'json' };
import multikey from './contexts/multikey-v1.json' with { type: 'json' };
import badges1 from './contexts/ob-3.0.1.json' with { type: 'json' };
import badges2 from './contexts/ob-3.0.2.json' with { type: 'json' };
import badges3 from './contexts/ob-3.0.3.json' with { type: 'json' };
import badgeExtensions from './contexts/ob-extensions.json' with { type: 'json' };
import status from './contexts/status-v1.json' with { type: 'json' };

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';
export const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const BADGE_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';

export const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';

/** Which JSON-LD contexts a document may use. */
export interface Contexts {
  readonly known: ReadonlyMap<string, JsonObject>;
  /**
   * Whether a document may bring a context of its own. It could then give the words of a signed
   * document other names without changing what was signed.
   */
  readonly allowsInline: boolean;
}

const KNOWN = new Map<string, JsonObject>([
  [CREDENTIALS_V2, credentialsV2],
  [CREDENTIALS_V1, credentialsV1],
  [BADGES, badges3],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json', badges2],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', badges1],
  [BADGE_EXTENSIONS, badgeExtensions],
  [CLR, clr],
  ['https://w3id.org/security/data-integrity/v1', dataIntegrityV1],
  [DATA_INTEGRITY, dataIntegrityV2],
  ['https://w3id.org/security/multikey/v1', multikey],
  ['https://www.w3.org/ns/credentials/status/v1', status],
]);

/** Every context this library knows. A document that names another one is refused by its name. */
export const CONTEXTS: Contexts = { known: KNOWN, allowsInline: false };

/**
 * With the context of examples, under which any word has a meaning, and with contexts of the
 * documents' own: for test suites only.
 */
export const CONTEXTS_FOR_SUITES: Contexts = {
  known: new Map([...KNOWN, ['https://www.w3.org/ns/credentials/examples/v2', examples]]),
  allowsInline: true,
};

/**
 * Digests of published documents as their bytes are served, for `relatedResource`: SHA-256 in hex.
 * The bytes are those of the files beside this one.
 */
export const PUBLISHED_SHA256: ReadonlyMap<string, string> = new Map([
  [CREDENTIALS_V2, '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734'],
  [CREDENTIALS_V1, 'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc'],
]);

/** The same as SHA-384 in base64. */
export const PUBLISHED_SHA384: ReadonlyMap<string, string> = new Map([
  [CREDENTIALS_V2, 'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'],
  [CREDENTIALS_V1, 'gsOz6rhjdUu/0rnxfY1tufYRafMBy/CwXh/EvrX1xR3U0uiIwnT0nD+7JAj2H67R'],
]);
