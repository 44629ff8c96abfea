import type { Finding } from '#libs/audit';

/** Of how many findings the details are kept; all are counted. */
export const MOST_FINDINGS = 50;

/** `not-done`: it could not be carried out, and a person said that it is not to be tried again. */
export type AuditOutcome = 'clean' | 'faulty' | 'not-done';

/** What came of a check of the books. */
export interface AuditResult {
  readonly outcome: AuditOutcome;
  /** Entries in the log, and its root, as they were checked; null when nothing was. */
  readonly logSize: number | null;
  readonly logRoot: Buffer | null;
  /** Entries compared with the log, and those booked and not yet in it. */
  readonly entries: number | null;
  readonly waiting: number | null;
  readonly found: number;
  /** The first {@link MOST_FINDINGS}. */
  readonly findings: readonly Finding[];
  readonly startedAt: Date | null;
  readonly endedAt: Date;
}

/** A check that somebody asked for, with its result once there is one. */
export interface AuditRun {
  readonly id: string;
  /** Null when nobody did: the check of every day. */
  readonly askedBy: string | null;
  readonly askedByName: string | null;
  readonly askedAt: Date;
  readonly result: AuditResult | null;
}
