import { setTimeout as sleep } from 'node:timers/promises';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { type Browser, type Person, person } from '../support/people.js';
import { type World, startWorld } from '../support/world.js';

const ABSENT = '00000000-0000-7000-8000-000000000000';

let world: World;
let path: string;
let clerk: Person;
let browser: Browser;
let operator: Browser;

beforeAll(async () => {
  world = await startWorld();
  const { id: institutionId } = world.school.institution;
  path = `/v1/institutions/${institutionId}/keys`;
  clerk = await person(world, ['registrar'], { institutionId });
  browser = await clerk.signIn();
  operator = await (await person(world, ['operator'])).signIn();
});
afterAll(() => world?.close());

const WANTED = {
  label: '教务系统',
  roles: ['registrar'],
  scopes: ['imports:read', 'outcomes:write', 'history:read'],
};
const refusal = (answer: { status: number; body: { code: string } }) => [
  answer.status,
  answer.body.code,
];
const issue = async (over: object = {}, by = browser) =>
  (await by.post(path, { ...WANTED, ...over }).expect(201)).body as {
    id: string;
    key: string;
    clientId: string;
  };
const withKey = (key: string, url: string, http = world.http) =>
  http.get(url).set('authorization', `Bearer ${key}`);
const listed = async (id: string) => {
  const { body } = await browser.get(`${path}?limit=100`).expect(200);
  return (body.items as { id: string }[]).find((item) => item.id === id);
};
const sql = <T>(text: string, values: unknown[] = []): Promise<T> =>
  world.database.read((tx) => tx.query<T>(text, values));

