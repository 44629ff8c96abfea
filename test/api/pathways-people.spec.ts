import { Erasures } from '../../src/learners/erasure/erasures.js';
import { withClient } from '../support/database.js';
import {
  type Joined,
  type PathwayDesk,
  answerOf,
  pathwayDesk,
  pathwayText,
  publishPathway,
  pupil,
} from '../support/pathways.js';
import { type Browser, person } from '../support/people.js';
import type { Asker } from '../support/proposals.js';
import { type World, startWorld } from '../support/world.js';

let world: World;
let desk: PathwayDesk;

beforeAll(async () => {
  world = await startWorld();
  desk = await pathwayDesk(world);
});
afterAll(() => world?.close());

describe('who reads', () => {
  let one: Joined;
  let learner: Browser;
  let stranger: Browser;

  beforeAll(async () => {
    one = await desk.join();
    learner = await (await person(world, ['learner'], { learnerId: one.learnerId })).signIn();
    const other = await desk.join();
    stranger = await (await person(world, ['learner'], { learnerId: other.learnerId })).signIn();
  });

  it('the learner hers, with what is done and what the gate asks', async () => {
    const { body } = await learner.get('/v1/learners/me/pathways').expect(200);
    expect(body.items).toMatchObject([
      {
        id: one.enrolment,
        name: null,
        state: 'secondary',
        gates: [{ gate: 'stage-transfer' }],
        carried: [{ id: 'core-courses', into: 'college', total: '0' }, {}],
      },
    ]);
    await stranger.get(`/v1/learners/${one.learnerId}/pathways`).expect(404);
    await learner.get(`${desk.path}/enrolments/${one.enrolment}`).expect(403);
  });

  it('a school its own, a college nobody before the gate, strangers nothing, the authority all', async () => {
    const of = `${desk.path}/enrolments/${one.enrolment}`;
    expect((await world.school.get(of).expect(200)).body.name).toBe('王小明');
    await world.authority.get(of).expect(200);
    for (const by of [desk.college, world.otherSchool]) {
      expect((await by.get(of).expect(404)).body.code).toBe('not-found');
    }
    await world.otherSchool.get(`${desk.path}/enrolments`).expect(404);
    await world.otherSchool.get(`${desk.path}/figures`).expect(404);
    const { body } = await desk.college.get(`${desk.path}/enrolments?limit=100`).expect(200);
    expect(JSON.stringify(body)).not.toContain(one.learnerId);
    await desk.college.get(`/v1/learners/${one.learnerId}/pathways`).expect(404);
    const refused = await world.otherSchool
      .post(`${of}/events`, { event: 'withdrawal' })
      .expect(404);
    expect(refused.body.code).toBe('not-found');
  });

  it('and the learner sees who looked', async () => {
    await world.school.get(`${desk.path}/enrolments/${one.enrolment}`).expect(200);
    const { body } = await learner.get('/v1/learners/me/access-log').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ purpose: 'pathway', ground: 'pathway', reference: one.enrolment }),
    );
  });
});

describe('publication', () => {
  it('takes a second person of the authority, and a document that says what it means', async () => {
    const [author, colleague] = [
      await (await person(world, ['authority'])).signIn(),
      await (await person(world, ['authority'])).signIn(),
    ];
    const send = (text: string) =>
      author.post('/v1/pathways', { document: text, reason: '2027 级 / the intake of 2027' });
    const renamed = ['id: pathways/logistics-five-year', 'id: pathways/new'] as const;
    const refusedBy = async (...replace: (readonly [string, string])[]) =>
      (await send(pathwayText(renamed, ...replace))).body.code as string;
    expect(await refusedBy(['version: 1', 'version: 1\nmore: 1'])).toBe('rulebook-invalid');
    expect(await refusedBy(['UNI-STAT', 'UNI-NOTHING'])).toBe('pathway-names-unknown');
    expect(await refusedBy(["semester: ['6']", "semester: ['7']"])).toBe('pathway-examples');
    expect((await send(pathwayText())).body.code).toBe('pathway-version');
    const { body: proposal } = await send(pathwayText(renamed)).expect(202);
    const confirmation = `/v1/proposals/${proposal.id}/confirmation`;
    const { digest } = proposal as { digest: string };
    await author.post(confirmation, { digest }).expect(403);
    const { body: done } = await colleague.post(confirmation, { digest }).expect(200);
    const { body } = await world.http.get(`/v1/pathways/${done.resultId}`).expect(200);
    expect(body).toMatchObject({
      code: 'pathways/new',
      version: 1,
      kind: 'five-year',
      hash: digest,
    });
    expect(body.rules.length).toBeGreaterThan(5);
    await world.school.post('/v1/pathways', { document: 'x', reason: 'x' }).expect(403);
  });

  it('is looked at before it is proposed: the same words, the same refusals, and nothing is kept', async () => {
    const at = await desk.ownPathway('looked-at');
    const one = await desk.join(2023, at);
    const shown = (await world.http.get(at).expect(200)).body;
    const { document, id, publishedAt, ...words } = shown;
    const check = (text: string, by: Asker = world.authority) =>
      by.post('/v1/pathways/check', { document: text });
    // As the page makes the plan of another year: the published document, counted up by one.
    const intakes = [...document.intakes, { year: 2027, places: 50 }];
    const next = JSON.stringify({ ...document, version: 2, intakes });
    const { body } = await check(next).expect(200);
    const { hash, ...same } = words;
    expect(body).toEqual({
      ...same,
      version: 2,
      intakes: [...words.intakes, { year: 2027, places: 50, left: 50 }],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      start: ['secondary'],
      newest: 1,
    });
    expect(body.hash).not.toBe(hash);
    expect(body.intakes).toContainEqual({ year: 2023, places: 40, left: 39 });
    const author = await (await person(world, ['authority'])).signIn();
    const { body: kept } = await author
      .post('/v1/pathways', { document: next, reason: '2027 级 / the intake of 2027' })
      .expect(202);
    expect(kept.digest).toBe(body.hash);
    expect((await check(JSON.stringify(document)).expect(409)).body.code).toBe('pathway-version');
    const wrong = pathwayText(['UNI-STAT', 'UNI-NOTHING'], ['version: 1', 'version: 9']);
    expect((await check(wrong).expect(422)).body.code).toBe('pathway-names-unknown');
    expect((await check('kind: staged-pathway').expect(422)).body.errors.length).toBeGreaterThan(0);
    await check(next, world.school).expect(403);
    expect((await world.http.get('/v1/pathways')).body.items).toContainEqual(
      expect.objectContaining({ id, publishedAt, version: 1 }),
    );
    expect(await desk.shown(one, world.school, at)).toMatchObject({ version: 1, intake: 2023 });
  });

  it('of a new version leaves those who joined before where they are', async () => {
    const at = await desk.ownPathway('versions');
    const one = await desk.join(2023, at);
    const text = pathwayText(
      ['id: pathways/logistics-five-year', 'id: pathways/versions'],
      ['version: 1', 'version: 2'],
    );
    const newer = `/v1/pathways/${await publishPathway(world, text)}`;
    const items = [{ learner: pupil(940), intake: 2023 }];
    const { body } = await world.school.post(`${at}/enrolments`, { items }).expect(409);
    expect(body.code).toBe('pathway-superseded');
    await world.school.post(`${newer}/enrolments`, { items }).expect(200);
    expect(await desk.shown(one, world.school, at)).toMatchObject({ version: 1 });
    const list = await world.school.get(`${newer}/enrolments`).expect(200);
    expect(list.body.items.map((e: { version: number }) => e.version).toSorted()).toEqual([1, 2]);
  });
});

