import { AccessLogStore } from '../../src/learners/access/access-log.store.js';
import {
  type ConversionWorld,
  type Decided,
  decided,
  startConversionWorld,
} from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import type { Caller } from '../support/world.js';

let world: ConversionWorld;
let admissions: Caller;
let one: Decided;
let id = '';

interface Line {
  seq: number;
  by: string;
  office: { code: string } | null;
  purpose: string;
  fields: string[];
  ground: string;
  reference: string | null;
}

const log = async (): Promise<Line[]> =>
  (await one.learner.get('/v1/learners/me/access-log?limit=100').expect(200)).body.items as Line[];

/** The lines that a request added, once it and what it told later are through. */
async function linesOf(request: () => PromiseLike<unknown>): Promise<Line[]> {
  const before = (await log()).length;
  await request();
  const after = await log();
  return after.slice(0, after.length - before);
}

beforeAll(async () => {
  world = await startConversionWorld();
  admissions = await world.caller('far-college', 'admissions-office', ['admissions']);
  one = await decided(world);
  id = one.learner.id;
});
afterAll(() => world?.close());

describe('every read of a person’s data by somebody else', () => {
  it('is a line: who, which office, why, what, when', async () => {
    const [line, ...others] = await linesOf(() =>
      world.school.get(`/v1/learners/${id}`).expect(200),
    );
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      by: 'key',
      office: { code: 'school', zh: 'school', en: 'school' },
      purpose: 'account',
      fields: ['name', 'documents', 'birth-date'],
      ground: 'roster',
      reference: null,
    });
  });

  it('is not one of the learner’s own', async () => {
    const own = await linesOf(async () => {
      await one.learner.get('/v1/learners/me').expect(200);
      await one.learner.get('/v1/learners/me/balance').expect(200);
      await one.learner.get('/v1/learners/me/export').expect(200);
    });
    expect(own).toEqual([]);
  });

  it('names the share of which somebody held the code', async () => {
    const { body: share } = await one.learner.post('/v1/shares', { purpose: '报考' }).expect(201);
    const lines = await linesOf(() =>
      world.http.post('/v1/verifications').send({ code: share.code }).expect(200),
    );
    expect(lines).toMatchObject([
      { by: 'public', office: null, purpose: 'proof', ground: 'share', reference: share.id },
    ]);
  });

  it('tells the learner as well when somebody asked without a right, and shows nothing', async () => {
    const nobody = '01a2e7c0-5b7e-7123-8000-000000000003';
    const known = await admissions.get(`/v1/learners/${id}`).expect(404);
    const unknown = await admissions.get(`/v1/learners/${nobody}`).expect(404);
    expect(known.body.code).toBe(unknown.body.code);
    for (let look = 0; (await log())[0]?.ground !== 'none' && look < 50; look += 1);
    expect((await log())[0]).toMatchObject({ office: { code: 'far-college' }, ground: 'none' });
  });
});

describe('the corrections of a file', () => {
  it('are a line for each person with an account in the rows, however many rows', async () => {
    const { body: own } = await one.learner.get('/v1/learners/me/export?documents=full');
    const { number } = own.learner.documents[0] as { number: string };
    const bad = (serial: number): string =>
      templateRow(serial, { 证件号码: number, 完成日期: '2026-13-45' });
    const importer = new Importer(world, world.school);
    const file = await importer.check(templateSheet(bad(700), bad(701), templateRow(702)));
    const download = (): PromiseLike<unknown> =>
      world.school.get(`/v1/imports/${file.id}/corrections.xlsx`).expect(200);
    expect(await linesOf(download)).toMatchObject([
      { office: { code: 'school' }, purpose: 'corrections', ground: 'file', reference: file.id },
    ]);
  });
});

