import { NO_GROUPS } from '../circumstance-cells.js';
import { TEMPLATE_COLUMNS, templateShape } from './template.js';
import { type JsonObject, cellOfJson, isRecord } from '../json.js';
import type { Mapped, Mapper, MappingContext, RecordShape, RowFault } from '../shape.js';
import type { Cell, JsonRecord, TableRow } from '../source.js';

/** Paths of the body of POST /v1/completions, in the order of the template's columns. */
const PATHS = [
  ['externalId', 'externalId'],
  ['name', 'learner.name'],
  ['documentKind', 'learner.document.kind'],
  ['documentNumber', 'learner.document.number'],
  ['outcome', 'outcome'],
  ['startedOn', 'startedOn'],
  ['completedOn', 'completedOn'],
  ['grade', 'grade'],
  ['level', 'level'],
  ['hours', 'hours'],
  ['credits', 'credits'],
  ['attendancePercent', 'attendancePercent'],
  ['note', 'note'],
  ['groups', 'circumstances.groups'],
  ['trainingKind', 'circumstances.trainingKind'],
  ['subsidised', 'circumstances.subsidised'],
  ['employment', 'circumstances.employment'],
  ['origin', 'circumstances.origin'],
  ['mode', 'circumstances.mode'],
  ['entry', 'circumstances.entry'],
] as const;

const HEADERS = PATHS.map(([field]) => TEMPLATE_COLUMNS[field].names.at(1) ?? field);
const KNOWN_PATHS = new Map<string, number>(PATHS.map(([, path], index) => [path, index]));
const PATH_OF_HEADER = new Map<string, string>(
  PATHS.map(([, path], index) => [HEADERS[index] as string, path]),
);

/** The same objects that POST /v1/completions takes, as an array or one a line. */
export const completionsShape: RecordShape = {
  id: 'completions',
  recognises: (record) => isRecord(record) && 'externalId' in record && 'outcome' in record,
  mapper: (context) => new CompletionsMapper(context),
};

class CompletionsMapper implements Mapper<JsonRecord> {
  readonly #template: Mapper<TableRow>;

  constructor(context: MappingContext) {
    this.#template = templateShape.mapper(HEADERS, context);
  }

  push(record: JsonRecord): Mapped {
    const { rowNumber, value } = record;
    if (!isRecord(value)) {
      const params = { record: String(rowNumber) };
      const fault: RowFault = {
        row: rowNumber,
        column: null,
        value: null,
        code: 'json-malformed',
        params,
      };
      return { outcomes: [], faults: [fault] };
    }
    const cells: Cell[] = PATHS.map(() => '');
    const faults: RowFault[] = [];
    for (const [path, leaf] of leavesOf(value)) {
      const index = KNOWN_PATHS.get(path);
      if (index !== undefined) cells[index] = cellOfJson(leaf);
      else
        faults.push({
          row: rowNumber,
          column: path.slice(0, 60),
          value: null,
          code: 'unknown-field',
        });
    }
    const mapped = this.#template.push({ rowNumber, cells });
    faults.push(...mapped.faults.map(withPath));
    if (faults.length > 0) return { outcomes: [], faults };
    const outcomes = mapped.outcomes.map((outcome) => ({
      ...outcome,
      columns: Object.fromEntries(
        Object.entries(outcome.columns).map(([field, header]) => [
          field,
          PATH_OF_HEADER.get(header) ?? header,
        ]),
      ),
    }));
    return { outcomes, faults };
  }

  end(): Mapped {
    return this.#template.end();
  }
}

function withPath(fault: RowFault): RowFault {
  return fault.column === null
    ? fault
    : { ...fault, column: PATH_OF_HEADER.get(fault.column) ?? fault.column };
}

/** The leaves of the nested objects a completion has; deeper nesting is left as a leaf. */
function* leavesOf(value: JsonObject): Generator<[string, unknown]> {
  for (const [key, member] of Object.entries(value)) {
    if (key === 'circumstances' && isRecord(member)) {
      for (const [name, leaf] of Object.entries(member)) yield [`${key}.${name}`, listed(leaf)];
      continue;
    }
    if (key !== 'learner' || !isRecord(member)) {
      yield [key, member];
      continue;
    }
    for (const [learnerKey, learnerMember] of Object.entries(member)) {
      if (learnerKey !== 'document' || !isRecord(learnerMember)) {
        yield [`learner.${learnerKey}`, learnerMember];
        continue;
      }
      for (const [documentKey, leaf] of Object.entries(learnerMember)) {
        yield [`learner.document.${documentKey}`, leaf];
      }
    }
  }
}

/** A list of words as one cell; an empty list says that there are none. */
function listed(leaf: unknown): unknown {
  if (!Array.isArray(leaf) || !leaf.every((word) => typeof word === 'string')) return leaf;
  return leaf.length === 0 ? NO_GROUPS : leaf.join(';');
}
