import type { Millicredits } from '#libs/credit';
import { ColumnMap, type ColumnRule } from '../columns.js';
import type { CompletionDraft, DraftExemption } from '../draft.js';
import { type Place, RowReader } from '../row-reader.js';
import {
  type DraftField,
  type Mapped,
  type Mapper,
  type MappedOutcome,
  type MappingContext,
  NOTHING_MAPPED,
  type RowFault,
  type ShapeId,
  type TableShape,
} from '../shape.js';
import { type TableRow, cellText } from '../source.js';
import { toHalfWidth } from '../text.js';

/*
 * The sheets with which a school's academic system reports to its city's credit bank (OpenURP's
 * credit bank module, exports of 2019 to 2025). They carry four traps: dates are yyyyMM; unknown
 * values are sent as fixed fillers; a certificate that waives three courses is three rows; and no
 * row has an id of its own.
 */

type Field =
  | 'name'
  | 'residentId'
  | 'source'
  | 'major'
  | 'title'
  | 'certificateType'
  | 'level'
  | 'institution'
  | 'stage'
  | 'sector'
  | 'credits'
  | 'hours'
  | 'grade'
  | 'acquiredOn'
  | 'graduationYear'
  | 'graduationSeason'
  | 'courseCode'
  | 'courseTitle'
  | 'courseCredits'
  | 'convertedOn';

const COLUMNS: Readonly<Record<Field, ColumnRule>> = {
  name: { names: ['姓名'], required: true },
  residentId: { names: ['身份证号', '身份证号码'], required: true },
  source: { names: ['原课程来源代码', '原证书来源代码'], required: true },
  major: { names: ['原专业名称', '原专业'] },
  title: { names: ['原课程名称', '原证书名称', '原课程'], required: true },
  certificateType: { names: ['原证书类型'] },
  level: { names: ['原证书等级'] },
  institution: { names: ['原办学机构', '原发证机构'], required: true },
  stage: { names: ['原教育层次代码'] },
  sector: { names: ['原教育类别代码'] },
  credits: { names: ['原学分'], required: true },
  hours: { names: ['原学时'] },
  grade: { names: ['原成绩'] },
  acquiredOn: { names: ['获得时间'], required: true },
  graduationYear: { names: ['届别'] },
  graduationSeason: { names: ['毕业季'] },
  courseCode: { names: ['转换后课程代码'] },
  courseTitle: { names: ['转换后课程名称'] },
  courseCredits: { names: ['转换后学分', '转换后课程学分'] },
  convertedOn: { names: ['转换时间'] },
};

const COLUMN_OF: Readonly<Partial<Record<DraftField, Field>>> = {
  name: 'name',
  document: 'residentId',
  outcome: 'title',
  externalId: 'title',
  completedOn: 'acquiredOn',
  grade: 'grade',
  level: 'level',
  hours: 'hours',
  credits: 'credits',
  exemptions: 'courseTitle',
};

/** What the exporting program writes where it knows nothing. */
const FILLERS: ReadonlySet<string> = new Set(['待补', '无', '--', '-', '/']);
const UNKNOWN_STAGE = '85';
const CERTIFICATE = '02';

export const openurpCertificateShape = openurpShape('openurp-certificate', true);
export const openurpCourseShape = openurpShape('openurp-course', false);

/** Only the head line of a certificate sheet names certificates; older exports reuse the other. */
function openurpShape(id: ShapeId, certificates: boolean): TableShape {
  const columns = (headers: readonly string[]) => new ColumnMap(COLUMNS, headers);
  const namesCertificates = (headers: readonly string[]) =>
    headers.some((header) => header.includes('原证书'));
  return {
    id,
    columnLimit: 200,
    recognises: (headers) =>
      (columns(headers).has('source') ||
        (columns(headers).has('title') && columns(headers).has('acquiredOn'))) &&
      namesCertificates(headers) === certificates,
    checkHeaders: (headers) => columns(headers).faults({ refuseUnknown: false }),
    ignoredColumns: (headers) => columns(headers).unknown,
    mapper: (headers, context) => new OpenurpMapper(columns(headers), context, id),
  };
}

