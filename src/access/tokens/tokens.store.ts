import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Scope } from '../../platform/auth/index.js';
import {
  INSTITUTION_OF_KEY,
  IS_USABLE_KEY,
  KEY_COLUMNS,
  type StoredApiKey,
} from '../keys/keys.store.js';

/** An access token with the key that it was made with. */
export interface StoredToken {
  readonly key: StoredApiKey;
  readonly scopes: Scope[] | null;
  readonly tokenExpiresAt: Date;
}

/** SQL of access tokens and of signed assertions. */
@Injectable()
export class TokensStore {
  async insert(
    tx: EntityManager,
    token: {
      readonly hash: Buffer;
      readonly keyId: string;
      readonly scopes: readonly Scope[] | null;
      readonly lifeSeconds: number;
    },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO access_token (token_hash, key_id, scopes, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4::float8))`,
      [token.hash, token.keyId, token.scopes, token.lifeSeconds],
    );
  }

  /** A token that may be used now, of a key that may be used now. */
  async findUsable(tx: EntityManager, hash: Buffer): Promise<StoredToken | undefined> {
    const [row] = await tx.query<
      (StoredApiKey & { tokenScopes: Scope[] | null; tokenExpiresAt: Date })[]
    >(
      `SELECT ${KEY_COLUMNS}, t.scopes AS "tokenScopes", t.expires_at AS "tokenExpiresAt"
         FROM access_token t JOIN api_key k ON k.id = t.key_id ${INSTITUTION_OF_KEY}
        WHERE t.token_hash = $1 AND t.expires_at > now() AND ${IS_USABLE_KEY}`,
      [hash],
    );
    if (!row) return undefined;
    const { tokenScopes, tokenExpiresAt, ...key } = row;
    return { key, scopes: tokenScopes, tokenExpiresAt };
  }

  async removeOld(tx: EntityManager): Promise<void> {
    await tx.query(`DELETE FROM access_token WHERE expires_at < now() - interval '1 hour'`);
    await tx.query('DELETE FROM client_assertion WHERE expires_at < now()');
  }

  /** True for the one request that used the assertion up. */
  async useAssertion(tx: EntityManager, hash: Buffer, expiresAt: Date): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO client_assertion (assertion_hash, expires_at) VALUES ($1, $2)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [hash, expiresAt],
    );
    return rows.length > 0;
  }
}
