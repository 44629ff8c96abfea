import type { ProblemCode } from '#libs/problems';
import type { CompletionDraft } from './draft.js';
import type { JsonRecord, TableRow } from './source.js';

export type ShapeId =
  | 'template'
  | 'openurp-certificate'
  | 'openurp-course'
  | 'nad'
  | 'completions'
  | 'exchange-document'
  | 'exchange-sheet'
  | 'shanghai-profile';

/** Which part of a draft a later finding is about; the shape says which column that was. */
export type DraftField =
  | 'externalId'
  | 'name'
  | 'document'
  | 'outcome'
  | 'startedOn'
  | 'completedOn'
  | 'grade'
  | 'level'
  | 'hours'
  | 'credits'
  | 'attendance'
  | 'exemptions'
  | 'note'
  | 'circumstances';

/** Something wrong with one cell, or with a whole row or file when `column` is null. */
export interface RowFault {
  readonly row: number;
  /** The column as the file names it, or the path inside a JSON record. */
  readonly column: string | null;
  /** What stands there, already masked; null when nothing does. */
  readonly value: string | null;
  readonly code: ProblemCode;
  readonly params?: Readonly<Record<string, string>>;
}

/** One outcome that a file states, with the way back to the cells it came from. */
export interface MappedOutcome {
  /** The rows it rests on, ascending. The first stands for it in reports. */
  readonly rows: readonly number[];
  /** `externalId` is empty when `naturalKey` is set. */
  readonly draft: CompletionDraft;
  /**
   * For sheets without an id of their own: what identifies the outcome. It holds an identity
   * number, so the caller makes the external id from it by a keyed hash, never a plain one.
   */
  readonly naturalKey: readonly string[] | null;
  readonly columns: Readonly<Partial<Record<DraftField, string>>>;
}

export interface Mapped {
  readonly outcomes: readonly MappedOutcome[];
  readonly faults: readonly RowFault[];
}

export const NOTHING_MAPPED: Mapped = { outcomes: [], faults: [] };

/** What a mapper must know of the world; libs have no clock. */
export interface MappingContext {
  /** The day that counts as today, `yyyy-MM-dd`. */
  readonly today: string;
}

/**
 * Turns the rows of one file into drafts. Rows are given in file order; an outcome may appear
 * only after later rows, so `end` must be called when the file is through.
 */
export interface Mapper<Row> {
  push(row: Row): Mapped;
  end(): Mapped;
}

export interface TableShape {
  readonly id: ShapeId;
  readonly columnLimit: number;
  /** True when these columns are this shape's. */
  recognises(headers: readonly string[]): boolean;
  /** What is wrong with the head line; a file with any such fault is not read further. */
  checkHeaders(headers: readonly string[]): RowFault[];
  /** Columns that are there but carry nothing for us. */
  ignoredColumns(headers: readonly string[]): string[];
  mapper(headers: readonly string[], context: MappingContext): Mapper<TableRow>;
}

export interface RecordShape {
  readonly id: ShapeId;
  recognises(record: unknown): boolean;
  mapper(context: MappingContext): Mapper<JsonRecord>;
}
