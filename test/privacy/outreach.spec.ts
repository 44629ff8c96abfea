import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { Follower } from '../../src/indicators/index.js';
import { Clock, startOfDay } from '../../src/platform/clock/index.js';
import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { Importer } from '../support/imports.js';
import { type Browser, person } from '../support/people.js';
import { type Sources, agreed, guarded, openSources } from '../support/sources.js';
import {
  type StatedPerson,
  inTheNameOf,
  refusalOf,
  somebody,
  staffOf,
  standAt,
} from '../people/support.js';
import { addMonths } from '#libs/credit';

let world: ConversionWorld;
let sources: Sources;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld();
  sources = await openSources(world);
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

const record = (learner: object, over: object = {}) => ({
  externalId: `pupil-${(serial += 1)}`,
  learner,
  outcome: 'FARM',
  completedOn: '2026-06',
  hours: '16',
  ...over,
});
const post = (learner: object, over: object = {}) =>
  sources.primary.post('/v1/completions', record(learner, over));
const rows = <T>(sql: string): Promise<T[]> =>
  withClient(world.config.databaseUrl, async (client) => (await client.query(sql)).rows as T[]);
const signedIn = async (learnerId: string): Promise<Browser> =>
  (await person(world, ['learner'], { learnerId })).signIn();

interface Family {
  readonly child: StatedPerson;
  readonly childId: string;
  readonly guardianship: string;
  readonly parent: ReturnType<typeof inTheNameOf>;
}

/** A child of eleven and a guardian with an account, known to the school's counter. */
async function family(): Promise<Family> {
  const child = somebody('小禾', '2015-05-05');
  const known = await guarded(sources.clerk, child, somebody('大禾', '1985-01-01'));
  const browser = await signedIn(known.guardianId);
  return {
    child,
    childId: known.learnerId,
    guardianship: known.id,
    parent: inTheNameOf(browser, known.id),
  };
}

describe('before anything is posted about a child', () => {
  it('a guardian has agreed; until then nothing is kept of the child, not even an account', async () => {
    const child = somebody('小雨', '2015-05-05');
    const before = await rows('SELECT 1 FROM learner');
    expect(refusalOf(await post(child))).toEqual([422, 'guardian-consent-missing']);
    expect(await rows('SELECT 1 FROM learner')).toHaveLength(before.length);
  });

  it('takes the guardian’s word at the counter of the school, with where the paper is', async () => {
    const { child, guardianship } = await family();
    await post(child).expect(422);
    const bare = { guardianship, days: 30 };
    expect(refusalOf(await sources.clerk.post('/v1/outreach-consents', bare))).toEqual([
      422,
      'consent-record-missing',
    ]);
    await agreed(sources.clerk, guardianship);
    const { body } = await post(child).expect(201);
    expect(body.outcome).toMatchObject({
      kind: 'pupil-record',
      credits: null,
      state: 'registered',
    });
    expect(body.entry).toBeNull();
  });

  it('or the guardian’s own, signed in; a child cannot agree for itself', async () => {
    const { child, childId, parent } = await family();
    const wanted = { institution: 'primary', days: 365 };
    const own = await signedIn(childId);
    expect(refusalOf(await own.post('/v1/outreach-consents', wanted))).toEqual([
      403,
      'guardian-needed',
    ]);
    const elsewhere = { institution: 'school', days: 365 };
    expect(refusalOf(await parent.post('/v1/outreach-consents', elsewhere))).toEqual([
      422,
      'not-a-pupil-school',
    ]);
    await parent.post('/v1/outreach-consents', wanted).expect(201);
    await post(child).expect(201);
  });

  it('of one school says nothing about another, whose clerk cannot use it', async () => {
    const { child, guardianship } = await family();
    await agreed(sources.clerk, guardianship);
    const stranger = await staffOf(world, sources.otherPrimary);
    const wanted = { guardianship, days: 30, record: 'sheet 1' };
    await stranger.post('/v1/outreach-consents', wanted).expect(404);
    const listed = await stranger.get('/v1/outreach-consents').expect(200);
    expect(listed.body.items).toEqual([]);
    const by = await world.school.post('/v1/completions', record(child));
    expect(refusalOf(by)).toEqual([422, 'outcome-of-another-institution']);
  });

  it('ends with the eighteenth birthday at the latest', async () => {
    const born = addMonths(world.app.get(Clock).today(), 2 - 18 * 12);
    const birthday = startOfDay(addMonths(born, 18 * 12)).toISOString();
    const child = somebody('小满', born);
    const { id } = await guarded(sources.clerk, child, somebody('大满', '1980-01-01'));
    const wanted = { guardianship: id, days: 730, record: 'sheet 2' };
    const { body } = await sources.clerk.post('/v1/outreach-consents', wanted).expect(201);
    expect(body.endsAt).toBe(birthday);
    await post(child).expect(201);
    standAt(world, birthday);
    expect(refusalOf(await post(child))).toEqual([422, 'guardian-consent-missing']);
  });

  it('holds for rows of files too', async () => {
    const [yes, no] = [await family(), somebody('小风', '2015-05-05')];
    await agreed(sources.clerk, yes.guardianship);
    const row = (of: StatedPerson, i: number): string =>
      `f-pupil-${i},${of.name},居民身份证,${of.document.number},TASTE,2026-05-20,4`;
    const sheet = Buffer.from(
      [
        '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,学时',
        row(yes.child, 1),
        row(no, 2),
      ].join('\n'),
    );
    const importer = new Importer(world, sources.primary);
    const checked = await importer.check(sheet);
    expect(await importer.faults(checked.id)).toMatchObject([
      { row: 3, code: 'guardian-consent-missing' },
    ]);
    await importer.commit(checked.id);
    expect(
      await rows(`SELECT 1 FROM learning_outcome WHERE external_id LIKE 'f-pupil-%'`),
    ).toHaveLength(1);
  });
});

