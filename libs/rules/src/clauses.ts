import { addMonths, compare, parseCredits, parseDecimal, parseHours } from '#libs/credit';
import { formatCredits, formatHours } from '#libs/credit';
import { byCodeUnit } from './canonical.js';
import { type Lot, withinDays } from './lots.js';
import type { Bounds, Has, OutcomeSelect, Window } from './rulebook.js';
import type { Rank, Scales } from './scales.js';
import type { Change, Verdict, Waiting } from './types.js';

/** What a test of a lot may read besides the lot. Nothing else is read: no clock, no locale. */
export interface Reading {
  /** The day of the evaluation. */
  readonly on: string;
  readonly finding: (what: string, lot: string, course: string | null) => string | undefined;
}

/** What one test found: the value it read, and the verdict. */
export interface TestResult {
  readonly verdict: Verdict;
  readonly read: string | null;
}

/** One question asked of a lot, for example "grade at least 60". */
export interface LotTest {
  readonly field: Change['kind'];
  readonly wanted: string;
  /** What is unknown when the verdict is `not-evaluated`. */
  readonly waitsFor: Waiting['what'];
  readonly course: string | null;
  /** Name of the finding, when a person has to make one. */
  readonly finding: string | null;
  judge(lot: Lot, reading: Reading): TestResult;
}

/** A compiled `has` clause. */
export interface LotClause {
  readonly op: 'has';
  readonly path: string;
  readonly select: OutcomeSelect;
  readonly wanted: string;
  readonly tests: readonly LotTest[];
  readonly isEvidenceOnly: boolean;
}

/** Compiles a `has` clause; `course` is what a finding is about unless the clause names another. */
export function compileHas(
  has: Has,
  path: string,
  scales: Scales,
  course: string | null,
): LotClause {
  const tests = [
    ...issuerTests(has.issuer),
    ...gradeTests(has, scales),
    ...levelTests(has.level, scales),
    ...amountTests(has),
    ...completedTests(has.completed),
    ...judgedTests(has.judged, course),
  ];
  const { has: select, evidenceOnly: isEvidenceOnly } = has;
  return { op: 'has', path, select, wanted: describeSelect(select), tests, isEvidenceOnly };
}

/** Whether a lot is of the kind the clause speaks of; its tests come after that. */
export function isSelected(select: OutcomeSelect, lot: Lot): boolean {
  const { fact } = lot;
  const fits = (wanted: readonly string[], value: string): boolean =>
    wanted.length === 0 || wanted.includes(value);
  return (
    fits(select.codes, fact.outcome) &&
    fits(select.source, fact.source) &&
    fits(select.kind, fact.kind) &&
    fits(select.category, fact.category) &&
    (select.prefix === null || fact.outcome.startsWith(select.prefix)) &&
    !select.except.includes(fact.outcome)
  );
}

/** The selection in one line: codes, or what the outcome must be like. */
export function describeSelect(select: OutcomeSelect): string {
  if (select.codes.length > 0) return [...select.codes].sort(byCodeUnit).join(' | ');
  const parts = [...select.source, ...select.kind, ...select.category];
  if (select.prefix !== null) parts.push(`${select.prefix}*`);
  return parts.join(' ');
}

/** A test that the completion day of a lot lies in a window. */
export function windowTest(window: Window): LotTest {
  const wanted = `${window.from}..${window.to ?? ''}`;
  return test('completed', wanted, 'completed', (lot) => ({
    verdict: lot.completed ? withinDays(lot.completed, window.from, window.to) : 'not-evaluated',
    read: lot.fact.completed,
  }));
}

function test(
  field: LotTest['field'],
  wanted: string,
  waitsFor: Waiting['what'],
  judge: LotTest['judge'],
): LotTest {
  return { field, wanted, waitsFor, course: null, finding: null, judge };
}

function truth(isTrue: boolean | undefined): Verdict {
  return isTrue === undefined ? 'not-evaluated' : isTrue ? 'true' : 'false';
}

function issuerTests(issuers: readonly string[]): LotTest[] {
  if (issuers.length === 0) return [];
  return [
    test('issuer', issuers.join(' | '), 'grade', ({ fact }) => ({
      verdict: truth(issuers.includes(fact.issuer)),
      read: fact.issuer,
    })),
  ];
}

function gradeTests({ grade }: Has, scales: Scales): LotTest[] {
  if (!grade) return [];
  if ('passed' in grade) return [passTest(scales)];
  const place = ({ fact }: Lot): Rank | undefined =>
    scales.rankOn(grade.scale, fact.gradeScale, fact.grade);
  return boundTests('grade', grade, scales, place);
}

/** The pass mark of the sending school decides, on its own scale (R10). */
function passTest(scales: Scales): LotTest {
  return test('grade', 'passed', 'pass-grade', ({ fact }) => {
    const grade = scales.rank(fact.gradeScale, fact.grade);
    const pass = scales.rank(fact.gradeScale, fact.passGrade);
    const read = fact.grade === null ? null : `${fact.grade} / ${fact.passGrade ?? '?'}`;
    return { verdict: truth(grade && pass ? compare(grade, pass) >= 0 : undefined), read };
  });
}

