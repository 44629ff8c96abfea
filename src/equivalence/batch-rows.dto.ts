import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../platform/http/index.js';
import type { AnswerStatus } from './answer.js';
import { BatchProblemDto, EquivalenceAnswerDto } from './equivalence.dto.js';

/** What a row named, as it stood in the list; numbers of documents are masked. */
export class BatchRowAskedDto {
  /** @example "张三" */
  name: string | null;

  /** @example "5001**********1234" */
  document: string | null;

  /** @example "1234 5678 9018" */
  shareCode: string | null;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learner: string | null;
}

/** One answered row of a list. */
export class BatchRowDto {
  /**
   * The row of the sheet, counted as the spreadsheet does.
   * @example 2
   */
  rowNumber: number;

  asked: BatchRowAskedDto;

  /** @example "YC-LOG-2026" */
  programme: string | null;

  /** @example "2026-11-23" */
  on: string;

  /** @example "matched" */
  status: 'matched' | 'not-matched' | 'not-checked';

  /** Why the row itself could not be asked; null where it could. */
  problem: BatchProblemDto | null;

  /** Null when not checked. */
  answer: EquivalenceAnswerDto | null;
}

export class BatchRowPageDto {
  items: BatchRowDto[];

  /**
   * Send it as `after` for the next page; null when this is the last so far.
   * @example "WyIyNSJd"
   */
  next: string | null;
}

export class BatchRowsQuery extends PageQuery {
  /**
   * Only rows with this answer.
   * @example "not-matched"
   */
  @IsOptional()
  @IsIn(['matched', 'not-matched', 'not-checked'])
  status?: AnswerStatus;
}
