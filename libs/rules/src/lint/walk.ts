import type { Has } from '../clauses/has.js';
import type { Condition, Rule, Rulebook } from '../document/rulebook.js';

/** A clause about one lot, with its place. */
export interface LotPlace {
  readonly path: string;
  readonly has: Has;
}

/** Every clause about lots in a condition, sums included. */
export function lotsIn(condition: Condition, path: string): LotPlace[] {
  switch (condition.op) {
    case 'all':
      return below(condition.all, `${path}/all`);
    case 'any':
      return below(condition.any, `${path}/any`);
    case 'at-least':
    case 'joined':
      return below(condition.of, `${path}/of`);
    case 'sum':
      return [{ path: `${path}/of`, has: condition.of }];
    case 'has':
      return [{ path, has: condition }];
    case 'learner':
      return [];
  }
}

function below(conditions: readonly Condition[], path: string): LotPlace[] {
  return conditions.flatMap((condition, index) => lotsIn(condition, `${path}/${index}`));
}

export function lotsOfRule(rule: Rule, index: number): LotPlace[] {
  return lotsIn(rule.when, `/rules/${index}/when`);
}

/** Every clause about lots of a document: in rules, in what is never replaced, in prerequisites. */
export function lotsOfRulebook({ rules, never, prerequisites = [] }: Rulebook): LotPlace[] {
  return [
    ...rules.flatMap(lotsOfRule),
    ...never.flatMap((each, index) =>
      each.for ? [{ path: `/never/${index}/for`, has: each.for }] : [],
    ),
    ...prerequisites.flatMap(({ needs }, index) =>
      needs.flatMap((need, at) =>
        need.op === 'has' ? [{ path: `/prerequisites/${index}/needs/${at}`, has: need }] : [],
      ),
    ),
  ];
}
