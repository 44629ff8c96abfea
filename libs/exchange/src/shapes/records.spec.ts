import * as fc from 'fast-check';
import type { Mapped } from '../index.js';
import { recogniseRecord } from '../recognise.js';

const NUMBER = '50011219900301007X';

function map(record: unknown, first: unknown = record): Mapped {
  const shape = recogniseRecord(first);
  if (!shape) throw new Error('not recognised');
  return shape.mapper({ today: '2026-11-23' }).push({ rowNumber: 4, value: record });
}

const PROFILE = {
  cb_id: 'SH20260001',
  user_id: '2088000000000001',
  channel: 'shcreditbank',
  credit_num: 2,
  credit: [
    {
      credit_outer_id: '1001',
      course_name: '现代物流概论',
      course_subject: '物流管理',
      inst_name: '某开放大学',
      credit: 3,
      credit_hour: 54,
      course_score: 82,
      experience_time: '2025-07-01 00:00:00',
      course_year: '2025',
      course_season: 50,
      course_property: 30,
      learning_stage: 21,
      course_result_code: 40,
    },
  ],
  certificate_experience: [
    {
      cert_exp_outer_id: '1001',
      certificate_name: '电工',
      certificate_level: '中级工',
      inst_name: '某鉴定中心',
      experience_time: '2024-05-20 00:00:00',
    },
  ],
  training: [
    {
      training_outer_id: '1001',
      project_name: '社区健康指导',
      inst_name: '某社区学院',
      experience_time: '2026-03',
      have_project_certificate: 2,
    },
  ],
};

describe('the Shanghai profile', () => {
  it('gives each item of the three lists an id of its own, and no name', () => {
    const { outcomes, faults } = map(PROFILE);
    expect(faults).toEqual([]);
    const person = { name: null, document: { kind: 'sh-credit-bank-id', number: 'SH20260001' } };
    expect(outcomes.map((o) => o.draft)).toEqual([
      {
        externalId: 'credit:1001',
        person,
        outcome: { title: '现代物流概论', institutionName: '某开放大学', level: null },
        completedOn: '2025-07-01',
        grade: '82',
        level: null,
        minutes: 3240n,
        credits: 3000n,
        attendancePercent: null,
        exemptions: [],
        note: 'course_subject 物流管理; course_year 2025; course_season 50; course_property 30; learning_stage 21; course_result_code 40',
      },
      expect.objectContaining({
        externalId: 'certificate:1001',
        outcome: { title: '电工', institutionName: '某鉴定中心', level: '中级工' },
        level: '中级工',
        credits: null,
        grade: null,
      }),
      expect.objectContaining({
        externalId: 'training:1001',
        completedOn: '2026-03',
        note: 'have_project_certificate 2',
      }),
    ]);
  });

  it.each([
    ['credit_outer_id', 12345678901234567000, 'id-typed-as-number'],
    ['credit_outer_id', undefined, 'value-missing'],
    ['credit', -1, 'value-negative'],
    ['credit', 1.2345, 'value-too-precise'],
    ['credit', { amount: 1 }, 'error-cell'],
    ['course_score', true, null],
    ['experience_time', '2025-13-01 00:00:00', 'date-impossible'],
    ['course_name', ' ', 'value-missing'],
  ])('credit[0].%s %j: %s', (member, value, code) => {
    const item = { ...PROFILE.credit[0], [member]: value };
    const { faults } = map({ cb_id: PROFILE.cb_id, credit: [item] });
    expect(faults.map((f) => [f.row, f.column, f.code])).toEqual(
      code ? [[4, `credit[0].${member}`, code]] : [],
    );
  });

  it('leaves absent members unknown and accepts a profile without outcomes', () => {
    const { credit_outer_id, course_name, experience_time } = PROFILE.credit[0]!;
    const { outcomes } = map({
      cb_id: 'SH01',
      credit: [{ credit_outer_id, course_name, experience_time }],
    });
    expect(outcomes[0]?.draft).toMatchObject({
      credits: null,
      minutes: null,
      grade: null,
      note: null,
    });
    expect(map({ cb_id: 'SH01', credit: null, training: [] })).toEqual({
      outcomes: [],
      faults: [],
    });
  });

  it('throws on nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (credit, training) => {
        map({ cb_id: 'SH01', credit, training }, PROFILE);
        map(credit, PROFILE);
      }),
    );
  });
});

const COMPLETION = {
  externalId: 'A-1',
  learner: { name: '王小明', document: { kind: 'resident-id', number: NUMBER } },
  outcome: 'LOG-BASE',
  completedOn: '2026-06-30',
  credits: '4',
  hours: 72,
};

describe('the body of POST /v1/completions in a file', () => {
  it('maps like the template', () => {
    expect(map(COMPLETION).outcomes[0]).toMatchObject({
      rows: [4],
      columns: { document: 'learner.document.number', credits: 'credits' },
      draft: { externalId: 'A-1', credits: 4000n, minutes: 4320n, completedOn: '2026-06-30' },
    });
  });

  it.each([
    [{ credit: '4' }, 'credit', 'unknown-field'],
    [{ credits: '-1' }, 'credits', 'value-negative'],
    [{ learner: 'Wang' }, 'learner', 'unknown-field'],
    [
      { learner: { name: 'x', document: { kind: 'resident-id', number: '1' } } },
      'learner.document.number',
      'resident-id-length',
    ],
    [{ completedOn: { year: 2026 } }, 'completedOn', 'error-cell'],
  ])('names the path of a fault: %j', (over, column, code) => {
    const { outcomes, faults } = map({ ...COMPLETION, ...over });
    expect(outcomes).toEqual([]);
    expect(faults.map((f) => [f.column, f.code])).toContainEqual([column, code]);
  });

  it('recognises neither a list nor a stranger', () => {
    expect([[], 'x', null, { a: 1 }].map((record) => recogniseRecord(record))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
