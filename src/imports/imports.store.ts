import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ShapeId } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import { copyOut } from '../platform/database/index.js';
import { isUuid } from '../platform/ids/index.js';
import type { Encoding } from './files/encoding.js';
import type { FileFormat } from './files/open-file.js';
import type {
  FileFacts,
  ImportRecord,
  ImportState,
  Phase,
  PhaseCounts,
  PhaseProgress,
} from './import.js';

export interface NewImport {
  readonly id: string;
  readonly institutionId: string;
  readonly actor: string;
  readonly wrappedKey: Buffer;
}

export interface ReceivedFile {
  readonly fileName: string;
  readonly byteLength: number;
  readonly digest: Buffer;
  readonly askedFormat: FileFormat | null;
  readonly askedEncoding: Encoding | null;
}

/** A worker's right to write: it holds the latest run of an import. */
export interface RunKey {
  readonly importId: string;
  readonly run: number;
}

/** An import in a worker's hands, with what earlier workers of this phase have done. */
export interface TakenUp {
  readonly key: RunKey;
  readonly position: number;
  readonly counts: PhaseCounts;
}

const LEASE = `interval '10 seconds'`;

const RECORD = `
  SELECT f.*, f.oldest_new_on::text AS oldest_new_on,
         to_jsonb(k) || jsonb_build_object('elapsed_ms',
           extract(epoch FROM coalesce(k.ended_at, clock_timestamp()) - k.started_at) * 1000)
           AS check_phase,
         to_jsonb(c) || jsonb_build_object('elapsed_ms',
           extract(epoch FROM coalesce(c.ended_at, clock_timestamp()) - c.started_at) * 1000)
           AS commit_phase
    FROM import_file f
    LEFT JOIN import_phase k ON k.import_id = f.id AND k.phase = 'check'
    LEFT JOIN import_phase c ON c.import_id = f.id AND c.phase = 'commit'`;

/** All SQL of the files and their phases; the faults have a store of their own. */
@Injectable()
export class ImportsStore {
  async begin(tx: EntityManager, file: NewImport): Promise<void> {
    await tx.query(
      `INSERT INTO import_file (id, institution_id, actor, file_name, wrapped_key)
       VALUES ($1, $2, $3, '', $4)`,
      [file.id, file.institutionId, file.actor, file.wrappedKey],
    );
  }

  async addChunk(
    tx: EntityManager,
    chunk: { importId: string; position: number; sealed: Buffer },
  ): Promise<void> {
    await tx.query('INSERT INTO import_chunk (import_id, position, sealed) VALUES ($1, $2, $3)', [
      chunk.importId,
      chunk.position,
      chunk.sealed,
    ]);
  }

  async receive(tx: EntityManager, importId: string, file: ReceivedFile): Promise<void> {
    await tx.query(
      `UPDATE import_file
          SET state = 'received', file_name = $2, byte_length = $3, digest = $4,
              asked_format = $5, asked_encoding = $6
        WHERE id = $1 AND state = 'receiving'`,
      [importId, file.fileName, file.byteLength, file.digest, file.askedFormat, file.askedEncoding],
    );
  }

  async discard(tx: EntityManager, importId: string): Promise<void> {
    await tx.query(`DELETE FROM import_file WHERE id = $1 AND state = 'receiving'`, [importId]);
  }

  /** Uploads that broke off with their process; nobody will ever finish them. */
  async discardAbandoned(tx: EntityManager): Promise<void> {
    await tx.query(
      `DELETE FROM import_file
        WHERE state = 'receiving' AND created_at < now() - interval '1 day'`,
    );
  }

  async find(tx: EntityManager, importId: string): Promise<ImportRecord | undefined> {
    const rows = await tx.query<Row[]>(`${RECORD} WHERE f.id = $1 AND f.state <> 'receiving'`, [
      importId,
    ]);
    return rows[0] && toRecord(rows[0]);
  }

  /** Newest first; `before` is the id of the last one seen. */
  async list(
    tx: EntityManager,
    institutionId: string,
    { before, limit }: { before: string | null; limit: number },
  ): Promise<ImportRecord[]> {
    const rows = await tx.query<Row[]>(
      `${RECORD}
        WHERE f.institution_id = $1 AND f.state <> 'receiving' AND ($2::uuid IS NULL OR f.id < $2)
        ORDER BY f.id DESC LIMIT $3`,
      [institutionId, before, limit],
    );
    return rows.map(toRecord);
  }

