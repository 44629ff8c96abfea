import { describe } from '#libs/problems';
import type { ImportRecord, PhaseProgress, StoredFault } from './import.js';
import { phaseOfFaults } from './import.js';
import type {
  ImportDto,
  ImportProblemDto,
  ImportProgressDto,
  ImportRowsDto,
  RowConflictDto,
  RowFaultDto,
} from './imports.dto.js';

/**
 * An import in the words of the API.
 *
 * @param oldBefore what was completed before this day takes two people
 */
export function toImportDto(record: ImportRecord, oldBefore: string): ImportDto {
  const { check, commit, state, oldestNewOn } = record;
  const standing = phaseOfFaults(state) === 'commit' ? commit : check;
  return {
    id: record.id,
    fileName: record.fileName,
    byteLength: record.byteLength,
    digest: record.digest.toString('hex'),
    format: record.format,
    encoding: record.encoding,
    shape: record.shape,
    sheet: record.sheet,
    ignoredSheets: [...record.ignoredSheets],
    ignoredColumns: [...record.ignoredColumns],
    state,
    problem: record.problem && toProblemDto(record.problem),
    rows: toRows(record, standing),
    outcomes: {
      fit: check?.outcomesGood ?? 0,
      alreadyPosted: standing?.outcomesKnown ?? 0,
      posted: commit?.outcomesGood ?? 0,
    },
    needsSecondPerson: state === 'checked' && oldestNewOn !== null && oldestNewOn < oldBefore,
    faultsListed: standing?.faults ?? 0,
    progress: toProgress(record),
    createdAt: record.createdAt.toISOString(),
  };
}

export function toRowFaultDto(fault: StoredFault): RowFaultDto {
  const { row, column, value, code, params, members } = fault;
  const [en, zh] = [describe(code, 'en', params), describe(code, 'zh', params)];
  return {
    row,
    column,
    value,
    code,
    message: { zh: zh.title, en: en.title },
    hint: { zh: zh.change, en: en.change },
    // Only a row that is posted with other values has any, and those are its words.
    ...(members && { conflict: members as RowConflictDto & typeof members }),
  };
}

function toProblemDto({ code, params }: NonNullable<ImportRecord['problem']>): ImportProblemDto {
  const [en, zh] = [describe(code, 'en', params), describe(code, 'zh', params)];
  return {
    code,
    title: { zh: zh.title, en: en.title },
    change: { zh: zh.change, en: en.change },
  };
}

function toRows(
  { check, commit, state }: ImportRecord,
  standing: PhaseProgress | null,
): ImportRowsDto {
  const isRead = state !== 'received' && state !== 'checking';
  return {
    total: isRead ? (check?.rowsRead ?? 0) : null,
    read: check?.rowsRead ?? 0,
    fit: check?.rowsGood ?? 0,
    faulty: standing?.rowsFaulty ?? 0,
    alreadyPosted: standing?.rowsKnown ?? 0,
    posted: commit?.rowsGood ?? 0,
  };
}

function toProgress(record: ImportRecord): ImportProgressDto {
  const { state, check, commit, rowsExpected } = record;
  const isCommit = state === 'committing' || state === 'committed';
  const phase = isCommit ? commit : check;
  const isMoving = state === 'received' || state === 'checking' || state === 'committing';
  const rowsDone = phase?.rowsRead ?? 0;
  const total = isCommit || !isMoving ? (check?.rowsRead ?? 0) : rowsExpected;
  // An estimate that the file has outgrown is none.
  const rowsTotal = total === null || total < rowsDone ? null : total;
  const rate = phase ? rateOf(phase) : 0;
  const left = rowsTotal === null || rate === 0 ? null : Math.ceil((rowsTotal - rowsDone) / rate);
  return {
    phase: isCommit ? 'committing' : 'checking',
    rowsDone,
    rowsTotal,
    rowsPerSecond: Math.round(rate * 10) / 10,
    secondsLeft: isMoving ? left : 0,
  };
}

function rateOf({ rowsRead, rowsAtStart, elapsedMs }: PhaseProgress): number {
  return elapsedMs > 0 ? ((rowsRead - rowsAtStart) * 1000) / elapsedMs : 0;
}
