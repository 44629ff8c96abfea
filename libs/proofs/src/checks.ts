import { parseCredits, formatCredits } from '#libs/credit';
import { HASH_BYTES, decodeBase64, parseVerifierKey } from '#libs/merkle';

/** Says what is wrong with a value, and where; undefined when nothing is. */
export type Check = (value: unknown, at: string) => string | undefined;

/** A text of at most so many characters that a test accepts; `what` says how it should be. */
export function text(what: string, fits: (value: string) => boolean, most = 200): Check {
  return (value, at) =>
    typeof value === 'string' && value.length <= most && fits(value)
      ? undefined
      : `${at}: it must be ${what}`;
}

export const count: Check = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)
    ? undefined
    : `${at}: it must be a whole number, zero or more`;

export const uuid = text('an id in lower case', (value) => UUID.test(value));
export const hex = text('a SHA-256 in lower-case hex', (value) => /^[0-9a-f]{64}$/.test(value));
export const line = text('one line of text', (value) => /^[^\n]+$/.test(value), 5_000);
export const signedNote = text('a signed note', (value) => value.includes('\n\n'), 40_000);
export const day = text('a day, yyyy-mm-dd', (value) => /^\d{4}-\d\d-\d\d$/.test(value));
export const publicKey = text(
  'a public key, <name>+<id>+<base64>',
  (value) => parseVerifierKey(value) !== undefined,
  500,
);
export const hash = text(
  'a hash of 32 bytes in base64',
  (value) => decodeBase64(value)?.length === HASH_BYTES,
);
/** One moment has one spelling: whole milliseconds, UTC. */
export const moment = text(
  'a moment, yyyy-mm-ddThh:mm:ss.sssZ',
  (value) => /^\d{4}-.*Z$/.test(value) && isMoment(value),
);
/** One amount has one spelling: the shortest. */
export const credits = text('an amount of credits', (value) => {
  const parsed = parseCredits(value);
  return parsed.ok && formatCredits(parsed.amount) === value;
});

export function oneOf(values: readonly string[]): Check {
  return text(`one of ${values.join(', ')}`, (value) => values.includes(value));
}

export function nullable(check: Check): Check {
  return (value, at) => (value === null ? undefined : check(value, at));
}

export function list(check: Check, most: number): Check {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > most) {
      return `${at}: it must be a list of at most ${most}`;
    }
    return firstOf(value.map((item, place) => () => check(item, `${at}[${place}]`)));
  };
}

/** An object with just these fields: one that is not known was not proven either. */
export function record(
  fields: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  const known = { ...fields, ...optional };
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return `${at}: it must be an object`;
    }
    const found = value as Record<string, unknown>;
    const name = (field: string): string => (at === '' ? field : `${at}.${field}`);
    const unknown = Object.keys(found).find((field) => !Object.hasOwn(known, field));
    if (unknown !== undefined) return `${name(unknown)}: there is no such field`;
    const missing = Object.keys(fields).find((field) => !Object.hasOwn(found, field));
    if (missing !== undefined) return `${name(missing)}: it is missing`;
    return firstOf(
      Object.entries(found).map(
        ([field, own]) =>
          () =>
            known[field]?.(own, name(field)),
      ),
    );
  };
}

/** What is wrong with a text as JSON: two readers could take one text for two different things. */
export function parseJson(
  source: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { ok: false, fault: 'it is no JSON' };
  }
  const written = [...source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs)].filter(([, colon]) => colon);
  if (written.length !== keysIn(value)) {
    return { ok: false, fault: 'a field stands twice in one object' };
  }
  return { ok: true, value };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function isMoment(value: string): boolean {
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, inner) => sum + keysIn(inner), own);
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}
