import {
  type ConversionWorld,
  type LearnerCaller,
  startConversionWorld,
} from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { type Caller, completion } from '../support/world.js';

let world: ConversionWorld;
let admissions: Caller;
let learner: LearnerCaller;

const purpose = '秋季招生';
const grant = (over: object = {}): object => ({
  receiver: 'far-college',
  purpose,
  fields: ['name', 'outcomes'],
  days: 30,
  ...over,
});

async function newLearner(): Promise<{ learner: LearnerCaller; document: object }> {
  const one = await world.learner();
  const rows = await world.database.read((tx) =>
    tx.query<{ external: string }[]>(
      `SELECT external_id AS external FROM learning_outcome
        WHERE learner_id = $1 AND external_id LIKE 'rec-%'`,
      [one.id],
    ),
  );
  const serial = Number(rows[0]?.external.replace('rec-', ''));
  const { document } = completion(serial)['learner'] as { document: object };
  return { learner: one, document };
}

beforeAll(async () => {
  world = await startConversionWorld();
  admissions = await world.caller('far-college', 'admissions-office', ['admissions']);
});
afterAll(() => world?.close());

describe('a consent', () => {
  let document: object;
  beforeEach(async () => {
    ({ learner, document } = await newLearner());
  });

  it('lets its receiver see the named fields, and nothing else', async () => {
    const path = `/v1/learners/${learner.id}`;
    await admissions.get(path).expect(404);
    const { body: given } = await learner.post('/v1/consents', grant()).expect(201);
    expect(given).toMatchObject({
      state: 'active',
      receiver: { code: 'far-college' },
      once: false,
    });
    const shown = await admissions.get(path).expect(200);
    expect(shown.body).toMatchObject({ name: '王小明', identities: [], birthDate: null });
    const found = await admissions.post('/v1/learners/search', { document }).expect(200);
    expect(found.body).toEqual(shown.body);
    expect((await admissions.get(`${path}/outcomes`).expect(200)).body.items).toHaveLength(2);
    await admissions.get(`${path}/balance`).expect(404);
    await world.otherCollege.get(path).expect(404);
    const log = await learner.get('/v1/learners/me/access-log').expect(200);
    expect(log.body.items).toContainEqual(
      expect.objectContaining({ ground: 'consent', reference: given.id, fields: ['outcomes'] }),
    );
  });

  it('answers like nobody before it is given and after it is withdrawn', async () => {
    const unknown = await admissions
      .post('/v1/learners/search', { document: { kind: 'passport', number: 'E99999999' } })
      .expect(404);
    const before = await admissions.post('/v1/learners/search', { document }).expect(404);
    const { body: given } = await learner.post('/v1/consents', grant()).expect(201);
    await admissions.post('/v1/learners/search', { document }).expect(200);
    await learner.delete(`/v1/consents/${given.id}`).expect(204);
    await learner.delete(`/v1/consents/${given.id}`).expect(204);
    const after = await admissions.post('/v1/learners/search', { document }).expect(404);
    const said = ({ body }: { body: Record<string, unknown> }): unknown[] => [
      body['code'],
      body['title'],
      body['detail'],
    ];
    expect(said(before)).toEqual(said(unknown));
    expect(said(after)).toEqual(said(unknown));
    const { body } = await learner.get('/v1/consents').expect(200);
    expect(body.items).toMatchObject([{ id: given.id, state: 'withdrawn' }]);
  });

  it('that is for once is spent by the first of many who look at the same moment', async () => {
    await learner.post('/v1/consents', grant({ once: true })).expect(201);
    const looks = await Promise.all(
      Array.from({ length: 8 }, () => admissions.get(`/v1/learners/${learner.id}`)),
    );
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(looks.filter(({ status }) => status === 404)).toHaveLength(7);
    const { body } = await learner.get('/v1/consents').expect(200);
    expect(body.items[0].state).toBe('spent');
  });

  it('ends on its day', async () => {
    await learner.post('/v1/consents', grant({ days: 1 })).expect(201);
    await admissions.get(`/v1/learners/${learner.id}`).expect(200);
    await withClient(world.config.databaseUrl, (client) =>
      client.query(
        `UPDATE consent SET created_at = created_at - interval '2 days', ends_at = ends_at - interval '2 days'
          WHERE learner_id = $1`,
        [learner.id],
      ),
    );
    await admissions.get(`/v1/learners/${learner.id}`).expect(404);
  });

  it('is taken down by a clerk at a counter, with where the paper is', async () => {
    const over = { learner: learner.id, record: '柜台三 2026-11 第 17 页' };
    await world.otherSchool.post('/v1/consents', grant(over)).expect(404);
    const { body: refused } = await world.school
      .post('/v1/consents', grant({ learner: learner.id }))
      .expect(422);
    expect(refused.code).toBe('consent-record-missing');
    await world.school.post('/v1/consents', grant(over)).expect(201);
    await admissions.get(`/v1/learners/${learner.id}`).expect(200);
    const { body } = await learner.get('/v1/consents').expect(200);
    expect(body.items).toMatchObject([{ record: over.record, state: 'active' }]);
  });

  it('refuses a receiver that is none, and another learner’s consent', async () => {
    const { body } = await learner.post('/v1/consents', grant({ receiver: 'NOBODY' })).expect(422);
    expect(body.code).toBe('consent-receiver-unknown');
    await learner.post('/v1/consents', grant({ fields: ['phone'] })).expect(400);
    await learner.post('/v1/consents', grant({ days: 0 })).expect(400);
    const { body: given } = await learner.post('/v1/consents', grant()).expect(201);
    const other = await world.learner();
    await other.delete(`/v1/consents/${given.id}`).expect(404);
    await admissions.get(`/v1/learners/${learner.id}`).expect(200);
  });

  it('leaves events that nobody rewrites', async () => {
    await learner.post('/v1/consents', grant()).expect(201);
    await expect(
      world.database.read((tx) => tx.query(`UPDATE consent_event SET actor = 'x'`)),
    ).rejects.toThrow();
  });
});
