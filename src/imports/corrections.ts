import {
  CORRECTION_COLUMNS,
  type Cell,
  type JsonRecord,
  type TableRow,
  cellText,
  textsIn,
} from '#libs/exchange';
import { describe } from '#libs/problems';
import type { OpenedFile, OpenedRecords, OpenedTable } from './files/open-file.js';
import { type OutputCell, writeXlsx } from './files/xlsx-writer.js';
import type { StoredFault } from './import.js';

const SHEET_NAME = '待更正';
/** A cell of a workbook holds no more. */
const MAX_CELL_CHARACTERS = 32_000;

/** Rows that are written down as shown at once. */
const ROWS_TOLD = 200;

/** Reads the faults in the order of their rows. */
export type FaultReader = AsyncIterator<StoredFault>;

/** Called with the texts of rows before these are given out. */
export type ShownRows = (rows: readonly (readonly string[])[]) => Promise<void>;

interface CorrectedRow {
  readonly cells: OutputCell[];
  /** What stood in the row. */
  readonly texts: readonly string[];
}

/**
 * The rows at fault as a workbook: the columns of the file untouched, the cells at fault painted,
 * and three columns more: where the row stood, what is wrong, what to do. Corrected and sent back,
 * the added columns are passed over.
 */
export async function* writeCorrections(
  file: OpenedFile,
  faults: FaultReader,
  onShown: ShownRows,
): AsyncGenerator<Buffer> {
  if (file.kind === 'table') yield* writeTable(file, faults, onShown);
  else yield* writeRecords(file, faults, onShown);
}

async function* writeTable(
  file: OpenedTable,
  faults: FaultReader,
  onShown: ShownRows,
): AsyncGenerator<Buffer> {
  const rows = file.rows()[Symbol.asyncIterator]();
  const head = await rows.next();
  const headers = head.done ? [] : head.value.cells.map(cellText);
  const kept = headers.flatMap((header, i) => (isOurs(header) ? [] : [i]));
  const toRow = (row: TableRow, found: readonly StoredFault[]): CorrectedRow => {
    const marked = new Set(found.map((fault) => fault.column));
    const cells = kept.map((i) => ({
      text: originalText(row.cells[i]),
      isMarked: marked.has(headers[i] ?? ''),
    }));
    return { cells, texts: cells.map(({ text }) => text) };
  };
  yield* writeXlsx({
    name: SHEET_NAME,
    headers: [...kept.map((i) => headers[i] ?? ''), ...CORRECTION_COLUMNS],
    rows: told(joined(rows, faults, toRow), onShown),
  });
}

/** A record is given as its JSON; its paths say where to look. */
async function* writeRecords(
  file: OpenedRecords,
  faults: FaultReader,
  onShown: ShownRows,
): AsyncGenerator<Buffer> {
  const rows = file.rows()[Symbol.asyncIterator]();
  const toRow = ({ value }: JsonRecord): CorrectedRow => ({
    cells: [{ text: JSON.stringify(value).slice(0, MAX_CELL_CHARACTERS), isMarked: true }],
    texts: textsIn(value),
  });
  yield* writeXlsx({
    name: SHEET_NAME,
    headers: ['记录', ...CORRECTION_COLUMNS],
    rows: told(joined(rows, faults, toRow), onShown),
  });
}

/** Walks file and faults together, both in row order, and keeps the rows that have faults. */
async function* joined<Row extends TableRow | JsonRecord>(
  rows: AsyncIterator<Row>,
  faults: FaultReader,
  toRow: (row: Row, found: readonly StoredFault[]) => CorrectedRow,
): AsyncGenerator<CorrectedRow> {
  let fault = await faults.next();
  try {
    for (let row = await rows.next(); !row.done && !fault.done; row = await rows.next()) {
      const found: StoredFault[] = [];
      while (!fault.done && fault.value.row <= row.value.rowNumber) {
        if (fault.value.row === row.value.rowNumber) found.push(fault.value);
        fault = await faults.next();
      }
      if (found.length === 0) continue;
      const { cells, texts } = toRow(row.value, found);
      yield { cells: [...cells, ...explained(found)], texts };
    }
  } finally {
    await rows.return?.();
  }
}

/** Gives rows out only after `onShown` has been through with them. */
async function* told(
  rows: AsyncIterable<CorrectedRow>,
  onShown: ShownRows,
): AsyncGenerator<OutputCell[]> {
  let waiting: CorrectedRow[] = [];
  const through = async (): Promise<OutputCell[][]> => {
    await onShown(waiting.map(({ texts }) => texts));
    const cells = waiting.map((row) => row.cells);
    waiting = [];
    return cells;
  };
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length === ROWS_TOLD) yield* await through();
  }
  if (waiting.length > 0) yield* await through();
}

function explained(found: readonly StoredFault[]): OutputCell[] {
  const texts = found.map(({ column, code, params }) => {
    const { title, change } = describe(code, 'zh', params);
    const at = column === null ? '' : `${column}：`;
    return { error: `${at}${title}`, hint: `${at}${change}` };
  });
  return [
    { text: String(found[0]?.row ?? '') },
    { text: texts.map(({ error }) => error).join('\n') },
    { text: texts.map(({ hint }) => hint).join('\n') },
  ];
}

/** Dates and numbers are written as the text a person reads; formulas as their last value. */
function originalText(cell: Cell | undefined): string {
  return cellText(cell).slice(0, MAX_CELL_CHARACTERS);
}

function isOurs(header: string): boolean {
  return (CORRECTION_COLUMNS as readonly string[]).includes(header.trim());
}
