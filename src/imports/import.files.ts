import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import type { ByteSource } from './files/byte-source.js';
import type { ImportRecord, Phase } from './import.js';
import { ImportsStore } from './imports.store.js';
import { type ReadOptions, type ReadStep, readBatches } from './reading/read-batches.js';
import { canReadInThread, readInThread } from './reading/thread-reader.js';
import { StoredFile, contextOfPiece, inChunks, openPiece } from './stored-file.js';
import type { UploadedFile } from './upload.js';

/** A file that is stored whole but not yet received as an import. */
export interface StoredUpload {
  readonly importId: string;
  readonly fileName: string;
  readonly byteLength: number;
  readonly digest: Buffer;
}

/** The sent files at rest: sealed in pieces under a key of each file, never whole in memory. */
@Injectable()
export class ImportFiles {
  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Stores a file while it arrives. A file that breaks off or is too large leaves nothing behind. */
  async keep(
    file: UploadedFile,
    owner: { institutionId: string; actor: string },
  ): Promise<StoredUpload> {
    const importId = newId();
    const { key, wrapped } = this.keyring.newDataKey();
    await this.database.transaction(async (tx) => {
      await this.store.discardAbandoned(tx);
      await this.store.begin(tx, { id: importId, ...owner, wrappedKey: wrapped });
    });
    const hash = createHash('sha256');
    let [byteLength, position] = [0, 0];
    try {
      for await (const chunk of inChunks(file.stream)) {
        hash.update(chunk);
        byteLength += chunk.length;
        const sealed = this.keyring.seal(key, chunk, contextOfPiece({ importId, position }));
        const at = position;
        await this.database.transaction((tx) =>
          this.store.addChunk(tx, { importId, position: at, sealed }),
        );
        position += 1;
      }
      if (!file.isWhole()) throw this.#tooLarge();
    } catch (error) {
      await this.discard(importId);
      throw isTooLarge(error) ? this.#tooLarge() : error;
    }
    return { importId, fileName: file.name, byteLength, digest: hash.digest() };
  }

  discard(importId: string): Promise<void> {
    return this.database.transaction((tx) => this.store.discard(tx, importId));
  }

  /** Refuses with `import-destroyed` when the contents went with somebody's erasure. */
  open(record: Pick<ImportRecord, 'id' | 'wrappedKey' | 'byteLength'>): ByteSource {
    if (record.wrappedKey.length === 0) throw refusal('import-destroyed');
    const key = this.keyring.unwrap(record.wrappedKey);
    return new StoredFile(record.byteLength, async (from, to) => {
      const sealed = await this.#readSealed(record.id, from, to);
      return sealed.map((piece, i) =>
        openPiece(key, piece, { importId: record.id, position: from + i }),
      );
    });
  }

  /**
   * Reads a file as batches of outcomes, in a thread of its own where there is one to be had.
   * Refusals of the file come as `FileRefused`.
   */
  readBatches(
    record: ImportRecord,
    { phase, position, idKind }: { phase: Phase; position: number; idKind: string },
  ): AsyncGenerator<ReadStep> {
    const { id: importId, institutionId, byteLength } = record;
    const options: ReadOptions = {
      format: record.format ?? record.askedFormat,
      encoding: record.encoding ?? record.askedEncoding,
      // The check has read all of the file, and sealed pieces cannot have become others.
      foundEncoding: phase === 'commit' ? record.encoding : null,
      context: { today: this.clock.today() },
      keys: { institutionId, idKind, index: this.keyring.index, rowKey: this.keyring.rowKey },
      position,
      folder: this.config.dataDir,
    };
    if (!canReadInThread()) return readBatches(this.open(record), options);
    const key = this.keyring.unwrap(record.wrappedKey);
    return readInThread({ file: { importId, byteLength, key }, options }, (from, to) =>
      this.#readSealed(importId, from, to),
    );
  }

  #readSealed(importId: string, from: number, to: number): Promise<Buffer[]> {
    return this.database.transaction((tx) => this.store.readChunks(tx, importId, { from, to }));
  }

  #tooLarge(): Error {
    const limit = `${Math.floor(this.config.maxUploadBytes / (1024 * 1024))} MiB`;
    return refusal('payload-too-large', { limit });
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'FST_REQ_FILE_TOO_LARGE';
}
