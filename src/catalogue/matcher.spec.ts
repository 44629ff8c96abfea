import { type PartialDate, millicredits } from '#libs/credit';
import { statusOf } from '#libs/problems';
import type { OutcomeDefinition } from './definition.js';
import { DefinitionMatcher } from './matcher.js';

const SCHOOL = { id: 'school', code: 'SVS', name: { zh: '沙坪坝职教中心', en: 'Shapingba VEC' } };
const ISSUER = { id: 'issuer', code: 'EVAL', name: { zh: '评价组织', en: 'Evaluation Ltd' } };

function definition(over: Partial<OutcomeDefinition>): OutcomeDefinition {
  return {
    id: over.code ?? 'id',
    code: 'CODE',
    kind: 'degree-course',
    form: 'course',
    institution: SCHOOL,
    title: { zh: '题目', en: 'Title' },
    aliases: [],
    category: { id: 1, code: 'public', title: { zh: '公共基础', en: 'Public' } },
    source: 'course',
    credits: millicredits(4),
    minutes: null,
    levelScale: null,
    level: null,
    gradeScale: null,
    passGrade: null,
    minAttendancePercent: null,
    shelfLifeMonths: null,
    registration: 'owner',
    openFrom: null,
    openTo: null,
    ...over,
  };
}

const matcher = new DefinitionMatcher(
  [
    definition({
      code: 'WEB-1',
      title: { zh: 'Web前端开发', en: 'Web front end' },
      level: '初级',
      institution: ISSUER,
      registration: 'members',
    }),
    definition({
      code: 'WEB-2',
      title: { zh: 'Web前端开发', en: 'Web front end' },
      level: '中级',
      institution: ISSUER,
      registration: 'members',
    }),
    definition({
      code: 'PY',
      title: { zh: 'Python程序设计', en: 'Python' },
      aliases: ['蟒蛇编程'],
    }),
    definition({ code: 'MATH-A', title: { zh: '高等数学', en: 'Mathematics' } }),
    definition({
      code: 'MATH-B',
      title: { zh: '高等数学', en: 'Mathematics' },
      institution: ISSUER,
    }),
    definition({
      code: 'OLD',
      title: { zh: '旧课程', en: 'Old' },
      openFrom: '2020-09-01',
      openTo: '2024-06-15',
    }),
  ],
  [],
);

const byTitle = (
  title: string,
  institutionName: string | null = null,
  level: string | null = null,
) => {
  const match = matcher.byTitle({ title, institutionName, level });
  return match.ok ? match.definition.code : match.problem;
};

describe('byTitle', () => {
  it.each([
    ['ｐｙｔｈｏｎ 程序设计', null, null, 'PY'],
    ['python', null, null, 'PY'],
    ['蟒蛇编程', null, null, 'PY'],
    ['高等数学', '评价组织', null, 'MATH-B'],
    ['高等数学', ' shapingba vec ', null, 'MATH-A'],
    ['高等数学', 'SVS', null, 'MATH-A'],
    ['Web前端开发', null, '初级', 'WEB-1'],
    ['WEB 前端开发', '评价组织', '中级', 'WEB-2'],
    ['高等数学', 'SVS', '初级', 'MATH-A'],
  ])('finds %s of %s at level %s', (title, institution, level, code) => {
    expect(byTitle(title, institution, level)).toBe(code);
  });

  it('never guesses between two', () => {
    expect(byTitle('Web前端开发')).toEqual({
      code: 'ambiguous-outcome',
      params: { codes: 'WEB-1, WEB-2' },
    });
    expect(byTitle('高等数学')).toMatchObject({ code: 'ambiguous-outcome' });
  });

  it('suggests the same title of another institution or level', () => {
    expect(byTitle('Web前端开发', null, '高级')).toEqual({
      code: 'unknown-outcome',
      params: { suggestion: 'WEB-1 Web前端开发 (评价组织)' },
    });
    expect(byTitle('Python程序设计', '别的学校')).toMatchObject({
      params: { suggestion: 'PY Python程序设计 (沙坪坝职教中心)' },
    });
  });

  it('suggests the nearest title for a misspelt one, and nothing for a foreign one', () => {
    expect(byTitle('Python程序设汁')).toMatchObject({
      params: { suggestion: 'PY Python程序设计 (沙坪坝职教中心)' },
    });
    const foreign = { code: 'unknown-outcome', params: { suggestion: '—' } };
    expect(byTitle('园艺疗法')).toEqual(foreign);
    expect(byTitle('园艺疗法')).toEqual(foreign);
    expect(byTitle('')).toEqual(foreign);
  });
});

describe('byCode', () => {
  it('finds codes, and suggests for a misspelt one', () => {
    expect(matcher.byCode(' PY ')).toMatchObject({ ok: true });
    expect(matcher.byCode('MATH_A')).toMatchObject({
      problem: { params: { suggestion: 'MATH-A 高等数学 (沙坪坝职教中心)' } },
    });
    expect(matcher.byCode('constructor')).toMatchObject({ ok: false });
    expect(matcher.byId('PY')?.code).toBe('PY');
  });
});

describe('mayPost', () => {
  const verdict = (code: string, institution: string, on: string) => {
    const found = matcher.byCode(code);
    if (!found.ok) throw new Error(code);
    return matcher.mayPost(found.definition, institution, on as PartialDate)?.code ?? 'ok';
  };

  it('lets only the owner post, unless members may', () => {
    expect(verdict('PY', 'school', '2026')).toBe('ok');
    expect(verdict('PY', 'other', '2026')).toBe('outcome-of-another-institution');
    expect(verdict('WEB-1', 'other', '2026')).toBe('ok');
    expect(statusOf('outcome-of-another-institution')).toBe(422);
  });

  it.each([
    ['2020-08-31', 'outcome-closed'],
    ['2020-09-01', 'ok'],
    ['2020-08', 'outcome-closed'],
    ['2020', 'ok'],
    ['2024-06-15', 'ok'],
    ['2024-06-16', 'outcome-closed'],
    ['2024-06', 'ok'],
    ['2024-07', 'outcome-closed'],
    ['2019', 'outcome-closed'],
    ['2025', 'outcome-closed'],
  ])('judges a completion of %s as %s', (on, code) => {
    expect(verdict('OLD', 'school', on)).toBe(code);
  });
});
