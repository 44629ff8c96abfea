import { decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { RulebookDocument } from '../document/document.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from '../document/document-examples.js';
import type { Decision } from '../types.js';

const title = { zh: '题', en: 'title' };
const POOL = [{ elective: 'pool', partial: true }];
const RULES = [
  rule('c', { has: 'C' }, [{ course: 'C3' }]),
  rule('p', { has: { prefix: 'P' } }, POOL),
];

const decision = (
  change: Partial<RulebookDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Partial<ExampleLearnerDocument> = {},
): Decision => decide(sample({ rules: RULES, ...change }), learner(outcomes, rest));

test('an award is met when every requirement is, and is none without requirements', () => {
  const award = (...atLeast: string[]): string =>
    decision(
      { requirements: atLeast.map((each, at) => ({ id: `q${at}`, title, atLeast: each })) },
      [lot('P1')],
    ).award;
  expect([
    award(),
    award('4'),
    award('4.5'),
    award('1', '5'),
    award('5', '1'),
    award('1', '2'),
  ]).toEqual(['none', 'met', 'not-met', 'not-met', 'not-met', 'met']);
});

test('only what a requirement speaks of is counted, of this decision and of earlier ones', () => {
  const granted = [{ rule: 'old', elective: 'pool', category: 'free', credits: '2' }];
  const have = (of: object): unknown => {
    const requirements = [{ id: 'q', title, atLeast: '5', of }];
    const [state] = decision({ requirements }, [lot('C'), lot('P1', { issuer: 'i' })], {
      granted,
    }).requirements;
    return [state?.needed, state?.have, state?.short, state?.met];
  };
  expect(have({})).toEqual(['5', '9', '0', true]);
  expect(have({ category: 'core' })).toEqual(['5', '3', '2', false]);
  expect(have({ category: 'free' })).toEqual(['5', '6', '0', true]);
  expect(have({ rule: 'p' })).toEqual(['5', '4', '1', false]);
  expect(have({ issuer: 'i' })).toEqual(['5', '4', '1', false]);
  expect(have({ outcome: 'C' })).toEqual(['5', '3', '2', false]);
  expect(have({ course: 'C4' })).toEqual(['5', '0', '5', false]);
});

test('a requirement for each period is as far as the poorest', () => {
  const calendar = { yearStarts: '09-01' };
  const requirements = [{ id: 'q', title, atLeast: '3', per: 'academic-year' as const }];
  const have = (...list: [credits: string, completed: string][]): string | undefined =>
    decision(
      { calendar, requirements },
      list.map(([credits, completed], at) => lot(`P${at}`, { credits, completed })),
    ).requirements[0]?.have;
  expect(have()).toBe('0');
  expect(have(['4', '2025-10-01'])).toBe('4');
  expect(have(['4', '2025-10-01'], ['2', '2026-10-01'])).toBe('2');
  expect(have(['2', '2025-10-01'], ['4', '2026-10-01'])).toBe('2');
  expect(have(['2', '2025-10-01'], ['1', '2025-11-01'], ['4', '2026-10-01'])).toBe('3');
});

describe('a right', () => {
  const rights = [{ id: 'sit', title, basis: '§', atLeast: '4' }];
  const values = (
    outcomes: ExampleOutcomeDocument[],
    rest: Partial<ExampleLearnerDocument> = {},
  ): unknown => decision({ rights }, outcomes, rest).granted.flatMap(({ value }) => value ?? []);

  test('opens at its credits, once', () => {
    expect(values([lot('P1')])).toEqual(['sit']);
    expect(values([lot('P1', { credits: '3.5' })])).toEqual([]);
    const granted = [{ rule: 'sit', credits: '0' }];
    expect(values([lot('P1')], { granted })).toEqual([]);
    expect(values([lot('P1')], { granted: [{ rule: 'other', credits: '0' }] })).toEqual(['sit']);
    expect(values([lot('P1')], { granted: [...granted, { rule: 'other', credits: '0' }] })).toEqual(
      [],
    );
  });

  test('is a grant that uses nothing', () => {
    expect(decision({ rights }, [lot('P1')]).granted[1]).toEqual({
      rule: 'sit',
      ruleTitle: title,
      basis: '§',
      effect: 'right',
      course: null,
      courseTitle: null,
      elective: null,
      category: null,
      credits: '0',
      value: 'sit',
      uses: [],
      lots: [],
      sources: [],
      issuers: [],
      remainder: 'keep',
      grade: null,
    });
  });
});
