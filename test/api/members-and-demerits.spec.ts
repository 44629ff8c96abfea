import type { Role } from '../../src/platform/auth/index.js';
import { dayOf } from '../../src/platform/clock/index.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { addCourse, historyOf, ownInstitution, signedIn } from '../support/institutions.js';
import { type Browser, PASSWORD, person, postSession } from '../support/people.js';
import { type World, residentId, startWorld } from '../support/world.js';

const ABSENT = '00000000-0000-7000-8000-000000000000';

let world: World;
let authority: Browser;
let operator: Browser;

beforeAll(async () => {
  world = await startWorld();
  authority = await signedIn(world, ['authority'], world.authority.institution.id);
  operator = await signedIn(world, ['operator'], world.authority.institution.id);
});
afterAll(() => world?.close());

describe('members', () => {
  let schoolId: string;
  let manager: Browser;
  const base = () => `/v1/institutions/${schoolId}`;
  const invite = (who: Browser, roles: Role[], over: object = {}) =>
    who.post(`${base()}/invitations`, { roles, label: 'desk', ...over });
  const accept = (code: string, name: string, password = PASSWORD) =>
    world.http
      .post('/v1/invitations/acceptance')
      .send({ code, signInName: name, password, name: '王老师' });

  beforeAll(async () => {
    schoolId = (await ownInstitution(world)).id;
    manager = await signedIn(world, ['manager'], schoolId);
  });

  it('come by a code that is good once', async () => {
    const { body } = await invite(manager, ['registrar']).expect(201);
    expect((await accept(body.code, 'wang.1', 'short')).body.code).toBe('password-length');
    expect((await accept(body.code, 'wang.1', 'password123')).body.code).toBe('password-common');
    const rivals = await Promise.all(
      Array.from({ length: 6 }, (_, at) => accept(body.code, `wang.race.${at}`)),
    );
    expect(rivals.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      201, 404, 404, 404, 404, 404,
    ]);
    const listed = await manager.get(`${base()}/invitations`).expect(200);
    expect(listed.body.items[0]).toMatchObject({ state: 'used', roles: ['registrar'] });
    expect(JSON.stringify(listed.body)).not.toContain(body.code);
    const [stored] = await world.database.read((tx) =>
      tx.query<{ text: string }[]>(
        'SELECT invitation::text AS text FROM invitation WHERE id = $1',
        [body.id],
      ),
    );
    expect(stored?.text).not.toContain(body.code);
  });

  it('do not come by a code that is withdrawn, too old or of a suspended institution', async () => {
    const withdrawn = await invite(manager, ['registrar']).expect(201);
    const path = `${base()}/invitations/${withdrawn.body.id}`;
    await manager.delete(path).expect(204);
    await manager.delete(path).expect(404);
    const old = await invite(manager, ['registrar'], { days: 1 }).expect(201);
    await world.database.transaction((tx) =>
      tx.query(`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = $1`, [
        old.body.id,
      ]),
    );
    const suspended = await invite(manager, ['registrar']).expect(201);
    for (const [code, name] of [
      [withdrawn.body.code, 'late.1'],
      [old.body.code, 'late.2'],
      ['x'.repeat(32), 'late.3'],
      ['', 'late.4'],
    ] as const) {
      const answer = await accept(code, name);
      expect([answer.status, answer.body.code]).toEqual([404, 'invitation-not-valid']);
    }
    await authority.post(`${base()}/suspension`, { reason: 'x' }).expect(200);
    expect((await accept(suspended.body.code, 'late.5')).status).toBe(404);
    await authority.delete(`${base()}/suspension`).expect(200);
    await accept(suspended.body.code, 'late.5').expect(201);
  });

  it('get no role that people of such an institution, or the inviter, cannot have', async () => {
    for (const roles of [['issuer'], ['authority'], ['operator'], ['registrar', 'approver']]) {
      const answer = await invite(manager, roles as Role[]);
      expect([roles, answer.status, answer.body.code]).toEqual([roles, 403, 'institution-roles']);
    }
    await invite(manager, ['learner']).expect(400);
    await invite(manager, ['registrar'], { days: 31 }).expect(400);
    const centre = world.authority.institution.id;
    const boss = await signedIn(world, ['manager'], centre);
    const at = (who: Browser, role: Role) =>
      who.post(`/v1/institutions/${centre}/invitations`, { roles: [role], label: 'x' });
    await at(boss, 'authority').expect(403);
    await at(boss, 'rule-author').expect(201);
    await at(authority, 'authority').expect(201);
    await at(authority, 'operator').expect(403);
    await at(operator, 'operator').expect(201);
  });

  it('are disabled and signed out at once, and enabled again', async () => {
    const clerk = await person(world, ['registrar'], { institutionId: schoolId });
    const desk = await clerk.signIn();
    const path = `${base()}/members/${clerk.id}`;
    await manager.delete(`${path}/sessions`).expect(204);
    await desk.get('/v1/session').expect(401);
    const again = await clerk.signIn();
    await manager.post(`${path}/disable`, { reason: 'left' }).expect(200);
    await again.get('/v1/session').expect(401);
    const { name, password } = clerk;
    await postSession(world, { name, password }).expect(401);
    const { body } = await manager.get(`${base()}/members`).expect(200);
    const shown = body.items.find(({ id }: { id: string }) => id === clerk.id);
    expect(shown).toMatchObject({ roles: ['registrar'], disabledAt: expect.any(String) });
    await manager.post(`${path}/enable`, { reason: 'back' }).expect(200);
    const back = await clerk.signIn();
    const changed = await manager.put(`${path}/roles`, { roles: ['admissions'] }).expect(200);
    expect(changed.body.roles).toEqual(['admissions']);
    expect((await back.get('/v1/session')).body.account.roles).toEqual(['admissions']);
    await manager.put(`${path}/roles`, { roles: ['authority'] }).expect(403);
    expect((await historyOf(world, schoolId)).slice(0, 4)).toEqual([
      'account roles-changed',
      'account enabled',
      'account disabled',
      'account sessions-ended',
    ]);
  });

  it('are not one’s own account, nor one that stands higher', async () => {
    const centre = world.authority.institution.id;
    const boss = await person(world, ['manager'], { institutionId: centre });
    const high = await person(world, ['operator'], { institutionId: centre });
    const browser = await boss.signIn();
    const path = `/v1/institutions/${centre}/members`;
    const own = await browser.post(`${path}/${boss.id}/disable`, { reason: 'x' });
    expect([own.status, own.body.code]).toEqual([409, 'own-account']);
    await browser.post(`${path}/${high.id}/disable`, { reason: 'x' }).expect(403);
    await authority.delete(`${path}/${high.id}/sessions`).expect(403);
    await operator.delete(`${path}/${high.id}/sessions`).expect(204);
  });

  it('are nobody’s business at another institution', async () => {
    const stranger = await signedIn(world, ['manager'], world.otherSchool.institution.id);
    const clerk = await person(world, ['registrar'], { institutionId: schoolId });
    await invite(stranger, ['registrar']).expect(404);
    await stranger.get(`${base()}/members`).expect(404);
    await stranger.get(`${base()}/invitations`).expect(404);
    const own = `/v1/institutions/${world.otherSchool.institution.id}/members/${clerk.id}`;
    for (const path of [`${base()}/members/${clerk.id}`, own]) {
      await stranger.post(`${path}/disable`, { reason: 'x' }).expect(404);
      await stranger.put(`${path}/roles`, { roles: ['registrar'] }).expect(404);
      await stranger.delete(`${path}/sessions`).expect(404);
    }
    const registrar = await signedIn(world, ['registrar'], schoolId);
    await registrar.get(`${base()}/members`).expect(403);
    await world.school.get(`${base()}/members`).expect(403);
  });
});

