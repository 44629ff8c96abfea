import { compiled, rule, sample } from '../../test/sample.js';
import type { RulebookDocument } from '../document/document.js';
import { describeChange, diffRulebooks } from './index.js';

type Change = Partial<RulebookDocument>;

function said(before: Change, after: Change): string[] {
  const [older, newer] = [before, after].map((change) => compiled(sample(change)).rulebook);
  if (!older || !newer) throw new Error('no rulebook');
  return diffRulebooks(older, newer).map((change) => {
    const { en, zh } = describeChange(change);
    return `${change.kind} ${change.path} ${en} | ${zh}`;
  });
}

const grade = (atLeast: string): Change => ({
  rules: [rule('r', { has: 'X', grade: { scale: 'percent', atLeast } }, [{ course: 'B2' }])],
});

test('nothing changed, and examples and the version are nothing', () => {
  const [example] = sample().examples;
  if (!example) throw new Error('no example');
  expect(said({}, {})).toEqual([]);
  expect(said({}, { version: 2, examples: [example, { ...example, name: 'another' }] })).toEqual(
    [],
  );
});

test('a limit that moved', () => {
  expect(said(grade('60'), grade('65'))).toEqual([
    'changed /rules/0/when/grade/atLeast r: minimum grade 60 -> 65 | r：最低成绩 60 -> 65',
  ]);
});

test('a limit in a group is found by its place', () => {
  const inGroup = (atLeast: string): Change => ({
    rules: [
      rule('r', { all: [{ has: 'Y' }, { has: 'X', attendance: { atLeast } }] }, [{ course: 'B2' }]),
    ],
  });
  expect(said(inGroup('80'), inGroup('75'))).toEqual([
    'changed /rules/0/when/all/1/attendance/atLeast r: minimum attendance 80 -> 75 | r：最低出勤率 80 -> 75',
  ]);
});

test('a limit that came or went', () => {
  const without: Change = { rules: [rule('r', { has: 'X' }, [{ course: 'B2' }])] };
  expect(said(without, grade('60'))).toEqual([
    'added /rules/0/when/grade r: when grade added: {"atLeast":"60","scale":"percent"} | r：新增when grade：{"atLeast":"60","scale":"percent"}',
  ]);
  expect(said(grade('60'), without)).toEqual([
    'removed /rules/0/when/grade r: when grade removed: {"atLeast":"60","scale":"percent"} | r：删除when grade：{"atLeast":"60","scale":"percent"}',
  ]);
});

test('rules are found by their id, whatever their place', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((id) =>
    rule(id, { has: id.toUpperCase() }, [{ course: 'B2' }]),
  );
  if (!one || !two || !three) throw new Error('no rules');
  expect(said({ rules: [one, two] }, { rules: [two, one] })).toEqual([]);
  expect(said({ rules: [one, two] }, { rules: [three, one] })).toEqual([
    'removed /rules/1 two: rule removed: two / two | two：删除规则：two / two',
    'added /rules/0 three: rule added: three / three | three：新增规则：three / three',
  ]);
});

test('caps, lists of names, titles and dates', () => {
  expect(
    said(
      { caps: [{ id: 'c', max: { percent: '50', of: 'total' } }] },
      { caps: [{ id: 'c', max: { percent: '40', of: 'total' } }] },
    ),
  ).toEqual([
    'changed /caps/0/max/percent c: maximum share in percent 50 -> 40 | c：上限百分比 50 -> 40',
  ]);
  expect(said({ caps: [{ id: 'c', max: '8' }] }, { caps: [{ id: 'c', max: '9' }] })).toEqual([
    'changed /caps/0/max c: maximum 8 -> 9 | c：上限 8 -> 9',
  ]);
  expect(
    said(
      { rules: [rule('r', { has: ['X', 'Y'] }, [{ course: 'B2' }])] },
      { rules: [rule('r', { has: ['X', 'Z'] }, [{ course: 'B2' }])] },
    ),
  ).toEqual(['changed /rules/0/when/has/codes r: outcomes X, Y -> X, Z | r：成果 X, Y -> X, Z']);
  expect(said({}, { title: { zh: '新', en: 'new' } })).toEqual([
    'changed /title The rulebook: title sample / sample -> 新 / new | 规则：名称 sample / sample -> 新 / new',
  ]);
  const inForce = { from: '2026-01-01', to: '2027-01-01', by: 'application' as const };
  expect(said({}, { inForce })).toEqual([
    'added /inForce/to The rulebook: last day added: 2027-01-01 | 规则：新增失效日期：2027-01-01',
  ]);
  expect(said({}, { lots: { shelfLifeYears: 7 } })).toEqual([
    'added /lots/shelfLifeYears The rulebook: years of shelf life added: 7 | 规则：新增有效年限：7',
  ]);
});

