import type { Point, Problem, Row, Term } from '#libs/integer';
import type { AllocationCandidate, AllocationChoice, AllocationPick } from './allocation.js';
import type { AllocationPool, AllocationProblem } from './allocation.js';
import type { Component } from './components.js';
import { fromPool, type Run, runsOf } from './runs.js';

/** The variables that stand for one run: whether it is taken, and how far above its last choice. */
interface RunVariables extends Run {
  readonly taken: number;
  /** −1 for a run of one choice. */
  readonly steps: number;
}

/** What stands for one candidate. */
interface Part {
  readonly number: number;
  readonly of: AllocationCandidate;
  readonly runs: readonly RunVariables[];
  readonly members: readonly { readonly lot: number; readonly weight: number; taken: number }[];
}

/** The allocation of one component as a programme in integers, and how to read its points. */
export interface Programme {
  readonly problem: Problem;
  readonly picksOf: (point: Point) => AllocationPick[];
  readonly pointOf: (picks: readonly AllocationPick[]) => Point;
}

/** Level by level what an allocation is judged by; all are made as great as possible. */
class Levels {
  readonly credits: Term[] = [];
  readonly benefits: Term[] = [];
  readonly sparedUses: Term[] = [];
  readonly sparedLots: Term[] = [];
}

/**
 * Writes a component as a programme in integers. Its levels: most credit, most results without
 * credit, least used up, fewest lots; then the earlier candidates, their earlier choices, and the
 * lots that come first.
 */
export function programmeOf(
  { lots, rooms }: AllocationProblem,
  component: Component,
  { force, isCreditOnly = false }: { force?: number | undefined; isCreditOnly?: boolean } = {},
): Programme {
  const builder = new Builder(lots);
  const parts = component.candidates.map(({ number, of }) => builder.add(number, of));
  builder.limitCourses(parts);
  builder.limitLots(parts);
  for (const cap of component.caps) builder.limitCap(parts, cap, rooms[cap] ?? 0);
  const forced = parts.find(({ number }) => number === force);
  if (forced) builder.force(forced);
  const { credits, benefits, sparedUses, sparedLots } = builder.levels;
  return {
    problem: {
      program: { uppers: builder.uppers, rows: builder.rows },
      objectives: isCreditOnly ? [credits] : [credits, benefits, sparedUses, sparedLots],
      order: isCreditOnly ? [] : parts.flatMap(variablesOf),
    },
    picksOf: (point) => parts.flatMap((part) => pickOf(part, point)),
    pointOf: (picks) => pointOf(picks, parts, builder.uppers.length),
  };
}

function variablesOf({ runs, members }: Part): number[] {
  return [
    ...runs.flatMap(({ taken, steps }) => (steps < 0 ? [taken] : [taken, steps])),
    ...members.map(({ taken }) => taken),
  ];
}

function pickOf({ number, of, runs, members }: Part, point: Point): AllocationPick[] {
  const run = runs.find(({ taken }) => point[taken] === 1);
  if (!run) return [];
  const choice = run.last - (point[run.steps] ?? 0);
  let spare = members.reduce(
    (sum, { taken, weight }) => sum + weight * (point[taken] ?? 0),
    -(of.choices[choice]?.neededWeight ?? 0),
  );
  // A search that was cut may leave lots that are not needed; the best point has none.
  const poolLots = members.flatMap(({ lot, weight, taken }) => {
    if (point[taken] !== 1) return [];
    if (weight > spare) return [lot];
    spare -= weight;
    return [];
  });
  return [{ candidate: number, choice, poolLots }];
}

function pointOf(picks: readonly AllocationPick[], parts: readonly Part[], size: number): Point {
  const point = Array.from({ length: size }, () => 0);
  for (const { candidate, choice, poolLots } of picks) {
    const part = parts.find(({ number }) => number === candidate);
    const run = part?.runs.find(({ first, last }) => first <= choice && choice <= last);
    if (!part || !run) continue;
    point[run.taken] = 1;
    if (run.steps >= 0) point[run.steps] = run.last - choice;
    for (const { lot, taken } of part.members) if (poolLots.includes(lot)) point[taken] = 1;
  }
  return point;
}

