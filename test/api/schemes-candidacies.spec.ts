import { checkSeal } from '#libs/paper-seal';
import { parseVerifierKey } from '#libs/merkle';
import { evaluate, readingFor } from '#libs/rules';
import { FactsReader } from '../../src/conversions/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { Candidacies } from '../../src/schemes/index.js';
import type { LearnerCaller } from '../support/conversions.js';
import { bytesOf } from '../support/downloads.js';
import { describePaper, readPaper } from '../support/papers.js';
import {
  type AdmissionWorld,
  asLearner,
  scoring,
  startAdmissionWorld,
} from '../support/schemes.js';
import { until } from '../support/until.js';

let world: AdmissionWorld;

beforeAll(async () => {
  world = await startAdmissionWorld();
});
afterAll(() => world?.close());

const somebody: AdmissionWorld['somebody'] = (outcomes) => world.somebody(outcomes);
const placeOf = async (scheme: string, office = 'adm-office'): Promise<string> =>
  (await world.placesOf(scheme)).find(({ institution }) => institution.code === office)?.id ?? '';

async function applied(scheme: string, learner: LearnerCaller, office = 'adm-office') {
  const place = await placeOf(scheme, office);
  return learner.post(`/v1/admission-schemes/${scheme}/candidacies`, { place });
}

const decide = (id: string, body: object, who = world.office) =>
  who.post(`/v1/admission-candidacies/${id}/decision`, body);

async function admittedOf(scheme: string): Promise<number[]> {
  const rows = await world.query<{ admitted: number }>(
    `SELECT admitted FROM admission_place p JOIN admission_scheme s ON s.id = p.scheme_id
      WHERE s.code = $1 ORDER BY admitted DESC`,
    [scheme],
  );
  return rows.map(({ admitted }) => admitted);
}

