import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A report as it was frozen. */
export interface StoredReport {
  /** Its place in the log of reports. */
  readonly number: number;
  readonly id: string;
  readonly period: string;
  /** The day of the schedule on which it was due; null when somebody published it. */
  readonly scheduledFor: string | null;
  readonly publishedAt: Date;
  /** What was signed, as canonical JSON (RFC 8785). */
  readonly body: string;
  /** SHA-256 of `body`. */
  readonly hash: Buffer;
  readonly treeRoot: Buffer;
}

interface Row extends Omit<StoredReport, 'number'> {
  readonly number: string;
}

const SELECT = `SELECT number, id, period, scheduled_for::text AS "scheduledFor",
  published_at AS "publishedAt", body, hash, tree_root AS "treeRoot" FROM report`;

/** Any number that no other feature locks. */
const PUBLISHING_LOCK = 7_203_043;

/** All SQL of published reports. INSERT and SELECT only. */
@Injectable()
export class ReportsStore {
  /** Reports are published one after the other: each goes on from the root of the one before. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [PUBLISHING_LOCK]);
  }

  async insert(tx: EntityManager, report: StoredReport): Promise<void> {
    await tx.query(
      `INSERT INTO report (number, id, period, scheduled_for, published_at, body, hash, tree_root)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        report.number,
        report.id,
        report.period,
        report.scheduledFor,
        report.publishedAt,
        report.body,
        report.hash,
        report.treeRoot,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<StoredReport | undefined> {
    const rows = await tx.query<Row[]>(`${SELECT} WHERE id = $1`, [id]);
    return rows.map(toReport)[0];
  }

  async findLast(tx: EntityManager): Promise<StoredReport | undefined> {
    const rows = await tx.query<Row[]>(`${SELECT} ORDER BY number DESC LIMIT 1`);
    return rows.map(toReport)[0];
  }

  async isMade(tx: EntityManager, scheduledFor: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM report WHERE scheduled_for = $1', [
      scheduledFor,
    ]);
    return rows.length > 0;
  }

  /** The newest first; with `before`, those below that number. */
  async list(
    tx: EntityManager,
    { before, limit }: { before: number | null; limit: number },
  ): Promise<StoredReport[]> {
    const rows = await tx.query<Row[]>(
      `${SELECT} WHERE ($1::bigint IS NULL OR number < $1) ORDER BY number DESC LIMIT $2`,
      [before, limit],
    );
    return rows.map(toReport);
  }
}

function toReport(row: Row): StoredReport {
  return { ...row, number: Number(row.number) };
}
