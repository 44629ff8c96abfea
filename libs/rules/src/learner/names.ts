import type { Duplicate } from '../document/rulebook.js';

/** Roman numerals of one character, and those people type with letters, as plain numbers. */
const NUMERALS: readonly (readonly [RegExp, string])[] = [
  [/[ⅠⅰI]$/, '1'],
  [/(?:[Ⅱⅱ]|II)$/, '2'],
  [/(?:[Ⅲⅲ]|III)$/, '3'],
  [/(?:[Ⅳⅳ]|IV)$/, '4'],
  [/[Ⅴⅴ]$/, '5'],
];

/**
 * Brings names that say the same to one text (R25): case, spaces, punctuation and the width of
 * characters make no difference; particles, spellings and the number of a first part as the document
 * says. The text is only compared and never shown.
 */
export function sameName(name: string, names: Duplicate['names']): string {
  const words = name.normalize('NFC').split(/\s+/u).filter(Boolean);
  const bare = words.map((word) => withoutParticle(word, names.dropAfterWord));
  const joined = withPlainNumber(bare.join(' ')).normalize('NFKC').toLowerCase();
  const letters = plain(joined);
  const spelled = names.same.reduce(unify, letters);
  return names.firstIsUnnumbered ? spelled.replace(/(?<=\D)1$/u, '') : spelled;
}

/** Letters and digits alone. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** A particle is cut off the end of a word, never the word itself. */
function withoutParticle(word: string, particles: readonly string[]): string {
  const particle = particles.find((each) => word.endsWith(each) && word.length > each.length + 1);
  return particle === undefined ? word : word.slice(0, -particle.length);
}

/** A numeral at the end of a name; a letter I that belongs to a Latin word is none. */
function withPlainNumber(text: string): string {
  for (const [numeral, number] of [...NUMERALS].reverse()) {
    const match = numeral.exec(text);
    if (!match) continue;
    const before = text.slice(0, match.index);
    const isPartOfWord = /[A-Za-z]$/.test(before) && /[A-Za-z]/.test(match[0]);
    if (before !== '' && !isPartOfWord) return `${before}${number}`;
  }
  return text;
}

/** Every way to write a word becomes the first; the longest is looked for first. */
function unify(text: string, spellings: readonly string[]): string {
  const [first = '', ...others] = spellings.map((each) =>
    plain(each.normalize('NFKC').toLowerCase()),
  );
  return others
    .filter((other) => other !== '' && other !== first)
    .sort((a, b) => b.length - a.length)
    .reduce((sofar, other) => sofar.replaceAll(other, first), text);
}
