import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { accessSettings } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { PASSWORD, browserOf, person, postSession } from '../support/people.js';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp({ access: accessSettings({ SESSION_IDLE_MINUTES: '30' }, true) });
});
afterAll(() => service?.close());

const sql = (text: string, values: unknown[] = []): Promise<unknown> =>
  service.app.get(Database).read((tx) => tx.query(text, values));
const refusal = (answer: { status: number; body: { code: string } }) => [
  answer.status,
  answer.body.code,
];

describe('a session', () => {
  it('ends without a request for half an hour, and each request keeps it', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    const seen = (ago: string) =>
      sql(`UPDATE session SET last_seen_at = now() - $2::interval WHERE account_id = $1`, [
        clerk.id,
        ago,
      ]);
    await seen('29 minutes');
    await browser.get('/v1/session').expect(200);
    await seen('0 minutes');
    await browser.get('/v1/session').expect(200);
    await seen('31 minutes');
    await browser.get('/v1/session').expect(401);
  });

  it('is seen once a minute, not with every request', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    const lastSeen = () =>
      sql(`SELECT last_seen_at FROM session WHERE account_id = $1`, [clerk.id]);
    const first = await lastSeen();
    await browser.get('/v1/session').expect(200);
    expect(await lastSeen()).toEqual(first);
    await sql(`UPDATE session SET last_seen_at = last_seen_at - interval '61 seconds'`);
    const before = await lastSeen();
    await browser.get('/v1/session').expect(200);
    expect(await lastSeen()).not.toEqual(before);
  });

  it('takes the place of the one that the browser had', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    const again = await browser
      .post('/v1/session', { name: clerk.name, password: PASSWORD })
      .expect(200);
    await browser.get('/v1/session').expect(401);
    await browserOf(service, again).get('/v1/session').expect(200);
  });

  it('is listed for its owner, and ended one by one or all at once', async () => {
    const [wang, li] = [await person(service, ['registrar']), await person(service, ['issuer'])];
    const [first, second, third] = [await wang.signIn(), await wang.signIn(), await wang.signIn()];
    const foreign = await li.signIn();
    const list = await first.get('/v1/sessions').expect(200);
    expect(list.body.items).toHaveLength(3);
    expect(list.body.items[2]).toMatchObject({
      method: 'password',
      network: 'loopback',
      isCurrent: true,
    });
    expect(JSON.stringify(list.body)).not.toContain(first.cookie.split('=')[1]);
    const [newest] = list.body.items as { id: string }[];
    for (const id of [newest?.id, 'x', li.id]) {
      const answer = await foreign.delete(`/v1/sessions/${id}`);
      expect(refusal(answer)).toEqual([404, 'not-found']);
    }
    await first.delete(`/v1/sessions/${newest?.id}`).expect(204);
    await first.delete(`/v1/sessions/${newest?.id}`).expect(404);
    await third.get('/v1/session').expect(401);
    const everywhere = await first.delete('/v1/sessions').expect(204);
    expect(String(everywhere.headers['set-cookie'])).toMatch(/^session=;/);
    for (const browser of [first, second]) await browser.get('/v1/session').expect(401);
    await foreign.get('/v1/session').expect(200);
  });
});

describe('a change of password', () => {
  it('wants the present one, ends the other sessions and is written down', async () => {
    const clerk = await person(service, ['registrar']);
    const [here, elsewhere] = [await clerk.signIn(), await clerk.signIn()];
    const change = (current: string, next: string) =>
      here.put('/v1/account/password', { current, next });
    expect(refusal(await change('a wrong one', 'seven small boats'))).toEqual([
      403,
      'password-wrong',
    ]);
    for (const [next, code] of [
      ['short', 'password-length'],
      ['Password123', 'password-common'],
      [`${clerk.name}1`, 'password-common'],
      ['19990101', 'password-common'],
    ] as const) {
      expect(refusal(await change(PASSWORD, next))).toEqual([400, code]);
    }
    await elsewhere.get('/v1/session').expect(200);
    await change(PASSWORD, 'seven small boats').expect(204);
    await here.get('/v1/session').expect(200);
    await elsewhere.get('/v1/session').expect(401);
    const sign = (password: string) => postSession(service, { name: clerk.name, password });
    await sign(PASSWORD).expect(401);
    await sign('seven small boats').expect(200);
    expect(
      await sql('SELECT action, before, after FROM administrative_event WHERE subject_id = $1', [
        clerk.id,
      ]),
    ).toEqual([
      {
        action: 'password-changed',
        before: { password: 'former' },
        after: { password: 'new' },
      },
    ]);
  });

  it('is no way to guess the password from a session that was left open', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    const guesses = Array.from({ length: 12 }, (_, i) =>
      browser.put('/v1/account/password', { current: `guess ${i}`, next: 'seven small boats' }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('failed sign-ins', () => {
  it('are counted across processes, for names that exist and for those that do not', async () => {
    const clerk = await person(service, ['registrar']);
    const second = await createApplication(service.config);
    try {
      const processes = [service.http, supertest(second.getHttpServer())];
      const answersOf = async (name: string) => {
        const answers: unknown[] = [];
        for (let i = 0; i < 12; i += 1) {
          const { status, body } = await processes[i % 2]!.post('/v1/session').send({
            name,
            password: 'a wrong guess',
          });
          answers.push([status, body.code, body.title]);
        }
        return answers;
      };
      const known = await answersOf(clerk.name);
      expect(known.map((answer) => (answer as number[])[0])).toEqual([
        ...Array.from({ length: 10 }, () => 401),
        429,
        429,
      ]);
      expect(await answersOf('nobody.at.all')).toEqual(known);
    } finally {
      await second.close();
    }
  });

  it('wait twice as long after each window that was used up', async () => {
    const body = { name: 'patient.guesser', password: 'a wrong guess' };
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 10; i += 1) await postSession(service, body).expect(401);
      const stopped = await postSession(service, body).expect(429);
      waits.push(Math.ceil(Number(stopped.headers['retry-after']) / 600));
      await sql(`UPDATE attempt_count SET window_ends_at = now() WHERE attempts > 10`);
      // The address is the same in every round.
      await sql(`DELETE FROM attempt_count WHERE attempts <> 11`);
    }
    expect(waits).toEqual([1, 2, 4, 6]);
  });

  it('leave no name and no address behind', async () => {
    await postSession(service, { name: 'somebody.known', password: 'a wrong guess' });
    const rows = JSON.stringify(await sql('SELECT c::text FROM attempt_count c'));
    const hex = Buffer.from('somebody.known').toString('hex');
    for (const plain of ['somebody.known', hex, '127.0.0.1']) expect(rows).not.toContain(plain);
  });
});
