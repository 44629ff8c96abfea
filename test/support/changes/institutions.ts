import { randomUUID } from 'node:crypto';
import { addMonths } from '#libs/credit';
import { Clock } from '../../../src/platform/clock/index.js';
import type { ConversionWorld } from '../conversions.js';
import { ownInstitution, signedIn } from '../institutions.js';
import { type Browser, PASSWORD, person } from '../people.js';
import type { Scenario } from './scenario.js';

const authority = (world: ConversionWorld): Promise<Browser> =>
  signedIn(world, ['authority'], world.authority.institution.id);

const identity = () => {
  const code = `i-${randomUUID().slice(0, 8)}`;
  return { code, kind: 'school', name: { zh: code, en: code }, region: '渝' };
};

async function asked(world: ConversionWorld): Promise<string> {
  const wanted = { ...identity(), contact: '教务处 / registry', purpose: '登记课程成绩' };
  const { body } = await world.http.post('/v1/institution-requests').send(wanted).expect(201);
  return `/v1/institution-requests/${body.id}`;
}

/** An institution of its own with its manager, and the path of what is done to it. */
async function own(
  world: ConversionWorld,
): Promise<{ path: string; manager: Browser; id: string }> {
  const { id } = await ownInstitution(world);
  return { id, path: `/v1/institutions/${id}`, manager: await signedIn(world, ['manager'], id) };
}

async function invited(world: ConversionWorld) {
  const { path, manager } = await own(world);
  const wanted = { roles: ['registrar'], label: 'desk' };
  const { body } = await manager.post(`${path}/invitations`, wanted).expect(201);
  return { path: `${path}/invitations/${body.id}`, manager, code: body.code as string };
}

async function member(world: ConversionWorld) {
  const { id, path, manager } = await own(world);
  const clerk = await person(world, ['registrar'], { institutionId: id });
  return { path: `${path}/members/${clerk.id}`, manager };
}

async function agreement(world: ConversionWorld) {
  const [one, other] = [await ownInstitution(world), await ownInstitution(world)];
  const today = world.app.get(Clock).today();
  const body = {
    code: `deal-${randomUUID().slice(0, 8)}`,
    title: { zh: '互认协议', en: 'Agreement' },
    basis: 'framework',
    from: today,
    to: addMonths(today, 36),
    parties: [
      { institution: one.code, accepts: '20' },
      { institution: other.code, accepts: '12' },
    ],
  };
  const proposer = await signedIn(world, ['manager'], one.id);
  const second = await signedIn(world, ['manager'], other.id);
  return { body, path: `/v1/agreements/${body.code}`, proposer, second, today };
}

async function demerit(world: ConversionWorld) {
  const { path } = await own(world);
  const by = await authority(world);
  return { by, path: `${path}/demerits`, body: { offence: 'breach', reason: 'r' } };
}

