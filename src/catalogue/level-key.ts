import { titleKey } from './title-key.js';

/** The five levels of vocational skill, 5 lowest: each is written as a number and as a grade. */
const SKILL_LEVELS = [
  ['五', '5', '初级工'],
  ['四', '4', '中级工'],
  ['三', '3', '高级工'],
  ['二', '2', '技师'],
  ['一', '1', '高级技师'],
] as const;

const SAME = new Map(
  SKILL_LEVELS.flatMap(([hanzi, digit, grade]) =>
    [`${hanzi}级`, `${digit}级`, grade, `${hanzi}级${grade}`, `${grade}${hanzi}级`].map(
      (text) => [text, digit] as const,
    ),
  ),
);

/** The form in which two spellings of one level are equal: `四级` = `4级` = `中级工（四级）` = `4`. */
export function levelKey(level: string): string {
  const key = titleKey(level);
  return SAME.get(key) ?? key;
}
