import { example, findings, lot, of, when } from '../../test/findings.js';
import { rule } from '../../test/sample.js';
import type {
  CapDocument,
  ConditionDocument,
  RuleDocument,
  RulebookDocument,
} from '../document/document.js';
import type { ExampleDocument, ExampleOutcomeDocument } from '../document/document-examples.js';
import { isPublishable } from './index.js';

describe('caps', () => {
  const caps = (
    list: readonly CapDocument[],
    rules: readonly RuleDocument[],
  ): Partial<RulebookDocument> => {
    return { caps: list, rules };
  };
  const [b2, c4] = [
    rule('b2', { has: 'X' }, [{ course: 'B2' }]),
    rule('c4', { has: 'Y' }, [{ course: 'C4' }]),
  ];
  const pool = rule('pool', { has: 'Z' }, [{ elective: 'pool' }]);
  const never = (list: readonly CapDocument[], rules: readonly RuleDocument[]): string[] =>
    of('cap-never-binds', caps(list, rules));

  test('all courses together stay under it', () => {
    expect(never([{ id: 'c', max: '6' }], [b2, c4])).toEqual([
      'warning /caps/0 {"cap":"c","limit":"6","most":"6","because":"/rules"}',
    ]);
    expect(never([{ id: 'c', max: '5.5' }], [b2, c4])).toEqual([]);
    expect(never([{ id: 'c', max: '6' }], [b2, c4, pool])).toEqual([]);
    expect(never([{ id: 'c', max: '4', of: { category: 'core' } }], [b2, c4, pool])).toHaveLength(
      1,
    );
    expect(never([{ id: 'c', max: '3.5', of: { category: 'core' } }], [b2, c4, pool])).toEqual([]);
    const again = rule('again', { has: 'W' }, [{ course: 'C4' }]);
    expect(never([{ id: 'c', max: '6' }], [b2, c4, again])).toHaveLength(1);
    expect(never([{ id: 'c', max: '6', account: 'both' }], [b2, c4])).toEqual([]);
    expect(never([{ id: 'c', max: '9', counts: 'applications' }], [b2, c4])).toEqual([]);
    const surplus = rule('s', { has: 'X' }, [{ course: 'B2' }], {
      remainder: 'elective',
      remainderTo: 'pool',
    });
    expect(never([{ id: 'c', max: '6' }], [surplus, c4])).toEqual([]);
  });

  test('a stricter cap stands before it', () => {
    const strict: CapDocument = { id: 'strict', max: '3' };
    const told = (cap: Omit<CapDocument, 'id'>): string[] =>
      never([strict, { id: 'c', ...cap }], [pool]);
    expect(told({ max: '4' })).toEqual([
      'warning /caps/1 {"cap":"c","limit":"4","most":"3","because":"strict"}',
    ]);
    expect(told({ max: '3' })).toHaveLength(1);
    expect(told({ max: '2' })).toEqual([
      'warning /caps/0 {"cap":"strict","limit":"3","most":"2","because":"c"}',
    ]);
    expect(told({ max: '3', of: { category: 'free' } })).toHaveLength(1);
    expect(told({ max: '2', of: { category: 'free' } })).toEqual([]);
    expect(told({ max: '4', per: 'issuer' })).toHaveLength(1);
    expect(told({ max: '2', per: 'issuer' })).toEqual([]);
    expect(told({ max: '4', counts: 'lots' })).toEqual([]);
  });

  test('a rule that never fits under one', () => {
    const below = (cap: Omit<CapDocument, 'id'>, own: RuleDocument): string[] =>
      of('cap-below-grant', caps([{ id: 'c', ...cap }], [own]));
    expect(below({ max: '3.5' }, c4)).toEqual([
      'error /caps/0 {"rule":"c4","cap":"c","least":"4","limit":"3.5"}',
    ]);
    expect(below({ max: '4' }, c4)).toEqual([]);
    expect(below({ max: '1', of: { category: 'basic' } }, c4)).toEqual([]);
    expect(below({ max: '0.5' }, pool)).toEqual([]);
    const both = rule('both', { has: 'X' }, [{ course: 'B2' }, { course: 'C4' }]);
    expect(below({ max: '5.5' }, both)).toHaveLength(1);
    expect(below({ max: '5.5' }, { ...both, take: 'any' })).toEqual([]);
    expect(below({ max: '1.5' }, { ...both, take: 'any' })).toHaveLength(1);
    expect(below({ max: '1.5', of: { category: 'basic' } }, { ...both, take: 'any' })).toEqual([]);
    const partial = rule('p', { has: 'X' }, [{ course: 'C4', partial: true }]);
    expect(below({ max: '1' }, partial)).toEqual([]);
    expect(below({ max: '0', counts: 'applications' }, pool)).toHaveLength(1);
    expect(below({ max: '1', counts: 'lots' }, pool)).toEqual([]);
    const sourced = rule('s', { has: { source: 'certificate' } }, [{ course: 'C4' }]);
    expect(below({ max: '1', of: { source: 'certificate' } }, sourced)).toHaveLength(1);
    expect(below({ max: '1', of: { source: 'course' } }, sourced)).toEqual([]);
    expect(below({ max: '1', of: { source: 'certificate' } }, c4)).toEqual([]);
  });
});

