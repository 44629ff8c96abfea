import { parsePartialDate, type PartialDate } from '#libs/credit';
import type { CompletionDraft } from '../draft.js';
import { type Place, RowReader } from '../row-reader.js';
import {
  type DraftField,
  type Mapped,
  type Mapper,
  type MappedOutcome,
  type MappingContext,
  NOTHING_MAPPED,
  type RowFault,
  type TableShape,
} from '../shape.js';
import { type TableRow, cellName, cellText } from '../source.js';

/*
 * The wide CSV that Indian universities send to the National Academic Depository: about forty
 * columns of the student and the term, then up to 25 columns for each subject (SUB1NM, SUB1,
 * SUB1MAX … SUB1_CREDIT_ELIGIBILITY, SUB2NM …). One row is one student's term: many outcomes.
 */

const SUBJECT_COLUMN = /^SUB(\d{1,3})(NM|MAX|MIN|_[A-Z0-9_]+)?$/;

/** Columns of the row that we read; all the others are known to exist and carry nothing for us. */
const READ = [
  'ORG_NAME',
  'CNAME',
  'ABC_ACCOUNT_ID',
  'REGN_NO',
  'RROLL',
  'SESSION',
  'SEM',
  'YEAR',
  'MONTH',
  'DOI',
  'COURSE_NAME',
  'NCRF_LEVEL',
] as const;

const READ_OF_SUBJECT = /^SUB\d+(NM|_GRADE|_TOT|_CREDIT|_CREDIT_ELIGIBILITY|_CREDIT_HOURS)?$/;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

export const nadShape: TableShape = {
  id: 'nad',
  columnLimit: 1000,
  recognises: (headers) => {
    const names = new Set(headers.map(columnName));
    return names.has('ABC_ACCOUNT_ID') && (names.has('SUB1NM') || names.has('SUB1'));
  },
  checkHeaders: (headers) => {
    const names = headers.map(columnName);
    const missing = ['ABC_ACCOUNT_ID', 'CNAME'].filter((name) => !names.includes(name));
    if (!names.includes('RROLL') && !names.includes('REGN_NO')) missing.push('REGN_NO');
    const repeated = names.filter((name, i) => name !== '' && names.indexOf(name) !== i);
    return [
      ...missing.map((column) => headerFault(column, 'column-missing')),
      ...repeated.map((column) => headerFault(column, 'column-repeated')),
    ];
  },
  ignoredColumns: (headers) =>
    headers.filter((header) => {
      const name = columnName(header);
      return !(READ as readonly string[]).includes(name) && !READ_OF_SUBJECT.test(name);
    }),
  mapper: (headers, context) => new NadMapper(headers, context),
};

function columnName(header: string): string {
  return header.replace(/[\s\ufeff]/g, '').toUpperCase();
}

function headerFault(column: string, code: 'column-missing' | 'column-repeated'): RowFault {
  return { row: 1, column, value: null, code, params: { column } };
}

/** What the subjects of one row share. */
interface Term {
  readonly name: string | null;
  readonly number: string;
  readonly roll: string;
  readonly institution: string | null;
  readonly session: string;
  readonly semester: string;
  readonly completedOn: PartialDate;
  readonly level: string | null;
  readonly programme: string | null;
}

class NadMapper implements Mapper<TableRow> {
  readonly #indexOf = new Map<string, number>();
  readonly #subjects: readonly number[];

  constructor(
    private readonly headers: readonly string[],
    private readonly context: MappingContext,
  ) {
    headers.forEach((header, index) => this.#indexOf.set(columnName(header), index));
    const numbers = [...this.#indexOf.keys()].map((name) => SUBJECT_COLUMN.exec(name)?.[1]);
    this.#subjects = [...new Set(numbers.filter((n) => n !== undefined).map(Number))].toSorted(
      (a, b) => a - b,
    );
  }

  push(row: TableRow): Mapped {
    const reader = new RowReader(row.rowNumber, this.context);
    const term = this.#term(row, reader);
    if (!term) return { outcomes: [], faults: reader.faults };
    const faults: RowFault[] = [];
    const outcomes: MappedOutcome[] = [];
    for (const subject of this.#subjects) {
      const subjectReader = new RowReader(row.rowNumber, this.context);
      const outcome = this.#subject(row, subject, term, subjectReader);
      faults.push(...subjectReader.faults);
      if (outcome && subjectReader.faults.length === 0) outcomes.push(outcome);
    }
    return { outcomes, faults };
  }

  end(): Mapped {
    return NOTHING_MAPPED;
  }

  #place(row: TableRow, column: string): Place | null {
    const index = this.#indexOf.get(column);
    if (index === undefined) return null;
    return {
      column: this.headers[index] ?? column,
      cell: row.cells[index] ?? '',
      name: cellName(index, row.rowNumber),
    };
  }