describe('demerits (R49)', () => {
  const record = (id: string, over: object = {}) =>
    authority.post(`/v1/institutions/${id}/demerits`, {
      offence: 'breach',
      reason: '虚报 / made up',
      ...over,
    });

  it('stop what is new at 30 points and all posting at 36, and an appeal lifts it', async () => {
    const own = await ownInstitution(world);
    const entries = [await record(own.id), await record(own.id), await record(own.id)];
    expect(entries.map(({ body }) => body.points)).toEqual([5, 10, 15]);
    await own.submit().expect(201);
    await expect(addCourse(world, own.code)).rejects.toMatchObject({
      problem: { code: 'may-not-apply' },
    });
    await record(own.id).expect(201);
    const refused = await own.submit().expect(403);
    expect(refused.body).toMatchObject({ code: 'posting-suspended' });
    expect(refused.body.detail).toContain('45');
    const [, , third] = entries;
    const path = `/v1/institutions/${own.id}/demerits/${third?.body.id}/reversal`;
    const appeal = { kind: 'appeal-upheld', reason: 'was right' };
    const reversed = await authority.post(path, appeal).expect(201);
    expect(reversed.body).toMatchObject({ points: -15, reverses: third?.body.id });
    await own.submit().expect(201);
    expect((await authority.post(path, appeal).expect(409)).body.code).toBe('demerit-reversed');
    const again = `/v1/institutions/${own.id}/demerits/${reversed.body.id}/reversal`;
    await authority.post(again, appeal).expect(409);
    const desk = await signedIn(world, ['manager'], own.id);
    const { body } = await desk.get(`/v1/institutions/${own.id}/demerits`).expect(200);
    expect(body.items).toHaveLength(5);
    const shown = await world.http.get(`/v1/institutions/${own.id}`).expect(200);
    expect(shown.body.standings).toMatchObject([{ penalty: 'may-not-apply', points: 30 }]);
    expect((await historyOf(world, own.id)).slice(0, 2)).toEqual([
      'demerit reversed',
      'demerit recorded',
    ]);
  });

  it('stop files with a plain reason in every row, and lift from a day', async () => {
    const own = await ownInstitution(world);
    for (let turn = 0; turn < 4; turn += 1) await record(own.id).expect(201);
    const row = { 姓名: '王小明', 证件号码: residentId(991), 成果代码: own.outcome };
    const importer = new Importer(world, own);
    const checked = await importer.check(templateSheet(templateRow(1, row)));
    expect(checked.rows).toMatchObject({ faulty: 1, posted: 0 });
    const rows = await own.get(`/v1/imports/${checked.id}/rows`).expect(200);
    expect(rows.body.items).toMatchObject([{ code: 'posting-suspended' }]);
    const { body } = await authority.get(`/v1/institutions/${own.id}/demerits`).expect(200);
    const [first] = body.items;
    const reversal = `/v1/institutions/${own.id}/demerits/${first.id}/reversal`;
    const tomorrow = dayOf(new Date(Date.now() + 86_400_000));
    const lapse = { kind: 'lapsed', countsFrom: tomorrow, reason: 'time is over' };
    await authority.post(reversal, { ...lapse, countsFrom: '2020-01-01' }).expect(422);
    await authority.post(reversal, lapse).expect(201);
    const shown = await world.http.get(`/v1/institutions/${own.id}`).expect(200);
    expect(shown.body.standings).toMatchObject([
      { penalty: 'suspended', points: 45 },
      { penalty: 'suspended', points: 40, from: tomorrow, to: null },
    ]);
    await own.submit().expect(403);
  });

  it('about one outcome stop that one only, and from their day on', async () => {
    const own = await ownInstitution(world);
    const about = { outcome: own.outcome };
    for (let turn = 0; turn < 4; turn += 1) await record(own.id, about).expect(201);
    await own.submit().expect(403);
    await own.submit({ outcome: 'X-LOG-2', grade: undefined }).expect(201);
    const later = await ownInstitution(world);
    const soon = dayOf(new Date(Date.now() + 9 * 86_400_000));
    for (let turn = 0; turn < 4; turn += 1) await record(later.id, { countsFrom: soon });
    await later.submit().expect(201);
  });

  it('never change, and are counted one after another', async () => {
    const own = await ownInstitution(world);
    const rivals = await Promise.all(Array.from({ length: 4 }, () => record(own.id)));
    expect(rivals.map(({ body }) => body.points).sort((a, b) => a - b)).toEqual([5, 10, 15, 15]);
    const change = world.database.transaction((tx) =>
      tx.query('UPDATE demerit SET points = 1 WHERE institution_id = $1', [own.id]),
    );
    await expect(change).rejects.toThrow(/permission denied|append-only/);
  });

  it('are written by the authority and read by the institution, and by nobody else', async () => {
    const own = await ownInstitution(world);
    const path = `/v1/institutions/${own.id}/demerits`;
    const manager = await signedIn(world, ['manager'], own.id);
    const stranger = await signedIn(world, ['manager'], world.otherSchool.institution.id);
    await manager.post(path, { offence: 'breach', reason: 'x' }).expect(403);
    await stranger.get(path).expect(404);
    await manager.get(path).expect(200);
    const unknown = await record(own.id, { offence: 'sloth' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'offence-unknown']);
    await record(own.id, { countsFrom: '2020-01-01' }).expect(422);
    await record(ABSENT).expect(404);
    await authority.post(`${path}/${ABSENT}/reversal`, { kind: 'lapsed', reason: 'x' }).expect(404);
  });
});
