import { has, type Has, type LotClause } from '../clauses/has.js';
import { compileLeaf } from '../clauses/leaves.js';
import type { ConditionContext } from '../clauses/lot-test.js';
import type { SumClause } from '../clauses/sum.js';
import type { Clause, GroupClause } from './compiled.js';
import type { Condition } from '../document/rulebook.js';

/** Compiles a condition and refuses what cannot be meant. */
export function compileCondition(
  condition: Condition,
  path: string,
  context: ConditionContext,
): Clause {
  const clause = compileClause(condition, path, context);
  const [, second] = sumsOf(clause);
  if (second) context.check.fault(second.path, 'rulebook-two-sums');
  return clause;
}

/** Compiles a clause about one lot, for where no other clause may stand. */
export function compileLot(clause: Has, path: string, context: ConditionContext): LotClause {
  return has.compile(clause, path, context);
}

function compileClause(condition: Condition, path: string, context: ConditionContext): Clause {
  const below = (
    list: readonly Condition[],
    member: string,
  ): Pick<GroupClause, 'path' | 'children'> => ({
    path,
    children: list.map((child, index) =>
      compileClause(child, `${path}/${member}/${index}`, context),
    ),
  });
  switch (condition.op) {
    case 'all':
      return { op: 'all', needed: condition.all.length, ...below(condition.all, 'all') };
    case 'any':
      return { op: 'any', needed: 1, ...below(condition.any, 'any') };
    case 'at-least': {
      const { atLeast, of } = condition;
      if (atLeast > of.length || atLeast < 1) {
        const params = { asked: String(atLeast), offered: String(of.length) };
        context.check.fault(`${path}/atLeast`, 'rulebook-too-many-asked', params);
      }
      return { op: 'at-least', needed: atLeast, ...below(of, 'of') };
    }
    case 'joined': {
      const parameter = context.parameters?.[condition.joined];
      if (!parameter) {
        context.check.known(
          `${path}/joined`,
          condition.joined,
          Object.keys(context.parameters ?? {}),
        );
      }
      const op = parameter?.value ?? 'all';
      const needed = op === 'all' ? condition.of.length : 1;
      return { op, needed, ...below(condition.of, 'of') };
    }
    default:
      return compileLeaf(condition, path, context);
  }
}

/** Every sum clause below a clause. */
export function sumsOf(clause: Clause): SumClause[] {
  if ('children' in clause) return clause.children.flatMap(sumsOf);
  return clause.op === 'sum' ? [clause] : [];
}
