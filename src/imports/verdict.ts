import { formatCredits, formatHours } from '#libs/credit';
import { type CompletionDraft, type DraftField, maskValue } from '#libs/exchange';
import { maskDocument } from '#libs/identity';
import type { Problem } from '#libs/problems';
import type { CompletionCheck, CompletionResult } from '../outcomes/index.js';
import type { NewFault, PhaseCounts } from './import.js';
import { type PreparedOutcome, spread } from './reading/prepare.js';
import type { ReadBatch } from './reading/read-batches.js';

/** What the books answer to one outcome, in a dry run or for good. */
export type Answer = CompletionCheck | CompletionResult;

export interface Verdict {
  readonly counts: PhaseCounts;
  readonly faults: readonly NewFault[];
}

/** Listed faults of one file; beyond that rows are counted and no longer explained. */
export const MAX_FAULTS_LISTED = 200_000;

type RowVerdict = 'known' | 'good' | 'faulty';

const SEVERITY: Readonly<Record<RowVerdict, number>> = { known: 0, good: 1, faulty: 2 };

/**
 * Adds a batch to the counts. A row is counted once, by the worst of what it holds: one bad
 * outcome makes it faulty, one new outcome makes it good, and only then was all of it known.
 *
 * @param importId what this import has posted itself, in a batch that came twice or further up in
 * the file, is not known from before
 */
export function judgeBatch(
  before: PhaseCounts,
  batch: Pick<ReadBatch, 'outcomes' | 'faults' | 'rowsRead'>,
  answers: readonly Answer[],
  importId: string,
): Verdict {
  const rows = new Map<number, RowVerdict>();
  const faults: NewFault[] = batch.faults.map((fault) => ({ ...fault, members: null }));
  let [outcomesGood, outcomesKnown] = [0, 0];
  const mark = (row: number, verdict: RowVerdict): void => {
    const worst = rows.get(row);
    if (worst === undefined || SEVERITY[verdict] > SEVERITY[worst]) rows.set(row, verdict);
  };
  batch.outcomes.forEach((outcome, index) => {
    const answer = answers[index] as Answer;
    if ('problem' in answer) {
      faults.push(...faultsOf(outcome, answer.problem));
      return;
    }
    const isKnown = answer.status === 'duplicate' && answer.importId !== importId;
    for (const row of outcome.rows) mark(row, isKnown ? 'known' : 'good');
    if (outcome.isAddition) return;
    if (isKnown) outcomesKnown += 1;
    else outcomesGood += 1;
  });
  for (const fault of faults) mark(fault.row, 'faulty');
  const count = (wanted: RowVerdict) =>
    [...rows.values()].filter((verdict) => verdict === wanted).length;
  const listed = faults
    .toSorted((a, b) => a.row - b.row)
    .slice(0, Math.max(0, MAX_FAULTS_LISTED - before.faults));
  return {
    faults: listed,
    counts: {
      rowsRead: batch.rowsRead,
      rowsGood: before.rowsGood + count('good'),
      rowsFaulty: before.rowsFaulty + count('faulty'),
      rowsKnown: before.rowsKnown + count('known'),
      outcomesGood: before.outcomesGood + outcomesGood,
      outcomesKnown: before.outcomesKnown + outcomesKnown,
      faults: before.faults + listed.length,
    },
  };
}

/** Rows that hold nothing to post, such as a profile with empty lists, are good in the end. */
export function withSilentRows(counts: PhaseCounts): PhaseCounts {
  const judged = counts.rowsGood + counts.rowsFaulty + counts.rowsKnown;
  return { ...counts, rowsGood: counts.rowsGood + Math.max(0, counts.rowsRead - judged) };
}

const FIELD_OF_POINTER: Readonly<Record<string, DraftField>> = {
  '/externalId': 'externalId',
  '/outcome': 'outcome',
  '/startedOn': 'startedOn',
  '/completedOn': 'completedOn',
  '/grade': 'grade',
  '/level': 'level',
  '/hours': 'hours',
  '/credits': 'credits',
  '/attendancePercent': 'attendance',
  '/note': 'note',
  '/learner/name': 'name',
  '/learner/document/number': 'document',
};

function faultsOf(outcome: PreparedOutcome, problem: Problem): NewFault[] {
  const { code, params } = problem;
  const pointers = problem.faults ?? [{ pointer: '', code, ...(params && { params }) }];
  return pointers.flatMap((fault) => {
    const field = FIELD_OF_POINTER[fault.pointer];
    const stored: NewFault = {
      row: outcome.rows[0] ?? 0,
      column: (field && outcome.columns[field]) ?? null,
      // What must not be kept in the clear is not shown here either.
      value: field && fault.code !== 'names-a-person' ? shownValue(outcome.draft, field) : null,
      code: fault.code,
      ...(fault.params && { params: fault.params }),
      members: problem.members ?? null,
    };
    return spread(stored, outcome.rows);
  });
}

function shownValue(draft: CompletionDraft, field: DraftField): string | null {
  const { person, outcome } = draft;
  switch (field) {
    case 'name':
      return 'name' in person && person.name !== null ? maskValue(person.name, 'name') : null;
    case 'document':
      return 'document' in person
        ? maskDocument(person.document.kind, person.document.number)
        : person.learnerId;
    case 'outcome':
      return maskValue('code' in outcome ? outcome.code : outcome.title, 'plain');
    case 'externalId':
      return maskValue(draft.externalId, 'plain');
    case 'credits':
      return draft.credits === null ? null : formatCredits(draft.credits);
    case 'startedOn':
      return draft.startedOn ?? null;
    case 'completedOn':
      return draft.completedOn;
    case 'hours':
      return draft.minutes === null ? null : formatHours(draft.minutes);
    case 'grade':
      return draft.grade && maskValue(draft.grade, 'plain');
    case 'level':
      return draft.level && maskValue(draft.level, 'plain');
    case 'attendance':
      return draft.attendancePercent;
    case 'exemptions':
    case 'note':
    // Whether somebody is disabled or laid off stands in no list of faults.
    case 'circumstances':
      return null;
  }
}
