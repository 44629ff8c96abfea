import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import type { TableRow } from '#libs/exchange';
import { Refusal } from '../../platform/http/refusal.js';
import { bufferSource } from './byte-source.js';
import { openFile } from './open-file.js';
import { writeXlsx } from './xlsx-writer.js';
import { type ZipPart, writeZip } from './zip-writer.js';

async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function read(bytes: Buffer): Promise<TableRow[]> {
  const file = await openFile(bufferSource(bytes));
  expect(file.format).toBe('xlsx');
  const rows: TableRow[] = [];
  try {
    for await (const row of file.rows()) rows.push(row as TableRow);
  } finally {
    file.close();
  }
  return rows;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((e: unknown) => e);
  return error instanceof Refusal ? error.problem.code : String(error);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook by hand, for what no program would write. */
function workbook(sheetData: string, extra: ZipPart[] = []): Promise<Buffer> {
  return collect(
    writeZip([
      {
        name: 'xl/workbook.xml',
        content: [
          `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
        ],
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: [
          '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
        ],
      },
      {
        name: 'xl/worksheets/s.xml',
        content: [`<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`],
      },
      ...extra,
    ]),
  );
}

describe('reading XLSX', () => {
  it('reads what a spreadsheet library writes: strings, numbers, dates, percent, formulas', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('成绩');
    sheet.addRow(['编号', '数', '日期', '月', '出勤', '公式', '错误', '富文本']);
    sheet.addRow([
      '500112199001011234',
      85.300000000000011,
      new Date(Date.UTC(2026, 5, 30)),
      new Date(Date.UTC(2026, 5, 1)),
      0.925,
      { formula: 'B2*2', result: 170.6 },
      { error: '#N/A' },
      { richText: [{ text: '张' }, { text: '三', font: { bold: true } }] },
    ]);
    sheet.getCell('C2').numFmt = 'yyyy-mm-dd';
    sheet.getCell('D2').numFmt = 'yyyy"年"m"月"';
    sheet.getCell('E2').numFmt = '0.0%';
    sheet.addRow([]);
    sheet.addRow(['x']);
    book.addWorksheet('说明').addRow(['readme']);
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    const rows = await read(bytes);
    expect(rows.map((row) => row.rowNumber)).toEqual([1, 2, 4]);
    expect(rows[1]!.cells).toEqual([
      '500112199001011234',
      { kind: 'number', text: '85.3' },
      { kind: 'date', text: '2026-06-30' },
      { kind: 'date', text: '2026-06' },
      { kind: 'number', text: '92.5%' },
      { kind: 'formula', text: '170.6' },
      { kind: 'error', text: '#N/A' },
      '张三',
    ]);
    const file = await openFile(bufferSource(bytes));
    expect([file.sheet, file.otherSheets]).toEqual(['成绩', ['说明']]);
    file.close();
  });

  it('takes the first sheet that can be seen', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('codes', { state: 'hidden' }).addRow(['x']);
    book.addWorksheet('数据').addRow(['y']);
    const file = await openFile(bufferSource(Buffer.from(await book.xlsx.writeBuffer())));
    expect(file.sheet).toBe('数据');
    file.close();
  });

  it('shows that an identity number typed as a number has lost digits', async () => {
    const rows = await read(
      await workbook(
        '<row r="1"><c r="A1"><v>5.00112199001011E+17</v></c><c r="B1"><v>500112199001011000</v></c><c r="C1"><v>123456789012</v></c></row>',
      ),
    );
    expect(rows[0]!.cells).toEqual([
      { kind: 'number', text: '5.00112199001011E+17' },
      { kind: 'number', text: '500112199001011000' },
      { kind: 'number', text: '123456789012' },
    ]);
  });

  it('reads inline strings, places without names, prefixes and escapes', async () => {
    const bytes = await workbook(
      '<x:row xmlns:x="y"><c t="inlineStr"><is><t>a</t><rPh><t>kana</t></rPh></is></c><c t="str"><v>b_x000D_</v></c><c/><c t="b"><v>1</v></c></x:row>',
    );
    expect((await read(bytes))[0]!.cells).toEqual(['a', 'b\r', '', 'TRUE']);
  });

  it('walks over a million empty rows and styled cells without content', async () => {
    const empty = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}" s="0"/></row>`,
    );
    const bytes = await workbook(
      `${empty.join('')}<row r="1048576"><c t="str"><v>last</v></c></row>`,
    );
    expect((await read(bytes)).map((row) => row.rowNumber)).toEqual([1_048_576]);
  });

  it('is read back exactly after writing', async () => {
    const texts = [
      '=1+1',
      '@x',
      ' spaced ',
      'a_x000D_b',
      '<&>"',
      '\u0001',
      '500112199001011234',
      '𬱖',
    ];
    const rows = (async function* () {
      yield texts.map((text) => ({ text }));
      yield [{ text: '' }, { text: 'marked', isMarked: true }];
    })();
    const bytes = await collect(
      writeXlsx({ name: 'a/b', headers: texts.map((_, i) => `h${i}`), rows }),
    );
    const back = await read(bytes);
    expect(back[1]!.cells).toEqual(texts);
    // An independent reader agrees, and sees text in every cell.
    const book = new ExcelJS.Workbook();
    const stream = new PassThrough();
    stream.end(bytes);
    await book.xlsx.read(stream);
    const cell = book.worksheets[0]!.getCell('A2');
    expect([cell.value, cell.type, cell.numFmt]).toEqual(['=1+1', ExcelJS.ValueType.String, '@']);
    expect(book.worksheets[0]!.getCell('B3').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
  });

  it('stops working when its reader goes away', async () => {
    let made = 0;
    const rows = (async function* () {
      for (;;) {
        made += 1;
        yield [{ text: String(Math.random()) }];
      }
    })();
    const file = writeXlsx({ name: 'x', headers: ['h'], rows });
    for (let i = 0; i < 20; i += 1) await file.next();
    await file.return(undefined);
    const before = made;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made - before).toBeLessThan(5_000);
  });
});

describe('refusing hostile workbooks', () => {
  it('refuses a bomb by what it claims, before unpacking', async () => {
    const zeros = (function* () {
      for (let i = 0; i < 300; i += 1) yield Buffer.alloc(1024 * 1024, 0x20);
    })();
    const bytes = await workbook('', [{ name: 'xl/sharedStrings.xml', content: zeros }]);
    expect(bytes.length).toBeLessThan(400_000);
    const before = process.memoryUsage().rss;
    expect(await codeOf(read(bytes))).toBe('file-too-complex');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('refuses a part that holds more than it claims', async () => {
    const bytes = await workbook(`<row><c t="str"><v>${'x'.repeat(200_000)}</v></c></row>`);
    // The claimed size stands 24 bytes into the part's entry of the central directory.
    const name = Buffer.from('xl/worksheets/s.xml');
    const at = bytes.lastIndexOf(name) - 46 + 24;
    bytes.writeUInt32LE(1000, at);
    expect(await codeOf(read(bytes))).toBe('file-damaged');
  });

  it('refuses a gigabyte in one cell after one megabyte of it', async () => {
    const noise = Buffer.alloc(3_000_000);
    for (let i = 0; i < noise.length; i += 1) noise[i] = 97 + ((i * i) % 26);
    const bytes = await workbook(`<row><c t="str"><v>${noise.toString()}</v></c></row>`);
    expect(await codeOf(read(bytes))).toBe('file-too-complex');
  });

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', 'file-has-doctype'],
    ['an entity without declaration', '<worksheet>&lol;</worksheet>', 'file-damaged'],
    ['nesting without end', '<a>'.repeat(1000), 'file-damaged'],
    ['tags that do not match', '<a><b></a></b>', 'file-damaged'],
    ['bytes that are not UTF-8', Buffer.from('<a>\xff\xfe</a>', 'latin1'), 'file-damaged'],
    ['rows out of order', '<s><row r="5"/><row r="3"/></s>', 'file-damaged'],
    ['a string that does not exist', '<s><row><c t="s"><v>7</v></c></row></s>', 'file-damaged'],
    [
      'a filled cell in column XFD',
      '<s><row><c r="XFD1"><v>7</v></c></row></s>',
      'too-many-columns',
    ],
  ])('refuses %s', async (_, content, code) => {
    const parts: ZipPart[] = [
      {
        name: 'xl/workbook.xml',
        content: ['<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'],
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: ['<r><Relationship Id="r1" Target="/xl/worksheets/s.xml"/></r>'],
      },
      { name: 'xl/worksheets/s.xml', content: [content] },
    ];
    expect(await codeOf(read(await collect(writeZip(parts))))).toBe(code);
  });

  it('refuses truncated and scrambled files at every place', async () => {
    const bytes = await workbook('<row><c t="str"><v>hello</v></c></row>');
    for (const length of [10, 100, bytes.length - 1, bytes.length - 22, bytes.length - 60]) {
      expect(await codeOf(read(bytes.subarray(0, length)))).toBe('file-damaged');
    }
    let readable = 0;
    for (let at = 4; at < bytes.length; at += 3) {
      const scrambled = Buffer.from(bytes);
      scrambled[at] = scrambled[at]! ^ 0x55;
      const code = await codeOf(read(scrambled));
      if (code === '[object Object]' || code.startsWith('[object')) readable += 1;
      else expect(code).toMatch(/^(file-|too-many)/);
    }
    // Some bytes carry nothing (times, versions); most are noticed.
    expect(readable).toBeLessThan(bytes.length / 6);
  });

  it('refuses macros, other zip files and two parts of one name', async () => {
    const macro = await workbook('', [{ name: 'xl/vbaProject.bin', content: ['x'] }]);
    expect(await codeOf(read(macro))).toBe('file-has-macros');
    const other = await collect(writeZip([{ name: 'word/document.xml', content: ['x'] }]));
    expect(await codeOf(read(other))).toBe('file-not-supported');
    const twice = await workbook('', [{ name: 'xl/workbook.xml', content: ['x'] }]);
    expect(await codeOf(read(twice))).toBe('file-damaged');
  });
});
