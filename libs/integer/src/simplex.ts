/** What is smaller than this is taken for rounding. It steers and decides nothing. */
const TINY = 1e-9;
/** A number of the table that may be divided by. */
const PIVOT = 1e-7;
/** How far out of its bounds a basic variable may be. */
const OFF = 1e-7;

/** How `solve` ended: at the optimum, with a row that cannot be kept, or without an answer. */
export type Ending =
  { readonly kind: 'optimal' | 'gave-up' } | { readonly kind: 'conflict'; readonly row: number };

const OPTIMAL: Ending = { kind: 'optimal' };
const GAVE_UP: Ending = { kind: 'gave-up' };

/** Nothing can enter the basis: because the row is in order by now, or because it never can be. */
const NONE = -1;
const NEVER = -2;

/** A basis with its table, to go on from later. */
export interface Basis {
  readonly table: Float64Array;
  readonly constants: Float64Array;
  readonly costs: Float64Array;
  readonly basic: Int32Array;
  readonly free: Int32Array;
  readonly place: Int32Array;
  readonly isHigh: Uint8Array;
}

/**
 * The linear relaxation of a programme, as a dense table with bounds on every variable, solved by
 * the dual simplex method. Its floats only steer the search: what it answers are multipliers, and
 * every bound is computed again from them in integers (`certificate.ts`). Variables
 * `0 … columns − 1` are those of the programme; after them comes one slack for each row.
 *
 * Every variable has two finite bounds, so that any basis can be made dual feasible by putting each
 * free variable on the bound that its cost asks for. That is why bounds and costs may change at will
 * between two calls of `solve`.
 */
export class Simplex {
  readonly rows: number;
  readonly columns: number;
  /** Bounds of all variables; the search narrows them and widens them again. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Multiplications so far: a measure of work that is the same on every machine. */
  work = 0;
  readonly #table: Float64Array;
  readonly #constants: Float64Array;
  readonly #origin: { readonly table: Float64Array; readonly constants: Float64Array };
  readonly #costs: Float64Array;
  #aim: Float64Array;
  readonly #values: Float64Array;
  /** The variable of each row, and the free variable of each column. */
  readonly #basic: Int32Array;
  readonly #free: Int32Array;
  /** Of each variable: its column, or −1 − its row. */
  readonly #place: Int32Array;
  /** Whether a free variable is at its high bound. */
  readonly #isHigh: Uint8Array;
  readonly #filled: Int32Array;

  /**
   * @param table the programme, row by row
   * @param constants upper limits of the rows
   * @param low lower bounds of the variables and slacks
   */
  constructor(table: Float64Array, constants: Float64Array, low: Float64Array, high: Float64Array) {
    this.rows = constants.length;
    this.columns = low.length - this.rows;
    this.low = low;
    this.high = high;
    this.#origin = { table, constants };
    this.#table = new Float64Array(table.length);
    this.#constants = new Float64Array(this.rows);
    this.#costs = new Float64Array(this.columns);
    this.#aim = new Float64Array(this.columns);
    this.#values = new Float64Array(this.rows);
    this.#basic = new Int32Array(this.rows);
    this.#free = new Int32Array(this.columns);
    this.#place = new Int32Array(low.length);
    this.#isHigh = new Uint8Array(low.length);
    this.#filled = new Int32Array(this.columns);
    this.reset();
  }

