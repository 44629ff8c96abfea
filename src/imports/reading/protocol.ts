import type { RowFault } from '#libs/exchange';
import type { ReadOptions, ReadStep } from './read-batches.js';
import type { DataKey } from '../../platform/crypto/data-key.js';
import type { PackedBatch } from './packed.js';

/** A stored file as its reader sees it; pieces are fetched by whoever has the database. */
export interface StoredFileKey {
  readonly importId: string;
  readonly byteLength: number;
  /** The file's own key, open. */
  readonly key: DataKey;
}

/** What a reading thread is started with. */
export interface ReaderTask {
  readonly file: StoredFileKey;
  readonly options: ReadOptions;
}

/** What the reading thread says. */
export type ReaderMessage =
  | { readonly kind: 'fetch'; readonly id: number; readonly from: number; readonly to: number }
  | Extract<ReadStep, { kind: 'opened' }>
  | { readonly kind: 'batch'; readonly batch: PackedBatch }
  | { readonly kind: 'refused'; readonly faults: readonly RowFault[] }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | undefined }
  | { readonly kind: 'ended' };

/** What it is told. */
export type ReaderOrder =
  | { readonly kind: 'pieces'; readonly id: number; readonly pieces: readonly Uint8Array[] }
  | { readonly kind: 'fetch-failed'; readonly id: number; readonly message: string }
  /** One batch has been taken: another may be sent. */
  | { readonly kind: 'taken' };

/** Places for batches that lie ready; one taker waits at a time. */
export class Room {
  #wake: (() => void) | undefined;

  constructor(private free: number) {}

  async take(): Promise<void> {
    if (this.free === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.free -= 1;
  }

  give(): void {
    this.free += 1;
    this.#wake?.();
    this.#wake = undefined;
  }
}
