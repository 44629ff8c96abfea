import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { REJECT, type Reviewer, reviewers } from '../support/reviewers.js';
import { completion } from '../support/world.js';

/** An exemption for an outcome whose worth the catalogue does not state. */
const TALK_TO_C1 = {
  id: 'talk',
  when: { has: 'OPEN-TALK' },
  grants: [{ course: 'C1', effect: 'exemption', credits: '0' }],
};

let world: ConversionWorld;
let panel: [Reviewer, Reviewer, Reviewer];

beforeAll(async () => {
  world = await startConversionWorld();
  panel = (await reviewers(world, world.college.institution.id, 3)) as typeof panel;
});
afterAll(() => world?.close());

/** A learner with an outcome that is not in the catalogue applies; a panel has to decide. */
async function uncatalogued(): Promise<{ path: string; learner: LearnerCaller; hash: string }> {
  const programme = await world.publish({ rules: [TALK_TO_C1] });
  const learner = await world.learner();
  const talk = { externalId: `talk-${learner.id}`, outcome: 'OPEN-TALK', grade: undefined };
  await world.school
    .post('/v1/completions', completion(0, { ...talk, learner: { id: learner.id } }))
    .expect(201);
  const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
  const application = await world.settled(learner, body.id as string);
  expect(application.state).toBe('in-review');
  return {
    path: `/v1/applications/${application.id}`,
    learner,
    hash: application.decisionHash as string,
  };
}

describe('a draft', () => {
  it('is seen by who asks only, holds nothing, and is decided when it is submitted', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = await world.learner();
    const made = await learner
      .post('/v1/applications', { learner: 'me', programme, draft: true })
      .expect(202);
    expect(made.body.state).toBe('draft');
    const path = `/v1/applications/${made.body.id}`;
    const shown = await learner.get(path).expect(200);
    expect(shown.body).toMatchObject({ state: 'draft', dueOn: null, panel: null, decision: null });
    await world.college.get(path).expect(404);
    const { body: listed } = await world.college.get('/v1/applications?limit=100').expect(200);
    expect(listed.items.map(({ id }: { id: string }) => id)).not.toContain(made.body.id);
    // Who receives a draft gains no right to look at the learner.
    await world.college.post('/v1/evaluations', { learner: learner.id, programme }).expect(404);
    expect(await totalOf(learner)).toMatchObject({ held: '0' });

    await (await world.learner()).post(`${path}/submission`).expect(404);
    await world.college.post(`${path}/submission`).expect(403);
    const sent = await learner.post(`${path}/submission`).expect(202);
    expect(sent.body).toMatchObject({ state: 'submitted', dueOn: expect.any(String) });
    const settled = await world.settled(learner, made.body.id as string);
    expect(settled.state).toBe('in-review');
    expect(settled.history.map(({ action }) => action)).toEqual([
      'draft',
      'submit',
      'start',
      'offer',
    ]);
    expect((await learner.post(`${path}/submission`).expect(409)).body.code).toBe(
      'application-state',
    );
  });

  it('can be thrown away, and is not taken for another request with its key', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = await world.learner();
    const send = (draft: boolean) =>
      learner
        .post('/v1/applications', { learner: 'me', programme, draft })
        .set('idempotency-key', 'draft-key');
    const { body } = await send(true).expect(202);
    expect((await send(true).expect(200)).body).toEqual(body);
    await send(false).expect(409);
    const path = `/v1/applications/${body.id}`;
    expect((await learner.post(`${path}/withdrawal`).expect(200)).body.state).toBe('withdrawn');
  });

  it('of a school stays the school’s, and cannot go where the school itself decides', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = await world.learner();
    const wanted = { learner: learner.id, programme, draft: true };
    const { body } = await world.school.post('/v1/applications', wanted).expect(202);
    const path = `/v1/applications/${body.id}`;
    await world.college.get(path).expect(404);
    await learner.get(path).expect(200);
    await world.school.post(`${path}/submission`).expect(202);
    const own = await world.publish({ institution: 'school', rules: [BASE_TO_C1] });
    const refused = await world.school.post('/v1/applications', { ...wanted, programme: own });
    expect(refused.body.code).toBe('second-institution-needed');
  });

  it.each([['yes'], [1], [null]])('is not asked for by %j', async (draft) => {
    const learner = await world.learner();
    const answer = await learner.post('/v1/applications', { learner: 'me', programme: 'P', draft });
    expect(answer.status).toBe(draft === null ? 422 : 400);
  });
});

