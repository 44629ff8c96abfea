import ExcelJS from 'exceljs';
import { parseVerifierKey } from '#libs/merkle';
import { verifyOffline } from '#libs/offline';
import { bytesOf } from '../support/downloads.js';
import { itPaper, readPaper } from '../support/papers.js';
import { post, publish, startReportWorld, training } from '../support/reports.js';
import { type World, residentId } from '../support/world.js';

const JSON_TYPE = 'application/json; charset=utf-8';
let world: World;

beforeAll(async () => {
  world = await startReportWorld();
  const { authority } = world;
  const stated = { institution: 'school', code: 'teachers', on: '2026-11-01', source: '报表' };
  await authority.post('/v1/conditions/inputs', { ...stated, value: '61' }).expect(201);
  const standard = { institution: 'school', standard: 'secondary-general', from: '2026-01-01' };
  await authority.post('/v1/conditions/assignments', standard).expect(201);
  for (let report = 0; report < 3; report += 1) {
    await training(world);
    await publish(world);
  }
}, 60_000);
afterAll(() => world?.close());

async function download(path: string): Promise<Buffer> {
  const { body } = await world.http.get(path).buffer(true).parse(bytesOf).expect(200);
  return body as Buffer;
}

describe('the file of a report', () => {
  const newest = async () => (await world.http.get('/v1/reports').expect(200)).body.items[0];

  /** As `creditbank verify` does it, with the bank's key and the publisher's document. */
  async function verifier() {
    const [{ publisher }, key] = [
      await newest(),
      (await world.http.get('/v1/log/key').expect(200)).body,
    ];
    const code = publisher.did.split(':').at(-1) as string;
    const path = `/institutions/${code}`;
    const { text } = await world.http.get(`${path}/did.json`).expect(200);
    const logKey = parseVerifierKey(key.key as string)!;
    const known = {
      trust: { logs: [{ key: logKey, because: 'test' }], witnesses: [] },
      issuers: new Map([[publisher.did as string, JSON.parse(text)]]),
      lists: new Map(),
    };
    const at = { now: new Date(), today: '2026-11-27' };
    return {
      check: (bytes: Buffer) => verifyOffline(bytes, known, at),
      without: (bytes: Buffer) => verifyOffline(bytes, { ...known, issuers: new Map() }, at),
    };
  }

  it('holds offline and at the bank, and is open for who does not know the publisher', async () => {
    const { id } = await newest();
    const answer = await world.http.get(`/v1/reports/${id}.json`).expect(200);
    expect(answer.headers['content-type']).toBe(JSON_TYPE);
    const bytes = Buffer.from(answer.text);
    const { check, without } = await verifier();
    const report = await check(bytes);
    expect(report.lines.map(({ check: name, verdict }) => [name, verdict])).toEqual([
      ['key', 'holds'],
      ['checkpoint', 'holds'],
      ['log', 'holds'],
      ['signature', 'holds'],
    ]);
    expect(report.verdict).toBe('holds');
    expect((await without(bytes)).verdict).toBe('open');
    const { body } = await world.http.post('/v1/reports/checks').send(answer.body).expect(200);
    expect(body.verdict).toBe('holds');
    const again = await world.http.get(`/v1/reports/${id}.json`).expect(200);
    expect(again.text).toBe(answer.text);
  });

  it('stands in a log that anybody follows from report to report', async () => {
    const { number } = await newest();
    const { text } = await world.http.get('/v1/log/reports/checkpoint').expect(200);
    expect(text).toContain(`bank.example/v1/log/reports\n${number + 1}\n`);
    const path = `/v1/log/reports/proof/consistency?from=1&to=${number + 1}`;
    expect((await world.http.get(path).expect(200)).body.hashes.length).toBeGreaterThan(0);
    await world.http.get('/v1/log/reports/proof/consistency?from=1&to=99').expect(404);
  });

  it('fails when any byte of it is altered', async () => {
    const { id } = await newest();
    const bytes = Buffer.from((await world.http.get(`/v1/reports/${id}.json`)).text);
    const { check } = await verifier();
    // Every byte in turn would take minutes: one of every stretch, the last and all of the frame.
    const step = Math.ceil(bytes.length / 400);
    const frame = bytes.lastIndexOf('"path":');
    const places = [
      ...Array.from({ length: 400 }, (_, at) => at * step),
      ...Array.from({ length: bytes.length - frame }, (_, at) => frame + at),
    ].filter((at) => at < bytes.length);
    for (const at of places) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 0x01;
      expect([at, (await check(altered)).verdict]).toEqual([at, 'fails']);
    }
  });

  it('fails at the bank when a figure is altered, whoever sends it', async () => {
    const { id } = await newest();
    const { body: file } = await world.http.get(`/v1/reports/${id}.json`).expect(200);
    file.report.indicators[0].value = '99';
    const { body } = await world.http.post('/v1/reports/checks').send(file).expect(200);
    expect(body.verdict).toBe('fails');
    const failed = body.lines.filter(({ verdict }: { verdict: string }) => verdict === 'fails');
    expect(failed.map(({ check: name }: { check: string }) => name)).toEqual(['log', 'signature']);
    for (const strange of [{}, { format: 'creditbank-report/v1' }, []]) {
      const answer = await world.http.post('/v1/reports/checks').send(strange);
      expect(answer.body.verdict ?? answer.status).toEqual(
        Array.isArray(strange) ? expect.anything() : 'fails',
      );
    }
  });
});

