import type {
  ConditionDocument,
  RuleDocument,
  RulebookDocument,
} from '../src/document/document.js';
import { compileRulebook } from '../src/compile/compile.js';
import { rule, sample } from './sample.js';

export type Change = Partial<RulebookDocument>;

export const title = { zh: '题', en: 'title' };
export const B2 = [{ course: 'B2' }];
/** A window that ends before it begins. */
export const WINDOW = { from: '2026-02-02', to: '2026-02-01', by: 'application' as const };

/** Every fault of the sample after a change: place, code and what is said about it. */
export function faultsIn(change: Change): string[] {
  const result = compileRulebook(sample(change));
  if (result.ok) return [];
  const { code, faults = [] } = result.problem;
  if (code !== 'rulebook-invalid') throw new Error(code);
  return faults.map(({ pointer, code: fault, params = {} }) =>
    `${pointer} ${fault} ${Object.values(params).join(' | ')}`.trim(),
  );
}

/** The sample with one rule. */
export function one(
  when: ConditionDocument,
  grants: RuleDocument['grants'] = B2,
  rest: Partial<RuleDocument> = {},
): Change {
  return { rules: [rule('r', when, grants, rest)] };
}

export function twice<T>(item: T): T[] {
  return [item, item];
}
