import { parentPort, workerData } from 'node:worker_threads';
import { StoredFile, openPiece } from '../stored-file.js';
import { FileRefused } from './mapping.js';
import { pack } from './packed.js';
import { type ReaderMessage, type ReaderOrder, type ReaderTask, Room } from './protocol.js';
import { readBatches } from './read-batches.js';

/*
 * The thread of one running import: opens, parses, maps and keys the rows, so that the thread that
 * answers requests only has to talk to the database. Knows no Nest and has no connection.
 */

/** Batches that may lie ready while the database is at work. */
const BATCHES_AHEAD = 2;

const port = parentPort;
if (!port) throw new Error('this file is the entry of a thread');

const task = workerData as ReaderTask;
const waiting = new Map<number, (order: ReaderOrder) => void>();
let lastId = 0;
const room = new Room(BATCHES_AHEAD);

port.on('message', (order: ReaderOrder) => {
  if (order.kind === 'taken') {
    room.give();
    return;
  }
  waiting.get(order.id)?.(order);
  waiting.delete(order.id);
});

const say = (message: ReaderMessage): void => port.postMessage(message);

async function fetchPieces(from: number, to: number): Promise<Buffer[]> {
  lastId += 1;
  const id = lastId;
  const order = await new Promise<ReaderOrder>((resolve) => {
    waiting.set(id, resolve);
    say({ kind: 'fetch', id, from, to });
  });
  if (order.kind !== 'pieces') {
    throw new Error(order.kind === 'fetch-failed' ? order.message : 'no pieces');
  }
  const { importId, key: sent } = task.file;
  const key = { ...sent, bytes: Buffer.from(sent.bytes) };
  return order.pieces.map((piece, i) =>
    openPiece(key, Buffer.from(piece.buffer, piece.byteOffset, piece.length), {
      importId,
      position: from + i,
    }),
  );
}

async function read(): Promise<void> {
  const { options, file } = task;
  // Buffers arrive as plain byte arrays.
  const { index, rowKey } = options.keys;
  const keys = {
    ...options.keys,
    index: { ...index, key: Buffer.from(index.key) },
    rowKey: Buffer.from(rowKey),
  };
  const source = new StoredFile(file.byteLength, fetchPieces);
  for await (const step of readBatches(source, { ...options, keys })) {
    if (step.kind === 'opened') {
      say(step);
      continue;
    }
    await room.take();
    say({ kind: 'batch', batch: pack(step.batch) });
  }
}

try {
  await read();
  say({ kind: 'ended' });
} catch (error) {
  if (error instanceof FileRefused) say({ kind: 'refused', faults: error.faults });
  else {
    const { message, stack } = error as Error;
    say({ kind: 'failed', message, stack });
  }
} finally {
  port.close();
}
