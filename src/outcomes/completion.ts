import {
  type Millicredits,
  addMonths,
  compareOnScale,
  daysOfSpan,
  firstDay,
  formatCredits,
  formatHours,
  lastDay,
  onScale,
  parseDecimal,
  compare,
} from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { FieldFault, Problem } from '#libs/problems';
import type { OutcomeDefinition } from '../catalogue/index.js';
import { sha256 } from '../platform/crypto/index.js';

const HOURS_OF_DAY = 24;
const MINUTES_OF_DAY = 1440n;

/** Why an outcome is registered without credit. */
export type NoCreditReason = 'credit-unknown' | 'below-pass-grade' | 'attendance-too-low';

/** A completion that may be booked: what is stored and what is deposited. */
export interface JudgedCompletion {
  readonly draft: CompletionDraft;
  readonly definition: OutcomeDefinition;
  readonly grade: string | null;
  readonly level: string | null;
  /** What is deposited; null when the outcome is registered without credit. */
  readonly credits: Millicredits | null;
  readonly noCreditReason: NoCreditReason | null;
  /** Last day on which the credit can be used. */
  readonly expiresOn: string | null;
  /** The content's values between learner and note, as JSON: many completions share them. */
  readonly sharedContent: string;
}

export type Judgement =
  | { readonly ok: true; readonly completion: JudgedCompletion }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Compares a draft with its catalogue entry. A failed or little-attended course is registered but
 * earns nothing (field.md R10, R17); a grade or an attendance that nobody knows fails nothing.
 *
 * @param today `yyyy-mm-dd`; a completion cannot lie in the future
 */
export function judge(
  draft: CompletionDraft,
  definition: OutcomeDefinition,
  today: string,
): Judgement {
  const faults = [
    ...futureFault(draft, today),
    ...spanFaults(draft),
    ...gradeFault(draft, definition),
    ...levelFault(draft, definition),
    ...creditsFault(draft, definition),
    ...kindFaults(draft, definition),
  ];
  const [first] = faults;
  if (first) {
    return {
      ok: false,
      problem: { code: first.code, ...(first.params && { params: first.params }), faults },
    };
  }
  const noCreditReason = whyNoCredit(draft, definition);
  const grade = normalised(definition.gradeScale, draft.grade);
  const level = normalised(definition.levelScale, draft.level) ?? definition.level;
  return {
    ok: true,
    completion: {
      draft,
      definition,
      grade,
      level,
      credits: noCreditReason ? null : (draft.credits ?? definition.credits),
      noCreditReason,
      expiresOn:
        definition.shelfLifeMonths === null
          ? null
          : addMonths(lastDay(draft.completedOn), definition.shelfLifeMonths),
      sharedContent: sharedContentOf(draft, definition, { grade, level }),
    },
  };
}

function futureFault(draft: CompletionDraft, today: string): FieldFault[] {
  if (firstDay(draft.completedOn) <= today) return [];
  return [{ pointer: '/completedOn', code: 'date-in-future', params: { today } }];
}

/** Nobody studies more than 24 hours a day; where the first day is not known, nothing is. */
function spanFaults({ startedOn, completedOn, minutes }: CompletionDraft): FieldFault[] {
  if (!startedOn) return [];
  const days = daysOfSpan(startedOn, lastDay(completedOn));
  if (days < 1) {
    return [{ pointer: '/startedOn', code: 'started-after-completed', params: { completedOn } }];
  }
  if (minutes === null || minutes <= BigInt(days) * MINUTES_OF_DAY) return [];
  const params = { days: String(days), most: String(days * HOURS_OF_DAY) };
  return [{ pointer: '/hours', code: 'hours-beyond-days', params }];
}

function gradeFault(draft: CompletionDraft, definition: OutcomeDefinition): FieldFault[] {
  const scale = definition.gradeScale;
  if (draft.grade === null || scale === null || onScale(scale, draft.grade) !== undefined)
    return [];
  return [{ pointer: '/grade', code: 'grade-not-on-scale', params: { scale } }];
}

function levelFault(draft: CompletionDraft, definition: OutcomeDefinition): FieldFault[] {
  const { levelScale, level } = definition;
  if (draft.level === null || levelScale === null) return [];
  if (level === null) {
    if (onScale(levelScale, draft.level) !== undefined) return [];
    const params = { scale: levelScale };
    return [{ pointer: '/level', code: 'level-not-on-scale', params }];
  }
  if (compareOnScale(levelScale, draft.level, level) === 0) return [];
  return [{ pointer: '/level', code: 'level-differs', params: { level } }];
}

