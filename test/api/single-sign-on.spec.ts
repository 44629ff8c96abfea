import { accessSettings } from '../../src/platform/config/index.js';
import { type TestProvider, signInAt, startProvider } from '../support/provider.js';
import {
  PASSWORD,
  browserWith,
  cookieOf,
  cookiesOf,
  person,
  postSession,
} from '../support/people.js';
import { type World, completion, residentId, startWorld } from '../support/world.js';

const CALLBACK = 'http://127.0.0.1:3000/v1/session/provider/callback';
const PEOPLE: Record<string, object> = {
  'sub-wang': { preferred_username: 'Registrar.Wang' },
  'sub-impostor': { preferred_username: 'registrar.wang' },
  'sub-mfa': { preferred_username: 'registrar.mfa', amr: ['pwd', 'mfa'] },
  'sub-nobody': { preferred_username: 'nobody.here' },
  'sub-nameless': {},
  'sub-learner': { preferred_username: 'zhang', document: residentId(1) },
  'sub-stranger': { document: residentId(2) },
  'sub-odd': { document: 'no number' },
  'sub-mail': { email: 'by.mail', email_verified: true },
  'sub-unproved': { email: 'by.mail', email_verified: false },
};

let provider: TestProvider;
let world: World;

const settings = (issuer: string, over: NodeJS.ProcessEnv = {}, isDemonstration = true) =>
  accessSettings(
    {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'bank',
      OIDC_CLIENT_SECRET: 'a secret that only the two know',
      OIDC_NAME: '区统一身份认证',
      OIDC_LEARNER_CLAIM: 'document',
      OIDC_LEARNER_DOCUMENT: 'resident-id',
      ...over,
    },
    isDemonstration,
  );

beforeAll(async () => {
  provider = await startProvider(CALLBACK, PEOPLE);
  world = await startWorld({ access: settings(provider.issuer) });
  await named('registrar.wang');
});
afterAll(async () => {
  await world?.close();
  await provider?.stop();
});

const sql = <T>(text: string, values: unknown[] = []): Promise<T> =>
  world.database.read((tx) => tx.query<T>(text, values));

/** An account of the school under this sign-in name. */
async function named(name: string, at = world): Promise<string> {
  const { id } = await person(at, ['registrar'], { institutionId: at.school.institution.id });
  await at.database.read((tx) =>
    tx.query('UPDATE account SET sign_in_name = $2 WHERE id = $1', [id, name]),
  );
  return id;
}

/** Leaves for the provider. */
async function leave(returnTo = '/review', at = world) {
  const answer = await at.http
    .get(`/v1/session/provider/start?returnTo=${encodeURIComponent(returnTo)}`)
    .expect(303);
  return { url: answer.headers['location'] as string, cookie: cookieOf(answer) };
}

/** Comes back by the address that the provider gave, in the browser with this cookie. */
const comeBack = (url: string, cookie: string, at = world) =>
  at.http.get(url.slice(url.indexOf('/v1/'))).set('cookie', cookie);

async function signIn(login: string, at = world) {
  const { url, cookie } = await leave('/review', at);
  return comeBack(await signInAt(url, login), cookie, at);
}

const problem = (code: string) => `/sign-in?problem=${code}`;

