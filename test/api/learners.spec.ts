import { residentIdCheckDigit } from '#libs/identity';
import type { Role } from '../../src/platform/auth/index.js';
import { Database } from '../../src/platform/database/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { Learners, type PersonRef } from '../../src/learners/index.js';
import { bucketOf } from '../../src/platform/ids/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { cookieOf } from '../support/people.js';

let service: TestApp;
let database: Database;
let learners: Learners;
const school: Record<string, { id: string; key: (role: Role) => string }> = {};

beforeAll(async () => {
  service = await startTestApp();
  database = service.app.get(Database);
  learners = service.app.get(Learners);
  const institutions = service.app.get(Institutions);
  await database.transaction(async (tx) => {
    for (const code of ['A', 'B', 'AUTHORITY']) {
      const { id } = await institutions.create(tx, {
        code,
        kind: code === 'AUTHORITY' ? 'authority' : 'school',
        name: { zh: code, en: code },
        region: '重庆市',
      });
      const keys = new Map<Role, string>();
      for (const role of ['registrar', 'issuer', 'authority', 'rule-author'] as const) {
        const { key } = await institutions.issueKey(tx, {
          institutionId: id,
          roles: [role],
          label: role,
        });
        keys.set(role, key);
      }
      school[code] = { id, key: (role) => keys.get(role) as string };
    }
  });
});
afterAll(() => service.close());

let sequence = 0;
/** A resident ID that no other test uses. */
function freshNumber(): string {
  sequence += 1;
  const body = `500106${1950 + (sequence % 60)}0101${String(sequence % 1000).padStart(3, '0')}`;
  return body + residentIdCheckDigit(body);
}

function person(name: string | null, number = freshNumber()): PersonRef {
  return { name, document: { kind: 'resident-id', number } };
}

const resolve = (people: PersonRef[], at = 'A') =>
  database.transaction((tx) => learners.resolve(tx, people, school[at]!.id));
const lookup = (people: PersonRef[], at = 'A') =>
  database.read((tx) => learners.lookup(tx, people, school[at]!.id));