/** Rows that stand together and describe the same outcome. */
interface Group {
  /** The identifying cells as written: rows belong together before they are known to be right. */
  readonly writtenKey: string;
  readonly rows: number[];
  readonly faults: RowFault[];
  readonly exemptions: DraftExemption[];
  first: ReadRow | null;
}

interface ReadRow {
  readonly rowNumber: number;
  readonly naturalKey: readonly string[];
  readonly draft: CompletionDraft;
  readonly exemption: DraftExemption | null;
}

const KEY_FIELDS: readonly Field[] = [
  'residentId',
  'title',
  'certificateType',
  'level',
  'institution',
  'acquiredOn',
];

/**
 * Rows that follow each other and name the same outcome become one outcome; what differs between
 * them, the course each one waives, becomes its exemptions. When one of them is at fault all wait:
 * half an outcome posted today would contradict the whole one sent tomorrow. Rows of one outcome
 * that stand apart are left to the caller, who sees the same key come twice.
 */
class OpenurpMapper implements Mapper<TableRow> {
  readonly #columnOf: Readonly<Partial<Record<DraftField, string>>>;
  #open: Group | null = null;

  constructor(
    private readonly columns: ColumnMap<Field>,
    private readonly context: MappingContext,
    private readonly shapeId: ShapeId,
  ) {
    this.#columnOf = Object.fromEntries(
      (Object.entries(COLUMN_OF) as [DraftField, Field][]).map(([draftField, field]) => [
        draftField,
        columns.header(field),
      ]),
    );
  }

  push(row: TableRow): Mapped {
    const writtenKey = this.#writtenKey(row);
    const done = this.#open?.writtenKey === writtenKey ? NOTHING_MAPPED : this.end();
    this.#open ??= { writtenKey, rows: [], faults: [], exemptions: [], first: null };
    this.#add(this.#open, row);
    return done;
  }

  end(): Mapped {
    const group = this.#open;
    this.#open = null;
    if (!group) return NOTHING_MAPPED;
    if (group.faults.length > 0 || !group.first) {
      return { outcomes: [], faults: withWaitingRows(group) };
    }
    const { draft, naturalKey } = group.first;
    const outcome: MappedOutcome = {
      rows: group.rows,
      draft: { ...draft, exemptions: withoutRepeats(group.exemptions) },
      naturalKey,
      columns: this.#columnOf,
    };
    return { outcomes: [outcome], faults: [] };
  }

  #writtenKey(row: TableRow): string {
    const parts = KEY_FIELDS.map((field) => this.columns.place(field, row)?.cell ?? '');
    return JSON.stringify(parts.map((cell) => toHalfWidth(cellText(cell).trim())));
  }

  #add(group: Group, row: TableRow): void {
    group.rows.push(row.rowNumber);
    const reader = new RowReader(row.rowNumber, this.context);
    const read = this.#read(row, reader);
    if (!read) {
      group.faults.push(...reader.faults);
      return;
    }
    if (read.exemption) group.exemptions.push(read.exemption);
    if (group.first) {
      const disagreement = this.#disagreement(group.first, read, row);
      if (disagreement) group.faults.push(disagreement);
    } else group.first = read;
  }

  #read(row: TableRow, reader: RowReader): ReadRow | null {
    const place = (field: Field) => this.columns.place(field, row);
    const known = (field: Field, limit = 100) => knownOrNull(reader.text(place(field), { limit }));
    const name = reader.text(place('name'), { limit: 50, sensitivity: 'name', required: true });
    const number = reader.document(place('residentId'), 'resident-id', { required: true });
    const isCertificate = this.#isCertificate(reader.text(place('source'), { limit: 10 }));
    const title = reader.text(place('title'), { required: true });
    const institution = known('institution', 200);
    const level = known('level', 50);
    const certificateType = known('certificateType');
    const acquiredOn = reader.date(place('acquiredOn'), { required: true });
    const grade = known('grade', 50);
    // Zero is what the program fills in for "not counted": a certificate states no credit here.
    const credits = zeroIsUnknown(reader.credits(place('credits')), isCertificate);
    const minutes = zeroIsUnknown(reader.hours(place('hours')), true);
    const note = this.#note(reader, row);
    const exemption = this.#exemption(reader, place);
    if (reader.faults.length > 0 || !number || !title || !acquiredOn) return null;
    const identity = [title, certificateType, level, institution, acquiredOn];
    return {
      rowNumber: row.rowNumber,
      naturalKey: [this.shapeId, number, ...identity.map((part) => part ?? '')],
      exemption,
      draft: {
        externalId: '',
        person: { name, document: { kind: 'resident-id', number } },
        outcome: { title, institutionName: institution, level },
        completedOn: acquiredOn,
        grade,
        level,
        minutes,
        credits,
        attendancePercent: null,
        exemptions: [],
        note,
      },
    };
  }

  #isCertificate(source: string | null): boolean {
    return source === null
      ? this.shapeId === 'openurp-certificate'
      : source.padStart(2, '0') === CERTIFICATE;
  }

  #exemption(reader: RowReader, place: (field: Field) => Place | null): DraftExemption | null {
    const courseCode = knownOrNull(reader.key(place('courseCode'), { limit: 100 }));
    const courseTitle = knownOrNull(reader.text(place('courseTitle')));
    const credits = reader.credits(place('courseCredits'));
    const decidedOn = reader.date(place('convertedOn'));
    if (courseCode === null && courseTitle === null) return null;
    return { courseCode, courseTitle, credits, decidedOn };
  }

  /** Codes that no rule reads yet, kept as the sheet wrote them. Fillers are left out. */
  #note(reader: RowReader, row: TableRow): string | null {
    const parts: string[] = [];
    const fields: Field[] = ['major', 'stage', 'sector', 'graduationYear', 'graduationSeason'];
    for (const field of fields) {
      const text = knownOrNull(reader.text(this.columns.place(field, row), { limit: 100 }));
      if (text === null || (field === 'stage' && text === UNKNOWN_STAGE)) continue;
      parts.push(`${this.columns.header(field) ?? field} ${text}`);
    }
    return parts.length > 0 ? parts.join('; ') : null;
  }

  #disagreement(first: ReadRow, other: ReadRow, row: TableRow): RowFault | null {
    const compared: [Field, unknown, unknown][] = [
      ['grade', first.draft.grade, other.draft.grade],
      ['credits', first.draft.credits, other.draft.credits],
      ['hours', first.draft.minutes, other.draft.minutes],
    ];
    const field = compared.find(([, one, another]) => one !== another)?.[0];
    if (!field) return null;
    const place = this.columns.place(field, row);
    const reader = new RowReader(row.rowNumber, this.context);
    const params = { firstRow: String(first.rowNumber) };
    if (place) reader.refuse(place, 'rows-disagree', params);
    else reader.refuseRow('rows-disagree', params);
    return reader.faults[0] ?? null;
  }
}

