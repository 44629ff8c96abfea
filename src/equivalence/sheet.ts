import { parsePartialDate } from '#libs/credit';
import {
  ColumnMap,
  type ColumnRule,
  type Place,
  type RowFault,
  RowReader,
  cellText,
} from '#libs/exchange';
import { type ProblemCode, describe } from '#libs/problems';
import type { ReadSheet } from '../imports/index.js';
import { type Answer, STATUS_TEXTS } from './answer.js';
import type { Asked } from './answers.js';

/** The columns of a list, by any of their names. */
const COLUMNS = {
  name: { names: ['姓名', 'name'] },
  documentKind: { names: ['证件类型', 'documentKind'] },
  documentNumber: { names: ['证件号码', 'documentNumber', '身份证号', '身份证号码'] },
  shareCode: { names: ['验证码', 'shareCode', '在线验证码'] },
  sharePin: { names: ['验证码PIN', 'sharePin', 'PIN'] },
  learner: { names: ['学习者编号', 'learner', 'learnerId'] },
  programme: { names: ['专业代码', 'programme'] },
  on: { names: ['核对日期', 'on'] },
} as const satisfies Readonly<Record<string, ColumnRule>>;

type Field = keyof typeof COLUMNS;

/** What the form says for rows that do not say it themselves. */
export interface Defaults {
  readonly programme: string | null;
  readonly on: string;
  readonly today: string;
}

/** What one row asks, or why it cannot be asked; and what stood in it. */
export interface AskedRow {
  readonly rowNumber: number;
  /** The cells as they came, by field. */
  readonly shown: Readonly<Partial<Record<Field, string>>>;
  readonly programme: string | null;
  readonly on: string;
  readonly asked: Asked | null;
  readonly fault: ProblemCode | null;
  readonly params?: Readonly<Record<string, string>>;
}

/** A row with what came of it. */
export interface AnsweredRow extends AskedRow {
  readonly answer: Answer;
}

/** Faults of the head line: a list of which nothing can be asked. */
export function headFaults(headers: readonly string[]): RowFault[] {
  const columns = new ColumnMap<Field>(COLUMNS, headers);
  const faults = columns.faults({ refuseUnknown: false });
  const names = ['documentNumber', 'shareCode', 'learner'] as const;
  if (names.some((field) => columns.has(field))) return faults;
  const column = names.map((field) => COLUMNS[field].names[0]).join(' / ');
  const missing = { row: 1, column: null, value: null, code: 'column-missing', params: { column } };
  return [...faults, missing as RowFault];
}

/** What every row asks. Rows without any content are no rows. */
export function askedRows({ headers, rows }: ReadSheet, defaults: Defaults): AskedRow[] {
  const columns = new ColumnMap<Field>(COLUMNS, headers);
  return rows
    .filter(({ cells }) => cells.some((cell) => cellText(cell).trim() !== ''))
    .map((row) => {
      const reader = new RowReader(row.rowNumber, { today: defaults.today });
      const place = (field: Field) => columns.place(field, row);
      const shown = Object.fromEntries(
        (Object.keys(COLUMNS) as Field[]).map((field) => [
          field,
          cellText(place(field)?.cell).slice(0, 200),
        ]),
      );
      const programme = reader.text(place('programme'), { limit: 100 }) ?? defaults.programme;
      const on = dayOf(reader, place('on')) ?? defaults.on;
      if (programme === null) reader.refuseRow('value-missing');
      const asked = askedOf(reader, place);
      const [found] = reader.faults;
      const fault = found?.code ?? (asked ? null : 'equivalence-name-one');
      return {
        rowNumber: row.rowNumber,
        shown,
        programme,
        on,
        asked: fault ? null : asked,
        fault,
        ...(found?.params && { params: found.params }),
      };
    });
}

function askedOf(reader: RowReader, place: (field: Field) => Place | null): Asked | null {
  const code = reader.text(place('shareCode'), { limit: 20 });
  const pin = reader.text(place('sharePin'), { limit: 12 }) ?? undefined;
  const learnerId = reader.text(place('learner'), { limit: 40 });
  const kindPlace = place('documentKind');
  const kind = reader.identityKind(kindPlace) ?? 'resident-id';
  const number = reader.document(place('documentNumber'), kind);
  const name = reader.name(place('name'));
  if ([code, learnerId, number].filter((one) => one !== null).length !== 1) return null;
  if (code !== null) return { by: 'code', code, pin };
  if (learnerId !== null) return { by: 'id', learnerId: learnerId.toLowerCase() };
  return name === null
    ? null
    : { by: 'document', name, document: { kind, number: number as string } };
}

/** Also a day to come: rules that are published already can be asked about. */
function dayOf(reader: RowReader, place: Place | null): string | null {
  const text = reader.text(place, { limit: 20 });
  if (text === null || !place) return null;
  const date = parsePartialDate(text.slice(0, 10));
  return date?.length === 10 ? date : reader.refuse(place, 'date-malformed');
}

/** The head line of the answers. */
export const RESULT_HEADERS = [
  '行号',
  ...(Object.keys(COLUMNS) as Field[]).map((field) => COLUMNS[field].names[0]),
  '结果代码',
  '核对结果',
  'Result',
  '可认定学分',
  '已认定学分',
  '规则编号',
  '规则版本',
  '规则摘要',
  '依据与理由',
  'Reasons',
  '最近差距',
  'Nearest gap',
  '可查询学校',
  '答复编号',
] as const;

/** One line of the answers. */
export function resultCells({ rowNumber, shown, answer, fault, params }: AnsweredRow): string[] {
  const asked = (Object.keys(COLUMNS) as Field[]).map((field) => shown[field] ?? '');
  const status = answer?.status ?? 'not-checked';
  const said = STATUS_TEXTS[status];
  const why = (language: 'zh' | 'en'): string => {
    if (fault) {
      const { title, change } = describe(fault, language, params);
      return `${title} ${change}`;
    }
    const lines = answer?.clauses.map(({ basis, text }) =>
      [basis, text[language]].filter((part) => part !== null).join(' · '),
    );
    return (lines ?? []).join('\n');
  };
  return [
    String(rowNumber),
    ...asked,
    fault ?? status,
    said.zh,
    said.en,
    answer?.credits.grantable ?? '',
    answer?.credits.booked ?? '',
    answer?.rulebook.id ?? '',
    answer ? String(answer.rulebook.version) : '',
    answer?.rulebook.hash ?? '',
    why('zh'),
    why('en'),
    answer?.missing?.text.zh ?? '',
    answer?.missing?.text.en ?? '',
    answer?.schools.map(({ code, zh }) => `${code} ${zh}`).join('\n') ?? '',
    answer?.id ?? '',
  ].map((text) => text.slice(0, MOST_CHARACTERS));
}

/** A cell of a workbook holds no more than 32,767. */
const MOST_CHARACTERS = 32_000;
