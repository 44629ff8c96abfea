import { faultsIn, one } from '../../test/faults.js';
import { decide, learner, lot, rule, sample } from '../../test/sample.js';
import { narrate } from '../explain/narrate.js';
import type { HasDocument } from './has.js';

type Asked = Omit<HasDocument, 'has'>;

const B2 = [{ course: 'B2' }];

describe('limits that cannot be meant', () => {
  const grade = (rest: object): Asked => ({ grade: { scale: 'five', ...rest } });
  const level = (rest: object): Asked => ({ level: { scale: 'level', ...rest } });
  const judged = (rest: object): Asked => ({ judged: { what: 'overlap', ...rest } });

  test.each<[Asked, string[]]>([
    [grade({ scale: 'fife', atLeast: 'G' }), ['grade/scale rulebook-unknown-name fife | five']],
    [grade({ atLeast: 'G', below: 'E' }), []],
    [grade({ atLeast: 'pass' }), []],
    [grade({ atLeast: 'X' }), ['grade/atLeast rulebook-unknown-name X | F']],
    [grade({ below: 'X' }), ['grade/below rulebook-unknown-name X | F']],
    [
      { grade: { scale: 'percent', atLeast: '101' } },
      ['grade/atLeast rulebook-unknown-name 101 | —'],
    ],
    [{ grade: { scale: 'percent', atLeast: '100' } }, []],
    [{ grade: { passed: true } }, []],
    [level({ atLeast: 'top' }), ['level/atLeast rulebook-unknown-name top | low']],
    [level({ exactly: 'midd' }), ['level rulebook-unknown-name midd | mid']],
    [level({ exactly: 'mid' }), []],
    [
      level({ scale: 'levels', atLeast: 'mid' }),
      ['level/scale rulebook-unknown-name levels | level'],
    ],
    [{ hours: { atLeast: 'x' } }, ['hours/atLeast rulebook-number x | 0 –, 1/60']],
    [{ hours: { atLeast: '0.001' } }, ['hours/atLeast rulebook-number 0.001 | 0 –, 1/60']],
    [{ hours: { atLeast: '0.5' } }, []],
    [{ credits: { atLeast: '-1' } }, ['credits/atLeast rulebook-number -1 | 0 – 10000, 0.001']],
    [{ credits: { atLeast: '1' } }, []],
    [{ attendance: { atLeast: '101' } }, ['attendance/atLeast rulebook-number 101 | 0 – 100']],
    [{ attendance: { atLeast: '100' } }, []],
    [{ hoursPerCredit: { atLeast: '0' } }, ['hoursPerCredit/atLeast rulebook-number 0 | > 0']],
    [{ hoursPerCredit: { atMost: '0' } }, ['hoursPerCredit/atMost rulebook-number 0 | > 0']],
    [{ hoursPerCredit: { atLeast: '1', atMost: '2' } }, []],
    [judged({ atLeast: 'x' }), ['judged/atLeast rulebook-number x | 66.7, 2/3']],
    [judged({ below: 'x' }), ['judged/below rulebook-number x | 66.7, 2/3']],
    [judged({ atLeast: '2/3', below: '99' }), []],
    [judged({ atLeast: '70', course: 'B2' }), []],
    [judged({ atLeast: '70', course: 'B9' }), ['judged/course rulebook-unknown-name B9 | B2']],
    [{ issuer: 'anybody' }, []],
  ])('%j', (asked, expected) => {
    expect(faultsIn(one({ has: 'X', ...asked }))).toEqual(
      expected.map((each) => `/rules/0/when/${each}`),
    );
  });

  test('a finding about which of two courses, unless the clause says so', () => {
    const two = [{ course: 'B2' }, { course: 'C3' }];
    const asked = { has: 'X', ...judged({ atLeast: '70' }) };
    expect(faultsIn(one(asked, two))).toEqual(['/rules/0/when/judged rulebook-judged-course 2']);
    expect(faultsIn(one({ has: 'X', ...judged({ atLeast: '70', course: 'C3' }) }, two))).toEqual(
      [],
    );
  });
});

test.each<[Asked, string, string]>([
  [{ grade: { scale: 'percent', atLeast: '60' } }, 'the grade of x is unknown', 'x 的成绩未知'],
  [{ level: { scale: 'level', atLeast: 'mid' } }, 'the level of x is unknown', 'x 的等级未知'],
  [{ level: { scale: 'level', exactly: 'mid' } }, 'the level of x is unknown', 'x 的等级未知'],
  [{ hours: { atLeast: '1' } }, 'the hours of x are unknown', 'x 的学时未知'],
  [{ attendance: { atLeast: '1' } }, 'the attendance of x is unknown', 'x 的出勤率未知'],
  [
    { completed: { withinYears: 1 } },
    'the completion day of x is not known precisely enough',
    'x 的完成日期不够精确',
  ],
  [
    { hoursPerCredit: { atLeast: '1' } },
    'the hours or the credits of x are unknown',
    'x 的学时或学分未知',
  ],
])('what is not known is said: %j', (asked, en, zh) => {
  const document = sample({ rules: [rule('r', { has: 'X', ...asked }, B2)] });
  const { pending } = narrate(decide(document, learner([lot('X')])));
  expect(pending.map((said) => said.en).join()).toContain(en);
  expect(pending.map((said) => said.zh).join()).toContain(zh);
});

test('the worth of a lot that nobody stated', () => {
  const document = sample({
    rules: [rule('r', { has: 'X', credits: { atLeast: '1' } }, B2, { shortfall: 'allow' })],
  });
  const { credits: _, ...unknown } = lot('X', { state: 'available', available: '4' });
  const { pending } = narrate(decide(document, learner([unknown])));
  expect(pending[0]?.en).toContain('the credit value of x is unknown');
  expect(pending[0]?.zh).toContain('x 的学分值未知');
});

test('a finding is asked for by what, for which lot and course', () => {
  const judged = { what: 'overlap', atLeast: '70' };
  const document = sample({ rules: [rule('r', { has: 'X', judged }, B2)] });
  const { pending } = narrate(decide(document, learner([lot('X')])));
  expect(pending[0]?.zh).toContain('需人工认定 x 与 B2 的“overlap”不低于 70 %');
});
