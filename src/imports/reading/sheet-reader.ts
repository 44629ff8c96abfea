import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RowFault } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import { FileRefused, asFileRefused } from './mapping.js';
import { type ReadSheet, type SheetLimits, readSmallSheet } from './sheet.js';

const ENTRY = new URL('./sheet.thread.js', import.meta.url);
/** A table of a few thousand rows needs a tenth of it. */
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };
const MOST_MS = 20_000;

/** What the thread says, once. */
export type SheetMessage =
  | { readonly kind: 'read'; readonly sheet: ReadSheet }
  | { readonly kind: 'refused'; readonly faults: readonly RowFault[] }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Reads a small workbook or text table that a stranger may have made: in a thread with little memory
 * and little time, by the same readers as imports. Refusals of the file come as `FileRefused`. Where
 * TypeScript is not compiled, as in tests, the same code runs in place.
 */
export async function readSheet(bytes: Buffer, limits: SheetLimits): Promise<ReadSheet> {
  if (!existsSync(fileURLToPath(ENTRY))) return readSmallSheet(bytes, limits);
  const message = await asFileRefused(() => fromThread(bytes, limits));
  if (message.kind === 'refused') throw new FileRefused(message.faults);
  if (message.kind === 'failed') throw new Error(message.message);
  return message.sheet;
}

async function fromThread(bytes: Buffer, limits: SheetLimits): Promise<SheetMessage> {
  const worker = new Worker(ENTRY, { workerData: { bytes, limits }, resourceLimits: MEMORY });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SheetMessage>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => reject(asLimit(error)));
      worker.once('exit', () => reject(new Error('the reading thread ended')));
      timer = setTimeout(() => reject(tooComplex(`${MOST_MS / 1000} s`)), MOST_MS);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function asLimit(error: NodeJS.ErrnoException): Error {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? tooComplex(`${MEMORY.maxOldGenerationSizeMb} MiB`)
    : error;
}

function tooComplex(limit: string): Error {
  return refusal('file-too-complex', { part: 'file', limit });
}