  #term(row: TableRow, reader: RowReader): Term | null {
    const place = (column: string) => this.#place(row, column);
    const name = reader.name(place('CNAME'));
    const number = reader.document(place('ABC_ACCOUNT_ID'), 'abc-account-id', { required: true });
    const registration = reader.key(place('REGN_NO'), { limit: 50 });
    const roll = reader.key(place('RROLL'), { limit: 50 }) ?? registration;
    if (roll === null) {
      const missing = place('RROLL') ?? place('REGN_NO');
      if (missing) reader.refuse(missing, 'value-missing');
    }
    const institution = reader.text(place('ORG_NAME'));
    const session = reader.text(place('SESSION'), { limit: 50 });
    const semester = reader.text(place('SEM'), { limit: 20 });
    const completedOn = this.#completedOn(row, reader);
    const level = reader.text(place('NCRF_LEVEL'), { limit: 20 });
    const programme = reader.text(place('COURSE_NAME'));
    if (reader.faults.length > 0 || !number || !roll || !completedOn) return null;
    return {
      name,
      number,
      roll,
      institution,
      session: session ?? completedOn,
      semester: semester ?? '',
      completedOn,
      level,
      programme,
    };
  }

  /** The month of the examination; failing that, its year; failing that, the date of issue. */
  #completedOn(row: TableRow, reader: RowReader): PartialDate | null {
    const year = this.#place(row, 'YEAR');
    const month = this.#place(row, 'MONTH');
    const issued = this.#place(row, 'DOI');
    if (year && cellText(year.cell).trim() !== '') {
      const monthText = month ? cellText(month.cell).trim() : '';
      if (monthText === '' || !month) return reader.date(year);
      const index = MONTHS.indexOf(monthText.slice(0, 3).toUpperCase()) + 1;
      const text = `${cellText(year.cell).trim()}-${index > 0 ? index : monthText}`;
      if (!parsePartialDate(text)) return reader.refuse(month, 'date-impossible');
      return reader.date({ ...year, cell: text });
    }
    if (issued && cellText(issued.cell).trim() !== '') {
      const text = cellText(issued.cell).trim();
      // Written day first: 31/05/2025.
      return reader.date({
        ...issued,
        cell: text.replace(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, '$3-$2-$1'),
      });
    }
    const missing = year ?? issued;
    return missing ? reader.refuse(missing, 'value-missing') : reader.refuseRow('value-missing');
  }

  #subject(row: TableRow, n: number, term: Term, reader: RowReader): MappedOutcome | null {
    const place = (suffix: string) => this.#place(row, `SUB${n}${suffix}`);
    const title = reader.text(place('NM'));
    const code = reader.key(place(''), { limit: 50 });
    if (title === null && code === null) return null;
    // Failed and audited subjects are in the sheet too; they are no completions.
    if (/^(N|NO|0)$/i.test(reader.text(place('_CREDIT_ELIGIBILITY'), { limit: 20 }) ?? '')) {
      return null;
    }
    const grade = reader.text(place('_GRADE'), { limit: 50 }) ?? reader.text(place('_TOT'));
    const credits = reader.credits(place('_CREDIT'));
    const minutes = reader.hours(place('_CREDIT_HOURS'));
    const notes = [code, term.programme, term.level && `NCrF ${term.level}`].filter(Boolean);
    const draft: CompletionDraft = {
      externalId: [term.roll, term.semester, code ?? title, term.session].join('/'),
      person: { name: term.name, document: { kind: 'abc-account-id', number: term.number } },
      outcome: {
        title: title ?? code ?? '',
        institutionName: term.institution,
        level: null,
      },
      completedOn: term.completedOn,
      grade,
      level: null,
      minutes,
      credits,
      attendancePercent: null,
      exemptions: [],
      note: notes.length > 0 ? notes.join('; ') : null,
    };
    return { rows: [row.rowNumber], draft, naturalKey: null, columns: this.#columnsOf(n) };
  }

  readonly #columnsBySubject = new Map<number, Partial<Record<DraftField, string>>>();

  #columnsOf(n: number): Partial<Record<DraftField, string>> {
    let columns = this.#columnsBySubject.get(n);
    if (!columns) {
      columns = {
        externalId: this.#headerOf(`SUB${n}`) ?? this.#headerOf(`SUB${n}NM`),
        name: this.#headerOf('CNAME'),
        document: this.#headerOf('ABC_ACCOUNT_ID'),
        outcome: this.#headerOf(`SUB${n}NM`) ?? this.#headerOf(`SUB${n}`),
        completedOn: this.#headerOf('YEAR') ?? this.#headerOf('DOI'),
        grade: this.#headerOf(`SUB${n}_GRADE`),
        credits: this.#headerOf(`SUB${n}_CREDIT`),
      };
      this.#columnsBySubject.set(n, columns);
    }
    return columns;
  }

  #headerOf(column: string): string | undefined {
    const index = this.#indexOf.get(column);
    return index === undefined ? undefined : this.headers[index];
  }
}
