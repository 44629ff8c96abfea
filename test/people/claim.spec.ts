import type supertest from 'supertest';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { browserOf, postSession } from '../support/people.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import {
  type Staff,
  type StatedPerson,
  postFor,
  refusalOf,
  somebody,
  staffOf,
  standAt,
} from './support.js';

let world: ConversionWorld;
let clerk: Staff;
let serial = 0;

beforeAll(async () => {
  // Every claim here has an address of its own, as people have.
  world = await startConversionWorld({
    edge: { ...edgeSettings({}), trustProxy: ['127.0.0.1'], limits: null },
  });
  clerk = await staffOf(world, world.school);
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

const password = 'seven small boats';

async function codeFor(learner: StatedPerson): Promise<string> {
  const issued = await clerk.post('/v1/claim-codes', { learner }).expect(201);
  return issued.body.code as string;
}

function claim(learner: StatedPerson, over: object): supertest.Test {
  serial += 1;
  return world.http
    .post('/v1/account-claims')
    .set('x-forwarded-for', `203.${serial >> 8}.${serial & 255}.7`)
    .send({ ...learner, signInName: `claimer.${serial}`, password, ...over });
}

async function opened(name: string): Promise<StatedPerson & { learnerId: string }> {
  const one = somebody(name);
  return { ...one, learnerId: (await postFor(world.school, one)).learnerId };
}

const stated = ({ name, document }: StatedPerson): StatedPerson => ({ name, document });
const REFUSED = [403, 'claim-refused'];

describe('an account that a school opened', () => {
  it('is claimed with document, name and code, once, and then signed into', async () => {
    const one = await opened('白露');
    const learner = stated(one);
    const code = await codeFor(learner);
    const claimed = await claim(learner, { code, signInName: 'Bai.Lu' }).expect(201);
    expect(claimed.body.account).toMatchObject({ name: 'bai.lu', learnerId: one.learnerId });
    const browser = browserOf(world, claimed);
    const balance = await browser.get('/v1/learners/me/balance').expect(200);
    expect(balance.body.total.available).toBe('4');
    await postSession(world, { name: 'bai.lu', password }).expect(200);
    expect(refusalOf(await claim(learner, { code }))).toEqual(REFUSED);
    const again = await clerk.post('/v1/claim-codes', { learner });
    expect(refusalOf(again)).toEqual([409, 'learner-has-account']);
    const log = await browser.get('/v1/learners/me/access-log').expect(200);
    expect(log.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ purpose: 'claim-code', reader: clerk.id, ground: 'counter' }),
      ]),
    );
  });

  it('answers alike for a wrong code, a wrong name, a person who is not there, and a frozen one', async () => {
    const learner = stated(await opened('秦岭'));
    const code = await codeFor(learner);
    const frozen = await opened('韩冰');
    const codeOfFrozen = await codeFor(stated(frozen));
    await world.authority
      .post(`/v1/learners/${frozen.learnerId}/erasure`, { ground: 'unlawful' })
      .expect(202);
    const answers = [
      await claim(learner, { code: 'aaaa-bbbb-cccc' }),
      await claim(learner, { code: 'x' }),
      await claim({ ...learner, name: '秦川' }, { code }),
      await claim(somebody('无此人'), { code }),
      await claim(stated(frozen), { code: codeOfFrozen }),
      // Also where the name or the password would not do: that is said to the right person only.
      await claim(somebody('无此人'), { code, password: 'password' }),
    ];
    const told = answers.map(({ status, body }) => ({ status, ...body, requestId: '' }));
    for (const answer of told) expect(answer).toEqual(told[0]);
    expect(refusalOf(answers[0] as supertest.Response)).toEqual(REFUSED);
    await claim(learner, { code: code.toUpperCase().replaceAll('-', ' ') }).expect(201);
  });

  it('asks for another name or password as often as it takes, and the code still counts', async () => {
    const learner = stated(await opened('梅雨'));
    const code = await codeFor(learner);
    await claim(stated(await opened('占先')), { code: 'aaaa-bbbb-cccc' }).expect(403);
    for (let i = 0; i < 7; i += 1) {
      const answer = await claim(learner, { code, password: '12345678' });
      expect(refusalOf(answer)).toEqual([400, 'password-common']);
    }
    const taken = await claim(learner, { code, signInName: clerk.name });
    expect(refusalOf(taken)).toEqual([409, 'sign-in-name-taken']);
    const phone = await claim(learner, { code, signInName: 'm13800138000' });
    expect(refusalOf(phone)).toEqual([422, 'names-a-person']);
    for (const signInName of ['ab', '13800138000', '白露', 'a b', '.abc']) {
      await claim(learner, { code, signInName }).expect(400);
    }
    await claim(learner, { code }).expect(201);
  });

  it('is closed to guessing: five wrong codes a person, whether there is one or not', async () => {
    const learner = stated(await opened('江雪'));
    const code = await codeFor(learner);
    for (const one of [learner, somebody('无此人')]) {
      for (let i = 0; i < 5; i += 1) await claim(one, { code: 'aaaa-bbbb-cccc' }).expect(403);
      const sixth = await claim(one, { code });
      expect(refusalOf(sixth)).toEqual([429, 'too-many-claims']);
      expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('has a code for fourteen days, and of two the newer', async () => {
    const learner = stated(await opened('古月'));
    const first = await codeFor(learner);
    const second = await codeFor(learner);
    expect(refusalOf(await claim(learner, { code: first }))).toEqual(REFUSED);
    standAt(world, new Date(Date.now() + 14 * 86_400_000 + 1000).toISOString());
    expect(refusalOf(await claim(learner, { code: second }))).toEqual(REFUSED);
  });

  it('of two who hold the code is one’s', async () => {
    const learner = stated(await opened('双木'));
    const code = await codeFor(learner);
    const answers = await Promise.all([0, 1, 2, 3].map(() => claim(learner, { code })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 403, 403, 403,
    ]);
  });

  it('is claimed without a password by who adds a passkey next, and again by who did not', async () => {
    const one = await opened('时雨');
    const learner = stated(one);
    const first = await claim(learner, { code: await codeFor(learner), password: undefined });
    expect(first.status).toBe(201);
    await browserOf(world, first).post('/v1/account/passkeys/options').expect(200);
    const second = await claim(learner, { code: await codeFor(learner), signInName: 'shi.yu' });
    expect(second.body.account).toMatchObject({ name: 'shi.yu', learnerId: one.learnerId });
  });

  it('of a number that the school gave out is claimed with the school', async () => {
    const learner: StatedPerson = {
      name: 'Nguyễn Lan',
      document: { kind: 'foreign-student-number', number: 'FS-77-001' },
    };
    await postFor(world.school, learner);
    const code = await codeFor(learner);
    expect(refusalOf(await claim(learner, { code }))).toEqual(REFUSED);
    await claim(learner, { code, school: 'other-school' }).expect(403);
    await claim(learner, { code, school: 'school' }).expect(201);
  });
});

describe('a claim code', () => {
  it('is given by a school to its own roster, by a clerk to whoever shows a document', async () => {
    const one = stated(await opened('叶青'));
    await world.school.post('/v1/claim-codes', { learner: one }).expect(201);
    await world.otherSchool.post('/v1/claim-codes', { learner: one }).expect(404);
    await world.otherSchool.post('/v1/claim-codes', { learner: somebody('无此人') }).expect(404);
    const elsewhere = await staffOf(world, world.otherSchool);
    await elsewhere.post('/v1/claim-codes', { learner: one }).expect(201);
    await world.issuer.post('/v1/claim-codes', { learner: one }).expect(403);
    await world.http.post('/v1/claim-codes').send({ learner: one }).expect(401);
  });

  it('is stored as a keyed hash only', async () => {
    const learner = stated(await opened('石坚'));
    const code = await codeFor(learner);
    const rows = await world.database.read((tx) =>
      tx.query<{ row: string }[]>('SELECT c::text AS row FROM claim_code c'),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join()).not.toContain(code.replaceAll('-', ''));
    expect(rows.map(({ row }) => row).join()).not.toContain(code);
  });
});
