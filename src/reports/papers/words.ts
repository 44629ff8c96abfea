import type { Text } from '#libs/problems';
import type { ReportedIndicator } from '#libs/reports';
import { type PaperLanguage, type Words, beijingTime } from '../../platform/paper/index.js';

/** In which language a report is printed. */
export type ReportLanguage = Extract<PaperLanguage, 'zh-CN' | 'en'>;

/** Everything that a printed report says beside its own texts. */
export const LABELS = {
  bank: { zh: '技能学分银行', en: 'Skills credit bank' },
  period: { zh: '统计期间', en: 'Period' },
  counted: { zh: '统计至', en: 'Counted to' },
  dataTime: { zh: '数据时点', en: 'Data time' },
  published: { zh: '发布时间', en: 'Published' },
  publisher: { zh: '发布单位', en: 'Published by' },
  scheduled: { zh: '计划发布日', en: 'Due by the schedule on' },
  byHand: { zh: '由工作人员发布', en: 'Published by hand' },
  number: { zh: '报告编号', en: 'Number in the log' },
  hash: { zh: '报告摘要', en: 'Hash of the report' },
  cohort: { zh: '毕业生名单', en: 'List of graduates' },
  frozenAt: { zh: '冻结于', en: 'frozen at' },
  notFrozen: { zh: '尚未冻结', en: 'not frozen yet' },
  frozen: {
    zh: '本报告在发布时冻结，此后不再变化。账簿此后的更正只改变实时数值；少于 10 人的数不公开，以“不公开”表示。',
    en: 'This report was frozen when it was published and does not change. Corrections made since change the live figures only. Numbers of fewer than 10 people are not told.',
  },
  glance: { zh: '目标完成情况', en: 'Targets at a glance' },
  target: { zh: '目标', en: 'Target' },
  targetLine: { zh: '目标值', en: 'target' },
  figure: { zh: '数值', en: 'Figure' },
  indicator: { zh: '指标', en: 'Indicator' },
  met: { zh: '是否达到', en: 'Reached' },
  definition: { zh: '统计口径', en: 'How it is counted' },
  version: { zh: '口径版本', en: 'Definition' },
  owner: { zh: '责任单位', en: 'Responsible' },
  source: { zh: '来源', en: 'Source' },
  targetSource: { zh: '目标出处', en: 'Where the target stands' },
  part: { zh: '组成', en: 'Part' },
  partOf: { zh: '属于', en: 'Part of' },
  count: { zh: '数量', en: 'Number' },
  input: { zh: '外部数据', en: 'Figure from outside' },
  inputs: { zh: '外部数据', en: 'Figures from outside' },
  on: { zh: '所属日期', en: 'About' },
  always: { zh: '长期适用', en: 'until another is entered' },
  missing: { zh: '尚缺的外部数据', en: 'Figures from outside that are missing' },
  each: { zh: '各项指标', en: 'The indicators one by one' },
  conditions: { zh: '学校办学条件', en: 'School conditions' },
  condition: { zh: '条件', en: 'Condition' },
  school: { zh: '学校', en: 'School' },
  code: { zh: '代码', en: 'Code' },
  standard: { zh: '执行标准', en: 'Standard' },
  noStandard: { zh: '尚未确定执行标准', en: 'no standard was assigned' },
  required: { zh: '标准值', en: 'Required' },
  state: { zh: '结论', en: 'State' },
  unit: { zh: '单位', en: 'Unit' },
  metCount: { zh: '达标', en: 'Met' },
  shortCount: { zh: '未达标', en: 'Short' },
  unstatedCount: { zh: '未填报', en: 'Not stated' },
  noSchools: { zh: '尚无学校填报办学条件。', en: 'No school has stated its conditions yet.' },
  standards: { zh: '标准来源', en: 'Where the standards come from' },
  stated: { zh: '学校填报数据', en: 'What the schools stated' },
  warnings: { zh: '预警', en: 'Early warnings' },
  warning: { zh: '预警内容', en: 'Warning' },
  level: { zh: '级别', en: 'Level' },
  basis: { zh: '依据', en: 'Basis' },
  noWarnings: { zh: '没有预警。', en: 'There are no warnings.' },
  check: { zh: '怎样核验', en: 'How to check this report' },
  lookUp: { zh: '扫码或打开以下网址查看并核验', en: 'Scan or open to see and check it' },
} as const satisfies Record<string, Text>;