const count = async (table: string): Promise<number> => {
  const rows = await database.read((tx) =>
    tx.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`),
  );
  return Number(rows[0]!.n);
};

async function one(ref: PersonRef, at = 'A') {
  const [answer] = await resolve([ref], at);
  if (!answer?.ok) throw new Error(`refused: ${answer?.problem.code}`);
  return answer;
}

describe('resolve', () => {
  it('opens an account the first time and finds it the second', async () => {
    const number = freshNumber();
    const first = await one(person('张三', number));
    const second = await one(person('张三', ` ${number.toLowerCase()} `), 'B');
    expect(first.created).toBe(true);
    expect(second).toMatchObject({ learnerId: first.learnerId, created: false });
    expect(bucketOf(first.learnerId)).toBe(second.bucket);
  });

  it('answers in the order of the input, each person with the own result', async () => {
    const people = [
      person('甲'),
      person('乙', '11010519491231002'),
      person('丙'),
      person('丁\u200b'),
    ];
    const answers = await resolve(people);
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.problem.code))).toEqual([
      'ok',
      'resident-id-length',
      'ok',
      'control-character',
    ]);
  });

  it('joins duplicates within one call', async () => {
    const number = freshNumber();
    const answers = await resolve([
      person(null, number),
      person('李四', number),
      person('李 四', number),
      person('李五', number),
    ]);
    const ids = answers.slice(0, 3).map((answer) => (answer.ok ? answer.learnerId : ''));
    expect(new Set(ids).size).toBe(1);
    expect(answers[3]).toEqual({ ok: false, problem: { code: 'name-mismatch' } });
  });

  it('refuses another name and does not put the learner on the roster', async () => {
    const number = freshNumber();
    const { learnerId } = await one(person('王五', number));
    const [answer] = await resolve([person('王六', number)], 'B');
    expect(answer).toEqual({ ok: false, problem: { code: 'name-mismatch' } });
    const principal = { id: 'k', name: 'k', roles: ['registrar'] as Role[], learnerId: null };
    const mayRead = (at: string) =>
      database.read((tx) =>
        learners.mayRead(tx, { ...principal, institutionId: school[at]!.id }, learnerId),
      );
    expect(await mayRead('A')).toBe(true);
    expect(await mayRead('B')).toBe(false);
  });

  it('gives a nameless learner the first name stated', async () => {
    const number = freshNumber();
    const { learnerId } = await one(person(null, number));
    await one(person('赵七', number));
    const shown = await service.http
      .get(`/v1/learners/${learnerId}`)
      .set('authorization', `Bearer ${school['A']!.key('registrar')}`)
      .expect(200);
    expect(shown.body.name).toBe('赵七');
    const [answer] = await resolve([person('赵八', number)]);
    expect(answer).toMatchObject({ ok: false });
    await one(person(null, number));
  });

  it('takes an id only from an institution that has the learner already', async () => {
    const { learnerId } = await one(person('孙八'));
    const unknown = { ok: false, problem: { code: 'unknown-learner' } };
    expect(await one({ learnerId })).toMatchObject({ learnerId, created: false });
    expect(await resolve([{ learnerId }], 'B')).toEqual([unknown]);
    expect(await resolve([{ learnerId: 'nonsense' }])).toEqual([unknown]);
    expect(await resolve([{ learnerId: '01890000-0000-7000-8000-000000000000' }])).toEqual([
      unknown,
    ]);
  });

  it('takes an empty list', async () => {
    expect(await resolve([])).toEqual([]);
  });

  it('stores nothing readable', async () => {
    const number = freshNumber();
    await one(person('欧阳可读', number));
    for (const table of ['learner', 'learner_person', 'learner_identity', 'learner_institution']) {
      const rows = await database.read((tx) =>
        tx.query<{ text: string }[]>(`SELECT t::text AS text FROM ${table} t`),
      );
      for (const { text } of rows) {
        expect(text).not.toContain(Buffer.from('欧阳可读').toString('hex'));
        expect(text).not.toContain(Buffer.from(number).toString('hex'));
        expect(text).not.toContain(number);
      }
    }
  });
});

describe('lookup', () => {
  it('creates nothing and foretells what resolve answers', async () => {
    const known = freshNumber();
    const fresh = freshNumber();
    const { learnerId } = await one(person('周九', known));
    const before = await Promise.all(['learner', 'learner_institution'].map(count));
    const people = [
      person('周九', known),
      person('周十', known),
      person('新人', fresh),
      person('别人', fresh),
      person('坏号', '123'),
    ];
    expect(await lookup(people)).toEqual([
      { ok: true, learnerId },
      { ok: false, problem: { code: 'name-mismatch' } },
      { ok: true, learnerId: null },
      { ok: false, problem: { code: 'name-mismatch' } },
      { ok: false, problem: { code: 'resident-id-length', params: { length: '3' } } },
    ]);
    expect(await Promise.all(['learner', 'learner_institution'].map(count))).toEqual(before);
    const oks = (await resolve(people)).map((answer) => answer.ok);
    expect(oks).toEqual([true, false, true, false, false]);
  });
});

describe('races', () => {
  it('opens one account each when the same people come at once, in any order', async () => {
    const before = await count('learner');
    const people = Array.from({ length: 60 }, (_, i) => person(`赛跑${i}`));
    const orders = [
      people,
      people.toReversed(),
      people.toSorted(() => Math.random() - 0.5),
      people,
    ];
    const runs = await Promise.all(orders.map((order, i) => resolve(order, i % 2 ? 'A' : 'B')));
    expect(runs.flat().every((answer) => answer.ok)).toBe(true);
    expect(await count('learner')).toBe(before + 60);
    expect(await count('learner_person')).toBe(await count('learner'));
    const opened = runs.flat().filter((answer) => answer.ok && answer.created);
    expect(opened).toHaveLength(60);
    const byPerson = new Map<PersonRef, Set<string>>();
    for (const [run, order] of orders.entries()) {
      for (const [i, ref] of order.entries()) {
        const answer = runs[run]![i]!;
        const ids = byPerson.get(ref) ?? new Set();
        byPerson.set(ref, ids.add(answer.ok ? answer.learnerId : 'refused'));
      }
    }
    expect([...byPerson.values()].every((ids) => ids.size === 1)).toBe(true);
  });

  it('lets one of two first names win', async () => {
    const people = Array.from({ length: 20 }, () => freshNumber());
    await resolve(people.map((number) => person(null, number)));
    const [left, right] = await Promise.all([
      resolve(people.map((number) => person('左', number))),
      resolve(people.toReversed().map((number) => person('右', number))),
    ]);
    const rightInOrder = right.toReversed();
    for (const [i, answer] of left.entries()) {
      expect(answer.ok).not.toBe(rightInOrder[i]!.ok);
    }
  });

  it('forgets an account whose transaction failed', async () => {
    const ref = person('回滚');
    const failed = database.transaction(async (tx) => {
      await learners.resolve(tx, [ref], school['A']!.id);
      throw new Error('later step failed');
    });
    await expect(failed).rejects.toThrow('later step failed');
    expect(await lookup([ref])).toEqual([{ ok: true, learnerId: null }]);
    expect((await one(ref)).created).toBe(true);
  });
});

describe('GET /v1/learners/{id}', () => {
  const get = (id: string, key: string) =>
    service.http.get(`/v1/learners/${id}`).set('authorization', `Bearer ${key}`);

  it('shows name, masked documents and birth date to the learner’s school', async () => {
    const number = '11010519491231002X';
    const { learnerId } = await one(person('钱·古丽', number));
    const answer = await get(learnerId, school['A']!.key('registrar')).expect(200);
    expect(answer.body).toEqual({
      id: learnerId,
      name: '钱·古丽',
      identities: [{ kind: 'resident-id', masked: '1101**********002X' }],
      birthDate: '1949-12-31',
    });
    await get(learnerId, school['A']!.key('issuer')).expect(200);
    await get(learnerId, school['AUTHORITY']!.key('authority')).expect(200);
  });

  it('answers another school as if the learner did not exist', async () => {
    const { learnerId } = await one(person('隔壁'));
    const missing = '01890000-0000-7000-8000-000000000000';
    const [theirs, nobody, nonsense] = await Promise.all([
      get(learnerId, school['B']!.key('registrar')),
      get(missing, school['B']!.key('registrar')),
      get('nonsense', school['B']!.key('registrar')),
    ]);
    for (const answer of [theirs, nobody, nonsense]) {
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        404,
        'not-found',
        nobody.body.detail,
      ]);
    }
    await get(missing, school['AUTHORITY']!.key('authority')).expect(404);
    await get(learnerId, school['A']!.key('rule-author')).expect(403);
    await service.http.get(`/v1/learners/${learnerId}`).expect(401);
  });

  it('answers `me` for a signed-in learner, who sees nobody else', async () => {
    const { learnerId } = await one(person('本人'));
    const other = await one(person('他人'));
    await database.transaction((tx) =>
      service.app.get(Institutions).createAccount(tx, {
        signInName: 'myself',
        password: 'a long enough one',
        displayName: '本人',
        roles: ['learner'],
        learnerId,
      }),
    );
    const session = await service.http
      .post('/v1/session')
      .send({ name: 'myself', password: 'a long enough one' })
      .expect(200);
    expect(session.body.account).toMatchObject({ name: 'myself', learnerId });
    const cookie = cookieOf(session);
    const asMe = (id: string) => service.http.get(`/v1/learners/${id}`).set('cookie', cookie);
    expect((await asMe('me').expect(200)).body).toMatchObject({ id: learnerId, name: '本人' });
    await asMe(learnerId).expect(200);
    await asMe(other.learnerId).expect(404);
    const staff = await get('me', school['A']!.key('registrar')).expect(403);
    expect(staff.body.code).toBe('not-a-learner');
  });
});

describe('POST /v1/learners/search', () => {
  const search = (at: string, role: Role, body: object) =>
    service.http
      .post('/v1/learners/search')
      .set('authorization', `Bearer ${school[at]!.key(role)}`)
      .send(body);

  it('finds a learner of one’s own roster only', async () => {
    const number = freshNumber();
    const { learnerId } = await one(person('柜台', number));
    const document = { kind: 'resident-id', number: number.toLowerCase() };
    const found = await search('A', 'registrar', { document }).expect(200);
    expect(found.body).toMatchObject({ id: learnerId, name: '柜台' });
    const theirs = await search('B', 'registrar', { document }).expect(404);
    const nobody = await search('B', 'registrar', {
      document: { kind: 'resident-id', number: freshNumber() },
    }).expect(404);
    expect(theirs.body.code).toBe(nobody.body.code);
    await search('A', 'issuer', { document }).expect(200);
    await search('B', 'issuer', { document }).expect(404);
    await search('A', 'rule-author', { document }).expect(403);
  });

  it.each([
    [{}, '/document'],
    [{ document: { kind: 'library-card', number: '1' } }, '/document/kind'],
    [{ document: { kind: 'resident-id' } }, '/document/number'],
    [{ document: { kind: 'resident-id', number: '1\u200b' } }, '/document/number'],
    [{ document: { kind: 'resident-id', number: '1', name: 'x' } }, '/document/name'],
    [{ document: null }, '/document'],
    [{ document: [] }, '/document'],
    [{ document: 'x' }, '/document'],
    [[], '/document'],
  ])('refuses the shape %j', async (body, pointer) => {
    const answer = await search('A', 'registrar', body).expect(400);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(
      pointer,
    );
  });

  it('says what is wrong with a number', async () => {
    const document = { kind: 'resident-id', number: '110105194912310021' };
    const answer = await search('A', 'registrar', { document }).expect(422);
    expect(answer.body.code).toBe('resident-id-check-digit');
  });
});
