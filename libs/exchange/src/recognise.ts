import type { RecordShape, RowFault, TableShape } from './shape.js';
import { completionsShape } from './shapes/completions.js';
import { exchangeDocumentShape, exchangeSheetShape } from './shapes/exchange.js';
import { nadShape } from './shapes/nad.js';
import { openurpCertificateShape, openurpCourseShape } from './shapes/openurp.js';
import { shanghaiProfileShape } from './shapes/shanghai.js';
import { templateShape, unknownShapeFault } from './shapes/template.js';

/** The narrowest first: OpenURP sheets share several column names with our own template. */
const TABLE_SHAPES: readonly TableShape[] = [
  nadShape,
  exchangeSheetShape,
  openurpCertificateShape,
  openurpCourseShape,
  templateShape,
];

const RECORD_SHAPES: readonly RecordShape[] = [
  exchangeDocumentShape,
  shanghaiProfileShape,
  completionsShape,
];

export type RecognisedTable =
  | { readonly ok: true; readonly shape: TableShape; readonly ignoredColumns: readonly string[] }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

/** Finds the shape of a table by its head line, and what is wrong with that line. */
export function recogniseTable(headers: readonly string[]): RecognisedTable {
  if (headers.every((header) => header.trim() === '')) {
    return { ok: false, faults: [{ row: 1, column: null, value: null, code: 'file-empty' }] };
  }
  const shape = TABLE_SHAPES.find((candidate) => candidate.recognises(headers));
  if (!shape) return { ok: false, faults: [unknownShapeFault(headers)] };
  const faults = shape.checkHeaders(headers);
  if (headers.length > shape.columnLimit) {
    const params = { limit: String(shape.columnLimit) };
    faults.unshift({ row: 1, column: null, value: null, code: 'too-many-columns', params });
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, shape, ignoredColumns: shape.ignoredColumns(headers) };
}

/** Finds the shape of a JSON file by its first record. */
export function recogniseRecord(record: unknown): RecordShape | undefined {
  return RECORD_SHAPES.find((shape) => shape.recognises(record));
}
