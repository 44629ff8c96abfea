import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AccountLeaf, groupOf } from '#libs/proofs';
import { type SealRow, type StoredSeal, toSeal } from './seal-row.js';

/** An account as the newest seal has it. */
export interface StoredAccount extends AccountLeaf {
  readonly entries: number;
  readonly chain: Buffer;
}

/** An inner node of the tree of accounts: of one group (16) or of 256 groups (8). */
export interface StoredNode {
  readonly prefix: number;
  readonly hash: Buffer;
}

export type NodeDepth = 8 | 16;

/** What stands around an account, and by which seal. */
export interface Surroundings {
  readonly sealNumber: number;
  readonly group: readonly AccountLeaf[];
  readonly lower: readonly StoredNode[];
  readonly upper: readonly StoredNode[];
}

/** A second signature under a checkpoint of the log of seals. */
export interface SealCosignature {
  readonly size: number;
  readonly witness: string;
  readonly signature: string;
  readonly cosignedAt: Date;
}

const SEAL =
  'SELECT number, log, log_size, log_root, accounts, root, sealed_at, tree_root FROM seal';
const LOCK = 731_037;

/** All SQL of seals and of the tree of accounts. */
@Injectable()
export class SealsStore {
  /** Whether nobody else seals until the transaction ends. */
  async takeLock(tx: EntityManager): Promise<boolean> {
    const [row] = await tx.query<{ taken: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock($1) AS taken',
      [LOCK],
    );
    return row?.taken ?? false;
  }

  async findLast(tx: EntityManager): Promise<StoredSeal | undefined> {
    const rows = await tx.query<SealRow[]>(`${SEAL} ORDER BY number DESC LIMIT 1`);
    return rows.map(toSeal)[0];
  }

  async find(tx: EntityManager, number: number): Promise<StoredSeal | undefined> {
    const rows = await tx.query<SealRow[]>(`${SEAL} WHERE number = $1`, [number]);
    return rows.map(toSeal)[0];
  }

  async insert(tx: EntityManager, seal: StoredSeal): Promise<void> {
    await tx.query(
      `INSERT INTO seal (number, log, log_size, log_root, accounts, root, sealed_at, tree_root)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        seal.number,
        seal.log,
        seal.logSize,
        Buffer.from(seal.logRoot, 'base64'),
        seal.accounts,
        Buffer.from(seal.root, 'base64'),
        seal.sealedAt,
        seal.treeRoot,
      ],
    );
  }

  async findAccounts(tx: EntityManager, keys: readonly Buffer[]): Promise<StoredAccount[]> {
    const rows = await tx.query<{ key: Buffer; entries: string; chain: Buffer; leaf: Buffer }[]>(
      `SELECT a.key, a.entries, a.chain, a.leaf
         FROM unnest($1::int[], $2::bytea[]) AS wanted(prefix, key)
         JOIN seal_account a USING (prefix, key)`,
      [keys.map(groupOf), keys],
    );
    return rows.map((row) => ({ ...row, entries: Number(row.entries) }));
  }

  /** New accounts, and more entries of known ones. */
  async saveAccounts(tx: EntityManager, accounts: readonly StoredAccount[]): Promise<void> {
    await tx.query(
      `INSERT INTO seal_account (prefix, key, entries, chain, leaf)
       SELECT * FROM unnest($1::int[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bytea[])
       ON CONFLICT (prefix, key) DO UPDATE
          SET entries = excluded.entries, chain = excluded.chain, leaf = excluded.leaf`,
      [
        accounts.map(({ key }) => groupOf(key)),
        accounts.map(({ key }) => key),
        accounts.map(({ entries }) => entries),
        accounts.map(({ chain }) => chain),
        accounts.map(({ leaf }) => leaf),
      ],
    );
  }

  /** The accounts of some groups, by group and key. */
  async listGroups(tx: EntityManager, groups: readonly number[]): Promise<AccountLeaf[]> {
    return tx.query(
      'SELECT key, leaf FROM seal_account WHERE prefix = ANY($1::int[]) ORDER BY prefix, key',
      [groups],
    );
  }

  async saveNodes(
    tx: EntityManager,
    depth: NodeDepth,
    nodes: readonly StoredNode[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO seal_node (depth, prefix, hash)
       SELECT $1, * FROM unnest($2::int[], $3::bytea[])
       ON CONFLICT (depth, prefix) DO UPDATE SET hash = excluded.hash`,
      [depth, nodes.map(({ prefix }) => prefix), nodes.map(({ hash }) => hash)],
    );
  }

  /** The groups that have one of some first bytes in common, or all nodes of the upper row. */
  async listNodes(
    tx: EntityManager,
    depth: NodeDepth,
    firstBytes: readonly number[] | null,
  ): Promise<StoredNode[]> {
    return tx.query(
      `SELECT prefix, hash FROM seal_node
        WHERE depth = $1 AND ($2::int[] IS NULL OR prefix >> 8 = ANY($2::int[]))`,
      [depth, firstBytes],
    );
  }

  /** What stands around a key: one statement, so that it is the state of one seal. */
  async surroundings(tx: EntityManager, key: Buffer): Promise<Surroundings> {
    const group = groupOf(key);
    const rows = await tx.query<
      { what: 'seal' | 'group' | 'lower' | 'upper'; n: string; key: Buffer; hash: Buffer }[]
    >(
      `SELECT 'seal' AS what, coalesce(max(number), -1) AS n, NULL::bytea AS key, NULL::bytea AS hash
         FROM seal
       UNION ALL
       SELECT 'group', 0, key, leaf FROM seal_account WHERE prefix = $1
       UNION ALL
       SELECT 'lower', prefix & 255, NULL, hash FROM seal_node
        WHERE depth = 16 AND prefix BETWEEN $2 AND $2 + 255
       UNION ALL
       SELECT 'upper', prefix, NULL, hash FROM seal_node WHERE depth = 8`,
      [group, group & 0xff00],
    );
    const nodes = (what: 'lower' | 'upper'): StoredNode[] =>
      rows.filter((row) => row.what === what).map(({ n, hash }) => ({ prefix: Number(n), hash }));
    const accounts = rows
      .filter((row) => row.what === 'group')
      .map((row): AccountLeaf => ({ key: row.key, leaf: row.hash }))
      .sort((a, b) => a.key.compare(b.key));
    const sealNumber = Number(rows.find((row) => row.what === 'seal')?.n ?? -1);
    return { sealNumber, group: accounts, lower: nodes('lower'), upper: nodes('upper') };
  }

  /** Keeps the first signature of a witness at a size; another changes nothing. */
  async insertCosignature(
    tx: EntityManager,
    cosignature: SealCosignature,
    receivedAt: Date,
  ): Promise<void> {
    const { size, witness, signature, cosignedAt } = cosignature;
    await tx.query(
      `INSERT INTO seal_cosignature (size, witness, signature, cosigned_at, received_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [size, witness, signature, cosignedAt, receivedAt],
    );
  }

  /** The signature lines of witnesses under the checkpoint of one size. */
  async listCosignatures(tx: EntityManager, size: number): Promise<string[]> {
    const rows = await tx.query<{ signature: string }[]>(
      'SELECT signature FROM seal_cosignature WHERE size = $1 ORDER BY witness',
      [size],
    );
    return rows.map(({ signature }) => signature);
  }
}