describe('a candidacy', () => {
  it('is made by whoever is eligible, once, and seen by its office alone', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const learner = await world.learner();
    const early = await applied(scheme, learner);
    expect(early.body).toMatchObject({ status: 409, code: 'admission-not-eligible' });
    await world.post(learner, 'CONTEST-NATIONAL', { level: '二等奖' });
    const { body, status } = await applied(scheme, learner);
    expect([status, body.state, body.rulesThen]).toEqual([201, 'applied', ['national-prize']]);
    const again = await applied(scheme, learner, 'other-office');
    expect(again.body.code).toBe('admission-applied-already');
    const listed = await world.office
      .get(`/v1/admission-schemes/${scheme}/candidacies`)
      .expect(200);
    expect(listed.body.items).toMatchObject([
      { id: body.id, status: 'eligible', hasChanged: false },
    ]);
    const other = await world.otherOffice
      .get(`/v1/admission-schemes/${scheme}/candidacies`)
      .expect(200);
    expect(other.body.items).toEqual([]);
    for (const who of [world.otherOffice, world.school, world.college, world.authority]) {
      const path = `/v1/admission-candidacies/${body.id}`;
      expect([403, 404]).toContain((await who.get(path)).status);
      expect([403, 404]).toContain(
        (await decide(body.id as string, { verdict: 'admit' }, who)).status,
      );
    }
    const stranger = await world.learner();
    await stranger.post(`/v1/admission-candidacies/${body.id}/withdrawal`).expect(404);
    const detail = await world.office.get(`/v1/admission-candidacies/${body.id}`).expect(200);
    expect(detail.body).toMatchObject({
      name: '王小明',
      eligibility: { status: 'eligible', candidacy: { id: body.id } },
      history: [{ action: 'apply' }],
    });
    const log = await learner.get('/v1/learners/me/access-log').expect(200);
    expect(log.body.items).toContainEqual(
      expect.objectContaining({
        purpose: 'admission',
        ground: 'application',
        reference: body.id,
        fields: expect.arrayContaining(['name', 'outcomes']),
      }),
    );
  });

  it('is admitted, taken back, declined; withdrawn, it makes room for another', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const learner = await world.learner();
    await world.post(learner, 'CONTEST-NATIONAL', { level: '二等奖' });
    const { body } = await applied(scheme, learner);
    const id = String(body.id);
    const bare = await decide(id, { verdict: 'decline' }).expect(422);
    expect(bare.body.code).toBe('admission-reason-missing');
    const taken = await decide(id, { verdict: 'admit' }).expect(200);
    expect(taken.body.state).toBe('admitted');
    expect(await admittedOf(scheme)).toEqual([1, 0]);
    const twice = await decide(id, { verdict: 'admit' }).expect(409);
    expect(twice.body.code).toBe('admission-state');
    await decide(id, { verdict: 'reopen', reason: 'mistake' }).expect(200);
    expect(await admittedOf(scheme)).toEqual([0, 0]);
    await decide(id, { verdict: 'admit' }).expect(200);
    await learner.post(`/v1/admission-candidacies/${id}/withdrawal`).expect(200);
    expect(await admittedOf(scheme)).toEqual([0, 0]);
    const next = await applied(scheme, learner, 'other-office');
    expect(next.status).toBe(201);
    const events = await world.query<{ action: string }>(
      'SELECT action FROM admission_event WHERE candidacy_id = $1 ORDER BY seq',
      [id],
    );
    expect(events.map(({ action }) => action)).toEqual([
      'apply',
      'admit',
      'reopen',
      'admit',
      'withdraw',
    ]);
  });

  it('whose evidence was taken back says so, and is admitted only with open eyes', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const learner = await world.learner();
    const outcome = await world.post(learner, 'CONTEST-NATIONAL', { level: '一等奖' });
    const { body } = await applied(scheme, learner);
    await world.issuer
      .post(`/v1/outcomes/${outcome}/revocation`, { reason: '成绩有误' })
      .expect(200);
    const seen = await world.office.get(`/v1/admission-candidacies/${body.id}`).expect(200);
    expect(seen.body).toMatchObject({
      status: 'not-eligible',
      hasChanged: true,
      rulesThen: ['national-prize'],
    });
    const refused = await decide(String(body.id), { verdict: 'admit' }).expect(409);
    expect(refused.body.code).toBe('admission-not-proven');
    expect(await admittedOf(scheme)).toEqual([0, 0]);
    await decide(String(body.id), { verdict: 'admit', despite: true }).expect(200);
    const { body: detail } = await world.office
      .get(`/v1/admission-candidacies/${body.id}`)
      .expect(200);
    expect(detail.history.at(-1)).toMatchObject({ action: 'admit', proven: false });
  });

  it('of somebody who asks for erasure is withdrawn and gone, and its place is free', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const learner = await world.learner();
    await world.post(learner, 'CONTEST-NATIONAL', { level: '一等奖' });
    const { body } = await applied(scheme, learner);
    await decide(String(body.id), { verdict: 'admit' }).expect(200);
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    expect(await admittedOf(scheme)).toEqual([0, 0]);
    await world.office.get(`/v1/admission-candidacies/${body.id}`).expect(404);
    const { body: list } = await world.office
      .get(`/v1/admission-schemes/${scheme}/candidacies`)
      .expect(200);
    expect(list.items).toEqual([]);
  });
});

