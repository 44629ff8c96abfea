import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import {
  type Checkpoint,
  HASH_BYTES,
  type Note,
  type VerifierKey,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
} from '#libs/merkle';
import { AuditError } from './source.js';

/** A checkpoint that somebody keeps outside the service, perhaps with all leaves it stands for. */
export interface KeptCheckpoint {
  readonly signed: string;
  readonly note: Note;
  readonly checkpoint: Checkpoint;
  /** Leaves from `start` on; undefined when only the checkpoint was kept. */
  readonly leaves: ((start: number, count: number) => Promise<Buffer>) | undefined;
  close(): Promise<void>;
}

/** The leaves beside a kept checkpoint: 32 bytes an entry, proven by the checkpoint itself. */
export function leavesFile(file: string): string {
  return `${file}.leaves`;
}

export async function openKept(file: string): Promise<KeptCheckpoint> {
  const signed = await readFile(file, 'utf8').catch((error: Error) => {
    throw new AuditError(`${file} cannot be read: ${error.message}`);
  });
  const note = parseNote(signed);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!checkpoint) throw new AuditError(`${file} is no signed checkpoint.`);
  const handle = await openLeaves(leavesFile(file), checkpoint.size);
  return {
    signed,
    note,
    checkpoint,
    leaves: handle && ((start, count) => readLeaves(handle, start, count)),
    close: async () => handle?.close(),
  };
}

async function openLeaves(file: string, size: number): Promise<FileHandle | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return undefined;
  if (found.size !== size * HASH_BYTES) {
    throw new AuditError(`${file} does not hold the ${size} leaves of its checkpoint; remove it.`);
  }
  return open(file, 'r');
}

async function readLeaves(handle: FileHandle, start: number, count: number): Promise<Buffer> {
  const leaves = Buffer.alloc(count * HASH_BYTES);
  await handle.read(leaves, 0, leaves.length, start * HASH_BYTES);
  return leaves;
}

/**
 * A checkpoint of a log beside the one of entries, kept in a file.
 *
 * @param log what it is a log of
 * @param key of that log; without one its signature is not judged
 */
export async function readKept(
  file: string,
  { log, key }: { readonly log: string; readonly key: VerifierKey | undefined },
): Promise<Checkpoint> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AuditError(`${file} cannot be read.`);
  });
  if (!key) {
    const checkpoint = parseCheckpoint(parseNote(text)?.text ?? '');
    if (!checkpoint) throw new AuditError(`${file} is no signed checkpoint.`);
    return checkpoint;
  }
  const opened = openCheckpoint(text, key);
  if (opened.ok) return opened.checkpoint;
  throw new AuditError(`${file} is no checkpoint of the log of ${log} signed by the given key.`);
}