const STATES = {
  met: { zh: '达标', en: 'met' },
  short: { zh: '未达标', en: 'short' },
  'not-stated': { zh: '未填报', en: 'not stated' },
} as const satisfies Record<string, Text>;

const LEVELS = {
  urgent: { zh: '须处理', en: 'act' },
  watch: { zh: '关注', en: 'watch' },
} as const satisfies Record<string, Text>;

const ABSENCES = {
  'input-missing': { zh: '缺少外部数据', en: 'a figure from outside is missing' },
  'nobody-counted': { zh: '本期没有可统计的人', en: 'nobody to count' },
  suppressed: { zh: '不公开', en: 'not told' },
} as const satisfies Record<string, Text>;

const UNITS: Record<ReportedIndicator['unit'], Text> = {
  ratio: { zh: '倍', en: ' times' },
  percent: { zh: '%', en: ' %' },
  persons: { zh: ' 人', en: ' people' },
  'person-times': { zh: ' 人次', en: ' person-times' },
  fte: { zh: ' 名折合学生', en: ' full-time equivalents' },
};

const REACHED = {
  yes: { zh: '已达到', en: 'reached' },
  no: { zh: '尚未达到', en: 'not yet' },
  none: { zh: '未定数值', en: 'no number set' },
  unknown: { zh: '暂无数值', en: 'no figure' },
} as const satisfies Record<string, Text>;

/** One language of a printed report. */
export class Speech {
  readonly #key: keyof Text;

  constructor(readonly language: ReportLanguage) {
    this.#key = language === 'en' ? 'en' : 'zh';
  }

  of(text: Text): string {
    return text[this.#key];
  }

  label(name: keyof typeof LABELS): string {
    return LABELS[name][this.#key];
  }

  /** A label with what it is about. */
  pair(name: keyof typeof LABELS, value: string): string {
    return `${this.label(name)}${this.language === 'en' ? ': ' : '：'}${value}`;
  }

  words(text: Text): Words {
    return this.plain(this.of(text));
  }

  labelled(name: keyof typeof LABELS): Words {
    return this.plain(this.label(name));
  }

  plain(text: string): Words {
    return [{ text, language: this.language }];
  }

  time(moment: string): string {
    return beijingTime(moment);
  }

  /** A number with its thousands parted; the digits stay as they are. */
  number(value: string): string {
    const [whole = '', fraction] = value.split('.');
    const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? parted : `${parted}.${fraction}`;
  }

  unit(unit: ReportedIndicator['unit']): string {
    return UNITS[unit][this.#key].trim();
  }

  figure({ value, absence, unit }: ReportedIndicator): string {
    if (value !== null) return `${this.number(value)}${UNITS[unit][this.#key]}`;
    return absence === null ? this.of(REACHED.unknown) : this.of(ABSENCES[absence]);
  }

  target({ target, unit }: ReportedIndicator): string {
    if (target === null) return this.of(REACHED.none);
    const value = `${this.number(target.atLeast)}${UNITS[unit][this.#key]}`;
    return this.language === 'en' ? `at least ${value}` : `不低于 ${value}`;
  }

  met({ target, met }: ReportedIndicator): string {
    if (target === null) return '—';
    if (met === null) return this.of(REACHED.unknown);
    return this.of(met ? REACHED.yes : REACHED.no);
  }

  count(value: string | null): string {
    return value === null ? this.of(ABSENCES.suppressed) : this.number(value);
  }

  state(state: keyof typeof STATES): string {
    return this.of(STATES[state]);
  }

  level(level: keyof typeof LEVELS): string {
    return this.of(LEVELS[level]);
  }

  bound(bound: 'at-least' | 'at-most', value: string): string {
    return `${bound === 'at-least' ? '≥' : '≤'} ${this.number(value)}`;
  }
}
