import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ACCOUNT_COLUMNS, INSTITUTION_OF_ACCOUNT, IS_USABLE } from '../accounts/accounts.store.js';
import type { OwnSession, SessionAccount, SignInMethod } from './session.js';

export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly accountId: string;
  readonly method: SignInMethod;
  readonly device: string | null;
  readonly network: string;
  /** Seconds from now, however busy it is. */
  readonly lifeSeconds: number;
}

/** `$n` is how many seconds a session lasts without a request. */
const isOpen = (idle: string): string =>
  `s.ended_at IS NULL AND s.expires_at > now()
   AND s.last_seen_at > now() - make_interval(secs => ${idle}::float8)`;

/** SQL of sessions. */
@Injectable()
export class SessionsStore {
  async insert(tx: EntityManager, session: NewSession): Promise<void> {
    await tx.query(
      `INSERT INTO session (id, token_hash, account_id, method, device, network, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7::float8))`,
      [
        session.id,
        session.tokenHash,
        session.accountId,
        session.method,
        session.device,
        session.network,
        session.lifeSeconds,
      ],
    );
  }

  /** The account behind a session that still runs. */
  async find(
    tx: EntityManager,
    tokenHash: Buffer,
    idleSeconds: number,
  ): Promise<SessionAccount | undefined> {
    const rows = await tx.query<SessionAccount[]>(
      `SELECT ${ACCOUNT_COLUMNS}, s.id AS "sessionId", s.created_at AS "startedAt",
              s.last_seen_at AS "lastSeenAt", s.method
         FROM session s JOIN account a ON a.id = s.account_id ${INSTITUTION_OF_ACCOUNT}
        WHERE s.token_hash = $1 AND ${isOpen('$2')} AND ${IS_USABLE}`,
      [tokenHash, idleSeconds],
    );
    return rows[0];
  }

  /** Writes at most once a minute: a busy session must not turn every read into an update. */
  async touch(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE session SET last_seen_at = now()
        WHERE id = $1 AND last_seen_at < now() - interval '1 minute'`,
      [id],
    );
  }

  /** The newest first. */
  listOpen(tx: EntityManager, accountId: string, idleSeconds: number): Promise<OwnSession[]> {
    return tx.query<OwnSession[]>(
      `SELECT s.id, s.method, s.device, s.network, s.created_at AS "startedAt",
              s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"
         FROM session s WHERE s.account_id = $1 AND ${isOpen('$2')}
        ORDER BY s.created_at DESC, s.id`,
      [accountId, idleSeconds],
    );
  }

  /** Lets a session begun by password alone count as one with a second factor. */
  async raise(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE session SET method = 'password-and-code' WHERE id = $1 AND method = 'password'`,
      [id],
    );
  }

  async endByToken(tx: EntityManager, tokenHash: Buffer): Promise<void> {
    await tx.query(
      'UPDATE session SET ended_at = now() WHERE token_hash = $1 AND ended_at IS NULL',
      [tokenHash],
    );
  }

  /** False when the account has no such open session. */
  async endById(tx: EntityManager, accountId: string, id: string): Promise<boolean> {
    const [, ended] = await tx.query<[unknown, number]>(
      `UPDATE session SET ended_at = now()
        WHERE id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > now()`,
      [id, accountId],
    );
    return ended > 0;
  }

  /** Ends every session of an account but one, or all of them. */
  async endAll(tx: EntityManager, accountId: string, exceptId: string | null): Promise<void> {
    await tx.query(
      `UPDATE session SET ended_at = now()
        WHERE account_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id <> $2)`,
      [accountId, exceptId],
    );
  }

  /** Nobody asks for a session of last month again. */
  async forgetOld(tx: EntityManager, accountId: string): Promise<void> {
    await tx.query(
      `DELETE FROM session WHERE account_id = $1 AND expires_at < now() - interval '30 days'`,
      [accountId],
    );
  }
}
