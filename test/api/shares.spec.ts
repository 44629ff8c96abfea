import { encodeCursor } from '../../src/platform/http/index.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

const purpose = '报考渝城职业学院';

describe('shares', () => {
  it('gives a code of twelve digits and a link for 30 days', async () => {
    const learner = await world.learner();
    const { body } = await learner.post('/v1/shares', { purpose }).expect(201);
    expect(body).toMatchObject({ purpose, receiver: null, state: 'active', opened: 0 });
    expect(body.code).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(body.url).toBe(`${world.config.publicUrl}/verify/${body.code.replaceAll(' ', '')}`);
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(30 * 86_400_000);
  });

  it('stores no code readable', async () => {
    const learner = await world.learner();
    const { body } = await learner.post('/v1/shares', { purpose }).expect(201);
    const code = body.code.replaceAll(' ', '');
    const rows = await world.database.read((tx) =>
      tx.query<{ text: string }[]>(
        `SELECT s::text || c::text AS text FROM share s JOIN share_code c ON c.share_id = s.id
          WHERE s.id = $1`,
        [body.id],
      ),
    );
    const text = rows[0]?.text ?? '';
    expect(text).toContain('\\x');
    expect(text).not.toContain(code);
    expect(text).not.toContain(Buffer.from(code).toString('hex'));
  });

  it('lists newest first, by pages, with looks counted, and keeps ended ones', async () => {
    const learner = await world.learner();
    const ids: string[] = [];
    let code = '';
    for (let days = 1; days <= 3; days += 1) {
      const { body } = await learner.post('/v1/shares', { purpose, days }).expect(201);
      ids.unshift(body.id);
      code = body.code;
    }
    await world.http.post('/v1/verifications').send({ code }).expect(200);
    await world.http.post('/v1/verifications').send({ code }).expect(200);
    await learner.delete(`/v1/shares/${ids[2]}`).expect(204);
    const first = await learner.get('/v1/shares?limit=2').expect(200);
    const second = await learner.get(`/v1/shares?limit=2&after=${first.body.next}`).expect(200);
    const items = [...first.body.items, ...second.body.items];
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items.map(({ opened }) => opened)).toEqual([2, 0, 0]);
    expect(items.map(({ state }) => state)).toEqual(['active', 'active', 'revoked']);
    expect(items[0].code).toBe(code);
    expect(second.body.next).toBeNull();
    const id = ids[0] ?? '';
    for (const after of ['x', encodeCursor('then', id), encodeCursor('2026-11-23', 'no id')]) {
      await learner.get(`/v1/shares?after=${after}`).expect(400);
    }
  });

  it('belongs to its learner alone', async () => {
    const learner = await world.learner();
    const { body } = await learner.post('/v1/shares', { purpose }).expect(201);
    const other = await world.learner();
    await other.get(`/v1/shares/${body.id}`).expect(404);
    await other.delete(`/v1/shares/${body.id}`).expect(404);
    await learner.delete('/v1/shares/no-id').expect(404);
    await world.school.post('/v1/shares', { purpose }).expect(403);
    await world.http.get('/v1/shares').expect(401);
    expect((await other.get('/v1/shares').expect(200)).body.items).toEqual([]);
    expect((await learner.get(`/v1/shares/${body.id}`).expect(200)).body.state).toBe('active');
  });

  it('can be ended twice', async () => {
    const learner = await world.learner();
    const { body } = await learner.post('/v1/shares', { purpose }).expect(201);
    await learner.delete(`/v1/shares/${body.id}`).expect(204);
    const ended = await learner.get(`/v1/shares/${body.id}`).expect(200);
    await learner.delete(`/v1/shares/${body.id}`).expect(204);
    const again = await learner.get(`/v1/shares/${body.id}`).expect(200);
    expect(again.body.revokedAt).toBe(ended.body.revokedAt);
  });

  it.each([
    [{}, '/purpose'],
    [{ purpose: '' }, '/purpose'],
    [{ purpose: 'x'.repeat(101) }, '/purpose'],
    [{ purpose: 'a\u202eb' }, '/purpose'],
    [{ purpose: 5 }, '/purpose'],
    [{ purpose, days: 0 }, '/days'],
    [{ purpose, days: 181 }, '/days'],
    [{ purpose, days: 1.5 }, '/days'],
    [{ purpose, days: '30' }, '/days'],
    [{ purpose, receiver: '' }, '/receiver'],
    [{ purpose, receiver: 'x'.repeat(101) }, '/receiver'],
    [{ purpose, code: '123456789012' }, '/code'],
  ])('refuses %j at %s', async (body, pointer) => {
    const learner = await world.learner();
    const answer = await learner.post('/v1/shares', body).expect(400);
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it.each([1, 180])('lives %i days', async (days) => {
    const learner = await world.learner();
    const { body } = await learner.post('/v1/shares', { purpose, days }).expect(201);
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(days * 86_400_000);
  });

  it('makes one share of 20 requests with one key, and a conflict of other content', async () => {
    const learner = await world.learner();
    const send = (days: number) =>
      learner.post('/v1/shares', { purpose, days }).set('idempotency-key', 'share-1');
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(30)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const replayed = answers.filter(({ status }) => status === 200);
    expect(replayed).toHaveLength(19);
    for (const { headers } of replayed) expect(headers['idempotent-replayed']).toBe('true');
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
    expect((await send(31).expect(409)).body.code).toBe('idempotency-conflict');
    expect((await learner.get('/v1/shares').expect(200)).body.items).toHaveLength(1);
  });
});
