import { byCodeUnit } from '../canonical.js';
import type { Watch } from '../clauses/leaf.js';
import type { Clause, CompiledRule } from '../compile/compiled.js';
import type { Held } from '../learner/held.js';
import { NumberSet } from './number-set.js';
import type { LotKey, Vocabulary } from './vocabulary.js';

/**
 * From what a lot is to the rules that look at such lots, so that the cost of an evaluation follows
 * the rules that can match instead of the size of the rulebook.
 */
export class RuleIndex {
  /** Keys of each rule without which it cannot become true; null when it can without any of them. */
  readonly watches: readonly Watch[];
  /** Rules that look at every lot or at none: they are touched by every learner. */
  readonly #always: readonly number[];
  /** Of each key where its rules begin in the list of all rules of all keys. */
  readonly #starts: Int32Array;
  readonly #rules: Int32Array;
  readonly #touched: NumberSet;

  constructor(rules: readonly Pick<CompiledRule, 'when'>[], vocabulary: Vocabulary) {
    this.watches = rules.map(({ when }) => watch(when));
    this.#always = this.watches.flatMap((of, rule) => (of === null ? [rule] : []));
    const pairs = this.watches.flatMap((of, rule) =>
      [...new Set(of)].map((key) => ({ key: vocabulary.key(key), rule })),
    );
    const sorted = pairs.sort((a, b) => a.key - b.key || a.rule - b.rule);
    this.#rules = Int32Array.from(sorted, ({ rule }) => rule);
    this.#starts = new Int32Array(vocabulary.keyCount + 1);
    for (const { key } of sorted) this.#starts[key + 1] = (this.#starts[key + 1] ?? 0) + 1;
    for (let key = 0; key < vocabulary.keyCount; key += 1) {
      this.#starts[key + 1] = (this.#starts[key + 1] ?? 0) + (this.#starts[key] ?? 0);
    }
    this.#touched = new NumberSet(rules.length);
  }

  /** Numbers of the rules that a learner touches, ascending. */
  touched(held: Held): number[] {
    const touched = this.#touched;
    for (const rule of this.#always) touched.add(rule);
    for (const key of held.desk().present) {
      const end = this.#starts[key + 1] as number;
      for (let at = this.#starts[key] as number; at < end; at += 1) {
        touched.add(this.#rules[at] as number);
      }
    }
    return touched.take();
  }
}

/**
 * Of "n of m" clauses the m-n+1 with the fewest keys are watched: one of them must be true. Of `all`
 * that is one clause, of `any` it is every one.
 */
function watch(clause: Clause): Watch {
  if (!('children' in clause)) return clause.watch;
  if (clause.needed < 1) return null;
  const enough = clause.children.length - clause.needed + 1;
  return union(clause.children.map(watch).sort(bySize).slice(0, enough));
}

function union(watches: readonly Watch[]): Watch {
  return watches.some((keys) => keys === null) ? null : watches.flatMap((keys) => keys ?? []);
}

/** Codes are rarer than kinds and sources; a clause that watches nothing comes last. */
function bySize(a: Watch, b: Watch): number {
  const size = (keys: readonly LotKey[] | null): number =>
    keys === null ? 1_000_000 : keys.length * (keys[0]?.startsWith('code:') === false ? 1000 : 1);
  return size(a) - size(b) || byCodeUnit((a ?? []).join(), (b ?? []).join());
}
