import iconv from 'iconv-lite';
import type { TableRow } from '#libs/exchange';
import { Refusal } from '../../platform/http/refusal.js';
import { bufferSource } from './byte-source.js';
import { openFile } from './open-file.js';

const HEAD = '外部编号,姓名,备注';

async function read(bytes: Buffer | string, options = {}): Promise<TableRow[]> {
  const file = await openFile(bufferSource(Buffer.from(bytes as Buffer)), options);
  expect(file.format).toBe('csv');
  const rows: TableRow[] = [];
  for await (const row of file.rows()) rows.push(row as TableRow);
  return rows;
}

async function refusalOf(work: Promise<unknown>): Promise<[string, unknown]> {
  const error: unknown = await work.catch((e: unknown) => e);
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`);
  return [error.problem.code, error.problem.params];
}

const cellsOf = (rows: TableRow[]) => rows.map((row) => row.cells);

describe('reading CSV', () => {
  it.each([
    ['UTF-8', Buffer.from(`${HEAD}\nA1,𬱖䶮,好\n`), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${HEAD}\nA1,𬱖䶮,好\n`), 'utf-8'],
    ['GB 18030 with four-byte names', iconv.encode(`${HEAD}\nA1,𬱖䶮,好\n`, 'gb18030'), 'gb18030'],
    [
      'UTF-16 as spreadsheet programs call Unicode text',
      iconv.encode(`\ufeff${HEAD.replaceAll(',', '\t')}\nA1\t𬱖䶮\t好\n`, 'utf-16le'),
      'utf-16le',
    ],
  ])('reads %s', async (_, bytes, encoding) => {
    expect((await openFile(bufferSource(bytes))).encoding).toBe(encoding);
    expect(cellsOf(await read(bytes))).toEqual([
      ['外部编号', '姓名', '备注'],
      ['A1', '𬱖䶮', '好'],
    ]);
  });

  it.each([
    [',', 'a,b\n1,2'],
    [';', 'a;b\n1;2'],
    ['tab', 'a\tb\n1\t2'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['a delimiter inside quotes of the head line', '"a";b\n1;2'],
  ])('finds the delimiter: %s', async (_, text) => {
    expect(cellsOf(await read(text))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('numbers rows as a spreadsheet does: empty lines count, lines inside quotes do not', async () => {
    const rows = await read('a,b\n1,"two\nlines"\n\n ,\n5,6\n');
    expect(rows.map((row) => row.rowNumber)).toEqual([1, 2, 5]);
  });

  it('takes a stray quote as text', async () => {
    expect(cellsOf(await read('a,b\n5" pipe,x "y" z\n'))[1]).toEqual(['5" pipe', 'x "y" z']);
  });

  it('keeps short and long rows as they are', async () => {
    expect(cellsOf(await read('a,b\n1\n1,2,3\n')).slice(1)).toEqual([['1'], ['1', '2', '3']]);
  });

  it('reads the same in pieces of any size', async () => {
    const bytes = iconv.encode(`${HEAD}\n${'A1,张三丰,"a\nb"\n'.repeat(40)}`, 'gb18030');
    const whole = await read(bytes);
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = {
        byteLength: bytes.length,
        async *read(start: number, end: number) {
          for (let at = start; at < end; at += size)
            yield bytes.subarray(at, Math.min(at + size, end));
        },
      };
      const rows: TableRow[] = [];
      for await (const row of (await openFile(pieces)).rows()) rows.push(row as TableRow);
      expect(rows).toEqual(whole);
    }
  });

  it('cuts a cell just past the limit, so that it can be refused', async () => {
    const rows = await read(`a,b\n${'x'.repeat(50_000)},1\n`);
    expect((rows[1]!.cells[0] as string).length).toBe(10_001);
  });
});

describe('refusing what cannot be read as CSV', () => {
  it('names the line where UTF-8 turns into something else', async () => {
    const mixed = Buffer.concat([
      Buffer.from(`${HEAD}\nA1,张三,好\n`),
      iconv.encode('A2,李四,好\n', 'gb18030'),
    ]);
    expect(await refusalOf(read(mixed))).toEqual(['encoding-mixed', { line: '3' }]);
  });

  it('does not take Latin-1 for Chinese', async () => {
    const latin = Buffer.from('name,note\nJos\u00e9,caf\u00e9\n', 'latin1');
    expect(await refusalOf(read(latin))).toEqual(['encoding-undecidable', { line: '2' }]);
  });

  it('does not guess when told the encoding', async () => {
    const bytes = iconv.encode(`${HEAD}\nA1,张三,好\n`, 'gb18030');
    expect(await refusalOf(read(bytes, { encoding: 'utf-8' }))).toEqual([
      'encoding-differs',
      { encoding: 'utf-8', line: '1' },
    ]);
    expect(cellsOf(await read(bytes, { encoding: 'gb18030' }))[1]).toEqual(['A1', '张三', '好']);
  });

  it.each([
    ['zero bytes', Buffer.from('a\0,b\0\n'), 'encoding-undecidable'],
    ['an empty file', Buffer.alloc(0), 'file-empty'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'file-not-supported'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'file-not-supported'],
    ['a web page called .xls', Buffer.from('<html><table>'), 'file-not-supported'],
    ['a surrogate half in UTF-8', Buffer.from('61626320eda0800a', 'hex'), 'encoding-undecidable'],
  ])('refuses %s', async (_, bytes, code) => {
    expect((await refusalOf(read(bytes)))[0]).toBe(code);
  });

  it('names the row whose quote is never closed', async () => {
    expect(await refusalOf(read('a,b\n1,2\n3,"open\n4,5\n'))).toEqual([
      'quote-not-closed',
      { line: '3' },
    ]);
  });

  it('hands over the rows before the one that fails', async () => {
    const text = `a,b\n${'1,2\n'.repeat(30_000)}3,"open\n4,5\n`;
    const file = await openFile(bufferSource(Buffer.from(text)));
    let rows = 0;
    const reading = (async () => {
      for await (const _ of file.rows()) rows += 1;
    })();
    expect(await refusalOf(reading)).toEqual(['quote-not-closed', { line: '30002' }]);
    expect(rows).toBe(30_001);
  });

  it('stops at an open quote that swallows megabytes', async () => {
    const text = `a,b\n1,"${'x,y\n'.repeat(2_000_000)}`;
    expect((await refusalOf(read(text)))[0]).toBe('quote-not-closed');
  });

  it('refuses a table that is wider than any sheet', async () => {
    expect((await refusalOf(read(`${'a,'.repeat(1200)}b\n`)))[0]).toBe('too-many-columns');
  });
});
