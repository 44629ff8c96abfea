import { previousDay } from '#libs/credit';
import type { Penalty, PenaltySpan } from '../institution.js';

/** Days from today within which points may begin, or cease, to count. */
export const MOST_DAYS_AHEAD = 366;

export const REVERSAL_KINDS = ['appeal-upheld', 'lapsed'] as const;

export type ReversalKind = (typeof REVERSAL_KINDS)[number];

/** One entry of the demerits of an institution; entries are added and never changed. */
export interface Demerit {
  readonly id: string;
  readonly institutionId: string;
  /** Code of the outcome it is about; null for everything of the institution. */
  readonly outcome: string | null;
  readonly kind: 'offence' | ReversalKind;
  /** The offence of the scheme; of a reversal that of the entry it takes back. */
  readonly offence: string;
  /** Below zero for what takes points back. */
  readonly points: number;
  /** The entry whose points are taken back. */
  readonly reverses: string | null;
  /** The first day, `yyyy-mm-dd`, on which the points count, or no more. */
  readonly countsFrom: string;
  readonly reason: string;
  /** SHA-256 of the scheme that said how many points. */
  readonly schemeHash: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

type Counted = Pick<Demerit, 'outcome' | 'points' | 'countsFrom'>;

/**
 * What entries come to, span by span of days. Points for everything count for each outcome as well;
 * an outcome has spans of its own only when an entry is about it (R49: a subject of a provider).
 *
 * @param penaltyAt what a sum of points leads to; null for nothing
 */
export function standingsOf(
  demerits: readonly Counted[],
  penaltyAt: (points: number) => Penalty | null,
): PenaltySpan[] {
  const outcomes = [...new Set(demerits.map(({ outcome }) => outcome))].sort((a, b) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );
  return outcomes.flatMap((outcome) =>
    spansOf(
      outcome,
      demerits.filter((one) => one.outcome === null || one.outcome === outcome),
      penaltyAt,
    ),
  );
}

function spansOf(
  outcome: string | null,
  counted: readonly Counted[],
  penaltyAt: (points: number) => Penalty | null,
): PenaltySpan[] {
  const days = [...new Set(counted.map(({ countsFrom }) => countsFrom))].sort();
  const spans: PenaltySpan[] = [];
  days.forEach((from, index) => {
    const points = counted
      .filter((one) => one.countsFrom <= from)
      .reduce((total, one) => total + one.points, 0);
    const penalty = penaltyAt(points);
    const next = days[index + 1];
    const to = next === undefined ? null : previousDay(next);
    if (penalty !== null) spans.push({ outcome, penalty, points, from, to });
  });
  return spans;
}

/** How often an offence was committed and not taken back, among entries about the same. */
export function timesOf(
  demerits: readonly Demerit[],
  { offence, outcome }: Pick<Demerit, 'offence' | 'outcome'>,
): number {
  const takenBack = new Set(demerits.map(({ reverses }) => reverses));
  return demerits.filter(
    (one) =>
      one.kind === 'offence' &&
      one.offence === offence &&
      one.outcome === outcome &&
      !takenBack.has(one.id),
  ).length;
}

/** A calendar day so many days later, `yyyy-mm-dd`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
