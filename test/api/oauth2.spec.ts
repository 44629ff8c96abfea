import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JWTPayload, SignJWT, exportJWK } from 'jose';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { Institutions } from '../../src/institutions/index.js';
import type { Scope } from '../../src/platform/auth/index.js';
import { type World, startWorld } from '../support/world.js';

let world: World;
let endpoint: string;
beforeAll(async () => {
  world = await startWorld();
  endpoint = `${world.config.publicUrl}/oauth2/token`;
});
afterAll(() => world?.close());

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const FORM = 'application/x-www-form-urlencoded';
/** RFC 6749 5.2 */
const DESCRIPTION = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;
const SCOPED: Scope[] = ['imports:read', 'outcomes:write'];

const issue = (over: object = {}) =>
  world.database.transaction((tx) =>
    world.app.get(Institutions).issueKey(tx, {
      institutionId: world.school.institution.id,
      roles: ['registrar'],
      label: 'oauth client',
      scopes: SCOPED,
      ...over,
    }),
  );
const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const ask = (authorization: string | undefined, form: object = {}, http = world.http) => {
  const request = http.post('/oauth2/token').type('form');
  if (authorization) request.set('authorization', authorization);
  return request.send({ grant_type: 'client_credentials', ...form });
};
const withToken = (token: string, url: string, http = world.http) =>
  http.get(url).set('authorization', `Bearer ${token}`);
const sql = (text: string, values: unknown[] = []): Promise<unknown> =>
  world.database.read((tx) => tx.query(text, values));

