import { compiled, rule, sample } from '../../test/sample.js';
import type { RuleDocument, RulebookDocument } from '../document/document.js';
import { lint } from './index.js';

type Cap = NonNullable<RulebookDocument['caps']>[number];

const X = { has: 'X' };
const course = (code: string, rest: object = {}): RuleDocument['grants'][number] => ({
  course: code,
  ...rest,
});

/** Findings of one kind about caps: place and what is said. */
const findings = (code: string, rules: readonly RuleDocument[], caps: readonly Cap[]): string[] =>
  lint([compiled(sample({ rules, caps }))], { today: '2026-10-01' })
    .filter((finding) => finding.code === code)
    .map(({ path, params, severity }) => `${severity} ${path} ${Object.values(params).join(' ')}`);

describe('a cap that never binds', () => {
  const never = (rules: readonly RuleDocument[], ...caps: readonly Partial<Cap>[]): string[] =>
    findings(
      'lint-cap-never-binds',
      rules,
      caps.map((cap, at) => ({ id: `c${at}`, max: '5', ...cap })),
    );
  const two = [rule('a', X, [course('B2')]), rule('b', { has: 'Y' }, [course('C3')])];
  const pool = rule('p', X, [{ elective: 'pool' }]);
  const open = [rule('a', X, [{ elective: 'pool' }])];

  test('has room for every course that rules fill, each once', () => {
    expect(never(two, { max: '5' })).toEqual(['warning /caps/0 c0 5 5 /rules']);
    expect(never(two, { max: '4.9' })).toEqual([]);
    const again = [...two, rule('c', { has: 'Z' }, [course('C3')])];
    expect(never(again, { max: '5' })).toHaveLength(1);
    const more = [...two, rule('c', { has: 'Z' }, [course('C3', { credits: '4' })])];
    expect(never(more, { max: '5' })).toEqual([]);
    expect(never(more, { max: '6' })).toHaveLength(1);
    const less = [...two, rule('c', { has: 'Z' }, [course('C3', { credits: '1' })])];
    expect(never(less, { max: '5' })).toHaveLength(1);
  });

  test('not where credit goes to a pool, or as much as a lot is worth', () => {
    expect(never([...two, pool], { max: '40' })).toEqual([]);
    expect(
      never([...two, rule('c', X, [course('C4', { credits: 'of-lot' })])], { max: '40' }),
    ).toEqual([]);
    const rest = rule('c', X, [course('C4')], { remainder: 'elective', remainderTo: 'pool' });
    expect(never([...two, rest], { max: '40' })).toEqual([]);
    const kept = rule('c', X, [course('C4')], { remainder: 'keep' });
    expect(never([...two, kept], { max: '40' })).toHaveLength(1);
  });

  test('only courses that it can count are looked at', () => {
    expect(never(two, { max: '3', of: { category: 'core' } })).toHaveLength(1);
    expect(never(two, { max: '2', of: { category: 'core' } })).toEqual([]);
    expect(never(two, { max: '2', of: { course: 'B2' } })).toHaveLength(1);
    expect(never([...two, pool], { max: '2', of: { rule: 'a' } })).toHaveLength(1);
    expect(never([...two, pool], { max: '9', of: { rule: 'p' } })).toEqual([]);
    for (const source of ['course', 'online-course', 'certificate', 'training'] as const) {
      expect(never(two, { max: '4', of: { source } })).toEqual([]);
      expect(never(two, { max: '5', of: { source } })).toHaveLength(1);
    }
    expect(never(two, { max: '4', of: { issuer: 'i' } })).toEqual([]);
    expect(never(two, { max: '4', of: { outcome: 'X' } })).toEqual([]);
  });

  test('nor where it counts something else than credit, or with other programmes', () => {
    expect(never(two, { max: '40', counts: 'lots' })).toEqual([]);
    expect(never(two, { max: '40', account: 'both' })).toEqual([]);
  });

  test('stands beside a stricter one of all, or of the same', () => {
    expect(never(open, { max: '5' }, { max: '4' })).toEqual(['warning /caps/0 c0 5 4 c1']);
    expect(never(open, { max: '4' }, { max: '5' })).toEqual(['warning /caps/1 c1 5 4 c0']);
    expect(never(open, { max: '5', of: { rule: 'a' } }, { max: '4' })).toEqual([
      'warning /caps/0 c0 5 4 c1',
    ]);
    expect(never(open, { max: '5' }, { max: '4', of: { rule: 'a' } })).toEqual([]);
    expect(
      never(open, { max: '5', of: { rule: 'a' } }, { max: '4', of: { rule: 'a' } }),
    ).toHaveLength(1);
    expect(never(open, { max: '5' }, { max: '4', counts: 'lots' })).toEqual([]);
  });

  test('of two equal ones the second, and the one of a part beside the one of all', () => {
    expect(never(open, {}, {})).toEqual(['warning /caps/1 c1 5 5 c0']);
    expect(never(open, {}, { of: { rule: 'a' } })).toEqual(['warning /caps/1 c1 5 5 c0']);
    expect(never(open, { of: { rule: 'a' } }, {})).toEqual(['warning /caps/0 c0 5 5 c1']);
    expect(never(open, { per: 'issuer' }, {})).toEqual(['warning /caps/0 c0 5 5 c1']);
    expect(never(open, {}, { per: 'issuer' })).toEqual(['warning /caps/1 c1 5 5 c0']);
  });

  test('a cap for each of something is stricter than another for each of the same only', () => {
    expect(never(open, { max: '5', per: 'issuer' }, { max: '4', per: 'issuer' })).toEqual([
      'warning /caps/0 c0 5 4 c1',
    ]);
    expect(never(open, { max: '5', per: 'issuer' }, { max: '4', per: 'lot' })).toEqual([]);
    expect(never(open, { max: '5' }, { max: '4', per: 'issuer' })).toEqual([]);
    expect(never(open, { max: '5', per: 'issuer' }, { max: '4' })).toHaveLength(1);
  });
});

