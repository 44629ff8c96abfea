/** Roman numerals that people write at the end of a course title. */
const ROMAN: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  x: '10',
};
/** One sign for each Roman numeral, U+2160 Ⅰ and U+2170 ⅰ onwards. */
const ROMAN_SIGN = /[\u2160-\u216b\u2170-\u217b]/g;
/** A numeral of Latin letters counts only when it stands apart, or after a script without letters. */
const ROMAN_TAIL = /(?<=[^a-z])(viii|vii|iii|vi|iv|ix|ii|v|x|i)$/;

/**
 * The form in which two spellings of one title are equal (R25 of the field notes): NFKC, so that
 * full-width letters become ordinary; lower case; Roman numerals as digits; no spaces and no signs
 * but + and #, which tell C, C++ and C# apart. `S/W 활용` = `SW활용`, `전공실기Ⅰ` = `전공실기 1`.
 */
export function titleKey(title: string): string {
  const folded = title
    .replace(ROMAN_SIGN, (sign) => ` ${((sign.charCodeAt(0) - 0x2160) % 0x10) + 1}`)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s)）\].]+$/, '')
    .replace(ROMAN_TAIL, (numeral) => ROMAN[numeral] ?? numeral);
  return folded.replace(/[^\p{L}\p{N}\p{M}+#]+/gu, '');
}

/**
 * A wider form for searching and suggesting, never for deciding: also drops the Korean genitive
 * (`인터넷의 이해` = `인터넷 이해`) and a last 1 (`전공실기1` = `전공실기`).
 */
export function looseTitleKey(title: string): string {
  return titleKey(title.replace(/(?<=\p{Script=Hangul})의(?=\s)/gu, '')).replace(
    /(?<=[^\d])1$/,
    '',
  );
}

/** The keys under which a search finds a text; empty when the text holds no letter or digit. */
export function searchKeysOf(text: string): string[] {
  return [...new Set([titleKey(text), looseTitleKey(text)])].filter((key) => key !== '');
}

/**
 * The single words of a text, when it has several: a search also finds what holds all of them in
 * any order, as “logistics basics” finds “Basics of Logistics”. Empty for a text of one word.
 */
export function searchWordsOf(text: string): string[] {
  const words = new Set(text.split(/\s+/).map(titleKey));
  words.delete('');
  return words.size > 1 ? [...words] : [];
}

/** Whether what is stored for searching is found by a text. */
export function isFoundBy(text: string, stored: string): boolean {
  const words = searchWordsOf(text);
  return (
    searchKeysOf(text).some((key) => stored.includes(key)) ||
    (words.length > 0 && words.every((word) => stored.includes(word)))
  );
}

/** What is stored for searching: both keys of every name, one a line, so that none runs into another. */
export function searchTextOf(names: readonly string[]): string {
  return [...new Set(names.flatMap(searchKeysOf))].join('\n');
}
