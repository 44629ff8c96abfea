import type { CompletionDraft } from '../draft.js';
import { ColumnMap, type ColumnRule } from '../columns.js';
import {
  CIRCUMSTANCE_COLUMNS,
  type CircumstanceField,
  readCircumstances,
} from '../circumstance-cells.js';
import { Repeats } from '../repeats.js';
import { type Place, RowReader } from '../row-reader.js';
import {
  type DraftField,
  type Mapped,
  type Mapper,
  type MappingContext,
  NOTHING_MAPPED,
  type RowFault,
  type TableShape,
} from '../shape.js';
import type { TableRow } from '../source.js';

type Field =
  | 'externalId'
  | 'name'
  | 'documentKind'
  | 'documentNumber'
  | 'outcome'
  | 'startedOn'
  | 'completedOn'
  | 'grade'
  | 'level'
  | 'hours'
  | 'credits'
  | 'attendancePercent'
  | 'note'
  | CircumstanceField;

/** Our own sheet: one row per outcome, every column under a Chinese and an English name. */
export const TEMPLATE_COLUMNS: Readonly<Record<Field, ColumnRule>> = {
  externalId: { names: ['外部编号', 'externalId', '成果编号'], required: true },
  name: { names: ['姓名', 'name'] },
  documentKind: { names: ['证件类型', 'documentKind', 'identityKind'] },
  documentNumber: {
    names: ['证件号码', 'documentNumber', '证件号', '身份证号', '身份证号码', 'number'],
    required: true,
  },
  outcome: { names: ['成果代码', 'outcome', 'outcomeCode', '课程代码'], required: true },
  completedOn: { names: ['完成日期', 'completedOn', '完成时间'], required: true },
  startedOn: { names: ['开始日期', 'startedOn', '开始时间'], extra: true },
  grade: { names: ['成绩', 'grade', 'score'] },
  level: { names: ['等级', 'level'] },
  hours: { names: ['学时', 'hours'] },
  credits: { names: ['学分', 'credits', 'credit'] },
  attendancePercent: { names: ['出勤率', 'attendancePercent', 'attendance'] },
  note: { names: ['备注', 'note', 'remark'] },
  ...CIRCUMSTANCE_COLUMNS,
};

const COLUMN_OF: Readonly<Partial<Record<DraftField, Field>>> = {
  externalId: 'externalId',
  name: 'name',
  document: 'documentNumber',
  outcome: 'outcome',
  startedOn: 'startedOn',
  completedOn: 'completedOn',
  grade: 'grade',
  level: 'level',
  hours: 'hours',
  credits: 'credits',
  attendance: 'attendancePercent',
  note: 'note',
  circumstances: 'trainingKind',
};

/** A file is ours when it has at least this many of our columns; what is wrong is then named. */
const ENOUGH_COLUMNS = 3;

export const templateShape: TableShape = {
  id: 'template',
  columnLimit: 200,
  recognises: (headers) => new ColumnMap(TEMPLATE_COLUMNS, headers).known >= ENOUGH_COLUMNS,
  checkHeaders: (headers) =>
    new ColumnMap(TEMPLATE_COLUMNS, headers).faults({ refuseUnknown: true }),
  ignoredColumns: () => [],
  mapper: (headers, context) => new TemplateMapper(headers, context),
};

class TemplateMapper implements Mapper<TableRow> {
  readonly #columns: ColumnMap<Field>;
  readonly #repeats = new Repeats();
  readonly #columnOf: Readonly<Partial<Record<DraftField, string>>>;

  constructor(
    private readonly headers: readonly string[],
    private readonly context: MappingContext,
  ) {
    this.#columns = new ColumnMap(TEMPLATE_COLUMNS, headers);
    this.#columnOf = Object.fromEntries(
      (Object.entries(COLUMN_OF) as [DraftField, Field][]).map(([draftField, field]) => [
        draftField,
        this.#columns.header(field),
      ]),
    );
  }

  push(row: TableRow): Mapped {
    const reader = new RowReader(row.rowNumber, this.context);
    const draft = this.#read(row, reader);
    if (!draft) return { outcomes: [], faults: reader.faults };
    const outcome = { rows: [row.rowNumber], draft, naturalKey: null, columns: this.#columnOf };
    return { outcomes: [outcome], faults: [] };
  }

  end(): Mapped {
    return NOTHING_MAPPED;
  }

  #read(row: TableRow, reader: RowReader): CompletionDraft | null {
    const place = (field: Field) => this.#columns.place(field, row);
    const overhang = this.#columns.overhang(row);
    if (overhang) {
      reader.refuse(overhang, 'too-many-cells', { columns: String(this.headers.length) });
    }
    const externalId = reader.key(place('externalId'), { required: true });
    const again = <T>(field: Field, read: (at: Place | null) => T, what: string = field): T => {
      const at = place(field);
      return this.#repeats.read(what, at, reader, () => read(at));
    };
    const name = again('name', (at) => reader.name(at));
    // No kind stated: a resident ID says so itself by its check digit, and nothing else passes it.
    const faultsBefore = reader.faults.length;
    const kindStated = again('documentKind', (at) => reader.identityKind(at));
    const kindFaulty = reader.faults.length > faultsBefore;
    const kind = kindStated ?? (kindFaulty ? null : 'resident-id');
    const number =
      kind &&
      again('documentNumber', (at) => reader.document(at, kind, { required: true }), `no. ${kind}`);
    const outcome = reader.key(place('outcome'), { required: true, limit: 100 });
    const completedOn = again('completedOn', (at) => reader.date(at, { required: true }));
    const startedOn = reader.day(place('startedOn'));
    const grade = reader.text(place('grade'), { limit: 50 });
    const level = reader.text(place('level'), { limit: 50 });
    const minutes = reader.hours(place('hours'));
    const credits = reader.credits(place('credits'));
    const attendancePercent = reader.percent(place('attendancePercent'));
    const note = reader.text(place('note'), { limit: 500 });
    const circumstances = readCircumstances(reader, place);
    if (reader.faults.length > 0) return null;
    if (!externalId || !kind || !number || !outcome || !completedOn) return null;
    return {
      externalId,
      person: { name, document: { kind, number } },
      outcome: { code: outcome },
      startedOn,
      completedOn,
      grade,
      level,
      minutes,
      credits,
      attendancePercent,
      exemptions: [],
      note,
      circumstances,
    };
  }
}

/** The faults of a head line that belongs to no shape: what the template would need. */
export function unknownShapeFault(headers: readonly string[]): RowFault {
  const needed = Object.values(TEMPLATE_COLUMNS)
    .filter((rule) => rule.required)
    .map((rule) => rule.names.slice(0, 2).join('/'))
    .join(', ');
  // A first line with numbers in it is somebody's row: the file has no head line.
  const isData = headers.some((header) => /\d{6}/.test(header));
  const shown = headers.filter(Boolean).slice(0, 5).join(', ').slice(0, 60);
  return {
    row: 1,
    column: null,
    value: isData ? null : shown || null,
    code: 'shape-unknown',
    params: { needed },
  };
}