function creditsFault(draft: CompletionDraft, definition: OutcomeDefinition): FieldFault[] {
  if (draft.credits === null) return [];
  if (draft.credits <= 0n) return [{ pointer: '/credits', code: 'amount-out-of-range' }];
  if (definition.credits === null || draft.credits <= definition.credits) return [];
  return [
    {
      pointer: '/credits',
      code: 'credits-above-catalogue',
      params: { credits: formatCredits(definition.credits) },
    },
  ];
}

/** Work is stated from–to; children are not compared. */
function kindFaults(draft: CompletionDraft, { kind }: OutcomeDefinition): FieldFault[] {
  if (kind === 'work-based' && !draft.startedOn) {
    return [{ pointer: '/startedOn', code: 'started-on-missing' }];
  }
  if (kind !== 'pupil-record') return [];
  return (['grade', 'level', 'credits', 'attendancePercent'] as const)
    .filter((field) => draft[field] !== null)
    .map((field) => ({ pointer: `/${field}`, code: 'pupil-not-graded' }));
}

function whyNoCredit(draft: CompletionDraft, definition: OutcomeDefinition): NoCreditReason | null {
  const { gradeScale, passGrade, minAttendancePercent } = definition;
  if (gradeScale !== null && passGrade !== null && draft.grade !== null) {
    const comparison = compareOnScale(gradeScale, draft.grade, passGrade);
    if (comparison !== undefined && comparison < 0) return 'below-pass-grade';
  }
  if (minAttendancePercent !== null && draft.attendancePercent !== null) {
    const attended = parseDecimal(draft.attendancePercent);
    const least = parseDecimal(String(minAttendancePercent));
    if (attended && least && compare(attended, least) < 0) return 'attendance-too-low';
  }
  return draft.credits === null && definition.credits === null ? 'credit-unknown' : null;
}

function normalised(scale: string | null, value: string | null): string | null {
  if (value === null) return null;
  return scale === null ? value : (onScale(scale, value) ?? value);
}

/**
 * What identifies the content of a completion; the order and the names never change. What came
 * later stands last and only when it is there, so that older content keeps its hash.
 */
export interface CompletionContent {
  readonly learnerId: string;
  readonly outcome: string;
  readonly completedOn: string;
  readonly grade: string | null;
  readonly level: string | null;
  readonly hours: string | null;
  readonly credits: string | null;
  readonly attendancePercent: string | null;
  readonly note: string | null;
  readonly startedOn?: string;
  readonly circumstances?: string;
}

/** The content of a judged completion of a learner, in the API's own words. */
export function contentOf(completion: JudgedCompletion, learnerId: string): CompletionContent {
  const { draft, definition } = completion;
  return {
    learnerId,
    outcome: definition.code,
    completedOn: draft.completedOn,
    grade: completion.grade,
    level: completion.level,
    hours: draft.minutes === null ? null : formatHours(draft.minutes),
    credits: draft.credits === null ? null : formatCredits(draft.credits),
    attendancePercent: draft.attendancePercent,
    note: draft.note,
    ...(draft.startedOn && { startedOn: draft.startedOn }),
    ...(draft.circumstances && { circumstances: draft.circumstances }),
  };
}

/** SHA-256 over the content: equal hashes mean that the same was sent again. */
export function contentHash(content: CompletionContent): Buffer {
  return sha256(JSON.stringify(Object.values(content)));
}

/** {@link contentHash} of {@link contentOf}, for those who need no more than that. */
export function hashOf({ draft, sharedContent }: JudgedCompletion, learnerId: string): Buffer {
  const note = draft.note === null ? 'null' : JSON.stringify(draft.note);
  const begun = draft.startedOn ? `,"${draft.startedOn}"` : '';
  const said = draft.circumstances ? `,"${draft.circumstances}"` : '';
  return sha256(`["${learnerId}",${sharedContent},${note}${begun}${said}]`);
}

function sharedContentOf(
  { completedOn, minutes, credits, attendancePercent }: CompletionDraft,
  { code }: OutcomeDefinition,
  { grade, level }: Pick<JudgedCompletion, 'grade' | 'level'>,
): string {
  const hours = minutes === null ? null : formatHours(minutes);
  const amount = credits === null ? null : formatCredits(credits);
  const said = [code, completedOn, grade, level, hours, amount, attendancePercent];
  return JSON.stringify(said).slice(1, -1);
}

/** Names of the fields in which two contents differ. */
export function differences(a: CompletionContent, b: CompletionContent): string[] {
  const keys = Object.keys({ ...a, ...b }) as (keyof CompletionContent)[];
  return keys
    .filter((key) => a[key] !== b[key])
    .map((key) => (key === 'learnerId' ? 'learner' : key));
}