  async listMoving(tx: EntityManager, phase: Phase): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      'SELECT id FROM import_file WHERE state = ANY($1)',
      [phase === 'commit' ? ['committing'] : ['received', 'checking']],
    );
    return rows.map(({ id }) => id);
  }

  /** The sealed pieces `from` to `to` in their order, both included; within a transaction. */
  async readChunks(
    tx: EntityManager,
    importId: string,
    { from, to }: { from: number; to: number },
  ): Promise<Buffer[]> {
    // COPY has no parameters.
    const isPlain = isUuid(importId) && Number.isSafeInteger(from) && Number.isSafeInteger(to);
    assert(isPlain, 'the place of a piece is an id and two numbers');
    return copyOut(
      tx,
      `SELECT sealed FROM import_chunk
        WHERE import_id = '${importId}' AND position BETWEEN ${from} AND ${to} ORDER BY position`,
    );
  }

  /** `checked` becomes `committing`; false when it was in another state. */
  async beginCommit(tx: EntityManager, importId: string, actor: string): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE import_file SET state = 'committing', committed_by = $2
        WHERE id = $1 AND state = 'checked' RETURNING id`,
      [importId, actor],
    );
    return rows.length > 0;
  }

  /**
   * Takes an import up unless another worker holds it. A phase that is already under way goes on
   * where it stands when it is the commit, and starts again when it is the check.
   */
  async takeUp(tx: EntityManager, importId: string, phase: Phase): Promise<TakenUp | undefined> {
    const states = phase === 'check' ? ['received', 'checking'] : ['committing'];
    const [files] = await tx.query<[{ run: number }[], number]>(
      `UPDATE import_file
          SET run = run + 1, lease_until = clock_timestamp() + ${LEASE},
              state = CASE WHEN state = 'received' THEN 'checking' ELSE state END
        WHERE id = $1 AND state = ANY($2)
          AND (lease_until IS NULL OR lease_until < clock_timestamp())
        RETURNING run`,
      [importId, states],
    );
    const run = files[0]?.run;
    if (run === undefined) return undefined;
    if (phase === 'check') {
      await tx.query('DELETE FROM import_fault WHERE import_id = $1', [importId]);
      await tx.query('DELETE FROM import_phase WHERE import_id = $1', [importId]);
    }
    const rows = await tx.query<PhaseRow[]>(
      `INSERT INTO import_phase (import_id, phase) VALUES ($1, $2)
       ON CONFLICT (import_id, phase) DO UPDATE
         SET started_at = clock_timestamp(), rows_at_start = import_phase.rows_read
       RETURNING *, 0 AS elapsed_ms`,
      [importId, phase],
    );
    const row = rows[0] as PhaseRow;
    return { key: { importId, run }, position: row.position, counts: toProgress(row) };
  }

  /** True while somebody else holds the import or it needs no work: then waiting may help. */
  async isLeased(tx: EntityManager, importId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM import_file
        WHERE id = $1 AND lease_until >= clock_timestamp()
          AND state IN ('received', 'checking', 'committing')`,
      [importId],
    );
    return rows.length > 0;
  }

  /**
   * Renews the lease under a row lock. False when a later worker has taken over, and when the lease
   * was given back: a heartbeat that comes late must not lease what has ended.
   */
  async hold(tx: EntityManager, { importId, run }: RunKey): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE import_file SET lease_until = clock_timestamp() + ${LEASE}
        WHERE id = $1 AND run = $2 AND lease_until IS NOT NULL RETURNING id`,
      [importId, run],
    );
    return rows.length > 0;
  }

  /** Gives the import back, so that the next worker need not wait for the lease to end. */
  async release(tx: EntityManager, { importId, run }: RunKey): Promise<void> {
    await tx.query('UPDATE import_file SET lease_until = NULL WHERE id = $1 AND run = $2', [
      importId,
      run,
    ]);
  }

  async countFailure(tx: EntityManager, { importId, run }: RunKey): Promise<number> {
    const [rows] = await tx.query<[{ failures: number }[], number]>(
      `UPDATE import_file SET failures = failures + 1, lease_until = NULL
        WHERE id = $1 AND run = $2 RETURNING failures`,
      [importId, run],
    );
    return rows[0]?.failures ?? 0;
  }

  async describeFile(tx: EntityManager, { importId }: RunKey, facts: FileFacts): Promise<void> {
    await tx.query(
      `UPDATE import_file
          SET format = $2, encoding = $3, shape = $4, sheet = $5, ignored_sheets = $6,
              ignored_columns = $7
        WHERE id = $1`,
      [
        importId,
        facts.format,
        facts.encoding,
        facts.shape,
        facts.sheet,
        facts.ignoredSheets,
        facts.ignoredColumns,
      ],
    );
  }

  async noteOldest(tx: EntityManager, { importId }: RunKey, day: string | null): Promise<void> {
    await tx.query('UPDATE import_file SET oldest_new_on = $2 WHERE id = $1', [importId, day]);
  }

  async expectRows(tx: EntityManager, { importId }: RunKey, rows: number | null): Promise<void> {
    await tx.query('UPDATE import_file SET rows_expected = $2 WHERE id = $1', [importId, rows]);
  }

  /** {@link hold} and the new position in one statement; false, and nothing done, as there. */
  async advance(
    tx: EntityManager,
    { importId, run }: RunKey,
    { phase, position, counts }: { phase: Phase; position: number; counts: PhaseCounts },
  ): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `WITH held AS (
         UPDATE import_file SET lease_until = clock_timestamp() + ${LEASE}
          WHERE id = $1 AND run = $11 AND lease_until IS NOT NULL RETURNING id
       )
       UPDATE import_phase p
          SET position = $10, rows_read = $3, rows_good = $4, rows_faulty = $5, rows_known = $6,
              outcomes_good = $7, outcomes_known = $8, faults = $9, updated_at = clock_timestamp()
         FROM held WHERE p.import_id = held.id AND p.phase = $2 RETURNING p.import_id`,
      [
        importId,
        phase,
        counts.rowsRead,
        counts.rowsGood,
        counts.rowsFaulty,
        counts.rowsKnown,
        counts.outcomesGood,
        counts.outcomesKnown,
        counts.faults,
        position,
        run,
      ],
    );
    return rows.length > 0;
  }

  /** Ends a phase: the import rests in `state`. After a commit only its own faults stand. */
  async endPhase(
    tx: EntityManager,
    { importId }: RunKey,
    { phase, state, problem }: { phase: Phase; state: ImportState; problem: Problem | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE import_file SET state = $2, problem = $3, lease_until = NULL WHERE id = $1`,
      [importId, state, problem && JSON.stringify(problem)],
    );
    await tx.query(
      `UPDATE import_phase SET ended_at = clock_timestamp() WHERE import_id = $1 AND phase = $2`,
      [importId, phase],
    );
    if (state === 'committed') {
      await tx.query(`DELETE FROM import_fault WHERE import_id = $1 AND phase = 'check'`, [
        importId,
      ]);
    }
  }
}

