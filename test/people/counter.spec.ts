import { residentIdCheckDigit } from '#libs/identity';
import { bucketOf } from '../../src/platform/ids/index.js';
import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import {
  type InTheNameOf,
  type Staff,
  type StatedPerson,
  inTheNameOf,
  postFor,
  refusalOf,
  somebody,
  staffOf,
  standAt,
} from './support.js';

let world: ConversionWorld;
let clerk: Staff;
let colleague: Staff;
let stranger: Staff;
let registrar: Staff;

beforeAll(async () => {
  world = await startConversionWorld();
  clerk = await staffOf(world, world.school);
  colleague = await staffOf(world, world.school);
  registrar = await staffOf(world, world.school, ['registrar']);
  stranger = await staffOf(world, world.otherSchool);
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

/** Of a resident from Hong Kong: the region 810000, and a right check digit. */
function residencePermit(): string {
  const body = '81000019900101001';
  return body + residentIdCheckDigit(body);
}

const NOBODY = '01a2e7c0-5b7e-7123-8000-000000000009';
const paper = { given: 'signed-paper', record: 'counter 3, sheet 17', minutes: 30 };

async function serve(
  learner: StatedPerson,
  acts: string[] = ['see', 'apply', 'share'],
  by: Staff = clerk,
): Promise<{ id: string; learnerId: string; as: InTheNameOf }> {
  const opened = await by.post('/v1/counter-sessions', { learner, acts, ...paper }).expect(201);
  const { id, learnerId } = opened.body as { id: string; learnerId: string };
  return { id, learnerId, as: inTheNameOf(by, id) };
}

describe('a learner without a phone', () => {
  it('is shown and handed everything, applies and shares by the clerk, and sees who did it', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = somebody('丁香兰');
    const { learnerId } = await postFor(world.issuer, learner, {
      outcome: 'X-LOG-2',
      grade: undefined,
    });
    const session = await serve(learner);
    expect(session.learnerId).toBe(learnerId);
    const { as, id } = session;

    expect((await as.get('/v1/learners/me').expect(200)).body.name).toBe('丁香兰');
    const balance = await as.get('/v1/learners/me/balance').expect(200);
    expect(balance.body.total.available).toBe('7');
    await as.get(`/v1/learners/${learnerId}/statement`).expect(200);
    expect((await as.get('/v1/learners/me/outcomes').expect(200)).body.items).toHaveLength(1);
    const applied = await as.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const settled = await world.settled(as, applied.body.id as string);
    expect(settled.history[0]).toMatchObject({ action: 'submit', by: 'institution' });
    const share = await as.post('/v1/shares', { purpose: '求职' }).expect(201);
    const path = `/v1/shares/${share.body.id}`;
    await as.get(`${path}/qr.svg`).expect(200);
    await as.get(`${path}/transcript.pdf`).expect(200);
    expect((await as.patch(path, { days: 90, pin: '402817' }).expect(200)).body.hasPin).toBe(true);
    await as.delete(path).expect(204);

    const log = await as.get('/v1/learners/me/access-log?limit=100').expect(200);
    const lines = (log.body.items as Record<string, unknown>[]).toReversed();
    expect(lines.map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining([
        'counter-session',
        'account',
        'balance',
        'statement',
        'outcomes',
        'application-made',
        'application',
        'share-made',
        'transcript',
        'share-changed',
        'share-ended',
        'access-log',
      ]),
    );
    for (const line of lines.slice(1)) {
      expect(line).toMatchObject({
        by: 'staff',
        reader: clerk.id,
        office: { code: 'school' },
        ground: 'counter',
        reference: id,
      });
    }
    // Being served does not put a stranger's learner on the roster.
    await world.school.get(`/v1/learners/${learnerId}`).expect(404);
  });

  it('gets an account at the counter, whatever the document', async () => {
    const people: StatedPerson[] = [
      { name: 'Anna Müller', document: { kind: 'passport', number: 'C01X00T47' } },
      { name: '陈大文', document: { kind: 'hk-macao-permit', number: 'H98765432' } },
      { name: '林志明', document: { kind: 'taiwan-permit', number: '98765432' } },
      { name: '黄志强', document: { kind: 'hmt-residence-permit', number: residencePermit() } },
      {
        name: 'Ivan Petrov',
        document: { kind: 'foreign-permanent-resident', number: 'RUS110100010101' },
      },
      { name: '阮氏兰', document: { kind: 'foreign-student-number', number: 'FS-2026-001' } },
    ];
    for (const learner of people) {
      const { learnerId, as } = await serve(learner, ['see']);
      const shown = await as.get('/v1/learners/me').expect(200);
      expect(shown.body).toMatchObject({
        id: learnerId,
        name: learner.name,
        identities: [{ kind: learner.document.kind }],
      });
      // The school posts by the same document into the same account, and a counter finds it again.
      expect((await postFor(world.school, learner)).learnerId).toBe(learnerId);
      expect((await serve(learner, ['see'])).learnerId).toBe(learnerId);
    }
  });

  it('lets the clerk do what was agreed to, and nothing that is for the learner alone', async () => {
    const { as } = await serve(somebody('何秀英'), ['see']);
    await as.get('/v1/learners/me/balance').expect(200);
    // Whoever is at the counter takes papers home: what is refused here is not the clerk.
    for (const [answer, status, code] of [
      [await as.get('/v1/learners/me/balance-proof'), 404, 'nothing-to-prove'],
      [await as.get('/v1/credentials'), 200, undefined],
      [await as.post('/v1/credentials', {}), 409, 'nothing-to-certify'],
      [await as.get(`/v1/entries/${NOBODY}.0/receipt`), 404, 'not-found'],
      [await as.get(`/v1/postings/${NOBODY}/receipt`), 404, 'not-found'],
      [await as.get(`/v1/shares/${NOBODY}/transcript.pdf`), 404, 'not-found'],
    ] as const) {
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const refused = await as.post('/v1/shares', { purpose: '求职' });
    expect(refusalOf(refused)).toEqual([403, 'act-not-agreed']);
    const changed = await as.patch('/v1/shares/01a2e7c0-5b7e-7123-8000-000000000009', { days: 9 });
    expect(refusalOf(changed)).toEqual([403, 'act-not-agreed']);
    for (const answer of [
      await as.get('/v1/learners/me/export'),
      await as.post('/v1/learners/me/erasure', { ground: 'request' }),
      await as.get('/v1/account'),
      await as.post('/v1/counter-sessions', { learner: somebody('无'), acts: ['see'], ...paper }),
    ]) {
      expect(refusalOf(answer)).toEqual([403, 'not-on-behalf']);
    }
    // What is open to everybody is asked as everybody.
    await as.get('/v1/programmes').expect(200);
  });

  it('has told how: on paper with its place, or before a colleague', async () => {
    const learner = somebody('田桂花');
    const base = { learner, acts: ['see'], minutes: 10 };
    const spoken = { ...base, given: 'spoken' };
    for (const [body, code] of [
      [{ ...base, given: 'signed-paper' }, 'consent-record-missing'],
      [{ ...base, ...paper, record: `sheet of ${learner.document.number}` }, 'names-a-person'],
      [spoken, 'witness-unknown'],
      [{ ...spoken, witness: clerk.name }, 'witness-unknown'],
      [{ ...spoken, witness: stranger.name }, 'witness-unknown'],
      [{ ...spoken, witness: 'nobody' }, 'witness-unknown'],
    ] as const) {
      expect(refusalOf(await clerk.post('/v1/counter-sessions', body))).toEqual([422, code]);
    }
    const opened = await clerk
      .post('/v1/counter-sessions', { ...spoken, witness: colleague.name })
      .expect(201);
    expect(opened.body).toMatchObject({ given: 'spoken', witness: colleague.id, state: 'active' });
    const shown = await inTheNameOf(clerk, opened.body.id as string)
      .get('/v1/learners/me/representatives')
      .expect(200);
    expect(shown.body.items).toEqual([opened.body]);
  });

  it('is told apart from nobody else: a wrong name is refused, also at the counter', async () => {
    const learner = somebody('孙玉兰');
    await postFor(world.issuer, learner, { outcome: 'X-LOG-2', grade: undefined });
    const wrong = { learner: { ...learner, name: '孙玉梅' }, acts: ['see'], ...paper };
    expect(refusalOf(await clerk.post('/v1/counter-sessions', wrong))).toEqual([
      422,
      'name-mismatch',
    ]);
  });
});

describe('a counter session', () => {
  it('is that clerk’s alone, and learners’ and other roles’ never', async () => {
    const { id } = await serve(somebody('罗玉芳'));
    for (const other of [colleague, stranger, registrar]) {
      const answer = await inTheNameOf(other, id).get('/v1/learners/me/balance');
      expect(refusalOf(answer)).toEqual([403, 'representation-ended']);
    }
    await colleague.get(`/v1/counter-sessions/${id}`).expect(404);
    await colleague.delete(`/v1/counter-sessions/${id}`).expect(404);
    await registrar.post('/v1/counter-sessions', {}).expect(403);
    const byKey = await world.school.get('/v1/learners/me/balance').set('acting-for', id);
    expect(refusalOf(byKey)).toEqual([403, 'people-only']);
    await clerk.get(`/v1/counter-sessions/${id}`).expect(200);
  });

  it('is about its learner alone', async () => {
    const other = await postFor(world.school, somebody('他人'));
    const { as } = await serve(somebody('罗玉芳'));
    await as.get(`/v1/learners/${other.learnerId}/balance`).expect(404);
    await as.get(`/v1/outcomes/${other.outcomeId}`).expect(404);
  });

  it('ends when it is closed, and by itself', async () => {
    const one = await serve(somebody('蒋素珍'));
    await clerk.delete(`/v1/counter-sessions/${one.id}`).expect(204);
    await clerk.delete(`/v1/counter-sessions/${one.id}`).expect(204);
    const ended = [403, 'representation-ended'];
    expect(refusalOf(await one.as.get('/v1/learners/me'))).toEqual(ended);
    const shown = await clerk.get(`/v1/counter-sessions/${one.id}`).expect(200);
    expect(shown.body.state).toBe('ended');

    const two = await serve(somebody('蒋素芳'));
    standAt(world, new Date(Date.now() + 31 * 60_000).toISOString());
    expect(refusalOf(await two.as.get('/v1/learners/me'))).toEqual(ended);
    for (const id of ['', 'x', one.id.replace(/^./, 'f')]) {
      expect(refusalOf(await inTheNameOf(clerk, id).get('/v1/learners/me'))).toEqual(ended);
    }
  });

  it('ends with the request for erasure', async () => {
    const learner = somebody('邓小琴');
    const { learnerId, as } = await serve(learner);
    await clerk.post('/v1/claim-codes', { learner }).expect(201);
    await world.authority
      .post(`/v1/learners/${learnerId}/erasure`, { ground: 'unlawful' })
      .expect(202);
    expect(refusalOf(await as.get('/v1/learners/me'))).toEqual([403, 'representation-ended']);
    // Who served the person stays; what was written about papers, and the claim code, go.
    const words = (): Promise<{ papers: string; codes: string }[]> =>
      world.database.readAcrossTenants((tx) =>
        tx.query(
          `SELECT count(r.record) AS papers,
                  (SELECT count(*) FROM claim_code WHERE learner_id = $1) AS codes
             FROM representation r WHERE r.learner_id = $1`,
          [learnerId],
        ),
      );
    expect(await words()).toEqual([{ papers: '1', codes: '1' }]);
    await world.database.transaction((tx) =>
      tx.query('SELECT shred_learner($1::smallint, $2)', [bucketOf(learnerId), learnerId]),
    );
    expect(await words()).toEqual([{ papers: '0', codes: '0' }]);
  });
});

describe('the day of a counter', () => {
  const DAY = '2027-03-08';
  const list = async (by: Staff, query = `?on=${DAY}`): Promise<Record<string, unknown>[]> =>
    (await by.get(`/v1/counter-sessions${query}`).expect(200)).body.items;

  beforeEach(() => standAt(world, `${DAY}T01:30:00Z`));

  it('shows whom a clerk served, who that was and what was done, newest first', async () => {
    const first = await serve(somebody('林月娥'));
    await first.as.get('/v1/learners/me/balance').expect(200);
    await clerk.delete(`/v1/counter-sessions/${first.id}`).expect(204);
    standAt(world, `${DAY}T02:00:00Z`);
    const second = await serve(somebody('白露'), ['see']);
    expect(await list(clerk)).toMatchObject([
      { id: second.id, name: '白露', acts: ['see'], state: 'active', done: [], witness: null },
      {
        id: first.id,
        learnerId: first.learnerId,
        name: '林月娥',
        clerk: expect.any(String),
        done: ['balance'],
        state: 'ended',
        beginsAt: `${DAY}T01:30:00.000Z`,
        endedAt: `${DAY}T01:30:00.000Z`,
      },
    ]);
    // Today when no day is named; the day is China's.
    expect(await list(clerk, '')).toHaveLength(2);
    expect(await list(clerk, '?on=2027-03-07')).toEqual([]);
    // Who is named finds a line, once for each list.
    const log = await second.as.get('/v1/learners/me/access-log?limit=100').expect(200);
    const lines = (log.body.items as { purpose: string }[]).filter(
      ({ purpose }) => purpose === 'counter-list',
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ ground: 'counter', reference: second.id, fields: ['name'] });
  });

  it('goes on where a page ended', async () => {
    const page = await clerk.get(`/v1/counter-sessions?on=${DAY}&limit=1`).expect(200);
    const next = `/v1/counter-sessions?on=${DAY}&limit=1&after=${page.body.next}`;
    const rest = await clerk.get(next).expect(200);
    expect([page.body.items[0].name, rest.body.items[0].name]).toEqual(['白露', '林月娥']);
    expect(rest.body.next).toBeNull();
    await clerk.get('/v1/counter-sessions?on=2027-02-30').expect(400);
    await clerk.get('/v1/counter-sessions?after=x').expect(400);
  });

  it('is the clerk’s own, the manager’s for the whole office, and no other office’s', async () => {
    await serve(somebody('方晓'), ['see'], colleague);
    const manager = await staffOf(world, world.school, ['manager']);
    const names = async (by: Staff): Promise<unknown[]> => (await list(by)).map(({ name }) => name);
    expect(await names(colleague)).toEqual(['方晓']);
    expect(new Set(await names(manager))).toEqual(new Set(['方晓', '林月娥', '白露']));
    expect(await names(stranger)).toEqual([]);
    await registrar.get('/v1/counter-sessions').expect(403);
    // Somebody who asked for erasure is nobody there any more.
    const { body } = await colleague.get(`/v1/counter-sessions?on=${DAY}`).expect(200);
    const path = `/v1/learners/${body.items[0].learnerId}/erasure`;
    await world.authority.post(path, { ground: 'unlawful' }).expect(202);
    expect(await names(colleague)).toEqual([null]);
  });
});

it('shows what a school stated about a learner to the learner and that school alone', async () => {
  const learner = somebody('柳青');
  const said = { groups: ['veteran'], subsidised: true, origin: 'CN-51' };
  const { learnerId } = await postFor(world.issuer, learner, {
    outcome: 'X-LOG-2',
    grade: undefined,
    circumstances: said,
  });
  await postFor(world.school, learner);
  const { as } = await serve(learner, ['see']);
  const shownTo = async (path: string, by: Pick<InTheNameOf, 'get'>): Promise<unknown> => {
    const { items } = (await by.get(path).expect(200)).body as {
      items: { code: string; circumstances: unknown }[];
    };
    expect(items.find(({ code }) => code === 'LOG-BASE')?.circumstances).toBeNull();
    return items.find(({ code }) => code === 'X-LOG-2')?.circumstances;
  };
  expect(await shownTo('/v1/learners/me/outcomes', as)).toEqual(said);
  expect(await shownTo(`/v1/learners/${learnerId}/outcomes`, world.issuer)).toEqual(said);
  expect(await shownTo(`/v1/learners/${learnerId}/outcomes`, world.school)).toBeNull();
  expect(await shownTo(`/v1/learners/${learnerId}/outcomes`, world.authority)).toBeNull();
});