test('requirements and rights that the programme has not enough credit for', () => {
  const title = { en: 't', zh: 't' };
  const reach = (atLeast: string, category?: string[]): string[] => {
    const each = { id: 'q', title, atLeast, ...(category && { of: { category } }) };
    return of('out-of-reach', { requirements: [each], rights: [{ ...each, id: 's' }] });
  };
  expect(reach('40')).toEqual([]);
  expect(reach('40.5')).toEqual([
    'warning /requirements/0 {"name":"q","atLeast":"40.5","most":"40"}',
    'warning /rights/0 {"name":"s","atLeast":"40.5","most":"40"}',
  ]);
  expect(reach('30', ['basic', 'core'])).toEqual([]);
  expect(reach('30.5', ['basic', 'core'])).toHaveLength(2);
});

test('rules that can be met in too many ways', () => {
  const codes = ['A', 'B', 'C', 'D', 'E'];
  const many = (count: number, atLeast: number): string[] =>
    of(
      'too-many-ways',
      when({ atLeast, of: Array.from({ length: count }, () => ({ has: codes })) }),
    );
  expect(many(4, 4)).toEqual([]);
  expect(many(5, 5)).toEqual(['warning /rules/0/when {"rule":"r","ways":"1024","limit":"256"}']);
  expect(many(5, 1)).toEqual([]);
  expect(many(4, 3)).toEqual([]);
  expect(
    of('too-many-ways', when({ has: Array.from({ length: 300 }, (_, at) => `C${at}`) })),
  ).toEqual([]);
  const open = { has: { source: 'course' as const } };
  expect(of('too-many-ways', when({ all: [open, open, open, open, open] }))).toHaveLength(1);
  const proof = { ...open, evidenceOnly: true };
  expect(of('too-many-ways', when({ all: [proof, proof, proof, proof, proof] }))).toEqual([]);
  const single = Array.from({ length: 11 }, (_, at) => ({ has: `C${at}` }));
  expect(of('too-many-ways', when({ atLeast: 5, of: single }))).toHaveLength(1);
  const deep = (levels: number): ConditionDocument =>
    levels === 0 ? open : { all: [deep(levels - 1), deep(levels - 1)] };
  expect(of('too-many-ways', when(deep(6)))[0]).toContain('"ways":"1000000"');
});

test('what is defined and not used', () => {
  const title = { en: 't', zh: 't' };
  const names = (change: Partial<RulebookDocument>): string[] =>
    of('unused', { ...change, maps: [] }).map((text) => text.split(' ')[1] ?? '');
  expect(names(when({ has: 'X' }))).toEqual([
    '/ratios/lot',
    '/ratios/sum',
    '/scales/five',
    '/scales/german',
    '/scales/level',
    '/scales/percent',
  ]);
  expect(names(when({ has: 'X', grade: { passed: true } }))).toEqual([
    '/ratios/lot',
    '/ratios/sum',
  ]);
  const used = {
    rules: [
      rule(
        'r',
        {
          has: 'X',
          grade: { scale: 'percent', atLeast: '1' },
          level: { scale: 'level', atLeast: 'mid' },
        },
        [{ elective: 'pool', credits: { ratio: 'sum' } }],
        { grade: { onScale: 'five' } },
      ),
    ],
    examples: [example([lot({ gradeScale: 'german' })])],
  };
  expect(names(used)).toEqual(['/ratios/lot']);
  expect(of('unused', when({ has: 'X' })).join()).not.toContain('/scales/five');
  const kept = {
    ...when({ has: 'X' }),
    families: [{ id: 'f', outcomes: ['X', 'Y'], keep: 'highest-level' as const }],
  };
  expect(names(kept)).toEqual(['/ratios/lot', '/ratios/sum']);
  const parties = [
    { institution: 'school', accepts: '1' },
    { institution: 'b', accepts: '1' },
  ];
  const deal = {
    id: 'd',
    title,
    inForce: { from: '2026-01-01', to: null, by: 'application' as const },
    parties,
  };
  expect(
    names({ ...used, agreements: [deal], parameters: { p: { title, value: 'any' } } }),
  ).toEqual(['/agreements/0', '/parameters/p', '/ratios/lot']);
  const joined = { any: [{ all: [{ atLeast: 1, of: [{ joined: 'p', of: [{ has: 'X' }] }] }] }] };
  const changed = {
    ...when(joined),
    agreements: [deal],
    parameters: { p: { title, value: 'any' as const } },
  };
  const under = { ...changed, rules: changed.rules?.map((each) => ({ ...each, under: 'd' })) };
  expect(names(under).filter((path) => /agree|param/.test(path))).toEqual([]);
});