describe('one person with two accounts', () => {
  let clerk: Browser;
  let colleague: Browser;

  beforeAll(async () => {
    const { id: institutionId } = world.school.institution;
    clerk = await (await person(world, ['clerk'], { institutionId })).signIn();
    colleague = await (await person(world, ['clerk'], { institutionId })).signIn();
  });

  const links = (survivor: object, other: object) =>
    clerk.post('/v1/person-links', { survivor, other, reason: 'sheet 21, two documents' });
  const passport = (number: string) => ({
    name: 'WANG XIAOMING',
    document: { kind: 'passport', number },
  });

  it('stands at one place, by the outcomes of both', async () => {
    const at = await desk.ownPathway('merged');
    const one = await desk.join(2023, at);
    const other = passport('E34567801');
    await desk.exam(other, '合格');
    expect(answerOf(await desk.preview('stage-transfer', world.school, at), one)).toMatchObject({
      verdict: 'missing',
    });
    const { body: proposal } = await links(one.learner, other).expect(202);
    const { digest } = proposal as { digest: string };
    await colleague.post(`/v1/proposals/${proposal.id}/confirmation`, { digest }).expect(200);
    expect(answerOf(await desk.confirm('stage-transfer', world.school, at), one)).toMatchObject({
      verdict: 'passed',
    });
    expect(await desk.shown(one, desk.college, at)).toMatchObject({ state: 'college' });
    const items = [{ learner: other, intake: 2024 }];
    const { body } = await world.school.post(`${at}/enrolments`, { items }).expect(200);
    expect(body.items[0].problem.code).toBe('pathway-joined-before');
  });

  it('is not made of two who are in the same pathway', async () => {
    const at = await desk.ownPathway('twice');
    const one = await desk.join(2023, at);
    const other = passport('E34567802');
    const items = [{ learner: other, intake: 2023 }];
    await world.school.post(`${at}/enrolments`, { items }).expect(200);
    const { body } = await links(one.learner, other).expect(409);
    expect(body.code).toBe('merge-pathway-twice');
  });
});

describe('erasure', () => {
  it('hides a learner at once, and then destroys on what the events rest', async () => {
    const at = await desk.ownPathway('erased');
    const one = await desk.join(2023, at);
    await desk.exam(one.learner, '合格');
    await desk.confirm('stage-transfer', world.school, at);
    const learner = await (await person(world, ['learner'], { learnerId: one.learnerId })).signIn();
    const { body: exported } = await learner.get('/v1/learners/me/export').expect(200);
    expect(exported.pathways).toMatchObject([
      { code: 'pathways/erased', history: [{ event: 'joined' }, { event: 'gate' }] },
    ]);
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    for (const by of [world.school, desk.college]) {
      await by.get(`${at}/enrolments/${one.enrolment}`).expect(404);
      expect((await by.get(`${at}/enrolments`).expect(200)).body.items).toEqual([]);
    }
    expect((await desk.college.get(`${at}/figures`).expect(200)).body).toMatchObject({ passed: 0 });
    const rows = await withClient(world.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
      await client.query('UPDATE erasure_event SET due_at = now() WHERE due_at IS NOT NULL');
      await client.query('ALTER TABLE erasure_event ENABLE TRIGGER USER');
      expect(await world.app.get(Erasures).shredDue(10)).toBe(1);
      const sql = 'SELECT seq, evidence, answer FROM pathway_event WHERE enrolment_id = $1';
      return (await client.query(`${sql} ORDER BY seq`, [one.enrolment])).rows as object[];
    });
    expect(rows).toEqual([
      { seq: 1, evidence: [], answer: null },
      { seq: 2, evidence: [], answer: null },
    ]);
    // The place stays taken: it was.
    const { body } = await world.http.get(at).expect(200);
    expect(body.intakes).toContainEqual({ year: 2023, places: 40, left: 39 });
  });
});
