import { Readable, pipeline } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import type { TableRow } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import type { ByteSource } from './byte-source.js';
import { type Encoding, decodeText } from './encoding.js';
import { FILE_LIMITS } from './limits.js';

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The rows of a CSV file, the head line first, with the row numbers a spreadsheet would show.
 * The delimiter is the one the head line uses most. Quotes that do not wrap a whole cell are taken
 * as part of the text; an open quote that swallows the rest of the file is refused.
 */
export async function* readCsv(source: ByteSource, encoding: Encoding): AsyncGenerator<TableRow> {
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
  const input = Readable.from(prepended<Buffer | string>(first.value, pieces), {
    objectMode: false,
  });
  // The reading loop below sees every error; this listener only keeps the pipe from throwing too.
  pipeline(input, parser, () => undefined);
  yield* numbered(parser);
}

async function* numbered(parser: Parser): AsyncGenerator<TableRow> {
  let rowNumber = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      rowNumber += 1;
      if (record.length > FILE_LIMITS.columns) {
        throw refusal('too-many-columns', { limit: String(FILE_LIMITS.columns) });
      }
      if (rowNumber > FILE_LIMITS.rows) {
        throw refusal('too-many-rows', { limit: String(FILE_LIMITS.rows) });
      }
      if (isEmpty(record)) continue;
      yield { rowNumber, cells: shortened(record) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED') {
      // Rows still on their way here are lost with the parser; it knows how many it had finished.
      throw refusal('quote-not-closed', {
        line: String(Number(error['records'] ?? rowNumber) + 1),
      });
    }
    throw refusal('file-damaged', { reason: error.code });
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
