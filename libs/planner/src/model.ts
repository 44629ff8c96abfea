import type { Term } from '#libs/integer';
import type { Offers } from '#libs/rules';
import { type Amounts, amountsOf, type Run, runsOf, sums } from './demands.js';
import { Sums } from './sums.js';

/** Outcomes that nobody has yet and that are all alike: any number of them may be chosen. */
export interface Stock {
  /** Ids under which they stand in the offers. */
  readonly lots: readonly string[];
  /** Stocks with the same number are the same things at different times. */
  readonly source: number;
  /** What choosing one costs; a whole number, never negative. */
  readonly cost: number;
  /** Of equally cheap choices of equally many, the one with less of this comes first. */
  readonly delay: number;
  /** Whether one can make another outcome superfluous, so that it matters though nothing uses it. */
  readonly isRival: boolean;
}

/** One thing that may be granted, as often as there are lots for it that are alike. */
interface Offered {
  readonly candidate: number;
  count: number;
  /** How many lots of each stock it needs. */
  readonly stocks: ReadonlyMap<number, number>;
  readonly choices: readonly Amounts[];
  /** Whether it is granted wherever its lots are there. */
  readonly isFree: boolean;
  /** The variables that say how often it is granted, each with the most it can be. */
  readonly runs: { readonly taken: number; readonly most: number }[];
}

/**
 * What can be granted as a programme in integers: whatever a set of outcomes is granted by the rules
 * is a point of it. It knows no lots that are alike apart, and a stock of which every lot is used
 * whole is not a variable of its own but the number of grants that use it: an outcome for which
 * nothing is granted is never worth choosing, unless it is a rival or evidence.
 */
export class Model {
  readonly sums = new Sums();
  /** How many of each stock are chosen, as a sum of variables. */
  readonly chosen: readonly Term[][];
  readonly #offers: Offers;
  readonly #stocks: readonly Stock[];
  readonly #stockOf: ReadonlyMap<string, number>;
  readonly #isRelaxed: boolean;

