import { Certificate } from './certificate.js';
import {
  type IntegerProgram,
  isFeasible,
  type Point,
  reachOf,
  type Row,
  type Term,
  valueOf,
} from './program.js';
import { type Basis, Simplex } from './simplex.js';

/** Turns of the simplex method at one node before it starts again from a fresh table. */
const TURNS = 400;
/** How far from a whole number a value may be and still be taken for one. */
const WHOLE = 1e-6;
/** How much of one unit of the objective all steering together may weigh. */
const STEERING = 0.4;

/** Numbers of all bases that are kept at one time: 32 MB. */
const KEPT = 4_000_000;

export interface Aim {
  readonly objective: readonly Term[];
  /** Weights that say which of equals the floats should go for; they decide nothing. */
  readonly steer: Float64Array;
  /** A point that keeps all limits. Only better ones are looked for. */
  readonly known: Point | null;
  /** Multiplications after which the search stops with what it has. */
  readonly work: number;
}

export interface Found {
  readonly point: Point | null;
  /** Whether the search ended by itself: `point` is then the best, or there is none. */
  readonly isProven: boolean;
  /** What the objective cannot exceed; −∞ when there is no point. */
  readonly bound: number;
}

/** Branch and bound over one programme, for one objective after another. */
export class Search {
  nodes = 0;
  readonly #program: IntegerProgram;
  readonly #simplex: Simplex;
  readonly #certificate: Certificate;
  readonly #multipliers: Float64Array;
  readonly #rootMultipliers: Float64Array;
  /** In how many rows a variable stands. */
  readonly #degrees: readonly number[];
  /** Variables whose bounds changed, with the bounds they had, so that changes can be taken back. */
  readonly #trail: { readonly variable: number; readonly low: number; readonly high: number }[] =
    [];
  /** Of each depth of the search: the basis to come back to for the second branch. */
  readonly #bases: Basis[] = [];
  #aim: Aim;
  #best: Point | null = null;
  #bestValue = Number.NEGATIVE_INFINITY;
  #dropped = Number.NEGATIVE_INFINITY;
  #workLimit = 0;
  #isAtRoot = false;

  constructor({ uppers, rows }: IntegerProgram) {
    this.#program = { uppers, rows: rows.map((row) => withLimits(row, uppers)) };
    this.#certificate = new Certificate(this.#program);
    this.#simplex = simplexOf(this.#program);
    this.#multipliers = new Float64Array(rows.length);
    this.#rootMultipliers = new Float64Array(rows.length);
    const degrees = uppers.map(() => 0);
    for (const { variable } of rows.flatMap(({ terms }) => terms)) {
      degrees[variable] = (degrees[variable] ?? 0) + 1;
    }
    this.#degrees = degrees;
    const steer = new Float64Array(uppers.length);
    this.#aim = { objective: [], steer, known: null, work: 0 };
  }

  get work(): number {
    return this.#simplex.work;
  }

  low(variable: number): number {
    return this.#simplex.low[variable] ?? 0;
  }

  high(variable: number): number {
    return this.#simplex.high[variable] ?? 0;
  }

  /** Bounds of all variables. */
  bounds(): { readonly low: Float64Array; readonly high: Float64Array } {
    const { low, high, columns } = this.#simplex;
    return { low: low.slice(0, columns), high: high.slice(0, columns) };
  }

  /** Narrows a variable. */
  narrow(variable: number, low: number, high: number): void {
    const was = { variable, low: this.low(variable), high: this.high(variable) };
    if (low === was.low && high === was.high) return;
    this.#trail.push(was);
    this.#simplex.low[variable] = low;
    this.#simplex.high[variable] = high;
  }

