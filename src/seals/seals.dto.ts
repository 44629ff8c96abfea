/** What the bank says of all accounts at one moment. */
export class SealDto {
  /**
   * Its place in the log of seals, from 0.
   * @example 41
   */
  number: number;

  /**
   * Name of the log of entries.
   * @example "bank.example/v1/log"
   */
  log: string;

  /**
   * Entries in that log; what came later is in no account of this seal.
   * @example 1200
   */
  logSize: number;

  /**
   * Root of that log at this size, base64.
   * @example "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
   */
  logRoot: string;

  /**
   * Learners with entries.
   * @example 350
   */
  accounts: number;

  /**
   * Root of the tree of accounts, base64.
   * @example "ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="
   */
  root: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  sealedAt: string;
}
