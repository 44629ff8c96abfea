import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import { ELAPSED_MS, WorkRecords } from '../platform/queue/index.js';
import type { Reevaluation, Standing } from './reevaluation.js';

interface ReevaluationRow {
  id: string;
  regulation_id: string;
  version: number;
  institution_id: string;
  programme: string;
  rule_hash: string;
  replaced_hash: string | null;
  on_day: string;
  state: Reevaluation['state'];
  total: number | null;
  done: number;
  gained: number;
  lost: number;
  reconsidered: number;
  cursor: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  elapsed_ms: string;
}

interface StandingRow {
  programme: string;
  rule_hash: string;
  millicredits: string;
  millicredits_before: string;
  on_day: string;
  recorded_at: Date;
}

/** A standing as it was written down. */
export interface StoredStanding {
  readonly programme: string;
  readonly ruleHash: string;
  readonly millicredits: bigint;
  readonly millicreditsBefore: bigint;
  readonly on: string;
  readonly recordedAt: Date;
}

/** What one step did, to be added up. */
export interface StepCounts {
  readonly done: number;
  readonly gained: number;
  readonly lost: number;
  readonly reconsidered: number;
}

const COLUMNS = `id, regulation_id, version, institution_id, programme,
  encode(rule_hash, 'hex') AS rule_hash, encode(replaced_hash, 'hex') AS replaced_hash,
  on_day::text AS on_day, state, total, done, gained, lost, reconsidered, cursor, created_at,
  started_at, ended_at, ${ELAPSED_MS} AS elapsed_ms`;

/** All SQL of re-evaluations and of what they find. */
@Injectable()
export class ReevaluationsStore extends WorkRecords {
  constructor() {
    super('reevaluation');
  }

  async insert(
    tx: EntityManager,
    run: Pick<
      Reevaluation,
      | 'id'
      | 'regulationId'
      | 'version'
      | 'institutionId'
      | 'programme'
      | 'ruleHash'
      | 'replacedHash'
      | 'on'
    >,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO reevaluation (id, regulation_id, version, institution_id, programme, rule_hash,
         replaced_hash, on_day, state)
       VALUES ($1, $2, $3, $4, $5, decode($6, 'hex'), decode($7, 'hex'), $8, 'queued')`,
      [
        run.id,
        run.regulationId,
        run.version,
        run.institutionId,
        run.programme,
        run.ruleHash,
        run.replacedHash,
        run.on,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<Reevaluation | undefined> {
    const rows = await tx.query<ReevaluationRow[]>(
      `SELECT ${COLUMNS} FROM reevaluation WHERE id = $1`,
      [id],
    );
    return rows.map(toReevaluation)[0];
  }

  async findOfVersion(
    tx: EntityManager,
    regulationId: string,
    version: number,
  ): Promise<Reevaluation | undefined> {
    const rows = await tx.query<ReevaluationRow[]>(
      `SELECT ${COLUMNS} FROM reevaluation WHERE regulation_id = $1 AND version = $2`,
      [regulationId, version],
    );
    return rows.map(toReevaluation)[0];
  }

  async start(tx: EntityManager, id: string, total: number): Promise<void> {
    await tx.query(
      `UPDATE reevaluation SET state = 'running', started_at = clock_timestamp(), total = $2
        WHERE id = $1`,
      [id, total],
    );
  }

  async advance(
    tx: EntityManager,
    id: string,
    step: { to: string; counts: StepCounts },
  ): Promise<void> {
    const { to, counts } = step;
    await tx.query(
      `UPDATE reevaluation SET cursor = $2, done = done + $3, gained = gained + $4,
         lost = lost + $5, reconsidered = reconsidered + $6 WHERE id = $1`,
      [id, to, counts.done, counts.gained, counts.lost, counts.reconsidered],
    );
  }

  /** The newest word counts; what the same version said of the same facts is not written again. */
  async putStandings(
    tx: EntityManager,
    { id, programme, ruleHash, on }: Reevaluation,
    standings: readonly Standing[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO programme_standing (bucket, learner_id, programme, rule_hash, input_hash,
         result_hash, millicredits, millicredits_before, on_day, reevaluation_id)
       SELECT bucket, learner_id, $1, decode($2, 'hex'), input_hash, result_hash, now_credits,
              before_credits, $3, $4
         FROM unnest($5::smallint[], $6::uuid[], $7::bytea[], $8::bytea[], $9::bigint[],
                     $10::bigint[])
           AS s(bucket, learner_id, input_hash, result_hash, now_credits, before_credits)
        ORDER BY bucket, learner_id
       ON CONFLICT (bucket, learner_id, programme) DO UPDATE SET rule_hash = excluded.rule_hash,
         input_hash = excluded.input_hash, result_hash = excluded.result_hash,
         millicredits = excluded.millicredits, on_day = excluded.on_day,
         millicredits_before = excluded.millicredits_before,
         reevaluation_id = excluded.reevaluation_id, recorded_at = now()
       WHERE (programme_standing.rule_hash, programme_standing.input_hash)
         IS DISTINCT FROM (excluded.rule_hash, excluded.input_hash)`,
      [
        programme,
        ruleHash,
        on,
        id,
        standings.map(({ learnerId }) => bucketOf(learnerId)),
        standings.map(({ learnerId }) => learnerId),
        standings.map(({ inputHash }) => inputHash),
        standings.map(({ resultHash }) => resultHash),
        standings.map(({ millicredits }) => millicredits.toString()),
        standings.map(({ millicreditsBefore }) => millicreditsBefore.toString()),
      ],
    );
  }

  /** What is known of one learner, by programme. */
  async listStandings(tx: EntityManager, learnerId: string): Promise<StoredStanding[]> {
    const rows = await tx.query<StandingRow[]>(
      `SELECT programme, encode(rule_hash, 'hex') AS rule_hash, millicredits, millicredits_before,
              on_day::text AS on_day, recorded_at
         FROM programme_standing WHERE bucket = $1 AND learner_id = $2 ORDER BY programme`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map((row) => ({
      programme: row.programme,
      ruleHash: row.rule_hash,
      millicredits: BigInt(row.millicredits),
      millicreditsBefore: BigInt(row.millicredits_before),
      on: row.on_day,
      recordedAt: row.recorded_at,
    }));
  }
}

function toReevaluation(row: ReevaluationRow): Reevaluation {
  return {
    id: row.id,
    regulationId: row.regulation_id,
    version: row.version,
    institutionId: row.institution_id,
    programme: row.programme,
    ruleHash: row.rule_hash,
    replacedHash: row.replaced_hash,
    on: row.on_day,
    state: row.state,
    total: row.total,
    done: row.done,
    gained: row.gained,
    lost: row.lost,
    reconsidered: row.reconsidered,
    cursor: row.cursor,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    elapsedMs: Number(row.elapsed_ms),
  };
}
