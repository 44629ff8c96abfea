import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CipherName } from '../config/index.js';
import { ID_IN_WRAPPED } from './data-key.js';
import type { KeyTable, RotationProgress, RotationStep } from './holders.js';

export type KeyKind = 'master' | 'index';

/** A key outside the database that contents of the database need, or once needed. */
export interface KeyVersion {
  readonly kind: KeyKind;
  readonly version: number;
  /** 8 bytes, hex. */
  readonly keyId: string;
  /** Of an index; null for master keys. */
  readonly cipher: CipherName | null;
  readonly state: 'current' | 'retiring' | 'retired';
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

/** How far one holder is under a version. */
export interface HolderProgress {
  readonly kind: KeyKind;
  readonly version: number;
  readonly holder: string;
  readonly lastKey: string | null;
  readonly rowsDone: number;
  readonly endedAt: Date | null;
}

/** All SQL of keys and of their rotation. Names of tables come from code, never from a caller. */
@Injectable()
export class KeysStore {
  /** Starters and workers take turns. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7203025)');
  }

  list(tx: EntityManager): Promise<KeyVersion[]> {
    return tx.query(
      `SELECT kind, version, encode(key_id, 'hex') AS "keyId", cipher, state,
              created_at AS "createdAt", retired_at AS "retiredAt"
         FROM key_version ORDER BY kind DESC, version`,
    );
  }

  /** Makes a version the present one; those before it are on their way out. */
  async makeCurrent(
    tx: EntityManager,
    { kind, keyId, cipher }: Pick<KeyVersion, 'kind' | 'keyId' | 'cipher'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE key_version SET state = 'retiring' WHERE kind = $1 AND state = 'current'`,
      [kind],
    );
    const back = await tx.query<[unknown[], number]>(
      `UPDATE key_version SET state = 'current'
        WHERE kind = $1 AND key_id = $2 AND cipher IS NOT DISTINCT FROM $3 AND state = 'retiring'`,
      [kind, Buffer.from(keyId, 'hex'), cipher],
    );
    if (back[1] > 0) return;
    await tx.query(
      `INSERT INTO key_version (kind, version, key_id, cipher)
       SELECT $1, coalesce(max(version), 0) + 1, $2, $3 FROM key_version WHERE kind = $1`,
      [kind, Buffer.from(keyId, 'hex'), cipher],
    );
  }

  /** @returns the ids of the keys that are no longer needed */
  async retireOthers(tx: EntityManager, kind: KeyKind): Promise<string[]> {
    const [rows] = await tx.query<[{ keyId: string }[], number]>(
      `UPDATE key_version SET state = 'retired', retired_at = now()
        WHERE kind = $1 AND state = 'retiring' RETURNING encode(key_id, 'hex') AS "keyId"`,
      [kind],
    );
    return rows.map(({ keyId }) => keyId);
  }

  listProgress(tx: EntityManager): Promise<HolderProgress[]> {
    return tx.query(
      `SELECT kind, version, holder, last_key AS "lastKey", rows_done::float8 AS "rowsDone",
              ended_at AS "endedAt"
         FROM key_rotation ORDER BY kind, version, holder`,
    );
  }

  async findProgress(
    tx: EntityManager,
    place: Pick<HolderProgress, 'kind' | 'version' | 'holder'>,
  ): Promise<HolderProgress | undefined> {
    const all = await this.listProgress(tx);
    return all.find(
      (one) =>
        one.kind === place.kind && one.version === place.version && one.holder === place.holder,
    );
  }

  async setProgress(tx: EntityManager, progress: HolderProgress): Promise<void> {
    await tx.query(
      `INSERT INTO key_rotation (kind, version, holder, last_key, rows_done, ended_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, version, holder) DO UPDATE
         SET last_key = excluded.last_key, rows_done = excluded.rows_done,
             ended_at = excluded.ended_at`,
      [
        progress.kind,
        progress.version,
        progress.holder,
        progress.lastKey,
        progress.rowsDone,
        progress.endedAt,
      ],
    );
  }

  /** One wrapped key of each table that has any. */
  async someWrapped(tx: EntityManager, tables: readonly KeyTable[]): Promise<Buffer[]> {
    const found: Buffer[] = [];
    for (const { table } of tables) {
      const rows = await tx.query<{ wrapped: Buffer }[]>(
        `SELECT wrapped_key AS wrapped FROM ${table} WHERE octet_length(wrapped_key) > 0 LIMIT 1`,
      );
      if (rows[0]) found.push(rows[0].wrapped);
    }
    return found;
  }

  /** Wraps the next keys of a table anew, in the order of its primary key. */
  async rewrap(
    tx: EntityManager,
    { table, key }: KeyTable,
    { after, limit, rewrap }: RotationStep & { rewrap: (wrapped: Buffer) => Buffer | null },
  ): Promise<RotationProgress> {
    const columns = key.join(', ');
    const place = `jsonb_build_array(${columns})::text`;
    const types = key.map((name) => `${name}::text`).join(', ');
    const rows = await tx.query<{ place: string; ids: string[]; wrapped: Buffer }[]>(
      `SELECT ${place} AS place, ARRAY[${types}] AS ids, wrapped_key AS wrapped FROM ${table}
        WHERE octet_length(wrapped_key) > 0
        ${after === null ? '' : `AND (${columns}) > (${castsOf(await this.#typesOf(tx, table, key), 2)})`}
        ORDER BY ${columns} LIMIT $1 FOR UPDATE`,
      [limit, ...(after === null ? [] : (JSON.parse(after) as unknown[]))],
    );
    const changed = rows.flatMap(({ ids, wrapped }) => {
      const anew = rewrap(wrapped);
      return anew === null ? [] : [{ ids, anew }];
    });
    if (changed.length > 0) await this.#write(tx, { table, key }, changed);
    return { lastKey: rows.at(-1)?.place ?? null, changed: changed.length };
  }

  /** How many keys of a table another master key wraps. */
  async countWrappedByOther(tx: EntityManager, table: string, keyId: string): Promise<number> {
    const { from, bytes } = ID_IN_WRAPPED;
    const rows = await tx.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM ${table}
        WHERE octet_length(wrapped_key) = 60
           OR octet_length(wrapped_key) > 60
              AND substring(wrapped_key FROM ${from} FOR ${bytes}) <> $1`,
      [Buffer.from(keyId, 'hex')],
    );
    return rows[0]?.n ?? 0;
  }

