import type { EligibilityDto } from '../../src/schemes/eligibility.dto.js';
import type { LearnerCaller } from '../support/conversions.js';
import { type AdmissionWorld, schemeOf, scoring, startAdmissionWorld } from '../support/schemes.js';
import { until } from '../support/until.js';

let world: AdmissionWorld;
let bachelor = '';
let college = '';

beforeAll(async () => {
  world = await startAdmissionWorld();
  bachelor = await world.scheme('CQ-ADMISSION', { scoring: scoring() });
  college = await world.scheme('CQ-ADMISSION-COLLEGE');
});
afterAll(() => world?.close());

const values = ({ clauses }: EligibilityDto): string[] =>
  clauses.flatMap(({ value }) => value ?? []);

async function winner(level: string, contest = 'CONTEST-NATIONAL') {
  const learner = await world.learner();
  const outcome = await world.post(learner, contest, { level });
  return { learner, outcome };
}

describe('the rules of admission, through the API', () => {
  it.each([
    ['一等奖', '450'],
    ['二等奖', '430'],
    ['三等奖', '410'],
  ])(
    'R50: national %s waives both tests of a college, and scores %s for a bachelor',
    async (level, score) => {
      const { learner, outcome } = await winner(level);
      const toCollege = await world.eligibility(learner, college);
      expect(toCollege.status).toBe('eligible');
      expect(values(toCollege)).toEqual(['culture-test', 'skill-test']);
      const toBachelor = await world.eligibility(learner, bachelor);
      expect(toBachelor.status).toBe('eligible');
      expect(values(toBachelor).toSorted()).toEqual([score, 'skill-test']);
      // The culture test is still to be sat: nothing stands as 0.
      expect(toBachelor.score).toMatchObject({
        total: null,
        parts: [
          { part: 'culture', score: null },
          { part: 'skill', score, outcome },
        ],
      });
      await world.post(learner, 'CULTURE-TEST', { grade: '210' });
      const whole = await world.eligibility(learner, bachelor);
      expect(whole.score?.total).toBe(String(Number(score) + 210));
    },
  );

  it('R50: an honourable mention opens no way, and says what would', async () => {
    const { learner } = await winner('优秀奖');
    const answer = await world.eligibility(learner, college);
    expect(answer).toMatchObject({ status: 'not-eligible', evidence: [] });
    expect(answer.clauses.find(({ rule }) => rule === 'national-prize')).toMatchObject({
      verdict: 'refused',
      code: 'condition-false',
    });
    expect(answer.missing.map(({ rule }) => rule)).toContain('national-prize');
    expect(answer.missing.find(({ rule }) => rule === 'national-prize')?.text.zh).toContain(
      '三等奖',
    );
  });

  it('R51: municipal first prize waives both tests of a college and scores 420; second does not', async () => {
    const first = await winner('一等奖', 'CONTEST-MUNICIPAL');
    expect(values(await world.eligibility(first.learner, college))).toEqual([
      'culture-test',
      'skill-test',
    ]);
    expect(values(await world.eligibility(first.learner, bachelor))).toContain('420');
    const second = await winner('二等奖', 'CONTEST-MUNICIPAL');
    expect((await world.eligibility(second.learner, college)).status).toBe('not-eligible');
    expect((await world.eligibility(second.learner, bachelor)).status).toBe('not-eligible');
  });

  it('R51: a senior worker in employment, by the reading that the document chooses', async () => {
    const learner = await world.learner();
    await world.post(learner, 'SENIOR-WORKER');
    expect((await world.eligibility(learner, college)).status).toBe('not-eligible');
    await world.post(learner, 'EMPLOYMENT');
    const answer = await world.eligibility(learner, bachelor);
    expect(answer.status).toBe('eligible');
    expect(values(answer)).toContain('420');
    expect(answer.evidence.map(({ code }) => code).toSorted()).toEqual([
      'EMPLOYMENT',
      'SENIOR-WORKER',
    ]);
    const { body } = await world.http.get(`/v1/admission-schemes/${bachelor}`).expect(200);
    expect(body.parameters).toMatchObject([{ id: 'worker-clause', value: 'any' }]);
  });

  it('文化素质+职业技能: graduates may sit, and only the named rule opens the way to a place', async () => {
    const sits = await world.scheme('CQ-ADMISSION-CULTURE-SKILL', { scoring: scoring() });
    const places = await world.scheme('CQ-ADMISSION-CULTURE-SKILL', {
      rules: ['may-be-placed'],
      scoring: scoring(),
    });
    const learner = await world.learner();
    await world.post(learner, 'SECONDARY-GRADUATION');
    expect((await world.eligibility(learner, sits)).status).toBe('eligible');
    expect((await world.eligibility(learner, places)).status).toBe('not-eligible');
    await world.post(learner, 'CULTURE-TEST', { grade: '180' });
    await world.post(learner, 'CULTURE-TEST', { grade: '201.5' });
    await world.post(learner, 'SKILL-TEST', { grade: '300' });
    const placed = await world.eligibility(learner, places);
    expect(placed.status).toBe('eligible');
    // Of two sittings the better one.
    expect(placed.score?.total).toBe('501.5');
    expect(placed.clauses.filter(({ isEntitling }) => isEntitling).map(({ rule }) => rule)).toEqual(
      ['may-be-placed'],
    );
  });

  it('初中学业水平考试+综合素质评价: grades on a scale', async () => {
    const junior = await world.scheme('CQ-ADMISSION-JUNIOR', { rules: ['through-pathway'] });
    const learner = await world.learner();
    await world.post(learner, 'JUNIOR-TEST', { grade: 'C' });
    expect((await world.eligibility(learner, junior)).status).toBe('not-eligible');
    await world.post(learner, 'QUALITY-APPRAISAL', { grade: '合格' });
    expect((await world.eligibility(learner, junior)).status).toBe('eligible');
  });
});