/** What changes institutions, their members and what they agree on. */
export const OF_INSTITUTIONS: Readonly<Record<string, Scenario>> = {
  'POST /v1/institutions': async (world) => {
    const by = await authority(world);
    return () => by.post('/v1/institutions', { ...identity(), rights: {} }).expect(201);
  },
  'PUT /v1/institutions/{id}/rights': async (world) => {
    const [{ path }, by] = [await own(world), await authority(world)];
    return () => by.put(`${path}/rights`, { awards: [] }).expect(200);
  },
  'POST /v1/institutions/{id}/suspension': async (world) => {
    const [{ path }, by] = [await own(world), await authority(world)];
    return () => by.post(`${path}/suspension`, { reason: 'r' }).expect(200);
  },
  'DELETE /v1/institutions/{id}/suspension': async (world) => {
    const [{ path }, by] = [await own(world), await authority(world)];
    await by.post(`${path}/suspension`, { reason: 'r' }).expect(200);
    return () => by.delete(`${path}/suspension`).expect(200);
  },
  'POST /v1/institution-requests/{id}/acceptance': async (world) => {
    const [path, by] = [await asked(world), await authority(world)];
    return () => by.post(`${path}/acceptance`, { rights: {} }).expect(201);
  },
  'POST /v1/institution-requests/{id}/refusal': async (world) => {
    const [path, by] = [await asked(world), await authority(world)];
    return () => by.post(`${path}/refusal`, { reason: 'r' }).expect(200);
  },
  'POST /v1/institutions/{institution}/invitations': async (world) => {
    const { path, manager } = await own(world);
    const wanted = { roles: ['registrar'], label: 'desk' };
    return () => manager.post(`${path}/invitations`, wanted).expect(201);
  },
  'DELETE /v1/institutions/{institution}/invitations/{invitation}': async (world) => {
    const { path, manager } = await invited(world);
    return () => manager.delete(path).expect(204);
  },
  'POST /v1/invitations/acceptance': async (world) => {
    const { code } = await invited(world);
    const signInName = `m.${randomUUID().slice(0, 8)}`;
    const came = { code, signInName, password: PASSWORD, name: '王老师' };
    return () => world.http.post('/v1/invitations/acceptance').send(came).expect(201);
  },
  'PUT /v1/institutions/{institution}/members/{account}/roles': async (world) => {
    const { path, manager } = await member(world);
    return () => manager.put(`${path}/roles`, { roles: ['clerk'] }).expect(200);
  },
  'POST /v1/institutions/{institution}/members/{account}/disable': async (world) => {
    const { path, manager } = await member(world);
    return () => manager.post(`${path}/disable`, { reason: 'left' }).expect(200);
  },
  'POST /v1/institutions/{institution}/members/{account}/enable': async (world) => {
    const { path, manager } = await member(world);
    await manager.post(`${path}/disable`, { reason: 'left' }).expect(200);
    return () => manager.post(`${path}/enable`, { reason: 'back' }).expect(200);
  },
  'DELETE /v1/institutions/{institution}/members/{account}/sessions': async (world) => {
    const { path, manager } = await member(world);
    return () => manager.delete(`${path}/sessions`).expect(204);
  },
  'POST /v1/institutions/{institution}/demerits': async (world) => {
    const { by, path, body } = await demerit(world);
    return () => by.post(path, body).expect(201);
  },
  'POST /v1/institutions/{institution}/demerits/{demerit}/reversal': async (world) => {
    const { by, path, body } = await demerit(world);
    const made = await by.post(path, body).expect(201);
    const appeal = { kind: 'appeal-upheld', reason: 'r' };
    return () => by.post(`${path}/${made.body.id}/reversal`, appeal).expect(201);
  },
  'POST /v1/issuer-keys': async (world) => {
    const { id } = await ownInstitution(world);
    const by = await signedIn(world, ['registrar'], id);
    return () => by.post('/v1/issuer-keys').expect(201);
  },
  'POST /v1/agreements': async (world) => {
    const { body, proposer } = await agreement(world);
    return () => proposer.post('/v1/agreements', body).expect(201);
  },
  'POST /v1/agreements/{id}/acceptance': async (world) => {
    const { body, path, proposer, second } = await agreement(world);
    await proposer.post('/v1/agreements', body).expect(201);
    return () => second.post(`${path}/acceptance`, {}).expect(200);
  },
  'POST /v1/agreements/{id}/refusal': async (world) => {
    const { body, path, proposer, second } = await agreement(world);
    await proposer.post('/v1/agreements', body).expect(201);
    return () => second.post(`${path}/refusal`, {}).expect(200);
  },
  'POST /v1/agreements/{id}/end': async (world) => {
    const { body, path, proposer, second, today } = await agreement(world);
    await proposer.post('/v1/agreements', body).expect(201);
    await second.post(`${path}/acceptance`, {}).expect(200);
    return () =>
      second.post(`${path}/end`, { endsOn: addMonths(today, 1), reason: 'r' }).expect(200);
  },
  'PUT /v1/equivalence/quotas/{institution}': async (world) => {
    const { code } = await ownInstitution(world);
    const by = await authority(world);
    return () => by.put(`/v1/equivalence/quotas/${code}`, { rowsPerDay: 5 }).expect(200);
  },
};