describe('examples', () => {
  test('a rule that no example shows cannot be published', () => {
    const shown = { ...when({ has: 'X' }), examples: [example([lot()])] };
    expect(of('rule-without-example', when({ has: 'X' }))).toEqual(['error /rules/0 {"rule":"r"}']);
    expect(of('rule-without-example', shown)).toEqual([]);
    expect(isPublishable(findings([when({ has: 'X' })]))).toBe(false);
    expect(isPublishable(findings([shown]))).toBe(true);
  });

  const sides = (has: object, outcomes: readonly ExampleOutcomeDocument[][]): string[] =>
    of('leaf-one-sided', {
      ...when({ has: 'X', ...has }),
      examples: outcomes.map((each) => example(each)),
    }).map((text) => text.replace(/^warning /, ''));

  test('a limit is shown from both sides, also by two lots of one example', () => {
    const attended = (attendancePercent: string, id = 'a'): ExampleOutcomeDocument =>
      lot({ lot: id, attendancePercent });
    const asked = { attendance: { atLeast: '80' } };
    expect(sides(asked, [[attended('80')]])).toEqual([
      '/rules/0/when {"operator":"attendance","wanted":">= 80 %","side":"false"}',
    ]);
    expect(sides(asked, [[attended('79')]])).toEqual([
      '/rules/0/when {"operator":"attendance","wanted":">= 80 %","side":"true"}',
    ]);
    expect(sides(asked, [[attended('80')], [attended('79')]])).toEqual([]);
    expect(sides(asked, [[attended('80', 'a'), attended('79', 'b')]])).toEqual([]);
    expect(sides({}, [[lot()]])).toEqual([]);
  });

  test('sums and questions about the learner have two sides too', () => {
    const condition: ConditionDocument = {
      all: [
        { learner: { ageAtLeast: 60 } },
        { sum: { what: 'hours', atLeast: '16' }, of: { has: 'X', attendance: { atLeast: '80' } } },
      ],
    };
    const one = example([lot({ hours: '16', attendancePercent: '80' })], {
      learner: { born: '1960-01-01', outcomes: [lot({ hours: '16', attendancePercent: '80' })] },
    });
    const change = {
      rules: [rule('r', condition, [{ elective: 'pool', credits: { ratio: 'sum' } }])],
      examples: [one],
    };
    expect(of('leaf-one-sided', change)).toEqual([
      'warning /rules/0/when/all/0 {"operator":"age","wanted":">= 60","side":"false"}',
      'warning /rules/0/when/all/1 {"operator":"sum","wanted":"hours >= 16","side":"false"}',
      'warning /rules/0/when/all/1/of {"operator":"attendance","wanted":">= 80 %","side":"false"}',
    ]);
  });

  test('a cap is shown where it holds and where it stops or cuts something', () => {
    const cap = (examples: ExampleDocument[], rest: Partial<RuleDocument> = {}): string[] =>
      of('leaf-one-sided', {
        caps: [{ id: 'c', max: '2' }],
        rules: [
          rule('r', { has: 'X' }, [{ elective: 'pool', partial: rest.remainder === 'keep' }], rest),
        ],
        examples,
      });
    const [small, exact, large] = ['1', '2', '3'].map((credits) => example([lot({ credits })]));
    if (!small || !exact || !large) throw new Error('no examples');
    const missing = (side: string): string =>
      `warning /caps/0 {"operator":"cap","wanted":"c <= 2","side":"${side}"}`;
    expect(cap([small])).toEqual([missing('false')]);
    expect(cap([large])).toEqual([missing('true')]);
    expect(cap([small, large])).toEqual([]);
    expect(cap([exact])).toEqual([]);
    expect(cap([large], { remainder: 'keep' })).toEqual([]);
  });
});
