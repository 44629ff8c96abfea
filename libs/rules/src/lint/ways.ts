import type { Clause, CompiledRule } from '../compile/compiled.js';
import { LIMITS } from '../limits.js';
import { each } from './finding.js';

/** As many lots of one kind as a learner who has learned much may hold. */
const HELD = 4;

/** Rules that a learner with many outcomes meets in more ways than are looked at. */
export const ways = each(({ rules }) =>
  rules
    .map((rule) => ({ rule, count: waysOf(rule) }))
    .filter(({ count }) => count > LIMITS.bindings)
    .map(({ rule: { rule, path }, count }) => ({
      code: 'lint-too-many-ways' as const,
      severity: 'warning' as const,
      path: `${path}/when`,
      params: { rule: rule.id, ways: String(count), limit: String(LIMITS.bindings) },
    })),
);

/** Single lots are listed without a limit; only their combinations are cut. */
function waysOf({ when }: CompiledRule): number {
  return 'children' in when ? count(when) : 0;
}

/** Far above the limit, far below what a number can count. */
const MOST = 1_000_000;

function count(clause: Clause): number {
  if (!('children' in clause)) {
    if (clause.op !== 'has' || clause.isEvidenceOnly) return 1;
    const { codes } = clause.select;
    return codes.length > 0 ? Math.min(codes.length, HELD) : HELD;
  }
  // Ways to choose so many of the children, each in every way of its own.
  let chosen = [1];
  for (const child of clause.children.map(count)) {
    chosen = Array.from({ length: Math.min(chosen.length, clause.needed) + 1 }, (_, number) =>
      Math.min(MOST, (chosen[number] ?? 0) + child * (chosen[number - 1] ?? 0)),
    );
  }
  return chosen[clause.needed] ?? 0;
}
