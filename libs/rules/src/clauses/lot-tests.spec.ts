import { compiled, learner, rule, sample } from '../../test/sample.js';
import type { ExampleOutcomeDocument, HasDocument } from '../index.js';
import { readLots } from '../learner/lots.js';
import type { Verdict } from '../types.js';
import type { LotClause } from './has.js';
import type { Reading } from './lot-test.js';
import { LOT_TESTS } from './lot-tests.js';

type Case = readonly [
  asked: Omit<HasDocument, 'has'>,
  outcome: Partial<ExampleOutcomeDocument>,
  verdict: Verdict,
  wanted: string,
  read: string | null,
];

/** What a person found about the lot of these tests. */
const FOUND: Readonly<Record<string, string>> = {
  overlap: '70',
  depth: 'much',
  thirds: '4/6',
  nearly: '0.6666',
};

const worth = (credits: string, hours: string): Partial<ExampleOutcomeDocument> => {
  return { credits, hours };
};

const percent = (grade: string): Partial<ExampleOutcomeDocument> => ({
  grade,
  gradeScale: 'percent',
});
const level = (name: string): Partial<ExampleOutcomeDocument> => ({
  level: name,
  levelScale: 'level',
});

/** Both sides of the limit of every kind of test, and a value that is not known. */
const CASES: Readonly<Record<(typeof LOT_TESTS)[number]['member'], readonly Case[]>> = {
  issuer: [
    [{ issuer: ['i', 'j'] }, { issuer: 'j' }, 'true', 'i | j', 'j'],
    [{ issuer: 'i' }, { issuer: 'k' }, 'false', 'i', 'k'],
  ],
  grade: [
    [
      { grade: { scale: 'percent', atLeast: '60' } },
      percent('60'),
      'true',
      '>= 60 (percent)',
      '60',
    ],
    [
      { grade: { scale: 'percent', atLeast: '60' } },
      percent('59.9'),
      'false',
      '>= 60 (percent)',
      '59.9',
    ],
    [
      { grade: { scale: 'percent', below: '60' } },
      percent('59.9'),
      'true',
      '< 60 (percent)',
      '59.9',
    ],
    [{ grade: { scale: 'percent', below: '60' } }, percent('60'), 'false', '< 60 (percent)', '60'],
    [
      { grade: { scale: 'percent', atLeast: '60' } },
      percent('101'),
      'not-evaluated',
      '>= 60 (percent)',
      '101',
    ],
    [
      { grade: { scale: 'percent', atLeast: '85' } },
      { grade: 'G', gradeScale: 'five' },
      'true',
      '>= 85 (percent)',
      'G',
    ],
    [
      { grade: { scale: 'five', atLeast: 'G' } },
      percent('85'),
      'not-evaluated',
      '>= G (five)',
      '85',
    ],
    [{ grade: { scale: 'five', atLeast: 'M' } }, {}, 'not-evaluated', '>= M (five)', null],
    [
      { grade: { passed: true } },
      { ...percent('60'), passGrade: '60' },
      'true',
      'passed',
      '60 / 60',
    ],
    [
      { grade: { passed: true } },
      { ...percent('59'), passGrade: '60' },
      'false',
      'passed',
      '59 / 60',
    ],
    [{ grade: { passed: true } }, percent('60'), 'not-evaluated', 'passed', '60 / ?'],
    [{ grade: { passed: true } }, { passGrade: '60' }, 'not-evaluated', 'passed', null],
  ],
  level: [
    [{ level: { scale: 'level', atLeast: 'mid' } }, level('mid'), 'true', '>= mid (level)', 'mid'],
    [{ level: { scale: 'level', atLeast: 'mid' } }, level('low'), 'false', '>= mid (level)', 'low'],
    [{ level: { scale: 'level', below: 'mid' } }, level('low'), 'true', '< mid (level)', 'low'],
    [{ level: { scale: 'level', exactly: 'mid' } }, level('mid'), 'true', '= mid (level)', 'mid'],
    [
      { level: { scale: 'level', exactly: 'mid' } },
      level('high'),
      'false',
      '= mid (level)',
      'high',
    ],
    [{ level: { scale: 'level', exactly: 'mid' } }, {}, 'not-evaluated', '= mid (level)', null],
  ],
  hours: [
    [{ hours: { atLeast: '16.5' } }, { hours: '16.5' }, 'true', '>= 16.5', '16.5'],
    [{ hours: { atLeast: '16.5' } }, { hours: '16' }, 'false', '>= 16.5', '16'],
    [{ hours: { atLeast: '16.5' } }, { hours: 'many' }, 'not-evaluated', '>= 16.5', null],
  ],
  credits: [
    [{ credits: { atLeast: '2' } }, { credits: '2' }, 'true', '>= 2', '2'],
    [{ credits: { atLeast: '2' } }, { credits: '1.999' }, 'false', '>= 2', '1.999'],
    [{ credits: { atLeast: '2' } }, { credits: '9', available: '0' }, 'true', '>= 2', '9'],
    [{ credits: { atLeast: '2' } }, {}, 'not-evaluated', '>= 2', null],
  ],
  attendance: [
    [{ attendance: { atLeast: '80' } }, { attendancePercent: '80' }, 'true', '>= 80 %', '80'],
    [
      { attendance: { atLeast: '80' } },
      { attendancePercent: '79.99' },
      'false',
      '>= 80 %',
      '79.99',
    ],
    [
      { attendance: { atLeast: '80' } },
      { attendancePercent: 'x' },
      'not-evaluated',
      '>= 80 %',
      'x',
    ],
    [{ attendance: { atLeast: '80' } }, {}, 'not-evaluated', '>= 80 %', null],
  ],
  completed: [
    [
      { completed: { onOrAfter: '2024-03-01' } },
      { completed: '2024-03-01' },
      'true',
      '>= 2024-03-01',
      '2024-03-01',
    ],
    [
      { completed: { onOrAfter: '2024-03-01' } },
      { completed: '2024-02-29' },
      'false',
      '>= 2024-03-01',
      '2024-02-29',
    ],
    [
      { completed: { onOrAfter: '2024-03-02' } },
      { completed: '2024-03' },
      'not-evaluated',
      '>= 2024-03-02',
      '2024-03',
    ],
    [
      { completed: { before: '2024-03-01' } },
      { completed: '2024-02-29' },
      'true',
      '< 2024-03-01',
      '2024-02-29',
    ],
    [
      { completed: { before: '2024-03-01' } },
      { completed: '2024-03-01' },
      'false',
      '< 2024-03-01',
      '2024-03-01',
    ],
    [
      { completed: { before: '2024-03-02' } },
      { completed: '2024-03-01' },
      'true',
      '< 2024-03-02',
      '2024-03-01',
    ],
    [
      { completed: { before: '2024-01-01' } },
      { completed: '2023' },
      'true',
      '< 2024-01-01',
      '2023',
    ],
    [
      { completed: { withinYears: 5 } },
      { completed: '2021-10-01' },
      'true',
      'within 5 years',
      '2021-10-01',
    ],
    [
      { completed: { withinYears: 5 } },
      { completed: '2021-09-30' },
      'false',
      'within 5 years',
      '2021-09-30',
    ],
    [
      { completed: { withinYears: 5 } },
      { completed: 'never' },
      'not-evaluated',
      'within 5 years',
      'never',
    ],
  ],
  judged: [
    [{ judged: { what: 'overlap', atLeast: '70' } }, {}, 'true', '>= 70', '70'],
    [{ judged: { what: 'overlap', atLeast: '70.1' } }, {}, 'false', '>= 70.1', '70'],
    [{ judged: { what: 'depth', atLeast: '70' } }, {}, 'not-evaluated', '>= 70', 'much'],
    [{ judged: { what: 'style', atLeast: '70' } }, {}, 'not-evaluated', '>= 70', null],
    [{ judged: { what: 'overlap', below: '70' } }, {}, 'false', '< 70', '70'],
    [{ judged: { what: 'overlap', below: '70.1' } }, {}, 'true', '< 70.1', '70'],
    [{ judged: { what: 'thirds', atLeast: '2/3' } }, {}, 'true', '>= 2/3', '4/6'],
    [{ judged: { what: 'nearly', atLeast: '2/3' } }, {}, 'false', '>= 2/3', '0.6666'],
    [{ judged: { what: 'nearly', below: '2/3' } }, {}, 'true', '< 2/3', '0.6666'],
  ],
  hoursPerCredit: [
    [{ hoursPerCredit: { atLeast: '25' } }, worth('2', '50'), 'true', '>= 25', '25'],
    [{ hoursPerCredit: { atLeast: '25' } }, worth('3', '74.5'), 'false', '>= 25', '24.833'],
    [{ hoursPerCredit: { atMost: '30' } }, worth('2', '60'), 'true', '<= 30', '30'],
    [{ hoursPerCredit: { atMost: '30' } }, worth('2', '60.5'), 'false', '<= 30', '30.25'],
    [{ hoursPerCredit: { atMost: '30' } }, { credits: '2' }, 'not-evaluated', '<= 30', null],
    [{ hoursPerCredit: { atMost: '30' } }, { hours: '20' }, 'not-evaluated', '<= 30', null],
    [{ hoursPerCredit: { atMost: '30' } }, worth('0', '1'), 'not-evaluated', '<= 30', null],
  ],
};