  /** Finds the point with the greatest objective within the bounds of now, and keeps the bounds. */
  maximise(aim: Aim): Found {
    this.#aim = aim;
    this.#best = aim.known;
    this.#bestValue = aim.known ? valueOf(aim.objective, aim.known) : Number.NEGATIVE_INFINITY;
    this.#dropped = Number.NEGATIVE_INFINITY;
    this.#workLimit = this.#simplex.work + aim.work;
    this.#certificate.aim(aim.objective);
    this.#simplex.aim(this.#costs());
    this.#isAtRoot = true;
    const mark = this.#trail.length;
    const most = reachOf(aim.objective, this.#simplex.low, this.#simplex.high).largest;
    this.#visit(most, 0);
    this.#undo(mark);
    return {
      point: this.#best,
      isProven: this.#dropped === Number.NEGATIVE_INFINITY,
      bound: Math.max(this.#bestValue, this.#dropped),
    };
  }

  /** After `maximise`: narrows every variable that cannot reach a value of the objective. */
  keepAtLeast(value: number): void {
    const { low, high } = this.#simplex;
    const bound = this.#certificate.boundOf(this.#rootMultipliers, low, high);
    this.#narrowBy(bound - value * this.#certificate.scale);
  }

  #costs(): Float64Array {
    const { objective, steer } = this.#aim;
    const { uppers } = this.#program;
    let sum = 1;
    steer.forEach((weight, at) => {
      sum += Math.abs(weight) * (uppers[at] ?? 0);
    });
    const costs = steer.map((weight) => (STEERING * weight) / sum);
    for (const { variable, times } of objective) costs[variable] = (costs[variable] ?? 0) + times;
    return costs;
  }

  #undo(mark: number): void {
    while (this.#trail.length > mark) {
      const was = this.#trail.pop();
      if (!was) return;
      this.#simplex.low[was.variable] = was.low;
      this.#simplex.high[was.variable] = was.high;
    }
  }

