import { byCodeUnit } from '../canonical.js';
import { describeSelect, type OutcomeSelect } from '../clauses/has.js';
import type { LotTest } from '../clauses/lot-test.js';
import type { Change, OutcomeFact, OutcomeTrait } from '../types.js';

/** Codes that are told to people: not all of a catalogue. */
const MOST_CODES = 20;

/** An outcome that has yet to be completed, and everything that is asked of it. */
export interface NewOutcome {
  readonly select: OutcomeSelect;
  readonly tests: readonly LotTest[];
  /** It only proves something: a lesser one of its family does too. */
  readonly isEvidence: boolean;
}

/** A new outcome of a kind of which nothing but the kind is known. */
export function unstated(
  { codes, source, kind, category, prefix }: OutcomeSelect,
  number: number,
): OutcomeFact {
  // Where everything else is equal the id decides, so it is one that comes last.
  const lot = `\uffffnew ${number}`;
  const [code = `${prefix ?? ''}${lot}`] = codes;
  return {
    lot,
    outcome: code,
    title: `neu ${'x'.repeat(number)}`,
    source: source[0] ?? 'course',
    kind: kind[0] ?? '',
    category: category[0] ?? '',
    issuer: '',
    grade: null,
    gradeScale: null,
    passGrade: null,
    level: null,
    levelScale: null,
    credits: null,
    available: '0',
    hours: null,
    attendancePercent: null,
    completed: '',
    deposited: null,
    expiresOn: null,
    state: 'registered',
    usedFor: [],
  };
}

/** Codes that a selection names, without those it excludes. */
export function codesOf({ codes, prefix, except }: OutcomeSelect): string[] {
  return codes.filter((code) => code.startsWith(prefix ?? '') && !except.includes(code));
}

/** Whether an outcome with a code could be selected, as far as its code tells. */
export function isCodeOf(select: OutcomeSelect, code: string): boolean {
  if (select.codes.length > 0) return codesOf(select).includes(code);
  return code.startsWith(select.prefix ?? '') && !select.except.includes(code);
}

/** A selection without some of its codes; null when nothing is left of it. */
export function without(select: OutcomeSelect, excluded: readonly string[]): OutcomeSelect | null {
  if (select.codes.length === 0) {
    const more = excluded.filter((code) => isCodeOf(select, code));
    return more.length === 0 ? select : { ...select, except: [...select.except, ...more] };
  }
  const codes = codesOf(select).filter((code) => !excluded.includes(code));
  return codes.length === 0 ? null : { ...select, codes };
}

/** Says a new outcome: which one, what it is like, and what is asked of it. */
export function changesOfNew(
  { select, tests }: NewOutcome,
  number: number,
  { isNameNew, readOf }: { isNameNew: boolean; readOf: (test: LotTest) => string | null },
): Change[] {
  const head = { lot: null, newOutcome: number };
  const outcomes = [...select.codes].sort(byCodeUnit).slice(0, MOST_CODES);
  const trait = (kind: OutcomeTrait, wanted: string): Change => {
    return { kind, ...head, outcomes: [], wanted, read: null };
  };
  const { source, kind, category, prefix, except } = select;
  const isByCode = select.codes.length > 0;
  return [
    { kind: 'outcome', ...head, outcomes, wanted: describeSelect(select), read: null },
    ...(source.length > 0 ? [trait('source', source.join(' | '))] : []),
    ...(kind.length > 0 ? [trait('kind', kind.join(' | '))] : []),
    ...(category.length > 0 ? [trait('category', category.join(' | '))] : []),
    ...(prefix !== null && !isByCode ? [trait('code', `${prefix}*`)] : []),
    ...(except.length > 0 && !isByCode ? [trait('code', `not ${except.join(' | ')}`)] : []),
    ...(isNameNew ? [trait('name', 'new')] : []),
    ...tests.map((test) => ({ ...changeTo(test, null, readOf(test)), newOutcome: number })),
  ];
}

/** What a test asks, as something to do. */
export function changeTo(test: LotTest, lot: string | null, read: string | null): Change {
  const { field: kind, wanted, finding, course } = test;
  const change = { kind, lot, outcomes: [], wanted, read };
  return finding === null ? change : { ...change, finding, course };
}
