import type {
  Allocate,
  Allocation,
  AllocationCandidate,
  AllocationChoice,
  AllocationOptions,
  AllocationProblem,
  AllocationPick,
} from '../allocate/allocation.js';
import { Bound, courseOfAll } from '../allocate/bound.js';
import { type Component, componentsOf } from '../allocate/components.js';
import { cheapestSet, type PoolSet } from '../allocate/pool.js';
import { Standing } from '../allocate/standing.js';

/**
 * Finds the allocation with the most credit, then the most results without credit, then the least
 * used up; of equals, the one that grants earlier candidates (and earlier choices of them). Exact
 * branch and bound over independent components; a component that is not finished within the limit of
 * nodes answers its best so far, `isProven: false` and a bound.
 */
export const allocateAsEngine1: Allocate = (problem, options = {}) => {
  const parts = componentsOf(problem).map((component) =>
    new Search(problem, component, options).run(),
  );
  const total = (value: (part: Allocation) => number): number =>
    parts.reduce((sum, part) => sum + value(part), 0);
  return {
    picks: parts.flatMap((part) => part.picks).sort((a, b) => a.candidate - b.candidate),
    credits: total((part) => part.credits),
    benefits: total((part) => part.benefits),
    usedUp: total((part) => part.usedUp),
    isProven: parts.every((part) => part.isProven),
    bound: total((part) => part.bound),
  };
};

/** The limits of the first engine: part of what its decisions mean. */
const LIMITS = { candidates: 600, nodes: 20_000, sharedLots: 8, thriftNodes: 5_000 } as const;

interface Numbered {
  readonly number: number;
  readonly of: AllocationCandidate;
}

type Best = Score & { readonly picks: readonly AllocationPick[] };

interface Score {
  readonly credits: number;
  readonly benefits: number;
  readonly usedUp: number;
}

class Search {
  readonly #standing: Standing;
  /** Candidates with fixed lots, then those with a pool, each in canonical order. */
  readonly #items: readonly Numbered[];
  readonly #pools: number;
  readonly #bound: Bound;
  readonly #problem: AllocationProblem;
  #nodes: number;
  #isThrifty = false;
  readonly #force: number | undefined;
  readonly #isCreditOnly: boolean;
  readonly #picks: AllocationPick[] = [];
  readonly #sets = new Map<string, ReturnType<typeof cheapestSet>>();
  #visited = 0;
  #best: Best | null = null;
  #isExact = true;
  #dropped = 0;

