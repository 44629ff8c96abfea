import { readFileSync } from 'node:fs';
import { templateShape } from '../../libs/exchange/src/shapes/template.js';
import { Follower } from '../../src/indicators/index.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { readSheet } from '../../src/imports/index.js';
import { Importer } from '../support/imports.js';
import { person } from '../support/people.js';
import { REASON } from '../support/revocations.js';
import { SOURCE_OUTCOMES, type Sources, openSources } from '../support/sources.js';
import { Catalogue } from '../../src/catalogue/index.js';
import { ALONE } from '../support/app.js';
import type { Caller } from '../support/world.js';
import { type StatedPerson, refusalOf, somebody } from '../people/support.js';

let world: ConversionWorld;
let sources: Sources;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld({ twoPeople: ALONE });
  sources = await openSources(world);
});
afterAll(() => world?.close());

const SPAN = { startedOn: '2025-09-01', completedOn: '2026-06-30' };
const sent = (outcome: string, learner: object, over: object = {}) => ({
  externalId: `s-${(serial += 1)}`,
  learner,
  outcome,
  ...SPAN,
  ...over,
});
const post = (by: Caller, ...of: Parameters<typeof sent>) =>
  by.post('/v1/completions', sent(...of));
const outcomesOf = async (id: string): Promise<{ id: string; code: string; state: string }[]> =>
  (await world.authority.get(`/v1/learners/${id}/outcomes`).expect(200)).body.items;

const rows = <T>(sql: string): Promise<T[]> =>
  withClient(world.config.databaseUrl, async (client) => (await client.query(sql)).rows as T[]);
const accounts = async (): Promise<number> => (await rows('SELECT 1 FROM learner')).length;

describe('an apprenticeship', () => {
  it('is stated by two: the school’s part waits for the enterprise’s, on days in common', async () => {
    const apprentice = somebody('学徒甲');
    const early = await post(world.school, 'SCH-APPRENTICE', apprentice);
    expect(refusalOf(early)).toEqual([422, 'counterpart-missing']);
    expect(early.body.detail ?? early.body.change).toContain('ENT-POST');
    const before = { startedOn: '2023-01-01', completedOn: '2023-06-30' };
    await post(sources.enterprise, 'ENT-POST', apprentice, before).expect(201);
    expect(refusalOf(await post(world.school, 'SCH-APPRENTICE', apprentice))).toEqual([
      422,
      'counterpart-missing',
    ]);
    await post(sources.enterprise, 'ENT-POST', apprentice).expect(201);
    const { body } = await post(world.school, 'SCH-APPRENTICE', apprentice).expect(201);
    expect(body.outcome).toMatchObject({ code: 'SCH-APPRENTICE', ...SPAN });
  });

  it('opens no account for somebody whom only the school names', async () => {
    const stranger = somebody('学徒乙');
    const before = await accounts();
    await post(world.school, 'SCH-APPRENTICE', stranger).expect(422);
    expect(await accounts()).toBe(before);
  });

  it('falls with either part, and the preview says so', async () => {
    const apprentice = somebody('学徒丙');
    const part = await post(sources.enterprise, 'ENT-POST', apprentice).expect(201);
    const whole = await post(world.school, 'SCH-APPRENTICE', apprentice).expect(201);
    const path = `/v1/outcomes/${part.body.outcome.id}/revocation`;
    const preview = await sources.enterprise.post(`${path}?preview=true`, { reason: REASON });
    expect(preview.body.effects.alsoRevoked).toMatchObject([
      { outcomeId: whole.body.outcome.id, institution: { code: 'school' } },
    ]);
    await sources.enterprise.post(path, { reason: REASON }).expect(200);
    const states = await outcomesOf(whole.body.outcome.learnerId as string);
    expect(states.map(({ state }) => state)).toEqual(['revoked', 'revoked']);
    const again = await post(world.school, 'SCH-APPRENTICE', apprentice);
    expect(refusalOf(again)).toEqual([422, 'counterpart-missing']);
  });

  it('stays while another part of the enterprise covers it', async () => {
    const apprentice = somebody('学徒丁');
    const one = await post(sources.enterprise, 'ENT-POST', apprentice).expect(201);
    await post(sources.enterprise, 'ENT-POST', apprentice, {
      startedOn: '2026-01-01',
    }).expect(201);
    const whole = await post(world.school, 'SCH-APPRENTICE', apprentice).expect(201);
    const path = `/v1/outcomes/${one.body.outcome.id}/revocation`;
    await sources.enterprise.post(path, { reason: REASON }).expect(200);
    const left = await outcomesOf(whole.body.outcome.learnerId as string);
    expect(left.find(({ code }) => code === 'SCH-APPRENTICE')?.state).toBe('registered');
  });

  it('is the same answer when it is sent again after its part has gone', async () => {
    const apprentice = somebody('学徒戊');
    const part = await post(sources.enterprise, 'ENT-POST', apprentice).expect(201);
    const body = sent('SCH-APPRENTICE', apprentice);
    await world.school.post('/v1/completions', body).expect(201);
    const path = `/v1/outcomes/${part.body.outcome.id}/revocation`;
    await sources.enterprise.post(path, { reason: REASON }).expect(200);
    expect((await world.school.post('/v1/completions', body)).body.status).toBe('duplicate');
  });

  it('cannot be put into the catalogue without the part of an enterprise', async () => {
    const [definition] = SOURCE_OUTCOMES.filter(({ form }) => form === 'apprenticeship');
    const alone = { ...definition!, code: 'ALONE', counterpart: null };
    await expect(
      world.database.transaction((tx) => world.app.get(Catalogue).create(tx, [alone])),
    ).rejects.toThrow('outcome_definition_signed_by_two');
  });
});

