/**
 * One cell as its file typed it. Plain text is a plain string; a spreadsheet can also say that it
 * holds a number, a date, a formula or an error, and then `text` is what a person would read.
 */
export type Cell = string | TypedCell;

export interface TypedCell {
  readonly kind: 'number' | 'date' | 'formula' | 'error';
  readonly text: string;
}

/** One line of a table. `rowNumber` counts like a spreadsheet does: the head line is row 1. */
export interface TableRow {
  readonly rowNumber: number;
  readonly cells: readonly Cell[];
}

/** One record of a JSON file; the first is number 1. */
export interface JsonRecord {
  readonly rowNumber: number;
  readonly value: unknown;
}

export function cellText(cell: Cell | undefined): string {
  return cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;
}

/** The spreadsheet's name of a cell: column 0 of row 7 is `A7`. */
export function cellName(column: number, rowNumber: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${rowNumber}`;
}
