import { compiled, decide, learner, line, lot, rule, said, sample } from '../../test/sample.js';
import type { ConditionDocument, RulebookDocument } from '../document/document.js';
import { countedOf, countElsewhere, countGrants } from './contend.js';
import { readCredits } from '../credits.js';
import type { PriorGrant } from '../types.js';

const POOL = [{ elective: 'pool', partial: true }];
const SUM: ConditionDocument = {
  sum: { what: 'credits', atLeast: '3' },
  of: { has: { prefix: 'P' } },
};
const caps = (cap: object): Partial<RulebookDocument> => ({
  caps: [{ id: 'c', max: '3', ...cap }],
});

/** Lots and what each gives of the first grant. */
const uses = (change: Partial<RulebookDocument>, ...worth: string[]): string => {
  const outcomes = worth.map((credits, at) => ({ lot: `l${at}`, outcome: `P${at}`, credits }));
  const [grant] = decide(sample(change), learner(outcomes)).granted;
  return (grant?.uses ?? []).map(({ lot: of, amount }) => `${of}=${amount}`).join(' ');
};

describe('what is left of a lot decides which lots a sum takes', () => {
  const grants = [{ elective: 'pool', credits: '3' }];
  const of = (remainder: 'keep' | 'forfeit'): Partial<RulebookDocument> => ({
    rules: [rule('r', SUM, grants, { remainder })],
  });

  test('nothing is lost of a lot that keeps its rest, so the first will do', () => {
    expect(uses(of('keep'), '5', '3')).toBe('l0=3');
  });

  test('of lots that are forfeited the one that fits', () => {
    expect(uses(of('forfeit'), '5', '3')).toBe('l1=3');
  });
});

test('a result without credit is a benefit, however many credits come beside it', () => {
  const rules = [
    rule('a', { has: 'X' }, [{ elective: 'pool', credits: '2' }, { course: 'B2' }], {
      shortfall: 'allow',
    }),
    rule('b', { has: 'X' }, [
      { elective: 'pool', credits: '4' },
      { effect: 'right', value: 'exam' },
    ]),
  ];
  expect(said({ rules }, [lot('X')])).toBe('b:pool=4, b:exam=0, a(x) lot-better-used');
});

describe('caps count', () => {
  const rules = [rule('x', { has: 'X' }, POOL), rule('y', { has: 'Y' }, POOL)];

  test.each([
    ['every issuer for itself', { per: 'issuer' }, 'x:pool=3, y:pool=3'],
    ['every lot for itself', { per: 'lot' }, 'x:pool=3, y:pool=3'],
    ['one issuer', { of: { issuer: 'i' } }, 'x:pool=3, y:pool=4'],
    ['one source', { of: { source: 'training' } }, 'x:pool=4, y:pool=3'],
    ['one outcome', { of: { outcome: 'Y' } }, 'x:pool=4, y:pool=3'],
    ['one rule', { of: { rule: 'x' } }, 'x:pool=3, y:pool=4'],
    [
      'lots of one source',
      { counts: 'lots', max: '0', of: { source: 'training' } },
      'x:pool=4, y(y) cap',
    ],
    ['lots of one issuer', { counts: 'lots', max: '0', of: { issuer: 'i' } }, 'y:pool=4, x(x) cap'],
    [
      'lots of one outcome',
      { counts: 'lots', max: '0', of: { outcome: 'Y' } },
      'x:pool=4, y(y) cap',
    ],
    ['every lot', { counts: 'lots', max: '1' }, 'x:pool=4, y(y) cap'],
    ['every application', { counts: 'applications', max: '1' }, 'x:pool=4, y(y) cap'],
  ])('%s', (_, cap, expected) => {
    const outcomes = [lot('X', { issuer: 'i' }), lot('Y', { issuer: 'j', source: 'training' })];
    expect(said({ rules, ...caps(cap) }, outcomes)).toBe(expected);
  });

  test('every lot of an application that the cap speaks of, and no other', () => {
    const both: ConditionDocument = { all: [{ has: 'X' }, { has: 'Y' }] };
    const outcomes = [lot('X', { issuer: 'i' }), lot('Y', { issuer: 'j' })];
    const under = (max: string, of: object): string =>
      said({ rules: [rule('r', both, POOL)], ...caps({ counts: 'lots', max, of }) }, outcomes);
    expect(under('2', {})).toBe('r:pool=8');
    expect(under('1', {})).toBe('r(x y) cap');
    expect(under('1', { issuer: 'i' })).toBe('r:pool=8');
    expect(under('1', { outcome: 'X' })).toBe('r:pool=8');
    expect(under('1', { outcome: ['X', 'Y'] })).toBe('r(x y) cap');
    expect(under('1', { source: 'course' })).toBe('r(x y) cap');
    expect(under('0', { source: 'training' })).toBe('r:pool=8');
  });

  test('a cap of each lot does not speak of a sum, one of each issuer does', () => {
    const sum = { rules: [rule('r', SUM, [{ elective: 'pool', credits: '3' }])] };
    const outcomes = [lot('P', { credits: '3' })];
    expect(said({ ...sum, ...caps({ per: 'lot', max: '1' }) }, outcomes)).toBe('r:pool=3');
    expect(said({ ...sum, ...caps({ per: 'issuer', max: '1' }) }, outcomes)).toBe('r(p) cap');
  });

  test('the rest of a lot that becomes elective credit', () => {
    const rest = rule('r', { has: 'X' }, [{ course: 'B2' }], {
      remainder: 'elective',
      remainderTo: 'pool',
    });
    const under = (max: string, of: object): string =>
      said({ rules: [rest], ...caps({ max, of }) }, [lot('X')]);
    expect(under('2', { elective: 'pool' })).toBe('r:B2=2, r:pool=2');
    expect(under('1.9', { elective: 'pool' })).toBe('r:B2=2, r:pool=1.5');
    expect(under('2', { course: 'B2' })).toBe('r:B2=2, r:pool=2');
    expect(under('2', { category: 'free' })).toBe('r:B2=2, r:pool=2');
    expect(under('0', { category: 'free' })).toBe('r:B2=2');
    expect(under('0', { category: 'basic' })).toBe('r(x) cap');
    expect(
      said({ rules: [rest], ...caps({ max: '0', of: { elective: 'pool' } }) }, [
        lot('X', { credits: '2' }),
      ]),
    ).toBe('r:B2=2');
  });
});

