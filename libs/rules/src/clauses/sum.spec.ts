import { compiled, decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import type { ConditionDocument } from '../document/document.js';
import type { Decision } from '../types.js';
import { readLearner } from '../learner/learner.js';
import { weightOf } from './sum.js';

const decision = (
  what: 'hours' | 'credits',
  atLeast: string,
  outcomes: readonly ExampleOutcomeDocument[],
  asked: object = {},
): Decision => {
  const when: ConditionDocument = {
    sum: { what, atLeast },
    of: { has: { prefix: 'P' }, ...asked },
  };
  const rules = [rule('r', when, [{ course: 'B2' }], { shortfall: 'allow' })];
  return decide(sample({ rules }), learner(outcomes));
};

/** Verdict, what was read and what is missing. */
const said = (...given: Parameters<typeof decision>): unknown => {
  const { reasons, missing, pending } = decision(...given);
  const [node] = reasons;
  return [
    node?.verdict,
    node?.read,
    missing.map(({ changes }) => changes.map((each) => `${each.kind} ${each.wanted}`).join()),
    pending.flatMap(({ waitsFor }) => waitsFor.map((each) => `${each.what} ${each.lot}`)),
  ];
};

const hours = (...list: string[]): ExampleOutcomeDocument[] =>
  list.map((each, at) => lot(`P${at}`, { hours: each }));
const credits = (...list: string[]): ExampleOutcomeDocument[] =>
  list.map((each, at) => lot(`P${at}`, { credits: each }));

/** A new outcome, with all that it must satisfy to be in the sum. */
const another = (amount: string): string => `outcome P*,code P*,${amount}`;

test('hours and credits of all lots that fit, to the last minute and thousandth', () => {
  expect(said('hours', '16', hours('10', '6'))).toEqual(['true', '16', [], []]);
  expect(said('hours', '16', hours('10', '5.5'))).toEqual([
    'false',
    '15.5',
    [another('hours + 0.5')],
    [],
  ]);
  expect(said('credits', '3', credits('1.5', '1.5'))).toEqual(['true', '3', [], []]);
  expect(said('credits', '3', credits('1.5', '1.499'))).toEqual([
    'false',
    '2.999',
    [another('credits + 0.001')],
    [],
  ]);
  expect(said('hours', '1.5', [lot('P', { hours: '1' }), lot('Q', { hours: '1' })])).toEqual([
    'false',
    '1',
    [another('hours + 0.5')],
    [],
  ]);
});

test('what is not known of one lot may be enough, and does not matter where the others are', () => {
  expect(said('hours', '16', [...hours('10'), lot('P9')])).toEqual([
    'not-evaluated',
    '10',
    [],
    ['hours p9'],
  ]);
  expect(said('hours', '10', [...hours('10'), lot('P9')])).toEqual(['true', '10', [], []]);
  const graded = { grade: { scale: 'percent', atLeast: '60' } };
  const of = (grade?: string): ExampleOutcomeDocument =>
    lot('P8', { hours: '6', ...(grade && { grade, gradeScale: 'percent' }) });
  const good = lot('P7', { hours: '10', grade: '60', gradeScale: 'percent' });
  expect(said('hours', '16', [good, of('60')], graded)).toEqual(['true', '16', [], []]);
  expect(said('hours', '16', [good, of('59')], graded)).toEqual([
    'false',
    '10',
    ['grade >= 60 (percent)'],
    [],
  ]);
  expect(said('hours', '16', [good, of()], graded)).toEqual([
    'not-evaluated',
    '10',
    [],
    ['grade p8'],
  ]);
  expect(said('hours', '16', [good, lot('P8')], graded)).toMatchObject([
    'not-evaluated',
    '10',
    [],
    ['grade p8', 'hours p8'],
  ]);
});

test('a lot that may not be used is no part of the sum', () => {
  const revoked = lot('P9', { hours: '10', state: 'revoked' });
  expect(said('hours', '16', [...hours('10'), revoked])).toEqual([
    'false',
    '10',
    [another('hours + 6')],
    [],
  ]);
  expect(decision('hours', '16', [...hours('10'), revoked]).refused).toMatchObject([
    { code: 'lot-revoked', lots: ['p9'] },
  ]);
});

describe('what a lot adds', () => {
  const weight = (what: 'hours' | 'credits', outcome: ExampleOutcomeDocument): bigint | null => {
    const { lots } = readLearner(compiled(sample()), learner([outcome]), '2026-10-01');
    return weightOf(what, lots[0]!);
  };
  const { credits: _, ...unstated } = lot('P', { hours: '10', state: 'available' });

  test('its minutes, or as many of them as are left of its credits', () => {
    expect(weight('hours', lot('P', { hours: '10' }))).toBe(600n);
    expect(weight('hours', lot('P', { hours: '10', credits: '4', available: '4' }))).toBe(600n);
    expect(weight('hours', lot('P', { hours: '10', credits: '4', available: '3' }))).toBe(450n);
    expect(weight('hours', lot('P', { hours: '10', credits: '4', available: '0' }))).toBe(0n);
    expect(weight('hours', lot('P', { hours: '1', credits: '3', available: '1' }))).toBe(20n);
    expect(weight('hours', lot('P', { hours: '10', credits: '0', available: '0' }))).toBe(600n);
    expect(weight('hours', unstated)).toBe(600n);
    expect(weight('hours', lot('P'))).toBeNull();
  });

  test('the credits that are left, when it is known what it was worth', () => {
    expect(weight('credits', lot('P', { credits: '4', available: '3' }))).toBe(3000n);
    expect(weight('credits', { ...unstated, available: '3' })).toBeNull();
  });
});
