import type { Condition, Rulebook } from '../document/rulebook.js';
import { each, type LocalFinding } from './finding.js';
import { lotsOfRulebook } from './walk.js';

/** What a document defines and no clause uses. */
export const unused = each(({ rulebook }) => {
  const found = (
    what: string,
    names: readonly string[],
    used: ReadonlySet<string>,
  ): LocalFinding[] =>
    names
      .filter((name) => !used.has(name))
      .map((name) => ({
        code: 'lint-unused',
        severity: 'warning',
        path: `/${what}/${name}`,
        params: { what, name },
      }));
  const { parameters = {}, agreements = [] } = rulebook;
  return [
    ...found('ratios', Object.keys(rulebook.ratios), ratiosUsed(rulebook)),
    ...found('scales', Object.keys(rulebook.scales), scalesUsed(rulebook)),
    ...found('parameters', Object.keys(parameters), parametersUsed(rulebook)),
    ...agreements.flatMap(({ id }, index) =>
      rulebook.rules.some(({ under }) => under === id)
        ? []
        : [
            {
              code: 'lint-unused',
              severity: 'warning',
              path: `/agreements/${index}`,
              params: { what: 'agreements', name: id },
            } as const,
          ],
    ),
  ];
});

function ratiosUsed({ rules }: Rulebook): Set<string> {
  return new Set(
    rules.flatMap(({ grants }) =>
      grants.flatMap(({ credits }) => (typeof credits === 'object' ? [credits.ratio] : [])),
    ),
  );
}

/**
 * Scales that clauses, maps, grades and examples name. "Passed" and "the highest level" read a lot on
 * whatever scale it is, so they use every scale.
 */
function scalesUsed(rulebook: Rulebook): Set<string> {
  const clauses = lotsOfRulebook(rulebook).map(({ has }) => has);
  const isAnyRead =
    clauses.some(({ grade }) => grade && 'passed' in grade) ||
    [...rulebook.families, ...(rulebook.duplicates ?? [])].some(
      ({ keep }) => keep === 'highest-level',
    );
  if (isAnyRead) return new Set(Object.keys(rulebook.scales));
  const inClauses = clauses.flatMap(({ grade, level }) => [
    ...(grade && 'scale' in grade ? [grade.scale] : []),
    ...(level ? [level.scale] : []),
  ]);
  const inMaps = rulebook.maps.flatMap(({ from, to }) => [from, to]);
  const inGrades = rulebook.rules.flatMap(({ grade }) =>
    typeof grade === 'object' && 'onScale' in grade ? [grade.onScale] : [],
  );
  const inExamples = rulebook.examples.flatMap(({ learner: { outcomes } }) =>
    outcomes.flatMap(({ gradeScale, levelScale }) => [gradeScale ?? [], levelScale ?? []].flat()),
  );
  return new Set([...inClauses, ...inMaps, ...inGrades, ...inExamples]);
}

function parametersUsed({ rules }: Rulebook): Set<string> {
  return new Set(rules.flatMap(({ when }) => joinedIn(when)));
}

function joinedIn(condition: Condition): string[] {
  switch (condition.op) {
    case 'joined':
      return [condition.joined, ...condition.of.flatMap(joinedIn)];
    case 'all':
      return condition.all.flatMap(joinedIn);
    case 'any':
      return condition.any.flatMap(joinedIn);
    case 'at-least':
      return condition.of.flatMap(joinedIn);
    default:
      return [];
  }
}