  /** @param isRelaxed the offers know nothing of outcomes that make other ones superfluous */
  constructor(offers: Offers, stocks: readonly Stock[], isRelaxed: boolean) {
    this.#isRelaxed = isRelaxed;
    this.#offers = offers;
    this.#stocks = stocks;
    this.#stockOf = new Map(stocks.flatMap(({ lots }, at) => lots.map((lot) => [lot, at])));
    const free = freeOf(offers);
    const offered = this.#offered(free);
    const plain = this.#plain(offered);
    this.chosen = stocks.map(({ lots }, at) =>
      plain.has(at) ? [] : [{ variable: this.sums.variable(lots.length), times: 1 }],
    );
    for (const each of offered) this.#grant(each, plain);
    this.#limitStocks(plain);
    offers.problem.lots.forEach((_, lot) => {
      this.sums.limit(sums.lot(lot), { most: this.#worthOf(lot) });
    });
    offers.problem.rooms.forEach((most, cap) => this.sums.limit(sums.cap(cap), { most }));
    offers.problem.candidates.forEach(({ choices }) =>
      choices.forEach(({ courses }) =>
        courses.forEach((course) => this.sums.limit(sums.course(course), { most: 1 })),
      ),
    );
    this.#require(offered);
  }

  #at(lot: number): number {
    return this.#stockOf.get(this.#offers.lots[lot] ?? '') ?? -1;
  }

  /** A lot without an amount is worth one, so that it can be taken once. */
  #worthOf(lot: number): number {
    return Math.max(this.#offers.problem.lots[lot] ?? 0, 1);
  }

  /** The candidates, those that differ in nothing but which of equal lots they use together. */
  #offered(free: ReadonlySet<number>): Offered[] {
    const { problem, offers } = this.#offers;
    const groups = new Map<string, Offered>();
    problem.candidates.forEach(({ choices, pool }, candidate) => {
      const { rule = '', lots = [], evidence = [], counts = [] } = offers[candidate] ?? {};
      const stocks = countsOf(lots.flatMap((lot) => this.#stockOf.get(lot) ?? []));
      const isFree = free.has(candidate);
      const amounts = (isFree ? choices.slice(0, 1) : choices).map((choice, at) =>
        amountsOf(choice, {
          candidate,
          worthOf: (lot) => this.#worthOf(lot),
          stockOf: (lot) => this.#at(lot),
          counts: counts[at] ?? [],
        }),
      );
      const isAlone = pool !== null || evidence.length > 0;
      const about = isAlone ? candidate : [rule, [...stocks].sort(([a], [b]) => a - b)];
      const key = JSON.stringify([about, amounts.map((amount) => [...amount])]);
      const known = groups.get(key);
      if (known) known.count += 1;
      else groups.set(key, { candidate, count: 1, stocks, choices: amounts, isFree, runs: [] });
    });
    return [...groups.values()];
  }

  /** Stocks that are chosen exactly as often as something uses them up. */
  #plain(offered: readonly Offered[]): Set<number> {
    const { problem, offers } = this.#offers;
    const plain = new Set(this.#stocks.flatMap(({ isRival }, at) => (isRival ? [] : [at])));
    const exclude = (at: number | undefined): void => {
      if (at !== undefined) plain.delete(at);
    };
    for (const { evidence } of offers) evidence.forEach((lot) => exclude(this.#stockOf.get(lot)));
    for (const { pool } of problem.candidates) {
      pool?.members.forEach(({ lot }) => exclude(this.#at(lot)));
    }
    const worths = new Map(this.#offers.lots.map((id, lot) => [id, this.#worthOf(lot)]));
    for (const { stocks, choices } of offered) {
      for (const [stock, count] of stocks) {
        const all = count * (worths.get(this.#stocks[stock]?.lots[0] ?? '') ?? 0);
        const isWhole = choices.every((amounts) => (amounts.get(sums.stock(stock)) ?? 0) >= all);
        if (!isWhole || all === 0) exclude(stock);
      }
    }
    return plain;
  }

  /** The amounts of what may be granted, and what has to be chosen before it can be. */
  #grant(offered: Offered, plain: ReadonlySet<number>): void {
    const { candidate, count, stocks, choices } = offered;
    const { evidence = [] } = this.#offers.offers[candidate] ?? {};
    const most = Math.min(
      count,
      ...[...stocks].map(([stock, each]) =>
        plain.has(stock) ? Math.floor(this.#sizeOf(stock) / each) : count,
      ),
    );
    const granted = `granted ${candidate}`;
    for (const run of runsOf(choices)) {
      const taken = this.#run(run, most);
      offered.runs.push({ taken, most });
      this.sums.add(granted, taken, 1);
      for (const [stock, each] of stocks) {
        if (plain.has(stock)) this.chosen[stock]?.push({ variable: taken, times: each });
        else this.sums.add(`${granted} of ${stock}`, taken, 1);
      }
      if (evidence.length > 0) this.sums.add(`${granted} by evidence`, taken, 1);
    }
    const isThere = stocks.size === 0 && evidence.length === 0;
    const isSure = offered.isFree && isThere && !this.#isRelaxed;
    this.sums.limit(granted, { most, ...(isSure && { least: most }) });
    for (const [stock, each] of stocks) {
      if (plain.has(stock)) continue;
      const perLot = Math.ceil((count * each) / this.#sizeOf(stock));
      this.sums.addAll(`${granted} of ${stock}`, this.chosen[stock] ?? [], -perLot);
      this.sums.limit(`${granted} of ${stock}`, { most: 0 });
    }
    this.#requireEvidence(`${granted} by evidence`, evidence);
    this.#requirePool(candidate);
  }

  /** @returns the variable that says how often it is granted */
  #run({ first, step, steps }: Run, most: number): number {
    const taken = this.sums.variable(most);
    for (const [key, amount] of first) this.sums.add(key, taken, amount);
    if (steps === 0) return taken;
    const less = this.sums.variable(most * steps);
    for (const [key, amount] of step) this.sums.add(key, less, amount);
    this.sums.add(`steps ${less}`, less, 1);
    this.sums.add(`steps ${less}`, taken, -steps);
    this.sums.limit(`steps ${less}`, { most: 0 });
    return taken;
  }

  /** Where all evidence is imagined, some of it has to be chosen. */
  #requireEvidence(name: string, evidence: readonly string[]): void {
    const stocks = evidence.map((lot) => this.#stockOf.get(lot));
    if (evidence.length === 0 || stocks.includes(undefined)) return;
    for (const stock of new Set(stocks)) {
      if (stock !== undefined) this.sums.addAll(name, this.chosen[stock] ?? [], -1);
    }
    this.sums.limit(name, { most: 0 });
  }

  #requirePool(candidate: number): void {
    const { pool } = this.#offers.problem.candidates[candidate] ?? {};
    if (!pool) return;
    let held = 0;
    const weights = new Map<number, number>();
    for (const { lot, weight } of pool.members) {
      const stock = this.#at(lot);
      if (stock < 0) held += weight;
      else weights.set(stock, weight);
    }
    for (const [stock, weight] of weights) {
      this.sums.addAll(sums.pool(candidate), this.chosen[stock] ?? [], -weight);
    }
    this.sums.limit(sums.pool(candidate), { most: held });
  }

  #sizeOf(stock: number): number {
    return this.#stocks[stock]?.lots.length ?? 0;
  }

  #limitStocks(plain: ReadonlySet<number>): void {
    const worths = new Map(this.#offers.lots.map((id, lot) => [id, this.#worthOf(lot)]));
    const sources = countsOf(this.#stocks.map(({ source }) => source));
    this.#stocks.forEach(({ lots, source }, stock) => {
      const chosen = this.chosen[stock] ?? [];
      if (plain.has(stock)) this.sums.addAll(`all ${stock}`, chosen, 1);
      else this.sums.addAll(sums.stock(stock), chosen, -(worths.get(lots[0] ?? '') ?? 0));
      this.sums.limit(plain.has(stock) ? `all ${stock}` : sums.stock(stock), {
        most: plain.has(stock) ? lots.length : 0,
      });
      if ((sources.get(source) ?? 0) < 2) return;
      this.sums.addAll(`source ${source}`, chosen, 1);
      this.sums.limit(`source ${source}`, { most: lots.length });
    });
  }

  /** What has to be reached, and in which periods: in those in which anything counts. */
  #require(offered: readonly Offered[]): void {
    const { needs } = this.#offers;
    const reached = needs.map(({ requirement, isConditional, millicredits }, need) => {
      if (!isConditional) {
        if (millicredits > 0) this.sums.limit(sums.need(need), { least: millicredits });
        return -1;
      }
      const isMet = this.sums.variable(1);
      this.sums.add(sums.need(need), isMet, -millicredits);
      this.sums.limit(sums.need(need), { least: 0 });
      this.sums.add(`periods of ${requirement}`, isMet, 1);
      return isMet;
    });
    for (const { requirement, isConditional } of needs) {
      const isOpen = needs.every((need) => need.requirement !== requirement || need.isConditional);
      if (isConditional && isOpen) this.sums.limit(`periods of ${requirement}`, { least: 1 });
    }
    for (const { candidate, runs } of offered) {
      const { counts = [], evidence = [] } = this.#offers.offers[candidate] ?? {};
      const isSure = evidence.length === 0 && !this.#offers.problem.candidates[candidate]?.pool;
      reached.forEach((isMet, need) => {
        if (isMet < 0 || !isSure || !counts.some((each) => (each[need] ?? 0) > 0)) return;
        for (const { taken, most } of runs) {
          const name = `period ${need} of ${taken}`;
          this.sums.add(name, taken, 1);
          this.sums.add(name, isMet, -most);
          this.sums.limit(name, { most: 0 });
        }
      });
    }
  }
}

/**
 * Candidates that every evaluation grants in full whatever else there is, as long as their lots are
 * there: nothing else wants their lots, they fill no course, and no cap they count for can be
 * reached.
 */
function freeOf({ problem }: Offers): Set<number> {
  const wanted = new Map<number, number>();
  const most = problem.rooms.map(() => 0);
  for (const { choices, pool } of problem.candidates) {
    const lots = [
      ...choices.flatMap(({ uses }) => uses.map(({ lot }) => lot)),
      ...(pool?.members ?? []).map(({ lot }) => lot),
    ];
    for (const lot of new Set(lots)) wanted.set(lot, (wanted.get(lot) ?? 0) + 1);
    const counted = new Map<number, number>();
    for (const { cap, amount } of choices.flatMap(({ counts }) => counts)) {
      counted.set(cap, Math.max(amount, counted.get(cap) ?? 0));
    }
    for (const [cap, amount] of counted) most[cap] = (most[cap] ?? 0) + amount;
  }
  const isLoose = (cap: number): boolean => (most[cap] ?? 0) <= (problem.rooms[cap] ?? 0);
  return new Set(
    problem.candidates.flatMap(({ choices: [first, second], pool }, candidate) => {
      const isFree =
        first !== undefined &&
        pool === null &&
        first.credits > (second?.credits ?? 0) &&
        first.courses.length === 0 &&
        first.uses.every(({ lot }) => wanted.get(lot) === 1) &&
        first.counts.every(({ cap }) => isLoose(cap));
      return isFree ? [candidate] : [];
    }),
  );
}

function countsOf(numbers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}
