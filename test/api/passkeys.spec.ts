import { accessSettings } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { Authenticator } from '../support/authenticator.js';
import { type Browser, PASSWORD, browserOf, person, postSession } from '../support/people.js';

const ORIGIN = 'https://bank.example';
/** The demonstration of the cookie's name as well: HTTPS gives it the `__Host-` prefix. */
const OVER = { publicUrl: ORIGIN, access: accessSettings({}, false) };

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp(OVER);
});
afterAll(() => service?.close());

const sql = <T>(text: string, values: unknown[] = []): Promise<T> =>
  service.app.get(Database).read((tx) => tx.query<T>(text, values));

type Over = Parameters<Authenticator['get']>[1];

async function registration(browser: Browser, key: Authenticator, over: Over = {}) {
  const options = await browser.post('/v1/account/passkeys/options').expect(200);
  const credential = key.create(options.body, over);
  return browser.post('/v1/account/passkeys', { label: '办公室电脑', credential });
}

async function assertion(key: Authenticator, over: Over = {}) {
  const options = await service.http.post('/v1/session/passkey/options').expect(200);
  return service.http.post('/v1/session/passkey').send({ credential: key.get(options.body, over) });
}

async function owner() {
  const clerk = await person(service, ['registrar']);
  const browser = await clerk.signIn();
  const key = new Authenticator(ORIGIN);
  const added = (await registration(browser, key)).body as { id: string; recoveryCodes: string[] };
  return { clerk, browser, key, added };
}

const refused = { status: 401, body: { code: 'passkey-refused' } };