describe('POST /oauth2/token', () => {
  it('gives a client a short-lived token with its scopes', async () => {
    const { id, clientId, key } = await issue();
    const answer = await ask(basic(clientId, key)).expect(200);
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^cbt_[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'imports:read outcomes:write',
    });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const token = answer.body.access_token as string;
    const who = await withToken(token, '/v1/session').expect(200);
    expect(who.body.account).toMatchObject({ id, roles: ['registrar'] });
    await withToken(token, '/v1/imports').expect(200);
    const stored = JSON.stringify(await sql('SELECT t::text FROM access_token t'));
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(Buffer.from(token).toString('hex'));
  });

  it('gives fewer scopes when fewer are asked for, and never more', async () => {
    const { clientId, key } = await issue();
    const fewer = await ask(basic(clientId, key), { scope: 'outcomes:write' }).expect(200);
    expect(fewer.body.scope).toBe('outcomes:write');
    const refused = await withToken(fewer.body.access_token as string, '/v1/imports');
    expect([refused.status, refused.body.code]).toEqual([403, 'scope-missing']);
    const more = await ask(basic(clientId, key), { scope: 'imports:read learners:read' });
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope']);
    const whole = await issue({ scopes: null });
    const all = await ask(basic(whole.clientId, whole.key), { scope: 'learners:read' });
    expect(all.body.scope).toBe('learners:read');
  });

  it('refuses a client that is unknown, wrong, revoked or over, always alike', async () => {
    const { clientId, key } = await issue();
    const other = await issue();
    const revoked = await issue();
    await world.database.transaction((tx) =>
      world.app.get(Institutions).revokeKey(tx, world.school.institution.id, revoked.id),
    );
    const over = await issue({ expiresAt: new Date(Date.now() - 1000) });
    const wrong = [
      basic(clientId, 'x'),
      basic(clientId, other.key),
      basic(other.clientId, key),
      basic('cb_AAAAAAAA', key),
      basic(revoked.clientId, revoked.key),
      basic(over.clientId, over.key),
    ];
    const answers = new Set<string>();
    for (const authorization of wrong) {
      const answer = await ask(authorization);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="oauth2"');
      answers.add(JSON.stringify([answer.status, answer.body]));
    }
    expect([...answers]).toEqual([
      JSON.stringify([
        401,
        { error: 'invalid_client', error_description: 'unknown client, or not its secret' },
      ]),
    ]);
  });

  it.each<[string | undefined, object, number, string]>([
    [undefined, {}, 401, 'invalid_client'],
    ['Bearer x', {}, 401, 'invalid_client'],
    ['Basic !!!', {}, 401, 'invalid_client'],
    ['Basic eA==', {}, 401, 'invalid_client'],
    [basic('%', '%'), {}, 401, 'invalid_client'],
    [basic('a', 'b'), { grant_type: '' }, 400, 'invalid_request'],
    [basic('a', 'b'), { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [basic('a', 'b'), { grant_type: ['client_credentials', 'x'] }, 400, 'invalid_request'],
    [basic('a', 'b'), { scope: 'a  b' }, 400, 'invalid_scope'],
    [basic('a', 'b'), { scope: 'a"b' }, 400, 'invalid_scope'],
    [basic('a', 'b'), { scope: 'x'.repeat(5000) }, 400, 'invalid_request'],
    [basic('a', 'b'), { client_assertion: 'x' }, 400, 'invalid_request'],
    [undefined, { client_assertion: 'x', client_assertion_type: 'y' }, 401, 'invalid_client'],
    [
      undefined,
      { client_assertion: 'x', client_assertion_type: JWT_BEARER },
      401,
      'invalid_client',
    ],
    [undefined, { client_id: 'a', client_secret: 'b' }, 401, 'invalid_client'],
  ])('answers %s with %j as RFC 6749 5.2 lays down', async (authorization, form, status, error) => {
    const answer = await ask(authorization, form);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body.error_description).toMatch(DESCRIPTION);
  });

  it.each<[string, string, string, string]>([
    ['JSON', 'application/json', '{"grant_type":"client_credentials"}', 'unsupported-media-type'],
    ['broken JSON', 'application/json', '{"grant_type"', 'malformed-request'],
    ['JSON that names a prototype', 'application/json', '{"__proto__":1}', 'malformed-request'],
    ['a text', 'text/plain', 'grant_type=client_credentials', 'unsupported-media-type'],
    ['a file', 'multipart/form-data; boundary=x', '--x--', 'unsupported-media-type'],
    ['a type unheard of', 'application/x-unheard', 'x', 'unsupported-media-type'],
    ['a type that is none', 'form', 'x', 'unsupported-media-type'],
    ['a form that names a prototype', FORM, '__proto__=1', 'malformed-request'],
    ['a form without end', FORM, `grant_type=${'x'.repeat(1024 * 1024)}`, 'payload-too-large'],
  ])('answers %s as RFC 6749 5.2 lays down, and as a problem', async (_, type, body, code) => {
    const { clientId, key } = await issue();
    const answer = await world.http
      .post('/oauth2/token')
      .set('authorization', basic(clientId, key))
      .set('accept-language', 'zh')
      .set('content-type', type)
      .send(body);
    expect(answer.status).toBe(400);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-language': 'en',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
    expect(answer.body).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(DESCRIPTION),
      type: `/problems/${code}`,
      title: expect.any(String),
      status: 400,
      detail: expect.any(String),
      instance: '/oauth2/token',
      code,
      requestId: answer.headers['request-id'],
    });
    if (code === 'unsupported-media-type') expect(answer.body.detail).toBe(`Send ${FORM}.`);
  });

  it('reads a form whatever its charset and letters, and answers no body at all', async () => {
    const { clientId, key } = await issue();
    const send = (type: string) =>
      world.http
        .post('/oauth2/token')
        .set('authorization', basic(clientId, key))
        .set('content-type', type)
        .send('grant_type=client_credentials');
    await send(`${FORM}; charset=UTF-8`).expect(200);
    await send('Application/X-WWW-Form-Urlencoded').expect(200);
    const empty = await world.http.post('/oauth2/token').set('authorization', basic('a', 'b'));
    expect([empty.status, empty.body.error]).toEqual([400, 'invalid_request']);
  });

  it('leaves a wrong method and a wrong address to the problems of everywhere', async () => {
    const answer = await world.http.get('/oauth2/token');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).not.toHaveProperty('error');
  });

  it('leaves parameters that it does not know aside', async () => {
    const { clientId, key } = await issue();
    await ask(basic(clientId, key), { resource: 'x', audience: 'y' }).expect(200);
  });

  it('keeps to the address list of the client, for the token too', async () => {
    const far = await issue({ addresses: ['203.0.113.0/24'] });
    const answer = await ask(basic(far.clientId, far.key));
    expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
    const near = await issue({ addresses: ['127.0.0.0/8'] });
    const token = (await ask(basic(near.clientId, near.key)).expect(200)).body.access_token;
    await withToken(token as string, '/v1/imports').expect(200);
    await sql(`UPDATE api_key SET addresses = '{203.0.113.0/24}' WHERE id = $1`, [near.id]);
    await sleep(2_100);
    const moved = await withToken(token as string, '/v1/imports');
    expect([moved.status, moved.body.code]).toEqual([403, 'address-not-allowed']);
  });
});

