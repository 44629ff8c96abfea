import { decide, learner, rule, sample } from '../../test/sample.js';
import { canonicalJson } from '../canonical.js';
import { compileRulebook } from '../compile/compile.js';
import type { Text } from '#libs/problems';
import { runExamples } from '../document/examples.js';
import { decisionNames } from './decision-names.js';
import { narrate, narrateMissing, narrateRefused } from './narrate.js';
import { CHANGES, REASONS, WAITS } from './sentences.js';

test('every sentence is there in both languages and differs', () => {
  for (const [name, text] of Object.entries({ ...REASONS, ...WAITS, ...CHANGES })) {
    expect([name, text.en.length > 3, text.zh.length > 1]).toEqual([name, true, true]);
    expect(text.zh).not.toBe(text.en);
    expect(/[一-鿿]/.test(text.zh)).toBe(true);
  }
});

test('a refusal is said with its numbers', () => {
  const document = sample({
    caps: [{ id: 'half', max: '1' }],
    rules: [
      rule('r', { has: 'X', grade: { scale: 'percent', atLeast: '60' } }, [{ course: 'B2' }]),
    ],
  });
  const low = { lot: 'x', outcome: 'X', credits: '2', grade: '59', gradeScale: 'percent' };
  const [refused] = decide(document, learner([low])).refused;
  expect(refused && narrateRefused(refused)).toEqual({
    en: 'r: the condition is not met: a grade of at least 60 out of 100; it is 59.',
    zh: 'r：不符合条件：成绩不低于 60 分（百分制），实际为 59。',
  });
  const decision = decide(document, learner([{ ...low, grade: '60' }]));
  expect(narrate(decision).refused[0]?.en).toBe(
    'r: the cap "half" has no room: 0 of 1 is used and 2 more is needed.',
  );
});

test('what is missing is said as something to do', () => {
  const document = sample({
    rules: [
      rule('r', { has: 'X', grade: { scale: 'percent', atLeast: '60' } }, [{ course: 'B2' }]),
    ],
  });
  const low = { lot: 'x', outcome: 'X', credits: '2', grade: '59', gradeScale: 'percent' };
  const [missing] = decide(document, learner([low])).missing;
  expect(missing && narrateMissing(missing)).toEqual({
    en: 'r: a grade of at least 60 out of 100 for x (now 59).',
    zh: 'r：成绩不低于 60 分（百分制）（x）（现为 59）。',
  });
});

test('grants, findings and requirements are said', () => {
  const title = { zh: '总学分', en: 'Credits in all' };
  const document = sample({
    rules: [
      rule('credit', { has: 'X' }, [{ course: 'B2' }]),
      rule('free', { has: 'Y' }, [{ course: 'C3', effect: 'exemption', credits: '0' }]),
      rule('score', { has: 'Z', evidenceOnly: true }, [{ effect: 'score', value: '430' }]),
      rule('judged', { has: 'W', judged: { what: 'overlap', atLeast: '70' } }, [{ course: 'C4' }]),
    ],
    requirements: [{ id: 'total', title, atLeast: '3' }],
    rights: [{ id: 'sit-exam', title: { zh: '可报考', en: 'May sit the exam' }, atLeast: '2' }],
  });
  const lots = ['W', 'X', 'Y', 'Z'].map((code) => ({
    lot: code.toLowerCase(),
    outcome: code,
    credits: '2',
  }));
  const words = narrate(decide(document, learner(lots)));
  expect(words.granted.map(({ en }) => en)).toEqual([
    'credit: 2 credits for basic 2 (x).',
    'score: gives the score 430 (z).',
    'free: exempt from core 3, 0 credits (y).',
    'May sit the exam: opens the right "sit-exam".',
  ]);
  expect(words.granted.map(({ zh }) => zh)).toEqual([
    'credit：basic 2 计 2 学分（x）。',
    'score：折算成绩 430（z）。',
    'free：免修/免考 core 3，0 学分（y）。',
    '可报考：取得资格“sit-exam”。',
  ]);
  expect(words.pending.map(({ en }) => en)).toEqual([
    'judged: a person has to find "overlap" at least 70 % for w and C4.',
  ]);
  expect(words.requirements).toEqual([
    { en: 'Credits in all: 2 of 3, 1 short.', zh: '总学分：2/3，还差 1。' },
  ]);
});

