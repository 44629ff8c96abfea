import { compare, parseDecimal } from './rational.js';

/** A scale of grades or levels: either an interval of numbers or a list of words, lowest first. */
export type Scale =
  | { readonly kind: 'numeric'; readonly least: string; readonly most: string }
  | { readonly kind: 'ordered'; readonly values: readonly string[] };

/**
 * Scales that a catalogue entry may name. Grades: percent (百分制), five-grade (五级制), pass-fail
 * (两级制), cet-710 (大学英语四、六级), culture-points and skill-points (文化素质、职业技能测试), junior-grade
 * (初中学业水平考试), quality (综合素质评价). Levels: x-cert (1+X), skill-level (职业技能等级, 五级 is the
 * lowest), contest (技能大赛), hsk (Chinese proficiency, 9 is the highest).
 */
export const SCALES: Readonly<Record<string, Scale>> = Object.freeze({
  percent: { kind: 'numeric', least: '0', most: '100' },
  'cet-710': { kind: 'numeric', least: '0', most: '710' },
  'five-grade': { kind: 'ordered', values: ['不及格', '及格', '中', '良', '优'] },
  'pass-fail': { kind: 'ordered', values: ['不合格', '合格'] },
  'x-cert': { kind: 'ordered', values: ['初级', '中级', '高级'] },
  'skill-level': { kind: 'ordered', values: ['五级', '四级', '三级', '二级', '一级'] },
  contest: { kind: 'ordered', values: ['优秀奖', '三等奖', '二等奖', '一等奖'] },
  hsk: { kind: 'numeric', least: '1', most: '9' },
  'culture-points': { kind: 'numeric', least: '0', most: '300' },
  'skill-points': { kind: 'numeric', least: '0', most: '450' },
  'junior-grade': { kind: 'ordered', values: ['E', 'D', 'C', 'B', 'A'] },
  quality: { kind: 'ordered', values: ['不合格', '合格', '良', '优'] },
});

/** Other spellings of the same grade, as exchange files carry them. */
const SPELLINGS: Readonly<Record<string, string>> = Object.freeze({
  优秀: '优',
  良好: '良',
  中等: '中',
  通过: '合格',
  不通过: '不合格',
  pass: '合格',
  fail: '不合格',
  初级工: '五级',
  中级工: '四级',
  高级工: '三级',
  技师: '二级',
  高级技师: '一级',
});

/** The value as its scale spells it, or undefined when it is not on the scale. */
export function onScale(scaleName: string, text: string): string | undefined {
  const scale = SCALES[scaleName];
  if (!scale) return undefined;
  const value = text.trim();
  if (scale.kind === 'ordered') {
    const spelled = scale.values.includes(value) ? value : SPELLINGS[value.toLowerCase()];
    return spelled !== undefined && scale.values.includes(spelled) ? spelled : undefined;
  }
  const number = parseDecimal(value);
  const least = parseDecimal(scale.least);
  const most = parseDecimal(scale.most);
  if (!number || !least || !most) return undefined;
  return compare(number, least) >= 0 && compare(number, most) <= 0 ? value : undefined;
}

/**
 * Compares two values of one scale: negative when `a` is lower than `b`, zero when equal.
 * Undefined when either is not on the scale; a comparison across scales needs a rule's own table.
 */
export function compareOnScale(scaleName: string, a: string, b: string): number | undefined {
  const scale = SCALES[scaleName];
  const left = onScale(scaleName, a);
  const right = onScale(scaleName, b);
  if (!scale || left === undefined || right === undefined) return undefined;
  if (scale.kind === 'ordered') return scale.values.indexOf(left) - scale.values.indexOf(right);
  const leftNumber = parseDecimal(left);
  const rightNumber = parseDecimal(right);
  return leftNumber && rightNumber ? compare(leftNumber, rightNumber) : undefined;
}
