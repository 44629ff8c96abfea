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
  rows(): AsyncIterable<TableRow>;
}

export interface OpenedRecords extends OpenedBase {
  readonly kind: 'records';
  rows(): AsyncIterable<JsonRecord>;
}

export type OpenedFile = OpenedTable | OpenedRecords;

export interface OpenOptions {
  readonly format?: FileFormat | null;
  readonly encoding?: Encoding | null;
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
    return { ...base, ...workbook, kind: 'table', encoding: null };
  }
  if (format === 'json') {
    return { ...base, kind: 'records', encoding: 'utf-8', rows: () => readJson(source) };
  }
  const { encoding, lines } = await inspectText(source, options.encoding ?? undefined);
  const rows = () => readCsv(source, encoding);
  return { ...base, kind: 'table', encoding, expectedRows: () => Math.max(0, lines - 1), rows };
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
