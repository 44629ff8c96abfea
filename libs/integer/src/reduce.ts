import { mergeAlike } from './alike.js';
import { fixDominated } from './dominance.js';
import {
  type Bounds,
  divisorOf,
  type IntegerProgram,
  isClique,
  type Point,
  type Problem,
  reachOf,
  type Row,
  type Term,
} from './program.js';

/** How often rows and dominance are looked at again; what is left then is left to the search. */
const TURNS = 10;

/** A smaller problem and the way back to the one it was made from. */
export interface Reduced {
  readonly problem: Problem;
  /** The point of the larger problem that a point of the smaller one stands for. */
  readonly lift: (point: Point) => Point;
  /** The other way round; null when the point is not among those that are left. */
  readonly lower: (point: Point) => Point | null;
  /** Of each objective: the value of the larger problem for a value of the smaller one. */
  readonly liftValue: (level: number, value: number) => number;
}

/**
 * Makes a problem smaller without losing its best point: takes out the variables that rows fix or
 * that others dominate, leaves out the rows that nothing can break, and puts together what is alike.
 *
 * @param bounds of the variables; they are narrowed
 * @returns null when no point keeps all limits
 */
export function reduce(problem: Problem, bounds: Bounds): Reduced | null {
  const { low, high } = bounds;
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (!propagate(problem.program.rows, bounds)) return null;
    if (!fixDominated(problem, bounds)) break;
  }
  const open = problem.program.uppers.flatMap((_, at) => (low[at] === high[at] ? [] : [at]));
  const numbers = new Map(open.map((at, number) => [at, number]));
  const uppers = open.map((at) => (high[at] ?? 0) - (low[at] ?? 0));
  const rows = problem.program.rows.flatMap(({ terms, least, most }) => {
    const { offset, left } = withoutFixed(terms, low, numbers);
    return simplify({ terms: left, least: least - offset, most: most - offset }, uppers);
  });
  const objectives = problem.objectives.map((terms) => {
    const { offset, left } = withoutFixed(terms, low, numbers);
    const divisor = left.reduce((all, { times }) => divisorOf(all, Math.abs(times)), 0) || 1;
    return { offset, divisor, terms: dividedBy(left, divisor) };
  });
  const { lift, lower } = waysBack(bounds, open);
  const merged = mergeAlike({
    program: { uppers, rows: withoutIdle({ uppers, rows }) },
    objectives: objectives.map(({ terms }) => terms),
    order: problem.order.flatMap((variable) => numbers.get(variable) ?? []),
  });
  return {
    problem: merged.problem,
    lift: (point) => lift(merged.lift(point)),
    lower: (point) => {
      const left = lower(point);
      return left && merged.lower(left);
    },
    liftValue: (level, value) => {
      const { offset, divisor } = objectives[level] ?? { offset: 0, divisor: 1 };
      return offset + divisor * value;
    },
  };
}

function waysBack({ low, high }: Bounds, open: readonly number[]): Pick<Reduced, 'lift' | 'lower'> {
  return {
    lift: (point) => {
      const whole = Array.from(low);
      open.forEach((at, number) => {
        whole[at] = (low[at] ?? 0) + (point[number] ?? 0);
      });
      return whole;
    },
    lower: (point) => {
      const isLeft = low.every((least, at) => {
        const value = point[at] ?? 0;
        return value >= least && value <= (high[at] ?? 0);
      });
      return isLeft ? open.map((at) => (point[at] ?? 0) - (low[at] ?? 0)) : null;
    },
  };
}

/** The terms of the variables that are left, and what the low bounds of all make together. */
function withoutFixed(
  terms: readonly Term[],
  low: Float64Array,
  numbers: ReadonlyMap<number, number>,
): { offset: number; left: Term[] } {
  let offset = 0;
  const left: Term[] = [];
  for (const { variable, times } of terms) {
    offset += times * (low[variable] ?? 0);
    const number = numbers.get(variable);
    if (number !== undefined) left.push({ variable: number, times });
  }
  return { offset, left };
}

