import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../src/platform/database/index.js';
import { type Institution, Institutions } from '../../src/institutions/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

let service: TestApp;
let database: Database;
let institutions: Institutions;
let school: Institution;
let other: Institution;

beforeAll(async () => {
  service = await startTestApp();
  database = service.app.get(Database);
  institutions = service.app.get(Institutions);
  const create = (code: string, kind: Institution['kind']) =>
    database.transaction((tx) =>
      institutions.create(tx, { code, kind, name: { zh: `机构${code}`, en: code }, region: '渝' }),
    );
  school = await create('B-SCHOOL', 'school');
  other = await create('C-OTHER', 'issuer');
  await create('A-FIRST', 'school');
});
afterAll(() => service.close());

const sql = <T>(text: string, values: unknown[] = []): Promise<T> =>
  database.read((tx) => tx.query<T>(text, values));
const issue = (institutionId = school.id, expiresAt?: Date) =>
  database.transaction((tx) =>
    institutions.issueKey(tx, {
      institutionId,
      roles: ['registrar'],
      label: 'student system',
      ...(expiresAt && { expiresAt }),
    }),
  );
const whoIs = (key: string) =>
  service.http.get('/v1/session').set('authorization', `Bearer ${key}`);

describe('GET /v1/institutions', () => {
  it('lists institutions by code, page by page, for everybody', async () => {
    const first = await service.http.get('/v1/institutions?limit=2').expect(200);
    expect(first.body.items.map((item: Institution) => item.code)).toEqual(['A-FIRST', 'B-SCHOOL']);
    expect(first.body.items[1]).toEqual({
      id: school.id,
      code: 'B-SCHOOL',
      kind: 'school',
      tier: 'member-unit',
      parentId: null,
      name: { zh: '机构B-SCHOOL', en: 'B-SCHOOL' },
      region: '渝',
      status: 'active',
      awards: ['course', 'online-course', 'training', 'lecture', 'apprenticeship'],
      registers: [
        'x-certificate',
        'skill-level-certificate',
        'vocational-qualification',
        'specialised-ability',
        'contest',
      ],
      recognises: null,
      laidDown: [],
      standings: [],
    });
    const rest = await service.http
      .get(`/v1/institutions?limit=2&after=${first.body.next}`)
      .expect(200);
    expect(rest.body).toMatchObject({ items: [{ code: 'C-OTHER' }], next: null });
    const issuers = await service.http.get('/v1/institutions?kind=issuer').expect(200);
    expect(issuers.body.items).toHaveLength(1);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'kind=bank',
    'tier=cellar',
    'parent=x',
    'after=%00',
    'after=e30',
    'after=WyJcdTAwMDAiXQ',
    'colour=red',
  ])('refuses ?%s', async (query) => {
    await service.http.get(`/v1/institutions?${query}`).expect(400);
  });

  it('shows one, and nothing for what is no id', async () => {
    const answer = await service.http.get(`/v1/institutions/${school.id}`).expect(200);
    expect(answer.body.code).toBe('B-SCHOOL');
    await service.http.get('/v1/institutions/01890000-0000-7000-8000-000000000000').expect(404);
    await service.http.get("/v1/institutions/'%20OR%201=1").expect(404);
  });

  it('refuses a code twice', async () => {
    const again = institutions.create.bind(institutions);
    const twice = database.transaction((tx) =>
      again(tx, { code: 'B-SCHOOL', kind: 'school', name: { zh: '甲', en: 'A' }, region: '渝' }),
    );
    await expect(twice).rejects.toMatchObject({ problem: { code: 'institution-code-taken' } });
  });
});

