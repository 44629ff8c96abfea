import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ELAPSED_MS, WorkRecords } from '../platform/queue/index.js';
import type { Report } from './report.js';
import type { Simulation } from './simulation.js';

interface SimulationRow {
  id: string;
  draft_id: string;
  institution_id: string;
  programme: string;
  rule_hash: string;
  document: string;
  replaced_hash: string | null;
  on_day: string;
  actor: string;
  state: Simulation['state'];
  population: number | null;
  total: number | null;
  done: number;
  cursor: string | null;
  report: Report | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  elapsed_ms: string;
}

const COLUMNS = `id, draft_id, institution_id, programme, encode(rule_hash, 'hex') AS rule_hash,
  document, encode(replaced_hash, 'hex') AS replaced_hash, on_day::text AS on_day, actor, state,
  population, total, done, cursor, report, created_at, started_at, ended_at,
  ${ELAPSED_MS} AS elapsed_ms`;

/** All SQL of simulations. */
@Injectable()
export class SimulationsStore extends WorkRecords {
  constructor() {
    super('rule_simulation');
  }

  async insert(
    tx: EntityManager,
    simulation: Pick<
      Simulation,
      | 'id'
      | 'draftId'
      | 'institutionId'
      | 'programme'
      | 'ruleHash'
      | 'document'
      | 'replacedHash'
      | 'on'
      | 'actor'
    >,
  ): Promise<Simulation> {
    const rows = await tx.query<SimulationRow[]>(
      `INSERT INTO rule_simulation (id, draft_id, institution_id, programme, rule_hash, document,
         replaced_hash, on_day, actor, state)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, decode($7, 'hex'), $8, $9, 'queued')
       RETURNING ${COLUMNS}`,
      [
        simulation.id,
        simulation.draftId,
        simulation.institutionId,
        simulation.programme,
        simulation.ruleHash,
        simulation.document,
        simulation.replacedHash,
        simulation.on,
        simulation.actor,
      ],
    );
    return toSimulation(rows[0] as SimulationRow);
  }

  async find(tx: EntityManager, id: string): Promise<Simulation | undefined> {
    const rows = await tx.query<SimulationRow[]>(
      `SELECT ${COLUMNS} FROM rule_simulation WHERE id = $1`,
      [id],
    );
    return rows.map(toSimulation)[0];
  }

  /** Of one draft, newest first. */
  async list(
    tx: EntityManager,
    draftId: string,
    page: { after: string | null; limit: number },
  ): Promise<Simulation[]> {
    const rows = await tx.query<SimulationRow[]>(
      `SELECT ${COLUMNS} FROM rule_simulation
        WHERE draft_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [draftId, page.after, page.limit],
    );
    return rows.map(toSimulation);
  }

  async start(
    tx: EntityManager,
    id: string,
    scope: { population: number; total: number; report: Report },
  ): Promise<void> {
    await tx.query(
      `UPDATE rule_simulation SET state = 'running', started_at = clock_timestamp(),
         population = $2, total = $3, report = $4 WHERE id = $1`,
      [id, scope.population, scope.total, JSON.stringify(scope.report)],
    );
  }

  async advance(
    tx: EntityManager,
    id: string,
    step: { to: string; count: number; report: Report },
  ): Promise<void> {
    await tx.query(
      'UPDATE rule_simulation SET cursor = $2, done = done + $3, report = $4 WHERE id = $1',
      [id, step.to, step.count, JSON.stringify(step.report)],
    );
  }

  /** Locks a simulation that has not ended. */
  async findOpenLocked(tx: EntityManager, id: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM rule_simulation WHERE id = $1 AND state IN ('queued', 'running') FOR UPDATE`,
      [id],
    );
    return rows.length > 0;
  }
}

function toSimulation(row: SimulationRow): Simulation {
  return {
    id: row.id,
    draftId: row.draft_id,
    institutionId: row.institution_id,
    programme: row.programme,
    ruleHash: row.rule_hash,
    document: row.document,
    replacedHash: row.replaced_hash,
    on: row.on_day,
    actor: row.actor,
    state: row.state,
    population: row.population,
    total: row.total,
    done: row.done,
    cursor: row.cursor,
    report: row.report,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    elapsedMs: Number(row.elapsed_ms),
  };
}
