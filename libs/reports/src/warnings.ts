import { addMonths, compare, parseDecimal } from '#libs/credit';
import type { Text } from '#libs/problems';
import { type AssessedCondition, countStates } from './conditions.js';

export type WarningKind =
  | 'conditions-short'
  | 'conditions-not-stated'
  | 'conditions-old'
  | 'pathway-pass-low'
  | 'onward-low'
  | 'programme-match-low'
  | 'no-learners';

/** `urgent` asks somebody to act, `watch` to look again. */
export type WarningLevel = 'urgent' | 'watch';

/** An early warning (预警) about a school or its programmes, and what it rests on. */
export interface Warning {
  readonly kind: WarningKind;
  readonly level: WarningLevel;
  /** Code and name of the school. */
  readonly school: { readonly code: string; readonly name: Text };
  readonly text: Text;
  /** Where the bound comes from. */
  readonly basis: Text;
}

/** What is known of a school when warnings are looked for; figures that nobody is told are null. */
export interface SchoolFacts {
  readonly code: string;
  readonly name: Text;
  /** Null: it is held against no standard. */
  readonly conditions: readonly AssessedCondition[] | null;
  /** Percentages as decimal strings. */
  readonly pathwayPass: string | null;
  readonly onward: string | null;
  readonly programmeMatch: string | null;
  /** Learners in the newest periods, the newest first; null where the number is not told. */
  readonly learners: readonly (string | null)[];
}

/** Two conditions short is urgent, one is to be watched: as 教发〔2004〕2号 has it for colleges. */
const URGENT_FROM = 2;
/** A figure about an older day says little of today; schools count every autumn. */
const OLD_AFTER_MONTHS = 18;
/** The plan asks for a high pass rate and names no number: this one is the bank's own. */
const PASS_AT_LEAST = '80';
const ONWARD_AT_LEAST = '60';
const MATCH_AT_LEAST = '90';
/** Periods without a learner after which a school is named. */
export const SILENT_PERIODS = 2;

const PLAN: Text = { zh: '规划目标', en: 'Target of the plan' };
const OWN: Text = {
  zh: '本平台设定，国家和规划均未规定数值',
  en: 'Set by this bank: neither the state nor the plan names a number',
};

/** Every warning about some schools, the urgent ones first. */
export function warningsOf(schools: readonly SchoolFacts[], today: string): Warning[] {
  const all = schools.flatMap((school) => [
    ...aboutConditions(school, today),
    ...aboutProgrammes(school),
  ]);
  return [
    ...all.filter(({ level }) => level === 'urgent'),
    ...all.filter(({ level }) => level === 'watch'),
  ];
}

function aboutConditions({ code, name, conditions }: SchoolFacts, today: string): Warning[] {
  if (!conditions) return [];
  const school = { code, name };
  const basis: Text = { zh: '办学条件国家标准', en: 'The national standard of conditions' };
  const { short, notStated } = countStates(conditions);
  const named = (state: AssessedCondition['state']): AssessedCondition[] =>
    conditions.filter((one) => one.state === state);
  const found: Warning[] = [];
  if (short > 0) {
    found.push({
      kind: 'conditions-short',
      level: short >= URGENT_FROM ? 'urgent' : 'watch',
      school,
      basis,
      text: {
        zh: `${short} 项办学条件未达标：${listed(named('short'), 'zh')}`,
        en: `${short === 1 ? 'One condition is' : `${short} conditions are`} short of the standard: ${listed(named('short'), 'en')}`,
      },
    });
  }
  if (notStated > 0) {
    found.push({
      kind: 'conditions-not-stated',
      level: 'watch',
      school,
      basis,
      text: {
        zh: `${notStated} 项办学条件未填报：${listed(named('not-stated'), 'zh')}`,
        en: `${notStated === 1 ? 'One condition was' : `${notStated} conditions were`} not stated: ${listed(named('not-stated'), 'en')}`,
      },
    });
  }
  const oldest = conditions.flatMap(({ on }) => on ?? []).sort()[0];
  if (oldest !== undefined && oldest < addMonths(today, -OLD_AFTER_MONTHS)) {
    found.push({
      kind: 'conditions-old',
      level: 'watch',
      school,
      basis: OWN,
      text: {
        zh: `填报数据已超过 ${OLD_AFTER_MONTHS} 个月（最早为 ${oldest}）`,
        en: `What it stated is older than ${OLD_AFTER_MONTHS} months (since ${oldest})`,
      },
    });
  }
  return found;
}

function aboutProgrammes(school: SchoolFacts): Warning[] {
  const { code, name, learners } = school;
  const low = (
    kind: WarningKind,
    value: string | null,
    { bound, title, basis }: { bound: string; title: Text; basis: Text },
  ): Warning[] =>
    value !== null && isBelow(value, bound)
      ? [
          {
            kind,
            level: 'watch',
            school: { code, name },
            basis,
            text: {
              zh: `${title.zh} ${value}%，低于 ${bound}%`,
              en: `${title.en}: ${value} %, below ${bound} %`,
            },
          },
        ]
      : [];
  const newest = learners.slice(0, SILENT_PERIODS);
  const isSilent = newest.length === SILENT_PERIODS && newest.every((one) => one === '0');
  return [
    ...low('pathway-pass-low', school.pathwayPass, {
      bound: PASS_AT_LEAST,
      title: { zh: '“3+2”和五年制转段通过率', en: 'Pass rate of 3+2 and five-year pathways' },
      basis: OWN,
    }),
    ...low('onward-low', school.onward, {
      bound: ONWARD_AT_LEAST,
      title: { zh: '中职毕业生升学比例', en: 'Graduates who go on' },
      basis: PLAN,
    }),
    ...low('programme-match-low', school.programmeMatch, {
      bound: MATCH_AT_LEAST,
      title: { zh: '专业与区域产业匹配度', en: 'Programmes that match the industries' },
      basis: PLAN,
    }),
    ...(isSilent
      ? [
          {
            kind: 'no-learners' as const,
            level: 'watch' as const,
            school: { code, name },
            basis: OWN,
            text: {
              zh: `连续 ${SILENT_PERIODS} 期没有学习者的登记`,
              en: `Nobody's learning was posted for ${SILENT_PERIODS} periods`,
            },
          },
        ]
      : []),
  ];
}

function isBelow(value: string, bound: string): boolean {
  const [a, b] = [parseDecimal(value), parseDecimal(bound)];
  return a !== undefined && b !== undefined && compare(a, b) < 0;
}

function listed(conditions: readonly AssessedCondition[], language: 'zh' | 'en'): string {
  return conditions.map(({ title }) => title[language]).join(language === 'zh' ? '、' : ', ');
}
