import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { refusal } from '../../platform/http/refusal.js';
import { asFileRefused, FileRefused } from './mapping.js';
import { unpack } from './packed.js';
import type { ReaderMessage, ReaderOrder, ReaderTask } from './protocol.js';
import type { ReadStep } from './read-batches.js';

const ENTRY = new URL('./reader.thread.js', import.meta.url);

/** What one file may take; a workbook's shared strings are the largest thing a reader holds. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 48 };

/** Fetches the sealed pieces `from` to `to`, both included. */
export type FetchSealed = (from: number, to: number) => Promise<Buffer[]>;

/** False where TypeScript is run uncompiled, as tests do: a thread cannot load it. */
export function canReadInThread(): boolean {
  return existsSync(fileURLToPath(ENTRY));
}

/**
 * `readBatches` in a thread of its own. The thread ends with the generator, however that ends, and
 * is never more than a few batches ahead of it.
 */
export async function* readInThread(
  task: ReaderTask,
  fetchSealed: FetchSealed,
): AsyncGenerator<ReadStep> {
  const worker = new Worker(ENTRY, { workerData: task, resourceLimits: LIMITS });
  const inbox = new Inbox();
  const tell = (order: ReaderOrder, owned: ArrayBuffer[] = []): void =>
    worker.postMessage(order, owned);
  // The thread hands back only the text of a failed fetch; what it was decides whether to try again.
  let unfetched: unknown;
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind !== 'fetch') inbox.put(message);
    else answerFetch(message, fetchSealed, tell).catch((error: unknown) => (unfetched = error));
  });
  worker.on('error', (error) => inbox.fail(error));
  worker.on('exit', (code) => inbox.fail(new Error(`the reading thread ended with ${code}`)));
  try {
    for (;;) {
      const message = await asFileRefused(() => inbox.take().catch(rethrow));
      if (message.kind === 'ended') return;
      if (message.kind === 'refused') throw new FileRefused(message.faults);
      if (message.kind === 'failed') throw unfetched ?? failureOf(message);
      if (message.kind === 'opened') yield message;
      else {
        tell({ kind: 'taken' });
        yield { kind: 'batch', batch: unpack(message.batch) };
      }
    }
  } finally {
    await worker.terminate();
  }
}

async function answerFetch(
  { id, from, to }: Extract<ReaderMessage, { kind: 'fetch' }>,
  fetchSealed: FetchSealed,
  tell: (order: ReaderOrder, owned?: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    const pieces = (await fetchSealed(from, to)).map(asOwner);
    tell(
      { kind: 'pieces', id, pieces },
      pieces.map((piece) => piece.buffer),
    );
  } catch (error) {
    tell({ kind: 'fetch-failed', id, message: (error as Error).message });
    throw error;
  }
}

/**
 * The bytes as the only ones in their memory, which then goes over to the thread as it is: garbage
 * of pieces that were copied would pile up with the length of the file.
 */
function asOwner(piece: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = piece;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return new Uint8Array(isAlone ? buffer : Uint8Array.from(piece).buffer);
}

/** A file that needs more memory than one may have is refused; the service goes on. */
function rethrow(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
  const limit = `${LIMITS.maxOldGenerationSizeMb} MiB`;
  throw refusal('file-too-complex', { part: 'file', limit });
}

function failureOf({ message, stack }: Extract<ReaderMessage, { kind: 'failed' }>): Error {
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

type Told = Exclude<ReaderMessage, { kind: 'fetch' }>;

/** What the thread has said and nobody has heard yet. */
class Inbox {
  readonly #messages: Told[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  put(message: Told): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  /** The next message; throws only when there is none and there will be none. */
  async take(): Promise<Told> {
    for (;;) {
      const message = this.#messages.shift();
      if (message) return message;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
