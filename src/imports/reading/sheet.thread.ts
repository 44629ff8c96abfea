import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused } from './mapping.js';
import { type SheetLimits, readSmallSheet } from './sheet.js';
import type { SheetMessage } from './sheet-reader.js';

/*
 * The thread that opens one small table. What a hostile file makes it do ends with it: its memory is
 * limited and its time is. Knows no Nest and has no connection.
 */

const port = parentPort;
if (!port) throw new Error('this file is the entry of a thread');

const { bytes, limits } = workerData as { bytes: Uint8Array; limits: SheetLimits };

async function answer(): Promise<SheetMessage> {
  try {
    return { kind: 'read', sheet: await readSmallSheet(Buffer.from(bytes), limits) };
  } catch (error) {
    if (error instanceof FileRefused) return { kind: 'refused', faults: error.faults };
    return { kind: 'failed', message: (error as Error).message };
  }
}

port.postMessage(await answer());
