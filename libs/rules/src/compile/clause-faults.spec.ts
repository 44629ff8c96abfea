import {
  B2,
  type Change,
  faultsIn as faults,
  one,
  title,
  twice,
  WINDOW,
} from '../../test/faults.js';
import { compiled, rule, sample } from '../../test/sample.js';
import type { ConditionDocument, RuleDocument } from '../document/document.js';

const { target: TARGET } = sample();
const target = (change: object): Change => ({ target: { ...TARGET, ...change } });
const cap = (rest: object): Change => ({ caps: [{ id: 'c', max: '3', ...rest }] });

describe('conditions', () => {
  const sum: ConditionDocument = { sum: { what: 'credits', atLeast: '1' }, of: { has: 'X' } };
  const three = [{ has: 'X' }, { has: 'Y' }, { has: 'Z' }];

  test.each<[ConditionDocument, string[]]>([
    [{ atLeast: 0, of: three }, ['/rules/0/when/atLeast rulebook-too-many-asked 0 | 3']],
    [{ atLeast: 1, of: three }, []],
    [{ atLeast: 3, of: three }, []],
    [{ atLeast: 4, of: three }, ['/rules/0/when/atLeast rulebook-too-many-asked 4 | 3']],
    [{ all: [{ has: 'Y' }, sum] }, []],
    [{ all: [sum, sum] }, ['/rules/0/when/all/1 rulebook-two-sums']],
    [{ any: [sum, { all: [{ has: 'Y' }, sum] }] }, ['/rules/0/when/any/1/all/1 rulebook-two-sums']],
    [{ joined: 'how', of: three }, ['/rules/0/when/joined rulebook-unknown-name how | —']],
    [
      { ...sum, sum: { what: 'credits', atLeast: '0' } },
      ['/rules/0/when/sum/atLeast rulebook-number 0 | > 0'],
    ],
    [
      { ...sum, sum: { what: 'hours', atLeast: 'x' } },
      ['/rules/0/when/sum/atLeast rulebook-number x | > 0'],
    ],
    [{ ...sum, sum: { what: 'hours', atLeast: '0.5' } }, []],
  ])('%j', (when, expected) => {
    expect(faults(one(when))).toEqual(expected);
  });

  test('a parameter joins as it says', () => {
    const joined = (value: 'all' | 'any'): unknown => {
      const when = { joined: 'how', of: [{ has: 'X' }, sum] };
      const parameters = { how: { title, value } };
      const clause = compiled(sample({ ...one(when), parameters })).rules[0]!.when;
      return (
        'children' in clause && [clause.op, clause.needed, clause.children.map(({ path }) => path)]
      );
    };
    const places = ['/rules/0/when/of/0', '/rules/0/when/of/1'];
    expect(joined('all')).toEqual(['all', 2, places]);
    expect(joined('any')).toEqual(['any', 1, places]);
    const parameters = { how: { title, value: 'any' as const } };
    expect(faults({ ...one({ joined: 'who', of: three }), parameters })).toEqual([
      '/rules/0/when/joined rulebook-unknown-name who | how',
    ]);
  });
});

