import { nearestName } from '../compile/checker.js';
import type { OutcomeSelect } from '../clauses/has.js';
import {
  inDocument,
  type LintCheck,
  type LintFinding,
  type LintOutcome,
  MOST_OF_A_KIND,
} from './finding.js';
import { lotsOfRule, lotsOfRulebook } from './walk.js';

/** Outcomes that rules name and the catalogue does not have. */
export const unknownOutcomes: LintCheck = (rulebooks, { outcomes }) => {
  if (!outcomes) return [];
  const codes = new Set(outcomes.map(({ code }) => code));
  return rulebooks.flatMap((compiled) => {
    const named = [
      ...lotsOfRulebook(compiled.rulebook).flatMap(({ path, has }) =>
        has.has.codes.map((code, index) => ({ code, path: `${path}/has`, index })),
      ),
      ...compiled.rulebook.families.flatMap(({ outcomes: members }, at) =>
        members.map((code, index) => ({ code, path: `/families/${at}/outcomes/${index}`, index })),
      ),
    ];
    return named
      .filter(({ code }) => !codes.has(code))
      .slice(0, MOST_OF_A_KIND)
      .map(({ code, path }): LintFinding => {
        const params = { outcome: code, nearest: nearestName(code, [...codes]) ?? '—' };
        return inDocument(compiled, {
          code: 'lint-outcome-unknown',
          severity: 'error',
          path,
          params,
        });
      });
  });
};

/** Outcomes of the catalogue that no rule takes. */
export const unacceptedOutcomes: LintCheck = (rulebooks, { outcomes = [] }) => {
  const selects = rulebooks.flatMap(({ rulebook }) =>
    rulebook.rules.flatMap((rule, index) =>
      lotsOfRule(rule, index).map(({ has: { has: select } }) => select),
    ),
  );
  const codes = new Set(selects.flatMap((select) => select.codes));
  const open = selects.filter((select) => select.codes.length === 0);
  return outcomes
    .filter((outcome) => !codes.has(outcome.code))
    .filter((outcome) => !open.some((select) => isMeant(select, outcome)))
    .map(({ code }) => ({
      code: 'lint-outcome-nobody-accepts',
      severity: 'warning',
      rulebook: null,
      version: null,
      path: '',
      params: { outcome: code },
    }));
};

/** Whether an outcome is what a clause without codes looks for. */
export function isMeant(select: OutcomeSelect, outcome: LintOutcome): boolean {
  const fits = (wanted: readonly string[], value: string): boolean =>
    wanted.length === 0 || wanted.includes(value);
  return (
    fits(select.source, outcome.source) &&
    fits(select.kind, outcome.kind) &&
    fits(select.category, outcome.category) &&
    (select.prefix === null || outcome.code.startsWith(select.prefix)) &&
    !select.except.includes(outcome.code)
  );
}
