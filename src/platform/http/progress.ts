/** A long piece of work, as far as it has come. */
export interface Advancing {
  /** Null before it began. */
  readonly total: number | null;
  readonly done: number;
  /** Time since it began, up to now or to its end. */
  readonly elapsedMs: number;
  readonly endedAt: Date | null;
}

/** How fast it goes and how long it will take: 0 when it has ended, null when nothing can be said. */
export function progressOf({ total, done, elapsedMs, endedAt }: Advancing): {
  perSecond: number;
  secondsLeft: number | null;
} {
  const perSecond = elapsedMs > 0 ? Math.round((done * 10_000) / elapsedMs) / 10 : 0;
  if (endedAt !== null) return { perSecond, secondsLeft: 0 };
  if (total === null || perSecond === 0) return { perSecond, secondsLeft: null };
  return { perSecond, secondsLeft: Math.ceil(Math.max(0, total - done) / perSecond) };
}
