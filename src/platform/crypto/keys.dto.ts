/** How far one table is under a key. */
export class KeyHolderDto {
  /** @example "learner_person" */
  holder: string;

  /**
   * Rows that were brought under the key.
   * @example 350000
   */
  rowsDone: number;

  /**
   * Null while it goes on.
   * @example "2026-11-23T09:42:10.000Z"
   */
  endedAt: string | null;
}

/** A key outside the database, by its name; the key itself is shown nowhere. */
export class EncryptionKeyDto {
  /** @example "master" */
  kind: 'master' | 'index';

  /** @example 2 */
  version: number;

  /**
   * Tells keys apart, and nothing of the key.
   * @example "9f86d081884c7d65"
   */
  keyId: string;

  /** Algorithms of an index; null for a master key. */
  cipher: 'intl' | 'gm' | null;

  /** `retiring`: something still needs it. `retired`: it may be destroyed. */
  state: 'current' | 'retiring' | 'retired';

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-24T02:10:00.000Z" */
  retiredAt: string | null;

  /** Of its rotation, table by table; empty when nothing had to be brought under it. */
  progress: KeyHolderDto[];
}
