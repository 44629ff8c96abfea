import type { Seal } from '#libs/proofs';

/** A seal with the root of the log of seals that ends with it. */
export interface StoredSeal extends Seal {
  readonly treeRoot: Buffer;
}

/** A row of the table `seal`, all columns. */
export interface SealRow {
  number: string;
  log: string;
  log_size: string;
  log_root: Buffer;
  accounts: string;
  root: Buffer;
  sealed_at: Date;
  tree_root: Buffer;
}

export function toSeal(row: SealRow): StoredSeal {
  return {
    number: Number(row.number),
    log: row.log,
    logSize: Number(row.log_size),
    logRoot: row.log_root.toString('base64'),
    accounts: Number(row.accounts),
    root: row.root.toString('base64'),
    sealedAt: row.sealed_at.toISOString(),
    treeRoot: row.tree_root,
  };
}
