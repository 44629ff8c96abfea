import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { IsPlainText, PageQuery } from '../platform/http/index.js';
import {
  QUERY_FINDINGS,
  type QueryAction,
  type QueryFinding,
  type QueryState,
} from '../queries/index.js';
import { AnswerSchoolDto } from './equivalence.dto.js';

function asOneLine({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.replace(/\s*[\r\n]\s*/g, ' ').trim() : value;
}

export class QueryWordsDto {
  /**
   * What you want to know, without more about the person than it takes. Line breaks become spaces.
   * @example "证书为中级，请核对登记 / the certificate is of the middle level; please check the record"
   */
  @Transform(asOneLine)
  @IsString()
  @IsPlainText()
  @Length(1, 1_000)
  words: string;
}

export class NewQueryDto extends QueryWordsDto {
  /**
   * Id of the answer `not-matched` that looks wrong.
   * @example "01a2e7c0-5b7e-7123-8000-000000000004"
   */
  @IsUUID()
  answer: string;

  /**
   * Code of one of the `schools` of that answer.
   * @example "SPB-VEC"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  school: string;
}

export class QueryAnswerDto extends QueryWordsDto {
  /**
   * `record-complete`: nothing is missing here; `record-corrected`: ask for the answer again;
   * `cannot-tell`: our records do not say.
   * @example "record-corrected"
   */
  @IsIn(QUERY_FINDINGS)
  finding: QueryFinding;
}

export class QueriesQuery extends PageQuery {
  /**
   * What your institution asked, or was asked. Learners see all that are about them.
   * @example "received"
   */
  @IsOptional()
  @IsIn(['sent', 'received'])
  side?: 'sent' | 'received';

  /** @example "asked" */
  @IsOptional()
  @IsIn(['asked', 'answered', 'closed'])
  state?: QueryState;
}

export class QuerySummaryDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000006" */
  id: string;

  /**
   * To be quoted on the telephone.
   * @example "2026-000123"
   */
  number: string;

  /** @example "asked" */
  state: QueryState;

  /**
   * The day by which the school is to answer, counted in working days.
   * @example "2026-12-07"
   */
  dueOn: string;

  /** @example false */
  overdue: boolean;

  /** The office that asks. */
  office: AnswerSchoolDto;

  /** The school that is asked. */
  school: AnswerSchoolDto;

  /**
   * Null once the learner has asked for erasure.
   * @example "01a2e7c0-5b7e-7123-8000-000000000003"
   */
  learnerId: string | null;

  /** @example "YC-LOG-2026" */
  programme: string;

  /** @example "2026-11-23" */
  on: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  askedAt: string;
}

/** How much is open between offices and schools, without saying about whom. */
export class QueriesOpenDto {
  /**
   * Queries that wait for the school.
   * @example 3
   */
  asked: number;

  /**
   * Of these, those whose promised day has passed.
   * @example 1
   */
  overdue: number;

  /**
   * Queries that the school has answered and the office has not closed.
   * @example 2
   */
  answered: number;

  /**
   * When anything last happened; null when there are none.
   * @example "2026-11-23T09:30:00.000Z"
   */
  changedAt: string | null;
}

export class QueriesSideQuery {
  /** @example "received" */
  @IsOptional()
  @IsIn(['sent', 'received'])
  side?: 'sent' | 'received';
}

export class QueryPageDto {
  items: QuerySummaryDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ"
   */
  next: string | null;
}

/** What would have changed the answer, without what other schools have on record. */
export class QueryWantedDto {
  /** @example "another-outcome" */
  kind: string;

  /**
   * Codes any one of which would do.
   * @example ["X-LOG-3"]
   */
  outcomes: string[];

  /** @example ">= 中级 (x-cert)" */
  wanted: string;
}

export class QueryEventDto {
  /** @example "ask" */
  action: QueryAction;

  /** @example "record-corrected" */
  finding: QueryFinding | null;

  /**
   * Null where nothing was said, and once the learner has asked for erasure.
   * @example "已补登 / posted today"
   */
  words: string | null;

  /** @example "2026-12-07" */
  dueOn: string | null;

  /** Null for the service itself. */
  by: AnswerSchoolDto | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

export class QueryDto extends QuerySummaryDto {
  wanted: QueryWantedDto[];

  /** Everything that happened, oldest first. */
  history: QueryEventDto[];
}