describe('a panel', () => {
  it('of three decides what the catalogue does not know, by more than half (R57)', async () => {
    const { path, learner } = await uncatalogued();
    const before = await panel[0].get(path).expect(200);
    expect(before.body.panel).toEqual({ round: 1, size: 3, votes: 0, hasVoted: false });

    const first = await panel[0].post(`${path}/review`, { verdict: 'approve' }).expect(200);
    expect(first.body).toMatchObject({
      state: 'in-review',
      panel: { size: 3, votes: 1, hasVoted: true },
      votes: [],
    });
    const twice = await panel[0].post(`${path}/review`, REJECT).expect(409);
    expect(twice.body.code).toBe('already-voted');

    await panel[1].post(`${path}/review`, REJECT).expect(200);
    const third = await panel[2]
      .post(`${path}/review`, { verdict: 'approve', note: '同意' })
      .expect(200);
    expect(third.body.state).toBe('booked');
    const { body } = await learner.get(path).expect(200);
    expect(body.history.map(({ action }: { action: string }) => action)).toEqual([
      'submit',
      'start',
      'offer',
      'vote',
      'vote',
      'vote',
      'approve',
      'book',
    ]);
    expect(body.history.at(-2)).toMatchObject({ state: 'approved', note: '同意' });
    expect(body.votes.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'approve',
      'reject',
      'approve',
    ]);
    expect(JSON.stringify(body.votes)).not.toContain('reviewer');
    expect((await panel[1].post(`${path}/review`, REJECT).expect(409)).body.code).toBe(
      'application-state',
    );
  });

  it('that cannot agree approves nothing and says why', async () => {
    const { path, learner } = await uncatalogued();
    await panel[0].post(`${path}/review`, { verdict: 'approve' }).expect(200);
    await panel[1].post(`${path}/review`, REJECT).expect(200);
    const last = await panel[2]
      .post(`${path}/review`, { verdict: 'return', note: '请补充材料' })
      .expect(200);
    expect(last.body.state).toBe('returned');
    const { body } = await learner.get(path).expect(200);
    expect(body.history.at(-1).note).toBe(`${REJECT.note} / 请补充材料`);
    expect(await totalOf(learner)).toMatchObject({ held: '0' });
  });

  it('counts each of its members once when all vote at once', async () => {
    const { path } = await uncatalogued();
    const answers = await Promise.all(
      [...panel, ...panel].map((one) => one.post(`${path}/review`, { verdict: 'approve' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
      expect(status).toBe(409);
      expect(['already-voted', 'application-state']).toContain(body.code);
    }
    const { body } = await panel[0].get(path).expect(200);
    expect(body).toMatchObject({ state: 'booked', votes: [{}, {}] });
  });

  it('starts again when a finding makes its decision old, and nobody else’s vote counts', async () => {
    const { path, learner, hash } = await uncatalogued();
    await panel[0].post(`${path}/review`, { verdict: 'approve', decisionHash: hash }).expect(200);
    const { body: shown } = await learner.get(path).expect(200);
    const [outcome] = shown.outcomes as { id: string }[];
    await panel[1]
      .post(`/v1/learners/${learner.id}/findings`, {
        programme: shown.programme,
        outcome: outcome?.id,
        what: 'content-overlap',
        value: '80',
      })
      .expect(201);
    const again = await world.settled(learner, shown.id as string);
    expect(again).toMatchObject({ state: 'in-review' });
    const { body } = await panel[0].get(path).expect(200);
    expect(body).toMatchObject({ dueOn: shown.dueOn, panel: { votes: 0, hasVoted: false } });
  });

  it('has no member from elsewhere, and not the learner', async () => {
    const { path, learner } = await uncatalogued();
    await world.otherCollege.post(`${path}/review`, { verdict: 'approve' }).expect(404);
    await learner.post(`${path}/review`, { verdict: 'approve' }).expect(403);
    const rows = await world.database.read((tx) =>
      tx.query<unknown[]>('SELECT 1 FROM application_vote WHERE application_id = $1', [
        path.split('/').at(-1),
      ]),
    );
    expect(rows).toEqual([]);
  });

  it('of one is enough for what the catalogue knows', async () => {
    const { path } = await decided(world);
    const { body } = await world.college.get(path).expect(200);
    expect(body.panel).toMatchObject({ size: 1, votes: 0 });
    const approved = await world.college.post(`${path}/review`, { verdict: 'approve' }).expect(200);
    expect(approved.body).toMatchObject({ state: 'booked', votes: [{ verdict: 'approve' }] });
  });
});
