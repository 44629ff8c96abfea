import * as fc from 'fast-check';
import type { JsonRecord } from '#libs/exchange';
import { Refusal } from '../../platform/http/refusal.js';
import { type ByteSource, bufferSource } from './byte-source.js';
import { openFile } from './open-file.js';

async function readSource(source: ByteSource): Promise<unknown[]> {
  const file = await openFile(source);
  expect(file.kind).toBe('records');
  const records: JsonRecord[] = [];
  for await (const record of file.rows()) records.push(record as JsonRecord);
  expect(records.map((record) => record.rowNumber)).toEqual(records.map((_, i) => i + 1));
  return records.map((record) => record.value);
}

const read = (text: string) => readSource(bufferSource(Buffer.from(text)));

function inPieces(text: string, size: number): ByteSource {
  const bytes = Buffer.from(text);
  return {
    byteLength: bytes.length,
    async *read(start, end) {
      for (let at = start; at < end; at += size) yield bytes.subarray(at, Math.min(at + size, end));
    },
  };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((e: unknown) => e);
  return error instanceof Refusal ? error.problem.code : String(error);
}

describe('reading JSON', () => {
  const records = [{ a: '}]"\\', b: [1, { c: '{"' }] }, { 名: '张三\u2028' }, {}];

  it.each([
    ['one object', JSON.stringify(records[0]), 1],
    ['one object over many lines', JSON.stringify(records[0], null, 2), 1],
    ['an array', JSON.stringify(records), 3],
    ['an array over many lines', `\ufeff${JSON.stringify(records, null, 2)}\n`, 3],
    ['one object a line', records.map((r) => JSON.stringify(r)).join('\n'), 3],
    ['one object a line, CRLF', records.map((r) => JSON.stringify(r)).join('\r\n'), 3],
  ])('reads %s', async (_, text, count) => {
    expect(await read(text)).toEqual(records.slice(0, count));
  });

  it('reads the same in pieces of any size', async () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (values, size, asLines) => {
          const expected: unknown = JSON.parse(JSON.stringify(values));
          const text = asLines
            ? values.map((v) => JSON.stringify(v)).join('\n')
            : JSON.stringify(values);
          expect(await readSource(inPieces(text, size))).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a cut array', '[{"a":1},', 'file-damaged'],
    ['a cut object', '{"a":{"b":1}', 'file-damaged'],
    ['a cut string', '[{"a":"b', 'file-damaged'],
    ['numbers in an array', '[1,2]', 'json-malformed'],
    ['bad grammar inside', '[{"a":1},{a:2}]', 'json-malformed'],
    ['something after the array', '[{}] {}', 'json-malformed'],
    ['nesting without end', `{"a":${'['.repeat(500)}`, 'json-malformed'],
    ['a string without end', `{"a":"${'x'.repeat(9_000_000)}`, 'record-too-large'],
  ])('refuses %s', async (_, text, code) => {
    expect(await codeOf(read(text))).toBe(code);
  });

  it('refuses another encoding', async () => {
    const source = bufferSource(Buffer.from('{"a":"caf\u00e9"}', 'latin1'));
    expect(await codeOf(readSource(source))).toBe('encoding-undecidable');
  });
});
