import type { OutcomeDefinition } from './definition.js';
import { looseTitleKey } from './title-key.js';

/** Below this share of common letter pairs a title is another title, not a misspelt one. */
const LEAST_LIKENESS = 0.45;
/** A file that names one unknown course names it many thousand times. */
const REMEMBERED = 1_000;

interface IndexedTitle {
  readonly definition: OutcomeDefinition;
  readonly pairs: number;
}

/** Finds the nearest title by the Dice coefficient over pairs of letters. */
export class Suggestions {
  readonly #definitions: readonly OutcomeDefinition[];
  readonly #remembered = new Map<string, OutcomeDefinition | null>();
  #titles: IndexedTitle[] | undefined;
  readonly #byPair = new Map<string, number[]>();

  constructor(definitions: readonly OutcomeDefinition[]) {
    this.#definitions = definitions;
  }

  nearest(text: string): OutcomeDefinition | null {
    const remembered = this.#remembered.get(text);
    if (remembered !== undefined) return remembered;
    const nearest = this.#search(text);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(text, nearest);
    return nearest;
  }

  #search(text: string): OutcomeDefinition | null {
    // Built on first use: most postings name an outcome that exists.
    this.#titles ??= this.#index();
    const pairs = pairsOf(looseTitleKey(text));
    const common = new Map<number, number>();
    for (const pair of pairs) {
      for (const title of this.#byPair.get(pair) ?? []) {
        common.set(title, (common.get(title) ?? 0) + 1);
      }
    }
    let best: IndexedTitle | undefined;
    let bestLikeness = LEAST_LIKENESS;
    for (const [number, count] of common) {
      const title = this.#titles[number] as IndexedTitle;
      const likeness = (2 * count) / (pairs.size + title.pairs);
      if (likeness > bestLikeness) [best, bestLikeness] = [title, likeness];
    }
    return best?.definition ?? null;
  }

  #index(): IndexedTitle[] {
    const titles: IndexedTitle[] = [];
    for (const definition of this.#definitions) {
      const { code, title, aliases } = definition;
      for (const name of [code, title.zh, title.en, ...aliases]) {
        const pairs = pairsOf(looseTitleKey(name));
        for (const pair of pairs) {
          const same = this.#byPair.get(pair);
          if (same) same.push(titles.length);
          else this.#byPair.set(pair, [titles.length]);
        }
        titles.push({ definition, pairs: pairs.size });
      }
    }
    return titles;
  }
}

function pairsOf(key: string): Set<string> {
  const letters = Array.from(key);
  const pairs = new Set<string>();
  // With a sign at either end, a title of one letter has pairs too and first letters weigh more.
  for (let i = 0; i <= letters.length; i += 1) {
    pairs.add(`${letters[i - 1] ?? '^'}${letters[i] ?? '$'}`);
  }
  return pairs;
}