describe('a passkey', () => {
  it('signs its owner in without name and password, and counts as both factors', async () => {
    const { clerk, browser, key, added } = await owner();
    expect(added.recoveryCodes).toHaveLength(10);
    expect((await browser.get('/v1/session')).body.mustAddSecondFactor).toBe(false);
    const answer = await assertion(key);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ account: { id: clerk.id }, mustAddSecondFactor: false });
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
    const here = browserOf(service, answer);
    const sessions = await here.get('/v1/sessions').expect(200);
    expect(sessions.body.items[0]).toMatchObject({ method: 'passkey', isCurrent: true });
    const account = await here.get('/v1/account').expect(200);
    expect(account.body.passkeys).toMatchObject([{ id: added.id, label: '办公室电脑' }]);
    expect(account.body.passkeys[0].lastUsedAt).not.toBeNull();
    await assertion(key).then(({ status }) => expect(status).toBe(200));
  });

  it('of staff makes the password alone not enough; a recovery code stands in', async () => {
    const { clerk, added } = await owner();
    const body = { name: clerk.name, password: PASSWORD };
    const alone = await postSession(service, body).expect(401);
    expect(alone.body).toMatchObject({
      code: 'second-factor-needed',
      methods: ['recovery-code', 'passkey'],
    });
    await postSession(service, { ...body, code: added.recoveryCodes[0] }).expect(200);
  });

  it('of a learner is a convenience beside the password', async () => {
    const learnerId = '01a2e7c0-5b7e-7123-8000-000000000007';
    const learner = await person(service, ['learner'], { learnerId });
    const key = new Authenticator(ORIGIN);
    expect((await registration(await learner.signIn(), key)).status).toBe(201);
    await learner.signIn();
    expect((await assertion(key)).body.account.learnerId).toBe(learnerId);
  });

  it.each<[string, Over]>([
    ['another site', { origin: 'https://bank.example.evil.example' }],
    ['plain HTTP', { origin: 'http://bank.example' }],
    ['another domain', { rpId: 'evil.example' }],
    ['a challenge that nobody gave', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['an answer of the other kind', { type: 'webauthn.get' }],
    ['nobody who consented', { isVerified: false }],
  ])('is not kept when it is for %s', async (_, over) => {
    const clerk = await person(service, ['registrar']);
    const browser = await clerk.signIn();
    expect(await registration(browser, new Authenticator(ORIGIN), over)).toMatchObject(refused);
    expect((await browser.get('/v1/account')).body.passkeys).toEqual([]);
  });

  it.each<[string, Over]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another domain', { rpId: 'evil.example' }],
    ['a challenge that nobody gave', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['an answer of the other kind', { type: 'webauthn.create' }],
    ['nobody who consented', { isVerified: false }],
    ['another account', { userHandle: Buffer.from('somebody else').toString('base64url') }],
  ])('signs nobody in for %s', async (_, over) => {
    const { key } = await owner();
    expect(await assertion(key, over)).toMatchObject(refused);
    expect((await assertion(key)).status).toBe(200);
  });

  it('is not accepted twice with one challenge, nor with one of last time', async () => {
    const { key } = await owner();
    const options = await service.http.post('/v1/session/passkey/options').expect(200);
    const send = (credential: object) =>
      service.http.post('/v1/session/passkey').send({ credential });
    const first = key.get(options.body);
    await send(first).expect(200);
    expect(await send(first)).toMatchObject(refused);
    expect(await send(key.get(options.body))).toMatchObject(refused);
    const late = await service.http.post('/v1/session/passkey/options').expect(200);
    await sql(`UPDATE passkey_challenge SET expires_at = now() - interval '1 second'`);
    expect(await send(key.get(late.body))).toMatchObject(refused);
  });

  it('whose count does not go on is refused: somebody copied it', async () => {
    const { key } = await owner();
    await assertion(key, { signCount: 7 }).then(({ status }) => expect(status).toBe(200));
    for (const signCount of [7, 3, 0]) {
      expect(await assertion(key, { signCount })).toMatchObject(refused);
    }
    const challenges = [1, 2].map(() => service.http.post('/v1/session/passkey/options'));
    const answers = (await Promise.all(challenges)).map(({ body }) =>
      key.get(body, { signCount: 8 }),
    );
    const both = await Promise.all(
      answers.map((credential) => service.http.post('/v1/session/passkey').send({ credential })),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
  });

  it('that keeps no count stays at nought', async () => {
    const { key } = await owner();
    for (let i = 0; i < 2; i += 1) {
      expect((await assertion(key, { signCount: 0 })).status).toBe(200);
    }
  });

  it('signed by a foreign key is refused', async () => {
    const { key } = await owner();
    const thief = new Authenticator(ORIGIN);
    key.credentialId.copy(thief.credentialId);
    expect(await assertion(thief)).toMatchObject(refused);
    expect(await assertion(new Authenticator(ORIGIN))).toMatchObject(refused);
  });

  it('of one account cannot be added to another', async () => {
    const { key } = await owner();
    const other = await person(service, ['issuer']);
    expect(await registration(await other.signIn(), key)).toMatchObject(refused);
  });

  it('made for one account’s options is not kept by another', async () => {
    const [wang, li] = [await person(service, ['registrar']), await person(service, ['issuer'])];
    const [first, second] = [await wang.signIn(), await li.signIn()];
    const options = await first.post('/v1/account/passkeys/options').expect(200);
    const credential = new Authenticator(ORIGIN).create(options.body);
    const answer = await second.post('/v1/account/passkeys', { label: 'x', credential });
    expect(answer).toMatchObject(refused);
  });

  it('is taken away by its owner only, and not as the last factor of staff', async () => {
    const { browser, added } = await owner();
    const other = await owner();
    const foreign = await other.browser.delete(`/v1/account/passkeys/${added.id}`);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found']);
    const last = await browser.delete(`/v1/account/passkeys/${added.id}`);
    expect([last.status, last.body.code]).toEqual([409, 'second-factor-required']);
    const second = new Authenticator(ORIGIN);
    expect((await registration(browser, second)).body.recoveryCodes).toEqual([]);
    await browser.delete(`/v1/account/passkeys/${added.id}`).expect(204);
    expect((await assertion(second)).status).toBe(200);
  });

  it('of a disabled account signs nobody in', async () => {
    const { clerk, key } = await owner();
    await sql('UPDATE account SET disabled_at = now() WHERE id = $1', [clerk.id]);
    expect(await assertion(key)).toMatchObject(refused);
  });
});
