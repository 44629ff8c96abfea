import { Importer, templateRow as row, templateSheet as sheet } from '../support/imports.js';
import { type World, completion, startWorld } from '../support/world.js';

let world: World;
let school: Importer;

beforeAll(async () => {
  world = await startWorld();
  school = new Importer(world, world.school);
});

afterAll(() => world.close());

/** Checks and commits a file; every row but the last is bad, and only the last is posted. */
async function codesOf(bytes: Buffer, name: string, bad: number): Promise<[number, string][]> {
  const checked = await school.check(bytes, { name });
  expect(checked).toMatchObject({
    state: 'checked',
    problem: null,
    rows: { read: bad + 1, fit: 1, faulty: bad },
  });
  const found = await school.faults(checked.id);
  const committed = await school.commit(checked.id);
  expect(committed.rows).toMatchObject({ posted: 1, faulty: bad, alreadyPosted: 0 });
  expect((await school.faults(checked.id)).map(({ row, code }) => [row, code])).toEqual(
    found.map(({ row, code }) => [row, code]),
  );
  for (const { value } of found) expect((value ?? '').length).toBeLessThanOrEqual(70);
  return found.map(({ row, code }) => [row, code]);
}

it('answers each bad cell of a sheet with its reason, and posts the rest', async () => {
  const long = 'x'.repeat(10_000);
  const cells: [Record<string, string>, string][] = [
    [{ 学分: '0' }, 'amount-out-of-range'],
    [{ 学分: '-1' }, 'value-negative'],
    [{ 学分: '0.0001' }, 'value-too-precise'],
    [{ 学分: '10000.001' }, 'value-out-of-range'],
    [{ 学分: '9'.repeat(400) }, 'value-too-long'],
    [{ 学分: '1e3' }, 'number-malformed'],
    [{ 外部编号: long }, 'value-too-long'],
    [{ 姓名: long }, 'value-too-long'],
    [{ 证件号码: long }, 'value-too-long'],
    [{ 成果代码: long }, 'value-too-long'],
    [{ 备注: `${long}${long}` }, 'value-too-long'],
    [{ 备注: 'a\u0001b' }, 'control-character'],
    [{ 姓名: '张\u200b三' }, 'control-character'],
  ];
  const rows = cells.map(([over], i) => row(i, { 外部编号: `bad-${i}`, ...over }));
  const codes = await codesOf(sheet(...rows, row(50)), 'bad.csv', cells.length);
  expect(codes).toEqual(cells.map(([, code], i) => [i + 2, code]));
});

it('answers what only JSON can carry: NUL, lone surrogates, amounts as numbers', async () => {
  const bodies: [Record<string, unknown>, string][] = [
    [{ note: 'a\u0000b' }, 'control-character'],
    [{ externalId: 'x\ud800' }, 'unpaired-surrogate'],
    [{ grade: '\udc00' }, 'unpaired-surrogate'],
    [{ outcome: 'LOG\u0000BASE' }, 'control-character'],
    [{ credits: 0 }, 'amount-out-of-range'],
    [{ credits: -0.5 }, 'value-negative'],
    [{ credits: 1e30 }, 'number-malformed'],
    [{ hours: 10_001 }, 'value-out-of-range'],
    [{ note: 'y'.repeat(10_000) }, 'value-too-long'],
    [{ note: { a: 1 } }, 'error-cell'],
  ];
  const lines = [...bodies.map(([over]) => over), {}].map((over, i) =>
    JSON.stringify(completion(100 + i, { externalId: `json-${i}`, ...over })),
  );
  const codes = await codesOf(Buffer.from(lines.join('\n')), 'bad.ndjson', bodies.length);
  expect(codes).toEqual(bodies.map(([, code], i) => [i + 1, code]));
});

it('leaves one bad row among thousands behind, alone', async () => {
  const rows = Array.from({ length: 3_500 }, (_, i) =>
    row(i % 28, {
      外部编号: `many-${i}`,
      姓名: `学员${i % 28}`,
      ...(i === 1_777 && { 完成日期: '2026-02-30' }),
    }),
  );
  const checked = await school.check(sheet(...rows));
  expect(checked.rows).toMatchObject({ fit: 3_499, faulty: 1 });
  const committed = await school.commit(checked.id);
  expect(committed.rows).toMatchObject({ posted: 3_499, faulty: 1, alreadyPosted: 0 });
  expect((await school.faults(checked.id)).map(({ row, code }) => [row, code])).toEqual([
    [1_779, 'date-impossible'],
  ]);
});
