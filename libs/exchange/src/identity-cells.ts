import type { IdentityKind } from '#libs/identity';
import { type Cell, cellText } from './source.js';
import { headerKey } from './text.js';

/** What people write for a kind of document, beside the code itself. */
const KIND_NAMES: Readonly<Record<IdentityKind, readonly string[]>> = {
  'resident-id': ['居民身份证', '身份证', '二代身份证', '中国居民身份证', 'resident id'],
  passport: ['护照', '外国护照', '中国护照'],
  'hk-macao-permit': [
    '港澳居民来往内地通行证',
    '港澳通行证',
    '回乡证',
    '港澳居民通行证',
    'hk macao permit',
  ],
  'taiwan-permit': ['台湾居民来往大陆通行证', '台胞证', '台湾通行证', 'taiwan permit'],
  'hmt-residence-permit': [
    '港澳台居民居住证',
    '港澳台居住证',
    '香港居民居住证',
    '澳门居民居住证',
    '台湾居民居住证',
    'hmt residence permit',
  ],
  'foreign-permanent-resident': [
    '外国人永久居留身份证',
    '外国人永久居留证',
    '永久居留身份证',
    '五星卡',
    'permanent residence',
  ],
  'foreign-student-number': ['留学生学号', '外国留学生编号', '国际学生学号', 'student number'],
  'sh-credit-bank-id': ['上海学分银行编号', '申学码', '学分银行账号'],
  'abc-account-id': ['abc id', 'apaar id', 'academic bank of credits'],
};

const KIND_BY_NAME = new Map<string, IdentityKind>(
  (Object.entries(KIND_NAMES) as [IdentityKind, readonly string[]][]).flatMap(([kind, names]) =>
    [kind, ...names].map((name): [string, IdentityKind] => [headerKey(name), kind]),
  ),
);

export function identityKindOf(text: string): IdentityKind | undefined {
  return KIND_BY_NAME.get(headerKey(text));
}

/** A spreadsheet keeps 15 significant digits of a number. */
const KEPT_DIGITS = 15;

/**
 * True when the cell is a number too long for a spreadsheet, or a number written with an exponent
 * (`5.00112E+17`): what stands there is no longer what was typed.
 */
export function losesDigits(cell: Cell): boolean {
  const text = cellText(cell).trim();
  if (/^\d(\.\d+)?E\+\d+$/i.test(text)) return true;
  if (typeof cell === 'string' || cell.kind !== 'number') return false;
  return text.replace(/\D/g, '').length > KEPT_DIGITS;
}

/** True when a text looks like a number that went through a spreadsheet: zeros after 15 digits. */
export function looksRounded(text: string): boolean {
  return /^\d{15}0{2,}$/.test(text.trim());
}
