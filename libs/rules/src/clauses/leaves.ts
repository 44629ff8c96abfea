import assert from 'node:assert';
import { has } from './has.js';
import type { LeafKind } from './leaf.js';
import type { ConditionContext } from './lot-test.js';
import { learner } from './learner.js';
import { sum } from './sum.js';

/**
 * Every kind of clause that stands at the end of a condition. Groups (`all`, `any`, `atLeast`) are
 * the structure between them and no kinds.
 */
export const LEAVES = [sum, learner, has] as const;

type Kind = (typeof LEAVES)[number];

/** A clause at the end of a condition as people write it. */
export type LeafDocument = Parameters<Kind['canonical']>[0];

/** A clause at the end of a condition with its defaults filled in. */
export type LeafCondition = ReturnType<Kind['canonical']>;

/** A clause at the end of a condition, compiled. */
export type LeafClause = ReturnType<Kind['compile']>;

/** What the kinds have in common when the kind is known by its name only. */
type AnyKind = LeafKind<string, LeafDocument, LeafCondition, LeafClause>;

// `kindOf` finds the kind by the member or name of the very clause it then gets, which types cannot say:
// a kind takes its own clause only, so none of them is one that takes any.
const KINDS = LEAVES as unknown as readonly AnyKind[];

/** Fills the defaults of a clause as people write it. */
export function canonicalLeaf(written: LeafDocument): LeafCondition {
  return kindOf((member) => member in written).canonical(written);
}

/** Makes a clause ready to be asked, and refuses what cannot be meant. */
export function compileLeaf(
  condition: LeafCondition,
  path: string,
  context: ConditionContext,
): LeafClause {
  return kindOf((member) => member === condition.op).compile(condition, path, context);
}

function kindOf(isIt: (member: string) => boolean): AnyKind {
  const kind = KINDS.find(({ member }) => isIt(member));
  assert(kind, 'a clause has a kind: the schema has seen to it');
  return kind;
}
