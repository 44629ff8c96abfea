import type { MappingContext, RowFault } from '#libs/exchange';
import type { ByteSource } from '../files/byte-source.js';
import type { Encoding } from '../files/encoding.js';
import { type FileFormat, openFile } from '../files/open-file.js';
import type { FileFacts } from '../import.js';
import { type MappedStep, asFileRefused, openMapping } from './mapping.js';
import { type KeyMaking, type Prepared, Preparer, type PreparedOutcome } from './prepare.js';

/** A commit's batch is one transaction; the checks cost the same per row from here on up. */
export const BATCH_OUTCOMES = 1_000;
/** Rows without an outcome must move the progress too. */
const BATCH_ROWS = 4_000;

export interface ReadOptions {
  readonly format: FileFormat | null;
  readonly encoding: Encoding | null;
  readonly foundEncoding: Encoding | null;
  readonly context: MappingContext;
  readonly keys: KeyMaking;
  /** Steps that were done before; they are read again, for what later rows must agree with. */
  readonly position: number;
  /** Where the reader may keep what memory should not hold. */
  readonly folder: string;
}

/** A part of a file: what its rows state, and what is wrong with them on their face. */
export interface ReadBatch {
  readonly outcomes: readonly PreparedOutcome[];
  readonly faults: readonly RowFault[];
  /** Rows read so far, this part included. */
  readonly rowsRead: number;
  /** The last step of the part: a place to go on from. */
  readonly step: number;
}

/** What reading a file gives: first what the file is, then its parts in order. */
export type ReadStep =
  | { readonly kind: 'opened'; readonly facts: FileFacts; readonly expectedRows: number | null }
  | { readonly kind: 'batch'; readonly batch: ReadBatch };

/** Reads a file from its first to its last row. Refusals of the file come as `FileRefused`. */
export async function* readBatches(
  source: ByteSource,
  options: ReadOptions,
): AsyncGenerator<ReadStep> {
  const { format, encoding, foundEncoding, position } = options;
  const opening = { format, encoding, foundEncoding };
  const file = await asFileRefused(() => openFile(source, opening));
  const preparer = new Preparer(options.keys, options.folder);
  try {
    const mapping = await openMapping(file, options.context);
    yield { kind: 'opened', facts: mapping.facts, expectedRows: file.expectedRows() };
    let batch = new OpenBatch();
    for await (const block of mapping.steps()) {
      for (const mapped of block) {
        const prepared = preparer.prepare(mapped);
        if (mapped.step <= position) {
          batch.rowsBefore = mapped.rowsRead;
          continue;
        }
        batch.add(prepared, mapped);
        if (!batch.isFull) continue;
        yield { kind: 'batch', batch };
        batch = new OpenBatch(batch.rowsRead);
      }
    }
    if (batch.step > 0) yield { kind: 'batch', batch };
  } finally {
    preparer.close();
    file.close();
  }
}

class OpenBatch implements ReadBatch {
  readonly outcomes: PreparedOutcome[] = [];
  readonly faults: RowFault[] = [];
  step = 0;
  rowsRead: number;

  constructor(public rowsBefore = 0) {
    this.rowsRead = rowsBefore;
  }

  add({ outcomes, faults }: Prepared, { rowsRead, step }: MappedStep): void {
    for (const outcome of outcomes) this.outcomes.push(outcome);
    for (const fault of faults) this.faults.push(fault);
    this.rowsRead = rowsRead;
    this.step = step;
  }

  get isFull(): boolean {
    return this.outcomes.length >= BATCH_OUTCOMES || this.rowsRead - this.rowsBefore >= BATCH_ROWS;
  }
}
