import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SeenLot } from '../../outcomes/index.js';
import type { IssuerId } from '../issuers/issuer.js';

/** A status list and whose it is. */
export interface StatusList {
  readonly id: string;
  readonly institutionId: IssuerId;
}

/** A place of a list, with an outcome that its credential rests on and whose that is. */
export interface PlaceAndLot extends SeenLot {
  readonly place: number;
  /** Whom the credential is about. */
  readonly holderId: string;
}

/** SQL of status lists and their places. */
@Injectable()
export class StatusStore {
  async find(tx: EntityManager, id: string): Promise<StatusList | undefined> {
    const rows = await tx.query<StatusList[]>(
      'SELECT id, institution_id AS "institutionId" FROM status_list WHERE id = $1',
      [id],
    );
    return rows[0];
  }

  /** The list of an issuer that is being filled. */
  async newest(tx: EntityManager, issuer: IssuerId): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT id FROM status_list WHERE institution_id IS NOT DISTINCT FROM $1
        ORDER BY created_at DESC, id DESC LIMIT 1`,
      [issuer],
    );
    return rows[0]?.id;
  }

  async insert(tx: EntityManager, id: string, issuer: IssuerId, now: Date): Promise<void> {
    await tx.query('INSERT INTO status_list (id, institution_id, created_at) VALUES ($1, $2, $3)', [
      id,
      issuer,
      now,
    ]);
  }

  /** @returns false when the place belongs to another credential */
  async claim(
    tx: EntityManager,
    { listId, place }: { listId: string; place: number },
    credentialId: string,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO status_place (list_id, place, credential_id) VALUES ($1, $2, $3)
       ON CONFLICT (list_id, place) DO NOTHING RETURNING 1`,
      [listId, place, credentialId],
    );
    return rows.length > 0;
  }

  /** Sets a bit for good; one that is set keeps its first moment. */
  async withdraw(tx: EntityManager, credentialId: string, now: Date): Promise<void> {
    await tx.query(
      `UPDATE status_place SET withdrawn_at = $2
        WHERE credential_id = $1 AND withdrawn_at IS NULL`,
      [credentialId, now],
    );
  }

  async withdrawnPlaces(tx: EntityManager, listId: string): Promise<number[]> {
    const rows = await tx.query<{ place: number }[]>(
      'SELECT place FROM status_place WHERE list_id = $1 AND withdrawn_at IS NOT NULL',
      [listId],
    );
    return rows.map(({ place }) => place);
  }

  /** Every outcome on which a credential of the list rests. */
  places(tx: EntityManager, listId: string): Promise<PlaceAndLot[]> {
    return tx.query<PlaceAndLot[]>(
      `SELECT c.place, c.learner_id AS "holderId", l.learner_id AS "learnerId",
              l.lot_id AS "lotId", l.seen_seq AS seq
         FROM credential c JOIN credential_lot l ON l.bucket = c.bucket AND l.credential_id = c.id
        WHERE c.list_id = $1 ORDER BY c.place`,
      [listId],
    );
  }
}
