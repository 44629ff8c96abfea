import { type Result, accept, refuse } from '#libs/problems';

/** Most characters (code points) of a name; GB 18030 names with transcribed parts fit. */
export const MAX_NAME_LENGTH = 50;

/** The dots that sheets use for U+00B7, the one that belongs between parts of a transcribed name. */
const OTHER_DOTS = '．•・･‧∙⋅⸱․ꞏ●';
const MIDDLE_DOTS = `.·${OTHER_DOTS}`;
/** What may stand between two parts of a name, once {@link nameKey} has been applied. */
export const BETWEEN_PARTS = new RegExp(`[\\s${MIDDLE_DOTS}]+`, 'gu');
const DOT_BETWEEN_HANZI = new RegExp(
  `(?<=\\p{Script=Han})\\s*[${MIDDLE_DOTS}]\\s*(?=\\p{Script=Han})`,
  'gu',
);
/** Two-character names are often padded ("张\u3000三") to stand under three-character ones. */
const SPACE_BETWEEN_HANZI = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** A dot that stands where no part of a name ends, or that is none of the two a name may hold. */
const STRAY_DOT = new RegExp(`[${OTHER_DOTS}]|^·|·$|·[^\\p{L}\\p{M}]|[^\\p{L}\\p{M}]·`, 'u');

/**
 * Controls, direction and zero-width characters, variation selectors and fillers (everything that
 * Unicode says to show as nothing), the blank of Braille, line ends, lone surrogates.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufffc]|\p{Surrogate}/u;

/**
 * GB 18030-2022 gave eight hanzi, until then in the private use area, the code points that Unicode
 * has had for them since version 4.1 (annex D). Older files and keyboards still send the old ones.
 */
const FORMER_PRIVATE_USE: ReadonlyMap<string, string> = new Map([
  ['\ue81e', '\u9fb4'],
  ['\ue826', '\u9fb5'],
  ['\ue82b', '\u9fb6'],
  ['\ue82c', '\u9fb7'],
  ['\ue832', '\u9fb8'],
  ['\ue843', '\u9fb9'],
  ['\ue854', '\u9fba'],
  ['\ue864', '\u9fbb'],
]);

/**
 * What GB 18030-2022 can encode but has no character for: private use, and code points that nobody
 * has assigned. In the planes of hanzi (2 and 3) the next Unicode may assign what this one has not.
 */
const NO_CHARACTER = /[\p{Co}\ufffd]|(?![\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}])\p{Cn}/u;

/**
 * The form in which a name is stored: NFC, trimmed, one kind of middle dot, no padding between
 * hanzi. Characters are never replaced by others: a rare one (𬱖 䶮 㛃 𠮷) is part of the name.
 *
 * Refuses what nobody can see (`control-character`), what is no character (`name-character`), a dot
 * that separates no parts (`name-dot`), and more than {@link MAX_NAME_LENGTH} characters.
 */
export function normaliseName(text: string): Result<string> {
  const trimmed = text.trim();
  if (INVISIBLE.test(trimmed)) return refuse('control-character');
  const standard = trimmed.replace(/[\ue81e-\ue864]/g, (c) => FORMER_PRIVATE_USE.get(c) ?? c);
  const [strange] = NO_CHARACTER.exec(standard) ?? [];
  if (strange !== undefined) return refuse('name-character', { codePoint: codePointOf(strange) });
  const name = standard
    .normalize('NFC')
    .replace(DOT_BETWEEN_HANZI, '\u00b7')
    .replace(SPACE_BETWEEN_HANZI, '')
    .replace(/\s+/gu, ' ');
  if (name === '') return refuse('value-missing');
  if (STRAY_DOT.test(name)) return refuse('name-dot');
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

function codePointOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