describe('a key that a person makes', () => {
  it('is shown once, and listed without its secret', async () => {
    const { id, key, clientId } = await issue({ addresses: ['10.1.2.3/16'] });
    expect(key).toMatch(/^cb_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}$/);
    expect(clientId).toBe(key.slice(0, 11));
    expect(await listed(id)).toMatchObject({
      clientId,
      ...WANTED,
      signsIn: 'secret',
      addresses: ['10.1.0.0/16'],
      createdBy: clerk.id,
      lastUsedAt: null,
      revokedAt: null,
      replacedBy: null,
    });
    const list = await browser.get(path).expect(200);
    expect(JSON.stringify(list.body)).not.toContain(key.slice(12));
    const first = await browser.get(`${path}?limit=1`).expect(200);
    const rest = await browser.get(`${path}?limit=100&after=${first.body.next}`).expect(200);
    expect(rest.body.items).toHaveLength(list.body.items.length - 1);
  });

  it('does what its scopes and its roles allow together', async () => {
    const { key } = await issue();
    await withKey(key, '/v1/imports').expect(200);
    await withKey(key, '/v1/session').expect(200);
    await withKey(key, '/v1/catalogue').expect(200);
    const scope = await withKey(key, `/v1/learners/${ABSENT}`);
    expect(refusal(scope)).toEqual([403, 'scope-missing']);
    expect(scope.body.detail).toContain('learners:read');
    const write = await world.http.post('/v1/imports').set('authorization', `Bearer ${key}`);
    expect(refusal(write)).toEqual([403, 'scope-missing']);
    const role = await withKey(key, '/v1/tasks');
    expect(refusal(role)).toEqual([403, 'not-allowed']);
  });

  it('opens nothing that is for people: no key makes a key or changes an account', async () => {
    const { key } = await issue();
    for (const url of [path, '/v1/account', '/v1/sessions']) {
      expect(refusal(await withKey(key, url))).toEqual([403, 'people-only']);
    }
    const more = await world.http
      .post(path)
      .set('authorization', `Bearer ${key}`)
      .send({ ...WANTED });
    expect(refusal(more)).toEqual([403, 'people-only']);
  });

  it('works from the addresses on its list only', async () => {
    const { key } = await issue({ addresses: ['203.0.113.0/24', '2001:db8::/32'] });
    expect(refusal(await withKey(key, '/v1/imports'))).toEqual([403, 'address-not-allowed']);
    const wrong = `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`;
    expect(refusal(await withKey(wrong, '/v1/imports'))).toEqual([401, 'not-signed-in']);
    const near = await issue({ addresses: ['203.0.113.0/24', '127.0.0.0/8'] });
    await withKey(near.key, '/v1/imports').expect(200);
  });

  it('ends with the moment that was asked for', async () => {
    const end = Date.now() + 3_600_000;
    const { key } = await issue({ expiresAt: new Date(end).toISOString() });
    // Remembered a moment before its end, so that the end is not asked of the database.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(end - 1);
    await withKey(key, '/v1/imports').expect(200);
    clock.mockReturnValue(end);
    await withKey(key, '/v1/imports').expect(401);
    clock.mockRestore();
  });

  it('is written to the history with its maker, and no secret', async () => {
    const { id, key } = await issue();
    await browser.delete(`${path}/${id}`).expect(204);
    const history = await browser.get(`/v1/administrative-events?subject=${id}`).expect(200);
    expect(history.body.items).toMatchObject([
      {
        action: 'revoked',
        actor: clerk.id,
        before: { revokedAt: null },
        after: { revokedAt: expect.any(String) },
      },
      { action: 'issued', actor: clerk.id, before: null, after: { ...WANTED, signsIn: 'secret' } },
    ]);
    expect(JSON.stringify(history.body)).not.toContain(key.slice(12));
  });

  it.each([
    [{ roles: ['issuer'] }, 403, 'key-roles'],
    [{ roles: ['registrar', 'operator'] }, 403, 'key-roles'],
    [{ roles: ['learner'] }, 400, 'invalid-fields'],
    [{ roles: [] }, 400, 'invalid-fields'],
    [{ scopes: [] }, 400, 'invalid-fields'],
    [{ scopes: ['imports'] }, 400, 'invalid-fields'],
    [{ scopes: ['imports:read', 'imports:read'] }, 400, 'invalid-fields'],
    [{ scopes: undefined }, 400, 'invalid-fields'],
    [{ label: 'a\u202eb' }, 400, 'invalid-fields'],
    [{ addresses: ['10.1'] }, 400, 'invalid-fields'],
    [{ addresses: [] }, 400, 'invalid-fields'],
    [{ addresses: Array.from({ length: 51 }, () => '10.0.0.1') }, 400, 'invalid-fields'],
    [{ expiresAt: 'soon' }, 400, 'invalid-fields'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 422, 'key-expiry'],
    [{ expiresAt: '2099-01-01T00:00:00Z' }, 422, 'key-expiry'],
    [{ publicKey: { kty: 'RSA', n: 'x', e: 'AQAB' } }, 400, 'invalid-fields'],
    [{ publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'short' } }, 400, 'invalid-fields'],
    [{ secret: 'x' }, 400, 'invalid-fields'],
  ])('is not made with %j', async (over, status, code) => {
    const answer = await browser.post(path, { ...WANTED, ...over });
    expect(refusal(answer)).toEqual([status, code]);
  });
});

describe('keys of another institution', () => {
  it('are not there: not to make, list, replace or end', async () => {
    const stranger = await person(world, ['registrar'], {
      institutionId: world.otherSchool.institution.id,
    });
    const other = await stranger.signIn();
    const { id, key } = await issue();
    const own = `/v1/institutions/${world.otherSchool.institution.id}/keys`;
    const nowhere = `/v1/institutions/${ABSENT}/keys`;
    const attempts = [path, nowhere].flatMap((at) => [
      other.post(at, WANTED),
      other.get(at),
      other.post(`${at}/${id}/rotation`, {}),
      other.delete(`${at}/${id}`),
    ]);
    attempts.push(other.post(`${own}/${id}/rotation`, {}), other.delete(`${own}/${id}`));
    const bodies = new Set<string>();
    for (const attempt of attempts) {
      const { status, body } = await attempt;
      bodies.add(JSON.stringify([status, body.code, body.title, body.detail]));
    }
    expect([...bodies]).toHaveLength(1);
    expect([...bodies][0]).toContain('[404,"not-found"');
    await withKey(key, '/v1/imports').expect(200);
  });

  it('are the operator’s work too, also where nobody is yet', async () => {
    const issued = await issue({ roles: ['issuer'] }, operator);
    await operator.delete(`${path}/${issued.id}`).expect(204);
    const nowhere = await operator.post(`/v1/institutions/${ABSENT}/keys`, WANTED);
    expect(refusal(nowhere)).toEqual([404, 'not-found']);
  });

  it('are not a learner’s', async () => {
    const learner = await person(world, ['learner'], { learnerId: ABSENT });
    const answer = await (await learner.signIn()).get(path);
    expect(refusal(answer)).toEqual([403, 'not-allowed']);
  });
});