describe('an access token', () => {
  it('ends with its time, and is none when changed', async () => {
    const { clientId, key } = await issue();
    const token = (await ask(basic(clientId, key)).expect(200)).body.access_token as string;
    for (const wrong of [`${token.slice(0, -1)}_`, token.slice(0, -1), `${token}a`, 'cbt_']) {
      await withToken(wrong, '/v1/imports').expect(401);
    }
    await sql('UPDATE access_token SET expires_at = now()');
    await withToken(token, '/v1/imports').expect(401);
  });

  it('never outlives its key', async () => {
    const { clientId, key } = await issue({ expiresAt: new Date(Date.now() + 100_000) });
    const answer = await ask(basic(clientId, key)).expect(200);
    expect(answer.body.expires_in).toBeLessThanOrEqual(100);
  });

  it('dies with its key, in under five seconds in every process', async () => {
    const second = await createApplication(world.config);
    try {
      const there = supertest(second.getHttpServer());
      const { id, clientId, key } = await issue();
      const token = (await ask(basic(clientId, key), {}, there)).body.access_token as string;
      for (const http of [world.http, there])
        await withToken(token, '/v1/imports', http).expect(200);
      await world.database.transaction((tx) =>
        world.app.get(Institutions).revokeKey(tx, world.school.institution.id, id),
      );
      await withToken(token, '/v1/imports').expect(401);
      await sleep(2_200);
      await withToken(token, '/v1/imports', there).expect(401);
    } finally {
      await second.close();
    }
  });
});

describe('a client that signs', () => {
  const pairs = {
    EdDSA: generateKeyPairSync('ed25519'),
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  };
  type Alg = keyof typeof pairs;

  const client = async (alg: Alg) => issue({ publicKey: await exportJWK(pairs[alg].publicKey) });
  let serial = 0;
  const assertion = (alg: Alg, id: string, over: JWTPayload = {}, key?: KeyObject) => {
    serial += 1;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: id,
      sub: id,
      aud: endpoint,
      jti: `j-${serial}`,
      iat: now,
      exp: now + 60,
      ...over,
    };
    return new SignJWT(claims).setProtectedHeader({ alg }).sign(key ?? pairs[alg].privateKey);
  };
  const send = (client_assertion: string, more: object = {}) =>
    ask(undefined, { client_assertion_type: JWT_BEARER, client_assertion, ...more });

  it.each<Alg>(['EdDSA', 'ES256'])('gets a token by %s', async (alg) => {
    const { clientId } = await client(alg);
    const answer = await send(await assertion(alg, clientId), { client_id: clientId }).expect(200);
    await withToken(answer.body.access_token as string, '/v1/imports').expect(200);
    await send(await assertion(alg, clientId, { aud: world.config.publicUrl })).expect(200);
  });

  it('has no secret: what looks like its key opens nothing', async () => {
    const { clientId, key } = await client('EdDSA');
    await withToken(key, '/v1/imports').expect(401);
    await ask(basic(clientId, key)).expect(401);
  });

  it.each<[string, JWTPayload]>([
    ['another audience', { aud: 'https://elsewhere.example/token' }],
    ['another issuer', { iss: 'cb_AAAAAAAA' }],
    ['another subject', { sub: 'cb_AAAAAAAA' }],
    ['an end that is past', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['an end that is far', { exp: Math.floor(Date.now() / 1000) + 3_600 }],
    ['no end', { exp: undefined }],
    ['no id', { jti: undefined }],
    ['a beginning to come', { nbf: Math.floor(Date.now() / 1000) + 120 }],
  ])('is refused for %s', async (_, over) => {
    const { clientId } = await client('EdDSA');
    const answer = await send(await assertion('EdDSA', clientId, over));
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  it('is refused for a foreign key, another algorithm, none, and a second use', async () => {
    const { clientId } = await client('EdDSA');
    const foreign = generateKeyPairSync('ed25519').privateKey;
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${
      (await assertion('EdDSA', clientId)).split('.')[1]
    }.`;
    for (const wrong of [
      await assertion('EdDSA', clientId, {}, foreign),
      await assertion('ES256', clientId),
      unsigned,
      'x.y.z',
    ]) {
      await send(wrong).expect(401);
    }
    const once = await assertion('EdDSA', clientId);
    const both = await Promise.all([send(once), send(once)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
    await send(once).expect(401);
    const other = await client('EdDSA');
    await send(await assertion('EdDSA', clientId), { client_id: other.clientId }).expect(401);
  });
});

describe('GET /.well-known/oauth-authorization-server', () => {
  it('says what a client needs to know (RFC 8414)', async () => {
    const answer = await world.http
      .get('/.well-known/oauth-authorization-server')
      .set('accept', 'text/html')
      .expect(200);
    expect(answer.body).toMatchObject({
      issuer: world.config.publicUrl,
      token_endpoint: endpoint,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
    });
    expect(answer.body.scopes_supported).toContain('imports:write');
  });
});
