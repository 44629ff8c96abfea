/** What a publication made of the learners it touches, and how far it has come. */
export class ReevaluationDto {
  /** @example "district/logistics-3y" */
  rule: string;

  /** @example 2 */
  version: number;

  /** @example "LOGISTICS-3Y" */
  programme: string;

  state: 'queued' | 'running' | 'done';

  /**
   * Learners who applied for the programme and have something that the old or the new version looks
   * at; null before it began.
   * @example 1000
   */
  learnersTotal: number | null;

  /** @example 400 */
  learnersDone: number;

  /** Learners to whom the new version would grant more than the old one. */
  gained: number;

  /** Learners to whom it would grant less. */
  lost: number;

  /** Undecided applications that are decided again; booked ones keep their version. */
  reconsidered: number;

  learnersPerSecond: number;

  /** 0 when it is done; null while nothing can be said. */
  secondsLeft: number | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  startedAt: string | null;
  endedAt: string | null;
}

/** What a programme would grant now, beyond what is decided. It binds nobody. */
export class StandingDto {
  /** @example "LOGISTICS-3Y" */
  programme: string;

  /** @example "4" */
  credits: string;

  /**
   * What the rules before would have granted for the same outcomes.
   * @example "0"
   */
  creditsBefore: string;

  /** Whether something new counts: worth asking again. */
  isMore: boolean;

  /** Hash of the rule version. */
  ruleHash: string;

  /**
   * The day for which it was looked at.
   * @example "2026-11-23"
   */
  on: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;
}

export class StandingsDto {
  items: StandingDto[];
}