describe('places', () => {
  it('never hold more than there are: twenty at once for the last one', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const place = await placeOf(scheme, 'other-office');
    const candidacies = world.app.get(Candidacies);
    const people: Awaited<ReturnType<typeof somebody>>[] = [];
    for (let i = 0; i < 20; i += 1) {
      people.push(await somebody([['CONTEST-NATIONAL', { level: '一等奖' }]]));
    }
    const made = await Promise.all(
      people.map(({ id }) => candidacies.apply(asLearner(id), scheme, place)),
    );
    const answers = await Promise.all(
      made.map(({ id }) => decide(id, { verdict: 'admit' }, world.otherOffice)),
    );
    const codes = answers.map(({ status, body }) => (status === 200 ? 'admitted' : body.code));
    expect(codes.filter((code) => code === 'admitted')).toHaveLength(1);
    expect(codes.filter((code) => code === 'admission-places-full')).toHaveLength(19);
    expect(await admittedOf(scheme)).toEqual([1, 0]);
    const { body } = await world.otherOffice
      .get(`/v1/admission-schemes/${scheme}/quota-check`)
      .expect(200);
    expect(body.places).toMatchObject([
      { admitted: 1, free: 0, waiting: 19, eligible: 19, verdict: 'over', beyond: 19 },
    ]);
    expect(body.places[0].text.zh).toContain('超出 19 人');
    // More places are added by the authority, and never fewer than are taken.
    const path = `/v1/admission-schemes/${scheme}/places/${place}`;
    const put = (places: number) =>
      world.http.put(path).set('authorization', `Bearer ${world.authority.key}`).send({ places });
    expect((await put(0).expect(409)).body.code).toBe('admission-places-below');
    await put(2).expect(200);
    const [waiting] = made.filter((_, index) => answers[index]?.status !== 200);
    await decide(waiting?.id ?? '', { verdict: 'admit' }, world.otherOffice).expect(200);
    expect(await admittedOf(scheme)).toEqual([2, 0]);
  });

  it('one person applies once, however often at the same moment', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE');
    const place = await placeOf(scheme);
    const { id } = await somebody([['CONTEST-NATIONAL', { level: '一等奖' }]]);
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        world.app.get(Candidacies).apply(asLearner(id), scheme, place),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('a tie at the last place is said, and an order is not made up', async () => {
    const scheme = await world.scheme('CQ-ADMISSION', { scoring: scoring() });
    const place = await placeOf(scheme);
    const apply = async (level: string, culture: string): Promise<void> => {
      const { id } = await somebody([
        ['CONTEST-NATIONAL', { level }],
        ['CULTURE-TEST', { grade: culture }],
      ]);
      await world.app.get(Candidacies).apply(asLearner(id), scheme, place);
    };
    const check = async () =>
      (await world.office.get(`/v1/admission-schemes/${scheme}/quota-check`).expect(200)).body
        .places[0];
    await apply('一等奖', '200');
    await apply('三等奖', '240');
    expect(await check()).toMatchObject({ verdict: 'exact', tie: null });
    await apply('二等奖', '220');
    expect(await check()).toMatchObject({
      verdict: 'over',
      beyond: 1,
      tie: { score: '650', candidates: 3, places: 2 },
    });
    await apply('一等奖', '300');
    const tied = await check();
    expect(tied.tie).toEqual({ score: '650', candidates: 3, places: 1 });
    expect(tied.text.en).toContain('a tie at the last place: 3 people with 650 for 1 place,');
    // The authority sees both offices, the other office its own.
    const all = await world.authority
      .get(`/v1/admission-schemes/${scheme}/quota-check`)
      .expect(200);
    expect(all.body.places).toHaveLength(2);
    await world.school.get(`/v1/admission-schemes/${scheme}/quota-check`).expect(403);
  });
});

describe('a simulation', () => {
  it('says of every graduate what the evaluator says, and no small number in public', async () => {
    const scheme = await world.scheme('CQ-ADMISSION');
    const graduation = ['SECONDARY-GRADUATION', { completedOn: '2024-06-30' }] as const;
    const worker = [
      ['SENIOR-WORKER', {}],
      ['EMPLOYMENT', {}],
    ] as const;
    const people: Awaited<ReturnType<typeof somebody>>[] = [];
    for (let i = 0; i < 24; i += 1) {
      const more = i % 4 === 0 ? worker : i % 4 === 1 ? [['TECHNICIAN', {}] as const] : [];
      people.push(await somebody([graduation, ...more]));
    }
    const winner = await somebody([graduation, ['CONTEST-NATIONAL', { level: '一等奖' }]]);
    people.push(winner);
    const gone = await somebody([graduation, ['CONTEST-NATIONAL', { level: '一等奖' }]]);
    await world.school
      .post(`/v1/outcomes/${gone.lots[0]}/revocation`, { reason: '学籍有误' })
      .expect(200);
    await somebody([['SECONDARY-GRADUATION', { completedOn: '2023-06-30' }], ...worker]);

    const readings = { 'worker-clause': 'all' } as const;
    const ordered = await world.authority
      .post(`/v1/admission-schemes/${scheme}/simulations`, {
        graduatesOf: 2024,
        readings,
        isPublic: true,
      })
      .expect(202);
    const path = `/v1/admission-schemes/${scheme}/simulations/${ordered.body.id}`;
    await until(
      'the batch is done',
      async () => (await world.authority.get(path)).body.state === 'done',
    );
    const { body } = await world.authority.get(path).expect(200);

    // Brute force: everybody of the cohort by the evaluator alone.
    const today = world.app.get(Clock).today();
    const brute = await world.database.read(async (tx) => {
      const { compiled } = await world.app.get(Rulebook).compiledFor(tx, 'CQ-ADMISSION', today);
      const learnerIds = people.map(({ id }) => id);
      const question = { learnerIds, compiled, applicationId: null, on: today };
      const known = await world.app.get(FactsReader).read(tx, question);
      const eligible = (rules: typeof compiled): number =>
        learnerIds.filter((id) => {
          const facts = known.get(id)?.facts;
          return facts !== undefined && evaluate(rules, facts, today).granted.length > 0;
        }).length;
      return {
        now: eligible(compiled),
        compared: eligible(readingFor(compiled, { parameters: readings })),
      };
    });
    expect(brute).toEqual({ now: 7, compared: 1 });
    expect(body).toMatchObject({ compares: 'worker-clause=all', total: 25, done: 25 });
    expect(body.report).toMatchObject({
      people: people.length,
      ...brute,
      gained: 0,
      lost: 6,
      schools: [{ school: { code: 'school' }, people: 25, ...brute }],
    });
    expect(
      body.report.rules.find(({ rule }: { rule: string }) => rule === 'senior-worker'),
    ).toMatchObject({ now: 6, compared: 0 });
    expect(body.report.text.zh).toContain('25 名毕业生中，7 人符合条件');

    const open = await world.http.get(path).expect(200);
    expect(open.body.report).toMatchObject({ people: null, now: null, gained: null, lost: null });
    expect(open.body.report.schools).toMatchObject([{ people: null, now: null }]);
    await world.http.get(`/v1/admission-schemes/${scheme}/simulations`).expect(200);
    await world.school
      .post(`/v1/admission-schemes/${scheme}/simulations`, { graduatesOf: 2024 })
      .expect(403);
    const secret = await world.authority
      .post(`/v1/admission-schemes/${scheme}/simulations`, { graduatesOf: 2024 })
      .expect(202);
    await world.http
      .get(`/v1/admission-schemes/${scheme}/simulations/${secret.body.id}`)
      .expect(404);
    const unknown = await world.authority
      .post(`/v1/admission-schemes/${scheme}/simulations`, {
        graduatesOf: 2024,
        readings: { nothing: 'all' },
      })
      .expect(422);
    expect(unknown.body.code).toBe('admission-reading-unknown');
  });
});

