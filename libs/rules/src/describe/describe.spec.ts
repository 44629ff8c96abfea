import { compiled, rule, sample } from '../../test/sample.js';
import type { ConditionDocument, RulebookDocument } from '../document/document.js';
import { describeCap, describeClause, describeRulebook } from './index.js';

function clause(when: ConditionDocument): string {
  const [first] = compiled(sample({ rules: [rule('r', when, [{ course: 'B2' }])] })).rules;
  if (!first) throw new Error('no rule');
  const { en, zh } = describeClause(first.when);
  return `${en} | ${zh}`;
}

const parts = (document: Partial<RulebookDocument>, language: 'en' | 'zh'): string[] =>
  describeRulebook(compiled(sample(document))).map(({ path, text }) => `${path} ${text[language]}`);

test.each<[ConditionDocument, string]>([
  [{ has: 'X' }, 'X | X'],
  [{ has: ['X', 'Y'] }, 'X or Y | X或Y'],
  [{ has: { source: ['course', 'training'] } }, 'course or training | 课程或培训'],
  [
    { has: { source: 'certificate', kind: 'x', category: ['a', 'b'] } },
    'certificate x of a or b | 证书 x（a或b）',
  ],
  [
    { has: { prefix: 'P-', except: ['P-1', 'P-2'] } },
    'with code P-… except P-1, P-2 | 代码 P-… 除 P-1、P-2',
  ],
  [{ has: { except: ['P'] } }, 'except P | 除 P'],
  [
    { has: 'X', grade: { scale: 'percent', atLeast: '60' }, evidenceOnly: true },
    'X, a grade of at least 60 out of 100, which is not used up | X，成绩不低于 60 分（百分制），仅作证明，不消耗',
  ],
  [
    { has: 'X', judged: { what: 'overlap', atLeast: '70' } },
    'X, a finding of "overlap" at least 70 % | X，人工认定结果“overlap”不低于 70 %',
  ],
  [
    { sum: { what: 'hours', atLeast: '16' }, of: { has: 'X' } },
    'X, together at least 16 hours | X，合计不少于 16 学时',
  ],
  [
    { learner: { ageAtLeast: 60, enrolledIn: 'P' } },
    'an age of at least 60 and enrolled in P | 年龄不低于 60 周岁且就读于 P',
  ],
  [{ all: [{ has: 'X' }, { any: [{ has: 'Y' }, { has: 'Z' }] }] }, 'X and (Y or Z) | X且（Y或Z）'],
  [
    { atLeast: 2, of: [{ has: 'X' }, { has: 'Y' }, { has: 'Z' }] },
    'at least 2 of: X; Y; Z | 以下至少 2 项：X；Y；Z',
  ],
])('a condition in words: %j', (when, expected) => {
  expect(clause(when)).toBe(expected);
});

const WINDOW = { from: '2026-01-01', to: '2026-12-31', by: 'completion' as const };
const RULES: Partial<RulebookDocument> = {
  rules: [
    rule('fixed', { has: 'X' }, [{ course: 'B2' }, { course: 'C3' }]),
    rule('either', { has: 'X' }, [{ course: 'B2' }, { course: 'C3' }], { take: 'any' }),
    rule('open', { has: 'X' }, [{ elective: 'pool', partial: true }], {
      remainder: 'keep',
      inForce: WINDOW,
    }),
    rule('hours', { has: 'X' }, [{ elective: 'pool', credits: { ratio: 'sum', max: '3' } }], {
      shortfall: 'allow',
    }),
    rule('all-hours', { has: 'X' }, [{ elective: 'pool', credits: { ratio: 'lot' } }]),
    rule('surplus', { has: 'X' }, [{ course: 'B2' }], {
      remainder: 'elective',
      remainderTo: 'pool',
    }),
    rule('exam', { has: 'X' }, [
      { effect: 'exemption', value: 'exam' },
      { effect: 'score', value: '450' },
      { effect: 'right', value: 'enter' },
    ]),
    rule('free', { has: 'X' }, [{ course: 'B2', effect: 'exemption' }]),
  ],
};

test('a rule says what it gives, to whom, and on what terms', () => {
  const [, ...said] = parts(RULES, 'en');
  expect(said).toEqual([
    '/rules/0 fixed: who has X gets credit for basic 2, 2 credits and credit for core 3, 3 credits; what is left of the outcome is lost.',
    '/rules/1 either: who has X gets credit for basic 2, 2 credits or credit for core 3, 3 credits; what is left of the outcome is lost.',
    '/rules/2 open: who has X gets credit for pool, as many as it is worth, in part if need be; what is left of the outcome stays in the account, from 1 January 2026 to 31 December 2026 (by the day of completion).',
    '/rules/3 hours: who has X gets credit for pool, by its hours (16 hours to 1), at most 3; what is left of the outcome is lost, an outcome worth less is accepted.',
    '/rules/4 all-hours: who has X gets credit for pool, by its hours (16 hours to 1); what is left of the outcome is lost.',
    '/rules/5 surplus: who has X gets credit for basic 2, 2 credits; what is left of the outcome goes to pool.',
    '/rules/6 exam: who has X gets exemption from exam and the score 450 and the right "enter"; what is left of the outcome is lost.',
    '/rules/7 free: who has X gets exemption from basic 2; what is left of the outcome is lost.',
  ]);
});

