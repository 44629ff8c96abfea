import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WorkRecords } from '../platform/queue/index.js';
import type { Report } from './report.js';
import type { Simulation } from './simulation.js';

type NewSimulation = Pick<
  Simulation,
  | 'id'
  | 'schemeId'
  | 'graduatesOf'
  | 'document'
  | 'ruleHash'
  | 'label'
  | 'on'
  | 'isPublic'
  | 'actor'
>;

const COLUMNS = `id, scheme_id AS "schemeId", graduates_of AS "graduatesOf", document,
  encode(rule_hash, 'hex') AS "ruleHash", label, on_day::text AS "on", is_public AS "isPublic", actor,
  state, total, done, cursor, report, created_at AS "createdAt", started_at AS "startedAt",
  ended_at AS "endedAt"`;

/** All SQL of simulations of schemes. */
@Injectable()
export class SimulationsStore extends WorkRecords {
  constructor() {
    super('admission_simulation');
  }

  async insert(tx: EntityManager, simulation: NewSimulation): Promise<Simulation> {
    const { id, schemeId, graduatesOf, document, ruleHash, label, on, isPublic, actor } =
      simulation;
    const rows = await tx.query<Simulation[]>(
      `INSERT INTO admission_simulation (id, scheme_id, graduates_of, document, rule_hash, label,
         on_day, is_public, actor, state)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9, 'queued') RETURNING ${COLUMNS}`,
      [id, schemeId, graduatesOf, document, ruleHash, label, on, isPublic, actor],
    );
    return rows[0] as Simulation;
  }

  async find(tx: EntityManager, id: string): Promise<Simulation | undefined> {
    const rows = await tx.query<Simulation[]>(
      `SELECT ${COLUMNS} FROM admission_simulation WHERE id = $1`,
      [id],
    );
    return rows[0];
  }

  /** Newest first; for the public those that have ended and were meant for it. */
  list(
    tx: EntityManager,
    schemeId: string,
    page: { isPublicOnly: boolean; before: string | null; limit: number },
  ): Promise<Simulation[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM admission_simulation
        WHERE scheme_id = $1 AND ($2::uuid IS NULL OR id < $2)
          AND (NOT $3 OR (is_public AND state = 'done'))
        ORDER BY id DESC LIMIT $4`,
      [schemeId, page.before, page.isPublicOnly, page.limit],
    );
  }

  async start(tx: EntityManager, id: string, total: number, report: Report): Promise<void> {
    await tx.query(
      `UPDATE admission_simulation SET state = 'running', started_at = clock_timestamp(), total = $2,
         report = $3 WHERE id = $1`,
      [id, total, JSON.stringify(report)],
    );
  }

  async advance(
    tx: EntityManager,
    id: string,
    step: { to: string; count: number; report: Report },
  ): Promise<void> {
    await tx.query(
      'UPDATE admission_simulation SET cursor = $2, done = done + $3, report = $4 WHERE id = $1',
      [id, step.to, step.count, JSON.stringify(step.report)],
    );
  }
}
