import type { Readable } from 'node:stream';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { clientOf } from './copy-in.js';

/** Signature, flags and the length of an extension that nobody uses. */
const HEADER_BYTES = 11 + 4 + 4;

/**
 * The values of a query of one `bytea` column without nulls, as bytes, each alone in its memory. The
 * driver gets such columns as hexadecimal text, which is twice as long and piles up as old garbage.
 *
 * @param select must hold no value of a caller: COPY has no parameters
 */
export async function copyOut(tx: EntityManager, select: string): Promise<Buffer[]> {
  const text = `COPY (${select}) TO STDOUT (FORMAT binary)`;
  const client: Client = await clientOf(tx);
  const stream = client.query(copyTo(text));
  try {
    return await valuesOf(new Bytes(stream));
  } catch (error) {
    throw new QueryFailedError(text, [], error as Error);
  }
}

async function valuesOf(bytes: Bytes): Promise<Buffer[]> {
  const values: Buffer[] = [];
  await bytes.take(HEADER_BYTES);
  while ((await bytes.take(2)).readInt16BE() === 1) {
    const length = (await bytes.take(4)).readInt32BE();
    values.push(await bytes.take(length));
  }
  await bytes.end();
  return values;
}

/** A stream of bytes, taken in pieces of the asked length. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const taken = Buffer.allocUnsafeSlow(length);
    for (let at = 0; at < length;) {
      if (this.#chunk.length === 0 && !(await this.#next())) {
        throw new Error('the rows end before their time');
      }
      const copied = this.#chunk.copy(taken, at);
      this.#chunk = this.#chunk.subarray(copied);
      at += copied;
    }
    return taken;
  }

  /** Reads what is left, so that the connection is free again. */
  async end(): Promise<void> {
    while (await this.#next());
  }

  async #next(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (!next.done) this.#chunk = next.value;
    return !next.done;
  }
}