describe('a cap below what a rule gives', () => {
  const below = (of: RuleDocument, cap: Partial<Cap>): string[] =>
    findings(
      'lint-cap-below-grant',
      [of, rule('z', { has: 'Z' }, [{ elective: 'pool' }])],
      [{ id: 'c', max: '1.9', ...cap }],
    );
  const both = [course('B2'), course('C3')];

  test('leaves no room for any application of it', () => {
    expect(below(rule('r', X, [course('B2')]), {})).toEqual(['error /caps/0 r c 2 1.9']);
    expect(below(rule('r', X, [course('B2')]), { max: '2' })).toEqual([]);
    expect(below(rule('r', X, both), { max: '4.9' })).toEqual(['error /caps/0 r c 5 4.9']);
    expect(below(rule('r', X, both), { max: '5' })).toEqual([]);
    expect(below(rule('r', X, [course('B2')]), { max: '0', counts: 'lots' })).toEqual([
      'error /caps/0 r c 1 0',
      'error /caps/0 z c 1 0',
    ]);
  });

  test('of any grants the smallest would do, or one that it does not count', () => {
    const any = { take: 'any' as const };
    expect(below(rule('r', X, both, any), {})).toEqual(['error /caps/0 r c 2 1.9']);
    expect(below(rule('r', X, [...both].reverse(), any), {})).toEqual(['error /caps/0 r c 2 1.9']);
    expect(below(rule('r', X, both, any), { max: '2' })).toEqual([]);
    expect(below(rule('r', X, both, any), { of: { category: 'core' } })).toEqual([]);
    expect(below(rule('r', X, both), { of: { category: 'core' } })).toEqual([
      'error /caps/0 r c 3 1.9',
    ]);
    expect(below(rule('r', X, both), { of: { category: 'free' } })).toEqual([]);
  });

  test('less would do of an amount in part or of a lot', () => {
    expect(below(rule('r', X, [{ elective: 'pool', credits: '3', partial: true }]), {})).toEqual(
      [],
    );
    expect(below(rule('r', X, [{ elective: 'pool', credits: '3' }]), {})).toEqual([
      'error /caps/0 r c 3 1.9',
    ]);
    expect(below(rule('r', X, [{ elective: 'pool' }]), {})).toEqual([]);
  });

  test('a cap of a source counts the rules whose lots all have it', () => {
    const of = (when: RuleDocument['when'], source: 'course' | 'training'): number =>
      below(rule('r', when, [course('B2')]), { of: { source } }).length;
    expect(of({ has: { source: 'course' } }, 'course')).toBe(1);
    expect(of({ has: { source: 'course' } }, 'training')).toBe(0);
    expect(of({ has: { source: ['course', 'training'] } }, 'course')).toBe(0);
    expect(of(X, 'course')).toBe(0);
    expect(of({ all: [{ has: { source: 'course' } }] }, 'course')).toBe(0);
    const sum = {
      sum: { what: 'hours' as const, atLeast: '1' },
      of: { has: { source: 'course' as const } },
    };
    expect(of(sum, 'course')).toBe(0);
    expect(below(rule('r', X, [course('B2')]), { of: { course: 'B2' } })).toHaveLength(1);
    expect(below(rule('r', X, [course('B2')]), { of: { issuer: 'i' } })).toEqual([]);
    expect(below(rule('r', X, [course('B2')]), { of: { outcome: 'X' } })).toEqual([]);
    const pool = rule('r', X, [{ elective: 'pool', credits: '3' }]);
    expect(below(pool, { of: { elective: 'pool' } })).toEqual(['error /caps/0 r c 3 1.9']);
  });
});
