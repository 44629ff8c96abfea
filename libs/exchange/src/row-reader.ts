import {
  type Millicredits,
  type PartialDate,
  firstDay,
  formatCredits,
  MAX_POSTING_MILLICREDITS,
  parseCredits,
  parseDecimal,
  parseHours,
  parsePartialDate,
} from '#libs/credit';
import {
  IDENTITY_KINDS,
  type IdentityKind,
  maskDocument,
  normaliseDocument,
  normaliseName,
} from '#libs/identity';
import type { ProblemCode } from '#libs/problems';
import { identityKindOf, losesDigits, looksRounded } from './identity-cells.js';
import { maskValue, shortened, type Sensitivity } from './mask.js';
import type { MappingContext, RowFault } from './shape.js';
import { type Cell, cellText } from './source.js';
import { checkText, toHalfWidth } from './text.js';

/** Ten thousand hours is five years of full-time study: no single outcome is longer. */
export const MAX_HOURS = 10_000n;

/** A cell with the place it stands in: the column's name, and the cell's own name if it has one. */
export interface Place {
  readonly column: string;
  readonly cell: Cell;
  /** `C7` in a sheet; undefined in JSON. */
  readonly name?: string;
}

export interface ReadOptions {
  readonly required?: boolean;
  readonly limit?: number;
  readonly sensitivity?: Sensitivity;
}

/**
 * Reads the cells of one row into values and collects everything that is wrong with them, so that
 * a person learns of all faults of a row at once. An empty or absent cell is null: not known.
 */
export class RowReader {
  readonly faults: RowFault[] = [];
  #name = '';

  constructor(
    private readonly row: number,
    private readonly context: MappingContext,
  ) {}

  /** One line of text, at most `limit` characters. */
  text(place: Place | null, options: ReadOptions = {}): string | null {
    const { limit = 200, required = false, sensitivity = 'plain' } = options;
    if (!place) return null;
    const kindFault = this.#kindFault(place);
    if (kindFault) return this.#fault(place, kindFault, sensitivity, { cell: place.name ?? '' });
    const checked = checkText(cellText(place.cell));
    if (!checked.ok) return this.#fault(place, checked.fault, sensitivity);
    if (checked.text === '') {
      return required ? this.#fault(place, 'value-missing', sensitivity) : null;
    }
    if (checked.text.length > limit && Array.from(checked.text).length > limit) {
      return this.#fault(place, 'value-too-long', sensitivity, { limit: String(limit) });
    }
    return checked.text;
  }

  /** A key of another system: text, and refused when a spreadsheet has rounded it. */
  key(place: Place | null, options: ReadOptions = {}): string | null {
    const text = this.text(place, options);
    if (text === null || !place) return null;
    if (losesDigits(place.cell)) return this.#fault(place, 'id-typed-as-number', 'plain');
    return text;
  }

  /** A person's name in its stored form. */
  name(place: Place | null, options: ReadOptions = {}): string | null {
    const text = this.text(place, { ...options, sensitivity: 'name' });
    if (text === null || !place) return null;
    this.#hideName(text);
    const name = normaliseName(text);
    return name.ok
      ? name.value
      : this.#fault(place, name.problem.code, 'name', name.problem.params);
  }

  /** `2026`, `202606`, `2026-06-30`, or a date with a time of day, of which the date is taken. */
  date(place: Place | null, options: ReadOptions = {}): PartialDate | null {
    const text = this.text(place, options);
    if (text === null || !place) return null;
    const plain = toHalfWidth(text)
      .replace(/^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/u, joinDateParts)
      .replace(/^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '$1');
    const date = parsePartialDate(plain);
    if (!date) {
      const shaped = /^(\d{4}([-/.])\d{1,2}(\2\d{1,2})?|\d{6}|\d{8})$/.test(plain);
      return this.#fault(place, shaped ? 'date-impossible' : 'date-malformed', 'plain');
    }
    if (firstDay(date) > this.context.today) {
      return this.#fault(place, 'date-in-future', 'plain', { today: this.context.today });
    }
    return date;
  }

  /** A date that names its day. */
  day(place: Place | null): string | null {
    const date = this.date(place);
    if (date === null || !place) return null;
    return date.length === 10 ? date : this.#fault(place, 'date-without-day', 'plain');
  }

