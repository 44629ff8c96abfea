import type { Report } from './report.js';

/** What a draft would do to the real population, and how far the looking has come. */
export interface Simulation {
  readonly id: string;
  readonly draftId: string;
  /** The owner of the programme. */
  readonly institutionId: string;
  readonly programme: string;
  /** Hash and canonical JSON of the draft as it was when the simulation was ordered. */
  readonly ruleHash: string;
  readonly document: string;
  /** The version that governs on the day; null when none does. */
  readonly replacedHash: string | null;
  /** The day for which learners are looked at, `yyyy-mm-dd`. */
  readonly on: string;
  readonly actor: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled';
  /** All learners of the bank; null before it began. */
  readonly population: number | null;
  /** Learners whom the draft can touch; null before it began. */
  readonly total: number | null;
  readonly done: number;
  /** Everybody up to this learner is in the report; null before the first. */
  readonly cursor: string | null;
  /** Null before it began. */
  readonly report: Report | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly elapsedMs: number;
}
