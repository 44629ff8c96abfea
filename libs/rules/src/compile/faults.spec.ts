import {
  B2,
  type Change,
  faultsIn as faults,
  one,
  title,
  twice,
  WINDOW,
} from '../../test/faults.js';
import { rule, sample } from '../../test/sample.js';
import type { ConditionDocument, RuleDocument } from '../document/document.js';
import { compileRulebook } from './compile.js';

const { target: TARGET } = sample();
const target = (change: object): Change => ({ target: { ...TARGET, ...change } });
const grant = (written: RuleDocument['grants'][number]): Change => one({ has: 'X' }, [written]);
const ratio = (rest: object): Change => ({
  ratios: {
    q: { hours: '16', credits: '1', round: { to: '0.5', mode: 'down', at: 'sum' }, ...rest },
  },
});

test('the sample has no fault', () => {
  expect(faults({})).toEqual([]);
});

describe('the programme', () => {
  const course = { code: 'D1', title, credits: '2', category: 'basic' };

  test.each<[Change, string[]]>([
    [target({ step: '0' }), ['/target/step rulebook-number 0 | > 0']],
    [target({ step: '-1' }), ['/target/step rulebook-number -1 | > 0']],
    [target({ step: 'half' }), ['/target/step rulebook-number half | > 0']],
    [
      target({ total: '10000.001' }),
      ['/target/total rulebook-number 10000.001 | 0 – 10000, 0.001'],
    ],
    [
      target({ categories: { basic: '-1', core: '20', free: '0' } }),
      ['/target/categories/basic rulebook-number -1 | 0 – 10000, 0.001'],
    ],
    [
      target({ courses: [...(TARGET.courses ?? []), { ...course, credits: '0.0001' }] }),
      ['/target/courses/3/credits rulebook-number 0.0001 | 0 – 10000, 0.001'],
    ],
    [
      target({ courses: [...(TARGET.courses ?? []), { ...course, category: 'basics' }] }),
      ['/target/courses/3/category rulebook-unknown-name basics | basic'],
    ],
    [
      target({ electives: [{ code: 'pool', title, category: 'fre' }] }),
      ['/target/electives/0/category rulebook-unknown-name fre | free'],
    ],
    [
      target({ courses: [...(TARGET.courses ?? []), { ...course, code: 'C3' }] }),
      ['/target/courses/3/code rulebook-duplicate C3 | /target/courses/1/code'],
    ],
    [
      target({ electives: twice({ code: 'pool', title, category: 'free' }) }),
      ['/target/electives/1/code rulebook-duplicate pool | /target/electives/0/code'],
    ],
    [{ inForce: WINDOW }, ['/inForce rulebook-dates-reversed 2026-02-02 | 2026-02-01']],
    [{ inForce: { ...WINDOW, to: '2026-02-02' } }, []],
    [target({ total: '10000', step: '0.001' }), []],
  ])('%#', (change, expected) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('scales, maps and ratios', () => {
  const maps = (rest: object): Change => ({
    maps: [{ from: 'five', to: 'percent', values: { P: '65' }, ...rest }],
  });

  test.each<[Change, string[]]>([
    [
      { scales: { ...sample().scales, s: { values: ['A', ['B', 'A']] } } },
      ['/scales/s/values/1 rulebook-duplicate A | /scales/s/values/0'],
    ],
    [
      maps({ from: 'fine' }),
      [
        '/maps/0/from rulebook-unknown-name fine | five',
        '/maps/0/values/P rulebook-unknown-name P | —',
      ],
    ],
    [
      maps({ to: 'per cent' }),
      [
        '/maps/0/to rulebook-unknown-name per cent | percent',
        '/maps/0/values/P rulebook-unknown-name 65 | —',
      ],
    ],
    [maps({ values: { Q: '65' } }), ['/maps/0/values/Q rulebook-unknown-name Q | F']],
    [maps({ values: { P: '101' } }), ['/maps/0/values/P rulebook-unknown-name 101 | —']],
    [maps({ values: { pass: '100' } }), []],
    [
      maps({ from: 'percent', to: 'five', values: { 60: 'X' } }),
      ['/maps/0/values/60 rulebook-unknown-name X | F'],
    ],
    [ratio({ hours: '0' }), ['/ratios/q/hours rulebook-number 0 | > 0']],
    [ratio({ credits: '0' }), ['/ratios/q/credits rulebook-number 0 | > 0']],
    [
      ratio({ round: { to: '0', mode: 'down', at: 'sum' } }),
      ['/ratios/q/round/to rulebook-number 0 | > 0'],
    ],
    [ratio({ allowed: { from: '16', to: '18' } }), []],
    [ratio({ hours: '18', allowed: { from: '16', to: '18' } }), []],
    [
      ratio({ hours: '15.9', allowed: { from: '16', to: '18' } }),
      ['/ratios/q/hours rulebook-number 15.9 | 16 – 18'],
    ],
    [
      ratio({ hours: '18.1', allowed: { from: '16', to: '18' } }),
      ['/ratios/q/hours rulebook-number 18.1 | 16 – 18'],
    ],
    [ratio({ hours: '36', credits: '2', allowed: { from: '16', to: '18' } }), []],
    [
      ratio({ hours: '37', credits: '2', allowed: { from: '16', to: '18' } }),
      ['/ratios/q/hours rulebook-number 37 | 16 – 18'],
    ],
    [ratio({ hours: '1', allowed: { from: 'few', to: '18' } }), []],
    [ratio({ hours: '1', allowed: { from: '16', to: 'many' } }), []],
  ])('%#', (change, expected) => {
    expect(faults({ rules: one({ has: 'X' }).rules!, ...change })).toEqual(expected);
  });
});

describe('lists', () => {
  const requirement = { id: 'q', title, atLeast: '1' };
  const never = { id: 'n', title, course: 'C4' };
  const family = (id: string, ...outcomes: string[]) => ({
    id,
    outcomes,
    keep: 'highest-level' as const,
  });

  test.each<[Change, string[]]>([
    [{ rules: [] }, ['rulebook-nothing-to-decide']],
    [{ rules: [], requirements: [requirement] }, []],
    [{ rules: [], rights: [requirement] }, []],
    [{ examples: [] }, ['rulebook-nothing-to-decide']],
    [
      { rules: twice(rule('r', { has: 'X' }, B2)) },
      ['/rules/1/id rulebook-duplicate r | /rules/0/id'],
    ],
    [
      { families: [family('f', 'X'), family('f', 'Y')] },
      ['/families/1/id rulebook-duplicate f | /families/0/id'],
    ],
    [
      { families: [family('f', 'X', 'Y'), family('g', 'Z', 'X')] },
      ['/families/1/outcomes/1 rulebook-duplicate X | /families/0/outcomes/0'],
    ],
    [{ never: twice(never) }, ['/never/1/id rulebook-duplicate n | /never/0/id']],
    [
      { requirements: twice(requirement) },
      ['/requirements/1/id rulebook-duplicate q | /requirements/0/id'],
    ],
    [
      { requirements: [requirement], rights: [requirement] },
      ['/requirements/1/id rulebook-duplicate q | /requirements/0/id'],
    ],
    [
      { requirements: [{ ...requirement, atLeast: '-1' }] },
      ['/requirements/0/atLeast rulebook-number -1 | 0 – 10000, 0.001'],
    ],
    [
      { rights: [{ ...requirement, of: { category: 'bsic' } }] },
      ['/rights/0/of/category rulebook-unknown-name bsic | basic'],
    ],
  ])('%#', (change, expected) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('grants', () => {
  test.each<[Change, string[]]>([
    [grant({ course: 'B3' }), ['/rules/0/grants/0/course rulebook-unknown-name B3 | B2']],
    [grant({ elective: 'pol' }), ['/rules/0/grants/0/elective rulebook-unknown-name pol | pool']],
    [grant({ course: 'C4', elective: 'pool' }), ['/rules/0/grants/0 rulebook-grant-target']],
    [grant({ credits: '2' }), ['/rules/0/grants/0 rulebook-grant-target']],
    [
      grant({ elective: 'pool', credits: 'of-target' }),
      ['/rules/0/grants/0/credits rulebook-grant-target'],
    ],
    [
      grant({ elective: 'pool', credits: '0.0001' }),
      ['/rules/0/grants/0/credits rulebook-number 0.0001 | 0 – 10000, 0.001'],
    ],
    [
      grant({ elective: 'pool', credits: { ratio: 'some' } }),
      ['/rules/0/grants/0/credits/ratio rulebook-unknown-name some | sum'],
    ],
    [
      grant({ elective: 'pool', credits: { ratio: 'constructor' } }),
      ['/rules/0/grants/0/credits/ratio rulebook-unknown-name constructor | —'],
    ],
    [
      grant({ elective: 'pool', credits: { ratio: 'sum', max: 'x' } }),
      ['/rules/0/grants/0/credits/max rulebook-number x | 0 – 10000, 0.001'],
    ],
    [grant({ effect: 'exemption', course: 'B2' }), []],
    [grant({ effect: 'exemption', value: 'exam' }), []],
    [grant({ effect: 'exemption' }), ['/rules/0/grants/0 rulebook-grant-target']],
    [
      grant({ effect: 'exemption', course: 'B2', value: 'exam' }),
      ['/rules/0/grants/0 rulebook-grant-target'],
    ],
    [
      grant({ effect: 'exemption', elective: 'pool', value: 'exam' }),
      ['/rules/0/grants/0 rulebook-grant-target'],
    ],
    [grant({ effect: 'right', value: 'exam' }), []],
    [grant({ effect: 'score', value: '450' }), []],
    [grant({ effect: 'right' }), ['/rules/0/grants/0 rulebook-grant-target']],
    [
      grant({ effect: 'right', value: 'exam', course: 'B2' }),
      ['/rules/0/grants/0 rulebook-grant-target'],
    ],
    [
      grant({ effect: 'right', value: 'exam', elective: 'pool' }),
      ['/rules/0/grants/0 rulebook-grant-target'],
    ],
  ])('%#', (change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  const values = (count: number): RuleDocument['grants'] =>
    Array.from({ length: count }, (_, at) => ({ effect: 'right', value: `v${at}` }));

  test.each<[string, Change, string[]]>([
    ['twelve together', one({ has: 'X' }, values(12)), []],
    ['thirteen', one({ has: 'X' }, values(13)), ['/rules/0/grants rulebook-limit 13 | 12']],
    ['six of which any', one({ has: 'X' }, values(6), { take: 'any' }), []],
    [
      'seven',
      one({ has: 'X' }, values(7), { take: 'any' }),
      ['/rules/0/grants rulebook-limit 7 | 6'],
    ],
    [
      'in part beside another',
      one({ has: 'X' }, [...B2, { elective: 'pool', credits: '1', partial: true }]),
      ['/rules/0/grants rulebook-limit 2 | 1'],
    ],
    [
      'the worth of the lot beside another',
      one({ has: 'X' }, [{ elective: 'pool' }, ...B2]),
      ['/rules/0/grants rulebook-limit 2 | 1'],
    ],
    [
      'two of a sum',
      one({ sum: { what: 'credits', atLeast: '1' }, of: { has: 'X' } }, [...B2, { course: 'C3' }]),
      ['/rules/0/grants rulebook-limit 2 | 1'],
    ],
    [
      'two of a sum in a group',
      one({ any: [{ has: 'Y' }, { sum: { what: 'credits', atLeast: '1' }, of: { has: 'X' } }] }, [
        ...B2,
        { course: 'C3' },
      ]),
      ['/rules/0/grants rulebook-limit 2 | 1'],
    ],
    ['two fixed ones', one({ has: 'X' }, [...B2, { elective: 'pool', credits: '1' }]), []],
  ])('%s', (_, change, expected) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('the terms of a rule', () => {
  test.each<[Partial<RuleDocument>, string[]]>([
    [{ inForce: WINDOW }, ['/rules/0/inForce rulebook-dates-reversed 2026-02-02 | 2026-02-01']],
    [{ remainder: 'elective' }, ['/rules/0/remainder rulebook-remainder-target']],
    [{ remainder: 'elective', remainderTo: 'pool' }, []],
    [
      { remainder: 'elective', remainderTo: 'pol' },
      ['/rules/0/remainderTo rulebook-unknown-name pol | pool'],
    ],
    [{ remainder: 'keep' }, []],
    [
      { grade: { onScale: 'percnt' } },
      ['/rules/0/grade/onScale rulebook-unknown-name percnt | percent'],
    ],
    [{ grade: { onScale: 'percent' } }, []],
    [{ grade: { fixed: 'percnt' } }, []],
    [{ grade: 'exempt' }, []],
    [{ under: 'deal' }, ['/rules/0/under rulebook-unknown-name deal | —']],
  ])('%j', (rest, expected) => {
    expect(faults(one({ has: 'X' }, B2, rest))).toEqual(expected);
  });
});

test('a hundred faults are said, then no more', () => {
  const bad = (count: number): number =>
    faults({
      caps: Array.from({ length: count }, (_, at) => ({
        id: `c${at}`,
        max: 'x',
        of: { rule: 'none' },
      })),
    }).length;
  expect(bad(49)).toBe(98);
  expect(bad(50)).toBe(100);
  expect(bad(51)).toBe(100);
});

test('a document nests at most twenty-four levels', () => {
  const nested = (levels: number): ConditionDocument =>
    levels === 0 ? { has: 'X' } : { all: [nested(levels - 1)] };
  const result = (levels: number): unknown => {
    const compiledOne = compileRulebook(sample(one(nested(levels))));
    return compiledOne.ok || [compiledOne.problem.code, compiledOne.problem.params];
  };
  expect(result(10)).toBe(true);
  expect(result(11)).toEqual(['rulebook-too-deep', { limit: '24' }]);
});
