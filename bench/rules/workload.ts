/**
 * Rules and learners that are made up but shaped like real ones: outcomes come in disciplines, some
 * are popular, a rule asks for one to six things. The same seed gives the same workload.
 */
export interface Workload {
  readonly rules: readonly MadeRule[];
  readonly learners: readonly MadeLearner[];
}

/** What one leaf of a condition asks: an outcome by code or family, good and recent enough. */
export interface Leaf {
  readonly codes: readonly string[];
  readonly family: string | null;
  readonly minGrade: number | null;
  /** From 1 to 5. */
  readonly minLevel: number | null;
  /** Days since 1970. */
  readonly minDay: number | null;
}

export type Condition =
  | { readonly op: 'leaf'; readonly leaf: Leaf }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'at-least'; readonly needed: number; readonly of: readonly Condition[] };

export interface MadeRule {
  readonly id: number;
  readonly from: number;
  /** The first day on which it does not hold; null when it has no end. */
  readonly to: number | null;
  readonly when: Condition;
}

export interface MadeOutcome {
  readonly lot: string;
  readonly code: string;
  readonly family: string;
  readonly grade: number;
  readonly level: number;
  readonly day: number;
}

export type MadeLearner = readonly MadeOutcome[];

/** The day of every evaluation, in days since 1970. */
export const TODAY = 20_000;

const CLUSTER = 60;
const SEED = { rules: 21, learners: 22 };

/** @param codes how many outcomes the catalogue has */
export function makeWorkload(size: { rules: number; codes: number; learners: number }): Workload {
  const catalogue = new Catalogue(size.codes);
  return {
    rules: makeRules(size.rules, catalogue),
    learners: makeLearners(size.learners, catalogue),
  };
}

export function isLive({ from, to }: MadeRule): boolean {
  return from <= TODAY && (to === null || TODAY < to);
}

/** Numbers that look random: the same seed gives the same ones (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to but not including 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.roll() * end);
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** An index, each as often as its share of one says. */
  weighted(shares: readonly number[]): number {
    let left = this.roll();
    const at = shares.findIndex((share) => (left -= share) < 0);
    return at < 0 ? shares.length - 1 : at;
  }
}

/** Disciplines of sixty outcomes in four families; the first of a discipline are the popular ones. */
export class Catalogue {
  readonly clusters: number;

  constructor(readonly codes: number) {
    this.clusters = Math.max(1, Math.ceil(codes / CLUSTER));
  }

  codeIn(cluster: number, dice: Dice): number {
    const within = Math.floor(dice.roll() ** 1.6 * CLUSTER);
    return Math.min(this.codes - 1, cluster * CLUSTER + within);
  }

  familyOf(code: number): string {
    return `F${Math.floor(code / CLUSTER) * 4 + (code % 4)}`;
  }
}

export function makeRules(count: number, catalogue: Catalogue): MadeRule[] {
  const dice = new Dice(SEED.rules);
  return Array.from({ length: count }, (_, id) => {
    const cluster = dice.below(catalogue.clusters);
    const size = 1 + dice.weighted([0.45, 0.2, 0.15, 0.1, 0.05, 0.05]);
    const leaves = Array.from({ length: size }, (): Condition => {
      return { op: 'leaf', leaf: makeLeaf(dice, catalogue, cluster) };
    });
    const when = joined(leaves, dice);
    const from = 17_000 + dice.below(3200);
    const to = dice.roll() < 0.85 ? null : from + 365 + dice.below(1500);
    return { id, from, to, when };
  });
}

function makeLeaf(dice: Dice, catalogue: Catalogue, cluster: number): Leaf {
  const codes = new Set<string>();
  let family: string | null = null;
  if (dice.roll() < 0.85) {
    const count = dice.roll() < 0.88 ? 1 : 2 + dice.below(2);
    while (codes.size < count) codes.add(`C${catalogue.codeIn(cluster, dice)}`);
  } else {
    family = catalogue.familyOf(catalogue.codeIn(cluster, dice));
  }
  const isFamily = family !== null;
  return {
    codes: [...codes],
    family,
    minGrade: dice.roll() < 0.5 || isFamily ? dice.oneOf([60, 65, 70, 75, 80]) : null,
    minLevel: dice.roll() < 0.3 || isFamily ? dice.oneOf([2, 3, 4]) : null,
    minDay: dice.roll() < 0.25 ? TODAY - dice.oneOf([1096, 1826, 2922]) : null,
  };
}

function joined(leaves: readonly Condition[], dice: Dice): Condition {
  const [first, second] = leaves;
  if (!first || !second) return first as Condition;
  const draw = dice.roll();
  const isLarge = leaves.length >= 4;
  if (draw < 0.5 || (leaves.length === 2 && draw < 0.7)) {
    if (!isLarge) return { op: 'all', of: leaves };
    return { op: 'all', of: [first, { op: 'any', of: leaves.slice(1, 3) }, ...leaves.slice(3)] };
  }
  if (draw < 0.78 || leaves.length === 2) {
    if (!isLarge) return { op: 'any', of: leaves };
    return { op: 'any', of: [{ op: 'all', of: [first, second] }, ...leaves.slice(2)] };
  }
  const needed = Math.min(leaves.length - 1, 2 + dice.below(leaves.length - 2));
  return { op: 'at-least', needed, of: leaves };
}

function makeLearners(count: number, catalogue: Catalogue): MadeLearner[] {
  const dice = new Dice(SEED.learners);
  return Array.from({ length: count }, (_, learner) => {
    const size = 5 + Math.floor(56 * dice.roll() ** 1.5);
    const clusters = Array.from({ length: 1 + dice.below(3) }, () =>
      dice.below(catalogue.clusters),
    );
    return Array.from({ length: size }, (__, index): MadeOutcome => {
      const isOwn = dice.roll() < 0.85;
      const code = isOwn
        ? catalogue.codeIn(dice.oneOf(clusters), dice)
        : dice.below(catalogue.codes);
      return {
        lot: `l${learner}-${String(index).padStart(2, '0')}`,
        code: `C${code}`,
        family: catalogue.familyOf(code),
        grade: Math.min(100, 45 + dice.below(55)),
        level: 1 + dice.weighted([0.2, 0.3, 0.3, 0.15, 0.05]),
        day: TODAY - Math.floor(dice.roll() ** 1.5 * 4000),
      };
    });
  });
}
