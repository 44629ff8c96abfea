import { type DataKey, openWith } from '../platform/crypto/data-key.js';
import type { ByteSource } from './files/byte-source.js';

/** Files are stored in sealed pieces of this many bytes; the last one may be shorter. */
export const CHUNK_BYTES = 256 * 1024;

/** Pieces fetched by one query, and how many such groups stay at hand: 2 MiB of an open file. */
const GROUP_CHUNKS = 4;
const GROUPS_KEPT = 2;

/** The place of a sealed piece. */
export interface PiecePlace {
  readonly importId: string;
  readonly position: number;
}

/** Binds a sealed piece to its file and its place in it. */
export function contextOfPiece({ importId, position }: PiecePlace): string {
  return `import-chunk|${importId}|${position}`;
}

/** Opens a sealed piece; throws when it is another file's or stood elsewhere. */
export function openPiece(key: DataKey, sealed: Buffer, place: PiecePlace): Buffer {
  return openWith(key, sealed, contextOfPiece(place));
}

/** Fetches and opens the pieces `from` to `to`, both included. */
export type FetchChunks = (from: number, to: number) => Promise<Buffer[]>;

/** A stored file as random-access bytes; a zip reader jumps about in it, a text reader does not. */
export class StoredFile implements ByteSource {
  readonly #groups = new Map<number, Promise<Buffer[]>>();

  constructor(
    readonly byteLength: number,
    private readonly fetchChunks: FetchChunks,
  ) {}

  async *read(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const position = Math.floor(at / CHUNK_BYTES);
      const chunk = await this.#chunk(position);
      const from = at - position * CHUNK_BYTES;
      const piece = chunk.subarray(from, Math.min(chunk.length, from + end - at));
      if (piece.length === 0) throw new Error(`the stored file ends before byte ${end}`);
      yield piece;
      at += piece.length;
    }
  }

  async #chunk(position: number): Promise<Buffer> {
    const group = Math.floor(position / GROUP_CHUNKS);
    let chunks = this.#groups.get(group);
    if (!chunks) {
      chunks = this.fetchChunks(group * GROUP_CHUNKS, (group + 1) * GROUP_CHUNKS - 1);
      for (const kept of [...this.#groups.keys()].slice(0, 1 - GROUPS_KEPT)) {
        this.#groups.delete(kept);
      }
      this.#groups.set(group, chunks);
    }
    const chunk = (await chunks)[position - group * GROUP_CHUNKS];
    if (!chunk) throw new Error(`piece ${position} of the stored file is missing`);
    return chunk;
  }
}

/** Cuts a stream into pieces of {@link CHUNK_BYTES}. */
export async function* inChunks(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    if (length < CHUNK_BYTES) continue;
    const bytes = Buffer.concat(pieces);
    let at = 0;
    for (; at + CHUNK_BYTES <= bytes.length; at += CHUNK_BYTES) {
      yield bytes.subarray(at, at + CHUNK_BYTES);
    }
    pieces = [bytes.subarray(at)];
    length = bytes.length - at;
  }
  if (length > 0) yield Buffer.concat(pieces);
}
