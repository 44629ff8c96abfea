import { byCodeUnit } from './canonical.js';
import type { OutcomeSelect } from './rulebook.js';
import type { Clause, CompiledRule, CompiledRulebook } from './compiled.js';
import type { Lot } from './lots.js';

/** Keys of lots without which a rule cannot become true; null when it can without any such lot. */
type Watch = readonly string[] | null;

/**
 * Builds the index from what a lot is to the rules that look at such lots, so that the cost of an
 * evaluation follows the rules that can match instead of the size of the rulebook. Of an `all`, the
 * child with the fewest keys is watched; of "n of m", the m-n+1 children with the fewest: one of
 * them must be true.
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
  switch (clause.op) {
    case 'has':
      return keysOfSelect(clause.select);
    case 'sum':
      return keysOfSelect(clause.of.select);
    case 'learner':
      return null;
    case 'any':
      return union(clause.children.map(watch));
    case 'all':
      return clause.children.map(watch).sort(bySize)[0] ?? null;
    case 'at-least': {
      const enough = clause.children.length - clause.atLeast + 1;
      return union(clause.children.map(watch).sort(bySize).slice(0, enough));
    }
  }
}

function keysOfSelect(select: OutcomeSelect): Watch {
  if (select.codes.length > 0) return select.codes.map((code) => `code:${code}`);
  if (select.kind.length > 0) return select.kind.map((kind) => `kind:${kind}`);
  if (select.category.length > 0) return select.category.map((name) => `category:${name}`);
  if (select.source.length > 0) return select.source.map((source) => `source:${source}`);
  return null;
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
