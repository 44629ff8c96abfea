import type { CompiledRulebook } from '../compile/compiled.js';
import type { LearnerFacts } from '../types.js';
import { NumberSet } from './number-set.js';
import { Vocabulary } from './vocabulary.js';

/**
 * From what an outcome is to the rulebooks that look at such outcomes. Of hundreds of published
 * rulebooks few say anything about one learner, and only those need be evaluated.
 */
export class RulebookIndex {
  readonly #vocabulary = new Vocabulary();
  /** Of each key the numbers of the rulebooks with a rule that watches it. */
  readonly #watching: number[][] = [];
  /** Rulebooks that can say something to everybody. */
  readonly #always: readonly number[];
  /** Rulebooks that can say something to whom something was granted before. */
  readonly #totalling: readonly number[];
  readonly #asked: NumberSet;

  constructor(private readonly rulebooks: readonly CompiledRulebook[]) {
    const numbersOf = (isMeant: (rulebook: CompiledRulebook) => boolean): number[] =>
      rulebooks.flatMap((rulebook, number) => (isMeant(rulebook) ? [number] : []));
    this.#always = numbersOf(saysAlways);
    this.#totalling = numbersOf(
      ({ rights, requirements }) => rights.length + requirements.length > 0,
    );
    this.#asked = new NumberSet(rulebooks.length);
    for (const [number, { index }] of rulebooks.entries()) {
      const keys = new Set(index.watches.flatMap((watch) => watch ?? []));
      for (const key of keys) (this.#watching[this.#vocabulary.key(key)] ??= []).push(number);
    }
  }

  /**
   * The rulebooks that can grant, refuse or keep open something for a learner, in their order. The
   * others have nothing to say about what the learner has: their decisions give no reason.
   */
  speakingTo({
    outcomes,
    granted,
  }: Pick<LearnerFacts, 'outcomes' | 'granted'>): CompiledRulebook[] {
    const asked = this.#asked;
    for (const number of this.#always) asked.add(number);
    if (granted.length > 0) for (const number of this.#totalling) asked.add(number);
    for (const outcome of outcomes) {
      for (const key of this.#vocabulary.keysOf(outcome)) {
        for (const number of this.#watching[key] ?? []) asked.add(number);
      }
    }
    return asked.take().flatMap((number) => this.rulebooks[number] ?? []);
  }
}

/** A rule that watches no key is looked at for everybody; a right that needs nothing is given to all. */
function saysAlways({ index, rights }: CompiledRulebook): boolean {
  return index.watches.includes(null) || rights.some((right) => right.neededMillicredits <= 0n);
}
