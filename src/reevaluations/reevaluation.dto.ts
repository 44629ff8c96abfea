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

  /**
   * Learners to whom the new version would grant more than the old one.
   * @example 120
   */
  gained: number;

  /**
   * Learners to whom it would grant less.
   * @example 3
   */
  lost: number;

  /**
   * Undecided applications that are decided again; booked ones keep their version.
   * @example 8
   */
  reconsidered: number;

  /** @example 540 */
  learnersPerSecond: number;

  /**
   * 0 when it is done; null while nothing can be said.
   * @example 12
   */
  secondsLeft: number | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  startedAt: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
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

  /**
   * Hash of the rule version.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
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
