import { existsSync } from 'node:fs';
import supertest from 'supertest';
import { Client } from 'pg';
import { Erasures } from '../../src/learners/erasure/erasures.js';
import { findServer, withClient } from '../support/database.js';
import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { Importer, TEMPLATE_HEADERS, templateSheet } from '../support/imports.js';
import { person as account } from '../support/people.js';
import { completion } from '../support/world.js';
import { Detector, type Leak, type Planted, planted } from './support/planted.js';
import {
  Console,
  OwnRedis,
  searchDatabase,
  searchFolder,
  searchOpenFiles,
  searchWal,
} from './support/places.js';

const PEOPLE = planted(1_000);
const detector = new Detector(PEOPLE);
const hasRedis = existsSync('/usr/bin/redis-server');

let bank: ConversionWorld;
let redis: OwnRedis | undefined;
let heard: Console;
/** Bodies and headers of everything that was refused. */
const refusals: string[] = [];
const inFlight: Leak[] = [];
let watching: NodeJS.Timeout;

const person = ({ name, number }: Planted): object => ({
  name,
  document: { kind: 'resident-id', number },
});

const WITH_PHONE = `${TEMPLATE_HEADERS},手机`;

function row(
  serial: string,
  { name, number, phone }: Planted,
  over: object = {},
  headers = TEMPLATE_HEADERS,
): string {
  const cells: Record<string, string> = {
    外部编号: serial,
    姓名: name,
    证件类型: '居民身份证',
    证件号码: number,
    成果代码: 'LOG-BASE',
    完成日期: '2026-06-30',
    成绩: '85',
    手机: phone,
    ...over,
  };
  return headers
    .split(',')
    .map((header) => cells[header] ?? '')
    .join(',');
}
const sheet = (rows: string[], headers = TEMPLATE_HEADERS): Buffer =>
  Buffer.from([headers, ...rows].join('\n'));

function note({ status, text, headers }: supertest.Response): number {
  if (status >= 400) refusals.push(JSON.stringify(headers), text);
  return status;
}

async function searchEverywhere(): Promise<Leak[]> {
  const { adminUrl } = await findServer();
  const url = new URL(adminUrl);
  const admin = new Client({ connectionString: url.toString() });
  await admin.connect();
  try {
    return [
      ...(await withClient(bank.config.databaseUrl, (client) => searchDatabase(client, detector))),
      ...(await searchWal(admin, detector)),
      ...(redis?.search(detector) ?? []),
      ...searchFolder(bank.config.dataDir, detector),
      ...detector.search('log', heard.bytes),
      ...detector.search('refusals', Buffer.from(refusals.join('\n'))),
      ...inFlight,
    ];
  } finally {
    await admin.end();
  }
}

beforeAll(async () => {
  redis = hasRedis ? await OwnRedis.start() : undefined;
  heard = new Console();
  bank = await startConversionWorld({ logLevel: 'trace', ...(redis && { redisUrl: redis.url }) });
  watching = setInterval(() => {
    inFlight.push(...searchFolder(bank.config.dataDir, detector));
    inFlight.push(...searchOpenFiles(bank.config.dataDir, detector));
  }, 200);
}, 180_000);
afterAll(async () => {
  clearInterval(watching);
  heard.close();
  await bank?.close();
  redis?.stop();
});