  constructor(problem: AllocationProblem, component: Component, options: AllocationOptions) {
    const { candidates, caps } = component;
    this.#problem = problem;
    this.#standing = new Standing(problem);
    this.#items = [
      ...candidates.filter(({ of }) => of.pool === null),
      ...candidates.filter(({ of }) => of.pool !== null),
    ];
    this.#pools = candidates.filter(({ of }) => of.pool === null).length;
    this.#bound = new Bound(
      this.#items.map(({ of }) => of),
      caps,
    );
    this.#nodes = options.nodes ?? LIMITS.nodes;
    this.#force = options.force;
    this.#isCreditOnly = options.isCreditOnly ?? false;
  }

  run(): Allocation {
    if (this.#items.length > LIMITS.candidates) this.#takeInOrder();
    else this.#visit(0);
    this.#saveCredit();
    const best = this.#best ?? { picks: [], credits: 0, benefits: 0, usedUp: 0 };
    const bound = this.#isExact ? best.credits : Math.max(best.credits, this.#dropped);
    return { ...best, isProven: this.#isExact, bound };
  }

  /**
   * Second pass: the most credit is known, now the same for less. It has its own, smaller limit of
   * nodes, because it takes most of the time and decides no credit (measured: 1 ms for the first
   * pass and 23 ms for both at the median of 300 typical instances, 500 ms and 7 s at p99).
   */
  #saveCredit(): void {
    if (!this.#isExact || this.#isCreditOnly) return;
    this.#isThrifty = true;
    this.#nodes = Math.min(this.#nodes, LIMITS.thriftNodes);
    this.#visited = 0;
    this.#visit(0);
    this.#isExact = true;
  }

  #visit(at: number): void {
    this.#visited += 1;
    const item = this.#items[at];
    if (!item) {
      this.#settle();
      return;
    }
    if (this.#isHopeless(at)) return;
    if (this.#visited > this.#nodes && this.#best) {
      this.#isExact = false;
      this.#dropped = Math.max(this.#dropped, this.#reach(at));
      return;
    }
    if (at < this.#pools) this.#tryLots(item, at);
    else this.#tryPool(item, at);
    if (item.number !== this.#force) this.#visit(at + 1);
  }

  /** Too many candidates to search: each is granted in its largest choice that still fits. */
  #takeInOrder(): void {
    this.#isExact = false;
    this.#dropped = this.#reach(0);
    const forced = this.#items.filter(({ number }) => number === this.#force);
    for (const { number, of } of [...forced, ...this.#items]) {
      const isTaken = this.#picks.some(({ candidate }) => candidate === number);
      const index = of.choices.findIndex((choice) => this.#standing.fits(choice));
      const choice = of.choices[index];
      if (isTaken || !choice) continue;
      const free = (of.pool?.members ?? []).map(({ lot }) => lot);
      const open = free.filter((lot) => this.#standing.isFree(lot));
      const set = of.pool ? this.#cheapest(of, 0, open, index) : { lots: [], usedUp: 0 };
      if (!set) continue;
      this.#standing.take(choice, set.lots, set.usedUp);
      this.#picks.push({ candidate: number, choice: index, poolLots: set.lots });
    }
    this.#settle();
  }

  #tryLots({ number, of }: Numbered, at: number): void {
    for (const [index, choice] of of.choices.entries()) {
      // The first choice is judged when it is taken; a later one gives less and needs no look.
      if (index > 0 && this.#isBeaten(at, choice.credits)) return;
      if (!this.#standing.fits(choice)) continue;
      this.#descend({ candidate: number, choice: index, poolLots: [] }, choice, at, 0);
    }
  }

  #tryPool({ number, of }: Numbered, at: number): void {
    for (const allowed of this.#allowedSets(of, at)) {
      for (const [index, choice] of of.choices.entries()) {
        if (this.#isBeaten(at, choice.credits)) break;
        const set = this.#standing.fits(choice) && this.#cheapest(of, at, allowed, index);
        if (!set) continue;
        this.#descend(
          { candidate: number, choice: index, poolLots: set.lots },
          choice,
          at,
          set.usedUp,
        );
      }
    }
  }

  /** Grants one choice, looks at everything after it, and takes the grant back. */
  #descend(pick: AllocationPick, choice: AllocationChoice, at: number, poolUsed: number): void {
    this.#standing.take(choice, pick.poolLots, poolUsed);
    this.#picks.push(pick);
    this.#visit(at + 1);
    this.#picks.pop();
    this.#standing.giveBack(choice, pick.poolLots, poolUsed);
  }

  /**
   * Which free lots a pool may look at. A lot that a later pool could use as well is tried with and
   * without; all other lots are always there.
   */
  *#allowedSets({ pool, choices }: AllocationCandidate, at: number): Generator<readonly number[]> {
    const own = new Set(choices[0]?.uses.map(({ lot }) => lot));
    const free = (pool?.members ?? [])
      .map(({ lot }) => lot)
      .filter((lot) => this.#standing.isFree(lot) && !own.has(lot));
    const later = new Set(
      this.#items
        .slice(at + 1)
        .filter(({ of }) => !excludes({ pool, choices }, of))
        .flatMap(({ of }) => [
          ...(of.pool?.members ?? []).map(({ lot }) => lot),
          ...of.choices.flatMap((choice) => choice.uses.map(({ lot }) => lot)),
        ]),
    );
    const shared = free.filter((lot) => later.has(lot));
    const sure = free.filter((lot) => !later.has(lot));
    if (shared.length > LIMITS.sharedLots) {
      this.#isExact = false;
      this.#dropped = Math.max(this.#dropped, this.#reach(at));
      yield free;
      return;
    }
    for (let mask = 2 ** shared.length - 1; mask >= 0; mask -= 1) {
      yield [...sure, ...shared.filter((_, bit) => (mask >> bit) % 2 === 1)].sort((a, b) => a - b);
    }
  }

  #cheapest(
    { pool, choices }: AllocationCandidate,
    at: number,
    allowed: readonly number[],
    index: number,
  ): PoolSet | undefined {
    const choice = choices[index];
    if (!pool || !choice) return undefined;
    const key = `${at} ${index} ${allowed.join(' ')}`;
    if (!this.#sets.has(key)) {
      const free = pool.members
        .filter(({ lot }) => allowed.includes(lot))
        .map((member) => ({ ...member, amount: this.#problem.lots[member.lot] ?? 0 }));
      const fixed = choice.uses.reduce((sum, { amount }) => sum + amount, 0);
      const granted = Math.max(0, choice.credits - fixed);
      const goal = { needed: choice.neededWeight, granted };
      this.#sets.set(key, cheapestSet(pool, free, goal));
    }
    const set = this.#sets.get(key);
    if (set && !set.isExact) this.#isExact = false;
    return set;
  }

  /** A complete allocation: kept when it is strictly better than the best before. */
  #settle(): void {
    const { credits, benefits, usedUp } = this.#standing;
    const isForcedIn = this.#picks.some(({ candidate }) => candidate === this.#force);
    const mustHave = this.#items.some(({ number }) => number === this.#force);
    if (mustHave && !isForcedIn) return;
    const best = this.#best;
    const isBetter =
      !best ||
      credits > best.credits ||
      (credits === best.credits &&
        (benefits > best.benefits || (benefits === best.benefits && usedUp < best.usedUp)));
    if (isBetter) this.#best = { picks: [...this.#picks], credits, benefits, usedUp };
  }

  #reach(at: number): number {
    return this.#standing.credits + this.#bound.credits(at, this.#standing);
  }

  /** Even the best that could come from here on is not strictly better than what is known. */
  #isHopeless(at: number): boolean {
    const best = this.#best;
    if (!best) return false;
    const reach = this.#reach(at);
    if (reach !== best.credits) return reach < best.credits;
    const benefits = this.#standing.benefits + this.#bound.benefits(at);
    if (benefits !== best.benefits) return benefits < best.benefits;
    if (!this.#isThrifty) return true;
    const open = best.credits - this.#standing.credits;
    const usedUp = this.#standing.usedUp + this.#bound.usedUp(open);
    return usedUp >= best.usedUp;
  }

  /** With this choice, or a later one with less, and all that may follow, the credits stay below. */
  #isBeaten(at: number, credits: number): boolean {
    if (!this.#best) return false;
    const rest = this.#bound.credits(at + 1, this.#standing);
    return this.#standing.credits + credits + rest < this.#best.credits;
  }
}

/** Whether two candidates can never be granted together, because both fill the same course. */
function excludes(a: AllocationCandidate, b: AllocationCandidate): boolean {
  const course = courseOfAll(a);
  return course !== undefined && b.choices.every(({ courses }) => courses.includes(course));
}
