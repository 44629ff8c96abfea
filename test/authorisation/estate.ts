import { addMonths } from '#libs/credit';
import { Clock } from '../../src/platform/clock/index.js';
import { BASE_TO_C1, CERTIFICATE_TO_C1, type ConversionWorld } from '../support/conversions.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { pathwayText, startPathway } from '../support/pathways.js';
import { type Browser, person } from '../support/people.js';
import { ruleText } from '../support/rules.js';
import { residentId } from '../support/world.js';
import { staffOf } from '../people/support.js';

/** Texts that stand in the estate and nowhere else: an answer that holds one has leaked. */
export const MARKS = {
  name: '欧阳暮桐',
  number: residentId(777),
  externalId: 'estate-record-1',
  purpose: 'estate-purpose',
  programme: 'ESTATE-PROGRAMME',
  fileName: 'estate-file.csv',
  host: 'estate.example',
  key: 'estate-key',
};

/** What one school, one college and one learner own, by the paths that name it. */
export interface Estate {
  readonly learnerId: string;
  /** What a path names in the estate; undefined when nothing in the estate has such a path. */
  partsOf(path: string): Readonly<Record<string, string>> | undefined;
  /** Whether an answer tells who the learner is or what the learner has done. */
  isShownIn(body: string): boolean;
}

/** Furnishes the school, the college and a learner of the small district. */
export async function buildEstate(world: ConversionWorld): Promise<Estate> {
  const outcome = await postOutcome(world);
  const learnerId = outcome.body.outcome.learnerId as string;
  const learner = await (await person(world, ['learner'], { learnerId })).signIn();
  const programme = await world.publish({ rules: [BASE_TO_C1] });
  const applied = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
  await world.settled(learner, applied.body.id as string);
  const shared = await learner.post('/v1/shares', { purpose: MARKS.purpose }).expect(201);
  const certified = await learner.post('/v1/credentials', {}).expect(201);
  const consent = { receiver: 'authority', purpose: MARKS.purpose, fields: ['name'], days: 9 };
  const given = await learner.post('/v1/consents', consent).expect(201);
  const revocation = await world.authority
    .post('/v1/revocations', { institution: 'issuer', reason: MARKS.purpose })
    .expect(202);
  const sheet = templateSheet(templateRow(1, { 姓名: MARKS.name, 证件号码: MARKS.number }));
  const file = await new Importer(world, world.school).check(sheet, { name: MARKS.fileName });
  const hook = { url: `https://${MARKS.host}/hook`, types: ['import.finished'] };
  const webhook = await world.school.post('/v1/webhooks', hook).expect(201);
  const equivalence = await equivalenceOf(world, learnerId);
  const outcomeId = outcome.body.outcome.id as string;
  const asked = await learner
    .post('/v1/learner-queries', { outcome: outcomeId, words: MARKS.purpose })
    .expect(201);
  const sessions = await learner.get('/v1/sessions').expect(200);
  const represented = await representationsOf(world);
  const named: readonly [string, object][] = [
    ['/v1/learners/{id}/goals/{programme}', { id: learnerId, programme }],
    ['/v1/learners/{id}', { id: learnerId }],
    ['/v1/outcomes/{id}', { id: outcomeId }],
    ['/v1/learner-queries/{id}', { id: asked.body.id }],
    ['/v1/entries/{id}', { id: outcome.body.entry.id }],
    ['/v1/postings/{id}', { id: outcome.body.entry.postingId }],
    ['/v1/applications/{id}', { id: applied.body.id }],
    ['/v1/shares/{id}', { id: shared.body.id }],
    ['/v1/credentials/{id}', { id: certified.body.id }],
    ['/v1/consents/{id}', { id: given.body.id }],
    ['/v1/revocations/{id}', { id: revocation.body.id }],
    ['/v1/imports/{id}', { id: file.id }],
    ['/v1/webhooks/{id}', { id: webhook.body.id }],
    ['/v1/institutions/{institution}/keys', await keyOf(world)],
    ...(await membersOf(world)),
    ['/v1/agreements/{id}', { id: await agreementOf(world) }],
    ['/v1/overdue-applications/{institution}', { institution: 'college' }],
    ['/v1/proposals/{id}', { id: await proposalOf(world) }],
    ['/v1/sessions/{id}', { id: sessions.body.items[0].id }],
    ['/v1/counter-sessions/{id}', { id: represented.counterSession }],
    ['/v1/guardianships/{id}', { id: represented.guardianship }],
    ['/v1/outreach-consents/{id}', { id: await outreachOf(world) }],
    ['/v1/workload/statements/{id}', { id: await statementOf(world) }],
    ...equivalence,
    ['/v1/pathways/{id}/', await pathwayOf(world)],
    ['/v1/person-links/{id}', { id: await linkOf(world) }],
    // Nobody has a task or a passkey here; who may not ask is refused before.
    ['/v1/tasks/{id}', {}],
    ['/v1/account/passkeys/{id}', {}],
    ...(await draftOf(world)),
    ...(await admissionOf(world, learner)),
  ];
  const OF_LEARNER = [MARKS.name, MARKS.number, MARKS.externalId, learnerId];
  return {
    learnerId,
    partsOf: (path) =>
      named.find(([start]) => path.startsWith(start))?.[1] as Record<string, string> | undefined,
    isShownIn: (body) => OF_LEARNER.some((text) => body.includes(text)),
  };
}