describe('a thousand people', () => {
  it('come by files: good rows, bad rows, rows in the wrong column, a file without a header', async () => {
    const importer = new Importer(bank, bank.school);
    const good = await importer.check(
      sheet(PEOPLE.slice(0, 400).map((one, i) => row(`f-${i}`, one))),
    );
    await importer.commit(good.id);
    const bad = PEOPLE.slice(400, 700).map((one, i) => {
      const { name, number, phone } = one;
      const faults: object[] = [
        { 完成日期: '2026-13-45' },
        { 成绩: phone },
        { 证件号码: `${number}1` },
        { 姓名: `${name}\u200b` },
        { 成果代码: number },
        { 外部编号: number },
        { 备注: `${name} ${phone}` },
        { 完成日期: name },
        { 学分: number },
        { 证件类型: name },
      ];
      return row(`b-${i}`, one, faults[i % faults.length]);
    });
    const stray = PEOPLE.slice(700, 720).map((one, i) => row(`p-${i}`, one, {}, WITH_PHONE));
    const sent = await importer.send(sheet(stray, WITH_PHONE));
    await importer.until(sent.body.id as string, ['checked', 'failed']);
    note(await bank.school.get(`/v1/imports/${sent.body.id}`));
    const faulty = await importer.check(sheet(bad));
    expect(faulty.state).toBe('checked');
    await importer.faults(faulty.id);
    await importer.commit(faulty.id);
    const headless = PEOPLE.slice(700, 720).map((one, i) => row(`h-${i}`, one));
    const { body } = await importer.send(Buffer.from(headless.join('\n')));
    note(await bank.school.get(`/v1/imports/${body.id}`));
    await importer.until(body.id as string, ['checked', 'failed']);
    await importer.check(templateSheet(row('x', PEOPLE[720] as Planted)), { name: 'cut.csv' });
  }, 300_000);

  it('come one by one: good, twice, with another name, in fields where they do not belong', async () => {
    for (const [i, one] of PEOPLE.slice(721, 800).entries()) {
      const body = { ...completion(i), externalId: `j-${i}`, learner: person(one) };
      expect(note(await bank.school.post('/v1/completions', body))).toBe(201);
    }
    for (const [i, one] of PEOPLE.slice(800, 900).entries()) {
      const { name, number, phone } = one;
      const { learner: _, ...rest } = completion(i);
      const wrong: object[] = [
        { ...rest, learner: person(one), phone },
        { ...rest, learner: { ...person(one), phone } },
        { ...rest, learner: person({ ...one, number: `${number}0` }) },
        { ...rest, learner: person({ ...(PEOPLE[721] as Planted), name }) },
        { ...rest, learner: name },
        { ...rest, learner: person(one), outcome: number },
        { ...rest, learner: person(one), externalId: number },
        { ...rest, learner: person(one), externalId: `n-${i}`, note: `${name}，电话 ${phone}` },
        { ...rest, learner: person(one), completedOn: name },
        { ...rest, learner: { name, document: { kind: name, number } } },
      ];
      const status = note(await bank.school.post('/v1/completions', wrong[i % wrong.length]));
      expect([i % wrong.length, status >= 400 && status < 500]).toEqual([i % wrong.length, true]);
    }
  }, 300_000);

  it('are written about, in every text that people may write', async () => {
    const programme = await bank.publish({ rules: [BASE_TO_C1] });
    for (const one of PEOPLE.slice(721, 727)) {
      const words = `${one.name}（${one.number}）电话 ${one.phone}`;
      const found = await bank.school.post('/v1/learners/search', {
        document: { kind: 'resident-id', number: one.number },
      });
      const learnerId = String(found.body.id);
      const learner = await (await account(bank, ['learner'], { learnerId })).signIn();
      await learner.post('/v1/shares', { purpose: words, receiver: one.name }).expect(201);
      const asked = { receiver: 'college', purpose: words, fields: ['name'], days: 3 };
      await learner.post('/v1/consents', asked).expect(201);
      const paper = { ...asked, learner: learnerId, record: words };
      await bank.school.post('/v1/consents', paper).expect(201);

      const applied = await learner.post('/v1/applications', { learner: 'me', programme });
      const path = `/v1/applications/${applied.body.id}`;
      await bank.settled(learner, String(applied.body.id));
      const rejected = { verdict: 'reject', note: words };
      await bank.college.post(`${path}/review`, rejected).expect(200);
      await learner.post(`${path}/appeal`, { reason: words }).expect(202);
      expect((await learner.get(path).expect(200)).text).toContain(words);
      expect((await learner.get('/v1/shares').expect(200)).text).toContain(words);
      expect((await learner.get('/v1/consents').expect(200)).text).toContain(words);

      const [outcome] = (await learner.get('/v1/learners/me/outcomes')).body.items;
      const revocation = `/v1/outcomes/${outcome.id}/revocation`;
      // What would become part of an entry is refused.
      for (const [reason, status] of [
        [`${one.name} 弄错了`, 422],
        [`证件 ${one.number}`, 400],
        [`请电 ${one.phone}`, 400],
      ] as const) {
        expect(note(await bank.school.post(revocation, { reason }))).toBe(status);
      }
    }
  }, 300_000);

  it('are asked for: found, not found, in paths and queries, at sign-in, in bodies that break', async () => {
    const { http, school } = bank;
    for (const one of PEOPLE.slice(900, 1_000)) {
      const { name, number, phone } = one;
      note(await school.post('/v1/learners/search', person(one)));
      note(await school.get(`/v1/learners/${encodeURIComponent(name)}`));
      note(await school.get(`/v1/learners/${number}/balance?asOf=${phone}`));
      note(await school.get(`/v1/outcomes/${number}?after=${encodeURIComponent(name)}`));
      note(await http.post('/v1/session').send({ name: number, password: phone }));
      note(await http.post('/v1/session').send({ name, password: name }));
      note(await http.get(`/verify/${number}`));
      note(
        await http
          .post('/v1/completions')
          .set('authorization', `Bearer ${school.key}`)
          .set('content-type', 'application/json')
          .send(`{"learner":{"name":"${name}","document":"${number}`),
      );
    }
  }, 300_000);

  it('are nowhere in plain text: database, write-ahead log, Redis, log, refusals, files', async () => {
    expect(heard.bytes.length).toBeGreaterThan(10_000);
    expect(refusals.length).toBeGreaterThan(500);
    const leaks = await searchEverywhere();
    expect(tally(leaks)).toEqual({});
  }, 300_000);
});