  /** Starts again from the programme as it was given: what rounding did to the table is gone. */
  reset(): void {
    const { rows, columns } = this;
    this.#table.set(this.#origin.table);
    this.#constants.set(this.#origin.constants);
    for (let row = 0; row < rows; row += 1) {
      this.#basic[row] = columns + row;
      this.#place[columns + row] = -1 - row;
    }
    for (let column = 0; column < columns; column += 1) {
      this.#free[column] = column;
      this.#place[column] = column;
    }
    this.work += rows * columns;
    this.aim(this.#aim);
  }

  /** Writes down the basis at hand, over an earlier one that is not needed any more. */
  save(into?: Basis): Basis {
    const own = this.#basis();
    if (!into) {
      return {
        table: own.table.slice(),
        constants: own.constants.slice(),
        costs: own.costs.slice(),
        basic: own.basic.slice(),
        free: own.free.slice(),
        place: own.place.slice(),
        isHigh: own.isHigh.slice(),
      };
    }
    copy(own, into);
    return into;
  }

  /** Goes back to a basis. The bounds stay as they are now. */
  restore(from: Basis): void {
    copy(from, this.#basis());
  }

  /** Sets what is maximised: costs of the variables of the programme. */
  aim(costs: Float64Array): void {
    const { columns, rows } = this;
    this.#aim = costs;
    const costOf = (variable: number): number => (variable < columns ? (costs[variable] ?? 0) : 0);
    for (let at = 0; at < columns; at += 1) this.#costs[at] = costOf(this.#free[at] ?? 0);
    for (let row = 0; row < rows; row += 1) {
      const cost = costOf(this.#basic[row] ?? 0);
      if (cost === 0) continue;
      const start = row * columns;
      for (let at = 0; at < columns; at += 1) {
        this.#costs[at] = (this.#costs[at] ?? 0) - cost * (this.#table[start + at] ?? 0);
      }
      this.work += columns;
    }
    this.refresh();
  }

  /** Puts every free variable on the bound its cost asks for, and reads the basic ones again. */
  refresh(): void {
    const { columns, rows } = this;
    let count = 0;
    for (let at = 0; at < columns; at += 1) {
      const cost = this.#costs[at] ?? 0;
      const variable = this.#free[at] ?? 0;
      if (cost > TINY) this.#isHigh[variable] = 1;
      else if (cost < -TINY) this.#isHigh[variable] = 0;
      if (this.#valueAt(at) === 0) continue;
      this.#filled[count] = at;
      count += 1;
    }
    for (let row = 0; row < rows; row += 1) {
      let value = this.#constants[row] ?? 0;
      const start = row * columns;
      for (let index = 0; index < count; index += 1) {
        const at = this.#filled[index] ?? 0;
        value -= (this.#table[start + at] ?? 0) * this.#valueAt(at);
      }
      this.#values[row] = value;
    }
    this.work += rows * count + columns;
  }

  /** Value of a variable at the point at hand. */
  value(variable: number): number {
    const place = this.#place[variable] ?? 0;
    return place < 0 ? (this.#values[-1 - place] ?? 0) : this.#valueAt(place);
  }

  /** How much the objective falls for each unit by which a row is tightened. */
  multipliers(into: Float64Array): Float64Array {
    for (let row = 0; row < this.rows; row += 1) {
      const place = this.#place[this.columns + row] ?? 0;
      into[row] = place < 0 ? 0 : -(this.#costs[place] ?? 0);
    }
    return into;
  }

  /** Multipliers that show why a row cannot be kept. */
  conflict(row: number, into: Float64Array): Float64Array {
    const start = row * this.columns;
    for (let slack = 0; slack < this.rows; slack += 1) {
      const place = this.#place[this.columns + slack] ?? 0;
      if (place < 0) into[slack] = -1 - place === row ? 1 : 0;
      else into[slack] = this.#table[start + place] ?? 0;
    }
    return into;
  }

  /**
   * How much the objective falls at least when a basic variable is pushed so far.
   *
   * @param sign −1 to push it down
   */
  penalty(variable: number, sign: number, far: number): number {
    const place = this.#place[variable] ?? 0;
    if (place >= 0) return 0;
    const start = (-1 - place) * this.columns;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < this.columns; at += 1) {
      const slope = sign * (this.#table[start + at] ?? 0);
      if (!this.#canMove(at, slope)) continue;
      least = Math.min(least, Math.abs((this.#costs[at] ?? 0) / slope));
    }
    this.work += this.columns;
    return least * far;
  }

  /** Goes on from the basis at hand until no basic variable is out of its bounds. */
  solve(turns: number): Ending {
    for (let turn = 0; turn < turns; turn += 1) {
      const row = this.#worstRow();
      if (row < 0) return OPTIMAL;
      const at = this.#entering(row);
      if (at === NEVER) return { kind: 'conflict', row };
      if (at !== NONE) this.#pivot(row, at);
    }
    return GAVE_UP;
  }

  #basis(): Basis {
    return {
      table: this.#table,
      constants: this.#constants,
      costs: this.#costs,
      basic: this.#basic,
      free: this.#free,
      place: this.#place,
      isHigh: this.#isHigh,
    };
  }

  #valueAt(at: number): number {
    const variable = this.#free[at] ?? 0;
    return (this.#isHigh[variable] === 1 ? this.high[variable] : this.low[variable]) ?? 0;
  }

  #worstRow(): number {
    let worst = -1;
    let most = OFF;
    for (let row = 0; row < this.rows; row += 1) {
      const variable = this.#basic[row] ?? 0;
      const value = this.#values[row] ?? 0;
      const off = Math.max((this.low[variable] ?? 0) - value, value - (this.high[variable] ?? 0));
      if (off > most) {
        most = off;
        worst = row;
      }
    }
    return worst;
  }

  /** Whether a free variable can move in the direction that helps. */
  #canMove(at: number, slope: number): boolean {
    if (slope < PIVOT && slope > -PIVOT) return false;
    const variable = this.#free[at] ?? 0;
    if (this.low[variable] === this.high[variable]) return false;
    return this.#isHigh[variable] === 1 ? slope > 0 : slope < 0;
  }

  /** The free variable that takes the row's place. Those whose whole range is too short are moved. */
  #entering(row: number): number {
    const variable = this.#basic[row] ?? 0;
    const value = this.#values[row] ?? 0;
    const isLow = value < (this.low[variable] ?? 0);
    const sign = isLow ? 1 : -1;
    let open = isLow ? (this.low[variable] ?? 0) - value : value - (this.high[variable] ?? 0);
    const start = row * this.columns;
    for (;;) {
      const best = this.#cheapest(start, sign);
      if (best < 0) return open > 10 * OFF ? NEVER : NONE;
      const of = this.#free[best] ?? 0;
      const range = (this.high[of] ?? 0) - (this.low[of] ?? 0);
      const reach = Math.abs(this.#table[start + best] ?? 0) * range;
      if (reach >= open - TINY) return best;
      open -= reach;
      this.#flip(best, range);
    }
  }

  /** The free variable whose cost changes its sign first; of equals the one that moves most. */
  #cheapest(start: number, sign: number): number {
    let best = NONE;
    let least = Number.POSITIVE_INFINITY;
    let size = 0;
    for (let at = 0; at < this.columns; at += 1) {
      const slope = sign * (this.#table[start + at] ?? 0);
      if (!this.#canMove(at, slope)) continue;
      const steep = Math.abs(slope);
      const ratio = Math.abs(this.#costs[at] ?? 0) / steep;
      if (ratio > least + TINY || (ratio > least - TINY && steep <= size)) continue;
      least = Math.min(ratio, least);
      best = at;
      size = steep;
    }
    this.work += this.columns;
    return best;
  }

  /** Moves a free variable to its other bound. */
  #flip(at: number, range: number): void {
    const variable = this.#free[at] ?? 0;
    const change = this.#isHigh[variable] === 1 ? -range : range;
    this.#isHigh[variable] = 1 - (this.#isHigh[variable] ?? 0);
    for (let row = 0; row < this.rows; row += 1) {
      const times = this.#table[row * this.columns + at] ?? 0;
      if (times !== 0) this.#values[row] = (this.#values[row] ?? 0) - times * change;
    }
    this.work += this.rows;
  }

  /** Lets a free variable take the place of the basic one in a row. */
  #pivot(row: number, at: number): void {
    const leaving = this.#basic[row] ?? 0;
    const entering = this.#free[at] ?? 0;
    const value = this.#values[row] ?? 0;
    const isLow = value < (this.low[leaving] ?? 0);
    const goal = (isLow ? this.low[leaving] : this.high[leaving]) ?? 0;
    const change = (value - goal) / (this.#table[row * this.columns + at] ?? 1);
    const entered = this.#valueAt(at) + change;
    this.#eliminate(row, at, change);
    this.#values[row] = entered;
    this.#basic[row] = entering;
    this.#free[at] = leaving;
    this.#place[entering] = -1 - row;
    this.#place[leaving] = at;
    this.#isHigh[leaving] = isLow ? 0 : 1;
  }

  #eliminate(row: number, at: number, change: number): void {
    const { columns, rows } = this;
    const table = this.#table;
    const start = row * columns;
    const pivot = table[start + at] ?? 1;
    let count = 0;
    for (let column = 0; column < columns; column += 1) {
      const times = table[start + column] ?? 0;
      if (times === 0 || column === at) continue;
      table[start + column] = times / pivot;
      this.#filled[count] = column;
      count += 1;
    }
    table[start + at] = 1 / pivot;
    const constant = (this.#constants[row] ?? 0) / pivot;
    this.#constants[row] = constant;
    for (let other = 0; other < rows; other += 1) {
      const from = other * columns;
      const factor = table[from + at] ?? 0;
      if (factor === 0 || other === row) continue;
      this.#values[other] = (this.#values[other] ?? 0) - factor * change;
      this.#constants[other] = (this.#constants[other] ?? 0) - factor * constant;
      this.#subtract(from, start, { factor, count });
      table[from + at] = -factor / pivot;
    }
    const cost = this.#costs[at] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const column = this.#filled[index] ?? 0;
      this.#costs[column] = (this.#costs[column] ?? 0) - cost * (table[start + column] ?? 0);
    }
    this.#costs[at] = -cost / pivot;
    this.work += rows + columns;
  }

  #subtract(from: number, start: number, by: { factor: number; count: number }): void {
    const { factor, count } = by;
    const table = this.#table;
    const filled = this.#filled;
    for (let index = 0; index < count; index += 1) {
      const column = filled[index] ?? 0;
      const next = (table[from + column] ?? 0) - factor * (table[start + column] ?? 0);
      table[from + column] = next < 1e-12 && next > -1e-12 ? 0 : next;
    }
    this.work += count;
  }
}

function copy(from: Basis, into: Basis): void {
  into.table.set(from.table);
  into.constants.set(from.constants);
  into.costs.set(from.costs);
  into.basic.set(from.basic);
  into.free.set(from.free);
  into.place.set(from.place);
  into.isHigh.set(from.isHigh);
}
