import { type FileHandle, mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, type VerifierKey, openCheckpoint } from '#libs/merkle';

/** The witness cannot go on, and somebody has to look: says what to do. */
export class WitnessError extends Error {}

/** The newest checkpoint of a log that the witness has signed or is about to sign. */
export interface Kept {
  readonly checkpoint: Checkpoint;
  /** As the log served it. */
  readonly signed: string;
}

const EVIDENCE = 'evidence-';

/**
 * What a witness remembers: one file for each log, replaced in one step and on the disk before
 * anything is signed, so that a witness that is killed at any moment has never signed more than it
 * remembers. One process at a time works with a folder; the command line holds a lock on it.
 */
export class WitnessState {
  constructor(private readonly folder: string) {}

  /** Undefined when this log was never seen. A file that cannot be read is no such case. */
  async load(key: VerifierKey): Promise<Kept | undefined> {
    const signed = await readFile(this.#fileOf(key), 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (signed === undefined) return undefined;
    const opened = openCheckpoint(signed, key);
    if (opened.ok) return { checkpoint: opened.checkpoint, signed };
    throw new WitnessError(
      `${this.#fileOf(key)} is damaged or of another key (${opened.fault}). Put the newest ` +
        'checkpoint that you cosigned back from a copy, or from another witness; do not begin anew.',
    );
  }

  async keep(key: VerifierKey, signed: string): Promise<void> {
    await this.#write(this.#fileOf(key), signed);
  }

  /** Keeps what shows that a log has two histories. */
  async keepEvidence(name: string, text: string): Promise<string> {
    const file = join(this.folder, `${EVIDENCE}${name}`);
    await this.#write(file, text);
    return file;
  }

  /** Names of the files of evidence: while there is one, nothing more is signed. */
  async evidence(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const names = await readdir(this.folder);
    return names.filter((name) => name.startsWith(EVIDENCE)).map((name) => join(this.folder, name));
  }

  #fileOf({ name }: VerifierKey): string {
    return join(this.folder, `${encodeURIComponent(name)}.checkpoint`);
  }

  async #write(file: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await synced(`${file}.new`, 'w', (handle) => handle.writeFile(text));
    await rename(`${file}.new`, file);
    // The name is on the disk when the folder is.
    await synced(this.folder, 'r', () => Promise.resolve());
  }
}

async function synced(
  path: string,
  flags: string,
  work: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
