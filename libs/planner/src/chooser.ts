import { optimise, type Optimum, type Row, type Term, valueOf } from '#libs/integer';
import type { Offers } from '#libs/rules';
import { Model, type Stock } from './model.js';

/** Multiplications that are spent on which of equally cheap choices is answered. */
const TASTE = 1_000_000;
/** How many roundings of one row are added to it. */
const ROUNDINGS = 4;

export interface Chosen {
  /** How many of each stock; null when nothing (more) was found. */
  readonly counts: readonly number[] | null;
  /** Whether nothing cheaper could do, or nothing at all where none was found. */
  readonly isProven: boolean;
  /** What no choice can cost less than; +∞ when there is none. */
  readonly leastCost: number;
  readonly work: number;
}

export interface Question {
  /** Multiplications after which the search stops. */
  readonly work: number;
  /** Stocks that may not be chosen from. */
  readonly isClosed?: (stock: number) => boolean;
  /** Whether any choice will do. */
  readonly isAny?: boolean;
}

/**
 * Chooses the cheapest outcomes with which some allocation of the offers meets every requirement. It
 * does not know which allocation an evaluation takes, and takes a pool of lots to be free of charge:
 * so it never overlooks a choice, but what it chooses has to be evaluated, and forbidden if it fails.
 * Of equally cheap choices it looks, for a while, for one with few outcomes and little delay.
 */
export class Chooser {
  readonly #model: Model;
  readonly #stocks: readonly Stock[];
  readonly #objectives: readonly (readonly Term[])[];
  readonly #unit: number;
  readonly #cuts: Row[] = [];
  /** Variables that say whether so many of a stock are chosen. */
  readonly #thresholds = new Map<string, readonly Term[]>();

  /** @param isRelaxed the offers know nothing of outcomes that make other ones superfluous */
  constructor(offers: Offers, stocks: readonly Stock[], isRelaxed: boolean) {
    this.#model = new Model(offers, stocks, isRelaxed);
    this.#stocks = stocks;
    const costs = this.#total(({ cost }) => cost);
    const [first] = stocks;
    const isAlike = stocks.every(({ cost }) => cost === first?.cost);
    const delays = this.#total(({ delay }) => delay);
    const count = this.#total(() => 1);
    // The same sum twice would only be searched twice.
    const all = isAlike ? [count, delays] : [costs, count, delays];
    this.#objectives = all.filter((terms) => terms.length > 0);
    this.#unit = isAlike ? (first?.cost ?? 0) : 1;
  }