test('several lots, unknown values, and what is met or to be done', () => {
  const title = { zh: '总学分', en: 'Credits in all' };
  const both = { all: [{ has: 'X' }, { has: 'Y' }] };
  const unknown = { has: 'W', hours: { atLeast: '1' }, attendance: { atLeast: '1' } };
  const far = {
    all: [{ has: 'X', grade: { scale: 'percent', atLeast: '60' } }, { has: ['Y2', 'Y1'] }],
  };
  const document = sample({
    rules: [
      rule('pool', both, [{ elective: 'pool', credits: '1' }]),
      rule('unknown', unknown, [{ course: 'C4' }]),
      rule('far', far, [{ course: 'C3' }]),
    ],
    requirements: [{ id: 'total', title, atLeast: '1' }],
  });
  const lots = ['W', 'X', 'Y'].map((code) => ({
    lot: code.toLowerCase(),
    outcome: code,
    credits: '2',
  }));
  const words = narrate(decide(document, learner(lots)));
  expect(words.granted).toEqual([
    { en: 'pool: 1 elective credit (x, y).', zh: 'pool：计选修 1 学分（x、y）。' },
  ]);
  expect(words.pending).toEqual([
    {
      en: 'unknown: the hours of w are unknown; the attendance of w is unknown.',
      zh: 'unknown：w 的学时未知；w 的出勤率未知。',
    },
  ]);
  expect(words.requirements).toEqual([
    { en: 'Credits in all: 1 of 1, met.', zh: '总学分：1/1，已满足。' },
  ]);
});

test('each thing to do is named with the outcomes that would do', () => {
  const change = {
    lot: null,
    outcomes: ['A', 'B'],
    wanted: 'A | B',
    read: null,
    kind: 'outcome' as const,
  };
  const grade = { lot: 'x', outcomes: [], wanted: '>= 60', read: null, kind: 'grade' as const };
  const title = { zh: '题', en: 'title' };
  const said = (changes: Parameters<typeof narrateMissing>[0]['changes']): unknown =>
    narrateMissing({ rule: 'r', requirement: null, title, changes });
  expect(said([change, grade])).toEqual({
    en: 'title: complete A / B; a grade of at least 60 for x.',
    zh: '题：取得 A / B；成绩不低于 60（x）。',
  });
  expect(said([{ ...change, outcomes: [], wanted: 'P*' }])).toEqual({
    en: 'title: complete P*.',
    zh: '题：取得 P*。',
  });
});

test('a number that a refusal does not have is left open', () => {
  const refused = {
    rule: 'r',
    ruleTitle: { zh: '题', en: 'title' },
    basis: null,
    lots: [],
    targets: [],
    code: 'lot-expired' as const,
    params: {},
  };
  expect(narrateRefused(refused)).toEqual({
    en: 'title: the credit has expired; the last day was –.',
    zh: '题：该学分已过期，最后有效日为 –。',
  });
});

test('an example that comes out differently says how', () => {
  const result = compileRulebook(
    sample({
      examples: [
        {
          name: 'wrong in every way',
          on: '2026-10-01',
          learner: { outcomes: [{ lot: 'x', outcome: 'X', credits: '2' }] },
          expect: {
            credits: '3',
            granted: ['c3'],
            courses: ['C3'],
            pending: ['b2'],
            refused: { b2: 'cap' },
            requirements: { total: '1' },
            missing: { b2: 'grade >= 60' },
            award: 'met',
          },
        },
      ],
    }),
  );
  if (!result.ok) throw new Error('the document is right');
  const [example] = runExamples(result.value);
  expect(example?.differences).toEqual([
    { what: 'credits', expected: '3', actual: '2' },
    { what: 'granted', expected: 'c3', actual: 'b2' },
    { what: 'courses', expected: 'C3', actual: 'B2' },
    { what: 'pending', expected: 'b2', actual: 'nothing' },
    { what: 'award', expected: 'met', actual: 'none' },
    { what: 'refused b2', expected: 'cap', actual: 'nothing' },
    { what: 'requirement total', expected: '1', actual: 'no such requirement' },
    { what: 'missing b2', expected: 'grade >= 60', actual: 'nothing' },
  ]);
});

test('canonical JSON sorts members, keeps order of lists and takes no fraction', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: '学' } })).toBe(
    '{"a":{"c":"学","d":null},"b":[2,1]}',
  );
  expect(() => canonicalJson({ credits: 0.5 })).toThrow('amounts are strings');
  expect(() => canonicalJson({ credits: 5n })).toThrow('cannot carry');
});

