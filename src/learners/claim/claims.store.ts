import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../../platform/ids/index.js';

/** A code as stored. */
export interface StoredClaimCode {
  readonly learnerId: string;
  readonly codeHash: Buffer;
  /** Id of the account or key that asked for it. */
  readonly issuedBy: string;
  readonly institutionId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** SQL of the codes with which learners claim their accounts. */
@Injectable()
export class ClaimsStore {
  /** Keeps a code in place of any the learner had before. */
  async put(tx: EntityManager, code: StoredClaimCode): Promise<void> {
    await tx.query(
      `INSERT INTO claim_code (bucket, learner_id, code_hash, issued_by, institution_id, issued_at,
              expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (bucket, learner_id) DO UPDATE
         SET code_hash = EXCLUDED.code_hash, issued_by = EXCLUDED.issued_by,
             institution_id = EXCLUDED.institution_id, issued_at = EXCLUDED.issued_at,
             expires_at = EXCLUDED.expires_at, used_at = NULL`,
      [
        bucketOf(code.learnerId),
        code.learnerId,
        code.codeHash,
        code.issuedBy,
        code.institutionId,
        code.issuedAt,
        code.expiresAt,
      ],
    );
  }

  /** Uses the learner's code up; false when there is no such code that still counts. */
  async use(
    tx: EntityManager,
    learnerId: string,
    { codeHash, now }: { codeHash: Buffer; now: Date },
  ): Promise<boolean> {
    const [, used] = await tx.query<[unknown, number]>(
      `UPDATE claim_code SET used_at = $4
        WHERE bucket = $1 AND learner_id = $2 AND code_hash = $3
          AND used_at IS NULL AND expires_at > $4`,
      [bucketOf(learnerId), learnerId, codeHash, now],
    );
    return used > 0;
  }

  /** The learner's code without its secret; null when none was ever given. */
  async find(
    tx: EntityManager,
    learnerId: string,
  ): Promise<{ issuedAt: Date; expiresAt: Date; usedAt: Date | null } | null> {
    const rows = await tx.query<{ issuedAt: Date; expiresAt: Date; usedAt: Date | null }[]>(
      `SELECT issued_at AS "issuedAt", expires_at AS "expiresAt", used_at AS "usedAt"
         FROM claim_code WHERE bucket = $1 AND learner_id = $2`,
      [bucketOf(learnerId), learnerId],
    );
    return rows[0] ?? null;
  }
}