  #visit(bound: number, depth: number): void {
    if (this.#simplex.work > this.#workLimit) {
      this.#dropped = Math.max(this.#dropped, bound);
      return;
    }
    this.nodes += 1;
    if (!this.#relax()) return;
    const reach = Math.min(bound, this.#tighten());
    if (reach <= this.#bestValue) return;
    const chosen = this.#chosen();
    // All are whole: taken when it is a point; the bound says whether something better is left.
    if (chosen < 0 && this.#settle() && reach <= this.#bestValue) return;
    const variable = chosen < 0 ? this.#open() : chosen;
    if (variable >= 0) this.#branch(variable, reach, depth);
  }

  /** Solves the relaxation. False when nothing keeps all limits here, confirmed in integers. */
  #relax(): boolean {
    const simplex = this.#simplex;
    simplex.refresh();
    for (const isLast of [false, true]) {
      const end = simplex.solve(TURNS);
      if (end.kind === 'optimal') return true;
      if (end.kind === 'conflict') {
        const multipliers = simplex.conflict(end.row, this.#multipliers);
        if (this.#certificate.isEmpty(multipliers, simplex.low, simplex.high)) return false;
      }
      if (!isLast) simplex.reset();
    }
    return true;
  }

  #branch(variable: number, reach: number, depth: number): void {
    const low = this.low(variable);
    const high = this.high(variable);
    const value = Math.min(high, Math.max(low, this.#simplex.value(variable)));
    const floor = Math.min(high - 1, Math.floor(value + WHOLE));
    // Until something better is found, more of a variable leads to a point sooner.
    const goesUp = this.#best === this.#aim.known || value - floor >= 0.5;
    const mark = this.#trail.length;
    const basis = this.#saveBasis(depth);
    for (const isUp of [goesUp, !goesUp]) {
      if (isUp !== goesUp && basis) this.#simplex.restore(basis);
      if (isUp) this.narrow(variable, floor + 1, high);
      else this.narrow(variable, low, floor);
      this.#visit(reach, depth + 1);
      this.#undo(mark);
    }
  }

  /** Null where the bases of a large programme would take too much memory: it goes on from anywhere. */
  #saveBasis(depth: number): Basis | null {
    const { rows, columns } = this.#simplex;
    if (depth * rows * columns > KEPT) return null;
    const basis = this.#simplex.save(this.#bases[depth]);
    this.#bases[depth] = basis;
    return basis;
  }

  /** What can still be reached here. Narrows what would fall behind the best so far. */
  #tighten(): number {
    const { low, high } = this.#simplex;
    const { scale } = this.#certificate;
    const multipliers = this.#simplex.multipliers(this.#multipliers);
    if (this.#isAtRoot) this.#rootMultipliers.set(multipliers);
    this.#isAtRoot = false;
    const bound = this.#certificate.boundOf(multipliers, low, high);
    const reach = Math.floor(bound / scale);
    if (reach > this.#bestValue && this.#best) {
      this.#narrowBy(bound - (this.#bestValue + 1) * scale);
    }
    return reach;
  }

  /** Narrows each variable as far as its slope uses up what the bound has to spare. */
  #narrowBy(spare: number): void {
    const { low, high, columns } = this.#simplex;
    for (let at = 0; at < columns; at += 1) {
      const slope = this.#certificate.slopes[at] ?? 0;
      const [bottom, top] = [low[at] ?? 0, high[at] ?? 0];
      const size = Math.abs(slope);
      if (bottom === top || size * (top - bottom) <= spare) continue;
      const moves = Math.floor(spare / size);
      if (slope > 0) this.narrow(at, top - moves, top);
      else this.narrow(at, bottom, bottom + moves);
    }
  }

  /**
   * The variable to branch on: the one whose rounding, either way, costs most and that stands in
   * many rows. −1 when all values are whole.
   */
  #chosen(): number {
    let best = -1;
    let most = -1;
    for (let at = 0; at < this.#degrees.length; at += 1) {
      if (this.low(at) === this.high(at)) continue;
      const value = this.#simplex.value(at);
      const part = value - Math.floor(value);
      if (part < WHOLE || part > 1 - WHOLE) continue;
      const down = this.#simplex.penalty(at, -1, part);
      const up = this.#simplex.penalty(at, 1, 1 - part);
      const score = clamp(down) * clamp(up) * (this.#degrees[at] ?? 0);
      if (score <= most) continue;
      most = score;
      best = at;
    }
    return best;
  }

  #open(): number {
    return this.#program.uppers.findIndex((_, at) => this.low(at) < this.high(at));
  }

  /** Takes the point at hand when it keeps every limit and is better. False when it is none. */
  #settle(): boolean {
    const { uppers } = this.#program;
    // Bounds may have been narrowed since the relaxation was solved.
    const point = uppers.map((_, at) =>
      Math.max(this.low(at), Math.min(this.high(at), Math.round(this.#simplex.value(at)))),
    );
    if (!isFeasible(this.#program, point)) return false;
    const value = valueOf(this.#aim.objective, point);
    if (value > this.#bestValue) {
      this.#best = point;
      this.#bestValue = value;
    }
    return true;
  }
}

function clamp(penalty: number): number {
  return Math.min(1e6, Math.max(1e-3, penalty));
}

/** A row whose limits are not farther off than its terms can reach. */
function withLimits({ terms, least, most }: Row, uppers: readonly number[]): Row {
  const { smallest, largest } = reachOf(terms, [], uppers);
  return { terms, least: Math.max(least, smallest), most: Math.min(most, largest) };
}

function simplexOf({ uppers, rows }: IntegerProgram): Simplex {
  const columns = uppers.length;
  const table = new Float64Array(rows.length * columns);
  const low = new Float64Array(columns + rows.length);
  const high = new Float64Array(columns + rows.length);
  high.set(uppers);
  rows.forEach(({ terms, least, most }, row) => {
    for (const { variable, times } of terms) table[row * columns + variable] = times;
    high[columns + row] = most - least;
  });
  return new Simplex(
    table,
    Float64Array.from(rows, ({ most }) => most),
    low,
    high,
  );
}
