import type PDFDocument from 'pdfkit';
import { breakLines } from './lines.js';
import type { PaperFonts } from './fonts.js';
import type { Phrase, Words } from './paper.js';
import { type Run, printable, runsOf } from './print.js';

/** How a text is printed. */
export interface Style {
  /** Points. */
  readonly size: number;
  readonly isBold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'centre';
}

/** A line that fits, measured and ready to be drawn. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  readonly style: Style;
  /** Points from the top of this line to the top of the next. */
  readonly height: number;
}

/** Lines of one language. */
export interface Passage {
  readonly language: Phrase['language'];
  readonly lines: readonly Line[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const INK = '#111111';
/** 7 : 1 on white. */
export const PALE_INK = '#555555';

const LEADING = 1.36;
/** Where the baseline is, as a part of the line's height. */
const BASELINE = 0.76;
/** Second languages are printed a little smaller. */
const SECOND = 0.88;

/** Measures and draws lines of text in whichever face prints them. */
export class Pen {
  readonly #widths = new Map<string, number>();

  constructor(
    private readonly doc: PDFDocument,
    private readonly fonts: PaperFonts,
  ) {
    for (const face of ['chinese', 'thai'] as const) {
      doc.registerFont(face, fonts.files[face].regular);
      doc.registerFont(`${face}-bold`, fonts.files[face].bold);
    }
  }

  /** The words as passages, one a language, broken to the width. */
  set(words: Words, style: Style, width: number): Passage[] {
    return words.map(({ text, language }, place) => ({
      language,
      lines: this.#linesOf(text, place === 0 ? style : secondStyle(style), width),
    }));
  }

  #linesOf(text: string, style: Style, width: number): Line[] {
    const widthOf = (part: string): number => this.#widthOf(part, style);
    return breakLines(printable(text, this.fonts), width, widthOf).map((line) => ({
      runs: runsOf(line),
      width: widthOf(line),
      style,
      height: style.size * LEADING,
    }));
  }

  #widthOf(text: string, style: Style): number {
    const key = `${style.size}|${style.isBold === true}|${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = runsOf(text).reduce((sum, run) => {
      return sum + this.#choose(run, style).widthOfString(run.text);
    }, 0);
    this.#widths.set(key, width);
    return width;
  }

  /** Draws lines from the top of a place downwards. */
  draw(lines: readonly Line[], { x, y, width }: Place): void {
    let top = y;
    for (const line of lines) {
      let left = x + indentOf(line, width);
      for (const run of line.runs) {
        this.#choose(run, line.style)
          .fillColor(line.style.colour ?? INK)
          .text(run.text, left, top + line.height * BASELINE, {
            lineBreak: false,
            baseline: 'alphabetic',
          });
        left += this.#widthOf(run.text, line.style);
      }
      top += line.height;
    }
  }

  #choose({ face }: Run, { size, isBold }: Style): PDFDocument {
    return this.doc.font(isBold === true ? `${face}-bold` : face).fontSize(size);
  }
}

export function heightOf(passages: readonly Passage[]): number {
  return passages.reduce((sum, { lines }) => sum + heightOfLines(lines), 0);
}

export function heightOfLines(lines: readonly Line[]): number {
  return lines.reduce((sum, { height }) => sum + height, 0);
}

function secondStyle(style: Style): Style {
  return { ...style, size: style.size * SECOND, isBold: false, colour: PALE_INK };
}

function indentOf({ width, style }: Line, available: number): number {
  if (style.align === 'right') return available - width;
  return style.align === 'centre' ? (available - width) / 2 : 0;
}
