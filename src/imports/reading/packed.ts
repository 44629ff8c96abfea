import type { CompletionDraft, DraftExemption } from '#libs/exchange';
import type { PreparedOutcome } from './prepare.js';
import type { ReadBatch } from './read-batches.js';

/**
 * Values of one field, row by row. Few different ones travel once, with a number in each row:
 * copying an object between threads costs as much as making it.
 */
type Column<T> = { readonly all: T[] } | { readonly few: T[]; readonly at: Uint8Array };

const FEW = 255;

/** A {@link ReadBatch} as it goes from thread to thread: columns, not objects. */
export interface PackedBatch {
  readonly size: number;
  readonly faults: ReadBatch['faults'];
  readonly rowsRead: number;
  readonly step: number;
  readonly firstRows: Int32Array;
  /** Outcomes of more rows than one, by position. */
  readonly rows: [number, readonly number[]][];
  readonly additions: number[];
  readonly exemptions: [number, readonly DraftExemption[]][];
  readonly columns: Column<PreparedOutcome['columns']>;
  readonly outcome: Column<CompletionDraft['outcome']>;
  readonly lotId: Column<string>;
  readonly externalId: Column<string>;
  readonly personIndex: Column<string>;
  readonly personName: Column<string | null>;
  readonly documentKind: Column<PreparedOutcome['draft']['person']['document']['kind']>;
  readonly documentNumber: Column<string>;
  readonly startedOn: Column<string | null>;
  readonly completedOn: Column<CompletionDraft['completedOn']>;
  readonly grade: Column<string | null>;
  readonly level: Column<string | null>;
  readonly minutes: Column<bigint | null>;
  readonly credits: Column<CompletionDraft['credits']>;
  readonly attendancePercent: Column<string | null>;
  readonly note: Column<string | null>;
  readonly circumstances: Column<string | null>;
}

export function pack({ outcomes, faults, rowsRead, step }: ReadBatch): PackedBatch {
  const drafts = outcomes.map((outcome) => outcome.draft);
  const column = <T>(of: (draft: PreparedOutcome['draft']) => T) => columnOf(drafts.map(of));
  const where = (is: (outcome: PreparedOutcome) => boolean) =>
    outcomes.flatMap((outcome, i) => (is(outcome) ? [i] : []));
  return {
    size: outcomes.length,
    faults,
    rowsRead,
    step,
    firstRows: Int32Array.from(outcomes, ({ rows }) => rows[0] ?? 0),
    rows: where(({ rows }) => rows.length !== 1).map((i) => [i, outcomes[i]?.rows ?? []]),
    additions: where(({ isAddition }) => isAddition),
    exemptions: where(({ draft }) => draft.exemptions.length > 0).map((i) => [
      i,
      drafts[i]?.exemptions ?? [],
    ]),
    columns: columnOf(outcomes.map(({ columns }) => columns)),
    outcome: columnOf(
      drafts.map(({ outcome }) => outcome),
      (outcome) => ('code' in outcome ? outcome.code : JSON.stringify(outcome)),
    ),
    lotId: column((draft) => draft.lotId),
    externalId: column((draft) => draft.externalId),
    personIndex: column((draft) => draft.person.index),
    personName: column((draft) => draft.person.name),
    documentKind: column((draft) => draft.person.document.kind),
    documentNumber: column((draft) => draft.person.document.number),
    startedOn: column((draft) => draft.startedOn ?? null),
    completedOn: column((draft) => draft.completedOn),
    grade: column((draft) => draft.grade),
    level: column((draft) => draft.level),
    minutes: column((draft) => draft.minutes),
    credits: column((draft) => draft.credits),
    attendancePercent: column((draft) => draft.attendancePercent),
    note: column((draft) => draft.note),
    circumstances: column((draft) => draft.circumstances ?? null),
  };
}

const NO_EXEMPTIONS: readonly DraftExemption[] = [];

export function unpack(packed: PackedBatch): ReadBatch {
  const { size, faults, rowsRead, step } = packed;
  const rows = new Map(packed.rows);
  const exemptions = new Map(packed.exemptions);
  const additions = new Set(packed.additions);
  const outcomes = Array.from({ length: size }, (_, i): PreparedOutcome => {
    // Required: a field that is new to drafts must not be lost here.
    const draft: Required<PreparedOutcome['draft']> = {
      externalId: valueAt(packed.externalId, i),
      lotId: valueAt(packed.lotId, i),
      person: {
        name: valueAt(packed.personName, i),
        document: {
          kind: valueAt(packed.documentKind, i),
          number: valueAt(packed.documentNumber, i),
        },
        index: valueAt(packed.personIndex, i),
      },
      outcome: valueAt(packed.outcome, i),
      startedOn: valueAt(packed.startedOn, i),
      completedOn: valueAt(packed.completedOn, i),
      grade: valueAt(packed.grade, i),
      level: valueAt(packed.level, i),
      minutes: valueAt(packed.minutes, i),
      credits: valueAt(packed.credits, i),
      attendancePercent: valueAt(packed.attendancePercent, i),
      exemptions: exemptions.get(i) ?? NO_EXEMPTIONS,
      note: valueAt(packed.note, i),
      circumstances: valueAt(packed.circumstances, i),
    };
    return {
      rows: rows.get(i) ?? [packed.firstRows[i] as number],
      columns: valueAt(packed.columns, i),
      isAddition: additions.has(i),
      draft,
    };
  });
  return { outcomes, faults, rowsRead, step };
}

/** @param keyOf tells equal values apart from different ones when they are not compared by `===` */
function columnOf<T>(values: T[], keyOf: (value: T) => unknown = (value) => value): Column<T> {
  const few: T[] = [];
  const places = new Map<unknown, number>();
  const at = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as T;
    // Rows of one person or one course stand together.
    if (i > 0 && value === values[i - 1]) {
      at[i] = at[i - 1] as number;
      continue;
    }
    const key = keyOf(value);
    let place = places.get(key);
    if (place === undefined) {
      place = few.length;
      // What differs from row to row from the start will go on differing.
      if (place === FEW || (place === 32 && i < 48)) return { all: values };
      places.set(key, place);
      few.push(value);
    }
    at[i] = place;
  }
  return { few, at };
}

function valueAt<T>(column: Column<T>, i: number): T {
  return 'all' in column ? (column.all[i] as T) : (column.few[column.at[i] as number] as T);
}
