/** How far one table is under a key. */
export class KeyHolderDto {
  /** @example "learner_person" */
  holder: string;

  /** Rows that were brought under the key. */
  rowsDone: number;

  /** Null while it goes on. */
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

  createdAt: string;
  retiredAt: string | null;

  /** Of its rotation, table by table; empty when nothing had to be brought under it. */
  progress: KeyHolderDto[];
}
