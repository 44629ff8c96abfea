import type { Mapped } from '../index.js';
import { recogniseTable } from '../recognise.js';

const SUBJECT =
  'NM,,MAX,MIN,_TH_MAX,_TH_MIN,_PR_MAX,_PR_MIN,_CE_MAX,_CE_MIN,_TH_MRKS,_PR_MRKS,_CE_MRKS,_TOT,_STATUS,_GRADE,_GRADE_POINTS,_CREDIT,_CREDIT_POINTS,_GRACE,_REMARKS,_CREDIT_ELIGIBILITY,_CREDIT_HOURS,_GROUP,_TYPE'.split(
    ',',
  );
const BASE =
  'ORG_NAME,ACADEMIC_COURSE_ID,COURSE_NAME,STREAM,SESSION,REGN_NO,RROLL,CNAME,GENDER,DOB,FNAME,MNAME,YEAR,MONTH,SEM,EXAM_TYPE,TOT_CREDIT,TOT_CREDIT_POINTS,CGPA,ABC_ACCOUNT_ID,TERM_TYPE,NCRF_LEVEL'.split(
    ',',
  );
const HEADERS = [...BASE, ...[1, 2, 3].flatMap((n) => SUBJECT.map((suffix) => `SUB${n}${suffix}`))];

const STUDENT = {
  ORG_NAME: 'Example University',
  COURSE_NAME: 'B.Sc. Computing',
  SESSION: '2025-26',
  REGN_NO: 'R-77',
  RROLL: 'CS-0042',
  CNAME: 'ASHA RAO',
  DOB: '01/02/2005',
  YEAR: '2026',
  MONTH: 'MAY',
  SEM: '3',
  ABC_ACCOUNT_ID: '123456789012',
  NCRF_LEVEL: '4.5',
  SUB1NM: 'DATA STRUCTURES',
  SUB1: 'CS201',
  SUB1_GRADE: 'A+',
  SUB1_CREDIT: '4.00',
  SUB1_CREDIT_ELIGIBILITY: 'Y',
  SUB2NM: 'ALGEBRA',
  SUB2: 'MA201',
  SUB2_TOT: '61',
  SUB2_CREDIT: '3',
};

function map(over: Record<string, string>, headers = HEADERS): Mapped {
  const recognised = recogniseTable(headers);
  if (!recognised.ok) throw new Error(JSON.stringify(recognised.faults));
  expect(recognised.shape.id).toBe('nad');
  const mapper = recognised.shape.mapper(headers, { today: '2026-11-23' });
  const row: Record<string, string> = { ...STUDENT, ...over };
  return mapper.push({ rowNumber: 2, cells: headers.map((header) => row[header] ?? '') });
}

describe('the wide sheet of the National Academic Depository', () => {
  it('has 25 columns a subject, and one row is many outcomes', () => {
    expect(SUBJECT).toHaveLength(25);
    const { outcomes, faults } = map({});
    expect(faults).toEqual([]);
    expect(outcomes.map((o) => o.draft)).toMatchObject([
      {
        externalId: 'CS-0042/3/CS201/2025-26',
        person: { name: 'ASHA RAO', document: { kind: 'abc-account-id', number: '123456789012' } },
        outcome: { title: 'DATA STRUCTURES', institutionName: 'Example University', level: null },
        completedOn: '2026-05',
        grade: 'A+',
        credits: 4000n,
        minutes: null,
        note: 'CS201; B.Sc. Computing; NCrF 4.5',
      },
      { externalId: 'CS-0042/3/MA201/2025-26', grade: '61', credits: 3000n },
    ]);
    expect(outcomes[1]?.columns).toMatchObject({ credits: 'SUB2_CREDIT', outcome: 'SUB2NM' });
  });

  it('leaves out subjects that earned nothing', () => {
    expect(map({ SUB2_CREDIT_ELIGIBILITY: 'N' }).outcomes).toHaveLength(1);
  });

  it('lets a bad subject stay out without its neighbours', () => {
    const { outcomes, faults } = map({ SUB1_CREDIT: '-4' });
    expect(outcomes.map((o) => o.draft.note)).toEqual(['MA201; B.Sc. Computing; NCrF 4.5']);
    expect(faults).toEqual([
      { row: 2, column: 'SUB1_CREDIT', value: '-4', code: 'value-negative' },
    ]);
  });

  it.each([
    [{ MONTH: '5' }, '2026-05'],
    [{ MONTH: 'December', YEAR: '2025' }, '2025-12'],
    [{ MONTH: '' }, '2026'],
    [{ YEAR: '', DOI: '31/05/2026' }, '2026-05-31'],
  ])('dates by examination month, year or issue: %j', (over, date) => {
    const headers = [...HEADERS, 'DOI'];
    expect(map(over, headers).outcomes[0]?.draft.completedOn).toBe(date);
  });

  it.each([
    [{ ABC_ACCOUNT_ID: '' }, 'ABC_ACCOUNT_ID', 'value-missing'],
    [{ ABC_ACCOUNT_ID: '12345' }, 'ABC_ACCOUNT_ID', 'document-number-form'],
    [{ ABC_ACCOUNT_ID: '1.23457E+11' }, 'ABC_ACCOUNT_ID', 'id-typed-as-number'],
    [{ RROLL: '', REGN_NO: '' }, 'RROLL', 'value-missing'],
    [{ YEAR: '', MONTH: '' }, 'YEAR', 'value-missing'],
    [{ MONTH: '13' }, 'MONTH', 'date-impossible'],
    [{ YEAR: '2027' }, 'YEAR', 'date-in-future'],
  ])('names what is wrong: %j', (over, column, code) => {
    const { outcomes, faults } = map(over);
    expect(outcomes).toEqual([]);
    expect(faults).toMatchObject([{ column, code }]);
  });

  it('ignores columns it does not read and refuses a sheet without the person', () => {
    const recognised = recogniseTable([...HEADERS, 'SOMETHING_NEW']);
    expect(recognised).toMatchObject({ ok: true });
    if (recognised.ok) expect(recognised.ignoredColumns).toContain('SOMETHING_NEW');
    const lacking = recogniseTable(HEADERS.filter((header) => header !== 'CNAME'));
    expect(lacking).toMatchObject({
      ok: false,
      faults: [{ code: 'column-missing', column: 'CNAME' }],
    });
  });
});