describe('a consent that is withdrawn', () => {
  it('stops new records, hides the old ones from everybody else, and a new one shows them', async () => {
    const { child, childId, guardianship, parent } = await family();
    const consent = await agreed(sources.clerk, guardianship);
    const sent = record(child);
    const posted = await sources.primary.post('/v1/completions', sent).expect(201);
    const path = `/v1/learners/${childId}/outcomes`;
    expect((await sources.primary.get(path).expect(200)).body.items).toHaveLength(1);
    const share = await parent.post('/v1/shares', { purpose: '升学' }).expect(201);
    const shown = async (): Promise<string> => {
      const { text } = await world.http
        .post('/v1/verifications')
        .send({ code: share.body.code })
        .expect(200);
      return text;
    };
    expect(await shown()).toContain('FARM');

    const stranger = await staffOf(world, sources.otherPrimary);
    await stranger.delete(`/v1/outreach-consents/${consent}`).expect(404);
    await parent.delete(`/v1/outreach-consents/${consent}`).expect(204);
    expect(refusalOf(await post(child))).toEqual([422, 'guardian-consent-withdrawn']);
    for (const by of [sources.primary, world.authority]) {
      expect((await by.get(path).expect(200)).body.items).toEqual([]);
    }
    expect(await shown()).not.toContain('FARM');
    const own = await parent.get('/v1/learners/me/outcomes').expect(200);
    expect(own.body.items).toHaveLength(1);
    const listed = await parent.get('/v1/outreach-consents').expect(200);
    expect(listed.body.items).toMatchObject([
      { id: consent, state: 'withdrawn', learnerId: childId },
    ]);
    // The school is not shown children in passing: whose it is stands on the paper.
    const ofSchool = await sources.clerk.get('/v1/outreach-consents?limit=100').expect(200);
    expect(JSON.stringify(ofSchool.body)).toContain(consent);
    expect(JSON.stringify(ofSchool.body)).not.toContain(childId);
    // What was posted before is still what it was, and the school can take it back.
    const again = await sources.primary.post('/v1/completions', sent).expect(200);
    expect(again.body.status).toBe('duplicate');
    const preview = `/v1/outcomes/${posted.body.outcome.id}/revocation?preview=true`;
    await sources.primary.post(preview, { reason: '更正' }).expect(200);

    await agreed(sources.clerk, guardianship);
    expect((await sources.primary.get(path).expect(200)).body.items).toHaveLength(1);
  });
});

