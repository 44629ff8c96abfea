import { Clock } from '../../src/platform/clock/index.js';
import {
  type ApplicationBody,
  BASE_TO_C1,
  type ConversionWorld,
  type LearnerCaller,
  startConversionWorld,
} from '../support/conversions.js';
import { historyOf, signedIn } from '../support/institutions.js';
import type { Browser } from '../support/people.js';
import { addMonths } from '#libs/credit';

let world: ConversionWorld;
let college: Browser;
let school: Browser;
let stranger: Browser;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld();
  college = await signedIn(world, ['manager'], world.college.institution.id);
  school = await signedIn(world, ['manager'], world.school.institution.id);
  stranger = await signedIn(world, ['manager'], world.otherSchool.institution.id);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => world?.close());

const today = (): string => world.app.get(Clock).today();

function wanted(over: object = {}, own: object = {}) {
  serial += 1;
  return {
    code: `deal-${serial}`,
    title: { zh: '互认协议', en: 'Agreement' },
    basis: '框架协议 / framework',
    from: today(),
    to: addMonths(today(), 36),
    parties: [
      { institution: 'college', accepts: '20', ...own },
      { institution: 'school', accepts: '12' },
    ],
    ...over,
  };
}

/** An agreement that both sides want. @returns its code */
async function agreed(over: object = {}, own: object = {}): Promise<string> {
  const body = wanted(over, own);
  await college.post('/v1/agreements', body).expect(201);
  await school.post(`/v1/agreements/${body.code}/acceptance`, {}).expect(200);
  return body.code;
}

/** A programme of the college whose rules take outcomes of the school under the agreement. */
function publish(code: string, review: 'none' | 'required' = 'none'): Promise<string> {
  const agreement = {
    id: code,
    title: { zh: '互认协议', en: 'Agreement' },
    inForce: { from: '2020-01-01', to: null, by: 'completion' },
    parties: [
      { institution: 'college', accepts: '20' },
      { institution: 'school', accepts: '12' },
    ],
  };
  const rules = [{ ...BASE_TO_C1, under: code }];
  return world.publish({ agreements: [agreement], review, rules });
}

async function apply(programme: string, who?: LearnerCaller): Promise<ApplicationBody> {
  const learner = who ?? (await world.learner());
  const { body } = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
  return world.settled(learner, body.id as string);
}

const reasonsOf = ({ decision }: ApplicationBody) => decision?.refused.map(({ code }) => code);

async function leftOf(code: string): Promise<string | null> {
  const { body } = await college.get(`/v1/agreements/${code}`).expect(200);
  const parties = body.signed.parties as { institution: string; quotaLeft: string | null }[];
  return parties.find(({ institution }) => institution === 'college')?.quotaLeft ?? null;
}

