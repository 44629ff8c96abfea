import type { IntegerProgram, Point, Problem, Term } from './program.js';

/** A problem without variables that are alike, and the way back. */
export interface Merged {
  readonly problem: Problem;
  readonly lift: (point: Point) => Point;
  readonly lower: (point: Point) => Point;
}

/**
 * Puts variables together that stand in the same rows and objectives with the same numbers: only how
 * many of them there are in all matters. What the order tells apart stays apart. A search would try
 * one of them after the other.
 */
export function mergeAlike(problem: Problem): Merged {
  const { program, objectives, order } = problem;
  const groups = groupsOf(program, objectives, order);
  if (groups.length === program.uppers.length) return { problem, lift: same, lower: same };
  const numbers = new Map(groups.flatMap((group, at) => group.map((variable) => [variable, at])));
  const firsts = new Set(groups.map(([first]) => first));
  const mergeTerms = (terms: readonly Term[]): Term[] =>
    terms.flatMap(({ variable, times }) =>
      firsts.has(variable) ? [{ variable: numbers.get(variable) ?? 0, times }] : [],
    );
  const upperOf = (variable: number): number => program.uppers[variable] ?? 0;
  const sumOver = (group: readonly number[], of: (variable: number) => number): number =>
    group.reduce((sum, variable) => sum + of(variable), 0);
  return {
    problem: {
      program: {
        uppers: groups.map((group) => sumOver(group, upperOf)),
        rows: program.rows.map((row) => ({ ...row, terms: mergeTerms(row.terms) })),
      },
      objectives: objectives.map(mergeTerms),
      order: order.flatMap((variable) => numbers.get(variable) ?? []),
    },
    lift: (point) => spread(point, groups, program),
    lower: (point) => groups.map((group) => sumOver(group, (variable) => point[variable] ?? 0)),
  };
}

function same(point: Point): Point {
  return point;
}

/** Gives each group what it has in all, the first of it as much as it can take. */
function spread(
  point: Point,
  groups: readonly (readonly number[])[],
  { uppers }: IntegerProgram,
): Point {
  const whole = uppers.map(() => 0);
  groups.forEach((group, at) => {
    let left = point[at] ?? 0;
    for (const variable of group) {
      const value = Math.min(left, uppers[variable] ?? 0);
      whole[variable] = value;
      left -= value;
    }
  });
  return whole;
}

/** Variables by what they are in every row and objective; each group in ascending order. */
function groupsOf(
  { uppers, rows }: IntegerProgram,
  objectives: readonly (readonly Term[])[],
  order: readonly number[],
): number[][] {
  const columns = uppers.map((): string[] => []);
  [...rows.map(({ terms }) => terms), ...objectives].forEach((terms, at) => {
    for (const { variable, times } of terms) columns[variable]?.push(`${at}:${times}`);
  });
  for (const variable of order) columns[variable]?.push(`order ${variable}`);
  const groups = new Map<string, number[]>();
  columns.forEach((column, variable) => {
    const key = column.join(' ');
    const known = groups.get(key);
    if (known) known.push(variable);
    else groups.set(key, [variable]);
  });
  return [...groups.values()];
}
