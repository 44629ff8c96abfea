import type { RowFault, ShapeId } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import type { Encoding } from './files/encoding.js';
import type { FileFormat } from './files/open-file.js';

/** Where an import stands. A file is `received` once all of it is stored; nothing posts before `committing`. */
export const IMPORT_STATES = [
  'received',
  'checking',
  'checked',
  'committing',
  'committed',
  'failed',
] as const;

export type ImportState = (typeof IMPORT_STATES)[number];

/** The two times a file is read: to say what would happen, and to make it happen. */
export type Phase = 'check' | 'commit';

export interface PhaseCounts {
  readonly rowsRead: number;
  /** Rows that fit (check) or were posted (commit). */
  readonly rowsGood: number;
  readonly rowsFaulty: number;
  /** Rows whose outcomes all stood in the books before. */
  readonly rowsKnown: number;
  readonly outcomesGood: number;
  readonly outcomesKnown: number;
  /** Faults listed; more are counted as rows but not listed. */
  readonly faults: number;
}

export interface PhaseProgress extends PhaseCounts {
  /** Milliseconds of work since the phase was last taken up. */
  readonly elapsedMs: number;
  /** Rows that were done when it was taken up. */
  readonly rowsAtStart: number;
}

export interface ImportRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly actor: string;
  readonly fileName: string;
  readonly byteLength: number;
  readonly digest: Buffer;
  readonly wrappedKey: Buffer;
  readonly askedFormat: FileFormat | null;
  readonly askedEncoding: Encoding | null;
  readonly format: FileFormat | null;
  readonly encoding: Encoding | null;
  readonly shape: ShapeId | null;
  readonly sheet: string | null;
  readonly ignoredSheets: readonly string[];
  readonly ignoredColumns: readonly string[];
  readonly state: ImportState;
  readonly problem: Problem | null;
  readonly rowsExpected: number | null;
  readonly createdAt: Date;
  readonly check: PhaseProgress | null;
  readonly commit: PhaseProgress | null;
  /** Last possible day of the oldest completion that the dry run found fit; null: there is none. */
  readonly oldestNewOn: string | null;
}

/** What opening the file has shown about it. */
export interface FileFacts {
  readonly format: FileFormat;
  readonly encoding: Encoding | null;
  readonly shape: ShapeId;
  readonly sheet: string | null;
  readonly ignoredSheets: readonly string[];
  readonly ignoredColumns: readonly string[];
}

/** A fault as it is stored and listed. */
export interface StoredFault extends RowFault {
  readonly seq: number;
  /** For a conflict: what the books hold and what the row says. */
  readonly members: Readonly<Record<string, unknown>> | null;
}

export type NewFault = Omit<StoredFault, 'seq'>;

/** The faults that stand: of the dry run until the commit is through, then of the commit. */
export function phaseOfFaults(state: ImportState): Phase {
  return state === 'committed' ? 'commit' : 'check';
}