  /** Credits in thousandths. A negative, over-precise or absurd amount is refused by name. */
  credits(place: Place | null): Millicredits | null {
    const text = this.#number(place);
    if (text === null || !place) return null;
    const parsed = parseCredits(text);
    if (parsed.ok) return parsed.amount;
    switch (parsed.fault) {
      case 'not-a-decimal':
        return this.#fault(place, 'number-malformed', 'plain');
      case 'negative':
        return this.#fault(place, 'value-negative', 'plain');
      case 'too-precise':
        return this.#fault(place, 'value-too-precise', 'plain', { decimals: '3' });
      case 'too-large':
        return this.#fault(place, 'value-out-of-range', 'plain', {
          min: '0',
          max: formatCredits(MAX_POSTING_MILLICREDITS),
        });
    }
  }

  /** Hours as minutes. */
  hours(place: Place | null): bigint | null {
    const text = this.#number(place);
    if (text === null || !place) return null;
    const value = parseDecimal(text);
    if (!value) return this.#fault(place, 'number-malformed', 'plain');
    if (value.num < 0n) return this.#fault(place, 'value-negative', 'plain');
    if (value.num > MAX_HOURS * value.den) {
      const range = { min: '0', max: String(MAX_HOURS) };
      return this.#fault(place, 'value-out-of-range', 'plain', range);
    }
    return parseHours(text) ?? this.#fault(place, 'hours-not-whole-minutes', 'plain');
  }

  /** A percentage from 0 to 100 as the shortest decimal string; a percent sign may follow. */
  percent(place: Place | null): string | null {
    const text = this.#number(place);
    if (text === null || !place) return null;
    const value = parseDecimal(text.replace(/\s*%$/, ''));
    if (!value) return this.#fault(place, 'number-malformed', 'plain');
    if (value.num < 0n || value.num > 100n * value.den) {
      return this.#fault(place, 'value-out-of-range', 'plain', { min: '0', max: '100' });
    }
    if ((value.num * 1000n) % value.den !== 0n) {
      return this.#fault(place, 'value-too-precise', 'plain', { decimals: '3' });
    }
    return formatCredits((value.num * 1000n) / value.den);
  }

  identityKind(place: Place | null): IdentityKind | null {
    const text = this.text(place);
    if (text === null || !place) return null;
    const kinds = IDENTITY_KINDS.join(', ');
    return identityKindOf(text) ?? this.#fault(place, 'document-kind-unknown', 'plain', { kinds });
  }

  /** A document number in its one written form. A number that a spreadsheet has eaten is named. */
  document(place: Place | null, kind: IdentityKind, options: ReadOptions = {}): string | null {
    const before = this.faults.length;
    const text = this.text(place, { ...options, limit: 50 });
    if (text !== null && place) {
      const checked = normaliseDocument(kind, text, this.context.today);
      if (losesDigits(place.cell)) this.refuse(place, 'id-typed-as-number');
      else if (checked.ok) return checked.value;
      // A valid number may end in 000; only a wrong one that does was rounded on its way here.
      else if (looksRounded(text)) this.refuse(place, 'id-typed-as-number');
      else this.refuse(place, checked.problem.code, checked.problem.params);
    }
    const fault = this.faults[before];
    if (fault?.value) {
      const masked = maskDocument(kind, cellText(place?.cell).trim());
      this.faults[before] = { ...fault, value: shortened(masked) };
    }
    return null;
  }

  /** Adds a fault that the caller found. Always answers null, the value of a faulty cell. */
  refuse(place: Place, code: ProblemCode, params?: Readonly<Record<string, string>>): null {
    return this.#fault(place, code, 'plain', params);
  }

  /** Adds a fault of the whole row. */
  refuseRow(code: ProblemCode, params?: Readonly<Record<string, string>>): null {
    this.faults.push({ row: this.row, column: null, value: null, code, ...(params && { params }) });
    return null;
  }

  #number(place: Place | null): string | null {
    const text = this.text(place);
    return text === null ? null : toHalfWidth(text);
  }

  #kindFault(place: Place): ProblemCode | null {
    if (typeof place.cell !== 'string') {
      if (place.cell.kind === 'formula') return 'formula-cell';
      return place.cell.kind === 'error' ? 'error-cell' : null;
    }
    // A text that starts with "=" becomes a formula in the next program that opens it.
    return place.cell.startsWith('=') ? 'formula-cell' : null;
  }

  /** The row's name turns up in its other cells as well, and what was found there is shown again. */
  #hideName(name: string): void {
    this.#name = name;
    for (const [i, fault] of this.faults.entries()) {
      if (fault.value) this.faults[i] = { ...fault, value: this.#withoutName(fault.value) };
    }
  }

  #withoutName(value: string): string {
    const name = this.#name;
    return name.length < 2 ? value : value.replaceAll(name, maskValue(name, 'name'));
  }

  #fault(
    place: Place,
    code: ProblemCode,
    sensitivity: Sensitivity,
    params?: Readonly<Record<string, string>>,
  ): null {
    const text = cellText(place.cell);
    const value = text.trim() === '' ? null : maskValue(text, sensitivity);
    this.faults.push({
      row: this.row,
      column: place.column,
      value: value && this.#withoutName(value),
      code,
      ...(params && { params }),
    });
    return null;
  }
}

function joinDateParts(_: string, year: string, month?: string, day?: string): string {
  return [year, month, day].filter((part) => part !== undefined).join('-');
}
