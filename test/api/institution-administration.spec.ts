import type { PartialDate } from '#libs/credit';
import { InstitutionsStore } from '../../src/institutions/institutions.store.js';
import { Completions } from '../../src/outcomes/index.js';
import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { addCourse, historyOf, ownInstitution, signedIn } from '../support/institutions.js';
import { type Browser, PASSWORD, postSession } from '../support/people.js';
import { residentId } from '../support/world.js';

const ABSENT = '00000000-0000-7000-8000-000000000000';

let world: ConversionWorld;
let authority: Browser;
let operator: Browser;

beforeAll(async () => {
  world = await startConversionWorld();
  authority = await signedIn(world, ['authority'], world.authority.institution.id);
  operator = await signedIn(world, ['operator'], world.authority.institution.id);
});
afterAll(() => world?.close());

const put = (id: string, rights: object) => authority.put(`/v1/institutions/${id}/rights`, rights);

describe('an institution that wants to join', () => {
  const wanted = (code: string) => ({
    code,
    kind: 'school',
    name: { zh: '江北职教中心', en: 'Jiangbei' },
    region: '示范区江北街道',
    contact: '教务处 / registry',
    purpose: '登记课程成绩 / post results',
  });

  it('asks, is accepted, and its first manager comes in with a code', async () => {
    const asked = await world.http.post('/v1/institution-requests').send(wanted('jb')).expect(201);
    const state = () =>
      world.http.post('/v1/institution-requests/state').send({ receipt: asked.body.receipt });
    expect((await state().expect(200)).body).toMatchObject({ code: 'jb', state: 'waiting' });
    const { body } = await authority.get('/v1/institution-requests?state=waiting').expect(200);
    expect(body.items).toMatchObject([{ id: asked.body.id, contact: '教务处 / registry' }]);
    expect(JSON.stringify(body)).not.toContain(asked.body.receipt);
    const path = `/v1/institution-requests/${asked.body.id}/acceptance`;
    const opened = await authority.post(path, { rights: { recognises: [] } }).expect(201);
    expect(opened.body.institution).toMatchObject({
      code: 'jb',
      tier: 'member-unit',
      recognises: [],
    });
    expect((await state().expect(200)).body).toMatchObject({
      state: 'accepted',
      institutionId: opened.body.institution.id,
    });
    await authority.post(path, { rights: {} }).expect(409);
    const code = opened.body.invitation.code as string;
    const came = { code, signInName: 'Boss.JB', password: PASSWORD, name: '管理员' };
    const accepted = await world.http.post('/v1/invitations/acceptance').send(came).expect(201);
    expect(accepted.body).toMatchObject({ signInName: 'boss.jb', roles: ['manager'] });
    await postSession(world, { name: 'boss.jb', password: PASSWORD }).expect(200);
    expect(await historyOf(world, opened.body.institution.id)).toEqual([
      'account opened',
      'invitation issued',
      'institution opened',
    ]);
  });

  it('is told why it was refused, and nobody else is told anything', async () => {
    const asked = await world.http.post('/v1/institution-requests').send(wanted('kb')).expect(201);
    const path = `/v1/institution-requests/${asked.body.id}`;
    await operator.post(`${path}/refusal`, { reason: 'no licence' }).expect(200);
    const state = (receipt: string) =>
      world.http.post('/v1/institution-requests/state').send({ receipt });
    const { body } = await state(asked.body.receipt).expect(200);
    expect(body).toEqual({
      code: 'kb',
      state: 'refused',
      reason: 'no licence',
      institutionId: null,
    });
    await state('x'.repeat(32)).expect(404);
    await state(asked.body.id).expect(404);
    await world.school.get('/v1/institution-requests').expect(403);
    await world.http.get('/v1/institution-requests').expect(401);
    await authority.post(`/v1/institution-requests/${ABSENT}/refusal`, { reason: 'x' }).expect(404);
  });

  it('cannot flood the authority from one address', async () => {
    const ask = () => world.http.post('/v1/institution-requests').send(wanted('flood'));
    let answer = await ask();
    for (let turn = 0; turn < 20 && answer.status === 201; turn += 1) answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([429, 'too-many-requests']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('tiers', () => {
  const open = (code: string, rights: object) =>
    operator.post('/v1/institutions', {
      code,
      kind: 'school',
      name: { zh: code, en: code },
      region: '渝',
      rights,
    });

  it('let a sub-centre belong to a centre and a member unit to either', async () => {
    const centre = world.authority.institution.id;
    const sub = await open('sub-1', { tier: 'sub-centre', parent: centre }).expect(201);
    const { id } = sub.body.institution;
    await open('unit-1', { parent: id }).expect(201);
    const { body } = await world.http.get(`/v1/institutions?parent=${id}`).expect(200);
    expect(body.items).toMatchObject([{ code: 'unit-1', tier: 'member-unit', parentId: id }]);
    for (const wrong of [
      { tier: 'sub-centre' },
      { tier: 'sub-centre', parent: id },
      { tier: 'centre', parent: centre },
      { parent: world.school.institution.id },
      { parent: ABSENT },
    ]) {
      const answer = await open('never', wrong);
      expect([wrong, answer.status, answer.body.code]).toEqual([wrong, 422, 'institution-tier']);
    }
    // What a member unit belongs to stays what it is.
    await put(id, { tier: 'member-unit' }).expect(422);
    await put(id, { tier: 'sub-centre', parent: centre, awards: [] }).expect(200);
    await open('sub-1', {}).expect(409);
  });

  it('are a matter of the authority and the operator', async () => {
    const manager = await signedIn(world, ['manager'], world.school.institution.id);
    const path = `/v1/institutions/${world.school.institution.id}`;
    for (const who of [
      manager,
      await signedIn(world, ['registrar'], world.school.institution.id),
    ]) {
      await who.put(`${path}/rights`, {}).expect(403);
      await who.post(`${path}/suspension`, { reason: 'x' }).expect(403);
      await who.post('/v1/institutions', {}).expect(403);
    }
    await put(ABSENT, {}).expect(404);
    await put('x', {}).expect(404);
  });
});

describe('what an institution may award', () => {
  it('is asked for every posting, and counts from the next one on', async () => {
    const own = await ownInstitution(world);
    await own.submit().expect(201);
    await put(own.id, { awards: ['lecture'] }).expect(200);
    const refused = await own.submit().expect(403);
    expect(refused.body).toMatchObject({ code: 'outcome-form-not-awarded' });
    expect(refused.body.detail).toContain(own.code);
    await own.submit({ outcome: 'X-LOG-2', grade: undefined }).expect(201);
    await put(own.id, { registers: [] }).expect(200);
    await own.submit().expect(201);
    const foreign = await own.submit({ outcome: 'X-LOG-2', grade: undefined }).expect(403);
    expect(foreign.body.code).toBe('outcome-form-not-registered');
    expect((await historyOf(world, own.id))[0]).toBe('institution placed');
  });

  it('costs no question of its own while nothing changes, and is read anew after a change', async () => {
    const own = await ownInstitution(world);
    await own.submit().expect(201);
    const store = world.app.get(InstitutionsStore);
    const list = jest.spyOn(store, 'list');
    const find = jest.spyOn(store, 'findById');
    const draft = (externalId: string) => ({
      externalId,
      person: { name: '赵六', document: { kind: 'resident-id' as const, number: residentId(882) } },
      outcome: { code: own.outcome },
      completedOn: '2026-06-30' as PartialDate,
      grade: '85',
      level: null,
      minutes: null,
      credits: null,
      attendancePercent: null,
      exemptions: [],
      note: null,
    });
    const post = (...ids: string[]) => {
      const shared = { institutionId: own.id, importId: null, actor: 'test' };
      return world.app.get(Completions).postBatch({ ...shared, drafts: ids.map(draft) });
    };
    const posted = await post('a', 'b', 'c');
    expect(posted.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
    expect([list.mock.calls.length, find.mock.calls.length]).toEqual([0, 0]);
    await put(own.id, { awards: [] }).expect(200);
    list.mockClear();
    const [refused] = await post('d');
    expect(refused).toMatchObject({ problem: { code: 'outcome-form-not-awarded' } });
    expect(list).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
  });

  it('is asked for definitions that are added', async () => {
    const own = await ownInstitution(world);
    const add = (form: 'course' | 'x-certificate') => addCourse(world, own.code, { form });
    await expect(add('x-certificate')).rejects.toMatchObject({
      problem: { code: 'outcome-form-not-awarded' },
    });
    await expect(add('course')).resolves.toMatch(/^COURSE/);
  });
});

describe('what an institution may recognise', () => {
  it('is asked when somebody applies, and when somebody decides', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const auto = await world.publish({ rules: [BASE_TO_C1], review: 'none' });
    const college = world.college.institution.id;
    const learner = await world.learner();
    const apply = (to: string) =>
      learner.post('/v1/applications', { learner: 'me', programme: to });
    const first = await apply(programme).expect(202);
    expect((await world.settled(learner, first.body.id)).state).toBe('in-review');
    await put(college, { recognises: ['ELSE'] }).expect(200);
    const refused = await apply(auto).expect(409);
    expect(refused.body).toMatchObject({ code: 'recognition-missing' });
    const review = (verdict: string) =>
      world.college.post(`/v1/applications/${first.body.id}/review`, { verdict, note: 'n' });
    expect((await review('approve').expect(409)).body.code).toBe('recognition-missing');
    await review('reject').expect(200);
    await put(college, { recognises: [auto] }).expect(200);
    const second = await apply(auto).expect(202);
    expect((await world.settled(learner, second.body.id)).state).toBe('booked');
    await put(college, {}).expect(200);
  });
});

describe('suspending an institution', () => {
  it('ends its sessions and keys, and reinstating lets it work again', async () => {
    const own = await ownInstitution(world);
    const clerk = await signedIn(world, ['registrar'], own.id);
    await clerk.get('/v1/session').expect(200);
    const path = `/v1/institutions/${own.id}/suspension`;
    const suspended = await authority.post(path, { reason: 'licence' }).expect(200);
    expect(suspended.body.status).toBe('suspended');
    await clerk.get('/v1/session').expect(401);
    await authority.delete(path).expect(200);
    await clerk.get('/v1/session').expect(200);
    await authority.delete(path).expect(200);
    expect((await historyOf(world, own.id)).slice(0, 2)).toEqual([
      'institution reinstated',
      'institution suspended',
    ]);
    const own2 = `/v1/institutions/${world.authority.institution.id}/suspension`;
    await authority.post(own2, { reason: 'x' }).expect(409);
  });
});
