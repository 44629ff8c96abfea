import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { type Browser, person } from '../support/people.js';
import {
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
let stranger: Staff;
const record = 'household register, sheet 18';
/** Sixteen today, eighteen on this day. */
const BORN = '2010-02-28';
const BEFORE = '2028-02-27T15:59:59.000Z';
const BIRTHDAY = '2028-02-27T16:00:00.000Z';

beforeAll(async () => {
  world = await startConversionWorld();
  clerk = await staffOf(world, world.school);
  stranger = await staffOf(world, world.otherSchool);
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

async function signedIn(learnerId: string): Promise<Browser> {
  return (await person(world, ['learner'], { learnerId })).signIn();
}

async function family(): Promise<{
  minor: StatedPerson;
  minorId: string;
  guardian: StatedPerson;
  guardianId: string;
  parent: Browser;
}> {
  const minor = somebody('小满', BORN);
  const guardian = somebody('大满', '1980-01-01');
  const { learnerId: minorId } = await postFor(world.school, minor);
  const { learnerId: guardianId } = await postFor(world.school, guardian);
  return { minor, minorId, guardian, guardianId, parent: await signedIn(guardianId) };
}

it('a guardian acts for a minor until the eighteenth birthday, and no moment longer', async () => {
  const programme = await world.publish({ rules: [BASE_TO_C1] });
  const { minor, minorId, guardian, guardianId, parent } = await family();
  const linked = await clerk
    .post('/v1/guardianships', { learner: minor, guardian, record })
    .expect(201);
  expect(linked.body).toMatchObject({
    learnerId: minorId,
    guardianId,
    kind: 'guardian',
    endsAt: BIRTHDAY,
    state: 'active',
    record,
  });
  const id = linked.body.id as string;
  const mine = await parent.get('/v1/guardianships').expect(200);
  expect(mine.body.items).toEqual([linked.body]);
  // Without the header the parent is the parent.
  expect((await parent.get('/v1/learners/me').expect(200)).body.id).toBe(guardianId);
  await parent.get(`/v1/learners/${minorId}/balance`).expect(404);

  const as = inTheNameOf(parent, id);
  expect((await as.get('/v1/learners/me').expect(200)).body.id).toBe(minorId);
  await as.get(`/v1/learners/${minorId}/balance`).expect(200);
  await as.get(`/v1/learners/${guardianId}/balance`).expect(404);
  await as.post('/v1/applications', { learner: 'me', programme }).expect(202);
  for (const answer of [
    await as.post('/v1/learners/me/erasure', { ground: 'request' }),
    await as.get('/v1/learners/me/export'),
    await as.post('/v1/account-claims', {}),
  ]) {
    expect([403, 400]).toContain(answer.status);
  }

  const child = await signedIn(minorId);
  const log = (await child.get('/v1/learners/me/access-log').expect(200)).body.items as object[];
  expect(log).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ by: 'guardian', ground: 'guardian', reference: id, office: null }),
      expect.objectContaining({ purpose: 'guardianship', reader: clerk.id, ground: 'counter' }),
    ]),
  );
  const ofParent = await parent.get('/v1/learners/me/access-log').expect(200);
  expect(ofParent.body.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ purpose: 'guardianship', reader: clerk.id, reference: id }),
    ]),
  );
  const seen = await child.get('/v1/learners/me/representatives').expect(200);
  expect(seen.body.items).toEqual([linked.body]);

  standAt(world, BEFORE);
  await as.get('/v1/learners/me').expect(200);
  standAt(world, BIRTHDAY);
  expect(refusalOf(await as.get('/v1/learners/me'))).toEqual([403, 'representation-ended']);
  expect((await parent.get('/v1/guardianships').expect(200)).body.items[0].state).toBe('ended');
  const again = await clerk.post('/v1/guardianships', { learner: minor, guardian, record });
  expect(refusalOf(again)).toEqual([409, 'learner-of-age']);
});

it('is linked by evidence, to somebody else of full age, with a day of birth', async () => {
  const { minor, guardian } = await family();
  const passport: StatedPerson = {
    name: 'Kim Minor',
    document: { kind: 'passport', number: 'M1234567' },
  };
  const link = (body: object) => clerk.post('/v1/guardianships', { record, ...body });
  for (const [body, status, code] of [
    [{ learner: minor, guardian: minor }, 422, 'guardian-not-another'],
    [{ learner: guardian, guardian: minor }, 409, 'learner-of-age'],
    [{ learner: minor, guardian: somebody('同学', '2010-05-05') }, 422, 'guardian-minor'],
    [{ learner: minor, guardian, birthDate: '2012-05-05' }, 422, 'birth-date-differs'],
    [{ learner: passport, guardian }, 422, 'birth-date-missing'],
    [{ learner: minor, guardian, record: 'phone 13800138000' }, 422, 'names-a-person'],
  ] as const) {
    expect(refusalOf(await link(body))).toEqual([status, code]);
  }
  const linked = await link({ learner: passport, guardian, birthDate: '2012-02-29' }).expect(201);
  // No 29 February in 2030: the last day of the month is the day.
  expect(linked.body.endsAt).toBe('2030-02-27T16:00:00.000Z');
});

it('is linked once, ended by who recorded it or by the guardian, and used by nobody else', async () => {
  const { minor, guardian, parent } = await family();
  const link = () => clerk.post('/v1/guardianships', { learner: minor, guardian, record });
  const { body: first } = await link().expect(201);
  expect((await link().expect(201)).body.id).toBe(first.id);
  const other = await family();
  const answer = await inTheNameOf(other.parent, first.id as string).get('/v1/learners/me');
  expect(refusalOf(answer)).toEqual([403, 'representation-ended']);
  await other.parent.delete(`/v1/guardianships/${first.id}`).expect(404);
  await stranger.delete(`/v1/guardianships/${first.id}`).expect(404);
  await parent.delete(`/v1/guardianships/${first.id}`).expect(204);
  expect(refusalOf(await inTheNameOf(parent, first.id as string).get('/v1/learners/me'))).toEqual([
    403,
    'representation-ended',
  ]);
  const { body: second } = await link().expect(201);
  await clerk.delete(`/v1/guardianships/${second.id}`).expect(204);
  await parent.post('/v1/guardianships', { learner: minor, guardian, record }).expect(403);
});
