import type { Place } from './row-reader.js';
import type { RowFault } from './shape.js';
import { type Cell, type TableRow, cellName } from './source.js';
import { headerKey } from './text.js';

/** One column a shape understands: its names, best first, and whether a file must have it. */
export interface ColumnRule {
  readonly names: readonly string[];
  readonly required?: boolean;
  /** Understood, but not on the empty template: few schools have it. */
  readonly extra?: boolean;
}

/** Columns that our own correction file adds; sent back with the corrected rows, they mean nothing. */
export const CORRECTION_COLUMNS = ['行号', '错误', '建议'] as const;

const CORRECTION_KEYS = new Set(CORRECTION_COLUMNS.map(headerKey));

/** Where each field of a shape stands in one file. */
export class ColumnMap<Field extends string> {
  readonly #byField = new Map<Field, { index: number; header: string }>();
  readonly #repeated: string[] = [];
  readonly #unknown: { index: number; header: string }[] = [];

  constructor(
    private readonly rules: Readonly<Record<Field, ColumnRule>>,
    private readonly headers: readonly string[],
  ) {
    const fieldByKey = new Map<string, Field>();
    for (const field of Object.keys(rules) as Field[]) {
      for (const name of rules[field].names) fieldByKey.set(headerKey(name), field);
    }
    headers.forEach((header, index) => {
      const key = headerKey(header);
      const field = fieldByKey.get(key);
      if (field === undefined) {
        if (key !== '' && !CORRECTION_KEYS.has(key)) this.#unknown.push({ index, header });
      } else if (this.#byField.has(field)) this.#repeated.push(header);
      else this.#byField.set(field, { index, header });
    });
  }

  has(field: Field): boolean {
    return this.#byField.has(field);
  }

  /** How many of the shape's fields the file has. */
  get known(): number {
    return this.#byField.size;
  }

  get unknown(): string[] {
    return this.#unknown.map((column) => column.header);
  }

  header(field: Field): string | undefined {
    return this.#byField.get(field)?.header;
  }

  /** The cell of a field in one row; null when the file has no such column. */
  place(field: Field, row: TableRow): Place | null {
    const column = this.#byField.get(field);
    if (!column) return null;
    return new CellPlace(column.header, row, column.index);
  }

  /** Missing, repeated and, when asked, unknown columns, as faults of row 1. */
  faults(options: { refuseUnknown: boolean }): RowFault[] {
    const faults: RowFault[] = [];
    for (const field of Object.keys(this.rules) as Field[]) {
      const rule = this.rules[field];
      if (rule.required && !this.#byField.has(field)) {
        const column = rule.names.join(' / ');
        faults.push({
          row: 1,
          column: rule.names[0] ?? null,
          value: null,
          code: 'column-missing',
          params: { column },
        });
      }
    }
    for (const header of this.#repeated) {
      faults.push(headerFault(header, 'column-repeated', { column: header }));
    }
    if (options.refuseUnknown) {
      const known = (Object.keys(this.rules) as Field[])
        .map((field) => this.rules[field].names[0])
        .join(', ');
      for (const { header } of this.#unknown) {
        faults.push(headerFault(header, 'unknown-column', { column: header.trim(), known }));
      }
    }
    return faults;
  }

  /** Cells to the right of the head line that hold something: the row has slipped. */
  overhang(row: TableRow): Place | null {
    for (let index = this.headers.length; index < row.cells.length; index += 1) {
      const cell = row.cells[index];
      if (cell !== undefined && (typeof cell !== 'string' || cell.trim() !== '')) {
        const name = cellName(index, row.rowNumber);
        return { column: name, cell, name };
      }
    }
    return null;
  }
}

/** Few cells are ever called by their name, so it is made for those. */
class CellPlace implements Place {
  constructor(
    readonly column: string,
    private readonly row: TableRow,
    private readonly index: number,
  ) {}

  get cell(): Cell {
    return this.row.cells[this.index] ?? '';
  }

  get name(): string {
    return cellName(this.index, this.row.rowNumber);
  }
}

function headerFault(
  header: string,
  code: RowFault['code'],
  params: Readonly<Record<string, string>>,
): RowFault {
  return { row: 1, column: header, value: header.trim().slice(0, 60), code, params };
}