/** The learner applied for a place at the college, and the authority looks who else could. */
async function admissionOf(world: ConversionWorld, learner: Browser): Promise<[string, object][]> {
  const opens = {
    id: 'opens',
    when: { has: 'LOG-BASE', evidenceOnly: true },
    grants: [{ effect: 'right', value: 'may-apply' }],
  };
  // A plan is public, so it holds none of the marks.
  const title = { zh: '招生计划', en: 'A plan of admission' };
  const published = await world.authority
    .post('/v1/admission-schemes', {
      code: 'ESTATE-SCHEME',
      programme: await world.publish({ rules: [opens] }),
      year: 2027,
      title,
      opens: '2026-09-01',
      closes: '2099-12-31',
      evidenceUntil: '2099-12-31',
      places: [{ institution: 'college', major: '1', title, places: 1 }],
    })
    .expect(201);
  const { code, places } = published.body as { code: string; places: { id: string }[] };
  const path = `/v1/admission-schemes/${code}`;
  const made = await learner.post(`${path}/candidacies`, { place: places[0]?.id }).expect(201);
  const simulated = await world.authority
    .post(`${path}/simulations`, { graduatesOf: 2026 })
    .expect(202);
  return [
    ['/v1/admission-schemes/{code}/simulations/{id}', { code, id: simulated.body.id }],
    ['/v1/admission-schemes/{code}/places/{place}', { code, place: places[0]?.id }],
    ['/v1/admission-candidacies/{id}', { id: made.body.id }],
  ];
}

function postOutcome(world: ConversionWorld) {
  return world.school
    .post('/v1/completions', {
      externalId: MARKS.externalId,
      learner: { name: MARKS.name, document: { kind: 'resident-id', number: MARKS.number } },
      outcome: 'LOG-BASE',
      completedOn: '2026-06-30',
      grade: '85',
    })
    .expect(201);
}

/** A key of the school, made by one of its people. */
async function keyOf(world: ConversionWorld): Promise<object> {
  const { id: institution } = world.school.institution;
  const clerk = await (await person(world, ['registrar'], { institutionId: institution })).signIn();
  const wanted = { label: MARKS.key, roles: ['registrar'], scopes: ['outcomes:read'] };
  const issued = await clerk.post(`/v1/institutions/${institution}/keys`, wanted).expect(201);
  return { institution, key: issued.body.id };
}