/** One candidate's share in a sum: so much when a run is taken, and more with each step. */
type Amount = (choice: AllocationChoice) => number;

class Builder {
  readonly uppers: number[] = [];
  readonly rows: Row[] = [];
  readonly levels = new Levels();
  readonly #lots: readonly number[];

  constructor(lots: readonly number[]) {
    this.#lots = lots;
  }

  add(number: number, of: AllocationCandidate): Part {
    const runs = runsOf(of).map((run) => this.#addRun(run));
    const own = new Set(of.choices[0]?.uses.map(({ lot }) => lot));
    const members = (of.pool?.members ?? [])
      .filter(({ lot, weight }) => weight > 0 && !own.has(lot))
      .map((member) => ({ ...member, taken: this.#variable(1) }));
    const part = { number, of, runs, members };
    if (runs.length > 1) this.#atMost(ones(runs.map(({ taken }) => taken)), 1);
    this.levels.credits.push(...termsOf(part, ({ credits }) => credits));
    this.levels.benefits.push(...termsOf(part, ({ benefits }) => benefits));
    this.levels.sparedUses.push(...termsOf(part, ({ uses }) => -sumOf(uses)));
    this.levels.sparedLots.push(...termsOf(part, ({ uses }) => -uses.length));
    if (of.pool) this.#addPool(part, of.pool);
    return part;
  }

  limitCourses(parts: readonly Part[]): void {
    const byCourse = new Map<number, number[]>();
    for (const { of, runs } of parts) {
      for (const { first, taken } of runs) {
        for (const course of of.choices[first]?.courses ?? []) put(byCourse, course, taken);
      }
    }
    for (const takers of byCourse.values()) this.#atMost(ones(takers), 1);
  }

  limitLots(parts: readonly Part[]): void {
    const owners = new Map<number, number[]>();
    const sharers = new Map<number, Part[]>();
    for (const part of parts) {
      for (const { first, taken } of part.runs) {
        for (const { lot, isExclusive } of part.of.choices[first]?.uses ?? []) {
          if (isExclusive) put(owners, lot, taken);
          else if (!sharers.get(lot)?.includes(part)) put(sharers, lot, part);
        }
      }
      for (const { lot, taken } of part.members) put(owners, lot, taken);
    }
    for (const takers of owners.values()) this.#atMost(ones(takers), 1);
    for (const [lot, of] of sharers) {
      const isShared = ({ uses }: AllocationChoice): boolean =>
        uses.some((use) => use.lot === lot && !use.isExclusive);
      const amount: Amount = ({ uses }) =>
        sumOf(uses.filter((use) => use.lot === lot && !use.isExclusive));
      this.#atMost(
        of.flatMap((part) => termsOf(part, amount)),
        this.#lots[lot] ?? 0,
      );
      const takers = owners.get(lot);
      if (!takers) continue;
      for (const part of of) {
        const own = part.runs.filter(({ first }) => {
          const choice = part.of.choices[first];
          return choice && isShared(choice);
        });
        this.#atMost(ones([...new Set([...takers, ...own.map(({ taken }) => taken)])]), 1);
      }
    }
  }

  limitCap(parts: readonly Part[], cap: number, room: number): void {
    const amount: Amount = ({ counts }) => sumOf(counts.filter((count) => count.cap === cap));
    this.#atMost(
      parts.flatMap((part) => termsOf(part, amount)),
      room,
    );
  }

  force({ runs }: Part): void {
    const terms = ones(runs.map(({ taken }) => taken));
    this.rows.push({ terms, least: 1, most: Number.POSITIVE_INFINITY });
  }

  #addRun(run: Run): RunVariables {
    const length = run.last - run.first;
    const taken = this.#variable(1);
    if (length === 0) return { ...run, taken, steps: -1 };
    const steps = this.#variable(length);
    const terms = [
      { variable: steps, times: 1 },
      { variable: taken, times: -length },
    ];
    this.#atMost(terms, 0);
    return { ...run, taken, steps };
  }

  #addPool(part: Part, { isKept }: AllocationPool): void {
    const { members, of } = part;
    const needed = termsOf(part, ({ neededWeight }) => neededWeight);
    const given = members.map(({ taken, weight }) => ({ variable: taken, times: -weight }));
    this.#atMost([...needed, ...given], 0);
    for (const { taken } of members) this.levels.sparedLots.push({ variable: taken, times: -1 });
    const amounts = members.map(({ lot }) => this.#lots[lot] ?? 0);
    const all = amounts.reduce((sum, amount) => sum + amount, 0);
    const isWhole = !isKept || of.choices.every((choice) => all <= fromPool(choice));
    if (isWhole) {
      this.#spare(members.map(({ taken }, at) => [taken, amounts[at] ?? 0]));
      return;
    }
    // Whether any lots that reach the weight have at least what is granted.
    const isPlenty = of.choices.every((choice) =>
      members.every(
        ({ weight }, at) =>
          (amounts[at] ?? 0) * choice.neededWeight >= fromPool(choice) * weight &&
          choice.neededWeight > 0,
      ),
    );
    this.levels.sparedUses.push(...termsOf(part, (choice) => -fromPool(choice)));
    if (!isPlenty) this.#addShort(part, amounts);
  }

  /**
   * Lots whose remainder is kept give up what is granted or, when they do not have it, all they
   * have. Which of the two is a decision of its own: if it is the second one, the granted amount is
   * taken back from the sum and the amounts of the lots are put there instead.
   */
  #addShort(part: Part, amounts: readonly number[]): void {
    const isShort = this.#variable(1);
    const twins = part.runs.map(({ taken, steps, ...run }) => {
      const twin = { ...run, taken: this.#variable(1), steps: -1 };
      this.#below(twin.taken, taken);
      this.#below(twin.taken, isShort);
      if (steps < 0) return twin;
      const length = run.last - run.first;
      const twinSteps = this.#variable(length);
      this.#below(twinSteps, steps);
      this.#atMost(
        [
          { variable: twinSteps, times: 1 },
          { variable: twin.taken, times: -length },
        ],
        0,
      );
      return { ...twin, steps: twinSteps };
    });
    this.levels.sparedUses.push(...termsOf({ ...part, runs: twins }, fromPool));
    part.members.forEach(({ taken }, at) => {
      const counted = this.#variable(1);
      this.#atMost([...ones([taken, isShort]), { variable: counted, times: -1 }], 1);
      this.#spare([[counted, amounts[at] ?? 0]]);
    });
  }

