import type { Clause, CompiledRule } from './compiled.js';
import type { Held } from './held.js';
import { type Mark, RANK, type Rank, rankOfMark } from './mark.js';

/**
 * What a rule came to for one learner, as data: its verdict, and the mark of every clause at the end
 * of its condition, from left to right. `explainRule` says it in words when somebody asks.
 */
export interface Match {
  readonly rule: CompiledRule;
  readonly rank: Rank;
  readonly marks: readonly Mark[];
}

/** Judges the condition of a rule, clause by clause; whether lots serve two clauses comes later. */
export function matchRule(rule: CompiledRule, held: Held): Match {
  const marks: Mark[] = [];
  return { rule, rank: judge(rule.when, held, marks), marks };
}

function judge(clause: Clause, held: Held, marks: Mark[]): Rank {
  if (!('children' in clause)) {
    const mark = clause.judge(held);
    marks.push(mark);
    return rankOfMark(mark);
  }
  let passed = 0;
  let open = 0;
  for (const child of clause.children) {
    const rank = judge(child, held, marks);
    if (rank === RANK.true) passed += 1;
    else if (rank !== RANK.false) open += 1;
  }
  return rankOfGroup(clause.needed, passed, open);
}

/** Of so many clauses some are true and some unknown: is the number that is needed reached? */
export function rankOfGroup(needed: number, passed: number, open: number): Rank {
  if (passed >= needed) return RANK.true;
  return passed + open >= needed ? RANK['not-evaluated'] : RANK.false;
}