/** What somebody of the school may not take back alone: it is from an old period. */
async function proposalOf(world: ConversionWorld): Promise<string> {
  const posted = await world.school
    .post('/v1/completions', {
      externalId: 'estate-record-2',
      learner: { name: MARKS.name, document: { kind: 'resident-id', number: MARKS.number } },
      outcome: 'OPEN-TALK',
      completedOn: addMonths(world.app.get(Clock).today(), -48),
    })
    .expect(201);
  const path = `/v1/outcomes/${posted.body.outcome.id}/revocation`;
  const preview = await world.school.post(`${path}?preview=true`, { reason: MARKS.purpose });
  const { digest } = preview.body as { digest: string };
  const proposed = await world.school.post(path, { reason: MARKS.purpose, digest }).expect(202);
  return proposed.body.id as string;
}

/** What the school has proposed to the college and nobody else should see. */
async function agreementOf(world: ConversionWorld): Promise<string> {
  const { id: institutionId } = world.school.institution;
  const manager = await (await person(world, ['manager'], { institutionId })).signIn();
  const day = world.app.get(Clock).today();
  const proposed = await manager
    .post('/v1/agreements', {
      code: 'estate-agreement',
      title: { zh: MARKS.purpose, en: MARKS.purpose },
      basis: MARKS.purpose,
      from: day,
      to: day,
      parties: ['school', 'college'].map((institution) => ({ institution, accepts: '1' })),
    })
    .expect(201);
  return proposed.body.code as string;
}

/** Somebody who works for the school, an invitation and something that stands against it. */
async function membersOf(world: ConversionWorld): Promise<[string, object][]> {
  const { id: institution } = world.school.institution;
  const path = `/v1/institutions/${institution}`;
  const manager = await (await person(world, ['manager'], { institutionId: institution })).signIn();
  const clerk = await person(world, ['registrar'], { institutionId: institution });
  const wanted = { roles: ['registrar'], label: MARKS.purpose };
  const invited = await manager.post(`${path}/invitations`, wanted).expect(201);
  const authority = await (await person(world, ['authority'])).signIn();
  const offence = { offence: 'breach', outcome: 'NOTHING', reason: MARKS.purpose };
  const demerit = await authority.post(`${path}/demerits`, offence).expect(201);
  const named = {
    institution,
    account: clerk.id,
    invitation: invited.body.id,
    demerit: demerit.body.id,
  };
  return [['/v1/institutions/{institution}/', named]];
}

/** A clerk of the school serves the learner, and links a minor to the learner as guardian. */
async function representationsOf(
  world: ConversionWorld,
): Promise<{ counterSession: string; guardianship: string }> {
  const { id: institutionId } = world.school.institution;
  const clerk = await (await person(world, ['clerk'], { institutionId })).signIn();
  const learner = { name: MARKS.name, document: { kind: 'resident-id', number: MARKS.number } };
  const minor = { name: '欧阳小满', document: { kind: 'passport', number: 'E12345678' } };
  const served = await clerk
    .post('/v1/counter-sessions', {
      learner,
      acts: ['see'],
      given: 'signed-paper',
      record: MARKS.purpose,
      minutes: 60,
    })
    .expect(201);
  const linked = await clerk
    .post('/v1/guardianships', {
      learner: minor,
      guardian: learner,
      record: MARKS.purpose,
      birthDate: '2015-05-05',
    })
    .expect(201);
  return { counterSession: served.body.id, guardianship: linked.body.id };
}

/** What the authority closed of the school. */
async function statementOf(world: ConversionWorld): Promise<string> {
  const wanted = { institution: 'school', period: '2020' };
  const { body } = await world.authority.post('/v1/workload/statements', wanted).expect(201);
  return body.id as string;
}

