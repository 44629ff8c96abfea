import { IsOptional, IsString, Length } from 'class-validator';
import { IsPlainText } from '../http/index.js';

export class TaskRetryDto {
  /**
   * What was mended, or why it may work now.
   * @example "规则文件已更正 / the rule document was corrected"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 500)
  note?: string;
}

export class TaskClosureDto {
  /**
   * Why it is not tried again. An application that waited for it is sent back, and its learner reads
   * this.
   * @example "申请已由学习者撤回 / withdrawn by the learner"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 500)
  note: string;
}

/** What a person did about a task that gave up. */
export class TaskEventDto {
  /** @example "retry" */
  action: 'retry' | 'close';

  /**
   * Id of the account or key.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  by: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  institutionId: string | null;

  /** @example "同意 / agreed" */
  note: string | null;

  /**
   * How often it had failed by then.
   * @example 5
   */
  attempts: number;

  /**
   * What had stopped it.
   * @example "the database went away"
   */
  error: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

/** Work that the queue was given. */
export class TaskDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "conversions.evaluate" */
  kind: string;

  /**
   * Ids of what it is about.
   * @example { "applicationId": "0198c5a2-7a10-7123-8f00-0123456789ab" }
   */
  about: Record<string, unknown>;

  /**
   * `Request-Id` of the request that caused it, also in the log; null when none did.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  requestId: string | null;

  /** `given-up`: a person has to say what becomes of it. */
  state: 'open' | 'done' | 'given-up' | 'closed';

  /**
   * How often it failed.
   * @example 5
   */
  attempts: number;

  /**
   * What stopped it last.
   * @example "the database went away"
   */
  error: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  failedAt: string | null;

  /** What people did about it, oldest first. */
  history: TaskEventDto[];
}

export class TaskPageDto {
  items: TaskDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}

/** Work of one kind that is not done. */
export class TaskKindDto {
  /** @example "conversions.evaluate" */
  kind: string;

  /**
   * It waits for its turn or is being done.
   * @example 3
   */
  open: number;

  /**
   * Since when the oldest of these waits; null when there is none.
   * @example "2026-11-23T09:30:00.000Z"
   */
  oldestAt: string | null;

  /**
   * A person has to say what becomes of it.
   * @example 1
   */
  givenUp: number;
}

/** What the queue has before it. */
export class TaskSummaryDto {
  /** By kind; what is done is not counted. */
  kinds: TaskKindDto[];
}