describePaper('the printed evidence (needs poppler-utils and zbar-tools)', () => {
  it('can be read, opens where its code says, and carries seal and signed record', async () => {
    const scheme = await world.scheme('CQ-ADMISSION', { scoring: scoring() });
    const learner = await world.learner();
    const outcome = await world.post(learner, 'CONTEST-NATIONAL', { level: '一等奖' });
    const { body: share } = await learner
      .post('/v1/shares', { purpose: '报考应用型本科' })
      .expect(201);
    const path = `/v1/admission-schemes/${scheme}/evidence.pdf?share=${share.id}`;
    const { body: pdf } = await learner.get(path).buffer(true).parse(bytesOf).expect(200);
    const paper = readPaper(pdf as Buffer);
    expect(paper.codes).toEqual([share.url]);
    for (const text of [
      '招生资格证明材料',
      'Evidence of eligibility for admission',
      '王小明',
      share.code as string,
      '国赛一等奖技能测试 450 分',
      '全国职业院校技能大赛',
      'chongqing/skills-contest v1',
    ]) {
      expect(paper.text.replaceAll('\n', '')).toContain(text);
    }
    expect(paper.text.replaceAll(/\s/g, '')).toContain(`${outcome}.0`);
    expect([...paper.files.keys()].toSorted()).toEqual([
      'eligibility.json',
      'learning-record.json',
    ]);
    const data = JSON.parse(String(paper.files.get('eligibility.json'))) as { status: string };
    expect(data).toMatchObject({ status: 'eligible', evidence: [{ id: outcome }] });
    expect(paper.isTagged).toBe(true);
    const { body: checked } = await world.http
      .post('/v1/verifications')
      .send({ code: share.code })
      .expect(200);
    expect(checked.outcomes.map(({ id }: { id: string }) => id)).toContain(outcome);
    const key = await world.http.get('/v1/log/key').expect(200);
    const keys = [parseVerifierKey(key.body.key as string)].filter((one) => one !== undefined);
    expect(checkSeal(pdf as Buffer, keys)).toBe('whole');
    const spoilt = Buffer.from(pdf as Buffer);
    const middle = spoilt.length >> 1;
    spoilt[middle] = (spoilt[middle] ?? 0) ^ 1;
    expect(checkSeal(spoilt, keys)).toBe('broken');
    const other = await world.learner();
    await other.get(path).expect(404);
    await learner.delete(`/v1/shares/${share.id}`).expect(204);
    const ended = await learner.get(path).expect(409);
    expect(ended.body.code).toBe('share-ended');
  });
});
