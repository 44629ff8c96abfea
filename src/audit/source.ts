import type { Comparison, EntryName, KeptReport, KeptSeal } from '#libs/audit';
import type { Tile } from '#libs/merkle';
import type { Owners } from './owners.js';

/** An audit that cannot be made; the message says why and what to change. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}

/** What a log says of itself, as it is stored. */
export interface StoredHead {
  /** The signed note. */
  readonly checkpoint: string;
  /** The database's own columns beside it, where there are any. */
  readonly size: number;
  readonly root: Buffer | undefined;
}

/** A checkpoint that a witness saw, kept beside the log. */
export interface SeenCheckpoint {
  readonly witness: string;
  readonly checkpoint: string;
}

/** Some of the log's leaves, and the tiles of level 0 that are not there or too short. */
export interface LeafRow {
  readonly leaves: Buffer;
  readonly lacking: readonly number[];
}

/** A stretch of the log that is compared at once. */
export interface Stretch {
  readonly start: number;
  readonly leaves: Buffer;
  /** Filled by {@link AuditSource.compare}, where seals are judged as well. */
  readonly owners?: Owners;
}

/** Where seals are read from. */
export interface SealSource {
  /** All seals in the order of their numbers. */
  list(): AsyncIterable<KeptSeal>;
  /** The tiles of the log of seals. */
  tiles(): Promise<readonly Tile[]>;
  /** Sizes of the log of seals that witnesses signed. */
  signedSizes(): Promise<readonly { readonly witness: string; readonly size: number }[]>;
}

/** Where published reports are read from. */
export interface ReportSource {
  /** All reports in the order of their numbers. */
  list(): AsyncIterable<KeptReport>;
  /** The tiles of the log of reports. */
  tiles(): Promise<readonly Tile[]>;
}

/** Where books and log are read from: a database, a backup, or the service's own address. */
export interface AuditSource {
  /** Leaves compared at once; more take more memory. */
  readonly stretch: number;
  /** Undefined where there are only the log's own files: accounts take the books. */
  readonly seals: SealSource | undefined;
  /** Undefined from the street: there each report is a file that `creditbank verify` checks. */
  readonly reports: ReportSource | undefined;
  head(): Promise<StoredHead | undefined>;
  seen(): Promise<readonly SeenCheckpoint[]>;
  leaves(start: number, count: number): Promise<LeafRow>;
  upperTiles(size: number): Promise<readonly Tile[]>;
  /** Holds the entries that belong to a stretch of the log against it. */
  compare(comparison: Comparison, stretch: Stretch): Promise<void>;
  /** Looks at the entries that the log does not have; answers how many wait for it by right. */
  compareRest(comparison: Comparison): Promise<number>;
  /** The entry that stands at a place of the log now. */
  nameOf(index: number): Promise<EntryName | undefined>;
  close(): Promise<void>;
}
