import * as fc from 'fast-check';
import type { Cell, Mapped, RowFault } from '../index.js';
import { recogniseTable } from '../recognise.js';

const TODAY = '2026-11-23';
/** Fictional, with a right check digit. */
const NUMBER = '50011219900301007X';
const HEADERS = [
  '外部编号',
  '姓名',
  '证件类型',
  '证件号码',
  '成果代码',
  '完成日期',
  '成绩',
  '等级',
  '学时',
  '学分',
  '出勤率',
  '备注',
];
const GOOD: Cell[] = [
  'A-1',
  '王小明',
  '居民身份证',
  NUMBER,
  'LOG-BASE',
  '2026-06-30',
  '85',
  '',
  '72',
  '4',
  '92.5',
  '',
];

const CIRCUMSTANCES = ['重点群体', '培训类别', '是否享受补贴', '就业状况', '来源地'];

function mapRow(cells: Cell[], headers = HEADERS): Mapped {
  const recognised = recogniseTable(headers);
  if (!recognised.ok) throw new Error(JSON.stringify(recognised.faults));
  const mapper = recognised.shape.mapper(headers, { today: TODAY });
  return mapper.push({ rowNumber: 7, cells });
}

function withCell(column: string, cell: Cell): Cell[] {
  return HEADERS.map((header, i) => (header === column ? cell : (GOOD[i] as Cell)));
}

const faultOf = (mapped: Mapped): RowFault | undefined => mapped.faults[0];

