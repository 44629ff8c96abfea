import type { Cell, TableRow, TypedCell } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import { FILE_LIMITS } from './limits.js';
import type { SharedStrings } from './xlsx-strings.js';
import type { CellStyles, NumberStyle } from './xlsx-styles.js';
import { type XmlHandler, unescapeText } from './xml-stream.js';

const DAY_MS = 86_400_000;
/** Serial 0 of the two date systems of workbooks. */
const EPOCH_1900 = Date.UTC(1899, 11, 31);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

export interface WorkbookContext {
  readonly strings: SharedStrings;
  readonly styles: CellStyles;
  readonly is1904: boolean;
}

/** Turns the tags of one worksheet into rows; finished rows wait in `takeRows`. */
export class SheetHandler implements XmlHandler {
  #rows: TableRow[] = [];
  #rowNumber = 0;
  #cells: Cell[] = [];
  #hasContent = false;
  #column = -1;
  #type = 'n';
  #style: string | undefined;
  #value = '';
  #hasFormula = false;
  #isInValue = false;
  #phoneticDepth = 0;
  #workbook: WorkbookContext | undefined;
  /** Rows below the first one, as the sheet claims; null when it does not say. */
  expectedRows: number | null = null;

  /** What the cells refer to; to be given before the first tag. */
  use(workbook: WorkbookContext): void {
    this.#workbook = workbook;
  }

  /** The rows finished since the last call. */
  takeRows(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'dimension':
        this.expectedRows = rowsOf(attributes['ref'] ?? '');
        break;
      case 'row':
        this.#openRow(attributes['r']);
        break;
      case 'c':
        this.#column = columnOf(attributes['r']) ?? this.#column + 1;
        this.#type = attributes['t'] ?? 'n';
        this.#style = attributes['s'];
        this.#value = '';
        this.#hasFormula = false;
        break;
      case 'f':
        this.#hasFormula = true;
        break;
      case 'rPh':
        this.#phoneticDepth += 1;
        break;
      case 'v':
      case 't':
        this.#isInValue = this.#phoneticDepth === 0;
        break;
      default:
    }
  }

  text(text: string): void {
    if (this.#isInValue && this.#value.length <= FILE_LIMITS.cellCharacters) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#phoneticDepth -= 1;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row' && this.#hasContent) {
      for (let i = 0; i < this.#cells.length; i += 1) this.#cells[i] ??= '';
      this.#rows.push({ rowNumber: this.#rowNumber, cells: this.#cells });
    }
  }

  #openRow(stated: string | undefined): void {
    const next = stated === undefined ? this.#rowNumber + 1 : Number(stated);
    if (!Number.isInteger(next) || next <= this.#rowNumber) {
      throw refusal('file-damaged', { reason: `row ${stated ?? ''}` });
    }
    if (next > FILE_LIMITS.rows) {
      throw refusal('too-many-rows', { limit: String(FILE_LIMITS.rows) });
    }
    this.#rowNumber = next;
    this.#cells = [];
    this.#hasContent = false;
    this.#column = -1;
  }

  #closeCell(): void {
    if (this.#value === '' && !this.#hasFormula) return;
    if (this.#column >= FILE_LIMITS.columns) {
      throw refusal('too-many-columns', { limit: String(FILE_LIMITS.columns) });
    }
    const cell = this.#cell();
    this.#cells[this.#column] = cell;
    if (typeof cell !== 'string' || cell.trim() !== '') this.#hasContent = true;
  }

  #cell(): Cell {
    const value = this.#value;
    const cell = this.#plainCell(value);
    if (!this.#hasFormula) return cell;
    return { kind: 'formula', text: typeof cell === 'string' ? cell : cell.text };
  }

  #numberCell(value: string): TypedCell {
    const style = this.#workbook?.styles.styleOf(this.#style) ?? 'plain';
    return numberCell(value, style, this.#workbook?.is1904 ?? false);
  }

  #plainCell(value: string): Cell {
    switch (this.#type) {
      case 's': {
        const text = this.#workbook?.strings.get(Number(value));
        if (text === undefined) throw refusal('file-damaged', { reason: `string ${value}` });
        return text;
      }
      case 'inlineStr':
      case 'str':
        return unescapeText(value);
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        return { kind: 'error', text: value };
      case 'd':
        return { kind: 'date', text: value };
      default:
        return this.#numberCell(value);
    }
  }
}

/** `A1:L1001` has 1000 rows below its first one. */
function rowsOf(range: string): number | null {
  const match = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(range);
  return match ? Math.max(0, Number(match[2]) - Number(match[1])) : null;
}

/** `AB7` is column 27; undefined when the cell does not say where it is. */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const code = reference.charCodeAt(i);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}

function numberCell(value: string, style: NumberStyle, is1904: boolean): TypedCell {
  const number = Number(value);
  if (!Number.isFinite(number)) return { kind: 'error', text: value };
  switch (style) {
    case 'date':
    case 'month':
      return { kind: 'date', text: dateText(number, style, is1904) ?? value };
    case 'percent':
      return { kind: 'number', text: `${shortest(number * 100, value)}%` };
    case 'plain':
      return { kind: 'number', text: shortest(number, value) };
  }
}

/**
 * What the program shows: 15 significant digits, so 85.300000000000011 is 85.3. A number that is
 * too long for that stays as the file wrote it, so that its loss can be seen.
 */
function shortest(number: number, written: string): string {
  const text = String(Number(number.toPrecision(15)));
  return Math.abs(number) >= 1e15 || text.includes('e') ? written : text;
}

/** A day serial as a date. The 1900 system counts a 29 February 1900 that never was. */
function dateText(serial: number, style: NumberStyle, is1904: boolean): string | undefined {
  if (serial < 1 || serial > 2_958_465) return undefined;
  const days = is1904 || serial < 60 ? serial : serial - 1;
  const time = new Date(
    Math.round(((is1904 ? EPOCH_1904 : EPOCH_1900) + days * DAY_MS) / 1000) * 1000,
  );
  const text = time.toISOString();
  if (style === 'month' && text.slice(8, 10) === '01') return text.slice(0, 7);
  return Number.isInteger(serial)
    ? text.slice(0, 10)
    : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
