import { byCodeUnit } from './canonical.js';
import type { Watch } from './clauses/leaf.js';
import type { Clause, CompiledRule, CompiledRulebook } from './compiled.js';
import type { Lot } from './lots.js';

/**
 * Builds the index from what a lot is to the rules that look at such lots, so that the cost of an
 * evaluation follows the rules that can match instead of the size of the rulebook. Of "n of m"
 * clauses the m-n+1 with the fewest keys are watched: one of them must be true. Of `all` that is one
 * clause, of `any` it is every one.
 */
export function buildIndex(
  rules: readonly CompiledRule[],
): Pick<CompiledRulebook, 'index' | 'always'> {
  const index = new Map<string, number[]>();
  const always: number[] = [];
  rules.forEach((rule, number) => {
    const keys = watch(rule.when);
    if (keys === null) always.push(number);
    for (const key of new Set(keys ?? [])) {
      const list = index.get(key);
      if (list) list.push(number);
      else index.set(key, [number]);
    }
  });
  return { index, always };
}

/** Numbers of the rules that a learner with these lots touches, ascending. */
export function touchedRules(rulebook: CompiledRulebook, lots: readonly Lot[]): number[] {
  const touched = new Set(rulebook.always);
  for (const lot of lots) {
    for (const key of keysOfLot(lot)) {
      for (const rule of rulebook.index.get(key) ?? []) touched.add(rule);
    }
  }
  return [...touched].sort((a, b) => a - b);
}

function keysOfLot({ fact }: Lot): string[] {
  return [
    `code:${fact.outcome}`,
    `source:${fact.source}`,
    `kind:${fact.kind}`,
    `category:${fact.category}`,
  ];
}

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
  const size = (keys: Watch): number =>
    keys === null ? 1_000_000 : keys.length * (keys[0]?.startsWith('code:') === false ? 1000 : 1);
  return size(a) - size(b) || byCodeUnit((a ?? []).join(), (b ?? []).join());
}
