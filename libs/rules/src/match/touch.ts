import { byCodeUnit, canonicalJson } from '../canonical.js';
import type { CompiledRulebook } from '../compile/compiled.js';

/** Whom a change of the rules can touch. */
export interface RuleTouch {
  /**
   * What a learner must have one outcome of (`code:X`, `source:course`, …) to be touched; null when
   * everybody can be.
   */
  readonly keys: readonly string[] | null;
  /** Whether also learners without such an outcome are touched when something was granted before. */
  readonly byGrants: boolean;
}

/**
 * Whom the step from one version to another can touch. Everybody else gets the same grants from
 * both, whatever else they have: a rule that did not change gives what it gave, and one that did
 * cannot become true without an outcome that it watches in one of the two versions. What is said in
 * texts, worked examples and sources changes no decision.
 *
 * @param before null: nothing governed before
 * @param after null: nothing governs from now on
 */
export function touchOf(
  before: CompiledRulebook | null,
  after: CompiledRulebook | null,
): RuleTouch {
  if (before && after && frameOf(before) === frameOf(after)) {
    const changed = changedRules(before, after);
    return { keys: keysOf([before, after], changed), byGrants: false };
  }
  const both = [before, after].flatMap((each) => each ?? []);
  return { keys: keysOf(both, null), byGrants: both.some(givesForTotals) };
}

/** Everything about a version that bears on decisions, except its rules. */
function frameOf({ rulebook }: CompiledRulebook): string {
  const { inForce } = rulebook;
  return canonicalJson({
    ...without(rulebook, ['version', 'title', 'basis', 'examples', 'rules']),
    inForce: inForce.by === 'application' ? null : inForce,
  });
}

/** Ids of the rules that are new, gone, or say something else. */
function changedRules(before: CompiledRulebook, after: CompiledRulebook): Set<string> {
  const [old, young] = [meaningsOf(before), meaningsOf(after)];
  const ids = [...old.keys(), ...young.keys()];
  return new Set(ids.filter((id) => old.get(id) !== young.get(id)));
}

function meaningsOf({ rulebook }: CompiledRulebook): Map<string, string> {
  return new Map(
    rulebook.rules.map((rule) => [rule.id, canonicalJson(without(rule, ['title', 'basis']))]),
  );
}

function without<T extends object>(whole: T, names: readonly (keyof T & string)[]): Partial<T> {
  const left: Partial<T> = { ...whole };
  for (const name of names) delete left[name];
  return left;
}

/** What the named rules watch, or all of them; null when one of them watches nothing. */
function keysOf(
  rulebooks: readonly CompiledRulebook[],
  ids: ReadonlySet<string> | null,
): readonly string[] | null {
  const keys = new Set<string>();
  for (const { rules, index } of rulebooks) {
    for (const [number, watch] of index.watches.entries()) {
      if (ids !== null && !ids.has(rules[number]?.rule.id ?? '')) continue;
      if (watch === null) return null;
      for (const key of watch) keys.add(key);
    }
  }
  return [...keys].sort(byCodeUnit);
}

/** A total can be reached by what was granted before alone. */
function givesForTotals({ rights, requirements }: CompiledRulebook): boolean {
  return rights.length + requirements.length > 0;
}
