import * as fc from 'fast-check';
import type { Mapped, MappedOutcome } from '../index.js';
import { recogniseTable } from '../recognise.js';

const TODAY = '2026-11-23';
const [WANG, LI] = ['50011219900301007X', '500112199003020083'];

const CERTIFICATE_HEADERS =
  '姓名,身份证号,转换学校代码,原证书来源代码,原证书名称,原证书类型,原证书等级,原发证机构,原教育层次代码,原教育类别代码,原学分,原学时,原成绩,获得时间,转换后教育层次代码,转换后课程代码,转换后课程名称,转换后学分,转换时间,转换后专业';
const COURSE_HEADERS =
  '姓名,身份证号,转换学校代码,原课程来源代码,原专业名称,原课程名称,原办学机构,原教育层次代码,原教育类别代码,原学分,原学时,原成绩,获得时间,届别,毕业结业肄业,毕业季,备注,学号,转换后教育层次代码,转换后课程代码,转换后课程名称,转换后学分,转换时间,转换后专业名称';

function map(headerLine: string, lines: string[]): Mapped & { shape: string } {
  const headers = headerLine.split(',');
  const recognised = recogniseTable(headers);
  if (!recognised.ok) throw new Error(JSON.stringify(recognised.faults));
  const mapper = recognised.shape.mapper(headers, { today: TODAY });
  const parts = lines.map((line, i) => mapper.push({ rowNumber: i + 2, cells: line.split(',') }));
  parts.push(mapper.end());
  return {
    shape: recognised.shape.id,
    outcomes: parts.flatMap((part) => part.outcomes),
    faults: parts.flatMap((part) => part.faults),
  };
}

const certificate = (
  id: string,
  title: string,
  course: string,
  over: { grade?: string; id2?: string } = {},
) =>
  `王小明,${id},5001,02,${title},职业技能等级证书,中级,某评价组织,85,30,0,0,${over.grade ?? '合格'},202506,20,${course},课程${course},3,202509,物流管理`;