function dividedBy(terms: readonly Term[], divisor: number): Term[] {
  return terms.map(({ variable, times }) => ({ variable, times: times / divisor }));
}

/** Narrows bounds by what each row allows alone. False when a row cannot be kept. */
function propagate(rows: readonly Row[], bounds: Bounds): boolean {
  for (let turn = 0; turn < TURNS; turn += 1) {
    let isChanged = false;
    for (const row of rows) {
      const change = propagateRow(row, bounds);
      if (change === 'empty') return false;
      isChanged ||= change === 'narrowed';
    }
    if (!isChanged) return true;
  }
  return true;
}

function propagateRow(
  { terms, least, most }: Row,
  { low, high }: Bounds,
): 'empty' | 'narrowed' | 'same' {
  const { smallest, largest } = reachOf(terms, low, high);
  if (smallest > most || largest < least) return 'empty';
  if (smallest >= least && largest <= most) return 'same';
  let change: 'narrowed' | 'same' = 'same';
  for (const { variable, times } of terms) {
    const [bottom, top] = [low[variable] ?? 0, high[variable] ?? 0];
    const size = Math.abs(times);
    const above = Math.floor((most - smallest) / size);
    const below = Math.floor((largest - least) / size);
    const [rise, fall] = times > 0 ? [above, below] : [below, above];
    if (rise >= top - bottom && fall >= top - bottom) continue;
    high[variable] = Math.min(top, bottom + rise);
    low[variable] = Math.max(bottom, top - fall);
    if ((low[variable] ?? 0) > (high[variable] ?? 0)) return 'empty';
    change = 'narrowed';
  }
  return change;
}

/** A row in its smallest numbers; none when it cannot be broken. */
function simplify({ terms, least, most }: Row, uppers: readonly number[]): Row[] {
  const { smallest, largest } = reachOf(terms, [], uppers);
  if (smallest >= least && largest <= most) return [];
  const divisor = terms.reduce((all, { times }) => divisorOf(all, Math.abs(times)), 0);
  return [
    {
      terms: dividedBy(terms, divisor),
      least: smallest >= least ? Number.NEGATIVE_INFINITY : Math.ceil(least / divisor),
      most: Math.floor(Math.min(most, largest) / divisor),
    },
  ];
}

/** Leaves out limits that cannot be reached, because the variables below them exclude each other. */
function withoutIdle({ uppers, rows }: IntegerProgram): Row[] {
  const cliques = rows.filter(isClique);
  const leaders = leadersOf(rows);
  return rows.filter((row) => {
    const { terms, least, most } = row;
    const isPlain = least === Number.NEGATIVE_INFINITY && terms.every(({ times }) => times > 0);
    if (!isPlain || isClique(row)) return true;
    const reach = new Map<number, number>();
    for (const { variable, times } of terms) {
      const leader = leaders.get(variable) ?? variable;
      reach.set(leader, (reach.get(leader) ?? 0) + times * (uppers[variable] ?? 0));
    }
    let largest = 0;
    for (const clique of cliques) {
      let best = 0;
      for (const { variable } of clique.terms) {
        best = Math.max(best, reach.get(variable) ?? 0);
        reach.delete(variable);
      }
      largest += best;
    }
    for (const rest of reach.values()) largest += rest;
    return largest > most;
  });
}

/** Variables that are zero unless another one is taken, with that other one. */
function leadersOf(rows: readonly Row[]): Map<number, number> {
  const leaders = new Map<number, number>();
  for (const { terms, most } of rows) {
    const [a, b] = [...terms].sort((x, y) => y.times - x.times);
    if (terms.length !== 2 || most !== 0 || !a || !b) continue;
    if (a.times > 0 && b.times < 0) leaders.set(a.variable, b.variable);
  }
  return leaders;
}
