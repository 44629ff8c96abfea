import { compiled, decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import type { ConditionDocument, RuleDocument, RulebookDocument } from '../document/document.js';
import { evaluate } from '../evaluate.js';
import type { ReasonNode } from '../types.js';

const B2 = [{ course: 'B2' }];
const POOL = [{ elective: 'pool', partial: true }];

/** Each refusal: rule, lots, code and what is said with it. */
const refused = (
  rules: readonly RuleDocument[],
  outcomes: readonly ExampleOutcomeDocument[],
  change: Partial<RulebookDocument> = {},
): string[] =>
  decide(sample({ rules, ...change }), learner(outcomes)).refused.map(
    ({ rule: of, lots, code, params }) =>
      `${of}(${lots.join(' ')}) ${code} ${Object.entries(params)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`.trim(),
  );

describe('a lot that counts more elsewhere', () => {
  test('says which rules took its lots, each once, and what it would cost to take them back', () => {
    const rules = [
      rule('large', { has: 'X' }, [{ course: 'C4' }]),
      rule('other', { has: 'Y' }, [{ course: 'C3' }]),
      rule('both', { all: [{ has: 'X' }, { has: 'Y' }] }, B2),
    ];
    expect(refused(rules, [lot('X'), lot('Y')])).toEqual([
      'both(x y) lot-better-used by=large, other gain=5',
    ]);
    const same = [
      rule('pool', { has: { prefix: 'P' } }, [{ elective: 'pool', credits: '3' }]),
      rule('both', { all: [{ has: 'P1' }, { has: 'P2' }] }, B2),
    ];
    expect(refused(same, [lot('P1'), lot('P2')])).toEqual([
      'both(p1 p2) lot-better-used by=pool gain=4',
    ]);
  });

  test('rules that took other lots are not named', () => {
    const rules = [
      rule('a', { has: 'X' }, [{ course: 'C4' }]),
      rule('b', { has: 'X' }, B2),
      rule('c', { has: 'Z' }, [{ course: 'C3' }]),
    ];
    expect(refused(rules, [lot('X'), lot('Z')])).toEqual(['b(x) lot-better-used by=a gain=2']);
  });

  test('what it costs is looked for among what hangs together with it', () => {
    const rules = [
      rule('a', { has: 'X' }, [{ course: 'C4' }]),
      rule('b', { has: 'X' }, B2),
      rule('c', { has: 'Y' }, [{ course: 'C3' }]),
      rule('d', { has: 'Y' }, [{ elective: 'pool', credits: '2.5' }]),
    ];
    expect(refused(rules, [lot('X'), lot('Y')])).toEqual([
      'b(x) lot-better-used by=a gain=2',
      'd(y) lot-better-used by=c gain=0.5',
    ]);
  });

  test('a sum whose lots are taken says so, also where a cap would stop it', () => {
    const sum = { sum: { what: 'credits' as const, atLeast: '8' }, of: { has: { prefix: 'P' } } };
    const rules = [rule('one', { has: 'P1' }, [{ course: 'C4' }]), rule('sum', sum, B2)];
    const caps = [{ id: 'c', max: '5' }];
    expect(refused(rules, [lot('P1'), lot('P2')], { caps })).toEqual([
      'sum(p1 p2) lot-better-used by=one gain=2',
    ]);
    expect(refused(rules, [lot('P1'), lot('P2'), lot('P3')], { caps })).toEqual([
      'sum(p1 p2 p3) cap cap=c used=4 limit=5 wanted=2',
    ]);
    const small = lot('P3', { credits: '3.9' });
    expect(refused(rules, [lot('P1'), lot('P2'), small], { caps })).toEqual([
      'sum(p1 p2 p3) lot-better-used by=one gain=2',
    ]);
  });

  test('what it costs is confirmed for the first sixteen', () => {
    const rules = [
      rule('a', { has: 'X' }, [{ course: 'C4' }]),
      ...Array.from({ length: 18 }, (_, at) =>
        rule(`r${String(at).padStart(2, '0')}`, { has: 'X' }, [{ elective: 'pool', credits: '1' }]),
      ),
    ];
    const said = refused(rules, [lot('X')]);
    expect(said).toHaveLength(18);
    expect(said.map((each) => each.endsWith('gain=3'))).toEqual(said.map((_, at) => at < 16));
    expect(said[16]).toBe('r16(x) lot-better-used by=a');
  });

  test('of the lots of a sum what others left does not reach', () => {
    const sum = (atLeast: string): ConditionDocument => ({
      sum: { what: 'credits', atLeast },
      of: { has: { prefix: 'P' } },
    });
    const rules = [rule('one', { has: 'P1' }, [{ course: 'C4' }]), rule('sum', sum('8'), B2)];
    expect(refused(rules, [lot('P1'), lot('P2')])).toEqual([
      'sum(p1 p2) lot-better-used by=one gain=2',
    ]);
    const two = [rule('first', sum('8'), [{ course: 'C4' }]), rule('second', sum('4'), B2)];
    expect(refused(two, [lot('P1'), lot('P2')])).toEqual([
      'second(p1 p2) lot-better-used by=first gain=2',
    ]);
    expect(refused(two, [lot('P1'), lot('P2'), lot('P3')])).toEqual([]);
  });

  test('of several offers of one sum none is a case of its own', () => {
    const sum: ConditionDocument = {
      sum: { what: 'credits', atLeast: '4' },
      of: { has: { prefix: 'P' } },
    };
    const outcomes = [lot('P1', { issuer: 'i' }), lot('P2', { issuer: 'j' })];
    const caps = [{ id: 'c', max: '9', per: 'issuer' as const }];
    expect(refused([rule('sum', sum, B2)], outcomes, { caps })).toEqual([]);
    const none = [{ id: 'c', max: '1', per: 'issuer' as const }];
    expect(refused([rule('sum', sum, B2)], outcomes, { caps: none })).toHaveLength(1);
  });
});

describe('a course that is filled', () => {
  test('names the course and who fills it', () => {
    const rules = [
      rule('c', { has: 'Z' }, [{ course: 'C4' }]),
      rule('a', { has: 'X' }, [{ course: 'C3' }, { course: 'B2' }], { shortfall: 'allow' }),
      rule('b', { has: 'Y' }, B2),
    ];
    expect(refused(rules, [lot('X'), lot('Y'), lot('Z')])).toEqual([
      'b(y) target-filled course=B2 by=a',
    ]);
  });
});

describe('a cap without room', () => {
  const rules = [
    rule('a', { has: 'X' }, [{ course: 'C4' }]),
    rule('b', { has: 'Y' }, [{ course: 'C3' }]),
  ];
  const outcomes = [lot('X', { issuer: 'i' }), lot('Y', { issuer: 'i' })];

  test('says what is used, what there is and what is wanted, and of whom', () => {
    expect(refused(rules, outcomes, { caps: [{ id: 'c', max: '6' }] })).toEqual([
      'b(y) cap cap=c used=4 limit=6 wanted=3',
    ]);
    expect(refused(rules, outcomes, { caps: [{ id: 'c', max: '6', per: 'issuer' }] })).toEqual([
      'b(y) cap cap=c used=4 limit=6 wanted=3 per=i',
    ]);
    expect(refused(rules, outcomes, { caps: [{ id: 'c', max: '1', counts: 'lots' }] })).toEqual([
      'b(y) cap cap=c used=1 limit=1 wanted=1',
    ]);
    expect(refused(rules, outcomes, { caps: [{ id: 'c', max: '7' }] })).toEqual([]);
  });

  test('of several the one with the least room, then the first', () => {
    const caps = (...max: string[]): RulebookDocument['caps'] =>
      max.map((each, at) => ({ id: `c${at}`, max: each }));
    const which = (...max: string[]): string | undefined =>
      refused(rules, outcomes, { caps: caps(...max) })[0]?.split(' ')[2];
    expect(which('6', '5', '9')).toBe('cap=c1');
    expect(which('5', '6', '9')).toBe('cap=c0');
    expect(which('9', '6', '6')).toBe('cap=c1');
    expect(which('9', '9', '4')).toBe('cap=c2');
  });

  test('what is wanted is the smallest amount that would do', () => {
    const partial = [rule('a', { has: 'X' }, POOL)];
    expect(refused(partial, [lot('X')], { caps: [{ id: 'c', max: '0.4' }] })).toEqual([
      'a(x) cap cap=c used=0 limit=0.4 wanted=0.5',
    ]);
  });
});

describe('the tree of reasons', () => {
  const tree = (when: ConditionDocument, codes: string): ReasonNode | undefined => {
    const rulebook = compiled(sample({ rules: [rule('r', when, [{ course: 'B2' }])] }));
    const given = learner([...codes].map((code) => lot(code, { credits: '2' })));
    return evaluate(rulebook, given, '2026-10-01').reasons[0];
  };
  const three = [{ has: 'A' }, { has: 'B' }, { has: 'C', hours: { atLeast: '1' } }];

  test('a group says how many of its clauses are true', () => {
    const said = (when: ConditionDocument, codes: string): unknown => {
      const node = tree(when, codes);
      return [node?.operator, node?.wanted, node?.read, node?.verdict, node?.lot, node?.path];
    };
    const path = '/rules/0/when';
    expect(said({ all: three }, 'AB')).toEqual(['all', '3', '2', 'false', null, path]);
    expect(said({ all: three }, 'ABC')).toEqual(['all', '3', '2', 'not-evaluated', null, path]);
    expect(said({ any: three }, 'AB')).toEqual(['any', '1', '2', 'true', null, path]);
    expect(said({ any: three }, 'C')).toEqual(['any', '1', '0', 'not-evaluated', null, path]);
    expect(said({ atLeast: 2, of: three }, 'AB')).toEqual([
      'at-least',
      '2 / 3',
      '2',
      'true',
      null,
      path,
    ]);
    expect(said({ atLeast: 2, of: three }, 'AC')).toEqual([
      'at-least',
      '2 / 3',
      '1',
      'not-evaluated',
      null,
      path,
    ]);
    expect(said({ atLeast: 2, of: three }, 'A')).toEqual([
      'at-least',
      '2 / 3',
      '1',
      'false',
      null,
      path,
    ]);
  });

  test('clauses that are true one by one may need the same lot', () => {
    const when = { all: [{ has: 'A' }, { has: { source: 'course' as const } }] };
    expect(tree(when, 'A')).toMatchObject({
      operator: 'all',
      verdict: 'false',
      read: '2',
      children: [
        { verdict: 'true', lot: 'a' },
        { verdict: 'true', lot: 'a' },
        {
          operator: 'distinct',
          wanted: 'a lot for each clause',
          read: null,
          lot: null,
          verdict: 'false',
          path: '/rules/0/when',
          children: [],
        },
      ],
    });
    expect(tree(when, 'AB')?.verdict).toBe('true');
    expect(tree(when, 'AB')?.children).toHaveLength(2);
  });
});
