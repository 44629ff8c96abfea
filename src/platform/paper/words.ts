import type { Text } from '#libs/problems';
import type { PaperLanguage, Words } from './paper.js';

/** The language of everything that says no other. */
export const FIRST: PaperLanguage = 'zh-CN';

/** What is said in the two languages of the service: once where both are the same. */
export function inBoth({ zh, en }: Text): Words {
  const first = { text: zh, language: FIRST } as const;
  return zh === en ? [first] : [first, { text: en, language: 'en' }];
}

/** Codes, dates and names: the same in every language. */
export function plain(text: string): Words {
  return [{ text, language: FIRST }];
}

/** `2026-11-23 17:30 (UTC+8)` */
export function beijingTime(moment: string): string {
  const local = new Date(Date.parse(moment) + 8 * 60 * 60 * 1000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)} (UTC+8)`;
}
