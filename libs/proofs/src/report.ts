/**
 * What came of one check. `holds`: proven · `fails`: refused, and with it the whole file ·
 * `open`: nothing speaks against it, and nobody whom the reader trusts vouches for it.
 */
export type Verdict = 'holds' | 'fails' | 'open';

/** `none`: the file has nothing of the kind, and need not. */
export type LineVerdict = Verdict | 'none';

/** One check, in the order in which it was made. */
export interface Line {
  /** What was checked: `form`, `key`, `checkpoint`, `entry 5f6b….0`, … */
  readonly check: string;
  readonly verdict: LineVerdict;
  /** In one sentence: what was found and, where it is not good, what to do. */
  readonly detail: string;
}

/** All checks of one file. */
export interface Report {
  /** The format that the file says it has; null when it could not be told. */
  readonly format: string | null;
  readonly verdict: Verdict;
  readonly lines: readonly Line[];
}

export function holds(check: string, detail: string): Line {
  return { check, verdict: 'holds', detail };
}

export function fails(check: string, detail: string): Line {
  return { check, verdict: 'fails', detail };
}

export function open(check: string, detail: string): Line {
  return { check, verdict: 'open', detail };
}

/** One line that fails is enough; one that is open leaves the whole open. */
export function reportOf(format: string | null, lines: readonly Line[]): Report {
  const has = (verdict: Verdict): boolean => lines.some((line) => line.verdict === verdict);
  const verdict = has('fails') || lines.length === 0 ? 'fails' : has('open') ? 'open' : 'holds';
  return { format, verdict, lines };
}
