import { optimise, type Row, type Term } from '#libs/integer';
import type { Offers } from '#libs/rules';
import { amountsOf, type Limits, limitsOf, runsOf } from './demands.js';

/** Something that may be chosen: one lot of the offers that nobody has yet. */
export interface Item {
  readonly lot: string;
  /** Of items with the same group at most one is chosen. */
  readonly group: number;
  /** What choosing it costs; a whole number, never negative. */
  readonly cost: number;
}

export interface Chosen {
  /** Positions of the items, ascending; null when nothing (more) was found. */
  readonly items: readonly number[] | null;
  /** Whether nothing cheaper could do, or nothing at all where none was found. */
  readonly isProven: boolean;
  readonly work: number;
}

/** A row while it is being written. */
interface Sum {
  readonly terms: Map<number, number>;
  least: number;
  most: number;
}

/**
 * Chooses the cheapest items with which some allocation of the offers meets every requirement. It
 * does not know which allocation an evaluation takes, and takes a pool of lots to be free of charge:
 * so it never overlooks a choice, but what it chooses has to be evaluated, and forbidden if it fails.
 * Of equally cheap choices the one with fewest items comes first, then the one with earlier items.
 */
export class Chooser {
  readonly #items: readonly Item[];
  readonly #uppers: number[] = [];
  readonly #sums = new Map<string, Sum>();
  readonly #cuts: Row[] = [];
  readonly #isHopeless: boolean;

  constructor(offers: Offers, items: readonly Item[]) {
    this.#items = items;
    items.forEach(({ group }, at) => {
      this.#uppers.push(1);
      this.#add(`group ${group}`, at, 1);
    });
    const limits = limitsOf(offers);
    offers.offers.forEach((_, candidate) => this.#addCandidate(offers, limits, candidate));
    this.#limit(limits);
    this.#isHopeless = offers.needs.some(
      ({ millicredits }, at) => millicredits > 0 && !this.#sums.has(`need ${at}`),
    );
  }

  /** Forbids just this choice: with more items, or fewer, another allocation may be the best. */
  forbid(chosen: readonly number[]): void {
    const terms = this.#items.map((_, at) => ({
      variable: at,
      times: chosen.includes(at) ? 1 : -1,
    }));
    this.#cuts.push({ terms, least: Number.NEGATIVE_INFINITY, most: chosen.length - 1 });
  }

  /** Forbids a choice and every one that contains it. */
  forbidWithin(chosen: readonly number[]): void {
    const terms = chosen.map((variable) => ({ variable, times: 1 }));
    this.#cuts.push({ terms, least: Number.NEGATIVE_INFINITY, most: chosen.length - 1 });
  }

  /** @param work multiplications after which the search stops */
  next(work: number): Chosen {
    if (this.#isHopeless || this.#cuts.some(({ terms, most }) => terms.length === 0 && most < 0)) {
      return { items: null, isProven: true, work: 0 };
    }
    const rows = [...this.#sums.values()].map(rowOf);
    const costs = this.#items.flatMap(({ cost }, variable) =>
      cost === 0 ? [] : [{ variable, times: -cost }],
    );
    const count = this.#items.map((_, variable) => ({ variable, times: -1 }));
    const isAlike = this.#items.every(({ cost }) => cost === this.#items[0]?.cost);
    const found = optimise(
      {
        program: { uppers: this.#uppers, rows: [...rows, ...this.#cuts] },
        // The same sum twice would only be searched twice.
        objectives: isAlike ? [count] : [costs, count],
        order: this.#items.map((_, variable) => variable),
      },
      { work },
    );
    const { point, isProven } = found;
    const items = point && this.#items.flatMap((_, at) => (point[at] === 1 ? [at] : []));
    return { items, isProven, work: found.work };
  }

  /** The amounts of one candidate, and what has to be chosen before it can be granted. */
  #addCandidate({ offers, problem }: Offers, limits: Limits, candidate: number): void {
    const { choices = [], pool } = problem.candidates[candidate] ?? {};
    const { lots = [], evidence = [] } = offers[candidate] ?? {};
    const isProof = evidence.length > 0 && evidence.every((lot) => this.#at(lot) >= 0);
    const amounts = choices.map((choice, at) =>
      amountsOf(choice, { candidate, limits, counts: offers[candidate]?.counts[at] ?? [] }),
    );
    const granted = `granted ${candidate}`;
    const needed = [granted, ...lots.filter((lot) => this.#at(lot) >= 0)];
    const links = needed.map((lot) => (lot === granted ? granted : `${granted} of ${lot}`));
    if (isProof) links.push(`${granted} by evidence`);
    for (const { first, step, steps } of runsOf(amounts)) {
      const taken = this.#variable(1);
      for (const link of links) this.#add(link, taken, 1);
      for (const [key, amount] of first) this.#add(key, taken, amount);
      if (steps === 0) continue;
      const less = this.#variable(steps);
      for (const [key, amount] of step) this.#add(key, less, amount);
      this.#add(`steps ${less}`, less, 1);
      this.#add(`steps ${less}`, taken, -steps);
    }
    for (const lot of needed.slice(1)) this.#add(`${granted} of ${lot}`, this.#at(lot), -1);
    for (const lot of isProof ? evidence : [])
      this.#add(`${granted} by evidence`, this.#at(lot), -1);
    for (const { lot, weight } of pool?.members ?? []) {
      const at = this.#at(limits.lots[lot]?.id ?? '');
      if (at >= 0) this.#add(`pool ${candidate}`, at, -weight);
      else limits.held.set(candidate, (limits.held.get(candidate) ?? 0) + weight);
    }
  }

  /** Writes how far each sum may go. What is not said here may not exceed zero. */
  #limit({ lots, rooms, needs, held }: Limits): void {
    lots.forEach(({ id, worth }, at) => {
      const item = this.#at(id);
      if (item < 0) this.#most(`lot ${at}`, worth);
      else if (this.#sums.has(`lot ${at}`)) this.#add(`lot ${at}`, item, -worth);
    });
    rooms.forEach((room, at) => this.#most(`cap ${at}`, room));
    for (const [candidate, weight] of held) this.#most(`pool ${candidate}`, weight);
    for (const [key, sum] of this.#sums) {
      const isOnce = /^(?:group|course|granted) \d+$/.test(key);
      if (isOnce) sum.most = 1;
    }
    needs.forEach((need, at) => {
      const sum = this.#sums.get(`need ${at}`);
      if (sum) [sum.least, sum.most] = [need, Number.POSITIVE_INFINITY];
    });
  }

  #most(key: string, most: number): void {
    const sum = this.#sums.get(key);
    if (sum) sum.most = most;
  }

  #variable(upper: number): number {
    return this.#uppers.push(upper) - 1;
  }

  #at(lot: string): number {
    return this.#items.findIndex((item) => item.lot === lot);
  }

  #add(key: string, variable: number, times: number): void {
    if (times === 0) return;
    const sum = this.#sums.get(key) ?? {
      terms: new Map(),
      least: Number.NEGATIVE_INFINITY,
      most: 0,
    };
    this.#sums.set(key, sum);
    sum.terms.set(variable, (sum.terms.get(variable) ?? 0) + times);
  }
}

function rowOf({ terms, least, most }: Sum): Row {
  const all: Term[] = [...terms].map(([variable, times]) => ({ variable, times }));
  return { terms: all.filter(({ times }) => times !== 0), least, most };
}