  async findSecret(tx: EntityManager, name: string): Promise<Buffer | undefined> {
    const rows = await tx.query<{ wrapped: Buffer }[]>(
      'SELECT wrapped_key AS wrapped FROM bank_secret WHERE name = $1',
      [name],
    );
    return rows[0]?.wrapped;
  }

  async insertSecret(tx: EntityManager, name: string, wrapped: Buffer): Promise<void> {
    await tx.query('INSERT INTO bank_secret (name, wrapped_key) VALUES ($1, $2)', [name, wrapped]);
  }

  async #write(
    tx: EntityManager,
    { table, key }: KeyTable,
    changed: readonly { ids: readonly string[]; anew: Buffer }[],
  ): Promise<void> {
    const types = await this.#typesOf(tx, table, key);
    const arrays = types.map((type, i) => `$${i + 2}::${type}[]`).join(', ');
    await tx.query(
      `UPDATE ${table} t SET wrapped_key = n.anew
         FROM unnest($1::bytea[], ${arrays}) AS n(anew, ${key.join(', ')})
        WHERE ${key.map((name) => `t.${name} = n.${name}`).join(' AND ')}`,
      [changed.map(({ anew }) => anew), ...key.map((_, i) => changed.map(({ ids }) => ids[i]))],
    );
  }

  async #typesOf(tx: EntityManager, table: string, key: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ name: string; type: string }[]>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
        WHERE attrelid = $1::regclass AND attname = ANY($2)`,
      [table, [...key]],
    );
    return key.map((name) => rows.find((row) => row.name === name)?.type ?? 'text');
  }
}

function castsOf(types: readonly string[], first: number): string {
  return types.map((type, i) => `$${i + first}::${type}`).join(', ');
}
