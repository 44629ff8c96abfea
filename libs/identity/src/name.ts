import { type Result, accept, refuse } from '#libs/problems';

/** Most characters (code points) of a name; GB 18030 names with transcribed parts fit. */
export const MAX_NAME_LENGTH = 50;

/** The dots that sheets use for U+00B7, the one that belongs between parts of a transcribed name. */
const MIDDLE_DOTS = '.．·•・･‧∙⋅';
const DOT_BETWEEN_HANZI = new RegExp(
  `(?<=\\p{Script=Han})\\s*[${MIDDLE_DOTS}]\\s*(?=\\p{Script=Han})`,
  'gu',
);
/** Two-character names are often padded ("张\u3000三") to stand under three-character ones. */
const SPACE_BETWEEN_HANZI = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** Controls, zero-width and direction characters (categories Cc and Cf), lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]|\p{Surrogate}/u;

/**
 * The form in which a name is stored: NFC, trimmed, one kind of middle dot, no padding between
 * hanzi. Characters are never replaced: a rare one (𬱖 䶮 㛃 𠮷) is part of the name.
 */
export function normaliseName(text: string): Result<string> {
  const trimmed = text.trim();
  if (INVISIBLE.test(trimmed)) return refuse('control-character');
  const name = trimmed
    .normalize('NFC')
    .replace(DOT_BETWEEN_HANZI, '\u00b7')
    .replace(SPACE_BETWEEN_HANZI, '')
    .replace(/\s+/gu, ' ');
  if (name === '') return refuse('value-missing');
  if (Array.from(name).length > MAX_NAME_LENGTH) {
    return refuse('value-too-long', { limit: String(MAX_NAME_LENGTH) });
  }
  return accept(name);
}

/**
 * What two spellings of one normalised name have in common: passports print capitals, schools do
 * not, and full-width letters are only a habit of typing.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase();
}
