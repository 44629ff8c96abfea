import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditResult, AuditRun } from './audit-run.js';

interface RunRow {
  id: string;
  asked_by: string | null;
  asked_by_name: string | null;
  asked_at: Date;
  outcome: AuditResult['outcome'] | null;
  log_size: string | null;
  log_root: Buffer | null;
  entries: string | null;
  waiting: string | null;
  found: number;
  findings: AuditResult['findings'];
  started_at: Date | null;
  ended_at: Date;
}

const RUN = `
  SELECT r.id, r.asked_by, r.asked_by_name, r.asked_at, a.outcome, a.log_size, a.log_root, a.entries,
         a.waiting, a.found, a.findings, a.started_at, a.ended_at
    FROM audit_run r LEFT JOIN audit_result a ON a.run_id = r.id`;

/** Any number that no other feature locks. */
const ASKING_LOCK = 7_203_047;

/** All SQL of checks of the books. INSERT and SELECT only. */
@Injectable()
export class AuditsStore {
  /** Of two who ask at once the second waits, and finds the run of the first. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ASKING_LOCK]);
  }

  async insertRun(tx: EntityManager, run: Omit<AuditRun, 'result'>): Promise<void> {
    await tx.query(
      'INSERT INTO audit_run (id, asked_by, asked_by_name, asked_at) VALUES ($1, $2, $3, $4)',
      [run.id, run.askedBy, run.askedByName, run.askedAt],
    );
  }

  /** Does nothing when the run has a result: a task may run again after a crash. */
  async insertResult(tx: EntityManager, runId: string, result: AuditResult): Promise<void> {
    await tx.query(
      `INSERT INTO audit_result (run_id, outcome, log_size, log_root, entries, waiting, found,
         findings, started_at, ended_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (run_id) DO NOTHING`,
      [
        runId,
        result.outcome,
        result.logSize,
        result.logRoot,
        result.entries,
        result.waiting,
        result.found,
        JSON.stringify(result.findings),
        result.startedAt,
        result.endedAt,
      ],
    );
  }

  async findOpen(tx: EntityManager): Promise<AuditRun | undefined> {
    const rows = await tx.query<RunRow[]>(
      `${RUN} WHERE a.run_id IS NULL ORDER BY r.id DESC LIMIT 1`,
    );
    return rows.map(toRun)[0];
  }

  async find(tx: EntityManager, id: string): Promise<AuditRun | undefined> {
    const rows = await tx.query<RunRow[]>(`${RUN} WHERE r.id = $1`, [id]);
    return rows.map(toRun)[0];
  }

  /** The newest first; only those before an id, as ids are in the order of time. */
  async list(
    tx: EntityManager,
    { before, limit }: { before: string | null; limit: number },
  ): Promise<AuditRun[]> {
    const rows = await tx.query<RunRow[]>(
      `${RUN} WHERE ($1::uuid IS NULL OR r.id < $1) ORDER BY r.id DESC LIMIT $2`,
      [before, limit],
    );
    return rows.map(toRun);
  }
}

function toRun(row: RunRow): AuditRun {
  const { id, asked_by: askedBy, asked_by_name: askedByName, asked_at: askedAt, outcome } = row;
  return { id, askedBy, askedByName, askedAt, result: outcome && toResult(outcome, row) };
}

function toResult(outcome: AuditResult['outcome'], row: RunRow): AuditResult {
  return {
    outcome,
    logSize: numberOf(row.log_size),
    logRoot: row.log_root,
    entries: numberOf(row.entries),
    waiting: numberOf(row.waiting),
    found: row.found,
    findings: row.findings,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