test('what a sum lacks is said with everything the next outcome has to be', () => {
  const of = { has: ['X', 'Y'], issuer: 'school', attendance: { atLeast: '80' } };
  const document = sample({
    rules: [
      rule('r', { sum: { what: 'hours', atLeast: '16' }, of }, [{ elective: 'pool' }], {
        inForce: { from: '2026-01-01', to: '2026-12-31', by: 'completion' },
      }),
    ],
  });
  const half = { lot: 'x', outcome: 'X', credits: '1', hours: '8', issuer: 'school' };
  const facts = learner([{ ...half, attendancePercent: '80', completed: '2026-03-01' }]);
  const [missing] = decide(document, facts).missing;
  expect(
    missing?.changes.map(({ kind, newOutcome, wanted }) => [newOutcome, kind, wanted]),
  ).toEqual([
    [1, 'outcome', 'X | Y'],
    [1, 'hours', '+ 8'],
    [1, 'issuer', 'school'],
    [1, 'attendance', '>= 80 %'],
    [1, 'completed', '2026-01-01..2026-12-31'],
  ]);
  expect(missing && narrateMissing(missing)).toEqual({
    en:
      'r: complete X / Y: 8 more hours (now 8), issued by school, attendance of at least 80 %, ' +
      'completed from 1 January 2026 to 31 December 2026.',
    zh:
      'r：取得 X / Y：另需 8 学时（现为 8），由 school 颁发，出勤率不低于 80 %，' +
      '完成时间 2026年1月1日至2026年12月31日。',
  });
});

test('what an outcome has to be like is said by source, code, name and finding', () => {
  const has = {
    source: ['training' as const, 'certificate' as const],
    prefix: 'T',
    except: ['T9'],
  };
  const document = sample({
    duplicates: [{ id: 'names', of: { source: 'training' }, names: {}, keep: 'highest-credits' }],
    rules: [
      rule('r', { all: [{ has: 'A' }, { has, judged: { what: 'overlap', atLeast: '2/3' } }] }, [
        { course: 'B2' },
      ]),
    ],
  });
  const [missing] = decide(document, learner([{ lot: 'a', outcome: 'A', credits: '2' }])).missing;
  expect(missing && narrateMissing(missing)).toEqual({
    en:
      'r: complete an outcome: a training or certificate, with code T*, ' +
      'with code other than T9, of a name that no other outcome has, ' +
      'a finding of "overlap" at least 2/3 for B2.',
    zh:
      'r：取得一项成果：来源为培训或证书，代码 T*，代码除 T9 外，' +
      '名称不同于已有成果，人工认定结果“overlap”不低于 2/3（B2）。',
  });
});

test('what a decision names by code is called as its reader calls it', () => {
  const document = sample({
    caps: [{ id: 'half', title: { zh: '不超过一半', en: 'At most half' }, max: '1' }],
    never: [
      {
        id: 'core',
        title: { zh: '核心课不得替代', en: 'Core stays' },
        course: 'C3',
        for: { has: 'Y' },
      },
    ],
    rules: [
      rule('far', { all: [{ has: 'Y' }, { has: ['X', 'X2'] }] }, [{ elective: 'pool' }]),
      rule('cap', { has: 'Y' }, [{ course: 'B2' }]),
      rule('never', { has: 'Y' }, [{ course: 'C3' }]),
      rule('judged', { has: 'Y', judged: { what: 'overlap', atLeast: '70' } }, [{ course: 'C4' }]),
    ],
  });
  const result = compileRulebook(document);
  if (!result.ok) throw new Error('the document is right');
  const titles: Readonly<Record<string, Text>> = {
    X: { zh: '统计学', en: 'Statistics' },
    X2: { zh: '统计学', en: 'Statistics' },
  };
  const names = decisionNames(result.value.rulebook, {
    outcome: (code) => titles[code] ?? { zh: code, en: code },
    institution: (code) => ({ zh: code, en: code }),
  });
  const decision = decide(document, learner([{ lot: 'y', outcome: 'Y', credits: '2' }]));
  const words = narrate(decision, names);
  // Two outcomes of one name are said once.
  expect(words.missing.map(({ zh }) => zh)).toContain('far：取得统计学。');
  expect(words.refused.map(({ en }) => en)).toEqual(
    expect.arrayContaining([
      'far: the condition is not met: the outcome Statistics.',
      'never: core 3 may not be replaced here (Core stays).',
      'cap: the cap "At most half" has no room: 0 of 1 is used and 2 more is needed.',
    ]),
  );
  expect(words.pending.map(({ zh }) => zh)).toEqual([
    'judged：需人工认定 y 与 core 4 的“overlap”不低于 70 %。',
  ]);
});