describe('practice, jobs and contests', () => {
  it('state work from–to, and refuse it without a first day', async () => {
    const worker = somebody('师傅');
    const open = await post(sources.enterprise, 'ENT-JOB', worker, { startedOn: undefined });
    expect(refusalOf(open)).toEqual([422, 'started-on-missing']);
    const { body } = await post(sources.enterprise, 'ENT-JOB', worker).expect(201);
    expect(body.outcome).toMatchObject({ ...SPAN, state: 'registered' });
  });

  it('keep the tier in the catalogue and the prize with the person', async () => {
    const winner = somebody('获奖者');
    const { body } = await post(sources.organiser, 'CONTEST-NATIONAL', winner, {
      startedOn: undefined,
      level: '二等奖',
      circumstances: { entry: 'team' },
    }).expect(201);
    expect(body.outcome).toMatchObject({ level: '二等奖' });
    const entry = await world.http.get('/v1/catalogue/CONTEST-NATIONAL').expect(200);
    expect(entry.body).toMatchObject({ form: 'contest', contestTier: 'national' });
    const no = await post(sources.organiser, 'CONTEST-NATIONAL', winner, {
      startedOn: undefined,
      level: '特别奖',
    });
    expect(refusalOf(no)).toEqual([422, 'level-not-on-scale']);
  });

  it('are posted by whoever gives them, and by nobody else', async () => {
    const somebodyElse = somebody('旁人');
    for (const [by, outcome] of [
      [sources.organiser, 'ENT-POST'],
      [sources.enterprise, 'CONTEST-DISTRICT'],
      [world.otherSchool, 'ENT-JOB'],
      [sources.primary, 'LOG-BASE'],
    ] as const) {
      const refused = await post(by, outcome, somebodyElse);
      expect(refusalOf(refused)).toEqual([422, 'outcome-of-another-institution']);
    }
  });
});

describe('a partner abroad', () => {
  it('posts people with a passport, HSK beside the skill, and the statement is bilingual', async () => {
    const learner = {
      name: 'SOMCHAI JAIDEE',
      document: { kind: 'passport', number: 'AA7654321' },
    };
    const posted = await post(sources.luban, 'LUBAN-ROBOTS', learner, {
      hours: '120',
      circumstances: { origin: 'TH', trainingKind: 'upgrading' },
    }).expect(201);
    await post(sources.luban, 'HSK', learner, { startedOn: undefined, level: '4' }).expect(201);
    const high = await post(sources.luban, 'HSK', learner, { startedOn: undefined, level: '10' });
    expect(refusalOf(high)).toEqual([422, 'level-not-on-scale']);
    const { learnerId } = posted.body.outcome;
    const browser = await (await person(world, ['learner'], { learnerId })).signIn();
    const { body } = await browser.get('/v1/learners/me/outcomes').expect(200);
    expect(body.items.map(({ title }: { title: object }) => title)).toContainEqual({
      zh: '工业机器人技术（鲁班工坊）',
      en: 'Industrial robots (Luban Workshop)',
    });
    await world.app.get(Follower).catchUp();
    const figures = await world.authority.get('/v1/indicators?period=2026').expect(200);
    const elsewhere = figures.body.items.find(
      ({ id }: { id: string }) => id === 'learners-from-elsewhere',
    );
    expect(elsewhere.value).toBe('1');
    expect(
      elsewhere.parts.find(({ key }: { key: string }) => key === 'chinese-and-skill')?.value,
    ).toBe('1');
  });
});

