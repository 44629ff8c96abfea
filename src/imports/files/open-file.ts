import type { JsonRecord, TableRow } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import { type ByteSource, readHead } from './byte-source.js';
import { readCsv } from './csv-reader.js';
import { type Encoding, inspectText } from './encoding.js';
import { readJson } from './json-reader.js';
import { openXlsx } from './xlsx-reader.js';

export const FILE_FORMATS = ['csv', 'xlsx', 'json'] as const;

/** `json` stands for one object, an array, and NDJSON alike. */
export type FileFormat = (typeof FILE_FORMATS)[number];

interface OpenedBase {
  readonly format: FileFormat;
  readonly encoding: Encoding | null;
  readonly sheet: string | null;
  readonly otherSheets: readonly string[];
  /** Rows below the head line, as far as the file lets one know; once reading has begun. */
  expectedRows(): number | null;
  close(): void;
}

export interface OpenedTable extends OpenedBase {
  readonly kind: 'table';
  /** Some rows at once, for who reads many; a row that came before a failure comes before it here. */
  blocks(): AsyncIterable<readonly TableRow[]>;
  rows(): AsyncIterable<TableRow>;
}

export interface OpenedRecords extends OpenedBase {
  readonly kind: 'records';
  blocks(): AsyncIterable<readonly JsonRecord[]>;
  rows(): AsyncIterable<JsonRecord>;
}

export type OpenedFile = OpenedTable | OpenedRecords;

export interface OpenOptions {
  readonly format?: FileFormat | null;
  readonly encoding?: Encoding | null;
  /** What an earlier reading has found of the same bytes: then they are not read through for it. */
  readonly foundEncoding?: Encoding | null;
}

const OLD_OFFICE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Opens a stored file for reading row by row. What the file is, is decided by its first bytes, not
 * by its name; a format that the sender states must agree with them.
 */
export async function openFile(source: ByteSource, options: OpenOptions = {}): Promise<OpenedFile> {
  if (source.byteLength === 0) throw refusal('file-empty');
  const format = await detectFormat(source);
  if (options.format && options.format !== format) throw refusal('file-not-supported');
  const base = {
    format,
    sheet: null,
    otherSheets: [],
    expectedRows: () => null,
    close: () => undefined,
  };
  if (format === 'xlsx') {
    const workbook = await openXlsx(source);
    const blocks = () => inBlocks(workbook.rows());
    return { ...base, ...workbook, kind: 'table', encoding: null, blocks };
  }
  if (format === 'json') {
    const rows = () => readJson(source);
    return { ...base, kind: 'records', encoding: 'utf-8', rows, blocks: () => inBlocks(rows()) };
  }
  const { encoding, lines } = await textFactsOf(source, options);
  const expectedRows = () => (lines === null ? null : Math.max(0, lines - 1));
  const blocks = () => readCsv(source, encoding);
  return { ...base, kind: 'table', encoding, expectedRows, blocks, rows: () => flat(blocks()) };
}

async function textFactsOf(
  source: ByteSource,
  { encoding, foundEncoding }: OpenOptions,
): Promise<{ encoding: Encoding; lines: number | null }> {
  if (foundEncoding) return { encoding: foundEncoding, lines: null };
  return inspectText(source, encoding ?? undefined);
}

/** Handed on at once: waiting for each row by itself costs more than reading it. */
const BLOCK_ROWS = 64;

async function* inBlocks<Row>(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let block: Row[] = [];
  try {
    for await (const row of rows) {
      if (block.push(row) < BLOCK_ROWS) continue;
      yield block;
      block = [];
    }
  } catch (error) {
    if (block.length > 0) yield block;
    throw error;
  }
  if (block.length > 0) yield block;
}

async function* flat<Row>(blocks: AsyncIterable<readonly Row[]>): AsyncGenerator<Row> {
  for await (const block of blocks) yield* block;
}

async function detectFormat(source: ByteSource): Promise<FileFormat> {
  const head = await readHead(source, 512);
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  // Old .xls files, and .xlsx files protected by a password, are such containers.
  if (head.subarray(0, 8).equals(OLD_OFFICE_MAGIC)) throw refusal('file-not-supported');
  const start = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (start.startsWith('%PDF') || start.startsWith('<')) throw refusal('file-not-supported');
  return start.startsWith('{') || start.startsWith('[') ? 'json' : 'csv';
}
