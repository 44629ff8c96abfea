import {
  type ConversionWorld,
  type Decided,
  type LearnerCaller,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { type OutcomeBody, REASON, outcomeOf, redeposit, revoke } from '../support/revocations.js';
import { completion } from '../support/world.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

/** Needs the course and the certificate together. */
const BOTH_TO_C1 = {
  id: 'both',
  when: { all: [{ has: 'LOG-BASE' }, { has: 'X-LOG-2' }] },
  grants: [{ course: 'C1', credits: 'of-target' }],
};

describe('what would happen', () => {
  it('is told line by line, and nothing is changed', async () => {
    const { learner, application, programme } = await decided(world, {
      review: 'none',
      rules: [BOTH_TO_C1],
    });
    const share = await learner.post('/v1/shares', { purpose: '求职', days: 30 }).expect(201);
    await world.otherCollege.post('/v1/verifications', { code: share.body.code }).expect(200);
    const base = await outcomeOf(learner, 'LOG-BASE');
    const before = await snapshot(learner);

    const { body } = await revoke(world, base.id, '?preview=true').expect(200);
    expect(body).toMatchObject({
      preview: true,
      outcome: { id: base.id, state: 'used' },
      entries: [],
      effects: {
        vanishes: { available: '0', held: '0', used: '4' },
        returns: [
          { title: { zh: '物流管理职业技能等级证书（中级）' }, amount: '7', expires: false },
        ],
        conversions: [
          {
            applicationId: application.id,
            programme,
            institution: { code: 'college' },
            fate: 'reversed',
            because: 'outcome',
            award: false,
            grants: [{ effect: 'credit', course: 'C1', credits: '4' }],
          },
        ],
        shares: [{ id: share.body.id, opened: 1 }],
        admissions: [
          { institution: { code: 'college' }, because: 'conversion', id: application.id },
          { institution: { code: 'other-college' }, because: 'shown', id: share.body.id },
        ],
      },
    });
    expect(JSON.stringify(body)).not.toContain('求职');
    expect(await snapshot(learner)).toEqual(before);
  });

  it.each(['preview=', 'preview=yes', 'preview=true&preview=false', 'surprise=1'])(
    'is not guessed from "%s"',
    async (query) => {
      const learner = await world.learner();
      const { id } = await outcomeOf(learner, 'LOG-BASE');
      await revoke(world, id, `?${query}`).expect(400);
      expect((await outcomeOf(learner, 'LOG-BASE')).state).toBe('available');
    },
  );
});

/** Everything the learner can see of the books. */
async function snapshot(learner: LearnerCaller): Promise<unknown[]> {
  const paths = ['balance', 'statement?limit=100', 'outcomes?limit=100'];
  const records = paths.map((path) => learner.get(`/v1/learners/me/${path}`).expect(200));
  const applications = learner.get('/v1/applications?limit=100').expect(200);
  const answers = await Promise.all([...records, applications]);
  // Each says at which moment it was read.
  return answers.map(({ body }) => ({ ...(body as object), knownAt: null }));
}

describe('taking an outcome back', () => {
  it('reverses what was booked with it; credit of others comes back and names its use', async () => {
    const { learner, application, path, programme } = await decided(world, {
      review: 'none',
      rules: [
        { ...BOTH_TO_C1, grants: ['C1', 'C2'].map((course) => ({ course, credits: 'of-target' })) },
        CERTIFICATE_TO_C1,
      ],
      courses: ['C1', 'C2'].map((code) => ({ code, credits: '4' })),
    });
    expect(application.decision?.credits).toBe('8');
    const base = await outcomeOf(learner, 'LOG-BASE');
    const { body } = await revoke(world, base.id).expect(200);
    expect(body.preview).toBe(false);
    expect(body.outcome.state).toBe('revoked');
    const [revocation, reversal] = body.entries;
    expect(revocation).toMatchObject({ kind: 'revocation', amount: '4', reason: REASON });
    expect(reversal).toMatchObject({
      kind: 'reversal',
      from: 'used',
      to: 'available',
      amount: '7',
      reference: application.id,
      reason: REASON,
    });
    const use = await learner.get(`/v1/entries/${reversal.settles}`).expect(200);
    expect(use.body).toMatchObject({ kind: 'use', outcomeId: reversal.outcomeId });
    expect(await totalOf(learner)).toEqual({
      available: '7',
      held: '0',
      used: '0',
      expired: '0',
      revoked: '4',
    });
    const after = await learner.get(path).expect(200);
    expect(after.body.state).toBe('revoked');
    expect(after.body.history.at(-1)).toMatchObject({
      action: 'revoke',
      state: 'revoked',
      by: 'institution',
      institution: { code: 'school' },
      note: REASON,
    });
    // The course is free again, and the credit that came back fills it.
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id as string);
    expect(second).toMatchObject({ state: 'booked', decision: { credits: '4' } });
  });

  it('is seen by whoever holds a code: no conversion, a revoked outcome, sound books', async () => {
    const { learner } = await decided(world, { review: 'none', rules: [BASE_TO_C1] });
    const share = await learner.post('/v1/shares', { purpose: 'p', days: 30 }).expect(201);
    const { code } = share.body as { code: string };
    const before = await world.http.post('/v1/verifications').send({ code }).expect(200);
    expect(before.body.conversions).toHaveLength(1);
    await revoke(world, (await outcomeOf(learner, 'LOG-BASE')).id).expect(200);
    const { body } = await world.http.post('/v1/verifications').send({ code }).expect(200);
    expect(body.conversions).toEqual([]);
    expect(body.balance.total).toMatchObject({ available: '7', used: '0', revoked: '4' });
    const lines = Object.fromEntries(
      body.checks.map(({ line, result }: { line: string; result: string }) => [line, result]),
    );
    expect(lines).toMatchObject({ revoked: 'fail', ledger: 'pass' });
  });

  it('sends what is under review back to the queue', async () => {
    const { learner, application } = await decided(world, { rules: [BASE_TO_C1] });
    const base = await outcomeOf(learner, 'LOG-BASE');
    expect(base.state).toBe('held');
    const { body } = await revoke(world, base.id).expect(200);
    expect(body.effects).toMatchObject({
      vanishes: { held: '4' },
      conversions: [{ applicationId: application.id, fate: 'evaluated-again', bookedAt: null }],
      admissions: [],
    });
    const after = await world.settled(learner, application.id);
    expect(after).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-revoked' }] },
    });
    expect(after.history.map(({ action }) => action)).toEqual([
      'submit',
      'start',
      'offer',
      'reconsider',
      'refuse',
    ]);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '0', revoked: '4' });
  });

  it('can be done once, by the institution that posted it', async () => {
    const learner = await world.learner();
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    const path = `/v1/outcomes/${id}/revocation`;
    for (const query of ['', '?preview=true']) {
      await world.otherSchool.post(path + query, { reason: REASON }).expect(404);
      await world.authority.post(path + query, { reason: REASON }).expect(403);
      await learner.post(path + query, { reason: REASON }).expect(403);
      await world.http
        .post(path + query)
        .send({ reason: REASON })
        .expect(401);
    }
    await revoke(world, id).expect(200);
    for (const query of ['', '?preview=true']) {
      expect((await revoke(world, id, query).expect(409)).body.code).toBe('already-revoked');
    }
    await revoke(world, '0198c5a2-7a10-7123-8f00-0123456789ab').expect(404);
    await revoke(world, 'nonsense').expect(404);
  });

  it.each([
    ['nothing', {}],
    ['an empty text', { reason: '' }],
    ['10,000 characters', { reason: 'x'.repeat(10_000) }],
    ['a NUL byte', { reason: 'a\u0000b' }],
    ['half a character', { reason: '\ud800' }],
    ['a number', { reason: 7 }],
  ])('wants a reason that can be read, not %s', async (_, body) => {
    const learner = await world.learner();
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    for (const query of ['', '?preview=true']) {
      const answer = await world.school.post(`/v1/outcomes/${id}/revocation${query}`, body);
      expect(answer.status).toBe(400);
    }
    expect((await outcomeOf(learner, 'LOG-BASE')).state).toBe('available');
  });
});