describe('the certificate sheet', () => {
  it('makes one outcome of the three rows of one certificate, and never three credits', () => {
    const { shape, outcomes, faults } = map(CERTIFICATE_HEADERS, [
      certificate(WANG, '物流管理证书', 'C1'),
      certificate(WANG, '物流管理证书', 'C2'),
      certificate(WANG, '物流管理证书', 'C3'),
      certificate(LI, '物流管理证书', 'C1'),
    ]);
    expect([shape, faults, outcomes.map((o) => o.rows)]).toEqual([
      'openurp-certificate',
      [],
      [[2, 3, 4], [5]],
    ]);
    expect(outcomes[0]?.draft).toEqual({
      externalId: '',
      person: { name: '王小明', document: { kind: 'resident-id', number: WANG } },
      outcome: { title: '物流管理证书', institutionName: '某评价组织', level: '中级' },
      completedOn: '2025-06',
      grade: '合格',
      level: '中级',
      minutes: null,
      credits: null,
      attendancePercent: null,
      note: '原教育类别代码 30',
      exemptions: ['C1', 'C2', 'C3'].map((course) => ({
        courseCode: course,
        courseTitle: `课程${course}`,
        credits: 3000n,
        decidedOn: '2025-09',
      })),
    });
    expect(outcomes[0]?.naturalKey).toContain(WANG);
    expect(outcomes[0]?.naturalKey).not.toEqual(outcomes[1]?.naturalKey);
  });

  it('names a row that contradicts the rows before it', () => {
    const { outcomes, faults } = map(CERTIFICATE_HEADERS, [
      certificate(WANG, '物流管理证书', 'C1'),
      certificate(WANG, '物流管理证书', 'C2', { grade: '优秀' }),
    ]);
    expect(outcomes.map((o) => o.rows)).toEqual([[2]]);
    expect(faults).toEqual([
      { row: 3, column: '原成绩', value: '优秀', code: 'rows-disagree', params: { firstRow: '2' } },
    ]);
  });

  it('keeps every certificate once and every waived course, whatever the order of the rows', () => {
    const row = fc.record({
      id: fc.constantFrom(WANG, LI),
      title: fc.constantFrom('甲证书', '乙证书'),
      course: fc.constantFrom('C1', 'C2', 'C3'),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const { outcomes, faults } = map(
          CERTIFICATE_HEADERS,
          rows.map((r) => certificate(r.id, r.title, r.course)),
        );
        expect(faults).toEqual([]);
        const keys = new Set(outcomes.map((o) => JSON.stringify(o.naturalKey)));
        expect(keys.size).toBe(new Set(rows.map((r) => r.id + r.title)).size);
        const waived = (list: MappedOutcome[]) =>
          new Set(
            list.flatMap((o) =>
              o.draft.exemptions.map((e) => `${o.naturalKey?.join()}|${e.courseCode}`),
            ),
          );
        expect(waived([...outcomes]).size).toBe(
          new Set(rows.map((r) => r.id + r.title + r.course)).size,
        );
        expect(outcomes.every((o) => o.draft.credits === null)).toBe(true);
      }),
    );
  });

  it('reads the older export that has course names in its head line', () => {
    const headers = COURSE_HEADERS.split(',').filter(
      (h) => !['届别', '毕业结业肄业', '毕业季', '备注', '学号'].includes(h),
    );
    const { outcomes, faults } = map(headers.join(','), [
      `王小明,${WANG},5001,02,待补,全国计算机等级考试二级,教育部考试中心,20,30,0,0,合格,202503,20,C9,计算机基础,3,202505,会计`,
    ]);
    expect(faults).toEqual([]);
    expect(outcomes[0]?.draft).toMatchObject({
      outcome: { title: '全国计算机等级考试二级', institutionName: '教育部考试中心' },
      credits: null,
      note: '原教育层次代码 20; 原教育类别代码 30',
    });
  });
});

describe('the external-course sheet', () => {
  it('keeps the credit of a course and leaves unknown what is filled in', () => {
    const { shape, outcomes, faults } = map(COURSE_HEADERS, [
      `李小红,${LI},5001,01,待补,高等数学,重庆某学院,85,31,4.5,,88,202401,2025,1261,1321,,S001,20,M01,高等数学（一）,4,202409,软件技术`,
      `李小红,${LI},5001,01,软件技术,大学英语,重庆某学院,21,31,0,0,,202401,,,,,S001,20,,,,,软件技术`,
    ]);
    expect([shape, faults]).toEqual(['openurp-course', []]);
    expect(outcomes.map((o) => o.draft)).toMatchObject([
      {
        outcome: { title: '高等数学', institutionName: '重庆某学院', level: null },
        credits: 4500n,
        minutes: null,
        grade: '88',
        level: null,
        completedOn: '2024-01',
        note: '原教育类别代码 31; 届别 2025; 毕业季 1321',
        exemptions: [{ courseCode: 'M01', credits: 4000n, decidedOn: '2024-09' }],
      },
      {
        credits: null,
        grade: null,
        exemptions: [],
        note: '原专业名称 软件技术; 原教育层次代码 21; 原教育类别代码 31',
      },
    ]);
  });

  it('names cells at fault by the column of the sheet', () => {
    const { outcomes, faults } = map(COURSE_HEADERS, [
      `李小红,500112199003020080,5001,01,,高等数学,重庆某学院,85,31,4.12345,,88,209901,,,,,S001,20,M01,x,4,202409,`,
    ]);
    expect(outcomes).toEqual([]);
    expect(faults.map(({ column, code }) => [column, code])).toEqual([
      ['身份证号', 'resident-id-check-digit'],
      ['获得时间', 'date-in-future'],
      ['原学分', 'value-too-precise'],
    ]);
  });
});