describe('a report on paper', () => {
  /** In 2022: 12 graduates, 5 of whom went on, which is told to nobody. */
  let id: string;
  beforeAll(async () => {
    for (let i = 0; i < 12; i += 1) {
      const learner = {
        name: '王小明',
        document: { kind: 'resident-id', number: residentId(800 + i) },
      };
      await post(world.school, 'GRAD', { learner, completedOn: '2022-06-30' });
      if (i < 5) await post(world.school, 'ON-MATCHED', { learner, completedOn: '2022-08-01' });
    }
    ({ id } = await publish(world, '2022'));
  });

  itPaper.each([
    ['zh-CN', ['监测报告', '统计口径', '数据时点', '少于 10 人的数不公开', '中职毕业生升学比例']],
    [
      'en',
      [
        'Monitoring report',
        'How to check',
        'Data time',
        'not told',
        'vocational education who go on',
      ],
    ],
  ])(
    'says in %s what was frozen, tagged, and hides small numbers (needs poppler-utils and zbar-tools)',
    async (language, words) => {
      const pdf = await download(`/v1/reports/${id}.pdf?language=${language}`);
      const paper = readPaper(pdf);
      expect(paper.isTagged).toBe(true);
      for (const word of words) expect(flat(paper.text)).toContain(flat(word));
      expect(paper.text).not.toContain('41.66');
      expect([...paper.files.keys()]).toEqual(['report.json']);
      const file = paper.files.get('report.json')!.toString('utf8');
      expect(file).toBe((await world.http.get(`/v1/reports/${id}.json`)).text);
      expect(paper.codes).toEqual([`http://127.0.0.1:3000/report/reports/${id}`]);
      expect(await download(`/v1/reports/${id}.pdf?language=${language}`)).toEqual(pdf);
    },
  );

  it('is a workbook of sheets that other programs read, with small numbers hidden', async () => {
    const book = new ExcelJS.Workbook();
    const bytes = await download(`/v1/reports/${id}.xlsx?language=en`);
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Targets at a glance',
      'The indicators one by one',
      'Part',
      'How it is counted',
      'Figures from outside',
      'School conditions',
      'What the schools stated',
      'Early warnings',
    ]);
    const figures = rowsOf(book, 'The indicators one by one');
    const onward = figures.find(([code]) => code === 'secondary-onward')!;
    expect(onward.slice(2, 6)).toEqual(['not told', '%', 60, 'no figure']);
    const parts = rowsOf(book, 'Part').filter(([title]) => title === onward[1]);
    const partOf = (name: string): unknown => parts.find(([, part]) => part === name)?.[3];
    expect(['Graduates', 'Went on', 'Matched examination (对口)'].map(partOf)).toEqual([
      12,
      'not told',
      'not told',
    ]);
  });

  it('has conditions in both forms', async () => {
    const { body } = await world.http.get('/v1/reports').expect(200);
    const of2026 = body.items.find(
      ({ period }: { period: { id: string } }) => period.id === '2026',
    );
    const book = new ExcelJS.Workbook();
    const bytes = await download(`/v1/reports/${of2026.id}.xlsx?language=zh-CN`);
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    const teachers = rowsOf(book, '学校办学条件').find(([, , , name]) => name === '专任教师数');
    expect(teachers?.slice(4, 9)).toEqual([61, '≥ 60', '人', '达标', '2026-11-01']);
    expect(rowsOf(book, '学校填报数据')).toHaveLength(1);
  });
});

/** Line breaks fall where the paper has no room. */
function flat(text: string): string {
  return text.replace(/\s+/g, '');
}

function rowsOf(book: ExcelJS.Workbook, name: string): unknown[][] {
  const sheet = book.getWorksheet(name);
  const rows: unknown[][] = [];
  sheet?.eachRow((row, at) => {
    if (at > 1) rows.push((row.values as unknown[]).slice(1));
  });
  return rows;
}
