import type { Place, RowReader } from './row-reader.js';

/**
 * What was read of a column last. Rows of one person or one course stand together, and a cell that
 * says the same as the one above it need not be read again. Faults are never remembered.
 */
export class Repeats {
  readonly #last = new Map<string, { readonly cell: string; readonly value: unknown }>();

  /** @param what names the column and everything else that `read` goes by */
  read<T>(what: string, place: Place | null, reader: RowReader, read: () => T): T {
    const cell = place?.cell;
    if (typeof cell !== 'string') return read();
    const last = this.#last.get(what);
    if (last?.cell === cell) return last.value as T;
    const faults = reader.faults.length;
    const value = read();
    if (reader.faults.length === faults) this.#last.set(what, { cell, value });
    return value;
  }
}
