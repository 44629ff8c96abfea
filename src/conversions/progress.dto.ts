import { TextDto } from '../platform/http/index.js';
import type { Verdict } from './application.js';

/** What one member of a panel said; shown when the panel has decided, without a name. */
export class VoteDto {
  /**
   * 2 for the panel of an appeal.
   * @example 1
   */
  round: 1 | 2;

  /** @example "reject" */
  verdict: Verdict;

  /** @example "内容不符 / not the same contents" */
  note: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

/** Where the people who decide stand. */
export class PanelDto {
  /**
   * 2 for the panel of an appeal.
   * @example 1
   */
  round: 1 | 2;

  /**
   * How many people decide; the verdict of more than half counts.
   * @example 3
   */
  size: number;

  /**
   * How many have voted about the newest decision.
   * @example 1
   */
  votes: number;

  /** Whether you have. */
  hasVoted: boolean;
}

export class ApplicationAppealDto {
  /**
   * What the learner wrote.
   * @example "证书为高级，请重新认定 / the certificate is of the highest level"
   */
  reason: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

/** Where it is on its way, in words for the learner. */
export class ProgressDto {
  /**
   * `trying-again`: an attempt failed and another follows by itself; `stopped`: a person has to act.
   * @example "queued"
   */
  step: 'draft' | 'queued' | 'evaluating' | 'trying-again' | 'stopped' | 'people' | 'done';

  /**
   * How many are evaluated before it; null when it is not in the queue.
   * @example 12
   */
  before: number | null;

  /** What is the case. */
  now: TextDto;

  /** What happens next. */
  next: TextDto;
}
