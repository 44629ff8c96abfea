import assert from 'node:assert';
import { decodeBase64 } from './base64.js';
import { HASH_BYTES } from './hash.js';
import type { SigningKey, VerifierKey } from './key.js';
import { type Note, isNoteSignedBy, parseNote, signNote } from './note.js';

/** What a log says of itself at one moment (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The log's name, for ever the same. */
  readonly origin: string;
  /** Entries in the log. */
  readonly size: number;
  readonly root: Buffer;
}

/** `form`: no checkpoint. `origin`: of another log. `signature`: not signed by the log's key. */
export type CheckpointFault = 'form' | 'origin' | 'signature';

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly note: Note }
  | { readonly ok: false; readonly fault: CheckpointFault };

/** The text of a checkpoint, unsigned. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  assert(/^[^\n]+$/.test(origin), 'an origin is one line');
  assert(Number.isSafeInteger(size) && size >= 0, 'a size counts entries');
  assert(root.length === HASH_BYTES, 'a root has 32 bytes');
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Reads the text of a checkpoint. Extension lines may follow and mean nothing here. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const match = /^(.+)\n(0|[1-9]\d{0,15})\n(.+)\n(?:.+\n)*$/.exec(text);
  if (!match) return undefined;
  const [, origin = '', sizeText = '', rootText = ''] = match;
  const size = Number(sizeText);
  const root = decodeBase64(rootText);
  if (!Number.isSafeInteger(size) || root?.length !== HASH_BYTES) return undefined;
  return { origin, size, root };
}

/** Signs a checkpoint with the log's key, whose name is the log's origin. */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): Note {
  assert(checkpoint.origin === key.name, 'a log signs under its origin');
  return signNote(formatCheckpoint(checkpoint), key);
}

/** Reads a signed checkpoint and trusts it only when the log's key signed it. */
export function openCheckpoint(signed: string, key: VerifierKey): OpenedCheckpoint {
  const note = parseNote(signed);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!checkpoint) return { ok: false, fault: 'form' };
  if (checkpoint.origin !== key.name) return { ok: false, fault: 'origin' };
  if (!isNoteSignedBy(note, key)) return { ok: false, fault: 'signature' };
  return { ok: true, checkpoint, note };
}
