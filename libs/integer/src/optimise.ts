import assert from 'node:assert';
import { type Point, type Problem, valueOf } from './program.js';
import { reduce, type Reduced } from './reduce.js';
import { Search } from './search.js';

export interface OptimiseOptions {
  /**
   * Multiplications after which the search stops with what it has: the same on every machine. About
   * 200 of them take a microsecond.
   */
  readonly work: number;
  /** A point that keeps all limits, to start from. */
  readonly known?: Point;
}

export interface Optimum {
  /** Null when no point keeps all limits or, unless `isProven`, none was found. */
  readonly point: Point | null;
  /** Whether it is the best at every level and the only one. */
  readonly isProven: boolean;
  /** What the first objective cannot exceed; −∞ when no point keeps all limits. */
  readonly bound: number;
  /** Multiplications that it took. */
  readonly work: number;
}

/** The problem as far as it is solved: what is left of it, the best point there, and the way back. */
interface Stage {
  readonly reduced: Reduced;
  /** The best point so far, when it is among those that are left. */
  readonly known: Point | null;
  /** The best point so far, of the whole problem. */
  readonly best: Point | null;
  readonly lift: (point: Point) => Point;
}

/**
 * Finds the best point of a problem: the greatest first objective, then the greatest second one, and
 * so on; of equals the one that has more of the variable that comes first in the order. So there is
 * one answer, whichever way it is found. Exact: the floats of the search steer, integers decide.
 */
export function optimise(problem: Problem, options: OptimiseOptions): Optimum {
  const { uppers } = problem.program;
  const bounds = { low: new Float64Array(uppers.length), high: Float64Array.from(uppers) };
  const reduced = reduce(problem, bounds);
  if (!reduced) return { point: null, isProven: true, bound: Number.NEGATIVE_INFINITY, work: 0 };
  const known = options.known ? reduced.lower(options.known) : null;
  let stage: Stage = { reduced, known, best: options.known ?? null, lift: reduced.lift };
  let work = 0;
  let bound = Number.POSITIVE_INFINITY;
  for (const level of problem.objectives.keys()) {
    const next = settle(stage, level, options.work - work);
    work += next.work;
    if (level === 0) bound = reduced.liftValue(0, next.bound);
    stage = next.stage;
    if (!next.isProven || !stage.best) return answer(stage, { ...next, bound, work });
  }
  const last = settleOrder(stage, options.work - work);
  return answer(last.stage, { isProven: last.isProven, bound, work: work + last.work });
}

function answer(stage: Stage, rest: Omit<Optimum, 'point'>): Optimum {
  const { isProven, bound, work } = rest;
  return { point: stage.best, isProven, bound, work };
}

interface Step {
  readonly stage: Stage;
  readonly isProven: boolean;
  readonly work: number;
}

/** Makes one objective as great as possible and keeps it so. */
function settle(stage: Stage, level: number, work: number): Step & { readonly bound: number } {
  const { problem } = stage.reduced;
  const objective = problem.objectives[level] ?? [];
  const search = new Search(problem.program);
  const found = search.maximise({
    objective,
    steer: steering(problem, level + 1),
    known: stage.known,
    work,
  });
  const known = found.point;
  const step = { ...found, work: search.work };
  const best = known ? stage.lift(known) : stage.best;
  if (!known || !found.isProven) return { ...step, stage: { ...stage, known, best } };
  const value = valueOf(objective, known);
  search.keepAtLeast(value);
  const rows = [...problem.program.rows, { terms: objective, least: value, most: value }];
  const program = { uppers: problem.program.uppers, rows };
  const reduced = reduce({ ...problem, program }, search.bounds());
  assert(reduced, 'a problem with a point is not empty');
  const lift = (point: Point): Point => stage.lift(reduced.lift(point));
  // Dominance may have taken the point out, for one that is as good here and better later.
  return { ...step, stage: { reduced, known: reduced.lower(known), best, lift } };
}

/** What the floats should go for among equals: the next objective, and then the order. */
function steering({ program, objectives, order }: Problem, level: number): Float64Array {
  const weights = new Float64Array(program.uppers.length);
  for (const { variable, times } of objectives[level] ?? []) weights[variable] = times;
  order.forEach((variable, place) => {
    weights[variable] = (weights[variable] ?? 0) + 0.01 * (1 - place / order.length);
  });
  return weights;
}

/** All objectives are settled: takes as much as possible of each variable, in order. */
function settleOrder(stage: Stage, work: number): Step {
  const { problem } = stage.reduced;
  const search = new Search(problem.program);
  const steer = steering(problem, problem.objectives.length);
  let { known } = stage;
  for (const variable of problem.order) {
    const value = known?.[variable] ?? 0;
    if (search.low(variable) === search.high(variable)) continue;
    if (!known || value < search.high(variable)) {
      const aim = { objective: [{ variable, times: 1 }], steer, known };
      const found = search.maximise({ ...aim, work: work - search.work });
      known = found.point;
      if (!found.isProven) return { ...settled(stage, known), isProven: false, work: search.work };
      search.keepAtLeast(known?.[variable] ?? 0);
    }
    search.narrow(variable, known?.[variable] ?? 0, known?.[variable] ?? 0);
  }
  if (!known) {
    const aim = { objective: [], steer, known, work: work - search.work };
    const found = search.maximise(aim);
    known = found.point;
    if (!found.isProven) return { ...settled(stage, known), isProven: false, work: search.work };
  }
  return { ...settled(stage, known), isProven: true, work: search.work };
}

function settled(stage: Stage, known: Point | null): Pick<Step, 'stage'> {
  return { stage: { ...stage, known, best: known ? stage.lift(known) : stage.best } };
}
