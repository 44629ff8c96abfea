import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { IsDay, IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';
import { MaskedDocumentDto } from '../learners/index.js';
import { QUERY_FINDINGS, type QueryAction, type QueryFinding, type QueryState } from './life.js';
import type { LearnerQuery, PromiseState } from './learner-query.js';

function asOneLine({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.replace(/\s*[\r\n]\s*/g, ' ').trim() : value;
}

export class LearnerQueryWordsDto {
  /**
   * What you want to know or have found. Line breaks become spaces.
   * @example "6 月已结业，学分未入账 / completed in June, the credit is not here"
   */
  @Transform(asOneLine)
  @IsString()
  @IsPlainText()
  @Length(1, 1_000)
  words: string;
}

/** About an outcome of yours (`outcome`), or about something that is missing (`school`, `course`). */
export class NewLearnerQueryDto extends LearnerQueryWordsDto {
  /**
   * Id of one of your outcomes that looks wrong; the school that posted it is asked.
   * @example "01a2e7c0-5b7e-7123-8000-000000000011"
   */
  @IsOptional()
  @IsUUID()
  outcome?: string;

  /**
   * Code of the school that should have posted what is missing.
   * @example "SPB-VEC"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  school?: string;

  /**
   * The course or certificate that is missing, in your own words.
   * @example "初级养老护理培训"
   */
  @IsOptional()
  @Transform(asOneLine)
  @IsString()
  @IsPlainText()
  @Length(1, 200)
  course?: string;

  /**
   * About when it was completed.
   * @example "2026-06-30"
   */
  @IsOptional()
  @IsDay()
  on?: string;
}

export class LearnerQueryAnswerDto extends LearnerQueryWordsDto {
  /**
   * `record-complete`: nothing is wrong or missing here; `record-corrected`: it was posted or put
   * right; `cannot-tell`: our records do not say.
   * @example "record-corrected"
   */
  @IsIn(QUERY_FINDINGS)
  finding: QueryFinding;

  /**
   * Id of the outcome that was posted or corrected: one of the learner's, posted by your school.
   * @example "01a2e7c0-5b7e-7123-8000-000000000012"
   */
  @IsOptional()
  @IsUUID()
  outcome?: string;
}

export class LearnerQueriesQuery extends PageQuery {
  /**
   * Schools see one state, `asked` when left out; learners see all when it is left out.
   * @example "asked"
   */
  @IsOptional()
  @IsIn(['asked', 'answered', 'closed'])
  state?: QueryState;
}

/** A school or an office. */
export class QueryOfficeDto {
  /** @example "SPB-VEC" */
  code: string;

  /** @example "沙坪坝职业教育中心" */
  zh: string;

  /** @example "Shapingba Vocational Education Centre" */
  en: string;
}

/** What it is about. Nothing of it is shown to others once the learner has asked for erasure. */
export class LearnerQueryAboutDto {
  /** @example "missing" */
  kind: LearnerQuery['kind'];

  /**
   * Id of the outcome that looks wrong.
   * @example "01a2e7c0-5b7e-7123-8000-000000000011"
   */
  outcomeId: string | null;

  /** @example "SVS-LOG-BASE" */
  outcomeCode: string | null;

  outcomeTitle: TextDto | null;

  /**
   * What is missing, in the learner's words.
   * @example "初级养老护理培训"
   */
  course: string | null;

  /** @example "2026-06-30" */
  on: string | null;
}

export class LearnerQuerySummaryDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000006" */
  id: string;

  /**
   * To be quoted on the telephone.
   * @example "2026-000123"
   */
  number: string;

  /** @example "asked" */
  state: QueryState;

  about: LearnerQueryAboutDto;

  /** The school that is asked. */
  school: QueryOfficeDto;

  /** @example "2026-11-26T09:30:00.000Z" */
  askedAt: string;

  /**
   * The day by which the school is to answer, counted in working days.
   * @example "2026-12-10"
   */
  dueOn: string;

  /**
   * How the promise stands; `due-soon` from two working days on.
   * @example "on-time"
   */
  promise: PromiseState;

  /**
   * Working days until the promised day; negative once it has passed.
   * @example 8
   */
  workingDaysLeft: number;
}

export class LearnerQueryPageDto {
  /** Of a school the longest waiting first; of a learner the newest first. */
  items: LearnerQuerySummaryDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIyMDI2LTEyLTEwIiwiMDE5OGM1YTIiXQ"
   */
  next: string | null;
}

/** Who did something about a query. */
export class QueryActorDto {
  /**
   * The learner (or the guardian); an office: the school, or the counter that acts for the learner;
   * the service itself.
   */
  kind: 'learner' | 'office' | 'service';

  office: QueryOfficeDto | null;
}

export class LearnerQueryEventDto {
  /** @example "answer" */
  action: QueryAction;

  /** @example "record-corrected" */
  finding: QueryFinding | null;

  /**
   * Null where nothing was said, and for others once the learner has asked for erasure.
   * @example "已补登 / posted today"
   */
  words: string | null;

  /**
   * The day that was promised with a question.
   * @example "2026-12-10"
   */
  dueOn: string | null;

  /**
   * The outcome that was posted or corrected.
   * @example "01a2e7c0-5b7e-7123-8000-000000000012"
   */
  outcomeId: string | null;

  by: QueryActorDto;

  /** @example "2026-11-26T09:30:00.000Z" */
  at: string;
}

/** Who asks, as the school needs it to look the record up. */
export class QueryLearnerDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  id: string;

  /** @example "张三" */
  name: string | null;

  identities: MaskedDocumentDto[];
}

export class LearnerQueryDto extends LearnerQuerySummaryDto {
  /** For the school; null for the learner, and once the learner has asked for erasure. */
  learner: QueryLearnerDto | null;

  /** Whether the learner may still ask again about the answer: once. */
  mayAskAgain: boolean;

  /** Everything that happened, oldest first. */
  history: LearnerQueryEventDto[];
}