describe('files of each source', () => {
  const sheet = (headers: string, ...rows: string[]): Buffer =>
    Buffer.from([headers, ...rows].join('\n'));
  const cells = ({ name, document }: StatedPerson): string =>
    `${name},居民身份证,${document.number}`;

  it.each([
    [
      'an enterprise',
      (): Caller => sources.enterprise,
      '外部编号,姓名,证件类型,证件号码,成果代码,开始日期,完成日期,学时,备注',
      (who: StatedPerson) => `f-ent,${cells(who)},ENT-JOB,2025-01-01,2025-12-31,160,数控车工`,
      'f-ent',
      'ENT-JOB',
    ],
    [
      'a contest organiser',
      (): Caller => sources.organiser,
      '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,等级,参赛形式',
      (who: StatedPerson) => `f-con,${cells(who)},CONTEST-MUNICIPAL,2026-05-20,一等奖,团体`,
      'f-con',
      'CONTEST-MUNICIPAL',
    ],
    [
      'a partner abroad',
      (): Caller => sources.luban,
      '外部编号,姓名,证件类型,证件号码,成果代码,开始日期,完成日期,学时,来源地,授课时段',
      (who: StatedPerson) => `f-lub,${cells(who)},LUBAN-ROBOTS,2026-01-05,2026-03-01,64,泰国,晚间`,
      'f-lub',
      'LUBAN-ROBOTS',
    ],
  ])('of %s are checked and booked', async (_who, by, headers, line, externalId, code) => {
    const who = somebody('填表人');
    const importer = new Importer(world, by());
    const checked = await importer.check(sheet(headers, line(who)));
    expect(await importer.faults(checked.id)).toEqual([]);
    expect((await importer.commit(checked.id)).state).toBe('committed');
    const [booked] = await rows<{ learner_id: string }>(
      `SELECT learner_id FROM learning_outcome WHERE external_id = '${externalId}'`,
    );
    expect((await outcomesOf(booked!.learner_id)).map((one) => one.code)).toEqual([code]);
    const twice = await importer.check(sheet(headers, line(who)));
    expect(await importer.faults(twice.id)).toEqual([]);
  });

  it.each(['enterprise', 'contest', 'overseas', 'pupils'])(
    'have a template each, which is read as it is downloaded: %s',
    async (name) => {
      for (const kind of ['csv', 'xlsx']) {
        const bytes = readFileSync(`web/public/template-${name}.${kind}`);
        const { headers, rows: lines } = await readSheet(bytes, { rows: 10, columns: 40 });
        expect(templateShape.checkHeaders(headers)).toEqual([]);
        const today = '2026-11-27';
        const mapper = templateShape.mapper(headers, { today });
        expect(lines.flatMap((line) => mapper.push(line).faults)).toEqual([]);
      }
    },
  );

  it('bring rows of apprentices back until the enterprise has stated its part', async () => {
    const [one, other] = [somebody('甲生'), somebody('乙生')];
    const headers = '外部编号,姓名,证件类型,证件号码,成果代码,开始日期,完成日期';
    const lines = [one, other].map(
      (who, i) => `f-app-${i},${cells(who)},SCH-APPRENTICE,2025-09-01,2026-06-30`,
    );
    await post(sources.enterprise, 'ENT-POST', one).expect(201);
    const importer = new Importer(world, world.school);
    const first = await importer.check(sheet(headers, ...lines));
    expect(await importer.faults(first.id)).toMatchObject([
      { row: 3, code: 'counterpart-missing' },
    ]);
    await importer.commit(first.id);
    await post(sources.enterprise, 'ENT-POST', other).expect(201);
    const second = await importer.check(sheet(headers, ...lines));
    expect(await importer.faults(second.id)).toEqual([]);
    await importer.commit(second.id);
    const booked = `SELECT 1 FROM learning_outcome WHERE external_id LIKE 'f-app-%'`;
    expect(await rows(booked)).toHaveLength(2);
  });
});
