import type { Report } from './report.js';

/** Who of a year's graduates would be eligible, and how far the looking has come. */
export interface Simulation {
  readonly id: string;
  readonly schemeId: string;
  /** The year in which the people who are looked at graduated. */
  readonly graduatesOf: number;
  /** Canonical JSON and hash of the rules that are compared with those of the scheme. */
  readonly document: string;
  readonly ruleHash: string;
  /** What is compared, for people: `v2`, `worker-clause=all`; empty where nothing is. */
  readonly label: string;
  /** `yyyy-mm-dd` */
  readonly on: string;
  readonly isPublic: boolean;
  readonly actor: string;
  readonly state: 'queued' | 'running' | 'done';
  /** People who graduated; null before it began. */
  readonly total: number | null;
  readonly done: number;
  readonly cursor: string | null;
  readonly report: Report | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}
