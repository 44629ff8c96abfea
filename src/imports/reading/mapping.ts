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
      const blocks = file.blocks()[Symbol.asyncIterator]();
      const { first: head, rest } = await firstOf(blocks);
      const headers = head ? head.cells.map(cellText) : [];
      const recognised = recogniseTable(headers);
      if (!recognised.ok) throw new FileRefused(recognised.faults);
      const { shape, ignoredColumns } = recognised;
      const mapper = shape.mapper(headers, context);
      const facts = { ...base, shape: shape.id, ignoredColumns };
      return { facts, steps: () => mapRows(blocks, mapper, rest) };
    }
    const blocks = file.blocks()[Symbol.asyncIterator]();
    const { first, rest } = await firstOf(blocks);
    if (!first) throw new Refusal({ code: 'file-empty' });
    const shape = recogniseRecord(first.value);
    if (!shape) throw new Refusal({ code: 'record-unknown' });
    const mapper = shape.mapper(context);
    const facts = { ...base, shape: shape.id, ignoredColumns: [] };
    return { facts, steps: () => mapRows(blocks, mapper, [first, ...rest]) };
  });
}

async function firstOf<Row>(
  blocks: AsyncIterator<readonly Row[]>,
): Promise<{ first: Row | undefined; rest: readonly Row[] }> {
  const next = await blocks.next();
  const [first, ...rest] = next.done ? [] : next.value;
  return { first, rest };
}

/** @param before rows that were read already */
async function* mapRows<Row extends TableRow | JsonRecord>(
  blocks: AsyncIterator<readonly Row[]>,
  mapper: Mapper<Row>,
  before: readonly Row[],
): AsyncGenerator<readonly MappedStep[]> {
  let rowsRead = 0;
  const stepsOf = (rows: readonly Row[]): MappedStep[] =>
    rows.map((row) => {
      const { outcomes, faults } = mapper.push(row);
      rowsRead += 1;
      return { outcomes, faults, step: rowsRead, rowsRead };
    });
  try {
    if (before.length > 0) yield stepsOf(before);
    for (let next = await blocks.next(); !next.done; next = await blocks.next()) {
      yield stepsOf(next.value);
    }
  } catch (error) {
    throw toFileRefused(error);
  } finally {
    await blocks.return?.();
  }
  if (rowsRead === 0) throw toFileRefused(new Refusal({ code: 'file-empty' }));
  const { outcomes, faults } = mapper.end();
  yield [{ outcomes, faults, step: rowsRead + 1, rowsRead }];
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