  #spare(costs: readonly (readonly [number, number])[]): void {
    for (const [variable, cost] of costs) {
      if (cost > 0) this.levels.sparedUses.push({ variable, times: -cost });
    }
  }

  #below(variable: number, other: number): void {
    this.#atMost(
      [
        { variable, times: 1 },
        { variable: other, times: -1 },
      ],
      0,
    );
  }

  #variable(upper: number): number {
    return this.uppers.push(upper) - 1;
  }

  #atMost(terms: readonly Term[], most: number): void {
    this.rows.push({ terms, least: Number.NEGATIVE_INFINITY, most });
  }
}

/** A sum over the runs of a candidate: what the last choice has, and the difference for each step. */
function termsOf({ of, runs }: Pick<Part, 'of' | 'runs'>, amount: Amount): Term[] {
  return runs.flatMap(({ last, taken, steps }) => {
    const [end, before] = [of.choices[last], of.choices[last - 1]];
    if (!end) return [];
    const terms = [{ variable: taken, times: amount(end) }];
    if (steps >= 0 && before) {
      terms.push({ variable: steps, times: amount(before) - amount(end) });
    }
    return terms.filter(({ times }) => times !== 0);
  });
}

function ones(variables: readonly number[]): Term[] {
  return variables.map((variable) => ({ variable, times: 1 }));
}

function sumOf(amounts: readonly { readonly amount: number }[]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}

function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