describe('a record of a pupil', () => {
  it('carries nothing by which pupils could be compared', async () => {
    const { child, guardianship } = await family();
    await agreed(sources.clerk, guardianship);
    for (const over of [
      { grade: '95' },
      { level: '一等奖' },
      { credits: '1' },
      { attendancePercent: '90' },
    ]) {
      expect(refusalOf(await post(child, over))).toEqual([422, 'pupil-not-graded']);
    }
    const graded = `UPDATE outcome_definition SET grade_scale = 'percent' WHERE code = 'FARM'`;
    await expect(rows(graded)).rejects.toThrow('outcome_definition_pupil_not_compared');
  });

  it('counts where a rule names it and nowhere else', async () => {
    const { child, childId, guardianship, parent } = await family();
    await agreed(sources.clerk, guardianship);
    await post(child).expect(201);
    const { rules } = parse(readFileSync('rulebooks/schools/labour-education.yaml', 'utf8')) as {
      rules: object[];
    };
    const ask = async (programme: string) =>
      (await parent.post('/v1/evaluations', { learner: 'me', programme }).expect(200)).body;
    const named = await world.publish({ rules });
    expect(JSON.stringify(await ask(named))).toContain('labour-practice');
    const decided = (body: { granted?: unknown[]; decision?: { granted: unknown[] } }) =>
      body.decision?.granted ?? body.granted;
    expect(decided(await ask(named))).toHaveLength(1);
    const others = [
      { source: 'training' },
      { source: 'certificate' },
      { kind: 'community-course' },
      { category: ['public', 'practice', 'community', 'general', 'skill'] },
    ];
    for (const [i, has] of others.entries()) {
      const rule = {
        ...(rules[0] as object),
        id: `other-${i}`,
        when: { has, evidenceOnly: true },
      };
      expect(decided(await ask(await world.publish({ rules: [rule, BASE_TO_C1] })))).toEqual([]);
    }
    await world.app.get(Follower).catchUp();
    const counted = await rows(
      `SELECT 1 FROM indicator_contribution WHERE learner_id = '${childId}'`,
    );
    expect(counted).toEqual([]);
  });

  it('is told of in tens, by its own school and the authority', async () => {
    const figures = async (query = '') =>
      (await sources.primary.get(`/v1/outreach-figures?period=2025-2026${query}`)).body.forms as {
        form: string;
        pupils: string | null;
        suppressed: boolean;
      }[];
    const farm = async () => (await figures()).find(({ form }) => form === 'labour-education');
    const so = (
      await rows<{ n: number }>(
        `SELECT count(DISTINCT o.learner_id)::int AS n FROM learning_outcome o
           JOIN outcome_definition d ON d.id = o.definition_id WHERE d.form = 'labour-education'`,
      )
    )[0]!.n;
    expect(so).toBeLessThan(10);
    expect(await farm()).toEqual({ form: 'labour-education', pupils: null, suppressed: true });
    for (let i = so; i < 10; i += 1) {
      const { child, guardianship } = await family();
      await agreed(sources.clerk, guardianship);
      await post(child).expect(201);
    }
    expect(await farm()).toEqual({ form: 'labour-education', pupils: '10', suppressed: false });
    await sources.otherPrimary.get('/v1/outreach-figures?institution=primary').expect(404);
    const seen = await world.authority
      .get('/v1/outreach-figures?institution=primary&period=2025-2026')
      .expect(200);
    expect(seen.body.institution).toBe('primary');
    expect(world.app.get(Clock).today() > '2026-08-31').toBe(true);
  });

  it('belongs to no list that anybody could sort', async () => {
    const { body } = await world.http.get('/openapi.json').expect(200);
    const paths = Object.entries(body.paths as Record<string, Record<string, object>>).filter(
      ([path]) => path.includes('outreach'),
    );
    expect(paths.length).toBeGreaterThan(0);
    for (const [, operations] of paths) {
      const text = JSON.stringify(operations);
      expect(text).not.toMatch(/"name":"(sort|order|orderBy|rank)"/);
    }
  });
});
