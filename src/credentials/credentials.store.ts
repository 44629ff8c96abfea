import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '#libs/problems';
import type { SeenLot } from '../outcomes/index.js';
import { bucketOf } from '../platform/ids/index.js';
import type { IssuerId } from './issuers/issuer.js';

export type CredentialKind = 'badge' | 'transcript';

/** A credential as it is kept; the document is sealed. */
export interface StoredCredential {
  readonly id: string;
  readonly learnerId: string;
  readonly institutionId: IssuerId;
  readonly kind: CredentialKind;
  /** The outcome of a badge. */
  readonly lotId: string | null;
  readonly language: Language;
  readonly showsName: boolean;
  readonly listId: string;
  readonly place: number;
  readonly issuedAt: Date;
  readonly wrappedKey: Buffer;
  readonly documentSealed: Buffer;
}

const COLUMNS = `id, learner_id AS "learnerId", institution_id AS "institutionId", kind,
  lot_id AS "lotId", language, shows_name AS "showsName", list_id AS "listId", place,
  issued_at AS "issuedAt", wrapped_key AS "wrappedKey", document_sealed AS "documentSealed"`;

/** SQL of issued credentials. */
@Injectable()
export class CredentialsStore {
  async insert(
    tx: EntityManager,
    credential: StoredCredential,
    lots: readonly SeenLot[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO credential (bucket, id, learner_id, institution_id, kind, lot_id, language,
         shows_name, list_id, place, issued_at, wrapped_key, document_sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        bucketOf(credential.id),
        credential.id,
        credential.learnerId,
        credential.institutionId,
        credential.kind,
        credential.lotId,
        credential.language,
        credential.showsName,
        credential.listId,
        credential.place,
        credential.issuedAt,
        credential.wrappedKey,
        credential.documentSealed,
      ],
    );
    await tx.query(
      `INSERT INTO credential_lot (bucket, credential_id, learner_id, lot_id, seen_seq)
       SELECT $1, $2, l.* FROM unnest($3::uuid[], $4::uuid[], $5::int[]) AS l`,
      [
        bucketOf(credential.id),
        credential.id,
        lots.map(({ learnerId }) => learnerId),
        lots.map(({ lotId }) => lotId),
        lots.map(({ seq }) => seq),
      ],
    );
  }

  /** Two that would sign the same for one learner meet here: the second finds what the first made. */
  async lock(tx: EntityManager, learnerId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 40))', [learnerId]);
  }

  async find(tx: EntityManager, id: string): Promise<StoredCredential | undefined> {
    const rows = await tx.query<StoredCredential[]>(
      `SELECT ${COLUMNS} FROM credential WHERE bucket = $1 AND id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  /** Credentials of a learner, the newest first. */
  listOf(
    tx: EntityManager,
    learnerId: string,
    page: { after: readonly [string, string] | null; limit: number },
  ): Promise<StoredCredential[]> {
    return tx.query<StoredCredential[]>(
      `SELECT ${COLUMNS} FROM credential
        WHERE bucket = $1 AND learner_id = $2
          AND ($3::timestamptz IS NULL OR (issued_at, id) < ($3, $4::uuid))
        ORDER BY issued_at DESC, id DESC LIMIT $5`,
      [bucketOf(learnerId), learnerId, ...(page.after ?? [null, null]), page.limit],
    );
  }

  /** The newest transcript of a learner in one form. */
  async newestTranscript(
    tx: EntityManager,
    learnerId: string,
    form: { language: Language; showsName: boolean },
  ): Promise<StoredCredential | undefined> {
    const rows = await tx.query<StoredCredential[]>(
      `SELECT ${COLUMNS} FROM credential
        WHERE bucket = $1 AND learner_id = $2 AND kind = 'transcript' AND language = $3
          AND shows_name = $4
        ORDER BY issued_at DESC, id DESC LIMIT 1`,
      [bucketOf(learnerId), learnerId, form.language, form.showsName],
    );
    return rows[0];
  }

  /** Badges of a learner in one form, that rest on what is known of their outcomes still. */
  badges(
    tx: EntityManager,
    learnerId: string,
    form: { language: Language; showsName: boolean; seen: readonly SeenLot[] },
  ): Promise<StoredCredential[]> {
    return tx.query<StoredCredential[]>(
      `SELECT DISTINCT ON (lot_id) ${COLUMNS} FROM credential c
        WHERE bucket = $1 AND learner_id = $2 AND kind = 'badge' AND language = $3
          AND shows_name = $4
          AND EXISTS (SELECT FROM credential_lot l
                        JOIN unnest($5::uuid[], $6::int[]) AS s (lot_id, seq)
                          ON s.lot_id = l.lot_id AND s.seq = l.seen_seq
                       WHERE l.bucket = c.bucket AND l.credential_id = c.id)
        ORDER BY lot_id, issued_at DESC`,
      [
        bucketOf(learnerId),
        learnerId,
        form.language,
        form.showsName,
        form.seen.map(({ lotId }) => lotId),
        form.seen.map(({ seq }) => seq),
      ],
    );
  }
}
