import { type JsonObject, cellOfJson, isRecord } from '../json.js';
import { EXCHANGE_COLUMNS } from '../open/columns.js';
import { EXCHANGE_FORMAT } from '../open/document.js';
import type {
  Mapped,
  MappedOutcome,
  Mapper,
  MappingContext,
  RecordShape,
  RowFault,
  TableShape,
} from '../shape.js';
import type { Cell, JsonRecord, TableRow } from '../source.js';
import { headerKey } from '../text.js';
import { NOTHING_MAPPED } from '../shape.js';
import { TEMPLATE_COLUMNS, templateShape } from './template.js';

/*
 * The open exchange format, as a sheet and as a document. Both say what our own template says, under
 * other names and with more beside it; so both are read by the template's own mapper.
 */

const TEMPLATE_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TEMPLATE_COLUMNS).map(([field, { names }]) => [field, names[0] ?? field]),
);

/** The template's heading of each of our columns, by our headings. */
const TEMPLATE_HEADER = new Map(
  EXCHANGE_COLUMNS.flatMap(({ zh, en, template }): [string, string][] => {
    const header = template === null ? '' : (TEMPLATE_NAMES[template] ?? '');
    return [zh, en].map((name) => [headerKey(name), header]);
  }),
);

/** Headings that no other sheet has together. */
const TELLING = ['记录编号', '机构代码', '成果代码'].map(headerKey);
const TELLING_EN = ['recordId', 'institutionCode', 'outcomeCode'].map(headerKey);

export const exchangeSheetShape: TableShape = {
  id: 'exchange-sheet',
  columnLimit: 60,
  recognises: (headers) => {
    const keys = new Set(headers.map(headerKey));
    return [TELLING, TELLING_EN].some((wanted) => wanted.every((key) => keys.has(key)));
  },
  checkHeaders: (headers) =>
    templateShape
      .checkHeaders(asTemplate(headers))
      .map((fault) => ({ ...fault, column: ourName(fault.column) })),
  ignoredColumns: (headers) =>
    headers.filter((header) => (TEMPLATE_HEADER.get(headerKey(header)) ?? '') === '' && header),
  mapper: (headers, context) => new SheetMapper(headers, context),
};

/** Other columns get no name, so that the template takes them for empty ones. */
function asTemplate(headers: readonly string[]): string[] {
  return headers.map((header) => TEMPLATE_HEADER.get(headerKey(header)) ?? '');
}

function ourName(templateName: string | null): string | null {
  const field = Object.keys(TEMPLATE_NAMES).find((name) => TEMPLATE_NAMES[name] === templateName);
  const column = EXCHANGE_COLUMNS.find(({ template }) => template !== null && template === field);
  return column?.zh ?? templateName;
}

class SheetMapper implements Mapper<TableRow> {
  readonly #template: Mapper<TableRow>;

  constructor(headers: readonly string[], context: MappingContext) {
    this.#template = templateShape.mapper(asTemplate(headers), context);
  }

  push(row: TableRow): Mapped {
    return renamed(this.#template.push(row), ourName);
  }

  end(): Mapped {
    return this.#template.end();
  }
}

/** Members of a record that importing has no use for; all others have to be the template's. */
const FIELDS = EXCHANGE_COLUMNS.flatMap(({ template }) => (template === null ? [] : [template]));
const OF_LEARNER: readonly string[] = ['name', 'documentKind', 'documentNumber'];
const UNUSED: readonly string[] = [
  'institution',
  'gradeScale',
  'levelScale',
  'state',
  'noCreditReason',
];
const KNOWN: readonly string[] = [...FIELDS.filter((one) => !OF_LEARNER.includes(one)), ...UNUSED];

/** A whole document: one learner with all outcomes. */
export const exchangeDocumentShape: RecordShape = {
  id: 'exchange-document',
  recognises: (record) => isRecord(record) && record['format'] === EXCHANGE_FORMAT,
  mapper: (context) => new DocumentMapper(context),
};

class DocumentMapper implements Mapper<JsonRecord> {
  readonly #template: Mapper<TableRow>;

  constructor(context: MappingContext) {
    const headers = FIELDS.map((field) => TEMPLATE_NAMES[field] ?? '');
    this.#template = templateShape.mapper(headers, context);
  }

  push({ rowNumber, value }: JsonRecord): Mapped {
    if (!isRecord(value) || value['format'] !== EXCHANGE_FORMAT) {
      return { outcomes: [], faults: [fault(rowNumber, null, 'record-unknown')] };
    }
    const { learner, records } = value;
    if (!isRecord(learner) || !Array.isArray(records)) {
      return { outcomes: [], faults: [fault(rowNumber, 'records', 'value-missing')] };
    }
    const person = cellsOfLearner(learner);
    const outcomes: MappedOutcome[] = [];
    const faults: RowFault[] = [];
    records.forEach((record: unknown, i) => {
      const at = `records[${i}]`;
      const mapped = this.#record(rowNumber, at, { record, person });
      outcomes.push(...mapped.outcomes);
      faults.push(...mapped.faults);
    });
    return { outcomes, faults };
  }

  end(): Mapped {
    return NOTHING_MAPPED;
  }

  #record(
    rowNumber: number,
    at: string,
    { record, person }: { record: unknown; person: ReadonlyMap<string, Cell> },
  ): Mapped {
    if (!isRecord(record)) {
      return { outcomes: [], faults: [fault(rowNumber, at, 'value-missing')] };
    }
    const foreign = Object.keys(record).filter((name) => !KNOWN.includes(name));
    if (foreign.length > 0) {
      const faults = foreign.map((name) =>
        fault(rowNumber, `${at}.${name}`.slice(0, 60), 'unknown-field'),
      );
      return { outcomes: [], faults };
    }
    const { outcome } = record;
    const own = new Map(Object.entries(record).map(([name, leaf]) => [name, cellOfJson(leaf)]));
    own.set('outcome', isRecord(outcome) ? cellOfJson(outcome['code']) : '');
    const cells = FIELDS.map((field) => person.get(field) ?? own.get(field) ?? '');
    return renamed(this.#template.push({ rowNumber, cells }), (name) => {
      const field = Object.keys(TEMPLATE_NAMES).find((one) => TEMPLATE_NAMES[one] === name);
      return field && OF_LEARNER.includes(field) ? `learner.${field}` : `${at}.${field ?? ''}`;
    });
  }
}

/** The first document of a learner: the others lead to the same person. */
function cellsOfLearner(learner: JsonObject): ReadonlyMap<string, Cell> {
  const documents: unknown = learner['documents'];
  const first: unknown = Array.isArray(documents) ? documents[0] : undefined;
  const { kind, number } = isRecord(first) ? first : {};
  return new Map([
    ['name', cellOfJson(learner['name'])],
    ['documentKind', cellOfJson(kind)],
    ['documentNumber', cellOfJson(number)],
  ]);
}

function renamed(mapped: Mapped, nameOf: (name: string | null) => string | null): Mapped {
  return {
    outcomes: mapped.outcomes.map((outcome) => ({
      ...outcome,
      columns: Object.fromEntries(
        Object.entries(outcome.columns).map(([field, name]) => [field, nameOf(name) ?? name]),
      ),
    })),
    faults: mapped.faults.map((one) => ({ ...one, column: one.column && nameOf(one.column) })),
  };
}

function fault(row: number, column: string | null, code: RowFault['code']): RowFault {
  return { row, column, value: null, code };
}
