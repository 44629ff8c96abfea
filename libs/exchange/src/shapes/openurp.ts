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
import type { TableRow } from '../source.js';

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
const UNKNOWN_CODE = '85';
/** More courses than any certificate waives; what follows comes out as the same key again. */
const MAX_GROUP_ROWS = 500;

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
    mapper: (headers, context) => new OpenurpMapper(columns(headers), context),
  };
}

/** Rows that stand together and describe the same outcome. */
interface Group {
  readonly key: string;
  readonly rows: number[];
  readonly first: ReadRow;
  readonly exemptions: DraftExemption[];
}

interface ReadRow {
  readonly rowNumber: number;
  readonly naturalKey: readonly string[];
  readonly draft: CompletionDraft;
  readonly exemption: DraftExemption | null;
}

/**
 * Rows that follow each other and name the same outcome become one outcome; what differs between
 * them, the course each one waives, becomes its exemptions. Rows of one outcome that stand apart
 * come out as two drafts of one key: the second adds its exemptions and no credit.
 */
class OpenurpMapper implements Mapper<TableRow> {
  readonly #columnOf: Readonly<Partial<Record<DraftField, string>>>;
  #open: Group | null = null;

  constructor(
    private readonly columns: ColumnMap<Field>,
    private readonly context: MappingContext,
  ) {
    this.#columnOf = Object.fromEntries(
      (Object.entries(COLUMN_OF) as [DraftField, Field][]).map(([draftField, field]) => [
        draftField,
        columns.header(field),
      ]),
    );
  }

  push(row: TableRow): Mapped {
    const reader = new RowReader(row.rowNumber, this.context);
    const read = this.#read(row, reader);
    if (!read) return { outcomes: [], faults: reader.faults };
    const key = JSON.stringify(read.naturalKey);
    const exemptions = read.exemption ? [read.exemption] : [];
    if (this.#open?.key !== key || this.#open.rows.length >= MAX_GROUP_ROWS) {
      const done = this.end();
      this.#open = { key, rows: [row.rowNumber], first: read, exemptions };
      return done;
    }
    const disagreement = this.#disagreement(this.#open.first, read, row);
    if (disagreement) return { outcomes: [], faults: [disagreement] };
    this.#open.rows.push(row.rowNumber);
    this.#open.exemptions.push(...exemptions);
    return NOTHING_MAPPED;
  }

  end(): Mapped {
    if (!this.#open) return NOTHING_MAPPED;
    const { rows, first, exemptions } = this.#open;
    this.#open = null;
    const outcome: MappedOutcome = {
      rows,
      draft: { ...first.draft, exemptions: withoutRepeats(exemptions) },
      naturalKey: first.naturalKey,
      columns: this.#columnOf,
    };
    return { outcomes: [outcome], faults: [] };
  }

  #read(row: TableRow, reader: RowReader): ReadRow | null {
    const place = (field: Field) => this.columns.place(field, row);
    const known = (field: Field, limit = 100) => knownOrNull(reader.text(place(field), { limit }));
    const name = reader.name(place('name'), { required: true });
    const number = reader.document(place('residentId'), 'resident-id', { required: true });
    const source = known('source', 10)?.padStart(2, '0') ?? null;
    const title = reader.text(place('title'), { required: true });
    const institution = known('institution', 200);
    const stated = known('level', 50);
    const level = stated === UNKNOWN_CODE ? null : stated;
    const certificateType = known('certificateType');
    const acquiredOn = reader.date(place('acquiredOn'), { required: true });
    const grade = known('grade', 50);
    // Zero is what the program fills in where nothing was counted, for certificates always.
    const credits = zeroIsUnknown(reader.credits(place('credits')));
    const minutes = zeroIsUnknown(reader.hours(place('hours')));
    const note = this.#note(reader, row);
    const exemption = this.#exemption(reader, place);
    if (reader.faults.length > 0 || !number || !title || !acquiredOn) return null;
    // 01 course, 02 certificate; the head line alone does not tell, older exports share one.
    const identity = [source, title, certificateType, level, institution, acquiredOn];
    return {
      rowNumber: row.rowNumber,
      naturalKey: ['openurp', number, ...identity.map((part) => part ?? '')],
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
      if (text === null || (field === 'stage' && text === UNKNOWN_CODE)) continue;
      // The label is ours, not the file's: another export's names must not change the content.
      parts.push(`${COLUMNS[field].names[0]} ${text}`);
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

function knownOrNull(text: string | null): string | null {
  return text === null || FILLERS.has(text) ? null : text;
}

function zeroIsUnknown<T extends Millicredits | bigint>(value: T | null): T | null {
  return value === 0n ? null : value;
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
