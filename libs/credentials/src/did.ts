import { type JsonObject, idOf, isObject, valuesOf } from './json.js';
import { multikeyOf, readMultikey } from './keys.js';

/** What a key may be used for: signing credentials, or signing presentations. */
export type ProofPurpose = 'assertionMethod' | 'authentication';

/** Finds the document of a DID; undefined when there is none. Whoever fetches does so outside. */
export type DidResolver = (did: string) => Promise<JsonObject | undefined>;

/** One key of a DID document: its fragment and its 32 public bytes. */
export interface DidKey {
  /** For example `key-1`. */
  readonly fragment: string;
  readonly publicKey: Uint8Array;
  /**
   * Retired keys sign no more, but stay listed: what they signed is still checked by them. A key
   * that became known to others must leave the document instead.
   */
  readonly retired?: boolean;
}

/**
 * The DID of a web address: `did:web:bank.example%3A3000:institutions:SVS`.
 * @param host with a port where it is not the standard one
 * @param path names without slashes, none for the host itself
 */
export function didWeb(host: string, ...path: readonly string[]): string {
  return ['did:web', ...[host, ...path].map(encodeURIComponent)].join(':');
}

/**
 * Where the document of a did:web stands, undefined for any other DID.
 * Source: did:web Method Specification, "Read (Resolve)".
 */
export function didWebUrl(did: string): string | undefined {
  if (
    !/^did:web:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+(?::(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)*$/.test(
      did,
    )
  )
    return undefined;
  const [host = '', ...path] = did.slice('did:web:'.length).split(':');
  const authority = safelyDecoded(host);
  if (authority === undefined || !/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(authority)) return undefined;
  if (path.some((name) => /^\.+$/.test(safelyDecoded(name) ?? '.'))) return undefined;
  return path.length === 0
    ? `https://${authority}/.well-known/did.json`
    : `https://${authority}/${path.join('/')}/did.json`;
}

/** The document of a DID with its keys, retired ones included. */
export function didDocument(did: string, keys: readonly DidKey[], service?: string): JsonObject {
  const ids = keys.map(({ fragment }) => `${did}#${fragment}`);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: keys.map(({ fragment, publicKey }) => ({
      id: `${did}#${fragment}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: multikeyOf(publicKey),
    })),
    assertionMethod: ids,
    authentication: ids.filter((_, index) => keys[index]?.retired !== true),
    ...(service === undefined
      ? {}
      : { service: [{ id: `${did}#bank`, type: 'LinkedDomains', serviceEndpoint: service }] }),
  };
}

/** The document of a `did:key` of Ed25519, made from the DID alone; undefined for any other DID. */
export function didKeyDocument(did: string): JsonObject | undefined {
  const multikey = /^did:key:(z6Mk[1-9A-HJ-NP-Za-km-z]+)$/.exec(did)?.[1];
  const publicKey = readMultikey(multikey);
  if (multikey === undefined || !publicKey) return undefined;
  return didDocument(did, [{ fragment: multikey, publicKey }]);
}

/** Why a key cannot be used to check a proof. */
export type KeyFault =
  'key-not-found' | 'key-not-of-issuer' | 'key-not-for-purpose' | 'issuer-not-reachable';

export type FoundKey =
  | { readonly ok: true; readonly publicKey: Buffer; readonly controller: string }
  | { readonly ok: false; readonly code: KeyFault };

/**
 * The key under a full DID URL, when the document of that DID lists it, controls it itself, and
 * lists it for this purpose.
 */
export async function findKey(
  verificationMethod: string,
  purpose: ProofPurpose,
  resolve: DidResolver,
): Promise<FoundKey> {
  const [did = '', fragment] = verificationMethod.split('#');
  // Without a fragment it names a whole document, and no key of it.
  if (fragment === undefined || fragment === '') return { ok: false, code: 'key-not-found' };
  const document = didKeyDocument(did) ?? (await resolve(did));
  if (!document) return { ok: false, code: 'issuer-not-reachable' };
  if (document['id'] !== did) return { ok: false, code: 'key-not-of-issuer' };
  const method = [...valuesOf(document['verificationMethod']), ...valuesOf(document[purpose])]
    .filter(isObject)
    .find((one) => absolute(one['id'], did) === verificationMethod);
  const publicKey = method && readMultikey(method['publicKeyMultibase']);
  if (!method || !publicKey) return { ok: false, code: 'key-not-found' };
  if (method['controller'] !== did) return { ok: false, code: 'key-not-of-issuer' };
  const listed = valuesOf(document[purpose]).some(
    (one) => absolute(idOf(one), did) === verificationMethod,
  );
  if (!listed) return { ok: false, code: 'key-not-for-purpose' };
  return { ok: true, publicKey, controller: did };
}

function absolute(id: unknown, did: string): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? `${did}${id}` : id;
}

function safelyDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