describe('caps count what came before', () => {
  const rules = [rule('x', { has: 'X' }, POOL)];
  const prior = {
    rule: 'x',
    elective: 'pool',
    category: 'free',
    credits: '2',
    source: 'course' as const,
  };

  test.each([
    ['its credits', {}, { ...prior, credits: '2' }, 'x:pool=1'],
    ['more than there is room', {}, { ...prior, credits: '5' }, 'x(x) cap'],
    ['just the room there is', {}, { ...prior, credits: '3' }, 'x(x) cap'],
    ['the same issuer', { per: 'issuer' }, { ...prior, issuer: 'unstated' }, 'x:pool=1'],
    ['another issuer', { per: 'issuer' }, { ...prior, issuer: 'j' }, 'x:pool=3'],
    ['the same lot', { per: 'lot' }, { ...prior, lots: ['x'] }, 'x:pool=1'],
    ['another lot', { per: 'lot' }, { ...prior, lots: ['y'] }, 'x:pool=3'],
    ['another category', { of: { category: 'core' } }, prior, 'x:pool=4'],
    ['its lots', { counts: 'lots', max: '2' }, { ...prior, lots: ['a', 'b'] }, 'x(x) cap'],
    ['its lots, room for one', { counts: 'lots' }, { ...prior, lots: ['a', 'b'] }, 'x:pool=4'],
    ['it once', { counts: 'applications', max: '2' }, { ...prior, lots: ['a', 'b'] }, 'x:pool=4'],
    ['nothing without lots', { counts: 'applications', max: '1' }, prior, 'x:pool=4'],
  ])('%s', (_, cap, before, expected) => {
    const granted = { granted: [before] };
    expect(said({ rules, ...caps(cap) }, [lot('X')], granted)).toBe(expected);
  });
});

const grant = (credits: string, ...lots: string[]): PriorGrant => ({
  rule: 'r',
  course: null,
  elective: null,
  category: null,
  credits,
  sources: [],
  issuers: [],
  uses: lots.map((each) => ({ lot: each })),
});

test('grants come to credits, lots or applications', () => {
  const grants = [grant('2.5', 'a', 'b'), grant('1', 'c'), grant('4')];
  expect(countGrants('credits', grants)).toBe(7500n);
  expect(countGrants('lots', grants)).toBe(3n);
  expect(countGrants('applications', grants)).toBe(2n);
  expect(countGrants('lots', [])).toBe(0n);
});

test('an amount that cannot be read counts nothing', () => {
  expect(['1.5', 'much', '-1', ''].map(readCredits)).toEqual([1500n, 0n, 0n, 0n]);
});

test('an account counts what others counted in the unit of the cap', () => {
  const of = (counts: 'credits' | 'lots', ...counted: string[]): bigint => {
    const [cap] = compiled(sample(caps({ counts, account: 'a' }))).caps;
    const accounts = [
      ...counted.map((each) => ({ account: 'a', counted: each })),
      { account: 'b', counted: '7' },
    ];
    return cap ? countElsewhere(cap, { accounts }) : -1n;
  };
  expect(of('credits', '1.5', '2')).toBe(3500n);
  expect(of('lots', '12', '3')).toBe(15n);
  for (const counted of ['12x', 'x12', '1.5', '-1', '1234567890', '']) {
    expect(of('lots', counted)).toBe(0n);
  }
  expect(of('lots', '123456789')).toBe(123456789n);
  const [cap] = compiled(sample(caps({ account: 'a' }))).caps;
  expect(cap && countElsewhere(cap, {})).toBe(0n);
});

test('the outcomes of a grant are those of its lots, used up or not', () => {
  const { outcomes } = learner([lot('X'), lot('Y'), lot('Z')]);
  expect(countedOf(grant('1', 'x', 'z'), { outcomes }).outcomes).toEqual(['X', 'Z']);
  expect(countedOf({ ...grant('1', 'x'), lots: ['y'] }, { outcomes }).outcomes).toEqual(['Y']);
});

test('amounts stay within safe integers', () => {
  const huge = lot('X', { credits: '99999999999999' });
  expect(() =>
    decide(sample({ rules: [rule('x', { has: 'X' }, POOL)] }), learner([huge])),
  ).not.toThrow();
  expect(line(decide(sample(), learner([lot('X')])))).toBe('b2:B2=2');
});
