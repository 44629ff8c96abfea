/** Layout of archives that this program writes and reads. */
export const FORMAT = 'creditbank-backup/1';

/** A backup or a restore that cannot go on; the message says why and what to change. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** One table of an archive. */
export interface TableContent {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** The first piece of an archive: what the rest of it holds. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly takenAt: string;
  readonly serverVersion: string;
  /** Names of the migrations that made the schema, oldest first. */
  readonly migrations: readonly string[];
  /** In an order in which no row refers to one that comes later. */
  readonly tables: readonly TableContent[];
  /** Partitions beyond those that the migrations make, for example of past years. */
  readonly partitions: readonly string[];
  /** Where counters stand. */
  readonly sequences: readonly { readonly name: string; readonly lastValue: string }[];
  /** What the caller wants to keep beside the rows, for example the checkpoint of the log. */
  readonly notes: Readonly<Record<string, string | null>>;
}

export function parseManifest(text: string): Manifest {
  let manifest: Omit<Manifest, 'format'> & { format: string };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw new BackupError('The archive does not begin with a readable manifest.');
  }
  if (manifest.format !== FORMAT) {
    throw new BackupError(
      `The archive has the format "${manifest.format}"; this program reads ${FORMAT}.`,
    );
  }
  return { ...manifest, format: FORMAT };
}