describe('API keys', () => {
  it('look like cb_<8>_<32> and are stored as prefix and hash only', async () => {
    const { id, key } = await issue();
    expect(key).toMatch(/^cb_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}$/);
    const [row] = await sql<Record<string, unknown>[]>(
      'SELECT api_key::text AS text, expires_at FROM api_key WHERE id = $1',
      [id],
    );
    expect(row!['text']).toContain(key.slice(3, 11));
    expect(row!['text']).not.toContain(key.slice(12));
    expect((row!['expires_at'] as Date).getTime()).toBeGreaterThan(Date.now() + 364 * 86_400_000);
  });

  it('name the institution and the roles of whoever sends them', async () => {
    const { id, key } = await issue();
    const answer = await whoIs(key).expect(200);
    expect(answer.body.account).toEqual({
      id,
      name: 'student system',
      roles: ['registrar'],
      institutionId: school.id,
      learnerId: null,
    });
  });

  it('are refused when wrong in any part', async () => {
    const { key } = await issue();
    const last = key.endsWith('a') ? 'b' : 'a';
    const wrong = [
      key.slice(0, -1) + last,
      `cb_AAAAAAAA_${key.slice(12)}`,
      key.slice(0, -1),
      `${key}a`,
      'cb__',
      "cb_' OR '1_x",
      'x'.repeat(4000),
    ];
    for (const text of wrong) await whoIs(text).expect(401);
    await whoIs(key).expect(200);
  });

  it('end with their time, also while they are remembered', async () => {
    const end = Date.now() + 3_600_000;
    const { key } = await issue(school.id, new Date(end));
    const clock = jest.spyOn(Date, 'now').mockReturnValue(end - 1);
    await whoIs(key).expect(200);
    clock.mockReturnValue(end);
    await whoIs(key).expect(401);
    clock.mockRestore();
  });

  it('die at once when revoked here, and within two seconds when revoked elsewhere', async () => {
    const here = await issue();
    const elsewhere = await issue();
    await whoIs(here.key).expect(200);
    await whoIs(elsewhere.key).expect(200);
    await database.transaction((tx) => institutions.revokeKey(tx, school.id, here.id));
    await whoIs(here.key).expect(401);
    await sql('UPDATE api_key SET revoked_at = now() WHERE id = $1', [elsewhere.id]);
    await sleep(2_100);
    await whoIs(elsewhere.key).expect(401);
  });

  it('are revoked by their own institution only', async () => {
    const { id, key } = await issue();
    const foreign = database.transaction((tx) => institutions.revokeKey(tx, other.id, id));
    await expect(foreign).rejects.toMatchObject({ problem: { code: 'not-found' } });
    await whoIs(key).expect(200);
  });

  it('stop working while the institution is suspended', async () => {
    const { key } = await issue(other.id);
    await sql(`UPDATE institution SET status = 'suspended' WHERE id = $1`, [other.id]);
    await whoIs(key).expect(401);
    await sql(`UPDATE institution SET status = 'active' WHERE id = $1`, [other.id]);
    await whoIs(key).expect(200);
  });

  it('note their last use, once a minute, and only for the right secret', async () => {
    const { id, key } = await issue();
    const lastUse = async () => {
      const rows = await sql<{ last_used_at: Date | null }[]>(
        'SELECT last_used_at FROM api_key WHERE id = $1',
        [id],
      );
      return rows[0]!.last_used_at;
    };
    await whoIs(`${key.slice(0, 12)}${'0'.repeat(32)}`).expect(401);
    expect(await lastUse()).toBeNull();
    await whoIs(key).expect(200);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await whoIs(key).expect(200);
    expect(await lastUse()).toEqual(first);
  });
});

describe('accounts', () => {
  const create = (signInName: string, password: string) =>
    database.transaction((tx) =>
      institutions.createAccount(tx, {
        signInName,
        password,
        displayName: 'x',
        roles: ['registrar'],
        institutionId: school.id,
      }),
    );

  it('refuse a name that differs only in case, and a short or endless password', async () => {
    await create('Wang', 'long enough');
    await expect(create('wANG', 'long enough')).rejects.toMatchObject({
      problem: { code: 'sign-in-name-taken' },
    });
    for (const password of ['1234567', 'x'.repeat(129)]) {
      await expect(create('li', password)).rejects.toMatchObject({
        problem: { code: 'password-length' },
      });
    }
  });

  it('keep Argon2id of the password, 19 MiB and two passes', async () => {
    await create('zhao', 'long enough');
    const rows = await sql<{ password_hash: string }[]>(
      `SELECT password_hash FROM account WHERE sign_in_name = 'zhao'`,
    );
    expect(rows[0]!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('take one hash for many', async () => {
    const password = await institutions.hashPassword('a public demonstration');
    for (const signInName of ['demo-1', 'demo-2']) {
      await database.transaction((tx) =>
        institutions.createAccount(tx, {
          signInName,
          password,
          displayName: 'x',
          roles: ['operator'],
        }),
      );
      await service.http
        .post('/v1/session')
        .send({ name: signInName, password: 'a public demonstration' })
        .expect(200);
    }
  });
});
