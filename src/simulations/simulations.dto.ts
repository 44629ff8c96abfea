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

  learnersPerSecond: number;

  /** 0 when it has ended; null while nothing can be said. */
  secondsLeft: number | null;
}

export class SimulationChangesDto {
  /**
   * Learners who were looked at.
   * @example 400
   */
  learners: number;

  /** Of them, those who would get more. */
  gained: number;

  /** Those who would get less. */
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

  before: number;
  after: number;
}

/** One learner whose result differs; among the largest differences. */
export class SimulationCaseDto {
  /** Only for who may read the learner’s records. */
  learnerId: string | null;

  /** @example "4" */
  creditsBefore: string;

  /** @example "6" */
  creditsAfter: string;

  rulesGained: string[];
  rulesLost: string[];
}

/** The learner whose decision took longest. */
export class SimulationSlowestDto {
  /** Only for who may read the learner’s records. */
  learnerId: string | null;

  /** @example 12.5 */
  elapsedMs: number;

  outcomes: number;
}

export class SimulationReportDto extends SimulationChangesDto {
  /** Learners of the whole bank who keep what they have: those looked at, and all others. */
  unchanged: number;

  /** Equal credit by other grants: another course, an exemption, a right. */
  different: number;

  /** Allocations without a proof that no other gives more. */
  unproven: number;

  schools: SimulationSchoolDto[];

  /** Schools with fewer than five learners, which only an authority sees. */
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

  draftId: string;

  /** @example "LOGISTICS-3Y" */
  programme: string;

  /** The text that is simulated, whatever becomes of the draft meanwhile. */
  hash: string;

  /** The version it is compared with; null when none governs on that day. */
  replacedHash: string | null;

  /** @example "2027-03-01" */
  on: string;

  state: 'queued' | 'running' | 'done' | 'cancelled';

  /** All learners of the bank; null before it began. */
  population: number | null;

  progress: SimulationProgressDto;

  /** What was seen so far; null before it began. */
  report: SimulationReportDto | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  startedAt: string | null;
  endedAt: string | null;
}

export class SimulationPageDto {
  items: SimulationDto[];

  /** Cursor of the next page; null on the last. */
  next: string | null;
}