function levelTests(level: Has['level'], scales: Scales): LotTest[] {
  if (!level) return [];
  const place = ({ fact }: Lot): Rank | undefined =>
    scales.rankOn(level.scale, fact.levelScale, fact.level);
  const { exactly } = level;
  if (exactly === null) return boundTests('level', level, scales, place);
  const wanted = scales.rank(level.scale, exactly);
  return [
    test('level', `= ${exactly} (${level.scale})`, 'level', (lot) => {
      const rank = place(lot);
      const isEqual = rank && wanted ? compare(rank, wanted) === 0 : undefined;
      return { verdict: truth(isEqual), read: lot.fact.level };
    }),
  ];
}

function boundTests(
  field: 'grade' | 'level',
  bounds: Bounds,
  scales: Scales,
  place: (lot: Lot) => Rank | undefined,
): LotTest[] {
  const bound = (sign: '>=' | '<', limit: string | null): LotTest[] => {
    const wanted = scales.rank(bounds.scale, limit);
    if (limit === null || !wanted) return [];
    return [
      test(field, `${sign} ${limit} (${bounds.scale})`, field, (lot) => {
        const rank = place(lot);
        const isAtLeast = rank ? compare(rank, wanted) >= 0 : undefined;
        const isTrue = sign === '>=' || isAtLeast === undefined ? isAtLeast : !isAtLeast;
        return { verdict: truth(isTrue), read: lot.fact[field] };
      }),
    ];
  };
  return [...bound('>=', bounds.atLeast), ...bound('<', bounds.below)];
}

function amountTests({ hours, credits, attendance }: Has): LotTest[] {
  const tests: LotTest[] = [];
  const minutes = hours && parseHours(hours.atLeast);
  if (hours && minutes !== undefined && minutes !== null) {
    tests.push(
      test('hours', `>= ${hours.atLeast}`, 'hours', (lot) => ({
        verdict: truth(lot.minutes === null ? undefined : lot.minutes >= minutes),
        read: lot.minutes === null ? null : formatHours(lot.minutes),
      })),
    );
  }
  const worth = credits && parseCredits(credits.atLeast);
  if (credits && worth?.ok) {
    tests.push(
      test('credits', `>= ${credits.atLeast}`, 'credits', ({ worthMillicredits: read }) => ({
        verdict: truth(read === null ? undefined : read >= worth.amount),
        read: read === null ? null : formatCredits(read),
      })),
    );
  }
  if (attendance) {
    tests.push(decimalTest('attendance', attendance.atLeast, ({ fact }) => fact.attendancePercent));
  }
  return tests;
}

function decimalTest(
  field: 'attendance',
  atLeast: string,
  read: (lot: Lot) => string | null,
): LotTest {
  const wanted = parseDecimal(atLeast);
  return test(field, `>= ${atLeast} %`, field, (lot) => {
    const text = read(lot);
    const value = text === null ? undefined : parseDecimal(text);
    return { verdict: truth(value && wanted && compare(value, wanted) >= 0), read: text };
  });
}

function completedTests(completed: Has['completed']): LotTest[] {
  if (!completed) return [];
  const { onOrAfter, before, withinYears } = completed;
  const lastDay = before === null ? null : dayBefore(before);
  const tests: LotTest[] = [];
  const add = (wanted: string, from: (on: string) => string | null, to: string | null): void => {
    tests.push(
      test('completed', wanted, 'completed', (lot, { on }) => ({
        verdict: lot.completed ? withinDays(lot.completed, from(on), to) : 'not-evaluated',
        read: lot.fact.completed,
      })),
    );
  };
  if (onOrAfter !== null) add(`>= ${onOrAfter}`, () => onOrAfter, null);
  if (before !== null) add(`< ${before}`, () => null, lastDay);
  if (withinYears !== null) {
    add(`within ${withinYears} years`, (on) => addMonths(on, -12 * withinYears), null);
  }
  return tests;
}

/** The day before, written so that comparing texts works; it need not be a day of the calendar. */
function dayBefore(day: string): string {
  const dayOfMonth = Number(day.slice(8)) - 1;
  if (dayOfMonth > 0) return `${day.slice(0, 8)}${String(dayOfMonth).padStart(2, '0')}`;
  return `${addMonths(`${day.slice(0, 8)}15`, -1).slice(0, 8)}31`;
}

function judgedTests(judged: Has['judged'], ruleCourse: string | null): LotTest[] {
  if (!judged) return [];
  const course = judged.course ?? ruleCourse;
  const wanted = parseDecimal(judged.atLeast);
  return [
    {
      field: 'finding',
      wanted: `>= ${judged.atLeast}`,
      waitsFor: 'finding',
      course,
      finding: judged.what,
      judge: (lot, reading) => {
        const text = reading.finding(judged.what, lot.id, course) ?? null;
        const value = text === null ? undefined : parseDecimal(text);
        return { verdict: truth(value && wanted && compare(value, wanted) >= 0), read: text };
      },
    },
  ];
}
