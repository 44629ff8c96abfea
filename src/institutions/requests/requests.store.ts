import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { InstitutionRequest, RequestState } from './institution-request.js';

const COLUMNS = `id, code, kind, json_build_object('zh', name_zh, 'en', name_en) AS name, region,
  contact, purpose, state, reason, institution_id AS "institutionId", created_at AS "createdAt",
  decided_at AS "decidedAt"`;

/** What a stranger says. */
export type NewRequest = Pick<
  InstitutionRequest,
  'id' | 'code' | 'kind' | 'name' | 'region' | 'contact' | 'purpose'
>;

/** SQL of requests to become an institution. */
@Injectable()
export class RequestsStore {
  async insert(tx: EntityManager, request: NewRequest, receiptHash: Buffer): Promise<void> {
    const { id, code, kind, name, region, contact, purpose } = request;
    await tx.query(
      `INSERT INTO institution_request
         (id, receipt_hash, code, kind, name_zh, name_en, region, contact, purpose)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, receiptHash, code, kind, name.zh, name.en, region, contact, purpose],
    );
  }

  async findByReceipt(
    tx: EntityManager,
    receiptHash: Buffer,
  ): Promise<InstitutionRequest | undefined> {
    const rows = await tx.query<InstitutionRequest[]>(
      `SELECT ${COLUMNS} FROM institution_request WHERE receipt_hash = $1`,
      [receiptHash],
    );
    return rows[0];
  }

  /** Locks it: of two who decide, the second finds it decided. */
  async findLocked(tx: EntityManager, id: string): Promise<InstitutionRequest | undefined> {
    const rows = await tx.query<InstitutionRequest[]>(
      `SELECT ${COLUMNS} FROM institution_request WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0];
  }

  /** The oldest first: they wait longest. */
  list(
    tx: EntityManager,
    page: { state: RequestState | null; after: string | null; limit: number },
  ): Promise<InstitutionRequest[]> {
    return tx.query<InstitutionRequest[]>(
      `SELECT ${COLUMNS} FROM institution_request
        WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR id > $2)
        ORDER BY id LIMIT $3`,
      [page.state, page.after, page.limit],
    );
  }

  async decide(
    tx: EntityManager,
    id: string,
    {
      state,
      reason,
      institutionId,
    }: Pick<InstitutionRequest, 'state' | 'reason' | 'institutionId'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE institution_request
          SET state = $2, reason = $3, institution_id = $4, decided_at = now() WHERE id = $1`,
      [id, state, reason, institutionId],
    );
  }
}
