import type { TrainingFact, WeighedTraining } from './statement.js';

/** What closed statements said of a training, all of them together. */
export interface Stated {
  readonly lotId: string;
  readonly day: string;
  readonly minutes: bigint;
  /** Thousandths of a minute. */
  readonly weighed: bigint;
}

/** What a later statement adds or takes off; `fact` is null for what stands no more. */
export interface Difference<Fact extends TrainingFact = TrainingFact> {
  readonly lotId: string;
  readonly day: string;
  readonly minutes: bigint;
  readonly weighed: bigint;
  readonly fact: Fact | null;
  readonly reason: 'recorded-later' | 'taken-back' | 'weighed-anew';
}

/**
 * What is known now of closed periods less what their statements said, by day and lot. Applied once,
 * nothing is left to correct: stated again it gives nothing.
 *
 * @param known trainings of closed periods as they are known now
 */
export function differencesOf<Fact extends TrainingFact>(
  stated: readonly Stated[],
  known: readonly WeighedTraining<Fact>[],
): Difference<Fact>[] {
  const before = new Map(stated.map((one) => [one.lotId, one]));
  const found: Difference<Fact>[] = [];
  for (const { fact, weighed } of known) {
    const { lotId, day } = fact;
    const was = before.get(lotId);
    before.delete(lotId);
    const minutes = (fact.minutes ?? 0n) - (was?.minutes ?? 0n);
    const difference = (weighed ?? 0n) - (was?.weighed ?? 0n);
    if (minutes === 0n && difference === 0n) continue;
    const isNew = was === undefined || (was.minutes === 0n && was.weighed === 0n);
    const reason = isNew ? 'recorded-later' : 'weighed-anew';
    found.push({ lotId, day, minutes, weighed: difference, fact, reason });
  }
  for (const { lotId, day, minutes, weighed } of before.values()) {
    if (minutes === 0n && weighed === 0n) continue;
    const reason = 'taken-back';
    found.push({ lotId, day, minutes: -minutes, weighed: -weighed, fact: null, reason });
  }
  return found.sort((a, b) => (a.day + a.lotId < b.day + b.lotId ? -1 : 1));
}