describe('an agreement on record', () => {
  it('holds when all have accepted, and tells rules so', async () => {
    const body = wanted();
    const proposed = await college.post('/v1/agreements', body).expect(201);
    expect(proposed.body).toMatchObject({ state: 'proposed', code: body.code });
    const programme = await publish(body.code);
    const early = await apply(programme);
    expect([early.state, reasonsOf(early)]).toEqual(['refused', ['agreement-closed']]);
    expect(early.decision?.refused[0]?.text.en).toContain('proposed');
    const path = `/v1/agreements/${body.code}`;
    await college.post(`${path}/acceptance`, {}).expect(409);
    const accepted = await school.post(`${path}/acceptance`, { note: '同意' }).expect(200);
    expect(accepted.body.state).toBe('in-force');
    await school.post(`${path}/refusal`, {}).expect(409);
    expect((await apply(programme)).state).toBe('booked');
    const shown = await world.http.get('/v1/agreements').expect(200);
    const own = shown.body.items.find(({ id }: { id: string }) => id === body.code);
    expect(own).toMatchObject({ signed: { state: 'in-force' }, sides: expect.any(Array) });
    for (const { institution } of [world.college, world.school]) {
      expect((await historyOf(world, institution.id)).slice(0, 2)).toEqual([
        'agreement accepted',
        'agreement proposed',
      ]);
    }
  });

  it('is for its parties alone until all have accepted', async () => {
    const body = wanted();
    await college.post('/v1/agreements', body).expect(201);
    const path = `/v1/agreements/${body.code}`;
    for (const action of ['acceptance', 'refusal']) {
      await stranger.post(`${path}/${action}`, {}).expect(404);
      await school.post(`/v1/agreements/nothing/${action}`, {}).expect(404);
    }
    await stranger.post(`${path}/end`, { endsOn: today(), reason: 'x' }).expect(404);
    await stranger.get(path).expect(404);
    const listed = (who: Pick<Browser, 'get'> | ConversionWorld['http']) =>
      who.get('/v1/agreements').expect(200);
    const has = ({ body: { items } }: { body: { items: { id: string }[] } }) =>
      items.some(({ id }) => id === body.code);
    expect(has(await listed(world.http))).toBe(false);
    expect(has(await listed(stranger))).toBe(false);
    expect(has(await listed(school))).toBe(true);
    await school.get(path).expect(200);
    // Who looks after accounts does not look at learners.
    const learner = await world.learner();
    await school.get(`${path}?learner=${learner.id}`).expect(404);
    await school.post(`${path}/refusal`, { note: 'no' }).expect(200);
    await college.post(`${path}/acceptance`, {}).expect(409);
    expect((await school.get(path).expect(200)).body.signed.state).toBe('refused');
    const registrar = await signedIn(world, ['registrar'], world.college.institution.id);
    await registrar.post('/v1/agreements', wanted()).expect(403);
    await world.college.post('/v1/agreements', wanted()).expect(403);
  });

  it('has parties, days and a name that fit', async () => {
    const [own, other] = wanted().parties as [object, object];
    const wrong: [object, string][] = [
      [{ parties: [own, own] }, 'agreement-parties'],
      [{ parties: [other, { ...other, institution: 'issuer' }] }, 'agreement-parties'],
      [{ parties: [own, { ...other, institution: 'nobody' }] }, 'agreement-parties'],
      [{ parties: [{ ...own, withMembers: true }, other] }, 'agreement-parties'],
      [{ to: '2020-01-01', from: '2019-01-01' }, 'agreement-days'],
      [{ from: '2026-02-02', to: '2056-02-03' }, 'agreement-days'],
      [{ parties: [own] }, 'invalid-fields'],
      [{ parties: [own, { ...other, accepts: '-1' }] }, 'invalid-fields'],
      [{ code: 'Upper Case' }, 'invalid-fields'],
    ];
    for (const [over, code] of wrong) {
      const { body } = await college.post('/v1/agreements', wanted(over));
      expect([over, body.code]).toEqual([over, code]);
    }
    const taken = await agreed();
    const again = await college.post('/v1/agreements', wanted({ code: taken })).expect(409);
    expect(again.body.code).toBe('agreement-code-taken');
    const rivals = await Promise.all(
      Array.from({ length: 4 }, () => college.post('/v1/agreements', wanted({ code: 'rivals' }))),
    );
    expect(rivals.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  it('lapses on its day, and on the day for which a party gives notice', async () => {
    const code = await agreed();
    const programme = await publish(code);
    const path = `/v1/agreements/${code}`;
    await school.post(`${path}/end`, { endsOn: '2020-01-01', reason: 'x' }).expect(422);
    const ended = await school.post(`${path}/end`, { endsOn: today(), reason: '停办' }).expect(200);
    expect(ended.body).toMatchObject({ state: 'in-force', endsOn: today() });
    expect((await apply(programme)).state).toBe('booked');
    const [day, lapsed] = [world.app.get(Clock).now(), wanted().to];
    jest
      .spyOn(world.app.get(Clock), 'today')
      .mockImplementation(() =>
        new Date(day.getTime() + 2 * 86_400_000).toISOString().slice(0, 10),
      );
    const late = await apply(programme);
    expect([late.state, late.decision?.refused[0]?.text.en]).toEqual([
      'refused',
      expect.stringContaining('ended'),
    ]);
    await school.post(`${path}/end`, { endsOn: lapsed, reason: 'x' }).expect(409);
  });
});

describe('what an agreement is about', () => {
  it('takes outcomes of other forms and levels out, and other programmes', async () => {
    for (const [over, reasons] of [
      [{ forms: ['training'] }, ['outside-agreement']],
      [{ levels: ['高级'] }, ['outside-agreement']],
      [{ programmes: ['ANOTHER'] }, ['agreement-closed']],
      [{ forms: ['course'] }, []],
    ] as const) {
      const application = await apply(await publish(await agreed(over)));
      expect([over, reasonsOf(application)]).toEqual([over, reasons]);
    }
  });

  it('takes no more of one learner than its side signed for', async () => {
    const application = await apply(await publish(await agreed({}, { accepts: '3' })));
    expect(reasonsOf(application)).toEqual(['cap']);
    expect(application.decision).toMatchObject({ caps: [{ limit: '3', used: '0' }] });
  });
});

describe('a quota', () => {
  it('is never overspent, however many come at once', async () => {
    // Three times four credits fit.
    const code = await agreed({}, { quota: '13', quotaPer: 'year' });
    const programme = await publish(code);
    const learners: LearnerCaller[] = [];
    for (let turn = 0; turn < 9; turn += 1) learners.push(await world.learner());
    const applications = await Promise.all(learners.map((one) => apply(programme, one)));
    expect(applications.filter(({ state }) => state === 'booked')).toHaveLength(3);
    const refused = applications.filter(({ state }) => state === 'refused');
    expect(refused.map(reasonsOf)).toEqual(Array.from({ length: 6 }, () => ['cap']));
    expect(await leftOf(code)).toBe('1');
    const [sums] = await world.database.read((tx) =>
      tx.query<{ used: string; uses: string }[]>(
        `SELECT q.used_millicredits AS used, sum(u.millicredits) AS uses
           FROM agreement a JOIN agreement_quota q ON q.agreement_id = a.id
           JOIN agreement_use u ON u.agreement_id = a.id WHERE a.code = $1 GROUP BY 1`,
        [code],
      ),
    );
    expect(sums).toEqual({ used: '12000', uses: '12000' });
  });

  it('is given back with the credit: withdrawn, rejected, revoked', async () => {
    const code = await agreed({}, { quota: '8', quotaPer: 'whole' });
    const programme = await publish(code, 'required');
    const learner = await world.learner();
    const first = await apply(programme, learner);
    expect([first.state, await leftOf(code)]).toEqual(['in-review', '4']);
    await learner.post(`/v1/applications/${first.id}/withdrawal`, {}).expect(200);
    expect(await leftOf(code)).toBe('8');
    const second = await apply(programme, learner);
    const review = (id: string, verdict: string) =>
      world.college.post(`/v1/applications/${id}/review`, { verdict, note: 'n' }).expect(200);
    await review(second.id, 'reject');
    expect(await leftOf(code)).toBe('8');
    const other = await world.learner();
    const third = await apply(programme, other);
    await review(third.id, 'approve');
    expect(await leftOf(code)).toBe('4');
    const base = third.outcomes.find((one) => one.code === 'LOG-BASE');
    const path = `/v1/outcomes/${base?.id}/revocation`;
    await world.school.post(path, { reason: 'wrong grade' }).expect(200);
    expect(await leftOf(code)).toBe('8');
  });
});

describe('what others sign', () => {
  it('changes nothing where nothing is on record', async () => {
    expect((await apply(await publish('never-signed'))).state).toBe('booked');
  });

  it('binds nobody who has not signed it', async () => {
    const [mine, yours] = [
      { institution: 'other-school', accepts: '0' },
      { institution: 'college', accepts: '0' },
    ];
    const body = wanted({ parties: [mine, yours] });
    await stranger.post('/v1/agreements', body).expect(201);
    expect((await apply(await publish(body.code))).state).toBe('booked');
    await college.post(`/v1/agreements/${body.code}/refusal`, {}).expect(200);
    expect((await apply(await publish(body.code))).state).toBe('booked');
  });
});
