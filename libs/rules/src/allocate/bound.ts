import type { AllocationCandidate, AllocationChoice } from './allocation.js';
import { type Standing, usedUpBy } from './standing.js';

interface Item {
  readonly candidate: AllocationCandidate;
  readonly top: AllocationChoice;
  readonly usedUp: number;
  /** The most specific cap that counts every credit of the candidate, as a number in `caps`; or -1. */
  readonly group: number;
  /** Two ways to put the candidate among others of which only one can be granted. */
  readonly cliques: readonly [number, number];
}

/**
 * Upper bounds for what the candidates from some position on can still add. Candidates that need the
 * same course, or the same lot for themselves, exclude each other, so each such clique adds at most
 * its best; the cliques under a cap add at most its room.
 */
export class Bound {
  readonly #items: readonly Item[];
  readonly #caps: readonly number[];
  /** Caps that count every credit of every candidate. */
  readonly #overall: readonly number[];
  readonly #byThrift: readonly number[];
  readonly #best: [number[], number[]];
  readonly #stamp: [number[], number[]];
  readonly #open: number[] = [];
  #round = 0;

  constructor(candidates: readonly AllocationCandidate[], caps: readonly number[]) {
    this.#caps = caps;
    const inside = candidates.map((candidate) => caps.map((cap) => countsAll(candidate, cap)));
    this.#overall = caps.filter((_, at) => inside.every((of) => of[at]));
    const sizes = caps.map((_, at) => inside.filter((of) => of[at]).length);
    const names = [new Map<string, number>(), new Map<string, number>()] as const;
    this.#items = candidates.map((candidate, index) => {
      const top = candidate.choices[0];
      if (!top) throw new RangeError('a candidate has at least one choice');
      const group = mostSpecific(inside[index] ?? [], sizes);
      const shared = courseOfAll(candidate);
      const course = shared === undefined ? null : `course ${shared}`;
      const exclusive = top.uses.find((use) => use.isExclusive);
      const lot = exclusive ? `lot ${exclusive.lot}` : null;
      const own = `own ${index}`;
      const cliques = [
        number(names[0], `${group} ${course ?? lot ?? own}`),
        number(names[1], `${group} ${lot ?? course ?? own}`),
      ] as const;
      return { candidate, top, usedUp: usedUpBy(candidate), group, cliques };
    });
    this.#best = [[...names[0].values()].map(() => 0), [...names[1].values()].map(() => 0)];
    this.#stamp = [[...this.#best[0]], [...this.#best[1]]];
    // Cross multiplication of safe integers can leave their range; here it only orders a bound.
    this.#byThrift = this.#items
      .map((_, index) => index)
      .sort((a, b) => this.#thrift(a) - this.#thrift(b) || a - b);
  }

  /** Credits that candidates from `from` on can add at most. */
  credits(from: number, standing: Standing): number {
    this.#round += 1;
    const sums = [this.#groupSums(), this.#groupSums()] as const;
    for (let index = from; index < this.#items.length; index += 1) {
      const item = this.#items[index];
      if (!item || !isOpen(item, standing)) continue;
      this.#open[index] = this.#round;
      this.#add(0, item, sums[0]);
      this.#add(1, item, sums[1]);
    }
    const most = Math.min(this.#total(sums[0], standing), this.#total(sums[1], standing));
    return this.#overall.reduce((least, cap) => Math.min(least, standing.room[cap] ?? 0), most);
  }

  benefits(from: number): number {
    return this.#items.slice(from).reduce((sum, { candidate }) => {
      return sum + Math.max(...candidate.choices.map((choice) => choice.benefits));
    }, 0);
  }

  /**
   * What must at least be used up to add so many credits: the thriftiest candidates first. Looks at
   * the candidates that were open in the call of `credits` just before.
   */
  usedUp(credits: number): number {
    let open = credits;
    let used = 0;
    for (const index of this.#byThrift) {
      if (open <= 0) break;
      const item = this.#items[index];
      if (!item || this.#open[index] !== this.#round || item.top.credits === 0) continue;
      const share = Math.min(open, item.top.credits);
      used += (item.usedUp * share) / item.top.credits;
      open -= share;
    }
    // Fractions steer here and decide nothing: the margin keeps the bound below the true value.
    return Math.ceil(used - 1e-6);
  }

  #thrift(index: number): number {
    const item = this.#items[index];
    if (!item || item.top.credits === 0) return Number.POSITIVE_INFINITY;
    return item.usedUp / item.top.credits;
  }

  #groupSums(): number[] {
    return Array.from({ length: this.#caps.length + 1 }, () => 0);
  }

  #add(way: 0 | 1, { cliques, top, group }: Item, sums: number[]): void {
    const clique = cliques[way];
    if (this.#stamp[way][clique] !== this.#round) this.#best[way][clique] = 0;
    this.#stamp[way][clique] = this.#round;
    const known = this.#best[way][clique] ?? 0;
    if (top.credits <= known) return;
    const at = group < 0 ? this.#caps.length : group;
    sums[at] = (sums[at] ?? 0) + top.credits - known;
    this.#best[way][clique] = top.credits;
  }

  #total(sums: readonly number[], { room }: Standing): number {
    return sums.reduce((total, sum, at) => {
      const cap = this.#caps[at];
      return total + (cap === undefined ? sum : Math.min(sum, Math.max(0, room[cap] ?? 0)));
    }, 0);
  }
}

/** One choice must fit as it is; of several, a smaller one may fit where the first does not. */
function isOpen({ candidate, top }: Item, standing: Standing): boolean {
  const { choices } = candidate;
  if (choices.length === 1) return standing.fits(top);
  const least = choices[choices.length - 1] ?? top;
  return standing.hasLots(least) && choices.some((choice) => standing.hasCourses(choice));
}

/** A course that is filled whichever choice is taken. */
export function courseOfAll({ choices }: AllocationCandidate): number | undefined {
  return choices[0]?.courses.find((course) =>
    choices.every(({ courses }) => courses.includes(course)),
  );
}

function countsAll({ choices }: AllocationCandidate, cap: number): boolean {
  return choices.every(({ credits, counts }) =>
    counts.some((count) => count.cap === cap && count.amount === credits),
  );
}

function mostSpecific(inside: readonly boolean[], sizes: readonly number[]): number {
  let best = -1;
  inside.forEach((isInside, at) => {
    if (isInside && (best < 0 || (sizes[at] ?? 0) < (sizes[best] ?? 0))) best = at;
  });
  return best;
}

function number(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}
