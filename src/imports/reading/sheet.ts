import { type TableRow, cellText } from '#libs/exchange';
import { Refusal } from '../../platform/http/refusal.js';
import { bufferSource } from '../files/byte-source.js';
import { openFile } from '../files/open-file.js';
import { asFileRefused } from './mapping.js';

/** What a small table may hold at most. */
export interface SheetLimits {
  /** Rows below the head line. */
  readonly rows: number;
  readonly columns: number;
}

/** A table that is small enough to be had whole. */
export interface ReadSheet {
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Reads a small workbook or text table. Refusals of the file come as `FileRefused`. */
export function readSmallSheet(bytes: Buffer, limits: SheetLimits): Promise<ReadSheet> {
  return asFileRefused(async () => {
    const file = await openFile(bufferSource(bytes));
    try {
      if (file.kind !== 'table') throw new Refusal({ code: 'file-not-supported' });
      let headers: readonly string[] | undefined;
      const rows: TableRow[] = [];
      for await (const row of file.rows()) {
        if (headers) rows.push(row);
        else headers = row.cells.map(cellText);
        requireWithin(limits, rows.length, row.cells.length);
      }
      if (!headers || rows.length === 0) throw new Refusal({ code: 'file-empty' });
      return { headers, rows };
    } finally {
      file.close();
    }
  });
}

function requireWithin(limits: SheetLimits, rows: number, columns: number): void {
  if (rows > limits.rows) {
    throw new Refusal({ code: 'too-many-rows', params: { limit: String(limits.rows) } });
  }
  if (columns > limits.columns) {
    throw new Refusal({ code: 'too-many-columns', params: { limit: String(limits.columns) } });
  }
}
