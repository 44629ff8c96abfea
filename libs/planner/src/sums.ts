import type { Row, Term } from '#libs/integer';

/** How far a sum may go; an infinite limit is none. */
export interface Limits {
  readonly least?: number;
  readonly most?: number;
}

/** The rows of a programme while they are being written, each under a name. */
export class Sums {
  readonly uppers: number[] = [];
  readonly #terms = new Map<string, Map<number, number>>();
  readonly #limits = new Map<string, Limits>();

  variable(upper: number): number {
    return this.uppers.push(upper) - 1;
  }

  has(name: string): boolean {
    return this.#terms.has(name);
  }

  add(name: string, variable: number, times: number): void {
    if (times === 0) return;
    let terms = this.#terms.get(name);
    if (!terms) this.#terms.set(name, (terms = new Map()));
    terms.set(variable, (terms.get(variable) ?? 0) + times);
  }

  /** Adds so many times another sum. */
  addAll(name: string, of: readonly Term[], times: number): void {
    for (const term of of) this.add(name, term.variable, times * term.times);
  }

  limit(name: string, limits: Limits): void {
    this.#limits.set(name, limits);
  }

  /** Rows with a limit; a sum without one is only a sum. */
  rows(): Row[] {
    return [...this.#limits].flatMap(([name, { least, most }]) => {
      const terms = this.termsOf(name);
      if (terms.length === 0 && !((least ?? 0) > 0 || (most ?? 0) < 0)) return [];
      return [
        { terms, least: least ?? Number.NEGATIVE_INFINITY, most: most ?? Number.POSITIVE_INFINITY },
      ];
    });
  }

  termsOf(name: string): Term[] {
    return [...(this.#terms.get(name) ?? [])]
      .map(([variable, times]) => ({ variable, times }))
      .filter(({ times }) => times !== 0);
  }
}
