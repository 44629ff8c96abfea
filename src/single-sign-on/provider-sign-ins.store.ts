import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A browser on its way, as stored. */
export interface StoredDeparture {
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** SQL of sign-ins under way, and of whom a provider knows under which account. */
@Injectable()
export class ProviderSignInsStore {
  async insertDeparture(
    tx: EntityManager,
    departure: StoredDeparture & { readonly stateHash: Buffer; readonly browserHash: Buffer },
  ): Promise<void> {
    await tx.query('DELETE FROM provider_sign_in WHERE expires_at < now()');
    await tx.query(
      `INSERT INTO provider_sign_in (state_hash, browser_hash, nonce, verifier, return_to, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '10 minutes')`,
      [
        departure.stateHash,
        departure.browserHash,
        departure.nonce,
        departure.verifier,
        departure.returnTo,
      ],
    );
  }

  /** Takes it away: a state works once, in the browser that it was given to, for ten minutes. */
  async takeDeparture(
    tx: EntityManager,
    stateHash: Buffer,
    browserHash: Buffer,
  ): Promise<StoredDeparture | undefined> {
    const [rows] = await tx.query<[(StoredDeparture & { isOpen: boolean })[], number]>(
      `DELETE FROM provider_sign_in WHERE state_hash = $1 AND browser_hash = $2
       RETURNING nonce, verifier, return_to AS "returnTo", expires_at > now() AS "isOpen"`,
      [stateHash, browserHash],
    );
    return rows[0]?.isOpen ? rows[0] : undefined;
  }

  async findAccountId(
    tx: EntityManager,
    issuer: string,
    subject: string,
  ): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }[]>(
      'SELECT account_id AS id FROM provider_identity WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return rows[0]?.id;
  }

  /** False when the account, or the person there, is linked already. */
  async link(
    tx: EntityManager,
    { issuer, subject, accountId }: { issuer: string; subject: string; accountId: string },
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO provider_identity (issuer, subject, account_id) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [issuer, subject, accountId],
    );
    return rows.length > 0;
  }
}