const CAPS: Partial<RulebookDocument> = {
  calendar: { yearStarts: '03-01', semesters: [{ id: 'a', starts: '03-01' }] },
  caps: [
    { id: 'all', max: '8' },
    { id: 'half', title: { en: 'Half', zh: '一半' }, max: { percent: '50', of: 'total' } },
    { id: 'lots', max: '3', counts: 'lots', of: { source: 'certificate', category: 'core' } },
    { id: 'times', max: '1', counts: 'applications', per: 'issuer' },
    { id: 'each', max: '2', per: 'lot', of: { course: ['B2', 'C3'], outcome: 'X' } },
    { id: 'year', max: '42', per: 'academic-year' },
    { id: 'term', max: '24', per: 'semester' },
    { id: 'both', max: '20', account: 'both-ways' },
  ],
};

test('a cap says what it counts, of what and for whom', () => {
  const { caps, rulebook } = compiled(sample(CAPS));
  expect(caps.map((cap) => describeCap(cap, rulebook).en)).toEqual([
    'all: at most 8 credits.',
    'Half: at most 20 credits (50 % of all credits of the programme).',
    'lots: at most 3 outcomes of certificate, core.',
    'times: at most 1 conversions for each institution.',
    'each: at most 2 credits of basic 2 or core 3, X for each outcome.',
    'year: at most 42 credits for each academic year.',
    'term: at most 24 credits for each semester.',
    'both: at most 20 credits, counted with other programmes (both-ways).',
  ]);
  expect(caps.map((cap) => describeCap(cap, rulebook).zh)).toEqual([
    'all：最多 8 学分。',
    '一半：最多 20 学分（专业总学分的 50%）。',
    'lots：最多 3 项成果（证书、core）。',
    'times：最多 1 次转换（每个机构）。',
    'each：最多 2 学分（basic 2或core 3、X）（每项成果）。',
    'year：最多 42 学分（每学年）。',
    'term：最多 24 学分（每学期）。',
    'both：最多 20 学分，与其他专业合并计算（both-ways）。',
  ]);
});

const title = { en: 'T', zh: '题' };
const REST: Partial<RulebookDocument> = {
  agreements: [
    {
      id: 'deal',
      title: { en: 'Deal', zh: '协议' },
      inForce: { from: '2020-01-01', to: null, by: 'application' },
      parties: [
        { institution: 'school', accepts: '6' },
        { institution: 'other', accepts: '9' },
      ],
    },
  ],
  rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], { under: 'deal' })],
  never: [{ id: 'n', title, course: 'C4' }],
  families: [{ id: 'f', outcomes: ['X', 'Y'], keep: 'highest-level' }],
  duplicates: [{ id: 'd', names: {}, keep: 'highest-level' }],
  prerequisites: [{ id: 'p', title, course: 'C3', needs: { has: 'Z' } }],
  exclusions: [{ id: 'e', title, courses: ['B2', 'C3'] }],
  requirements: [{ id: 'q', title, atLeast: '10', of: { category: 'core' } }],
  rights: [{ id: 's', title, atLeast: '5' }],
};

test('everything else a rulebook says', () => {
  const said = parts(REST, 'en');
  expect(said).toEqual([
    '/target sample: 40 credits in all, counted in steps of 0.5, from 1 January 2026 on (by the day of the application).',
    '/rules/0 r: who has X, issued by other gets credit for basic 2, 2 credits; what is left of the outcome is lost, under "Deal".',
    '/agreements/0 Deal: at most 6 credits of r.',
    '/exclusions/0 T: at most 1 conversions of basic 2 or core 3.',
    '/never/0 Never: T.',
    '/families/0 f: of X, Y one counts.',
    '/duplicates/0 d: outcomes whose names say the same count once.',
    '/prerequisites/0 First: T.',
    '/requirements/0 The award wants at least 10 credits of core: T.',
    '/rights/0 From 5 credits on: T.',
  ]);
});

test('a document of admission speaks of no credits', () => {
  const target = { ...sample({}).target, total: '0' };
  expect(parts({ target }, 'en')[0]).toBe(
    '/target sample: from 1 January 2026 on (by the day of the application).',
  );
  expect(parts({ target }, 'zh')[0]).toBe('/target sample：自2026年1月1日起（以申请日期为准）。');
});