describe('caps', () => {
  const of = (select: object): Change => cap({ of: select });

  test.each<[Change, string[]]>([
    [cap({ max: '-1' }), ['/caps/0/max rulebook-number -1 | 0 – 10000, 0.001']],
    [cap({ max: '1.5' }), []],
    [cap({ max: '1.5', counts: 'lots' }), ['/caps/0/max rulebook-number 1.5 | 0, 1, 2 …']],
    [cap({ max: 'x1', counts: 'lots' }), ['/caps/0/max rulebook-number x1 | 0, 1, 2 …']],
    [cap({ max: '1x', counts: 'lots' }), ['/caps/0/max rulebook-number 1x | 0, 1, 2 …']],
    [cap({ max: '999999', counts: 'applications' }), []],
    [
      cap({ max: '1000000', counts: 'applications' }),
      ['/caps/0/max rulebook-number 1000000 | 0, 1, 2 …'],
    ],
    [
      cap({ max: { percent: '50', of: 'total' }, counts: 'lots' }),
      ['/caps/0/max rulebook-number 50 % | 0, 1, 2 …'],
    ],
    [cap({ max: { percent: '0', of: 'total' } }), []],
    [cap({ max: { percent: '100', of: 'basic' } }), []],
    [cap({ max: { percent: '99.9', of: 'basic' } }), []],
    [
      cap({ max: { percent: '100.1', of: 'total' } }),
      ['/caps/0/max/percent rulebook-number 100.1 | 0 – 100'],
    ],
    [
      cap({ max: { percent: '-1', of: 'total' } }),
      ['/caps/0/max/percent rulebook-number -1 | 0 – 100'],
    ],
    [
      cap({ max: { percent: 'half', of: 'total' } }),
      ['/caps/0/max/percent rulebook-number half | 0 – 100'],
    ],
    [
      cap({ max: { percent: '50', of: 'basics' } }),
      ['/caps/0/max/of rulebook-unknown-name basics | basic'],
    ],
    [
      cap({ max: { percent: '50', of: 'constructor' } }),
      ['/caps/0/max/of rulebook-unknown-name constructor | —'],
    ],
    [of({ category: 'basics' }), ['/caps/0/of/category rulebook-unknown-name basics | basic']],
    [of({ elective: 'pol' }), ['/caps/0/of/elective rulebook-unknown-name pol | pool']],
    [of({ rule: 'b3' }), ['/caps/0/of/rule rulebook-unknown-name b3 | b2']],
    [of({ course: 'B9' }), ['/caps/0/of/course rulebook-unknown-name B9 | B2']],
    [of({ category: 'basic', elective: 'pool', rule: 'b2', course: 'B2' }), []],
    [{ caps: twice({ id: 'c', max: '1' }) }, ['/caps/1/id rulebook-duplicate c | /caps/0/id']],
  ])('%#', (change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  test('a share is rounded to the steps of the programme, of its total or a category', () => {
    const limit = (max: object, step = '0.5'): bigint | undefined =>
      compiled(sample({ ...target({ step }), ...cap({ max }) })).caps[0]?.limit;
    expect(limit({ percent: '50', of: 'total' })).toBe(20_000n);
    expect(limit({ percent: '50', of: 'core' })).toBe(10_000n);
    expect(limit({ percent: '33', of: 'basic' })).toBe(3000n);
    expect(limit({ percent: '33', of: 'basic', round: 'up' })).toBe(3500n);
    expect(limit({ percent: '33', of: 'basic', round: 'half-up' })).toBe(3500n);
    expect(limit({ percent: '33', of: 'basic' }, '0.001')).toBe(3300n);
    // Thousandths are the smallest there is.
    expect(limit({ percent: '33', of: 'basic' }, '0.0001')).toBe(3300n);
    expect(limit({ percent: '33', of: 'basic' }, '3')).toBe(3000n);
  });
});

describe('what is never replaced', () => {
  const never = (rest: object): Change => ({
    never: [{ id: 'n', title, ...rest }],
    rules: [
      rule('a', { has: 'X' }, [{ elective: 'pool' }]),
      rule('b', { has: 'Y' }, [{ course: 'C3' }, { course: 'B2' }]),
    ],
  });

  test.each<[object, string[]]>([
    [{}, ['/never/0 rulebook-grant-target']],
    [{ course: 'C4' }, []],
    [{ category: 'free' }, []],
    [{ course: 'C4', category: 'free' }, []],
    [{ course: 'C9' }, ['/never/0/course rulebook-unknown-name C9 | C3']],
    [{ category: 'cor' }, ['/never/0/category rulebook-unknown-name cor | core']],
    [{ course: 'B2' }, ['/rules/1/grants/1 rulebook-contradiction B2 | n']],
    [{ category: 'core' }, ['/rules/1/grants/0 rulebook-contradiction C3 | n']],
    [{ course: 'B2', for: { has: 'Z' } }, []],
    [
      { course: 'B2', for: { has: 'Z', grade: { scale: 'none', atLeast: '1' } } },
      ['/never/0/for/grade/scale rulebook-unknown-name none | —'],
    ],
  ])('%j', (rest, expected) => {
    expect(faults(never(rest))).toEqual(expected);
  });
});

describe('agreements and exclusions', () => {
  const agreement = (rest: object = {}) => ({
    id: 'deal',
    title,
    inForce: { from: '2020-01-01', to: null, by: 'application' as const },
    parties: [
      { institution: 'school', accepts: '6' },
      { institution: 'other', accepts: '9' },
    ],
    ...rest,
  });
  const exclusion = (rest: object) => ({ id: 'e', title, ...rest });
  const both = rule('r', { has: 'X' }, [{ course: 'B2' }, { course: 'C3' }]);

  test.each<[Change, string[]]>([
    [{ agreements: [agreement()] }, []],
    [
      { agreements: [agreement({ inForce: WINDOW })] },
      ['/agreements/0/inForce rulebook-dates-reversed 2026-02-02 | 2026-02-01'],
    ],
    [
      { agreements: [agreement({ parties: [{ institution: 'scholl', accepts: '1' }] })] },
      ['/agreements/0/parties rulebook-unknown-name school | scholl'],
    ],
    [
      { agreements: [agreement({ parties: twice({ institution: 'school', accepts: '1' }) })] },
      [
        '/agreements/0/parties/1/institution rulebook-duplicate school | /agreements/0/parties/0/institution',
      ],
    ],
    [
      {
        agreements: [
          agreement({
            parties: [
              { institution: 'school', accepts: '1' },
              { institution: 'other', accepts: 'x' },
            ],
          }),
        ],
      },
      ['/agreements/0/parties/1/accepts rulebook-number x | 0 – 10000, 0.001'],
    ],
    [
      { agreements: twice(agreement()) },
      ['/agreements/1/id rulebook-duplicate deal | /agreements/0/id'],
    ],
    [
      { agreements: [agreement()], caps: [{ id: 'deal', max: '1' }] },
      ['/agreements/0/id rulebook-duplicate deal | /caps/0/id'],
    ],
    [
      { exclusions: [exclusion({ courses: ['B2', 'C4'] })], caps: [{ id: 'e', max: '1' }] },
      ['/exclusions/0/id rulebook-duplicate e | /caps/0/id'],
    ],
    [
      { exclusions: [exclusion({ courses: ['B2', 'C9'] })] },
      ['/exclusions/0/courses/1 rulebook-unknown-name C9 | C3'],
    ],
    [{ exclusions: [exclusion({})] }, ['/exclusions/0 rulebook-exclusion-empty']],
    [
      { exclusions: [exclusion({ courses: ['B2'], outcomes: ['X'] })] },
      ['/exclusions/0 rulebook-exclusion-empty'],
    ],
    [{ exclusions: [exclusion({ outcomes: ['X', 'Y'] })] }, []],
    [
      { rules: [both], exclusions: [exclusion({ courses: ['B2', 'C3'] })] },
      ['/rules/0/grants rulebook-contradiction B2 + C3 | e'],
    ],
    [{ rules: [both], exclusions: [exclusion({ courses: ['B2', 'C4'] })] }, []],
    [{ rules: [{ ...both, take: 'any' }], exclusions: [exclusion({ courses: ['B2', 'C3'] })] }, []],
  ])('%#', (change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  test('only an agreement that some rule rests on is counted as a cap', () => {
    const other = agreement({
      id: 'other-deal',
      parties: [
        { institution: 'x', accepts: '2' },
        { institution: 'school', accepts: '4' },
      ],
    });
    const rules = [
      rule('a', { has: 'X' }, B2, { under: 'deal' }),
      rule('b', { has: 'X' }, B2, { under: 'other-deal' }),
      rule('c', { has: 'X' }, B2),
    ];
    const caps = (of: RuleDocument[]): unknown =>
      compiled(sample({ rules: of, agreements: [agreement(), other] })).caps.map(
        ({ cap: { id, of: select }, limit, path }) => [id, select.rule, limit, path],
      );
    expect(caps(rules)).toEqual([
      ['deal', ['a'], 6000n, '/agreements/0'],
      ['other-deal', ['b'], 4000n, '/agreements/1'],
    ]);
    expect(caps(rules.slice(1))).toEqual([['other-deal', ['b'], 4000n, '/agreements/1']]);
  });
});