describe('our own template', () => {
  it('maps a full row, amounts exact', () => {
    const { outcomes, faults } = mapRow(GOOD);
    expect(faults).toEqual([]);
    expect(outcomes[0]).toEqual({
      rows: [7],
      naturalKey: null,
      columns: expect.objectContaining({ credits: '学分', document: '证件号码' }),
      draft: {
        externalId: 'A-1',
        person: { name: '王小明', document: { kind: 'resident-id', number: NUMBER } },
        outcome: { code: 'LOG-BASE' },
        startedOn: null,
        completedOn: '2026-06-30',
        grade: '85',
        level: null,
        minutes: 4320n,
        credits: 4000n,
        attendancePercent: '92.5',
        exemptions: [],
        note: null,
        circumstances: null,
      },
    });
  });

  it.each([
    [
      ['下岗失业人员；农村学习者', '岗位提升', '是', '已就业', '四川'],
      'employment:employed group:laid-off group:rural origin:CN-51 subsidised:yes training:upgrading',
    ],
    [['none', '', 'no', '', 'TH'], 'group:none origin:TH subsidised:no'],
    [['', '', '', '', ''], null],
  ])('reads under which circumstances something was learned: %j', (said, expected) => {
    const { outcomes } = mapRow([...GOOD, ...said], [...HEADERS, ...CIRCUMSTANCES]);
    expect(outcomes[0]?.draft.circumstances).toBe(expected);
  });

  it.each([
    ['重点群体', '农村学习者、别的'],
    ['重点群体', '无、老年人'],
    ['培训类别', '兴趣'],
    ['是否享受补贴', '也许'],
    ['来源地', '外地'],
  ])('guesses nothing of %s from %s', (column, cell) => {
    const said = CIRCUMSTANCES.map((header) => (header === column ? cell : ''));
    const mapped = mapRow([...GOOD, ...said], [...HEADERS, ...CIRCUMSTANCES]);
    expect(faultOf(mapped)).toMatchObject({ column, code: 'word-unknown' });
  });

  it('reads English names, any order, and files without the optional columns', () => {
    const headers = ['outcome', 'External ID', 'completed_on*', 'documentNumber (text)'];
    const { outcomes } = mapRow(['LOG-BASE', 'A-1', '202606', NUMBER], headers);
    expect(outcomes[0]?.draft).toMatchObject({
      externalId: 'A-1',
      completedOn: '2026-06',
      person: { name: null, document: { kind: 'resident-id', number: NUMBER } },
      grade: null,
      minutes: null,
      credits: null,
      attendancePercent: null,
    });
  });

  it.each([
    ['2026-03-01', { startedOn: '2026-03-01' }],
    ['', { startedOn: null }],
    ['2026-03', 'date-without-day'],
    ['2026-02-30', 'date-impossible'],
  ])('reads the first day %j where a file has the column', (cell, expected) => {
    const mapped = mapRow([...GOOD, cell], [...HEADERS, '开始日期']);
    if (typeof expected === 'string') expect(faultOf(mapped)).toMatchObject({ code: expected });
    else expect(mapped.outcomes[0]?.draft).toMatchObject(expected);
  });

  // column | cell | code of the fault, or what the draft then holds
  it.each([
    ['外部编号', '', 'value-missing'],
    ['外部编号', { kind: 'number', text: '20260001' }, null],
    ['外部编号', { kind: 'number', text: '2026000100010001' }, 'id-typed-as-number'],
    ['姓名', '王\u200b小明', 'control-character'],
    ['姓名', '王\ud83d', 'unpaired-surrogate'],
    ['姓名', '长'.repeat(51), 'value-too-long'],
    ['姓名', '=HYPERLINK("x")', 'formula-cell'],
    ['证件类型', '学生证', 'document-kind-unknown'],
    ['证件类型', '', null],
    ['证件号码', '', 'value-missing'],
    ['证件号码', '500112199003010011', 'resident-id-check-digit'],
    ['证件号码', { kind: 'number', text: '5.00112199003010E+17' }, 'id-typed-as-number'],
    ['证件号码', '5.00112E+17', 'id-typed-as-number'],
    ['证件号码', { kind: 'number', text: '500112199003010000' }, 'id-typed-as-number'],
    ['证件号码', '500112199003010000', 'id-typed-as-number'],
    ['证件号码', '500112199003013000', null],
    ['证件号码', '５００１１２１９９００３０１００７ｘ', null],
    ['成果代码', '', 'value-missing'],
    ['成果代码', { kind: 'error', text: '#REF!' }, 'error-cell'],
    ['完成日期', '2026-02-30', 'date-impossible'],
    ['完成日期', '202613', 'date-impossible'],
    ['完成日期', '去年', 'date-malformed'],
    ['完成日期', '2026-11-24', 'date-in-future'],
    ['完成日期', '2026-11', null],
    ['完成日期', '2026年6月30日', null],
    ['完成日期', '2026/6/3 08:30', null],
    ['完成日期', { kind: 'date', text: '2026-06-30' }, null],
    ['完成日期', { kind: 'number', text: '46203' }, 'date-malformed'],
    ['完成日期', { kind: 'formula', text: '2026-06-30' }, 'formula-cell'],
    ['学时', '-1', 'value-negative'],
    ['学时', '10001', 'value-out-of-range'],
    ['学时', '0.001', 'hours-not-whole-minutes'],
    ['学时', '72学时', 'number-malformed'],
    ['学分', '-0.5', 'value-negative'],
    ['学分', '1.2345', 'value-too-precise'],
    ['学分', '10001', 'value-out-of-range'],
    ['学分', '1,5', 'number-malformed'],
    ['学分', '１．５', null],
    ['学分', { kind: 'number', text: '1.5' }, null],
    ['出勤率', '101', 'value-out-of-range'],
    ['出勤率', '92.5%', null],
    ['备注', 'x'.repeat(501), 'value-too-long'],
    ['备注', 'a\u0000b', 'control-character'],
  ] as [string, Cell, string | null][])('%s %j: %s', (column, cell, code) => {
    const mapped = mapRow(withCell(column, cell));
    expect(faultOf(mapped)?.code ?? null).toBe(code);
    if (code) expect(faultOf(mapped)).toMatchObject({ row: 7, column });
  });

  it('names every fault of a row at once, the cell of a formula, and what stands there', () => {
    const cells = withCell('学分', { kind: 'formula', text: '4' });
    cells[0] = '';
    cells[5] = 'x';
    expect(mapRow(cells).faults).toEqual([
      { row: 7, column: '外部编号', value: null, code: 'value-missing' },
      { row: 7, column: '完成日期', value: 'x', code: 'date-malformed' },
      { row: 7, column: '学分', value: '4', code: 'formula-cell', params: { cell: 'J7' } },
    ]);
  });

  it('never shows an identity number or a name again', () => {
    const wrong = mapRow(withCell('证件号码', '500112199003010011'));
    expect(faultOf(wrong)?.value).toBe('5001**********0011');
    expect(faultOf(mapRow(withCell('姓名', '王\u202e小明')))?.value).toMatch(/^王\*+$/);
    const misplaced = mapRow(withCell('学分', NUMBER));
    expect(faultOf(misplaced)?.value).toBe('5001**********007X');
  });

  it('notices cells beyond the head line', () => {
    expect(faultOf(mapRow([...GOOD, '', 'slipped']))).toMatchObject({
      code: 'too-many-cells',
      column: 'N7',
      params: { columns: '12' },
    });
    expect(mapRow([...GOOD, '', ' ']).faults).toEqual([]);
  });

  it('takes a kind of document made of blanks for none', () => {
    expect(mapRow(withCell('证件类型', ' ')).outcomes).toHaveLength(1);
    expect(mapRow(withCell('证件类型', { kind: 'number', text: '' })).outcomes).toHaveLength(1);
  });

  it('throws on no row, and gives either drafts or faults', () => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('', '4', '2026-06-30', NUMBER, '护照', '-1', '=x', '1e5', 'NaN'),
      fc.record({
        kind: fc.constantFrom('number', 'date', 'formula', 'error'),
        text: fc.oneof(fc.string(), fc.double().map(String)),
      }),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 14 }), (cells) => {
        const { outcomes, faults } = mapRow(cells);
        expect(outcomes.length + Math.min(faults.length, 1)).toBe(1);
        for (const { draft } of outcomes) expect(draft.credits ?? 0n).toBeGreaterThanOrEqual(0n);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the head line', () => {
  const codes = (headers: string[]) => {
    const recognised = recogniseTable(headers);
    return recognised.ok ? [] : recognised.faults.map(({ code, column }) => [code, column]);
  };

  it.each([
    ['an unknown column', [...HEADERS, '学份'], [['unknown-column', '学份']]],
    ['a missing column', HEADERS.filter((h) => h !== '完成日期'), [['column-missing', '完成日期']]],
    ['one meaning twice', [...HEADERS, 'credits'], [['column-repeated', 'credits']]],
    ['columns of our own correction file', [...HEADERS, '错误', '建议'], []],
    ['trailing empty columns', [...HEADERS, '', ' '], []],
    ['two byte order marks', [`\ufeff${HEADERS[0]}`, ...HEADERS.slice(1)], []],
    ['nothing known', ['a', 'b'], [['shape-unknown', null]]],
    ['nothing at all', ['', ' '], [['file-empty', null]]],
  ] as [string, string[], [string, string | null][]][])('%s', (_, headers, expected) => {
    expect(codes(headers)).toEqual(expected);
  });

  it('refuses more columns than a template can have', () => {
    const headers = [...HEADERS, ...Array.from({ length: 200 }, () => '')];
    expect(codes(headers)).toEqual([['too-many-columns', null]]);
  });
});
