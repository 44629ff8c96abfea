/** Code points in brackets stay together. */
const CODE_POINT = /(\[U\+[0-9A-F]{4,6}\])/;
const ONE_BY_ONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** May not begin a line. */
const CLOSING = /^[，。、；：？！）】》〉」』”’％%·,.;:?!)\]}/…—–‐_-]/u;
/** May not end a line. */
const OPENING = /[（【《〈「『“‘([{]$/u;
const ENDS_LATIN = /[\p{Script=Latin}\p{N}]$/u;
const STARTS_LATIN = /^[\p{Script=Latin}\p{N}]/u;

const words = new Intl.Segmenter('th', { granularity: 'word' });
const characters = new Intl.Segmenter('th', { granularity: 'grapheme' });

/**
 * Breaks text into lines: Chinese between characters, Thai and Latin between words, never before
 * closing or after opening punctuation, and inside a word only when it is wider than the line.
 *
 * @param widthOf in the unit of `width`
 */
export function breakLines(
  text: string,
  width: number,
  widthOf: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  const close = (): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    lineWidth = 0;
  };
  for (const piece of piecesOf(text)) {
    for (const part of partsOf(piece, width, widthOf)) {
      const partWidth = widthOf(part);
      if (lineWidth > 0 && lineWidth + widthOf(part.trimEnd()) > width) close();
      if (line === '' && part.trim() === '') continue;
      line += part;
      lineWidth += partWidth;
    }
  }
  close();
  return lines;
}

/** Pieces between which a line may break. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const token of tokensOf(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && isGlued(last, token)) pieces[pieces.length - 1] = last + token;
    else pieces.push(token);
  }
  return pieces;
}

function tokensOf(text: string): string[] {
  return text.split(CODE_POINT).flatMap((part) => {
    if (part === '' || CODE_POINT.test(part)) return part === '' ? [] : [part];
    return Array.from(words.segment(part), ({ segment }) => segment).flatMap((segment) =>
      ONE_BY_ONE.test(segment) ? Array.from(segment) : [segment],
    );
  });
}

function isGlued(before: string, after: string): boolean {
  if (after.trim() === '') return true;
  if (/\s$/u.test(before)) return false;
  if (CLOSING.test(after) || OPENING.test(before)) return true;
  return ENDS_LATIN.test(before) && STARTS_LATIN.test(after);
}

/** The piece, or its characters where it is wider than a whole line. */
function partsOf(piece: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece];
  return Array.from(characters.segment(piece), ({ segment }) => segment);
}
