import { type JsonObject, idOf, isObject, textOf, valuesOf } from './json.js';
import { type LineCode, type Line, lineOf } from './lines.js';
import { StatusBits, type StatusPurpose } from './status-list.js';

/** A status list as its address answers it: a credential, as object or as JWT. */
export type StatusListReader = (url: string) => Promise<JsonObject | string | undefined>;

/**
 * A status list that was checked like any credential; otherwise the word for what is wrong with it.
 * `isOpen`: nothing is, but the keys of its issuer cannot be had.
 */
export type CheckedList =
  | { readonly ok: true; readonly credential: JsonObject }
  | { readonly ok: false; readonly why: string; readonly isOpen?: true };

export interface StatusCheck {
  readonly read: StatusListReader;
  /** Checks form, signature and dates of a list. */
  readonly check: (list: JsonObject | string) => Promise<CheckedList>;
}

const LINE_OF: Record<StatusPurpose, 'revoked' | 'suspended'> = {
  revocation: 'revoked',
  suspension: 'suspended',
};

const CODES: Record<StatusPurpose, { set: LineCode; clear: LineCode }> = {
  revocation: { set: 'revoked', clear: 'not-revoked' },
  suspension: { set: 'suspended', clear: 'not-suspended' },
};

/** What the status lists say about a credential, for one purpose. */
export async function statusLine(
  credential: JsonObject,
  purpose: StatusPurpose,
  check: StatusCheck,
): Promise<Line> {
  const line = LINE_OF[purpose];
  const entries = valuesOf(credential['credentialStatus']).filter(isObject);
  const strange = entries.find((entry) => !isBitstring(entry));
  if (strange && purpose === 'revocation') {
    return lineOf(line, 'status-kind-unknown', {
      type: valuesOf(strange['type']).map(textOf).join(', '),
    });
  }
  const mine = entries.filter((entry) => isBitstring(entry) && entry['statusPurpose'] === purpose);
  let answer = lineOf(line, 'status-none');
  for (const entry of mine) {
    answer = await entryLine(credential, entry, purpose, check);
    if (answer.result !== 'pass') return answer;
  }
  return answer;
}

async function entryLine(
  credential: JsonObject,
  entry: JsonObject,
  purpose: StatusPurpose,
  { read, check }: StatusCheck,
): Promise<Line> {
  const line = LINE_OF[purpose];
  const url = textOf(entry['statusListCredential']);
  const unreadable = (why: string) => lineOf(line, 'status-unreadable', { url, why });
  const index = /^\d{1,10}$/.test(textOf(entry['statusListIndex']))
    ? Number(entry['statusListIndex'])
    : undefined;
  if (index === undefined) return unreadable('index');
  const list = await read(url);
  if (list === undefined) return lineOf(line, 'status-not-reachable', { url });
  const checked = await check(list);
  if (!checked.ok && checked.isOpen) return lineOf(line, 'status-not-reachable', { url });
  if (!checked.ok) return unreadable(checked.why);
  const bits = bitsOf(checked.credential, credential, url, purpose);
  if (typeof bits === 'string') return unreadable(bits);
  const isSet = bits.at(index);
  if (isSet === undefined) return unreadable('index');
  const at = textOf(checked.credential['validFrom']);
  return isSet
    ? lineOf(line, CODES[purpose].set, { url })
    : lineOf(line, CODES[purpose].clear, { url, at });
}

/** The bits of a list that is about this credential; otherwise the word for what does not fit. */
function bitsOf(
  list: JsonObject,
  credential: JsonObject,
  url: string,
  purpose: StatusPurpose,
): StatusBits | string {
  const { credentialSubject: subject } = list;
  if (!valuesOf(list['type']).includes('BitstringStatusListCredential')) return 'type';
  if (list['id'] !== undefined && list['id'] !== url) return 'id';
  if (idOf(list['issuer']) !== idOf(credential['issuer'])) return 'issuer';
  if (!isObject(subject) || !valuesOf(subject['type']).includes('BitstringStatusList')) {
    return 'type';
  }
  if (!valuesOf(subject['statusPurpose']).includes(purpose)) return 'purpose';
  return StatusBits.decode(subject['encodedList']) ?? 'list';
}

function isBitstring(entry: JsonObject): boolean {
  return valuesOf(entry['type']).includes('BitstringStatusListEntry');
}