/** A guardian let a school of pupils post about a child. */
async function outreachOf(world: ConversionWorld): Promise<string> {
  const primary = await world.caller('estate-primary', 'pupil-school', ['registrar']);
  const clerk = await staffOf(world, primary);
  const child = { name: '欧阳小禾', document: { kind: 'passport', number: 'E12345679' } };
  const guardian = { name: MARKS.name, document: { kind: 'resident-id', number: MARKS.number } };
  const record = MARKS.purpose;
  const wanted = { learner: child, guardian, record, birthDate: '2015-05-05' };
  const { body } = await clerk.post('/v1/guardianships', wanted).expect(201);
  const consent = { guardianship: body.id, record, days: 9 };
  const given = await clerk.post('/v1/outreach-consents', consent).expect(201);
  return given.body.id as string;
}

/** Two clerks of the school found two accounts to be one person's. */
async function linkOf(world: ConversionWorld): Promise<string> {
  const { id: institutionId } = world.school.institution;
  const [clerk, colleague] = [
    await (await person(world, ['clerk'], { institutionId })).signIn(),
    await (await person(world, ['clerk'], { institutionId })).signIn(),
  ];
  const [survivor, other] = ['E23456781', 'E23456782'].map((number) => ({
    name: MARKS.name,
    document: { kind: 'passport', number },
  }));
  for (const learner of [survivor, other]) {
    await clerk
      .post('/v1/counter-sessions', {
        learner,
        acts: ['see'],
        given: 'signed-paper',
        record: MARKS.purpose,
        minutes: 5,
      })
      .expect(201);
  }
  const proposed = await clerk
    .post('/v1/person-links', { survivor, other, reason: MARKS.purpose })
    .expect(202);
  const { id, digest } = proposed.body as { id: string; digest: string };
  const done = await colleague.post(`/v1/proposals/${id}/confirmation`, { digest }).expect(200);
  return done.body.resultId as string;
}

/** The learner in a pathway of the school and the college. */
async function pathwayOf(world: ConversionWorld): Promise<object> {
  const { id } = await startPathway(world, pathwayText(), world.college);
  const learner = { name: MARKS.name, document: { kind: 'resident-id', number: MARKS.number } };
  const { body } = await world.school
    .post(`/v1/pathways/${id}/enrolments`, { items: [{ learner, intake: 2023 }] })
    .expect(200);
  return { id, enrolment: body.items[0].id as string, gate: 'stage-transfer' };
}

/** A draft of the college with a simulation of it. */
async function draftOf(world: ConversionWorld): Promise<[string, object][]> {
  const { id: institutionId } = world.college.institution;
  const author = await (await person(world, ['rule-author'], { institutionId })).signIn();
  const text = ruleText(MARKS.programme);
  const draft = await author.post('/v1/rules/drafts', { document: text }).expect(201);
  const path = `/v1/rules/drafts/${draft.body.id}/simulations`;
  const simulation = await author.post(path, {}).expect(202);
  return [
    ['/v1/rules/drafts/{id}', { id: draft.body.id }],
    ['/v1/rules/simulations/{id}', { id: simulation.body.id }],
  ];
}

/** A list of the college, and what it asked the school about the learner who applied there. */
async function equivalenceOf(
  world: ConversionWorld,
  learnerId: string,
): Promise<[string, object][]> {
  const programme = await world.publish({ rules: [CERTIFICATE_TO_C1] });
  const sheet = Buffer.from(`姓名,证件号码\n${MARKS.name},${MARKS.number}\n`);
  const batch = await world.http
    .post('/v1/equivalence/batches')
    .set('authorization', `Bearer ${world.college.key}`)
    .field('programme', programme)
    .attach('file', sheet, MARKS.fileName)
    .expect(202);
  const answer = await world.college
    .post('/v1/equivalence', { learner: learnerId, programme })
    .expect(200);
  const query = await world.college
    .post('/v1/equivalence/queries', {
      answer: answer.body.id,
      school: 'school',
      words: MARKS.purpose,
    })
    .expect(201);
  return [
    ['/v1/equivalence/batches/{id}', { id: batch.body.id }],
    ['/v1/equivalence/queries/{id}', { id: query.body.id }],
    ['/v1/equivalence/quotas/{institution}', { institution: 'college' }],
  ];
}
