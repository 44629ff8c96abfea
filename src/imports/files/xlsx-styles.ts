import type { XmlHandler } from './xml-stream.js';

/**
 * What a number format makes of a number. `month` shows no day: a person typed "2026-06" and the
 * program made the first of June of it, so the day is not known.
 */
export type NumberStyle = 'plain' | 'percent' | 'date' | 'month';

/** Built-in formats with a day, ECMA-376 §18.8.30, with the meanings of Chinese editions. */
const DATE_FORMATS = new Set([14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58]);
const MONTH_FORMATS = new Set([17, 27, 36, 50, 52, 57]);
const PERCENT_FORMATS = new Set([9, 10]);

/** Reads `styles.xml` far enough to know which cell styles show dates and percentages. */
export class CellStyles implements XmlHandler {
  readonly #codes = new Map<number, NumberStyle>();
  readonly #styles: NumberStyle[] = [];
  #isInCellFormats = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'numFmt') {
      this.#codes.set(Number(attributes['numFmtId']), styleOfCode(attributes['formatCode'] ?? ''));
    } else if (name === 'cellXfs') this.#isInCellFormats = true;
    else if (name === 'xf' && this.#isInCellFormats) {
      const id = Number(attributes['numFmtId'] ?? 0);
      this.#styles.push(this.#codes.get(id) ?? styleOfBuiltIn(id));
    }
  }

  text(): void {}

  close(name: string): void {
    if (name === 'cellXfs') this.#isInCellFormats = false;
  }

  styleOf(index: string | undefined): NumberStyle {
    return (index === undefined ? undefined : this.#styles[Number(index)]) ?? 'plain';
  }
}

function styleOfBuiltIn(id: number): NumberStyle {
  if (DATE_FORMATS.has(id)) return 'date';
  if (MONTH_FORMATS.has(id)) return 'month';
  return PERCENT_FORMATS.has(id) ? 'percent' : 'plain';
}

/** Colours, conditions, locales, quoted text and escaped characters say nothing about the kind. */
function styleOfCode(code: string): NumberStyle {
  const bare = code
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .toLowerCase();
  if (/general|@|0|#/.test(bare)) return bare.includes('%') ? 'percent' : 'plain';
  if (bare.includes('d')) return 'date';
  return bare.includes('y') ? 'month' : 'plain';
}
