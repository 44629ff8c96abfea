import type { IntegerProgram, Term } from './program.js';

/** Sums beyond this are not exact; a bound that would need them is not given. */
const LIMIT = 2 ** 52;
/** Multipliers are rounded to this fraction or, for large objectives, to a coarser one. */
const FINEST = 28;
const CONFLICT = 2 ** 24;

/**
 * Bounds that hold because they are computed in integers. Whatever multipliers the floats of the
 * simplex method propose, their rounding to integers gives a bound: multipliers that are a little
 * off cost sharpness, never truth.
 */
export class Certificate {
  /** After `boundOf`: how much the bound falls when a variable moves away from where it is best. */
  readonly slopes: Float64Array;
  /** What bounds and slopes are multiplied by. */
  scale = 1;
  readonly #columns: number;
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #times: Float64Array;
  readonly #most: Float64Array;
  readonly #rounded: Float64Array;
  readonly #costs: Float64Array;
  readonly #uppers: readonly number[];
  /** Of everything added up by now: while it is small, no sum was rounded. */
  #size = 0;

  constructor({ uppers, rows }: IntegerProgram) {
    this.#columns = uppers.length;
    this.#uppers = uppers;
    this.#starts = new Int32Array(uppers.length + 1);
    for (const { terms } of rows) {
      for (const { variable } of terms) {
        this.#starts[variable + 1] = (this.#starts[variable + 1] ?? 0) + 1;
      }
    }
    for (let at = 0; at < uppers.length; at += 1) {
      this.#starts[at + 1] = (this.#starts[at + 1] ?? 0) + (this.#starts[at] ?? 0);
    }
    const next = this.#starts.slice();
    const size = this.#starts[uppers.length] ?? 0;
    this.#rows = new Int32Array(size);
    this.#times = new Float64Array(size);
    rows.forEach(({ terms }, row) => {
      for (const { variable, times } of terms) {
        const at = next[variable] ?? 0;
        this.#rows[at] = row;
        this.#times[at] = times;
        next[variable] = at + 1;
      }
    });
    this.#most = Float64Array.from(rows, ({ most }) => most);
    this.#rounded = new Float64Array(rows.length);
    this.#costs = new Float64Array(uppers.length);
    this.slopes = new Float64Array(uppers.length);
  }

  /** Sets what is maximised. */
  aim(objective: readonly Term[]): void {
    this.#costs.fill(0);
    let size = 1;
    for (const { variable, times } of objective) {
      this.#costs[variable] = times;
      size += Math.abs(times) * (this.#uppers[variable] ?? 0);
    }
    this.scale = 2 ** Math.max(0, Math.min(FINEST, 40 - Math.ceil(Math.log2(size))));
  }

  /**
   * An upper bound for the objective within the bounds of the variables, times `scale`.
   *
   * @param low bounds of the variables and, after them, of what each row leaves open
   */
  boundOf(multipliers: Float64Array, low: Float64Array, high: Float64Array): number {
    return this.#sum(multipliers, { low, high, costs: this.scale, times: this.scale });
  }

  /** Whether multipliers show that no point at all lies within the bounds. */
  isEmpty(multipliers: Float64Array, low: Float64Array, high: Float64Array): boolean {
    return [CONFLICT, -CONFLICT].some(
      (times) => this.#sum(multipliers, { low, high, costs: 0, times }) < 0,
    );
  }

  #sum(
    multipliers: Float64Array,
    by: { low: Float64Array; high: Float64Array; costs: number; times: number },
  ): number {
    const { low, high } = by;
    let sum = 0;
    this.#size = 0;
    for (let row = 0; row < this.#rounded.length; row += 1) {
      const times = Math.round((multipliers[row] ?? 0) * by.times);
      this.#rounded[row] = times;
      if (times === 0) continue;
      const slack = this.#columns + row;
      const open = (times > 0 ? low[slack] : high[slack]) ?? 0;
      const part = times * ((this.#most[row] ?? 0) - open);
      sum += part;
      this.#size += Math.abs(part);
    }
    for (let at = 0; at < this.#columns; at += 1) {
      const slope = this.#slope(at, by.costs);
      this.slopes[at] = slope;
      const part = slope * ((slope > 0 ? high[at] : low[at]) ?? 0);
      sum += part;
      this.#size += Math.abs(part);
    }
    return this.#size < LIMIT ? sum : Number.POSITIVE_INFINITY;
  }

  #slope(at: number, costs: number): number {
    let slope = (this.#costs[at] ?? 0) * costs;
    let size = Math.abs(slope);
    const end = this.#starts[at + 1] ?? 0;
    for (let index = this.#starts[at] ?? 0; index < end; index += 1) {
      const part = (this.#rounded[this.#rows[index] ?? 0] ?? 0) * (this.#times[index] ?? 0);
      slope -= part;
      size += Math.abs(part);
    }
    this.#size += size;
    return slope;
  }
}
