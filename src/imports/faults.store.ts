import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ProblemCode } from '#libs/problems';
import type { NewFault, Phase, StoredFault } from './import.js';
import type { RunKey } from './imports.store.js';

const COLUMNS = 'seq, row_number, column_name, value_shown, code, params, members';

/** All SQL of the faults that a file's rows were found to have. */
@Injectable()
export class FaultsStore {
  async add(
    tx: EntityManager,
    { importId }: RunKey,
    phase: Phase,
    { firstSeq, faults }: { firstSeq: number; faults: readonly NewFault[] },
  ): Promise<void> {
    if (faults.length === 0) return;
    await tx.query(
      `INSERT INTO import_fault
         (import_id, phase, seq, row_number, column_name, value_shown, code, params, members)
       SELECT $1, $2, $3 + ordinal - 1, row_number, column_name, value_shown, code, params, members
         FROM unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[])
              WITH ORDINALITY AS t
                (row_number, column_name, value_shown, code, params, members, ordinal)`,
      [
        importId,
        phase,
        firstSeq,
        faults.map((fault) => fault.row),
        faults.map((fault) => fault.column),
        faults.map((fault) => fault.value),
        faults.map((fault) => fault.code),
        faults.map((fault) => (fault.params ? JSON.stringify(fault.params) : null)),
        faults.map((fault) => (fault.members ? JSON.stringify(fault.members) : null)),
      ],
    );
  }

  async list(
    tx: EntityManager,
    importId: string,
    query: { phase: Phase; code: string | null; afterSeq: number; limit: number },
  ): Promise<StoredFault[]> {
    const rows = await tx.query<FaultRow[]>(
      `SELECT ${COLUMNS} FROM import_fault
        WHERE import_id = $1 AND phase = $2 AND seq > $3 AND ($4::text IS NULL OR code = $4)
        ORDER BY seq LIMIT $5`,
      [importId, query.phase, query.afterSeq, query.code, query.limit],
    );
    return rows.map(toFault);
  }

  /** Faults in the order of their rows, as the file will come by again. */
  async listByRow(
    tx: EntityManager,
    importId: string,
    query: { phase: Phase; afterRow: number; afterSeq: number; limit: number },
  ): Promise<StoredFault[]> {
    const rows = await tx.query<FaultRow[]>(
      `SELECT ${COLUMNS} FROM import_fault
        WHERE import_id = $1 AND phase = $2 AND (row_number, seq) > ($3, $4)
        ORDER BY row_number, seq LIMIT $5`,
      [importId, query.phase, query.afterRow, query.afterSeq, query.limit],
    );
    return rows.map(toFault);
  }
}

interface FaultRow {
  seq: number;
  row_number: number;
  column_name: string | null;
  value_shown: string | null;
  code: ProblemCode;
  params: Record<string, string> | null;
  members: Record<string, unknown> | null;
}

function toFault(row: FaultRow): StoredFault {
  return {
    seq: row.seq,
    row: row.row_number,
    column: row.column_name,
    value: row.value_shown,
    code: row.code,
    ...(row.params && { params: row.params }),
    members: row.members,
  };
}