/** How many leaks there are in each place, with one as an example. */
function tally(leaks: readonly Leak[]): Record<string, string> {
  const counts = new Map<string, Leak[]>();
  for (const leak of leaks) counts.set(leak.where, [...(counts.get(leak.where) ?? []), leak]);
  return Object.fromEntries(
    [...counts].map(([where, found]) => [where, `${found.length}, for example ${found[0]?.text}`]),
  );
}

describe('after an erasure', () => {
  it('even the keys bring nobody back', async () => {
    const [one] = PEOPLE as [Planted];
    const found = await bank.school
      .post('/v1/learners/search', { document: { kind: 'resident-id', number: one.number } })
      .expect(200);
    const id = String(found.body.id);
    await bank.authority.post(`/v1/learners/${id}/erasure`, { ground: 'request' }).expect(202);
    await withClient(bank.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
      await client.query('UPDATE erasure_event SET due_at = now() WHERE due_at IS NOT NULL');
    });
    expect(await bank.app.get(Erasures).shredDue(10)).toBe(1);
    const { document } = person(one) as { document: object };
    await bank.school.post('/v1/learners/search', { document }).expect(404);
    // The file that brought the person is gone with all its pieces; so is every other of the school.
    const [left] = await withClient(bank.config.databaseUrl, async (client) => {
      const sql = `SELECT count(*)::int AS pieces,
          count(*) FILTER (WHERE octet_length(f.wrapped_key) > 0)::int AS keys
        FROM import_file f LEFT JOIN import_chunk c ON c.import_id = f.id WHERE c.import_id IS NOT NULL`;
      return (await client.query<{ pieces: number; keys: number }>(sql)).rows;
    });
    expect(left).toEqual({ pieces: 0, keys: 0 });
    const { body } = await bank.school.get('/v1/imports').expect(200);
    const [file] = body.items as { id: string }[];
    await bank.school.get(`/v1/imports/${file?.id}/corrections.xlsx`).expect(410);
  });
});

describe('the search', () => {
  const [one] = PEOPLE as [Planted];

  it.each([
    ['plain', one.name],
    ['hex', Buffer.from(one.name).toString('hex')],
    ['base64', Buffer.from(`{"a":"${one.name}"}`).toString('base64')],
    ['base64 of a number', Buffer.from(`id=${one.number};`).toString('base64')],
    [
      'JSON escapes',
      JSON.stringify(one.name).replace(
        /[^ -~]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    ],
    ['a phone', `tel:${one.phone}`],
    ['a path', encodeURIComponent(one.name)],
  ])('finds a text in %s', (_, text) => {
    expect(detector.search('here', Buffer.from(`… ${text} …`)).length).toBeGreaterThan(0);
  });

  it('finds one in each place where one is planted', async () => {
    await withClient(bank.config.databaseUrl, (client) =>
      client.query(
        `INSERT INTO task (id, kind, payload) VALUES (gen_random_uuid(), 'nobody.does', $1)`,
        [JSON.stringify({ name: one.name })],
      ),
    );
    process.stderr.write(`body: ${one.number}\n`);
    refusals.push(one.name);
    const found = new Set(
      (await searchEverywhere()).map(({ where }) => where.replace(/\/.*\//, '')),
    );
    expect([...found]).toEqual(expect.arrayContaining(['table task', 'log', 'refusals']));
    expect([...found].some((where) => /^[0-9A-F]{24}$/.test(where))).toBe(true);
  }, 180_000);
});