  /** Forbids just this choice: with more items, or fewer, another allocation may be the best. */
  forbid(counts: readonly number[]): void {
    let least = 1;
    const terms = counts.flatMap((count, stock) => {
      if (count > 0) least -= 1;
      return [
        ...(count > 0 ? negative(this.#reaches(stock, count)) : []),
        ...(count < this.#sizeOf(stock) ? this.#reaches(stock, count + 1) : []),
      ];
    });
    this.#cuts.push({ terms: added(terms), least, most: Number.POSITIVE_INFINITY });
  }

  /** Forbids a choice and every one that contains it. */
  forbidWithin(counts: readonly number[]): void {
    const used = counts.flatMap((count, stock) => (count > 0 ? [{ stock, count }] : []));
    const terms = used.flatMap(({ stock, count }) => negative(this.#reaches(stock, count)));
    const least = 1 - used.length;
    this.#cuts.push({ terms: added(terms), least, most: Number.POSITIVE_INFINITY });
  }

  next({ work, isClosed, isAny = false }: Question): Chosen {
    const uppers = [...this.#model.sums.uppers];
    this.#model.chosen.forEach((terms, stock) => {
      if (isClosed?.(stock)) for (const { variable } of terms) uppers[variable] = 0;
    });
    const rows = [...this.#model.sums.rows(), ...this.#cuts];
    const program = { uppers, rows: [...rows, ...rows.flatMap(roundedUp)] };
    const [first = [], ...others] = isAny ? [] : this.#objectives;
    const found = optimise({ program, objectives: [first], order: [] }, { work });
    if (!found.point || !found.isProven || others.length === 0) return this.#chosen(found);
    const value = valueOf(first, found.point);
    const isKept = { terms: first, least: value, most: value };
    const better = optimise(
      { program: { uppers, rows: [...program.rows, isKept] }, objectives: others, order: [] },
      { work: Math.min(work - found.work, TASTE), known: found.point },
    );
    const total = found.work + better.work;
    return this.#chosen({ ...found, point: better.point ?? found.point, work: total });
  }

  #chosen({ point, bound, isProven, work }: Optimum): Chosen {
    return {
      counts: point && this.#model.chosen.map((terms) => valueOf(terms, point)),
      isProven,
      leastCost: !point && isProven ? Number.POSITIVE_INFINITY : this.#costOf(bound),
      work,
    };
  }

  /** Without a bound that is worth anything nothing is known to be dearer than free. */
  #costOf(bound: number): number {
    return Number.isFinite(bound) ? Math.max(0, -bound * this.#unit) : 0;
  }

  #sizeOf(stock: number): number {
    return this.#stocks[stock]?.lots.length ?? 0;
  }

  /** What is to be as great as possible so that a sum over all that is chosen is small. */
  #total(weight: (stock: Stock) => number): Term[] {
    return added(
      this.#stocks.flatMap((stock, at) =>
        (this.#model.chosen[at] ?? []).map(({ variable, times }) => {
          return { variable, times: -times * weight(stock) };
        }),
      ),
    );
  }

  /** One when at least so many of a stock are chosen, else zero. */
  #reaches(stock: number, count: number): readonly Term[] {
    const chosen = this.#model.chosen[stock] ?? [];
    const size = this.#sizeOf(stock);
    if (size === 1 || chosen.length === 0) return chosen;
    const key = `${stock} ${count}`;
    const known = this.#thresholds.get(key);
    if (known) return known;
    const { sums } = this.#model;
    const reached = sums.variable(1);
    for (const name of [`at least ${key}`, `below ${key}`]) sums.addAll(name, chosen, 1);
    sums.add(`at least ${key}`, reached, -count);
    sums.limit(`at least ${key}`, { least: 0 });
    sums.add(`below ${key}`, reached, -(size - count + 1));
    sums.limit(`below ${key}`, { most: count - 1 });
    const terms = [{ variable: reached, times: 1 }];
    this.#thresholds.set(key, terms);
    return terms;
  }
}

/**
 * What a row that wants a sum to be large says of whole numbers: if amounts of three, two and one have
 * to make 140, there have to be 47 of them at least. The relaxation does not know that by itself.
 */
function roundedUp({ terms, least }: Row): Row[] {
  if (least <= 0 || terms.some(({ times }) => times < 0)) return [];
  const uses = new Map<number, number>();
  for (const { times } of terms) uses.set(times, (uses.get(times) ?? 0) + 1);
  const divisors = [...uses].sort(([, a], [, b]) => b - a).map(([times]) => times);
  return divisors.slice(0, ROUNDINGS).map((divisor) => ({
    terms: terms.map(({ variable, times }) => ({ variable, times: Math.ceil(times / divisor) })),
    least: Math.ceil(least / divisor),
    most: Number.POSITIVE_INFINITY,
  }));
}

function negative(terms: readonly Term[]): Term[] {
  return terms.map(({ variable, times }) => ({ variable, times: -times }));
}

/** Every variable once. */
function added(terms: readonly Term[]): Term[] {
  const all = new Map<number, number>();
  for (const { variable, times } of terms) all.set(variable, (all.get(variable) ?? 0) + times);
  return [...all]
    .map(([variable, times]) => ({ variable, times }))
    .filter(({ times }) => times !== 0);
}
