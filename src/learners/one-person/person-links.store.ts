import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../../platform/ids/index.js';

/** An entry that two accounts are one person, or that they are not after all. */
export interface PersonLink {
  readonly id: string;
  readonly action: 'merge' | 'split';
  /** The account that goes on. */
  readonly survivorId: string;
  /** The account that is read as part of it. */
  readonly absorbedId: string;
  /** Of a split: the merge that was wrong. */
  readonly undoesId: string | null;
  readonly institutionId: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  readonly recordedAt: Date;
}

/** One with what became of it. */
export interface PersonLinkWithEnd extends PersonLink {
  /** The split that undid a merge; null while it stands. */
  readonly undoneBy: string | null;
}

const SELECT = `SELECT l.id, l.action, l.survivor_id AS "survivorId", l.absorbed_id AS "absorbedId",
    l.undoes_id AS "undoesId", l.institution_id AS "institutionId", l.proposed_by AS "proposedBy",
    l.confirmed_by AS "confirmedBy", l.recorded_at AS "recordedAt", u.id AS "undoneBy"
  FROM person_link l LEFT JOIN person_link u ON u.undoes_id = l.id`;

/** SQL of accounts that are one person. */
@Injectable()
export class PersonLinksStore {
  async insert(tx: EntityManager, link: PersonLink): Promise<void> {
    await tx.query(
      `INSERT INTO person_link (id, action, survivor_id, absorbed_id, undoes_id, institution_id,
              proposed_by, confirmed_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        link.id,
        link.action,
        link.survivorId,
        link.absorbedId,
        link.undoesId,
        link.institutionId,
        link.proposedBy,
        link.confirmedBy,
        link.recordedAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<PersonLinkWithEnd | undefined> {
    const rows = await tx.query<PersonLinkWithEnd[]>(`${SELECT} WHERE l.id = $1`, [id]);
    return rows[0];
  }

  /** Entries that name any of the accounts, oldest first. */
  listOf(tx: EntityManager, learnerIds: readonly string[]): Promise<PersonLinkWithEnd[]> {
    return tx.query(
      `${SELECT} WHERE l.survivor_id = ANY($1::uuid[]) OR l.absorbed_id = ANY($1::uuid[])
        ORDER BY l.recorded_at, l.id`,
      [learnerIds],
    );
  }

  /** Writes at every account what the entries come to: all accounts of the person, in one order. */
  async setSelves(tx: EntityManager, selves: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE learner_person SET one_with = $3::uuid[]
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))`,
      [selves.map(bucketOf), selves, selves.length > 1 ? selves : null],
    );
  }

  /** Locks the rows of people, in the order of their keys. */
  async lockPeople(tx: EntityManager, learnerIds: readonly string[]): Promise<void> {
    await tx.query(
      `SELECT 1 FROM learner_person
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY bucket, learner_id FOR UPDATE`,
      [learnerIds.map(bucketOf), learnerIds],
    );
  }
}
