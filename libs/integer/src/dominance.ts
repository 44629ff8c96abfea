import { type Bounds, isClique, type Problem, type Row } from './program.js';

/**
 * Sets to zero what another variable makes superfluous: one that it excludes, that takes no more of
 * any row and is worth more at the first level where they differ, or, when they differ nowhere,
 * stands earlier in the order. In any point the one could be put in the other's place.
 *
 * @returns whether anything was set
 */
export function fixDominated(problem: Problem, { low, high }: Bounds): boolean {
  const compare = comparison(problem);
  const isOpen = (variable: number): boolean => low[variable] === 0 && high[variable] === 1;
  let isChanged = false;
  for (const row of problem.program.rows) {
    if (!isClique(row)) continue;
    const open = row.terms.map(({ variable }) => variable).filter(isOpen);
    for (const loser of open) {
      if (!open.some((other) => other !== loser && isOpen(other) && compare(other, loser)))
        continue;
      high[loser] = 0;
      isChanged = true;
    }
  }
  return isChanged;
}

/** Tells whether one variable can always stand in for another. */
function comparison({ program, objectives, order }: Problem): (a: number, b: number) => boolean {
  const { rows, uppers } = program;
  const columns = uppers.map(() => new Map<number, number>());
  rows.forEach(({ terms }, row) => {
    for (const { variable, times } of terms) columns[variable]?.set(row, times);
  });
  const worth = uppers.map(() => objectives.map(() => 0));
  objectives.forEach((terms, level) => {
    for (const { variable, times } of terms) {
      const own = worth[variable];
      if (own) own[level] = times;
    }
  });
  const places = uppers.map(() => order.length);
  order.forEach((variable, place) => {
    places[variable] = place;
  });
  return (a, b) => {
    const level = objectives.findIndex((_, at) => worth[a]?.[at] !== worth[b]?.[at]);
    const isBetter =
      level < 0
        ? (places[a] ?? 0) < (places[b] ?? 0)
        : (worth[a]?.[level] ?? 0) > (worth[b]?.[level] ?? 0);
    return isBetter && takesNoMore(rows, columns[a], columns[b]);
  };
}

function takesNoMore(
  rows: readonly Row[],
  a: ReadonlyMap<number, number> = new Map(),
  b: ReadonlyMap<number, number> = new Map(),
): boolean {
  const isFine = (row: number): boolean => {
    const difference = (a.get(row) ?? 0) - (b.get(row) ?? 0);
    const hasLeast = (rows[row]?.least ?? 0) > Number.NEGATIVE_INFINITY;
    return difference === 0 || (difference < 0 && !hasLeast);
  };
  for (const row of a.keys()) if (!isFine(row)) return false;
  for (const row of b.keys()) if (!isFine(row)) return false;
  return true;
}
