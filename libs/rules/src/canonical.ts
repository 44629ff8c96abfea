import assert from 'node:assert';
import { createHash } from 'node:crypto';

/**
 * Canonical JSON: members sorted by code unit, no white space, integers only. Two equal values give
 * equal bytes, which is what makes a hash an identity and a replay comparable.
 * Throws on a value that JSON cannot carry exactly (a fraction, a bigint): that is a bug here.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), 'canonical JSON carries integers; amounts are strings');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  assert(typeof value === 'object', `canonical JSON cannot carry a ${typeof value}`);
  return canonicalObject(value as Readonly<Record<string, unknown>>);
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  // Texts sort by code unit when nothing else is said.
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Printable ASCII without quotes and backslashes: what most names and codes are made of. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** SHA-256 of a text in UTF-8, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Order of two texts that is the same in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
