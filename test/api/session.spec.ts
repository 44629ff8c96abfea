import { Database } from '../../src/platform/database/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { cookieOf, cookiesOf } from '../support/people.js';

const PASSWORD = 'correct horse battery';

describe('signing in', () => {
  let service: TestApp;
  let institutions: Institutions;
  let database: Database;

  beforeAll(async () => {
    service = await startTestApp();
    institutions = service.app.get(Institutions);
    database = service.app.get(Database);
    await database.transaction(async (tx) => {
      const school = await institutions.create(tx, {
        code: 'SCHOOL',
        kind: 'school',
        name: { zh: '学校', en: 'School' },
        region: '重庆市',
      });
      for (const signInName of ['Registrar', 'locked', 'hasty']) {
        await institutions.createAccount(tx, {
          signInName,
          password: PASSWORD,
          displayName: 'Wang',
          roles: ['registrar'],
          institutionId: school.id,
        });
      }
    });
  });
  afterAll(() => service.close());

  const signIn = (name: string, password: string) =>
    service.http.post('/v1/session').send({ name, password });

  it('answers who is signed in and sets a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn('REGISTRAR', PASSWORD).expect(200);
    expect(answer.body.account).toMatchObject({
      name: 'Wang',
      roles: ['registrar'],
      learnerId: null,
    });
    const [cookie = ''] = cookiesOf(answer);
    expect(cookie).toMatch(
      /^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const stored = await database.read((tx) => tx.query('SELECT token_hash FROM session'));
    expect(JSON.stringify(stored)).not.toContain(cookie.slice(8, 51));
    const current = await service.http
      .get('/v1/session')
      .set('cookie', cookieOf(answer))
      .expect(200);
    expect(current.body).toEqual(answer.body);
  });

  it('ends the session on sign-out, for the token too', async () => {
    const cookie = cookieOf(await signIn('registrar', PASSWORD));
    const out = await service.http
      .delete('/v1/session')
      .set('cookie', cookie)
      .set('sec-fetch-site', 'same-origin')
      .expect(204);
    expect(cookiesOf(out)[0]).toMatch(/^session=;/);
    await service.http.get('/v1/session').set('cookie', cookie).expect(401);
  });

  it('ends the session after twelve hours and with the account', async () => {
    const cookie = cookieOf(await signIn('registrar', PASSWORD));
    const set = (sql: string) => database.read((tx) => tx.query(sql));
    await set(`UPDATE account SET disabled_at = now()`);
    await service.http.get('/v1/session').set('cookie', cookie).expect(401);
    expect((await signIn('registrar', PASSWORD)).body.code).toBe('sign-in-failed');
    await set(`UPDATE account SET disabled_at = NULL`);
    await service.http.get('/v1/session').set('cookie', cookie).expect(200);
    await set(`UPDATE session SET expires_at = now()`);
    await service.http.get('/v1/session').set('cookie', cookie).expect(401);
  });

  it('refuses a change that a foreign page made with the cookie', async () => {
    const cookie = cookieOf(await signIn('registrar', PASSWORD));
    const foreign: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await service.http.delete('/v1/session').set('cookie', cookie).set(headers);
      expect([answer.status, answer.body.code]).toEqual([403, 'cross-site-request']);
    }
    await service.http.get('/v1/session').set('cookie', cookie).expect(200);
    await service.http
      .delete('/v1/session')
      .set('cookie', cookie)
      .set('origin', 'http://127.0.0.1:3000')
      .expect(204);
  });

  it('says the same for a wrong password and an unknown name', async () => {
    const wrong = await signIn('registrar', 'wrong password').expect(401);
    const unknown = await signIn('nobody', 'wrong password').expect(401);
    const { requestId: _a, ...first } = wrong.body;
    const { requestId: _b, ...second } = unknown.body;
    expect(first).toEqual(second);
    expect(first.code).toBe('sign-in-failed');
  });

  it.each([
    [{}, '/name'],
    [{ name: 'x', password: 7 }, '/password'],
    [{ name: ['x'], password: 'y' }, '/name'],
    [{ name: 'a\u0000b', password: 'y' }, '/name'],
    [{ name: 'x', password: 'y', admin: true }, '/admin'],
  ])('refuses the shape %j', async (body, pointer) => {
    const answer = await service.http.post('/v1/session').send(body).expect(400);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('refuses a cookie that is no token without asking the database', async () => {
    for (const token of ['', 'x', 'a'.repeat(5000), '%00']) {
      await service.http.get('/v1/session').set('cookie', `session=${token}`).expect(401);
    }
  });
});

describe('guessing passwords', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
    await service.app.get(Database).transaction(async (tx) => {
      const institutions = service.app.get(Institutions);
      await institutions.createAccount(tx, {
        signInName: 'victim',
        password: PASSWORD,
        displayName: 'Operator',
        roles: ['operator'],
      });
    });
  });
  afterAll(() => service.close());

  it('stops after ten failures, all at once or one by one, with the time to wait', async () => {
    const attempts = Array.from({ length: 14 }, () =>
      service.http.post('/v1/session').send({ name: 'victim', password: 'a wrong guess' }),
    );
    const answers = await Promise.all(attempts);
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
    const late = await service.http
      .post('/v1/session')
      .send({ name: 'victim', password: PASSWORD })
      .expect(429);
    expect(late.body.code).toBe('too-many-sign-ins');
    const seconds = Number(late.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(600);
  });
});
