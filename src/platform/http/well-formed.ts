import { isPlainText } from './plain-text.js';
import { notFound, refusal } from './refusal.js';

/** No request needs more; what validates and prints values goes down by recursion. */
const MOST_LEVELS = 32;

/** Names that reach the prototype of an object instead of a member. */
const NOT_MEMBERS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Refuses an address whose query is not percent-encoded UTF-8, for example half a surrogate pair. */
export function checkQuery(url: string): void {
  const start = url.indexOf('?');
  if (start < 0) return;
  try {
    decodeURIComponent(url.slice(start + 1));
  } catch {
    throw refusal('malformed-request', { reason: 'percent-encode the query as UTF-8' });
  }
}

/** No id and no code holds an invisible character, and PostgreSQL takes no NUL. */
export function checkParams(params: unknown): void {
  if (isObject(params) && !Object.values(params).map(String).every(isPlainText)) throw notFound();
}

/** Refuses a JSON body that is nested beyond reason or that names what is no member. */
export function checkBody(body: unknown): void {
  let level: object[] = isObject(body) ? [body] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) {
      throw refusal('malformed-request', { reason: `nest at most ${MOST_LEVELS} levels` });
    }
    for (const object of level) checkNames(object);
    level = level.flatMap((object) => (Object.values(object) as unknown[]).filter(isObject));
  }
}

function checkNames(object: object): void {
  if (Array.isArray(object)) return;
  const foreign = Object.keys(object).find((name) => NOT_MEMBERS.includes(name));
  if (foreign === undefined) return;
  throw refusal('malformed-request', { reason: `"${foreign}" is no member of anything here` });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}