interface PhaseRow {
  position: number;
  rows_read: number;
  rows_good: number;
  rows_faulty: number;
  rows_known: number;
  outcomes_good: number;
  outcomes_known: number;
  faults: number;
  rows_at_start: number;
  elapsed_ms: number;
}

interface Row {
  id: string;
  institution_id: string;
  actor: string;
  file_name: string;
  byte_length: string;
  digest: Buffer;
  wrapped_key: Buffer;
  asked_format: FileFormat | null;
  asked_encoding: Encoding | null;
  format: FileFormat | null;
  encoding: Encoding | null;
  shape: ShapeId | null;
  sheet: string | null;
  ignored_sheets: string[];
  ignored_columns: string[];
  state: ImportState;
  problem: Problem | null;
  rows_expected: number | null;
  created_at: Date;
  check_phase: PhaseRow | null;
  commit_phase: PhaseRow | null;
  oldest_new_on: string | null;
}

function toRecord(row: Row): ImportRecord {
  return {
    id: row.id,
    institutionId: row.institution_id,
    actor: row.actor,
    fileName: row.file_name,
    byteLength: Number(row.byte_length),
    digest: row.digest,
    wrappedKey: row.wrapped_key,
    askedFormat: row.asked_format,
    askedEncoding: row.asked_encoding,
    format: row.format,
    encoding: row.encoding,
    shape: row.shape,
    sheet: row.sheet,
    ignoredSheets: row.ignored_sheets,
    ignoredColumns: row.ignored_columns,
    state: row.state,
    problem: row.problem,
    rowsExpected: row.rows_expected,
    createdAt: row.created_at,
    check: row.check_phase && toProgress(row.check_phase),
    commit: row.commit_phase && toProgress(row.commit_phase),
    oldestNewOn: row.oldest_new_on,
  };
}

function toProgress(row: PhaseRow): PhaseProgress {
  return {
    rowsRead: row.rows_read,
    rowsGood: row.rows_good,
    rowsFaulty: row.rows_faulty,
    rowsKnown: row.rows_known,
    outcomesGood: row.outcomes_good,
    outcomesKnown: row.outcomes_known,
    faults: row.faults,
    rowsAtStart: row.rows_at_start,
    elapsedMs: row.elapsed_ms,
  };
}