describe('signing in at a provider', () => {
  it('asks by code, with PKCE, state and nonce', async () => {
    expect((await world.http.get('/v1/session/provider')).body).toEqual({ name: '区统一身份认证' });
    const { url } = await leave();
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: 'bank',
      redirect_uri: CALLBACK,
      code_challenge_method: 'S256',
      scope: 'openid profile email',
    });
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(query[name]).toMatch(/^[\w-]{43}$/);
    }
  });

  it('begins a session of the account that the claim names, and remembers who it was', async () => {
    for (let i = 0; i < 2; i += 1) {
      const answer = await signIn('sub-wang');
      expect([answer.status, answer.headers['location']]).toEqual([303, '/review']);
      const session = cookiesOf(answer).find((cookie) => cookie.startsWith('session='));
      expect(session).toMatch(/HttpOnly; SameSite=Strict/);
      const headers = { cookie: session?.split(';')[0] ?? '' };
      const who = await world.http.get('/v1/session').set(headers).expect(200);
      expect(who.body.account.institutionId).toBe(world.school.institution.id);
      const sessions = await world.http.get('/v1/sessions').set(headers).expect(200);
      expect(sessions.body.items[0]).toMatchObject({ method: 'provider', isCurrent: true });
    }
    const events = await sql<object[]>(
      `SELECT action, after FROM administrative_event WHERE action = 'provider-linked'`,
    );
    expect(events).toEqual([{ action: 'provider-linked', after: { issuer: provider.issuer } }]);
  });

  it('hands no account to somebody else who takes the name later', async () => {
    expect((await signIn('sub-wang')).headers['location']).toBe('/review');
    expect((await signIn('sub-impostor')).headers['location']).toBe(
      problem('provider-person-unknown'),
    );
  });

  it('opens no account by itself', async () => {
    for (const login of ['sub-nobody', 'sub-nameless', 'sub-stranger', 'sub-odd', 'sub-unheard']) {
      const answer = await signIn(login);
      expect(answer.headers['location']).toBe(problem('provider-person-unknown'));
      expect(String(answer.headers['set-cookie'])).not.toMatch(/(^|,)session=[^;]/);
    }
    const links = await sql<object[]>('SELECT 1 FROM provider_identity');
    expect(links).toHaveLength(1);
  });

  it('finds a learner by the number of a document', async () => {
    const posted = await world.school.post('/v1/completions', completion(1)).expect(201);
    const learnerId = posted.body.outcome.learnerId as string;
    expect((await signIn('sub-learner')).headers['location']).toBe(
      problem('provider-person-unknown'),
    );
    await person(world, ['learner'], { learnerId });
    const answer = await signIn('sub-learner');
    expect(answer.headers['location']).toBe('/review');
    const session = cookiesOf(answer).find((cookie) => cookie.startsWith('session='));
    const browser = browserWith(world, session?.split(';')[0] ?? '');
    expect((await browser.get('/v1/learners/me').expect(200)).body.id).toBe(learnerId);
  });

  it('is over with the account', async () => {
    const id = await named('registrar.gone');
    await sql('UPDATE account SET disabled_at = now() WHERE id = $1', [id]);
    await sql(`INSERT INTO provider_identity VALUES ($1, 'sub-nobody', $2)`, [provider.issuer, id]);
    expect((await signIn('sub-nobody')).headers['location']).toBe(
      problem('provider-person-unknown'),
    );
  });

  it('leaves the password as it was', async () => {
    await postSession(world, { name: 'registrar.wang', password: PASSWORD }).expect(200);
  });

  it.each([
    ['/imports?x=1', '/imports?x=1'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\\..\\b', '/'],
    ['review', '/'],
  ])('comes back to a page of the bank only: %s', async (wanted, page) => {
    const { url, cookie } = await leave(wanted);
    const answer = await comeBack(await signInAt(url, 'sub-wang'), cookie);
    expect(answer.headers['location']).toBe(page);
  });
});

