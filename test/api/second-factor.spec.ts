import { Secret, TOTP } from 'otpauth';
import { accessSettings } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type Browser, PASSWORD, browserOf, person, postSession } from '../support/people.js';

let service: TestApp;
const sql = <T>(text: string, values: unknown[] = []): Promise<T> =>
  service.app.get(Database).read((tx) => tx.query<T>(text, values));

/** What an authenticator app shows, `steps` of 30 seconds from now. */
function codeOf(secret: string, steps = 0): string {
  const timestamp = Date.now() + steps * 30_000;
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
}

/** Sets one-time codes up; the first code is of the step before, so that this one is still good. */
async function enrol(browser: Browser): Promise<{ secret: string; codes: string[] }> {
  const offer = await browser.post('/v1/account/one-time-code').expect(200);
  const { secret } = offer.body as { secret: string };
  const confirmed = await browser
    .post('/v1/account/one-time-code/confirmation', { code: codeOf(secret, -1) })
    .expect(200);
  return { secret, codes: confirmed.body.codes as string[] };
}

const refusal = (answer: { status: number; body: { code: string } }) => [
  answer.status,
  answer.body.code,
];

describe('one-time codes', () => {
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service?.close());

  it('are asked for with the password once they are confirmed, and not before', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    const offer = await browser.post('/v1/account/one-time-code').expect(200);
    expect(offer.body.uri).toContain(`secret=${offer.body.secret}`);
    await clerk.signIn();
    const wrong = await browser.post('/v1/account/one-time-code/confirmation', { code: '000000' });
    expect(refusal(wrong)).toEqual([401, 'second-factor-failed']);
    const { secret, codes } = await enrol(browser);
    expect(codes).toHaveLength(10);

    const alone = await postSession(service, { name: clerk.name, password: PASSWORD });
    expect(refusal(alone)).toEqual([401, 'second-factor-needed']);
    expect(alone.body.methods).toEqual(['one-time-code', 'recovery-code']);
    expect(alone.headers['set-cookie']).toBeUndefined();
    const whole = { name: clerk.name, password: PASSWORD, code: codeOf(secret) };
    await browserOf(service, await postSession(service, whole).expect(200)).get('/v1/account');
    const without = await postSession(service, { ...whole, password: 'wrong password' });
    expect(refusal(without)).toEqual([401, 'sign-in-failed']);
  });

  it('work once: the same code, and an older one, is refused, also of two at once', async () => {
    const clerk = await person(service, ['registrar']);
    const { secret } = await enrol(await clerk.signIn());
    const body = { name: clerk.name, password: PASSWORD, code: codeOf(secret) };
    const both = await Promise.all([postSession(service, body), postSession(service, body)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
    for (const code of [body.code, codeOf(secret, -1)]) {
      const replay = await postSession(service, { ...body, code });
      expect(refusal(replay)).toEqual([401, 'second-factor-failed']);
    }
    await postSession(service, { ...body, code: codeOf(secret, 1) }).expect(200);
  });

  it('are limited to five guesses, which the right password does not win back', async () => {
    const clerk = await person(service, ['registrar']);
    const { secret } = await enrol(await clerk.signIn());
    const body = { name: clerk.name, password: PASSWORD };
    const guesses = Array.from({ length: 8 }, (_, i) =>
      postSession(service, { ...body, code: `00000${i}` }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    await postSession(service, body).expect(401);
    const late = await postSession(service, { ...body, code: codeOf(secret) });
    expect(refusal(late)).toEqual([429, 'too-many-sign-ins']);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(800);
  });

  it('are stored sealed, and recovery codes as hashes', async () => {
    const clerk = await person(service, ['registrar']);
    const { secret, codes } = await enrol(await clerk.signIn());
    const [row] = await sql<{ text: string }[]>(
      `SELECT (SELECT f::text FROM one_time_code_factor f WHERE account_id = $1) ||
              (SELECT string_agg(r::text, ' ') FROM recovery_code r WHERE account_id = $1) AS text`,
      [clerk.id],
    );
    const hex = Buffer.from(secret).toString('hex');
    for (const plain of [secret, hex, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(row?.text).not.toContain(plain);
    }
  });

  it('have stand-ins that work once each, however they are typed', async () => {
    const clerk = await person(service, ['registrar']);
    const { codes } = await enrol(await clerk.signIn());
    const body = { name: clerk.name, password: PASSWORD };
    const [first = '', second = ''] = codes;
    const typed = { ...body, code: first.toUpperCase().replaceAll('-', ' ') };
    await postSession(service, typed).expect(200);
    const again = await postSession(service, { ...body, code: first });
    expect(refusal(again)).toEqual([401, 'second-factor-failed']);
    const both = await Promise.all(
      [1, 2].map(() => postSession(service, { ...body, code: second })),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
    const browser = browserOf(
      service,
      both.find(({ status }) => status === 200)!,
    );
    expect((await browser.get('/v1/account').expect(200)).body).toEqual({
      hasPassword: true,
      hasOneTimeCode: true,
      recoveryCodesLeft: 8,
      passkeys: [],
    });
    const renewed = await browser.post('/v1/account/recovery-codes').expect(200);
    const old = await postSession(service, { ...body, code: codes[5] });
    expect(refusal(old)).toEqual([401, 'second-factor-failed']);
    await postSession(service, { ...body, code: renewed.body.codes[0] }).expect(200);
  });

  it('of one account are no use to another', async () => {
    const [wang, li] = [await person(service, ['registrar']), await person(service, ['issuer'])];
    const { secret, codes } = await enrol(await wang.signIn());
    await enrol(await li.signIn());
    for (const code of [codeOf(secret), codes[0]]) {
      const answer = await postSession(service, { name: li.name, password: PASSWORD, code });
      expect(refusal(answer)).toEqual([401, 'second-factor-failed']);
    }
  });

  it('end all other sessions when they are set up, and are written down', async () => {
    const clerk = await person(service, ['registrar']);
    const [here, elsewhere] = [await clerk.signIn(), await clerk.signIn()];
    await enrol(here);
    await here.get('/v1/session').expect(200);
    await elsewhere.get('/v1/session').expect(401);
    await here.delete('/v1/account/one-time-code').expect(204);
    await here.delete('/v1/account/one-time-code').expect(404);
    await clerk.signIn();
    const events = await sql<{ action: string; actor: string }[]>(
      'SELECT action, actor FROM administrative_event WHERE subject_id = $1 ORDER BY id',
      [clerk.id],
    );
    expect(events).toEqual([
      { action: 'one-time-code-added', actor: clerk.id },
      { action: 'one-time-code-removed', actor: clerk.id },
    ]);
  });

  it('are changed only within a quarter of an hour of signing in', async () => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    await sql(
      `UPDATE session SET created_at = now() - interval '16 minutes' WHERE account_id = $1`,
      [clerk.id],
    );
    const calls = [
      browser.post('/v1/account/one-time-code'),
      browser.post('/v1/account/one-time-code/confirmation', { code: '123456' }),
      browser.delete('/v1/account/one-time-code'),
      browser.post('/v1/account/recovery-codes'),
      browser.post('/v1/account/passkeys/options'),
      browser.delete(`/v1/account/passkeys/${clerk.id}`),
    ];
    for (const call of calls) expect(refusal(await call)).toEqual([403, 'sign-in-again']);
  });
});

describe('where staff need a second factor', () => {
  beforeAll(async () => {
    service = await startTestApp({ access: accessSettings({}, false) });
  });
  afterAll(() => service?.close());

  it.each([
    'registrar',
    'issuer',
    'admissions',
    'clerk',
    'rule-author',
    'approver',
    'authority',
    'operator',
  ] as const)('a %s without one may only set one up', async (role) => {
    const clerk = await person(service, [role]);
    const browser = await clerk.signIn();
    const session = await browser.get('/v1/session').expect(200);
    expect(session.body).toMatchObject({ account: { id: clerk.id }, mustAddSecondFactor: true });
    for (const path of ['/v1/administrative-events', '/v1/sessions', '/v1/learners/me']) {
      expect(refusal(await browser.get(path))).toEqual([403, 'second-factor-missing']);
    }
    await browser.get('/v1/institutions').expect(200);
    await enrol(browser);
    const after = await browser.get('/v1/session').expect(200);
    expect(after.body.mustAddSecondFactor).toBe(false);
    await browser.get('/v1/sessions').expect(200);
    const removal = await browser.delete('/v1/account/one-time-code');
    expect(refusal(removal)).toEqual([409, 'second-factor-required']);
    await browser.post('/v1/account/recovery-codes').expect(200);
  });

  it('a learner goes without', async () => {
    const learner = await person(service, ['learner'], {
      learnerId: '01a2e7c0-5b7e-7123-8000-000000000003',
    });
    const browser = await learner.signIn();
    expect((await browser.get('/v1/session')).body.mustAddSecondFactor).toBe(false);
    await browser.get('/v1/sessions').expect(200);
  });
});
