import { leafHash } from '#libs/merkle';
import * as check from './checks.js';

/**
 * What the bank says of all accounts at one moment: with so many entries in the log, this is the root
 * of the tree of accounts. Seals are the entries of a log of their own, so that none can be taken back
 * and nobody can be shown another one.
 */
export interface Seal {
  /** Its place in the log of seals, from 0. */
  readonly number: number;
  /** Name of the log of entries. */
  readonly log: string;
  /** Entries in that log; what came later is in no account of this seal. */
  readonly logSize: number;
  /** The root of that log at this size, base64. */
  readonly logRoot: string;
  /** Learners with entries. */
  readonly accounts: number;
  /** The root of the tree of accounts, base64. */
  readonly root: string;
  /** When, by the bank's clock. */
  readonly sealedAt: string;
}

export const SEAL_FIELDS: Readonly<Record<keyof Seal, check.Check>> = {
  number: check.count,
  log: check.line,
  logSize: check.count,
  logRoot: check.hash,
  accounts: check.count,
  root: check.hash,
  sealedAt: check.moment,
};

/** The text of a seal: its values, one a line. */
export function sealText(seal: Seal): string {
  const { number, log, logSize, logRoot, accounts, root, sealedAt } = seal;
  return `creditbank-seal/v1\n${number}\n${log}\n${logSize}\n${logRoot}\n${accounts}\n${root}\n${sealedAt}\n`;
}

/** The leaf of a seal in the log of seals. */
export function sealLeaf(seal: Seal): Buffer {
  return leafHash(Buffer.from(sealText(seal)));
}
