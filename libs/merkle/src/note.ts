import assert from 'node:assert';
import { decodeBase64 } from './base64.js';
import { type SigningKey, type VerifierKey, isKeyName, isSignedBy, signBytes } from './key.js';

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  /** The key's id, in hex. */
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** A text with the signatures under it (C2SP signed-note). */
export interface Note {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** More lines than this are not read: a note comes from strangers. */
export const MAX_SIGNATURES = 100;

const ID_BYTES = 4;

/** Signs a text as a note. */
export function signNote(text: string, key: SigningKey): Note {
  assert(isNoteText(text), 'the text of a note ends with a newline and holds no control character');
  assert(key.purpose === 'note', 'this key signs checkpoints as a witness');
  const signature = { name: key.name, keyId: key.id, bytes: signBytes(key, Buffer.from(text)) };
  return { text, signatures: [signature] };
}

/** A note as it is kept and sent. */
export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** Reads {@link formatNote}, without trusting it yet; undefined when it is not a note. */
export function parseNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  // A note ends with a newline, so the last line is what comes after it: nothing.
  if (lines.pop() !== '' || lines.length < 1 || lines.length > MAX_SIGNATURES) return undefined;
  const signatures = lines.map(parseSignature);
  if (!isNoteText(text) || !signatures.every((signature) => signature !== undefined)) {
    return undefined;
  }
  return { text, signatures };
}

/** The signature lines of one key; of another key with the same name or id there are none. */
export function signaturesBy(note: Note, key: VerifierKey): NoteSignature[] {
  return note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
}

/** Whether the key signed the note: at least once, and every signature in its name is right. */
export function isNoteSignedBy(note: Note, key: VerifierKey): boolean {
  const own = signaturesBy(note, key);
  const text = Buffer.from(note.text);
  return (
    key.purpose === 'note' &&
    own.length > 0 &&
    own.every(({ bytes }) => isSignedBy(key, text, bytes))
  );
}

/** A signature line, with its newline. */
export function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  const encoded = Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64');
  return `— ${name} ${encoded}\n`;
}

/** Reads a signature line, without its newline. */
export function parseSignature(line: string): NoteSignature | undefined {
  const match = /^— (\S+) (\S+)$/.exec(line);
  if (!match) return undefined;
  const [, name = '', encoded = ''] = match;
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= ID_BYTES) return undefined;
  return { name, keyId: bytes.toString('hex', 0, ID_BYTES), bytes: bytes.subarray(ID_BYTES) };
}

/** Lines of text: no control character but the newline, and no lone surrogate. */
function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(text);
}
