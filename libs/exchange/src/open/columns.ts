import type { ExchangeDocument, ExchangeRecord } from './document.js';

/** One column of the sheet: its heading, its name in English, and how a record fills it. */
export interface ExchangeColumn {
  readonly zh: string;
  readonly en: string;
  /** The column of our own template that says the same; null where importing has no use for it. */
  readonly template: string | null;
  readonly of: (record: ExchangeRecord, document: ExchangeDocument) => string | null;
}

/** In this order; docs/exchange-format.md has the names of the standards beside them. */
export const EXCHANGE_COLUMNS: readonly ExchangeColumn[] = [
  { zh: '记录编号', en: 'recordId', template: 'externalId', of: (one) => one.externalId },
  { zh: '姓名', en: 'name', template: 'name', of: (_, { learner }) => learner.name },
  {
    zh: '身份证件类型',
    en: 'documentKind',
    template: 'documentKind',
    of: (_, { learner }) => learner.documents[0]?.kind ?? null,
  },
  {
    zh: '身份证件号',
    en: 'documentNumber',
    template: 'documentNumber',
    of: (_, { learner }) => learner.documents[0]?.number ?? null,
  },
  { zh: '机构代码', en: 'institutionCode', template: null, of: (one) => one.institution.code },
  { zh: '机构名称', en: 'institutionName', template: null, of: (one) => one.institution.zh },
  { zh: '成果代码', en: 'outcomeCode', template: 'outcome', of: (one) => one.outcome.code },
  { zh: '成果名称', en: 'outcomeName', template: null, of: (one) => one.outcome.zh },
  { zh: '成果类别', en: 'outcomeKind', template: null, of: (one) => one.outcome.kind },
  { zh: '学分类别', en: 'category', template: null, of: (one) => one.outcome.category },
  { zh: '开始日期', en: 'startedOn', template: 'startedOn', of: (one) => one.startedOn },
  { zh: '完成日期', en: 'completedOn', template: 'completedOn', of: (one) => one.completedOn },
  { zh: '成绩', en: 'grade', template: 'grade', of: (one) => one.grade },
  { zh: '成绩制', en: 'gradeScale', template: null, of: (one) => one.gradeScale },
  { zh: '等级', en: 'level', template: 'level', of: (one) => one.level },
  { zh: '等级制', en: 'levelScale', template: null, of: (one) => one.levelScale },
  { zh: '总学时', en: 'hours', template: 'hours', of: (one) => one.hours },
  { zh: '学分', en: 'credits', template: 'credits', of: (one) => one.credits },
  {
    zh: '出勤率',
    en: 'attendancePercent',
    template: 'attendancePercent',
    of: (one) => one.attendancePercent,
  },
  { zh: '学分状态', en: 'state', template: null, of: (one) => one.state },
];

/** The rows of a document's sheet, without the head line; unknown is an empty cell. */
export function exchangeRows(document: ExchangeDocument): string[][] {
  return document.records.map((record) =>
    EXCHANGE_COLUMNS.map(({ of }) => of(record, document) ?? ''),
  );
}
