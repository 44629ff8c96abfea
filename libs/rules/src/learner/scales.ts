import { compare, parseDecimal, type Rational, rational } from '#libs/credit';
import type { ScaleMapDocument } from '../document/document.js';
import type { Scale } from '../document/rulebook.js';

/** A position on a scale: higher is better. Positions of different scales are never compared. */
export type Rank = Rational;

/** A value as it was written, with a number by which answers about it are remembered. */
export interface ScaleValue {
  readonly scale: string;
  readonly text: string;
  /** The same for the same value; null when there are too many to remember. */
  readonly number: number | null;
}

/** More values than scales have in practice, and longer ones: what a hostile file adds is let go. */
const LIMIT = { values: 10_000, length: 40 } as const;

/**
 * The named scales of one rulebook. A value of another scale is read through an explicit map or not
 * at all: a mark that cannot be placed is unknown, never low.
 */
export class Scales {
  readonly #scales = new Map<string, { scale: Scale; names: Map<string, number> }>();
  readonly #maps = new Map<string, Map<string, string>>();
  readonly #comparers = new Map<string, Comparer>();
  /** Values that were read, by scale and text. */
  readonly #values = new Map<string, Map<string, ScaleValue>>();
  #valueCount = 0;

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

  /** The value at the lowest place of a scale, as it is written; null when the scale is unknown. */
  lowestValue(name: string): string | null {
    const scale = this.#scales.get(name)?.scale;
    return scale?.numbers?.from ?? scale?.values[0]?.[0] ?? null;
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

  /** A value as comparers take it; null when the scale or the value is not told. */
  read(scale: string | null, text: string | null): ScaleValue | null {
    if (scale === null || text === null) return null;
    const known = this.#values.get(scale)?.get(text);
    if (known) return known;
    const isForgotten =
      this.#valueCount >= LIMIT.values || scale.length > LIMIT.length || text.length > LIMIT.length;
    if (isForgotten) return { scale, text, number: null };
    const value = { scale, text, number: this.#valueCount };
    this.#valueCount += 1;
    const ofScale = this.#values.get(scale) ?? new Map<string, ScaleValue>();
    this.#values.set(scale, ofScale.set(text, value));
    return value;
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
    const comparer = new Comparer(({ scale, text }) => {
      const rank = this.rankOn(target, scale, text);
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
  readonly #ask: (value: ScaleValue) => number | undefined;
  /** Answers by the number of the value; null when it was not asked about yet. */
  readonly #answers: (number | undefined | null)[] = [];

  constructor(ask: (value: ScaleValue) => number | undefined) {
    this.#ask = ask;
  }

  compare(value: ScaleValue | null): number | undefined {
    if (value === null) return undefined;
    const { number } = value;
    if (number === null) return this.#ask(value);
    while (this.#answers.length <= number) this.#answers.push(null);
    const known = this.#answers[number];
    if (known !== null) return known;
    const answer = this.#ask(value);
    this.#answers[number] = answer;
    return answer;
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