describe('a rotation', () => {
  it('gives a key that may do the same, and lets the old one run on', async () => {
    const old = await issue({ addresses: ['127.0.0.0/8'] });
    const rotated = await browser.post(`${path}/${old.id}/rotation`, { overlapHours: 2 });
    expect(rotated.status).toBe(201);
    const hours = (Date.parse(rotated.body.oldExpiresAt as string) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThanOrEqual(2);
    for (const key of [old.key, rotated.body.key as string]) {
      await withKey(key, '/v1/imports').expect(200);
    }
    expect(await listed(rotated.body.id as string)).toMatchObject({
      ...WANTED,
      addresses: ['127.0.0.0/8'],
    });
    expect(await listed(old.id)).toMatchObject({ replacedBy: rotated.body.id });
    await sql(`UPDATE api_key SET expires_at = now() WHERE id = $1`, [old.id]);
    await sleep(2_100);
    await withKey(old.key, '/v1/imports').expect(401);
    await withKey(rotated.body.key as string, '/v1/imports').expect(200);
    const history = await browser.get(`/v1/administrative-events?subject=${old.id}`);
    expect(history.body.items[0]).toMatchObject({
      action: 'rotated',
      after: { replacedBy: rotated.body.id },
    });
  });

  it('without overlap ends the old key at once', async () => {
    const old = await issue();
    await browser.post(`${path}/${old.id}/rotation`, { overlapHours: 0 }).expect(201);
    await withKey(old.key, '/v1/imports').expect(401);
    const again = await browser.post(`${path}/${old.id}/rotation`, {});
    expect(refusal(again)).toEqual([404, 'not-found']);
  });

  it('does not hand on roles that the person has not', async () => {
    const foreign = await issue({ roles: ['issuer'] }, operator);
    const answer = await browser.post(`${path}/${foreign.id}/rotation`, {});
    expect(refusal(answer)).toEqual([403, 'key-roles']);
  });

  it.each([-1, 169, 1.5, '2'])('refuses an overlap of %j hours', async (overlapHours) => {
    const { id } = await issue();
    await browser.post(`${path}/${id}/rotation`, { overlapHours }).expect(400);
  });
});

describe('a revoked key', () => {
  it('dies in under five seconds in every process', async () => {
    const { masterKey, indexKey } = world.config;
    const second = await createApplication({ ...world.config, masterKey, indexKey });
    try {
      const there = supertest(second.getHttpServer());
      const { id, key } = await issue();
      await withKey(key, '/v1/imports').expect(200);
      await withKey(key, '/v1/imports', there).expect(200);
      await browser.delete(`${path}/${id}`).expect(204);
      await withKey(key, '/v1/imports').expect(401);
      // What a process remembers of a key is two seconds old at most.
      await sleep(2_100);
      await withKey(key, '/v1/imports', there).expect(401);
    } finally {
      await second.close();
    }
  });

  it('is not revoked twice, and stays in the list', async () => {
    const { id } = await issue();
    await browser.delete(`${path}/${id}`).expect(204);
    expect(refusal(await browser.delete(`${path}/${id}`))).toEqual([404, 'not-found']);
    expect(await listed(id)).toMatchObject({ revokedAt: expect.any(String) });
  });
});

it('a key is made only within a quarter of an hour of signing in', async () => {
  const late = await clerk.signIn();
  await sql(
    `UPDATE session SET created_at = now() - interval '16 minutes'
      WHERE account_id = $1 AND created_at = (SELECT max(created_at) FROM session WHERE account_id = $1)`,
    [clerk.id],
  );
  expect(refusal(await late.post(path, WANTED))).toEqual([403, 'sign-in-again']);
  await late.get(path).expect(200);
});
