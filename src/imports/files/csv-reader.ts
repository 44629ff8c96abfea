import { CsvError, type Parser, parse } from 'csv-parse';
import type { TableRow } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import type { ByteSource } from './byte-source.js';
import { type Encoding, decodeText } from './encoding.js';
import { FILE_LIMITS } from './limits.js';

const DELIMITERS = [',', ';', '\t'] as const;

/** Bytes that are parsed at once: enough to make a block worth it, few enough to be soon forgotten. */
const SLICE_BYTES = 32 * 1024;

/**
 * The rows of a CSV file, the head line first, with the row numbers a spreadsheet would show, as many
 * at once as a slice of the file holds: waiting for each by itself costs more than parsing it.
 * The delimiter is the one the head line uses most. Quotes that do not wrap a whole cell are taken
 * as part of the text; an open quote that swallows the rest of the file is refused.
 */
export async function* readCsv(
  source: ByteSource,
  encoding: Encoding,
): AsyncGenerator<readonly TableRow[]> {
  const pieces = encoding === 'utf-8' ? bytesOf(source) : decodeText(source, encoding);
  const first = await pieces.next();
  if (first.done) return;
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(first.value.toString()),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: FILE_LIMITS.recordBytes,
  });
  // Errors come back from each call; this listener only keeps them from being thrown as well.
  parser.on('error', () => undefined);
  const rows = new Rows();
  try {
    for await (const slice of slicesOf(prepended<Buffer | string>(first.value, pieces))) {
      yield* rows.after(parser, (done) => parser.write(slice, done));
    }
    yield* rows.after(parser, (done) => parser.end(done));
  } finally {
    parser.destroy();
  }
}

/** Numbers what a parser has ready, and refuses what it may not make us hold. */
class Rows {
  #number = 0;

  /** Rows that are whole after one more step of the parser, also when that step fails. */
  async *after(
    parser: Parser,
    step: (done: (error?: Error | null) => void) => unknown,
  ): AsyncGenerator<readonly TableRow[]> {
    const failed = new Promise<Error | null | undefined>((resolve) => step(resolve));
    const ready: TableRow[] = [];
    const early = this.#take(parser, ready);
    // A step ends when its rows have been taken; the parser's last one hands them over as it ends.
    const error = early ? undefined : await failed;
    const refused = early ?? this.#take(parser, ready) ?? (error && this.#refusalOf(error));
    if (ready.length > 0) yield ready;
    if (refused) throw refused;
  }

  #take(parser: Parser, ready: TableRow[]): Error | undefined {
    for (;;) {
      const record = parser.read() as string[] | null;
      if (record === null) return undefined;
      this.#number += 1;
      if (record.length > FILE_LIMITS.columns) {
        return refusal('too-many-columns', { limit: String(FILE_LIMITS.columns) });
      }
      if (this.#number > FILE_LIMITS.rows) {
        return refusal('too-many-rows', { limit: String(FILE_LIMITS.rows) });
      }
      if (!isEmpty(record)) ready.push({ rowNumber: this.#number, cells: shortened(record) });
    }
  }

  #refusalOf(error: Error): Error {
    if (!(error instanceof CsvError)) return error;
    if (error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED') {
      return refusal('quote-not-closed', {
        line: String(Number(error['records'] ?? this.#number) + 1),
      });
    }
    return refusal('file-damaged', { reason: error.code });
  }
}

function isEmpty(record: readonly string[]): boolean {
  return record.every((cell) => cell === '' || cell.trim() === '');
}

/** A cell beyond the limit is cut just past it: enough to be refused, too little to hurt. */
function shortened(record: string[]): string[] {
  return record.some((cell) => cell.length > FILE_LIMITS.cellCharacters)
    ? record.map((cell) => cell.slice(0, FILE_LIMITS.cellCharacters + 1))
    : record;
}

/** UTF-8, once it is known to be sound, goes to the parser as it is: it works on bytes. */
async function* bytesOf(source: ByteSource): AsyncGenerator<Buffer> {
  yield* source.read(0, source.byteLength);
}

/** As bytes, because a slice of text could part the two halves of a character. */
async function* slicesOf(pieces: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      yield bytes.subarray(at, at + SLICE_BYTES);
    }
  }
}

async function* prepended<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Counts outside quotes in the first line; a comma when none occurs. */
function delimiterOf(text: string): string {
  const line = text.slice(0, 64 * 1024).split(/\r?\n|\r/, 1)[0] ?? '';
  const unquoted = line.replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = unquoted.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}