test('all of it in Chinese', () => {
  expect(parts(RULES, 'zh')).toEqual([
    '/target sample：专业总学分 40，最小计分单位 0.5 学分，自2026年1月1日起（以申请日期为准）。',
    '/rules/0 fixed：具备 X 的，计入“basic 2” 2 学分，并计入“core 3” 3 学分；剩余学分不保留。',
    '/rules/1 either：具备 X 的，计入“basic 2” 2 学分或计入“core 3” 3 学分；剩余学分不保留。',
    '/rules/2 open：具备 X 的，计入“pool”，学分按成果计，可部分认定；剩余学分保留在账户，2026年1月1日至2026年12月31日（以完成日期为准）。',
    '/rules/3 hours：具备 X 的，计入“pool”，按学时折算（每 16 学时计 1 学分），最多 3 学分；剩余学分不保留，成果学分不足也可认定。',
    '/rules/4 all-hours：具备 X 的，计入“pool”，按学时折算（每 16 学时计 1 学分）；剩余学分不保留。',
    '/rules/5 surplus：具备 X 的，计入“basic 2” 2 学分；剩余学分计入“pool”。',
    '/rules/6 exam：具备 X 的，免修/免考“exam”，并折算成绩 450，并取得资格“enter”；剩余学分不保留。',
    '/rules/7 free：具备 X 的，免修/免考“basic 2”；剩余学分不保留。',
  ]);
  expect(parts(REST, 'zh').slice(1)).toEqual([
    '/rules/0 r：具备 X，由 other 颁发的，计入“basic 2” 2 学分；剩余学分不保留，依据“协议”。',
    '/agreements/0 协议：最多 6 学分（r）。',
    '/exclusions/0 题：最多 1 次转换（basic 2或core 3）。',
    '/never/0 一律不予：题。',
    '/families/0 f：X、Y 只计一项。',
    '/duplicates/0 d：名称相同的成果只计一项。',
    '/prerequisites/0 先修：题。',
    '/requirements/0 授予条件：题，至少 10 学分（core）。',
    '/rights/0 满 5 学分：题。',
  ]);
});

test('titles that a document gives, and what requirements and caps count', () => {
  const family = { id: 'f', title, outcomes: ['X', 'Y'], keep: 'highest-level' as const };
  const duplicate = { id: 'd', title, names: {}, keep: 'highest-level' as const };
  const of = {
    source: ['online-course' as const, 'training' as const],
    category: 'core',
    issuer: ['i', 'j'],
    elective: 'pool',
    rule: 'b2',
  };
  const said = parts(
    {
      calendar: { yearStarts: '09-01' },
      families: [family],
      duplicates: [duplicate],
      requirements: [{ id: 'q', title, atLeast: '3', of, per: 'academic-year' }],
    },
    'en',
  );
  expect(said.slice(2)).toEqual([
    '/families/0 T: of X, Y one counts.',
    '/duplicates/0 T: outcomes whose names say the same count once.',
    '/requirements/0 The award wants at least 3 credits of online course or training, core, i or j, pool, b2 for each academic year: T.',
  ]);
});

test('limits are said on their scales, and no sign of a document is left', () => {
  const said = (when: ConditionDocument): string => {
    const scales = {
      percent: { numbers: { from: '0', to: '100' } },
      five: { values: ['F', 'P', 'M', 'G', 'E'] },
      'cet-710': { numbers: { from: '0', to: '710' } },
      'x-cert': { values: ['初级', '中级', '高级'] },
    };
    const document = sample({ scales, rules: [rule('r', when, [{ course: 'B2' }])] });
    const [first] = compiled(document).rules;
    if (!first) throw new Error('no rule');
    const { en, zh } = describeClause(first.when);
    return `${en} | ${zh}`;
  };
  const all: ConditionDocument[] = [
    { has: 'X', grade: { passed: true } },
    { has: 'X', grade: { scale: 'cet-710', atLeast: '425' } },
    { has: 'X', level: { scale: 'x-cert', below: '中级' } },
    { has: 'X', hours: { atLeast: '16' }, credits: { atLeast: '2' } },
    { has: 'X', hoursPerCredit: { atLeast: '14', atMost: '18' }, attendance: { atLeast: '80' } },
    { has: 'X', completed: { onOrAfter: '2020-01-01', withinYears: 5 } },
    { has: 'X', judged: { what: 'content-overlap', atLeast: '70' } },
  ];
  expect(all.map(said)).toEqual([
    'X, a grade that passes at its school | X，成绩合格（按原学校及格线）',
    'X, a grade of at least 425 out of 710 | X，成绩不低于 425 分（满分 710 分）',
    'X, a level of below 中级 (1+X certificate) | X，等级低于中级（1+X 证书等级）',
    'X, at least 16 hours, at least 2 credits | X，不少于 16 学时，不少于 2 学分',
    'X, attendance of at least 80 %, at least 14 hours for each credit, at most 18 hours for each credit | X，出勤率不低于 80 %，每学分不少于 14 学时，每学分不多于 18 学时',
    'X, completed on or after 1 January 2020, completed within 5 years | X，完成时间不早于2020年1月1日，完成时间 5 年以内',
    'X, a finding of "overlap of content" at least 70 % | X，人工认定结果“内容重合度”不低于 70 %',
  ]);
  expect(all.map(said).join(' ')).not.toMatch(/[<>=]|passed|\((percent|cet-710|x-cert)\)/);
});
