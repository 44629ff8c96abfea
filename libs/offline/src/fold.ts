import type { Line } from '#libs/proofs';

/** Lines that say the same of several outcomes, as one. */
interface Group {
  readonly line: Line;
  readonly outcomes: readonly number[];
  /** What stands behind the outcome's number, as ` of credential 2`. */
  readonly of: string;
}

/**
 * For people: what a transcript says of each of its outcomes in the same words is said once, and of
 * which. Nothing is left out, and lines stand where the first of them stood.
 */
export function foldLines(lines: readonly Line[]): Line[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const found = /^(.+?) of outcome (\d+)(.*)$/s.exec(line.check);
    const [, check = line.check, outcome, of = ''] = found ?? [];
    const { verdict, detail } = line;
    const key = JSON.stringify([check, of, verdict, detail, found === null && groups.size]);
    const outcomes = [...(groups.get(key)?.outcomes ?? []), ...(found ? [Number(outcome)] : [])];
    groups.set(key, { line: { check, verdict, detail }, outcomes, of });
  }
  return [...groups.values()].map(({ line, outcomes, of }) => ({
    ...line,
    check: `${line.check}${nameOf(outcomes)}${of}`,
  }));
}

/** ` of outcomes 1–4, 7`. */
function nameOf(outcomes: readonly number[]): string {
  if (outcomes.length === 0) return '';
  const runs: { first: number; last: number }[] = [];
  for (const one of outcomes) {
    const run = runs.at(-1);
    if (run && run.last + 1 === one) run.last = one;
    else runs.push({ first: one, last: one });
  }
  const words = runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  return ` of ${outcomes.length === 1 ? 'outcome' : 'outcomes'} ${words.join(', ')}`;
}