describe('an outcome without credit', () => {
  const TALK_TO_C1 = {
    id: 'talk',
    when: { has: 'OPEN-TALK' },
    grants: [{ course: 'C1', effect: 'exemption' }],
  };
  let serial = 7000;

  async function withTalk(): Promise<{ made: Decided; talk: OutcomeBody }> {
    const programme = await world.publish({ review: 'none', rules: [TALK_TO_C1] });
    const learner = await world.learner();
    serial += 1;
    const talk = completion(serial, { outcome: 'OPEN-TALK', learner: { id: learner.id } });
    await world.school.post('/v1/completions', { ...talk, grade: undefined }).expect(201);
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    const application = await world.settled(learner, body.id as string);
    expect(application.state).toBe('booked');
    const path = `/v1/applications/${application.id}`;
    return {
      made: { programme, learner, application, path },
      talk: await outcomeOf(learner, 'OPEN-TALK'),
    };
  }

  it('is revoked like any other, and what rests on it falls', async () => {
    const { made, talk } = await withTalk();
    expect(talk.state).toBe('registered');
    const { body } = await revoke(world, talk.id).expect(200);
    expect(body).toMatchObject({
      outcome: { state: 'revoked', credits: null },
      entries: [],
      effects: {
        vanishes: { available: '0', used: '0' },
        conversions: [
          { applicationId: made.application.id, grants: [{ effect: 'exemption', course: 'C1' }] },
        ],
      },
    });
    expect((await made.learner.get(made.path)).body.state).toBe('revoked');
    const { programme, learner } = made;
    const again = await learner.post('/v1/evaluations', { learner: 'me', programme }).expect(200);
    expect(again.body.decision.refused[0].code).toBe('lot-revoked');
    expect((await revoke(world, talk.id).expect(409)).body.code).toBe('already-revoked');
    const given = await redeposit(world.school, talk.id).expect(200);
    expect(given.body).toMatchObject({
      outcome: { state: 'registered' },
      entries: [],
      mayApplyAgain: [{ applicationId: made.application.id }],
    });
  });
});

it.each(['outcome_revocation', 'booked_grant_reversal'])(
  '%s cannot be changed or deleted',
  async (table) => {
    await world.database.read(async (tx) => {
      const change = `UPDATE ${table} SET recorded_at = recorded_at`;
      for (const sql of [change, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(tx.query(sql)).rejects.toThrow(/append-only|permission denied/);
      }
    });
  },
);
