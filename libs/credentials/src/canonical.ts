import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Contexts } from './bundled/contexts.js';
import { jsonLd } from './json-ld.js';
import { type Json, type JsonObject, isObject, valuesOf } from './json.js';

/** Why a document has no canonical form. */
export type CanonicalFault =
  | { readonly code: 'context-unknown'; readonly params: { readonly url: string } }
  | { readonly code: 'term-unknown'; readonly params: { readonly detail: string } };

export type Canonical =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: CanonicalFault };

/**
 * How hard RDFC-1.0 may work on a document made to be hard: 1 is the library's own measure for a
 * number of steps that grows with the number of blank nodes, and real credentials need far less.
 */
const MAX_WORK_FACTOR = 1;

/** Characters of a stranger's document that a fault repeats. */
const MAX_SHOWN = 200;

class UnknownContext extends Error {
  constructor(readonly url: string) {
    super(`unknown context ${url}`);
  }
}

/**
 * The N-Quads of a JSON-LD document in the order of RDFC-1.0, in safe mode: a word that no context
 * explains is a fault and never left out. Nothing is fetched: contexts are those given.
 */
export async function rdfCanonical(document: JsonObject, contexts: Contexts): Promise<Canonical> {
  const [jsonld, { default: rdfCanonize }] = await Promise.all([jsonLd(), import('rdf-canonize')]);
  const strange = strangeContext(document, contexts);
  if (strange !== undefined) return unknownContext(strange);
  const unknown: string[] = [];
  try {
    const dataset = await jsonld.toRDF(document, {
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      produceGeneralizedRdf: false,
      documentLoader: loaderOf(contexts, unknown),
    });
    const text = await rdfCanonize.canonize(dataset, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      maxWorkFactor: MAX_WORK_FACTOR,
    });
    return { ok: true, text };
  } catch (error) {
    const [url] = unknown;
    if (url !== undefined) return unknownContext(url);
    return { ok: false, fault: { code: 'term-unknown', params: { detail: detailOf(error) } } };
  }
}

/** RFC 8785 (JCS). */
export function jsonCanonical(document: JsonObject): string {
  return canonicalize(document) ?? '';
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The first context anywhere in a document that may not be used; undefined when there is none. */
export function strangeContext(value: Json | undefined, contexts: Contexts): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = isObject(value) ? valuesOf(value['@context']) : [];
  for (const context of own) {
    if (typeof context === 'string' && contexts.known.has(context)) continue;
    if (typeof context === 'string') return context;
    if (!contexts.allowsInline) return JSON.stringify(context).slice(0, MAX_SHOWN);
  }
  for (const [name, member] of Object.entries(value)) {
    const inner = name === '@context' ? undefined : strangeContext(member, contexts);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function unknownContext(url: string): Canonical {
  return { ok: false, fault: { code: 'context-unknown', params: { url } } };
}

function loaderOf(contexts: Contexts, unknown: string[]) {
  return (url: string) => {
    const document = contexts.known.get(url);
    if (!document) {
      unknown.push(url);
      return Promise.reject(new UnknownContext(url));
    }
    return Promise.resolve({
      contextUrl: null,
      documentUrl: url,
      document,
      tag: 'static' as const,
    });
  };
}

/** What the JSON-LD processor found: in safe mode the kind of event and the word it is about. */
function detailOf(error: unknown): string {
  const details = (error as { details?: { event?: { code?: string; details?: unknown } } }).details;
  const event = details?.event;
  if (event?.code === undefined) return error instanceof Error ? error.message : String(error);
  return `${event.code}: ${JSON.stringify(event.details).slice(0, MAX_SHOWN)}`;
}
