import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, Readable, pipeline as pipe } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Pack, extract as openTar, pack as makeTar } from 'tar-stream';
import { BackupError, type Manifest, parseManifest } from './manifest.js';

const MANIFEST = 'manifest.json';
/** A tar names the size of a piece before its bytes, so a piece is what is kept in memory. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Rows in text compress well at any level; the lowest takes a third of the time of the usual one. */
const GZIP_LEVEL = 1;

/** Writes an archive: a gzipped tar of a manifest and, per table, numbered pieces of COPY text. */
export class ArchiveWriter {
  readonly #tar: Pack = makeTar();
  readonly #hash = createHash('sha256');
  readonly #written: Promise<void>;
  #bytes = 0;

  constructor(private readonly file: string) {
    const seen = new PassThrough();
    seen.on('data', (chunk: Buffer) => {
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
    });
    this.#written = pipeline(
      Readable.from(this.#tar),
      createGzip({ level: GZIP_LEVEL }),
      seen,
      // Personal data is sealed in it, but who belongs where is not.
      createWriteStream(this.#partial, { mode: 0o600 }),
    );
    this.#written.catch(() => undefined);
  }

  get #partial(): string {
    return `${this.file}.partial`;
  }

  async writeManifest(manifest: Manifest): Promise<void> {
    await this.#add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  }

  async writeTable(name: string, rows: AsyncIterable<Buffer>): Promise<void> {
    let number = 0;
    const add = (piece: Buffer): Promise<void> =>
      this.#add(`${name}/${String((number += 1)).padStart(6, '0')}.copy`, piece);
    let pending: Buffer[] = [];
    let length = 0;
    for await (const chunk of rows) {
      pending.push(chunk);
      length += chunk.length;
      if (length < PIECE_BYTES) continue;
      await add(Buffer.concat(pending));
      pending = [];
      length = 0;
    }
    if (length > 0) await add(Buffer.concat(pending));
  }

  /** The file gets its name only when it is whole and on the disk. */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    this.#tar.finalize();
    await this.#written;
    const handle = await open(this.#partial, 'r');
    await handle.sync();
    await handle.close();
    await rename(this.#partial, this.file);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  async abandon(): Promise<void> {
    this.#tar.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#partial, { force: true });
  }

  async #add(name: string, bytes: Buffer): Promise<void> {
    // A full disk ends the file, and the tar then waits for ever.
    await Promise.race([
      new Promise<void>((done, fail) => {
        const entry = this.#tar.entry({ name, size: bytes.length }, (error) =>
          error ? fail(error) : done(),
        );
        entry.end(bytes);
      }),
      this.#written,
    ]);
  }
}

/** One piece of a table's rows; pieces of a table follow one another. */
export interface Piece {
  readonly table: string;
  readonly bytes: Buffer;
}

/** An archive opened for reading from the front, once. */
export interface OpenArchive {
  readonly manifest: Manifest;
  pieces(): AsyncGenerator<Piece>;
  close(): Promise<void>;
}

export async function openArchive(file: string): Promise<OpenArchive> {
  const entries = entriesOf(file);
  const first = await entries.next();
  if (first.done || first.value.name !== MANIFEST) {
    await entries.return(undefined);
    throw new BackupError(`${file} is no backup: it does not begin with ${MANIFEST}.`);
  }
  return {
    manifest: parseManifest(first.value.bytes.toString('utf8')),
    async *pieces() {
      for await (const { name, bytes } of entries) {
        yield { table: name.slice(0, name.indexOf('/')), bytes };
      }
    },
    close: async () => {
      await entries.return(undefined);
    },
  };
}

async function* entriesOf(file: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const tar = openTar();
  let failure: Error | undefined;
  pipe(createReadStream(file), createGunzip(), tar, (error) => {
    failure ??= error ?? undefined;
  });
  try {
    for await (const entry of tar) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      yield { name: entry.header.name, bytes: Buffer.concat(chunks) };
    }
  } catch (error) {
    failure ??= error as Error;
  }
  if (failure) throw new BackupError(`${file} cannot be read to its end: ${failure.message}.`);
}