/** What changed, in words of both languages, where only that is of interest. */
const words = (before: Change, after: Change): string[] => {
  const [older, newer] = [before, after].map((change) => compiled(sample(change)).rulebook);
  return diffRulebooks(older!, newer!).map(({ what: { en, zh } }) => `${en} | ${zh}`);
};
const rule1 = (rest: object, grants: object = {}): Change => ({
  rules: [rule('r', { has: 'X', ...rest }, [{ course: 'B2', ...grants }])],
});

test.each<[string, (limit: string) => Change, string]>([
  ['grade', (below) => rule1({ grade: { scale: 'percent', below } }), 'grade below | 成绩低于'],
  ['hours', (atLeast) => rule1({ hours: { atLeast } }), 'minimum hours | 最低学时'],
  ['credits', (atLeast) => rule1({ credits: { atLeast } }), 'minimum credits | 最低学分'],
  [
    'findings',
    (atLeast) => rule1({ judged: { what: 'overlap', atLeast } }),
    'minimum finding | 人工认定最低值',
  ],
  [
    'sums',
    (atLeast) => ({
      rules: [rule('r', { sum: { what: 'hours', atLeast }, of: { has: 'X' } }, [{ course: 'B2' }])],
    }),
    'minimum sum | 合计最低值',
  ],
  [
    'hours of a credit at least',
    (atLeast) => rule1({ hoursPerCredit: { atLeast } }),
    'minimum hours of a credit | 每学分最低学时',
  ],
  [
    'hours of a credit at most',
    (atMost) => rule1({ hoursPerCredit: { atMost } }),
    'maximum hours of a credit | 每学分最高学时',
  ],
  ['what a grant gives', (credits) => rule1({}, { credits }), 'credits | 学分'],
  [
    'the programme',
    (total) => ({ target: { ...sample().target, total } }),
    'credits of the programme | 专业总学分',
  ],
  [
    'agreements',
    (accepts) => ({
      agreements: [
        {
          id: 'deal',
          title: { zh: '协议', en: 'deal' },
          inForce: { from: '2020-01-01', to: null, by: 'application' },
          parties: [{ institution: 'school', accepts }],
        },
      ],
    }),
    'credits accepted | 认可学分',
  ],
  [
    'requirements',
    (atLeast) => ({ requirements: [{ id: 'q', title: { zh: '题', en: 't' }, atLeast }] }),
    'minimum | 最低值',
  ],
])('limits of %s have their words', (_, change, expected) => {
  expect(words(change('12'), change('13'))).toEqual([expected]);
});

test('so have levels, years, dates, issuers, remainders and values', () => {
  const level = (rest: object): Change => rule1({ level: { scale: 'level', ...rest } });
  expect(words(level({ atLeast: 'low' }), level({ atLeast: 'mid' }))).toEqual([
    'minimum level | 最低等级',
  ]);
  expect(words(level({ exactly: 'low' }), level({ exactly: 'mid' }))).toEqual(['level | 等级']);
  const years = (withinYears: number): Change => rule1({ completed: { withinYears } });
  expect(words(years(3), years(4))).toEqual(['years since completion | 完成后的年限']);
  const from = (day: string): Change => ({ inForce: { from: day, to: null, by: 'application' } });
  expect(words(from('2026-01-01'), from('2026-01-02'))).toEqual(['first day | 生效日期']);
  expect(words(rule1({ issuer: 'i' }), rule1({ issuer: 'j' }))).toEqual(['issuers | 颁发机构']);
  const rest = (remainder: 'keep' | 'forfeit'): Change => ({
    rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], { remainder })],
  });
  expect(words(rest('forfeit'), rest('keep'))).toEqual(['remainder | 剩余学分']);
  const value = (given: string): Change => ({
    rules: [rule('r', { has: 'X' }, [{ effect: 'right', value: given }])],
  });
  expect(words(value('a'), value('b'))).toEqual(['value | 取值']);
});

test('whole parts that come have the word of their kind', () => {
  const title = { zh: '题', en: 't' };
  expect(words({}, { caps: [{ id: 'c', max: '1' }] })).toEqual(['cap | 上限']);
  expect(words({}, { requirements: [{ id: 'q', title, atLeast: '1' }] })).toEqual([
    'requirement | 要求',
  ]);
  expect(words({}, { rights: [{ id: 'q', title, atLeast: '1' }] })).toEqual(['right | 资格']);
  const family = { id: 'f', outcomes: ['X'], keep: 'highest-level' as const };
  expect(words({}, { families: [family] })).toEqual(['family | 同类成果']);
});

test('another kind of condition is told as a whole', () => {
  const changes = said(
    { rules: [rule('r', { has: 'X' }, [{ course: 'B2' }])] },
    { rules: [rule('r', { learner: { ageAtLeast: 60 } }, [{ course: 'B2' }])] },
  );
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.join('\n')).toContain('60');
});
