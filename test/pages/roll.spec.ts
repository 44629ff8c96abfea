import fc from 'fast-check';
/** The pages are compiled by rules of their own, so they are loaded and not imported. */
const ROLL = '../../web/src/pages/registrar/pathways/roll';

interface Row {
  readonly line: number;
  readonly name: string;
  readonly number: string;
  readonly fault: string | null;
}

const KINDS = new Map([
  ['居民身份证', 'resident-id'],
  ['护照', 'passport'],
]);
let readRoll: (text: string, kinds: ReadonlyMap<string, string>) => Row[];

beforeAll(async () => {
  ({ readRoll } = (await import(ROLL)) as { readRoll: typeof readRoll });
});

const read = (text: string): Row[] => readRoll(text, KINDS);
const NUMBER = '500106201009124321';

describe('a list of people as it is pasted', () => {
  it('has a name and a number a line, however they are set apart', () => {
    for (const between of ['\t', ',', '，', '；', ' ', ' , ', "\t'"]) {
      expect(read(`王小明${between}${NUMBER}`)).toMatchObject([
        { name: '王小明', kind: 'resident-id', number: NUMBER, fault: null },
      ]);
    }
  });

  it('passes over headings, empty lines, quotes and the mark at the beginning of a file', () => {
    const text = `\uFEFF姓名,证件类型,证件号码\r\n\r\n"王小明","护照","E12345678"\r\n,,\r\n`;
    expect(read(text)).toMatchObject([
      { line: 3, name: '王小明', kind: 'passport', number: 'E12345678', fault: null },
    ]);
  });

  it('says what has to be mended in a line, and where it stands', () => {
    const text = [
      `王小明\t${NUMBER}`,
      '李红',
      '张强\t5.00106E+17',
      '赵敏\t学生证\t12345',
      `\t${NUMBER}`,
      '孙丽\t居民身份证\t',
      `王晓明\t${NUMBER.toLowerCase()}`,
      `${'名'.repeat(51)}\t${NUMBER}`,
      'a\tb\tc\td',
    ].join('\n');
    expect(read(text).map(({ line, fault }) => [line, fault])).toEqual([
      [1, null],
      [2, 'columns'],
      [3, 'rounded'],
      [4, 'kind'],
      [5, 'name'],
      [6, 'number'],
      [7, 'twice'],
      [8, 'name'],
      [9, 'columns'],
    ]);
  });

  it('reads back what was written, whoever it is', () => {
    const name = fc.stringMatching(/^[\u4E00-\u9FFF·]{2,12}$/);
    const number = fc.stringMatching(/^[0-9]{17}[0-9X]$/);
    const people = fc.uniqueArray(fc.record({ name, number }), { selector: (one) => one.number });
    fc.assert(
      fc.property(people, fc.constantFrom('\t', ',', '，', ' '), (all, between) => {
        const rows = read(all.map((one) => one.name + between + one.number).join('\n'));
        expect(rows.map((row) => ({ name: row.name, number: row.number }))).toEqual(all);
        expect(rows.filter(({ fault }) => fault !== null)).toEqual([]);
      }),
    );
  });
});
