import { IsOptional } from 'class-validator';
import { IsDay } from '../platform/http/index.js';

export class NewSimulationDto {
  /**
   * The day for which learners are looked at, inside the window of the document. Left out: its first
   * day, or today when that is over.
   * @example "2027-03-01"
   */
  @IsOptional()
  @IsDay()
  on?: string;
}

export class SimulationProgressDto {
  /**
   * Learners whom the draft can touch; null before it began.
   * @example 1000
   */
  total: number | null;

  /** @example 400 */
  done: number;

  /** @example 540 */
  learnersPerSecond: number;

  /**
   * 0 when it has ended; null while nothing can be said.
   * @example 12
   */
  secondsLeft: number | null;
}

export class SimulationChangesDto {
  /**
   * Learners who were looked at.
   * @example 400
   */
  learners: number;

  /**
   * Of them, those who would get more.
   * @example 120
   */
  gained: number;

  /**
   * Those who would get less.
   * @example 3
   */
  lost: number;

  /**
   * Credits that are granted more, in all.
   * @example "812.5"
   */
  creditsGained: string;

  /** @example "0" */
  creditsLost: string;
}

/** Learners with outcomes of one institution; a learner of two counts in both. */
export class SimulationSchoolDto extends SimulationChangesDto {
  /** @example "qingshan-vocational" */
  institution: string;
}

/** Learners to whom a cap refused something. */
export class SimulationCapDto {
  /** @example "half" */
  cap: string;

  /** @example 40 */
  before: number;

  /** @example 55 */
  after: number;
}

/** One learner whose result differs; among the largest differences. */
export class SimulationCaseDto {
  /**
   * Only for who may read the learner’s records.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  learnerId: string | null;

  /** @example "4" */
  creditsBefore: string;

  /** @example "6" */
  creditsAfter: string;

  /** @example ["certificate"] */
  rulesGained: string[];

  /** @example ["old-course"] */
  rulesLost: string[];
}

/** The learner whose decision took longest. */
export class SimulationSlowestDto {
  /**
   * Only for who may read the learner’s records.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  learnerId: string | null;

  /** @example 12.5 */
  elapsedMs: number;

  /** @example 240 */
  outcomes: number;
}

export class SimulationReportDto extends SimulationChangesDto {
  /**
   * Learners of the whole bank who keep what they have: those looked at, and all others.
   * @example 98000
   */
  unchanged: number;

  /**
   * Equal credit by other grants: another course, an exemption, a right.
   * @example 2000
   */
  different: number;

  /**
   * Allocations without a proof that no other gives more.
   * @example 0
   */
  unproven: number;

  schools: SimulationSchoolDto[];

  /**
   * Schools with fewer than five learners, which only an authority sees.
   * @example 2
   */
  schoolsHidden: number;

  caps: SimulationCapDto[];

  slowest: SimulationSlowestDto | null;

  gainedCases: SimulationCaseDto[];
  lostCases: SimulationCaseDto[];
}

/** What a draft would do to the real population, and how far the looking has come. */
export class SimulationDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  draftId: string;

  /** @example "LOGISTICS-3Y" */
  programme: string;

  /**
   * The text that is simulated, whatever becomes of the draft meanwhile.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;

  /**
   * The version it is compared with; null when none governs on that day.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  replacedHash: string | null;

  /** @example "2027-03-01" */
  on: string;

  state: 'queued' | 'running' | 'done' | 'cancelled';

  /**
   * All learners of the bank; null before it began.
   * @example 100000
   */
  population: number | null;

  progress: SimulationProgressDto;

  /** What was seen so far; null before it began. */
  report: SimulationReportDto | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  startedAt: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  endedAt: string | null;
}

export class SimulationPageDto {
  items: SimulationDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}
