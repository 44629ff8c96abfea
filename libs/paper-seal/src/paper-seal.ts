import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { type SigningKey, type VerifierKey, isSignedBy, signBytes } from '#libs/merkle';

/** Where the seal stands in a PDF's information dictionary. */
export const SEAL_ENTRY = 'CreditBankSeal';

/** What is signed begins so, so that no signature serves as a checkpoint's or the other way round. */
const PURPOSE = 'creditbank-paper-seal/1';
const SEAL = /\(creditbank-paper-seal\/1 ([0-9a-f]{8}) ([0-9a-f]{128})\)/g;

/** An open place for a seal: what a PDF holds at {@link SEAL_ENTRY} before it is sealed. */
export const OPEN_SEAL = `${PURPOSE} ${'0'.repeat(8)} ${'0'.repeat(128)}`;

/**
 * What is wrong with a seal. `absent`: never sealed by a credit bank. `ambiguous`: several places
 * look like one. `unknown-key`: sealed by somebody else. `broken`: changed since it was sealed.
 */
export type SealCheck = 'whole' | 'broken' | 'unknown-key' | 'ambiguous' | 'absent';

/**
 * Seals a PDF that holds {@link OPEN_SEAL} exactly once: signs all its other bytes and writes the
 * signature into that place, so no other byte moves and the file stays a valid PDF.
 *
 * @returns the sealed file; what was handed in stays as it is
 */
export function sealPaper(pdf: Buffer, key: SigningKey): Buffer {
  const places = placesOf(pdf);
  const [place] = places;
  assert(place !== undefined && places.length === 1, 'a paper has one place for its seal');
  const open = opened(pdf, place.at);
  const signature = signBytes(key, messageOf(open)).toString('hex');
  open.write(`(${PURPOSE} ${key.id} ${signature})`, place.at, 'latin1');
  return open;
}

/** Checks that a PDF is, byte for byte, what one of these keys sealed. */
export function checkSeal(pdf: Buffer, keys: readonly VerifierKey[]): SealCheck {
  const places = placesOf(pdf);
  const [place] = places;
  if (!place) return 'absent';
  if (places.length > 1) return 'ambiguous';
  const key = keys.find(({ id }) => id === place.keyId);
  if (!key) return 'unknown-key';
  const message = messageOf(opened(pdf, place.at));
  return isSignedBy(key, message, Buffer.from(place.signature, 'hex')) ? 'whole' : 'broken';
}

function placesOf(pdf: Buffer): { at: number; keyId: string; signature: string }[] {
  return Array.from(pdf.toString('latin1').matchAll(SEAL), (match) => ({
    at: match.index,
    keyId: match[1] ?? '',
    signature: match[2] ?? '',
  }));
}

/** A copy with the place of the seal open again. */
function opened(pdf: Buffer, at: number): Buffer {
  const copy = Buffer.from(pdf);
  copy.write(`(${OPEN_SEAL})`, at, 'latin1');
  return copy;
}

function messageOf(open: Buffer): Buffer {
  return Buffer.from(`${PURPOSE}\n${createHash('sha256').update(open).digest('hex')}\n`);
}
