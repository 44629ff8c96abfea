import type { Coverage } from './fonts.js';

export type Face = 'chinese' | 'thai';

/** A piece of a line that one face prints. */
export interface Run {
  readonly face: Face;
  readonly text: string;
}

const THAI = /\p{Script=Thai}/u;
/** Selectors that only choose between drawings of the same character. */
const DRAWING_SELECTORS = /[\uFE0E\uFE0F]/g;

/**
 * The text with its code point in place of every character that no face has: `[U+20BB7]`. A box
 * would hide which name it is.
 */
export function printable(text: string, coverage: Coverage): string {
  let printed = '';
  for (const character of text.replace(/\s+/gu, ' ').replace(DRAWING_SELECTORS, '')) {
    const codePoint = character.codePointAt(0) ?? 0;
    const isThere = coverage.has(faceOf(character), codePoint);
    printed += isThere ? character : codeOf(codePoint);
  }
  return printed;
}

/** Splits printable text by the face that prints it. */
export function runsOf(text: string): Run[] {
  const runs: { face: Face; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    // A space belongs to whatever it follows: one run more would only make the file longer.
    const face = character === ' ' && last ? last.face : faceOf(character);
    if (last?.face === face) last.text += character;
    else runs.push({ face, text: character });
  }
  return runs;
}

function faceOf(character: string): Face {
  return THAI.test(character) ? 'thai' : 'chinese';
}

function codeOf(codePoint: number): string {
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
}