describe('the sweep over all routes', () => {
  it('finds a line for each that answers with a person’s data', async () => {
    const outcome = one.application.outcomes[0]?.id ?? '';
    const entry = one.application.entries[0]?.id ?? `${outcome}.0`;
    const { school, college, authority } = world;
    const reads: [string, () => PromiseLike<unknown>][] = [
      ['GET /v1/learners/{id}', () => school.get(`/v1/learners/${id}`).expect(200)],
      ['GET /v1/learners/{id}/balance', () => school.get(`/v1/learners/${id}/balance`).expect(200)],
      [
        'GET /v1/learners/{id}/statement',
        () => school.get(`/v1/learners/${id}/statement`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/outcomes',
        () => school.get(`/v1/learners/${id}/outcomes`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/pathways',
        () => school.get(`/v1/learners/${id}/pathways`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/standings',
        () => school.get(`/v1/learners/${id}/standings`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/export',
        () => authority.get(`/v1/learners/${id}/export`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/representatives',
        () => authority.get(`/v1/learners/${id}/representatives`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/exchange',
        () => school.get(`/v1/learners/${id}/exchange`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/exchange.xlsx',
        () => school.get(`/v1/learners/${id}/exchange.xlsx`).expect(200),
      ],
      [
        'GET /v1/learners/{id}/elmo.xml',
        () => school.get(`/v1/learners/${id}/elmo.xml`).expect(200),
      ],
      ['GET /v1/entries/{id}', () => school.get(`/v1/entries/${entry}`).expect(200)],
      ['GET /v1/applications', () => college.get('/v1/applications').expect(200)],
      ['GET /v1/applications/{id}', () => college.get(one.path).expect(200)],
      [
        'POST /v1/evaluations',
        () =>
          college.post('/v1/evaluations', { learner: id, programme: one.programme }).expect(200),
      ],
      [
        'GET /v1/learners/{id}/goals/{programme}/gap',
        () => school.get(`/v1/learners/${id}/goals/${one.programme}/gap`).expect(200),
      ],
      [
        'POST /v1/outcomes/{id}/revocation',
        () =>
          school
            .post(`/v1/outcomes/${outcome}/revocation?preview=true`, { reason: 'x' })
            .expect(200),
      ],
    ];
    for (const [operation, request] of reads) {
      const lines = await linesOf(request);
      expect([operation, lines.length]).toEqual([operation, 1]);
    }
    await expect(unlisted(reads.map(([operation]) => operation))).resolves.toEqual([]);
  });
});

/**
 * Operations of the API that name a learner, an outcome, an entry or an application, and that the
 * sweep neither reads nor excuses.
 */
async function unlisted(swept: readonly string[]): Promise<string[]> {
  const excused = new Set([
    // About the log and the request themselves; they show readers, not the person.
    'GET /v1/learners/{id}/access-log',
    'GET /v1/learners/{id}/erasure',
    // Proofs of place: a hash, and the same door as the entry.
    'GET /v1/entries/{id}/proof',
    'GET /v1/entries/{id}/receipt',
    // What the statement shows, through the same door; there is none before the first seal.
    'GET /v1/learners/{id}/balance-proof',
    // Made of what GET /v1/applications/{id} shows, through the same door.
    'GET /v1/applications/{id}/decision-letter',
    'GET /v1/applications/{id}/decision-letter.pdf',
  ]);
  const { body } = await world.http.get('/openapi.json').expect(200);
  const paths = body.paths as Record<string, Record<string, unknown>>;
  return Object.entries(paths).flatMap(([path, methods]) => {
    const isPersonal = /^\/v1\/(learners|entries|applications)\/\{/.test(path);
    if (!isPersonal || !('get' in methods)) return [];
    const operation = `GET ${path}`;
    return swept.includes(operation) || excused.has(operation) ? [] : [operation];
  });
}

describe('the chain', () => {
  it('shows a line that was changed or taken out, whoever did it', async () => {
    const store = world.app.get(AccessLogStore);
    const broken = (): Promise<number | null> =>
      world.database.read((tx) => store.findBroken(tx, id));
    expect(await broken()).toBeNull();
    const crime = (sql: string): Promise<unknown> =>
      withClient(world.config.databaseUrl, async (client) => {
        await client.query('ALTER TABLE access_log DISABLE TRIGGER USER');
        await client.query(sql, [id]);
        await client.query('ALTER TABLE access_log ENABLE TRIGGER USER');
      });
    await crime(`UPDATE access_log SET purpose = 'export' WHERE learner_id = $1 AND seq = 3`);
    expect(await broken()).not.toBeNull();
    await crime(`DELETE FROM access_log WHERE learner_id = $1 AND seq = 2`);
    expect(await broken()).toBe(3);
  });

  it('keeps its order whatever races', async () => {
    const other = await world.learner();
    await Promise.all(
      Array.from({ length: 12 }, () => world.school.get(`/v1/learners/${other.id}`).expect(200)),
    );
    const store = world.app.get(AccessLogStore);
    expect(await world.database.read((tx) => store.findBroken(tx, other.id))).toBeNull();
    const { body } = await other.get('/v1/learners/me/access-log?limit=5').expect(200);
    expect(body.items.map(({ seq }: Line) => seq)).toHaveLength(5);
    const next = await other
      .get(`/v1/learners/me/access-log?limit=100&after=${body.next}`)
      .expect(200);
    expect(next.body.items.at(-1).seq).toBe(1);
    expect(next.body.items[0].seq).toBe(body.items.at(-1).seq - 1);
  });

  it('cannot be written to by the service’s own role', async () => {
    await expect(
      world.database.read((tx) => tx.query(`DELETE FROM access_log WHERE learner_id = $1`, [id])),
    ).rejects.toThrow();
  });
});
