import type { Text } from '#libs/problems';
import { OR, join, put, same, sayCategory, sayDay, SOURCE_WORDS } from '../describe/words.js';
import type { Change, Source } from '../types.js';
import { DECISION_CODES, type DecisionNames } from './decision-names.js';

/** What a limit is about: a kind of change, or of what several outcomes make together. */
type About = Change['kind'] | 'sum';

/** What a person has to find, where it is a finding. */
export interface Found {
  readonly finding?: string | null;
  readonly course?: string | null;
}

/**
 * A limit as decisions keep it (`>= 75 (percent)`) in words (`at least 75 out of 100`), to be put
 * into the sentence of its kind. Words are made when they are read, so they change no decision.
 */
export function sayWanted(
  about: About,
  wanted: string,
  found: Found = {},
  names: DecisionNames = DECISION_CODES,
): Text {
  const { finding, course } = found;
  if (finding) {
    const isShare = /\d$/.test(wanted) && !wanted.includes('/');
    return put(course ? FOUND_FOR : FOUND, {
      finding: FINDINGS[finding] ?? same(finding),
      value: plain(isShare ? `${wanted} %` : wanted, LIMITS),
      course: course ? names.course(course) : same(''),
    });
  }
  if (about === 'source') {
    const sources = wanted.split(' | ');
    return join(
      sources.map((source) => SOURCE_WORDS[source as Source] ?? same(source)),
      OR,
    );
  }
  if (about === 'category') return join(wanted.split(' | ').map(sayCategory), OR);
  if (about === 'sum') return sumOf(wanted);
  if (about === 'completed') return plain(wanted, DAYS);
  const said = plain(wanted, COUNTED.includes(about) ? COUNTS : LIMITS);
  const isGraded = about === 'grade' || about === 'level';
  return isGraded && wanted !== 'passed' ? put({ en: 'of {said}', zh: '{said}' }, { said }) : said;
}

/** Chinese words that meet have no space between them; numbers and codes keep theirs. */
export function closeUp({ en, zh }: Text): Text {
  return { en, zh: zh.replace(/(?<=[一-鿿，。、：；“”（）]) (?=[一-鿿“”])| (?=（)/gu, '') };
}

const FOUND: Text = { en: '"{finding}" {value}', zh: '“{finding}”{value}' };
const FOUND_FOR: Text = {
  en: '"{finding}" {value} for {course}',
  zh: '“{finding}”{value}（{course}）',
};

/** Findings that rulebooks ask for; others are said by the name the rulebook gives them. */
const FINDINGS: Readonly<Record<string, Text>> = {
  'content-overlap': { en: 'overlap of content', zh: '内容重合度' },
  similarity: { en: 'similarity of content', zh: '内容相似度' },
  'content-not-lower': { en: 'content not lower', zh: '内容要求不低' },
  'requirement-not-lower': { en: 'requirements not lower', zh: '教学要求不低' },
  'approved-by-panel': { en: 'approved by the panel', zh: '专家组同意' },
  'workload-confirmed': { en: 'workload confirmed', zh: '学习量已核实' },
};

const SCALES: Readonly<Record<string, Text>> = {
  percent: { en: '{value} out of 100', zh: '{value} 分（百分制）' },
  'five-grade': { en: '{value} (five grades)', zh: '“{value}”（五级制）' },
  'pass-fail': { en: '{value} (pass or fail)', zh: '“{value}”（两级制）' },
  letter: { en: '{value} (letter grades)', zh: '{value}（字母等级制）' },
  'cet-710': { en: '{value} out of 710', zh: '{value} 分（满分 710 分）' },
  'x-cert': { en: '{value} (1+X certificate)', zh: '{value}（1+X 证书等级）' },
  'skill-level': { en: '{value} (skill level)', zh: '{value}（职业技能等级）' },
  worker: { en: '{value} (skill level)', zh: '{value}（职业技能等级）' },
  contest: { en: '{value} (contest)', zh: '{value}（竞赛奖项）' },
  'study-level': { en: '{value} (level of study)', zh: '{value}（学历层次）' },
};

type Signs = readonly (readonly [RegExp, Text])[];

const LIMITS: Signs = [
  [/^>= (?<value>.*)$/, { en: 'at least {value}', zh: '不低于 {value}' }],
  [/^<= (?<value>.*)$/, { en: 'at most {value}', zh: '不高于 {value}' }],
  [/^< (?<value>.*)$/, { en: 'below {value}', zh: '低于 {value}' }],
  [/^= (?<value>.*)$/, { en: 'exactly {value}', zh: '恰为 {value}' }],
  [/^\+ (?<value>.*)$/, { en: '{value}', zh: '{value}' }],
  [/^not (?<value>.*)$/, { en: 'other than {value}', zh: '除 {value} 外' }],
  [/^(?<value>passed)$/, { en: 'that passes at its school', zh: '合格（按原学校及格线）' }],
];

/** Kinds whose limits are said as "no fewer than". */
const COUNTED: readonly About[] = ['hours', 'credits', 'hours-per-credit'];

const COUNTS: Signs = [
  [/^>= (?<value>.*)$/, { en: 'at least {value}', zh: '不少于 {value}' }],
  [/^<= (?<value>.*)$/, { en: 'at most {value}', zh: '不多于 {value}' }],
  ...LIMITS,
];

const DAYS: Signs = [
  [/^>= (?<value>.*)$/, { en: 'on or after {value}', zh: '不早于{value}' }],
  [/^<= (?<value>.*)$/, { en: 'on or before {value}', zh: '不晚于{value}' }],
  [/^< (?<value>.*)$/, { en: 'before {value}', zh: '早于{value}' }],
  [/^within (?<value>\d+) years$/, { en: 'within {value} years', zh: '{value} 年以内' }],
  [/^(?<value>[\d-]+)\.\.$/, { en: 'on or after {value}', zh: '不早于{value}' }],
  [/^(?<value>[\d-]+)\.\.(?<to>[\d-]+)$/, { en: 'from {value} to {to}', zh: '{value}至{to}' }],
];

const SUMS = {
  hours: { en: '{wanted} hours', zh: '{wanted} 学时' },
  credits: { en: '{wanted} credits', zh: '{wanted} 学分' },
} as const satisfies Readonly<Record<string, Text>>;

/** "hours >= 16": what outcomes have to make together. */
function sumOf(wanted: string): Text {
  const { what, limit } = /^(?<what>hours|credits) (?<limit>.*)$/.exec(wanted)?.groups ?? {};
  if (what === undefined || limit === undefined) return same(wanted);
  return put(SUMS[what as keyof typeof SUMS], { wanted: plain(limit, COUNTS) });
}

function plain(wanted: string, signs: Signs): Text {
  for (const [sign, text] of signs) {
    const { value, to } = sign.exec(wanted)?.groups ?? {};
    if (value !== undefined) return put(text, { value: alternatives(value), to: sayDay(to ?? '') });
  }
  return alternatives(wanted);
}

function alternatives(list: string): Text {
  return join(list.split(' | ').map(onItsScale), OR);
}

/** "60 (percent)" is a value and the scale it stands on. */
function onItsScale(text: string): Text {
  const { value, scale } = /^(?<value>.+) \((?<scale>[\w-]+)\)$/.exec(text)?.groups ?? {};
  const words = scale === undefined ? undefined : SCALES[scale];
  return words && value !== undefined ? put(words, { value: same(value) }) : sayDay(text);
}
