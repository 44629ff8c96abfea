import { compiled, rule, sample } from './sample.js';
import {
  type ConditionDocument,
  type ExampleDocument,
  type ExampleOutcomeDocument,
  lint,
  type LintContext,
  type LintFinding,
  type RulebookDocument,
} from '../src/index.js';

export const TODAY = '2026-10-01';

export function findings(
  documents: readonly Partial<RulebookDocument>[],
  context: Partial<LintContext> = {},
): LintFinding[] {
  return lint(
    documents.map((change) => compiled(sample(change))),
    { today: TODAY, ...context },
  );
}

/** Findings of one code in one line each. */
export function of(
  code: string,
  change: Partial<RulebookDocument>,
  context: Partial<LintContext> = {},
): string[] {
  return findings([change], context)
    .filter((finding) => finding.code === `lint-${code}`)
    .map(({ severity, path, params }) => `${severity} ${path} ${JSON.stringify(params)}`);
}

export const when = (condition: ConditionDocument): Partial<RulebookDocument> => ({
  rules: [rule('r', condition, [{ course: 'B2' }])],
});

export function example(
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Partial<ExampleDocument> = {},
): ExampleDocument {
  return { name: 'e', on: TODAY, learner: { outcomes }, expect: {}, ...rest };
}

export const lot = (rest: Partial<ExampleOutcomeDocument> = {}): ExampleOutcomeDocument => {
  return { lot: 'a', outcome: 'X', credits: '2', ...rest };
};
