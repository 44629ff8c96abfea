import { QueryReminders } from '../../src/queries/reminders.worker.js';
import { Clock } from '../../src/platform/clock/index.js';
import { BASE_TO_C1, type LearnerCaller } from '../support/conversions.js';
import {
  HIGHEST,
  type OfficeWorld,
  consent,
  groundsOf,
  share,
  startOfficeWorld,
} from '../support/equivalence.js';
import { type Caller, residentId } from '../support/world.js';

let world: OfficeWorld;

beforeAll(async () => {
  world = await startOfficeWorld();
});
afterAll(() => world?.close());

const ask = (who: Caller, body: object) => who.post('/v1/equivalence', body);

describe('one learner', () => {
  it('matches with credits, clauses, the version of the rules and what would give more', async () => {
    const learner = await world.learner();
    await consent(learner).expect(201);
    const both = await world.publish({ rules: [BASE_TO_C1, HIGHEST] });
    const { body } = await ask(world.office, { learner: learner.id, programme: both }).expect(200);
    expect(body).toMatchObject({
      status: 'matched',
      programme: both,
      credits: { grantable: '4', booked: '0' },
      rulebook: { id: `college/${both.toLowerCase()}`, version: 1 },
      missing: { rule: 'highest' },
      schools: [{ code: 'issuer' }, { code: 'school' }],
    });
    expect(body.rulebook.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(body.clauses.map((one: { verdict: string }) => one.verdict)).toContain('granted');
    expect(body.clauses[0].text.zh).toContain('物流');
    expect(body.text.zh).toContain('匹配');
    expect(await groundsOf(learner)).toEqual(['consent']);
    // The same facts and rules: the same decision.
    const again = await ask(world.office, { learner: learner.id, programme: both }).expect(200);
    expect(again.body.decisionHash).toBe(body.decisionHash);
  });

  it('does not match, and says what is missing', async () => {
    const learner = await world.learner();
    const { code } = await share(learner);
    const { body } = await ask(world.office, { shareCode: code, programme: world.strict }).expect(
      200,
    );
    expect(body).toMatchObject({
      status: 'not-matched',
      credits: { grantable: '0', booked: '0' },
      missing: { rule: 'highest' },
    });
    expect(body.missing.text.en).toMatch(/高级/);
    expect(await groundsOf(learner)).toEqual(['share']);
    const shares = await learner.get('/v1/shares').expect(200);
    expect(shares.body.items[0].opened).toBe(1);
  });

  it('asks for the PIN of a code that has one, and says of a wrong one what it says of nobody', async () => {
    const learner = await world.learner();
    const made = await learner.post('/v1/shares', { purpose: '报考', pin: '246810' }).expect(201);
    const question = { shareCode: made.body.code, programme: world.matching };
    for (const [sharePin, status] of [
      [undefined, 'not-checked'],
      ['246811', 'not-checked'],
      ['246810', 'matched'],
    ]) {
      const { body } = await ask(world.office, { ...question, sharePin }).expect(200);
      expect(body.status).toBe(status);
    }
    const seen = await learner.get(`/v1/shares/${made.body.id}`).expect(200);
    expect(seen.body.views.map((view: { result: string }) => view.result)).toEqual([
      'shown',
      'pin-wrong',
    ]);
  });

  it('counts what was booked before', async () => {
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const learner = await world.learner();
    const applied = await learner
      .post('/v1/applications', { learner: 'me', programme })
      .expect(202);
    const { state } = await world.settled(learner, applied.body.id as string);
    expect(state).toBe('booked');
    await consent(learner).expect(201);
    const { body } = await ask(world.office, { learner: learner.id, programme }).expect(200);
    expect(body).toMatchObject({ status: 'matched', credits: { grantable: '0', booked: '4' } });
  });

  it('is found by name and document, both of them right', async () => {
    const learner = await world.learner();
    await consent(learner).expect(201);
    const person = await world.personOf(learner);
    const right = await ask(world.office, { person, programme: world.matching }).expect(200);
    expect(right.body.status).toBe('matched');
    const wrong = await ask(world.office, {
      person: { ...person, name: '王大明' },
      programme: world.matching,
    }).expect(200);
    expect(wrong.body.status).toBe('not-checked');
  });

  it('looks the same to a stranger, whatever the cause', async () => {
    const on = '2026-11-01';
    const bytes = async (body: object): Promise<string> =>
      (await ask(world.office, { ...body, programme: world.matching, on }).expect(200)).text;
    const learner = await world.learner();
    const person = await world.personOf(learner);
    const expired = await share(learner);
    await learner.delete(`/v1/shares/${expired.id}`).expect(204);
    const frozen = await world.learner();
    await consent(frozen).expect(201);
    const { code: ofFrozen } = await share(frozen);
    const frozenPerson = await world.personOf(frozen);
    await frozen.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    const ended = await world.learner();
    const given = await consent(ended).expect(201);
    await ended.delete(`/v1/consents/${given.body.id}`).expect(204);
    const partly = await world.learner();
    await consent(partly, { fields: ['outcomes'], once: true }).expect(201);
    const answers = [
      await bytes({ learner: '0198c5a2-7a10-7123-8f00-0123456789ab' }),
      await bytes({ learner: learner.id }),
      await bytes({ person }),
      await bytes({ person: { ...person, name: '别人' } }),
      await bytes({
        person: { name: '无人', document: { kind: 'resident-id', number: residentId(999) } },
      }),
      await bytes({ shareCode: '123456789018' }),
      await bytes({ shareCode: expired.code }),
      await bytes({ shareCode: ofFrozen }),
      await bytes({ learner: frozen.id }),
      await bytes({ person: frozenPerson }),
      await bytes({ learner: ended.id }),
      await bytes({ learner: partly.id }),
    ];
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0] as string)).toMatchObject({ id: null, status: 'not-checked' });
    expect(await groundsOf(learner)).toEqual(['none', 'none']);
    // A consent that did not suffice has not been spent.
    const consents = await partly.get('/v1/consents').expect(200);
    expect(consents.body.items[0].state).toBe('active');
  });

  it('takes as long for nobody as for somebody who has let nobody see', async () => {
    const learner = await world.learner();
    const time = async (body: object): Promise<number> => {
      const began = performance.now();
      await ask(world.office, { ...body, programme: world.matching }).expect(200);
      return performance.now() - began;
    };
    for (const body of [
      { learner: '0198c5a2-7a10-7123-8f00-0123456789ab' },
      { learner: learner.id },
      { person: await world.personOf(learner) },
      { shareCode: '123456789018' },
    ]) {
      expect(await time(body)).toBeGreaterThanOrEqual(149);
    }
  });

  it('has to be named in one way, by what can exist', async () => {
    const programme = world.matching;
    const none = await ask(world.office, { programme }).expect(422);
    expect(none.body.code).toBe('equivalence-name-one');
    const two = { learner: '0198c5a2-7a10-7123-8f00-0123456789ab', shareCode: '123456789018' };
    await ask(world.office, { ...two, programme }).expect(422);
    const bad = { name: '王小明', document: { kind: 'resident-id', number: '500112199003010028' } };
    const digits = await ask(world.office, { person: bad, programme }).expect(400);
    expect(digits.body.errors[0].pointer).toBe('/person/document/number');
    await ask(world.office, { shareCode: 'x', programme }).expect(400);
    const unknown = await ask(world.office, {
      shareCode: '123456789018',
      programme: 'NONE',
    }).expect(422);
    expect(unknown.body.code).toBe('rulebook-not-in-force');
  });

  it('is nothing for those whose work it is not', async () => {
    const body = { shareCode: '123456789018', programme: world.matching };
    await world.http.post('/v1/equivalence').send(body).expect(401);
    await ask(world.issuer, body).expect(403);
    await (await world.learner()).post('/v1/equivalence', body).expect(403);
  });
});