describe.each(Object.entries(CASES))('%s', (member, cases) => {
  test.each(cases)('%j of %j is %s', (asked, outcome, verdict, wanted, read) => {
    const rulebook = compiled(
      sample({ rules: [rule('r', { has: 'X', ...asked }, [{ course: 'B2' }])] }),
    );
    const { scales, vocabulary } = rulebook;
    const [lot] = readLots(
      learner([{ lot: 'x', outcome: 'X', ...outcome }]),
      { ...rulebook.rulebook, scales, vocabulary },
      '2026-10-01',
    );
    const reading: Reading = {
      on: '2026-10-01',
      finding: (what, of, course) => (of === 'x' && course === 'B2' ? FOUND[what] : undefined),
    };
    const tests = rulebook.rules.flatMap(({ when }) => (when as LotClause).tests);
    expect(lot).toBeDefined();
    expect(
      lot &&
        tests.map((each) => ({
          verdict: each.verdict(lot, reading),
          wanted: each.wanted,
          read: each.read(lot, reading),
        })),
    ).toEqual([{ verdict, wanted, read }]);
  });

  test('is tried on both sides of its limit, and where it is not known', () => {
    const tried = new Set(cases.map(([, , verdict]) => verdict));
    // Every outcome has an issuer.
    expect(tried.size).toBe(member === 'issuer' ? 2 : 3);
  });
});