describe('what is refused on the way back', () => {
  const refused = problem('provider-refused');

  it('an answer in another browser, without a state, or to nobody', async () => {
    const { url, cookie } = await leave();
    const other = await leave();
    const back = await signInAt(url, 'sub-wang');
    for (const request of [
      comeBack(back, other.cookie),
      comeBack(back, 'x=y'),
      comeBack(CALLBACK, cookie),
      comeBack(`${CALLBACK}?code=x&state=y`, cookie),
    ]) {
      expect((await request).headers['location']).toBe(refused);
    }
    expect((await comeBack(back, cookie)).headers['location']).toBe('/review');
  });

  it('the same answer twice, and its code with a new state', async () => {
    const { url, cookie } = await leave();
    const back = await signInAt(url, 'sub-wang');
    expect((await comeBack(back, cookie)).headers['location']).toBe('/review');
    expect((await comeBack(back, cookie)).headers['location']).toBe(refused);
    const again = await leave();
    const replayed = new URL(back);
    replayed.searchParams.set('state', new URL(again.url).searchParams.get('state') ?? '');
    expect((await comeBack(replayed.href, again.cookie)).headers['location']).toBe(refused);
  });

  it('a token with another nonce', async () => {
    const { url, cookie } = await leave();
    await sql(`UPDATE provider_sign_in SET nonce = 'another-nonce'`);
    const back = await signInAt(url, 'sub-wang');
    expect((await comeBack(back, cookie)).headers['location']).toBe(refused);
  });

  it('a code that another browser’s verifier does not open', async () => {
    const { url, cookie } = await leave();
    await sql(`UPDATE provider_sign_in SET verifier = repeat('v', 43)`);
    const back = await signInAt(url, 'sub-wang');
    expect((await comeBack(back, cookie)).headers['location']).toBe(refused);
  });

  it('an answer of another issuer', async () => {
    const { url, cookie } = await leave();
    const back = new URL(await signInAt(url, 'sub-wang'));
    expect(back.searchParams.get('iss')).toBe(provider.issuer);
    back.searchParams.set('iss', 'https://evil.example');
    expect((await comeBack(back.href, cookie)).headers['location']).toBe(refused);
  });

  it('an answer after more than ten minutes', async () => {
    const { url, cookie } = await leave();
    const back = await signInAt(url, 'sub-wang');
    await sql(`UPDATE provider_sign_in SET expires_at = now() - interval '1 second'`);
    expect((await comeBack(back, cookie)).headers['location']).toBe(refused);
  });

  it('that the person said no', async () => {
    const { url, cookie } = await leave();
    const state = new URL(url).searchParams.get('state') ?? '';
    const back = `${CALLBACK}?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
    expect((await comeBack(back, cookie)).headers['location']).toBe(refused);
  });
});

describe('other providers', () => {
  it('a token that is over', async () => {
    const slow = await startProvider(CALLBACK, PEOPLE, -3600);
    const other = await startWorld({ access: settings(slow.issuer) });
    try {
      await named('registrar.wang', other);
      const answer = await signIn('sub-wang', other);
      expect(answer.headers['location']).toBe(problem('provider-refused'));
    } finally {
      await other.close();
      await slow.stop();
    }
  });

  it('staff who need a second factor come in where the provider vouches for one', async () => {
    const strict = await startWorld({ access: settings(provider.issuer, {}, false) });
    try {
      await named('registrar.wang', strict);
      await named('registrar.mfa', strict);
      const without = await signIn('sub-wang', strict);
      expect(without.headers['location']).toBe(problem('provider-second-factor'));
      expect((await signIn('sub-mfa', strict)).headers['location']).toBe('/review');
    } finally {
      await strict.close();
    }
  });

  it('an e-mail address counts when the provider has tried it', async () => {
    const over = { OIDC_ACCOUNT_CLAIM: 'email' };
    const byMail = await startWorld({ access: settings(provider.issuer, over) });
    try {
      await named('by.mail', byMail);
      const unproved = await signIn('sub-unproved', byMail);
      expect(unproved.headers['location']).toBe(problem('provider-person-unknown'));
      expect((await signIn('sub-mail', byMail)).headers['location']).toBe('/review');
    } finally {
      await byMail.close();
    }
  });

  it('one that does not answer is said to be away, and none is not there', async () => {
    const away = await startWorld({ access: settings('http://127.0.0.1:9') });
    try {
      const answer = await away.http.get('/v1/session/provider/start');
      expect([answer.status, answer.body.code]).toEqual([503, 'provider-away']);
    } finally {
      await away.close();
    }
    const none = await startWorld();
    try {
      expect((await none.http.get('/v1/session/provider')).body).toEqual({ name: null });
      await none.http.get('/v1/session/provider/start').expect(404);
    } finally {
      await none.close();
    }
  });

  it.each([
    [{ OIDC_ISSUER: 'http://login.example' }, /OIDC_ISSUER/],
    [{ OIDC_ISSUER: 'login' }, /OIDC_ISSUER/],
    [{ OIDC_CLIENT_SECRET: '' }, /OIDC_CLIENT_SECRET/],
    [{ OIDC_LEARNER_DOCUMENT: 'library-card' }, /OIDC_LEARNER_DOCUMENT/],
  ])('a setting that cannot be meant stops the start: %j', (over, message) => {
    expect(() => settings('https://login.example', over)).toThrow(message);
  });
});