describe('the quota', () => {
  it('is set by the authority and holds whatever races', async () => {
    const small = await world.caller('small-office', 'admissions-office', ['admissions']);
    const path = '/v1/equivalence/quotas/small-office';
    const put = (who: Caller, rowsPerDay: number) =>
      world.http.put(path).set('authorization', `Bearer ${who.key}`).send({ rowsPerDay });
    await put(small, 500).expect(403);
    expect((await put(world.authority, 5).expect(200)).body).toMatchObject({ left: 5, used: 0 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        ask(small, { shareCode: '123456789018', programme: world.matching }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    const left = await small.get('/v1/equivalence/quota').expect(200);
    expect(left.body).toMatchObject({ rowsPerDay: 5, used: 5, left: 0 });
    const all = await world.authority.get('/v1/equivalence/quotas').expect(200);
    const of = (code: string): object | undefined =>
      all.body.items.find(({ institution }: { institution: string }) => institution === code);
    expect(of('small-office')).toMatchObject({ rowsPerDay: 5, used: 5, left: 0, isUsual: false });
    expect(of('school')).toMatchObject({ rowsPerDay: 200, isUsual: true });
    expect(of('issuer')).toBeUndefined();
    await small.get('/v1/equivalence/quotas').expect(403);
    await put(world.authority, 5_001).expect(400);
    await world.http
      .put('/v1/equivalence/quotas/nobody')
      .set('authorization', `Bearer ${world.authority.key}`)
      .send({ rowsPerDay: 5 })
      .expect(404);
  });
});

describe('a query', () => {
  async function notMatched(): Promise<{ learner: LearnerCaller; answer: string }> {
    const learner = await world.learner();
    await consent(learner).expect(201);
    const { body } = await ask(world.office, {
      learner: learner.id,
      programme: world.strict,
    }).expect(200);
    expect(body.status).toBe('not-matched');
    return { learner, answer: body.id as string };
  }

  it('goes to the school with a number and a promised day, and back', async () => {
    const { learner, answer } = await notMatched();
    const words = '请核对证书等级';
    const { body } = await world.office
      .post('/v1/equivalence/queries', { answer, school: 'issuer', words })
      .expect(201);
    expect(body).toMatchObject({
      state: 'asked',
      overdue: false,
      office: { code: 'adm-office' },
      school: { code: 'issuer' },
      learnerId: learner.id,
    });
    expect(body.number).toMatch(/^\d{4}-\d{6}$/);
    const days = (Date.parse(body.dueOn) - Date.parse(world.app.get(Clock).today())) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(12);
    expect(days).toBeLessThanOrEqual(24);

    const path = `/v1/equivalence/queries/${body.id}`;
    const received = await world.issuer.get('/v1/equivalence/queries?side=received').expect(200);
    expect(received.body.items.map((one: { id: string }) => one.id)).toContain(body.id);
    const seen = await world.issuer.get(path).expect(200);
    expect(seen.body.history).toMatchObject([{ action: 'ask', words, by: { code: 'adm-office' } }]);
    // What is wanted, not what was read.
    expect(JSON.stringify(seen.body)).not.toContain('中级');
    expect(seen.body.wanted[0].wanted).toContain('高级');
    for (const stranger of [world.school, world.college, world.otherSchool]) {
      await stranger.get(path).expect(404);
      const list = await stranger.get('/v1/equivalence/queries?side=received').expect(200);
      expect(JSON.stringify(list.body)).not.toContain(body.id as string);
    }
    await (await world.learner()).get(path).expect(404);
    expect((await learner.get(path).expect(200)).body.number).toBe(body.number);
    expect((await learner.get('/v1/equivalence/queries').expect(200)).body.items).toHaveLength(1);

    const log = await learner.get('/v1/learners/me/access-log').expect(200);
    const lines = log.body.items.filter((line: { ground: string }) => line.ground === 'query');
    expect(new Set(lines.map((line: { reference: string }) => line.reference))).toEqual(
      new Set([body.id]),
    );
    const reply = { finding: 'record-complete', words: '证书为中级' };
    await world.office.post(`${path}/answer`, reply).expect(403);
    await world.school.post(`${path}/answer`, reply).expect(404);
    const answered = await world.issuer.post(`${path}/answer`, reply).expect(200);
    expect(answered.body.state).toBe('answered');
    const twice = await world.issuer.post(`${path}/answer`, reply).expect(409);
    expect(twice.body.code).toBe('equivalence-query-state');
    await world.issuer.post(`${path}/closure`).expect(403);
    const again = await world.office
      .post(`${path}/question`, { words: '2025 年的呢？' })
      .expect(200);
    expect(again.body.state).toBe('asked');
    const closed = await world.office.post(`${path}/closure`).expect(200);
    expect(closed.body.history.map((one: { action: string }) => one.action)).toEqual([
      'ask',
      'answer',
      'ask-again',
      'close',
    ]);
    await world.office.post(`${path}/question`, { words: 'x' }).expect(409);
    const exported = await learner.get('/v1/learners/me/export').expect(200);
    expect(exported.body.equivalence.map((one: { kind: string }) => one.kind)).toEqual([
      'answer',
      'query',
    ]);
  });

  it('is counted for both sides, so that an open page knows when to read again', async () => {
    const open = async (who: { get: typeof world.office.get }, side = 'sent') =>
      (await who.get(`/v1/equivalence/queries/open?side=${side}`).expect(200)).body as {
        asked: number;
        overdue: number;
        answered: number;
        changedAt: string | null;
      };
    const before = await open(world.office);
    const { answer } = await notMatched();
    const { body } = await world.office
      .post('/v1/equivalence/queries', { answer, school: 'issuer', words: '请核对' })
      .expect(201);
    const asked = await open(world.office);
    expect(asked.asked).toBe(before.asked + 1);
    expect(await open(world.issuer, 'received')).toEqual(asked);
    expect(await open(world.otherSchool, 'received')).toEqual({
      asked: 0,
      overdue: 0,
      answered: 0,
      changedAt: null,
    });
    const later = new Date(Date.parse(body.dueOn) + 86_400_000).toISOString().slice(0, 10);
    const today = jest.spyOn(world.app.get(Clock), 'today').mockReturnValue(later);
    expect((await open(world.office)).overdue).toBe(asked.asked);
    today.mockRestore();
    const reply = { finding: 'cannot-tell', words: '查无记录' };
    await world.issuer.post(`/v1/equivalence/queries/${body.id}/answer`, reply).expect(200);
    const answered = await open(world.office);
    expect(answered).toMatchObject({ asked: before.asked, answered: before.answered + 1 });
    expect(String(answered.changedAt) > String(asked.changedAt)).toBe(true);
  });

  it('is asked once, of a school that the answer names, about what does not match', async () => {
    const { learner, answer } = await notMatched();
    const body = { answer, school: 'school', words: '?' };
    const other = await world.office
      .post('/v1/equivalence/queries', { ...body, school: 'other-school' })
      .expect(422);
    expect(other.body.code).toBe('equivalence-school-not-asked');
    const raced = await Promise.all(
      [1, 2, 3].map(() => world.office.post('/v1/equivalence/queries', body)),
    );
    expect(raced.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    await world.college.post('/v1/equivalence/queries', body).expect(404);
    await world.office
      .post('/v1/equivalence/queries', { ...body, answer: '0198c5a2-7a10-7123-8f00-0123456789ab' })
      .expect(404);
    const match = await ask(world.office, {
      learner: learner.id,
      programme: world.matching,
    }).expect(200);
    const matched = await world.office
      .post('/v1/equivalence/queries', { ...body, answer: match.body.id })
      .expect(409);
    expect(matched.body.code).toBe('equivalence-matched');
  });

  it('is reminded of once when its day has passed', async () => {
    const { answer } = await notMatched();
    const { body } = await world.office
      .post('/v1/equivalence/queries', { answer, school: 'issuer', words: '?' })
      .expect(201);
    const after = new Date(Date.parse(body.dueOn) + 2 * 86_400_000).toISOString().slice(0, 10);
    const reminders = world.app.get(QueryReminders);
    const { signal } = new AbortController();
    await reminders.run(body.dueOn, signal);
    const path = `/v1/equivalence/queries/${body.id}`;
    expect((await world.office.get(path).expect(200)).body.history).toHaveLength(1);
    await reminders.run(after, signal);
    await reminders.run(after, signal);
    const { history } = (await world.office.get(path).expect(200)).body;
    expect(history).toMatchObject([{ action: 'ask' }, { action: 'remind', by: null, words: null }]);
  });

  it('ends with a freeze, and hides whom it was about', async () => {
    const { learner, answer } = await notMatched();
    const { body } = await world.office
      .post('/v1/equivalence/queries', { answer, school: 'issuer', words: '请核对' })
      .expect(201);
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    const path = `/v1/equivalence/queries/${body.id}`;
    for (const who of [world.office, world.issuer]) {
      const seen = await who.get(path).expect(200);
      expect(seen.body).toMatchObject({ state: 'closed', learnerId: null, wanted: [] });
      expect(JSON.stringify(seen.body)).not.toContain('请核对');
    }
    await world.issuer.post(`${path}/answer`, { finding: 'cannot-tell', words: 'x' }).expect(404);
    await world.office
      .post('/v1/equivalence/queries', { answer, school: 'school', words: '?' })
      .expect(404);
  });
});
