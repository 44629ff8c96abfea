import { IsIn, IsOptional } from 'class-validator';
import { PROBLEMS, type ProblemCode } from '#libs/problems';
import type { ShapeId } from '#libs/exchange';
import { PageQuery, TextDto } from '../platform/http/index.js';
import type { Encoding } from './files/encoding.js';
import type { FileFormat } from './files/open-file.js';
import type { ImportState } from './import.js';

/** Rows, each counted once. After a check `read = fit + faulty + alreadyPosted`. */
export class ImportRowsDto {
  /**
   * Null until the file has been read once.
   * @example 10000
   */
  total: number | null;

  /** @example 9998 */
  read: number;

  /**
   * Rows that would be posted.
   * @example 9940
   */
  fit: number;

  /**
   * Rows with at least one fault.
   * @example 46
   */
  faulty: number;

  /**
   * Rows whose outcomes all stand in the books already; not an error.
   * @example 12
   */
  alreadyPosted: number;

  /**
   * Rows posted by this import.
   * @example 0
   */
  posted: number;
}

/** Outcomes; a row of a wide sheet holds many, and several rows can make one. */
export class ImportOutcomesDto {
  /** @example 9940 */
  fit: number;

  /** @example 12 */
  alreadyPosted: number;

  /** @example 0 */
  posted: number;
}

export class ImportProgressDto {
  /** @example "checking" */
  phase: 'checking' | 'committing';

  /** @example 6400 */
  rowsDone: number;

  /**
   * What the file says while it is read for the first time; null when it does not say.
   * @example 10000
   */
  rowsTotal: number | null;

  /** @example 8200 */
  rowsPerSecond: number;

  /**
   * 0 when nothing is under way; null while nothing can be said.
   * @example 1
   */
  secondsLeft: number | null;
}

/** Why a whole file was refused. */
export class ImportProblemDto {
  /** @example "encoding-mixed" */
  code: string;

  title: TextDto;

  /** What to change. */
  change: TextDto;
}

/** A file on its way into the books. */
export class ImportDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  id: string;

  /** @example "completions-2026-06.xlsx" */
  fileName: string;

  /** @example 734208 */
  byteLength: number;

  /**
   * SHA-256 of the file as it arrived, in hex.
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  digest: string;

  /** Null until the file has been opened. */
  format: FileFormat | null;

  /** Null for a workbook, and until the file has been opened. */
  encoding: Encoding | null;

  /** Which kind of sheet or record it is. */
  shape: ShapeId | null;

  /**
   * The sheet of a workbook that is read.
   * @example "结业名单"
   */
  sheet: string | null;

  /**
   * Sheets of the workbook that are not read.
   * @example ["说明"]
   */
  ignoredSheets: string[];

  /**
   * Columns that carry nothing for the bank.
   * @example ["序号", "备注"]
   */
  ignoredColumns: string[];

  /**
   * `checked`: the dry run is done and nothing is posted. `failed`: see `problem`.
   * @example "checked"
   */
  state: ImportState;

  problem: ImportProblemDto | null;

  rows: ImportRowsDto;

  outcomes: ImportOutcomesDto;

  /**
   * Whether it holds completions of so old a period that somebody else than its sender must commit it.
   * @example false
   */
  needsSecondPerson: boolean;

  /**
   * Faults that `rows` lists; beyond 200,000 rows are counted and no longer explained.
   * @example 46
   */
  faultsListed: number;

  progress: ImportProgressDto;

  /** @example "2026-11-23T08:00:00.000Z" */
  createdAt: string;
}

export class ImportPageDto {
  items: ImportDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiXQ"
   */
  next: string | null;
}

/** Both versions of a completion that was sent with other content before. */
export class RowConflictDto {
  /** @example { "grade": "85" } */
  stored: Record<string, unknown>;

  /** @example { "grade": "88" } */
  submitted: Record<string, unknown>;

  /** @example ["grade"] */
  differences: string[];
}

/** Something wrong with one cell, one row, or the file as a whole. */
export class RowFaultDto {
  /**
   * As a spreadsheet counts: the head line is row 1. In JSON the number of the record.
   * @example 7
   */
  row: number;

  /**
   * The column as the file names it, or the path in a JSON record; null for a whole row.
   * @example "证件号码"
   */
  column: string | null;

  /**
   * What stands there, masked.
   * @example "5001**********0011"
   */
  value: string | null;

  /** @example "resident-id-check-digit" */
  code: string;

  message: TextDto;

  /** What to change. */
  hint: TextDto;

  /** Only for `completion-conflict`. */
  conflict?: RowConflictDto;
}

export class RowFaultPageDto {
  items: RowFaultDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIyMDAiXQ"
   */
  next: string | null;
}

export class RowFaultsQuery extends PageQuery {
  /**
   * Only faults of this code.
   * @example "date-in-future"
   */
  @IsOptional()
  @IsIn(Object.keys(PROBLEMS))
  code?: ProblemCode;
}