/** The faults of a group, and for each of its sound rows the fault it waits for. */
function withWaitingRows(group: Group): RowFault[] {
  const faulty = new Set(group.faults.map((fault) => fault.row));
  const params = { row: String(group.faults[0]?.row) };
  const waiting = group.rows
    .filter((row) => !faulty.has(row))
    .map((row): RowFault => ({ row, column: null, value: null, code: 'rows-wait', params }));
  return [...group.faults, ...waiting].toSorted((a, b) => a.row - b.row);
}

function knownOrNull(text: string | null): string | null {
  return text === null || FILLERS.has(text) ? null : text;
}

function zeroIsUnknown<T extends Millicredits | bigint>(value: T | null, when: boolean): T | null {
  return when && value === 0n ? null : value;
}

/** The same course exported twice is one exemption. */
function withoutRepeats(exemptions: readonly DraftExemption[]): DraftExemption[] {
  const seen = new Map<string, DraftExemption>();
  for (const exemption of exemptions) {
    seen.set(`${exemption.courseCode ?? ''}\u0000${exemption.courseTitle ?? ''}`, exemption);
  }
  return [...seen.values()].toSorted(byCourse);
}

/** The order of rows in an export must not change the content of the outcome. */
function byCourse(a: DraftExemption, b: DraftExemption): number {
  return compareText(a.courseCode, b.courseCode) || compareText(a.courseTitle, b.courseTitle);
}

function compareText(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
