import fc from 'fast-check';
import { documents, facts } from '../../test/generators.js';
import { compiled, learner, lot, rule, sample } from '../../test/sample.js';
import type { RuleDocument, RulebookDocument } from '../document/document.js';
import { evaluate } from '../evaluate.js';
import { readLearner } from '../learner/learner.js';
import type { LearnerFacts, ReasonNode } from '../types.js';
import { matchRules } from './match.js';

/** Rules that are judged, each with its verdict. */
const verdicts = (document: RulebookDocument, given: LearnerFacts, on: string): string[] => {
  const rulebook = compiled(document);
  const matches = matchRules(rulebook, readLearner(rulebook, given, on));
  expect(matches.count).toBe(matches.rules.length);
  return matches.rules.map((_, at) => `${matches.rule(at).rule.id} ${matches.verdict(at)}`);
};

/** The verdict of a tree where one lot may serve two clauses: what its ends say, counted. */
function clauseByClause({ operator, wanted, verdict, children }: ReasonNode): string {
  if (!['all', 'any', 'at-least'].includes(operator)) return verdict;
  const said = children.filter((child) => child.operator !== 'distinct').map(clauseByClause);
  const needed = Number(wanted.split(' / ')[0]);
  const passed = said.filter((each) => each === 'true').length;
  if (passed >= needed) return 'true';
  const open = said.filter((each) => each === 'not-evaluated').length;
  return passed + open >= needed ? 'not-evaluated' : 'false';
}

/** A rule of one clause, a sum of evidence, that is refused because what fits is used elsewhere. */
function isAloneWithoutLots({ operator, children }: ReasonNode): boolean {
  return operator === 'sum' && children.some((child) => child.operator === 'distinct');
}

test('the quick verdicts are those that a decision explains, clause by clause', () => {
  fc.assert(
    fc.property(documents, facts, ({ document }, given) => {
      const { reasons } = evaluate(compiled(document), given, '2026-10-01');
      const explained = new Map(reasons.map((node) => [node.rule, node]));
      const found = verdicts(document, given, '2026-10-01').map((each) => each.split(' '));
      for (const [id = '', verdict] of found) {
        const node = explained.get(id);
        // A clause that stands alone has no ends to count: its lots are used elsewhere, and it was not false.
        if (node && isAloneWithoutLots(node)) expect(verdict).not.toBe('false');
        else expect(verdict).toBe(node && clauseByClause(node));
      }
      const inForce = reasons.filter((node) => found.some(([id]) => id === node.rule));
      expect(inForce.map((node) => node.rule)).toEqual(found.map(([id]) => id));
    }),
    { numRuns: Number(process.env.RULE_RUNS ?? 150) },
  );
});

describe('a rule is judged on the days on which it may be applied for', () => {
  const X = learner([lot('X')]);
  const window = (
    from: string,
    to: string | null,
    by: 'application' | 'completion' = 'application',
  ) => ({
    from,
    to,
    by,
  });
  const at = (
    on: string,
    rest: Partial<RuleDocument>,
    change: Partial<RulebookDocument> = {},
  ): string =>
    verdicts(
      sample({ rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], rest)], ...change }),
      X,
      on,
    ).join();

  test.each<[string, Partial<RuleDocument>, string]>([
    ['2026-03-01', { inForce: window('2026-03-01', '2026-03-31') }, 'r true'],
    ['2026-02-28', { inForce: window('2026-03-01', '2026-03-31') }, ''],
    ['2026-03-31', { inForce: window('2026-03-01', '2026-03-31') }, 'r true'],
    ['2026-04-01', { inForce: window('2026-03-01', '2026-03-31') }, ''],
    ['2099-01-01', { inForce: window('2026-03-01', null) }, 'r true'],
    ['2026-02-28', { inForce: window('2026-03-01', null) }, ''],
    ['2026-02-28', { inForce: window('2026-03-01', '2026-03-31', 'completion') }, 'r true'],
    ['2026-02-28', {}, 'r true'],
  ])('on %s with %j: %s', (on, rest, expected) => {
    expect(at(on, rest)).toBe(expected);
  });

  test('the document and the agreement have windows of their own', () => {
    expect(at('2026-01-01', {})).toBe('r true');
    expect(at('2025-12-31', {})).toBe('');
    const short = { inForce: window('2026-01-01', '2026-06-30') };
    expect(at('2026-06-30', {}, short)).toBe('r true');
    expect(at('2026-07-01', {}, short)).toBe('');
    const agreements = [
      {
        id: 'deal',
        title: { zh: '协议', en: 'deal' },
        inForce: window('2026-02-01', '2026-02-28'),
        parties: [
          { institution: 'school', accepts: '9' },
          { institution: 'unstated', accepts: '9' },
        ],
      },
    ];
    const under = (on: string, rest: Partial<RuleDocument> = {}): string =>
      at(on, { under: 'deal', ...rest }, { agreements });
    expect([
      under('2026-01-31'),
      under('2026-02-01'),
      under('2026-02-28'),
      under('2026-03-01'),
    ]).toEqual(['', 'r true', 'r true', '']);
    const later = { inForce: window('2026-02-10', null) };
    expect([under('2026-02-09', later), under('2026-02-10', later)]).toEqual(['', 'r true']);
  });

  test('the same rulebook answers for one day after another', () => {
    const rulebook = compiled(
      sample({
        rules: [
          rule('a', { has: 'X' }, [{ course: 'B2' }], { inForce: window('2026-03-01', null) }),
          rule('b', { has: 'X' }, [{ course: 'B2' }], {
            inForce: window('2026-01-01', '2026-02-28'),
          }),
        ],
      }),
    );
    const on = (day: string): number[] => matchRules(rulebook, readLearner(rulebook, X, day)).rules;
    expect([on('2026-02-28'), on('2026-03-01'), on('2026-02-28'), on('2026-02-27')]).toEqual([
      [1],
      [0],
      [1],
      [1],
    ]);
  });
});

test('learners who take turns at one rulebook see their own lots', () => {
  const rules = [
    rule('x', { has: 'X' }, [{ course: 'B2' }]),
    rule('y', { has: 'Y' }, [{ course: 'C3' }]),
  ];
  const rulebook = compiled(sample({ rules }));
  const [one, other] = [learner([lot('X')]), learner([lot('Y'), lot('X')])].map((given) =>
    readLearner(rulebook, given, '2026-10-01'),
  );
  const rulesOf = (held: typeof one): number[] => matchRules(rulebook, held!).rules;
  expect([rulesOf(one), rulesOf(other), rulesOf(one), rulesOf(other)]).toEqual([
    [0],
    [0, 1],
    [0],
    [0, 1],
  ]);
});