describe('evidence', () => {
  it('is named with its entries, their place in the public log, proof and receipt', async () => {
    const { learner, outcome } = await winner('一等奖');
    const answer = await world.eligibility(learner, college);
    expect(answer.evidence).toMatchObject([
      {
        id: outcome,
        code: 'CONTEST-NATIONAL',
        level: '一等奖',
        institution: { code: 'issuer' },
        entries: [`${outcome}.0`],
        proof: `/v1/entries/${outcome}.0/proof`,
      },
    ]);
    expect(answer.clauses.find(({ verdict }) => verdict === 'granted')?.evidence).toEqual([
      outcome,
    ]);
    // The public log takes entries in within moments; a receipt has a proof inside.
    await until(
      'the evidence is in the log',
      async () => (await world.eligibility(learner, college)).evidence[0]?.log === 'in-log',
    );
    await learner.get(answer.evidence[0]?.receipt ?? '').expect(200);
    expect(answer.rulebook.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.decisionHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('that is taken back carries nothing any more, and the answer says so', async () => {
    const { learner, outcome } = await winner('一等奖');
    const before = await world.eligibility(learner, college);
    await world.issuer
      .post(`/v1/outcomes/${outcome}/revocation`, { reason: '成绩有误' })
      .expect(200);
    const after = await world.eligibility(learner, college);
    expect(after).toMatchObject({ status: 'not-eligible', evidence: [] });
    expect(after.decisionHash).not.toBe(before.decisionHash);
    expect(after.clauses.find(({ rule }) => rule === 'national-prize')).toMatchObject({
      verdict: 'refused',
      code: 'lot-revoked',
    });
  });

  it('after the cut-off does not count, and a date that may lie behind it proves nothing', async () => {
    const scheme = await world.scheme('CQ-ADMISSION-COLLEGE', { evidenceUntil: '2026-06-14' });
    const late = await winner('一等奖');
    expect(await world.eligibility(late.learner, scheme)).toMatchObject({
      status: 'not-eligible',
      excluded: expect.arrayContaining(
        [
          {
            id: late.outcome,
            code: 'after-cut-off',
            completedOn: '2026-06-15',
          },
        ].map((one) => expect.objectContaining(one)),
      ),
    });
    const vague = await world.learner();
    const id = await world.post(vague, 'CONTEST-NATIONAL', {
      level: '一等奖',
      completedOn: '2026-06',
    });
    const answer = await world.eligibility(vague, scheme);
    expect(answer.status).toBe('not-eligible');
    expect(answer.excluded.find((one) => one.id === id)?.code).toBe('date-too-vague');
    const early = await world.learner();
    await world.post(early, 'CONTEST-NATIONAL', { level: '一等奖', completedOn: '2026-05' });
    expect((await world.eligibility(early, scheme)).status).toBe('eligible');
  });

  it('is asked for by whoever may read the record, which the learner sees; by nobody else', async () => {
    const { learner } = await winner('一等奖');
    const path = `/v1/admission-schemes/${college}/eligibility?learner=${learner.id}`;
    await world.school.get(path).expect(200);
    await world.office.get(path).expect(404);
    await world.otherCollege.get(path).expect(404);
    const grounds = async (): Promise<string[]> => {
      const { body } = await learner.get('/v1/learners/me/access-log').expect(200);
      return (body.items as { purpose: string; ground: string }[])
        .filter(({ purpose }) => purpose === 'admission')
        .map(({ ground }) => ground)
        .toSorted();
    };
    // A look that showed nothing is told after its answer.
    await until('three looks are noted', async () => (await grounds()).length === 3);
    expect(await grounds()).toEqual(['none', 'none', 'roster']);
    // An office without any right asks as it does of every programme, within its quota.
    const share = await learner.post('/v1/shares', { purpose: '报考' }).expect(201);
    const asked = await world.office
      .post('/v1/equivalence', { shareCode: share.body.code, programme: 'CQ-ADMISSION-COLLEGE' })
      .expect(200);
    expect(asked.body).toMatchObject({ status: 'matched' });
    const nobody = await world.http.get(`/v1/admission-schemes/${college}/eligibility`);
    expect(nobody.status).toBe(401);
  });
});

describe('a plan', () => {
  it('is public, says its rules and places, and pins the version of the rules', async () => {
    const { body } = await world.http.get(`/v1/admission-schemes/${bachelor}`).expect(200);
    expect(body).toMatchObject({
      state: 'open',
      rulebook: { id: 'chongqing/skills-contest', version: 1 },
      publisher: { code: 'authority' },
      scoring: { parts: [{ id: 'culture', max: '300', stated: 'parameter' }, { id: 'skill' }] },
    });
    expect(body.rules.map(({ id }: { id: string }) => id)).toContain('national-first');
    expect(body.rules[0].values).toContain('450');
    expect(body.places).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain('admitted');
    const list = await world.http.get('/v1/admission-schemes?limit=2').expect(200);
    expect(list.body.items).toHaveLength(2);
    const rest = await world.http
      .get(`/v1/admission-schemes?limit=100&after=${list.body.next}`)
      .expect(200);
    const codes = [...list.body.items, ...rest.body.items].map(({ code }) => code as string);
    expect(codes).toEqual(expect.arrayContaining([bachelor, college]));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each([
    ['a day before the first', { closes: '2025-01-01' }, 422, 'admission-scheme-days'],
    ['a rule of another document', { rules: ['no-such'] }, 422, 'admission-scheme-rule'],
    ['places of nobody', { places: [] }, 400, 'invalid-fields'],
    ['a code twice', () => ({ code: bachelor }), 409, 'admission-scheme-taken'],
  ])('is refused with %s', async (_, over, status, code) => {
    const wanted = schemeOf('CQ-ADMISSION', typeof over === 'function' ? over() : over);
    const { body } = await world.authority.post('/v1/admission-schemes', wanted).expect(status);
    expect(body.code).toBe(code);
  });

  it('is refused where the rules give credit, where a major stands twice, and without rules', async () => {
    const credit = await world.authority
      .post('/v1/admission-schemes', schemeOf(world.matching))
      .expect(422);
    expect(credit.body.code).toBe('admission-scheme-credit');
    const place = {
      institution: 'adm-office',
      major: '1',
      title: { zh: '一', en: 'one' },
      places: 1,
    };
    const twice = await world.authority
      .post('/v1/admission-schemes', schemeOf('CQ-ADMISSION', { places: [place, place] }))
      .expect(422);
    expect(twice.body.code).toBe('admission-place-twice');
    await world.authority.post('/v1/admission-schemes', schemeOf('NO-SUCH')).expect(422);
  });

  it('is published by the authority alone, and is in the history', async () => {
    for (const who of [world.school, world.office, world.issuer]) {
      await who.post('/v1/admission-schemes', schemeOf('CQ-ADMISSION')).expect(403);
    }
    const events = await world.authority
      .get('/v1/administrative-events?kind=admission-scheme')
      .expect(200);
    expect(events.body.items.map(({ after }: { after: { code: string } }) => after.code)).toContain(
      bachelor,
    );
  });

  it('takes nobody before it opens and after it closes', async () => {
    const learner: LearnerCaller = (await winner('一等奖')).learner;
    for (const [over, state] of [
      [{ opens: '2099-01-01' }, 'upcoming'],
      [{ opens: '2020-01-01', closes: '2026-10-31', evidenceUntil: '2026-10-31' }, 'closed'],
    ] as const) {
      const code = await world.scheme('CQ-ADMISSION-COLLEGE', over);
      const [place] = await world.placesOf(code);
      const { body } = await learner
        .post(`/v1/admission-schemes/${code}/candidacies`, { place: place?.id })
        .expect(409);
      expect(body).toMatchObject({ code: 'admission-not-open' });
      const shown = await world.http.get(`/v1/admission-schemes/${code}`).expect(200);
      expect(shown.body.state).toBe(state);
    }
  });
});
