import {
  type JsonRecord,
  type Mapped,
  type Mapper,
  type MappingContext,
  type RowFault,
  type TableRow,
  cellText,
  recogniseRecord,
  recogniseTable,
} from '#libs/exchange';
import type { Problem } from '#libs/problems';
import { Refusal } from '../../platform/http/refusal.js';
import type { OpenedFile } from '../files/open-file.js';
import type { FileFacts } from '../import.js';

/** What one step of the mapper gave, in file order. */
export interface MappedStep extends Mapped {
  /** Counts from 1. A file always makes the same steps, so a step names a place to go on from. */
  readonly step: number;
  /** Rows below the head line that have been read so far. */
  readonly rowsRead: number;
}

/** A file that is refused as a whole, with every reason that was found. */
export class FileRefused extends Error {
  constructor(readonly faults: readonly RowFault[]) {
    super(faults[0]?.code ?? 'refused');
  }

  /** The first reason, as the problem of the import. */
  get problem(): Problem {
    const { code, params } = this.faults[0] as RowFault;
    return { code, ...(params && { params }) };
  }
}

export interface OpenMapping {
  readonly facts: FileFacts;
  /** Blocks of steps, in file order. */
  steps(): AsyncGenerator<readonly MappedStep[]>;
}

/**
 * Finds the shape of an opened file by its first row or record and maps the rest of it. Refusals
 * of the readers, whenever they come, end the file as {@link FileRefused}.
 */
export async function openMapping(file: OpenedFile, context: MappingContext): Promise<OpenMapping> {
  const { format, encoding, sheet, otherSheets } = file;
  const base = { format, encoding, sheet, ignoredSheets: otherSheets };
  return asFileRefused(async () => {
    if (file.kind === 'table') {
      const rows = file.rows()[Symbol.asyncIterator]();
      const head = await rows.next();
      const headers = head.done ? [] : head.value.cells.map(cellText);
      const recognised = recogniseTable(headers);
      if (!recognised.ok) throw new FileRefused(recognised.faults);
      const { shape, ignoredColumns } = recognised;
      const mapper = shape.mapper(headers, context);
      const facts = { ...base, shape: shape.id, ignoredColumns };
      return { facts, steps: () => mapRows(rows, mapper) };
    }
    const records = file.rows()[Symbol.asyncIterator]();
    const first = await records.next();
    if (first.done) throw new Refusal({ code: 'file-empty' });
    const shape = recogniseRecord(first.value.value);
    if (!shape) throw new Refusal({ code: 'record-unknown' });
    const mapper = shape.mapper(context);
    const facts = { ...base, shape: shape.id, ignoredColumns: [] };
    return { facts, steps: () => mapRows(records, mapper, first.value) };
  });
}

/** Steps handed on at once: waiting for each row by itself costs more than reading it. */
const BLOCK_STEPS = 64;

/** @param first a row that was read already */
async function* mapRows<Row extends TableRow | JsonRecord>(
  rows: AsyncIterator<Row>,
  mapper: Mapper<Row>,
  first?: Row,
): AsyncGenerator<readonly MappedStep[]> {
  let rowsRead = 0;
  let block: MappedStep[] = [];
  const step = ({ outcomes, faults }: Mapped, number: number): number =>
    block.push({ outcomes, faults, step: number, rowsRead });
  try {
    for (let row = first; ; row = undefined) {
      if (row === undefined) {
        const next = await rows.next();
        if (next.done) break;
        row = next.value;
      }
      rowsRead += 1;
      if (step(mapper.push(row), rowsRead) < BLOCK_STEPS) continue;
      yield block;
      block = [];
    }
  } catch (error) {
    // What was read before is judged before the file is refused.
    if (block.length > 0) yield block;
    throw toFileRefused(error);
  } finally {
    await rows.return?.();
  }
  if (rowsRead === 0) throw toFileRefused(new Refusal({ code: 'file-empty' }));
  step(mapper.end(), rowsRead + 1);
  yield block;
}

/** Runs `work`; a refusal that it throws is a refusal of the file. */
export async function asFileRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileRefused(error);
  }
}

function toFileRefused(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const { code, params } = error.problem;
  const row = Number(params?.['line'] ?? params?.['record'] ?? 1) || 1;
  return new FileRefused([{ row, column: null, value: null, code, ...(params && { params }) }]);
}
