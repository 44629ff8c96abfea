import { compare, parseDecimal, type Rational, rational } from '#libs/credit';
import type { ScaleMapDocument } from '../document/document.js';
import { remembered } from '../remembered.js';
import type { Scale } from '../document/rulebook.js';

/** A position on a scale: higher is better. Positions of different scales are never compared. */
export type Rank = Rational;

/**
 * The named scales of one rulebook. A value of another scale is read through an explicit map or not
 * at all: a mark that cannot be placed is unknown, never low.
 */
export class Scales {
  readonly #scales = new Map<string, { scale: Scale; names: Map<string, number> }>();
  readonly #maps = new Map<string, Map<string, string>>();
  readonly #comparers = new Map<string, Comparer>();

  constructor(scales: Readonly<Record<string, Scale>>, maps: readonly ScaleMapDocument[]) {
    for (const [name, scale] of Object.entries(scales)) {
      const names = new Map<string, number>();
      scale.values.forEach((same, rank) =>
        same.forEach((value) => names.set(normaliseValue(value), rank)),
      );
      this.#scales.set(name, { scale, names });
    }
    for (const map of maps) {
      const values = Object.entries(map.values).map(([a, b]) => [normaliseValue(a), b] as const);
      this.#maps.set(`${map.from}\u0000${map.to}`, new Map(values));
    }
  }

  has(name: string): boolean {
    return this.#scales.has(name);
  }

  names(): string[] {
    return [...this.#scales.keys()];
  }

  /** Names of the values of a scale; none for a scale of numbers. */
  valuesOf(name: string): string[] {
    return [...(this.#scales.get(name)?.names.keys() ?? [])];
  }

  /** The lowest place of a scale; undefined when the scale is unknown. */
  lowest(name: string): Rank | undefined {
    const scale = this.#scales.get(name)?.scale;
    if (!scale) return undefined;
    return scale.numbers ? rankNumber(scale.numbers, scale.numbers.from) : rational(0n);
  }

  /** Places a value on its own scale; undefined when the scale or the value is unknown. */
  rank(scaleName: string | null, value: string | null): Rank | undefined {
    if (scaleName === null || value === null) return undefined;
    const entry = this.#scales.get(scaleName);
    if (!entry) return undefined;
    const text = normaliseValue(value);
    if (!entry.scale.numbers) {
      const rank = entry.names.get(text);
      return rank === undefined ? undefined : rational(BigInt(rank));
    }
    return rankNumber(entry.scale.numbers, text);
  }

  /** The value of one scale as it is written on another; undefined when no map leads there. */
  valueOn(target: string, scaleName: string | null, value: string | null): string | undefined {
    if (scaleName === null || value === null) return undefined;
    if (scaleName === target) return this.rank(target, value) ? normaliseValue(value) : undefined;
    return this.#maps.get(`${scaleName}\u0000${target}`)?.get(normaliseValue(value));
  }

  /**
   * A question that is asked over and over of the few values that grades and levels have: where a
   * value of any scale lies, seen from a limit of this one. The answers are remembered, and the same
   * question is one for all rules that ask it.
   */
  from(target: string, limit: string): Comparer {
    const key = `${target}\u0000${limit}`;
    const known = this.#comparers.get(key);
    if (known) return known;
    const end = this.rank(target, limit);
    const comparer = new Comparer((scaleName, value) => {
      const rank = this.rankOn(target, scaleName, value);
      return rank && end ? compare(rank, end) : undefined;
    });
    this.#comparers.set(key, comparer);
    return comparer;
  }

  /** Places a value of one scale on another, directly or through the document's map. */
  rankOn(target: string, scaleName: string | null, value: string | null): Rank | undefined {
    if (scaleName === null || value === null) return undefined;
    if (scaleName === target) return this.rank(target, value);
    const mapped = this.#maps.get(`${scaleName}\u0000${target}`)?.get(normaliseValue(value));
    return mapped === undefined ? undefined : this.rank(target, mapped);
  }
}

/** Compares values with one limit: below zero, zero, above zero, or undefined when it cannot. */
export class Comparer {
  readonly #ask: (scaleName: string, value: string) => number | undefined;
  #scaleName: string | null = null;
  /** Answers for the scale that was asked about last; most grades are on the same one. */
  #answer: (value: string) => number | undefined = () => undefined;

  constructor(ask: (scaleName: string, value: string) => number | undefined) {
    this.#ask = ask;
  }

  compare(scaleName: string | null, value: string | null): number | undefined {
    if (scaleName === null || value === null) return undefined;
    if (scaleName !== this.#scaleName) {
      this.#scaleName = scaleName;
      this.#answer = remembered((text) => this.#ask(scaleName, text));
    }
    return this.#answer(value);
  }
}

/** A number scale whose `from` is above its `to` counts downwards: 1.0 is best and 5.0 is worst. */
function rankNumber(limits: { from: string; to: string }, text: string): Rank | undefined {
  const value = parseDecimal(text);
  const from = parseDecimal(limits.from);
  const to = parseDecimal(limits.to);
  if (!value || !from || !to) return undefined;
  const isRising = compare(from, to) <= 0;
  const [low, high] = isRising ? [from, to] : [to, from];
  if (compare(value, low) < 0 || compare(value, high) > 0) return undefined;
  return isRising ? value : rational(-value.num, value.den);
}

/** Full-width digits, non-breaking spaces and padding are how sheets write the same value. */
export function normaliseValue(text: string): string {
  return text.normalize('NFKC').trim();
}
