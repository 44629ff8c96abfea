import { Catalogue } from '../../src/catalogue/index.js';
import { Follower } from '../../src/indicators/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { ALONE } from '../support/app.js';
import { withClient } from '../support/database.js';
import { Importer } from '../support/imports.js';
import { milestone, skill } from '../support/indicators.js';
import { REASON } from '../support/revocations.js';
import { type Caller, type World, completion, residentId, startWorld } from '../support/world.js';

let world: World;
let serial = 0;

beforeAll(async () => {
  world = await startWorld({ twoPeople: ALONE, edge: { ...edgeSettings({}), limits: null } });
  await world.database.transaction((tx) =>
    world.app
      .get(Catalogue)
      .create(tx, [
        skill('SK-5', '五级'),
        skill('SK-3', '三级'),
        milestone('GRAD', 'school', 'secondary-graduation'),
        milestone('GRAD-2', 'other-school', 'secondary-graduation'),
        milestone('ON-MATCHED', 'school', 'onward-matched'),
      ]),
  );
});
afterAll(() => world?.close());

interface Part {
  key: string;
  value: string | null;
  suppressed: boolean;
}

interface Item {
  id: string;
  value: string | null;
  absence: string | null;
  met: boolean | null;
  parts: Part[];
  unknown: Part[];
  inputs: { code: string; value: string; on: string }[];
}

const caughtUp = (): Promise<void> => world.app.get(Follower).catchUp();
const partOf = ({ parts, unknown }: Item, key: string): string | null | undefined =>
  [...parts, ...unknown].find((part) => part.key === key)?.value;

async function post(by: Caller, outcome: string, over: object = {}): Promise<string> {
  const body = completion((serial += 1), {
    outcome,
    externalId: `i-${serial}`,
    grade: undefined,
    ...over,
  });
  const { body: made } = await by.post('/v1/completions', body).expect(201);
  return made.outcome.id as string;
}

const who = (number: number) => ({
  name: '王小明',
  document: { kind: 'resident-id', number: residentId(number) },
});

async function item(id: string, query = '?period=2026', by: Caller | null = world.authority) {
  await caughtUp();
  const path = `/v1/indicators${query}`;
  const { body } = await (by ? by.get(path) : world.http.get(path)).expect(200);
  return (body.items as Item[]).find((one) => one.id === id) as Item;
}

async function enter(code: string, value: string, over: object = {}) {
  const input = { code, value, on: '2026-09-30', source: '区统计局 2026 年报', ...over };
  return world.authority.post('/v1/indicators/inputs', input);
}

describe('a figure', () => {
  it('has its definition, target and owner before anything is known, and invents no value', async () => {
    const { body } = await world.http.get('/v1/indicators').expect(200);
    expect(body.items).toHaveLength(13);
    expect(body.period).toMatchObject({ kind: 'year' });
    for (const one of body.items) {
      expect(one).toMatchObject({ version: 1, definition: { zh: expect.any(String) } });
      expect(one.value === null || one.value === '0' || one.value === '0.0').toBe(true);
    }
    const onward = body.items.find(({ id }: Item) => id === 'secondary-onward');
    expect(onward).toMatchObject({
      target: { atLeast: '60' },
      met: null,
      absence: 'nobody-counted',
    });
  });

  it('counts each person once by the highest valid level, whichever order they come in', async () => {
    const learner = who(900);
    await post(world.issuer, 'SK-3', { learner, completedOn: '2026-05-01' });
    const five = await post(world.issuer, 'SK-5', { learner, completedOn: '2026-06-01' });
    await post(world.issuer, 'SK-5', {
      completedOn: '2026-06-01',
      circumstances: { employment: 'not-employed' },
    });
    const found = await item('skilled-workers');
    expect([found.value, partOf(found, 'level:3'), partOf(found, 'employment:unknown')]).toEqual([
      '1',
      '1',
      '1',
    ]);
    expect(five).toBeTruthy();
  });

  it('changes with a late correction, and still says what was known before it', async () => {
    const outcome = await post(world.school, 'TR-CARE', {
      completedOn: '2026-03-01',
      circumstances: { groups: ['rural', 'older'], trainingKind: 'upgrading', subsidised: true },
    });
    const before = await item('training-by-group');
    expect(
      ['group:rural', 'group:older', 'group:unknown'].map((key) => partOf(before, key)),
    ).toEqual(['1', '1', '0']);
    const moment = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await world.school.post(`/v1/outcomes/${outcome}/revocation`, { reason: REASON }).expect(200);
    expect((await item('training-by-group')).value).toBe('0');
    expect(await item('training-by-group', `?period=2026&knownAt=${moment}`)).toEqual(before);
  });

  it('is of its period: a school year ends in August', async () => {
    await post(world.school, 'TR-CARE', { completedOn: '2025-08-31' });
    await post(world.school, 'TR-CARE', { completedOn: '2025-09' });
    const value = async (period: string) =>
      (await item('training-by-kind', `?period=${period}`)).value;
    expect(await value('2024-2025')).toBe('1');
    expect(await value('2025-2026')).toBe('1');
    expect(await value('2025')).toBe('2');
    for (const period of ['2025-2027', '1200']) {
      await world.http.get(`/v1/indicators?period=${period}`).expect(404);
    }
    await world.http.get('/v1/indicators/nothing').expect(404);
  });

  it('keeps the cohort of graduates frozen from the first number of them on', async () => {
    for (const number of [910, 911]) {
      await post(world.school, 'GRAD', { learner: who(number), completedOn: '2024-06-30' });
    }
    const value = () => item('secondary-onward', '?period=2024');
    expect((await value()).value).toBe('0.00');
    expect((await enter('secondary-graduates', '2', { on: '2024-09-30' })).status).toBe(201);
    await post(world.school, 'GRAD', { learner: who(912), completedOn: '2024-06-30' });
    await post(world.school, 'ON-MATCHED', { learner: who(910), completedOn: '2024-08-10' });
    const late = await value();
    expect([late.value, partOf(late, 'graduates-late'), partOf(late, 'way:matched')]).toEqual([
      '50.00',
      '1',
      '1',
    ]);
  });
});

describe('figures from outside', () => {
  it('are superseded, never changed, and each says its source', async () => {
    const ratio = async () => await item('training-per-student', '?period=2025');
    expect((await ratio()).absence).toBe('input-missing');
    const about = { institution: 'school', on: '2025-10-01' };
    expect((await enter('students-in-school', '4', about)).status).toBe(201);
    expect((await ratio()).value).toBe('0.50');
    expect((await enter('students-in-school', '1', about)).status).toBe(201);
    const now = await ratio();
    expect([now.value, now.met]).toEqual(['2.00', true]);
    expect(now.inputs[0]).toMatchObject({
      code: 'students-in-school',
      value: '1',
      on: '2025-10-01',
    });
    const listed = await world.http
      .get('/v1/indicators/inputs?code=students-in-school')
      .expect(200);
    expect(listed.body.items.map(({ value }: { value: string }) => value)).toEqual(['1', '4']);
    const page = await world.http
      .get('/v1/indicators/inputs?code=students-in-school&limit=1')
      .expect(200);
    const next = await world.http
      .get(`/v1/indicators/inputs?code=students-in-school&limit=1&after=${page.body.next}`)
      .expect(200);
    expect(next.body.items[0].value).toBe('4');
    expect((await world.http.get('/v1/indicators/input-kinds').expect(200)).body.length).toBe(17);
  });

  it('replace the coefficients from their day on', async () => {
    const counts = ['full-time', 'masters', 'overseas', 'evening', 'correspondence'];
    const numbers = ['6147', '85', '22', '34', '298'];
    for (const [i, mode] of counts.entries()) {
      const about = { institution: 'school', on: '2024-10-01' };
      expect((await enter(`enrolment-${mode}`, numbers[i]!, about)).status).toBe(201);
    }
    expect((await item('fte-students', '?period=2024')).value).toBe('6380.5');
    expect((await enter('coefficient-evening', '0.5', { on: '2026-01-01' })).status).toBe(201);
    expect((await item('fte-students', '?period=2024')).value).toBe('6380.5');
    expect((await item('fte-students', '?period=2026')).value).toBe('6387.3');
  });

  it.each([
    ['students-in-school', '1.5', {}, 422, 'input-not-whole'],
    ['employed-population', '10', { institution: 'school' }, 422, 'input-of-district'],
    ['students-in-school', '10', { institution: 'nobody' }, 404, 'not-found'],
    ['nothing', '10', {}, 400, 'invalid-fields'],
    ['employed-population', '-1', {}, 400, 'invalid-fields'],
  ])('are refused where they make no sense: %s %s', async (code, value, over, status, problem) => {
    const answer = await enter(code, value, over);
    expect([answer.status, answer.body.code]).toEqual([status, problem]);
  });

  it('are entered by the authority alone', async () => {
    const input = { code: 'employed-population', value: '1', on: '2026-09-30', source: 's' };
    await world.school.post('/v1/indicators/inputs', input).expect(403);
    await world.http.post('/v1/indicators/inputs').send(input).expect(401);
  });
});

describe('small numbers', () => {
  beforeAll(async () => {
    // In 2022: 12 graduates of one school and 3 of the other, 5 of whom went on.
    for (let i = 0; i < 15; i += 1) {
      const [by, code] =
        i < 12 ? ([world.school, 'GRAD'] as const) : ([world.otherSchool, 'GRAD-2'] as const);
      await post(by, code, { learner: who(930 + i), completedOn: '2022-06-30' });
      if (i < 5)
        await post(world.school, 'ON-MATCHED', {
          learner: who(930 + i),
          completedOn: '2022-08-01',
        });
    }
  });

  it('are told to the authority and not to the public, nor what gives them away', async () => {
    const full = await item('secondary-onward', '?period=2022');
    expect([full.value, partOf(full, 'onward'), partOf(full, 'way:none')]).toEqual([
      '33.33',
      '5',
      '10',
    ]);
    for (const by of [null, world.school]) {
      const open = await item('secondary-onward', '?period=2022', by);
      expect([open.value, open.absence, open.met]).toEqual([null, 'suppressed', null]);
      expect([partOf(open, 'graduates'), partOf(open, 'onward'), partOf(open, 'way:none')]).toEqual(
        ['15', null, null],
      );
    }
  });

  it('are not told by two moments around one posting: moments are the authority’s', async () => {
    const query = `period=2022&knownAt=${new Date().toISOString()}`;
    for (const path of [`/v1/indicators?${query}`, `/v1/indicators/training-by-group?${query}`]) {
      await world.authority.get(path).expect(200);
      expect((await world.http.get(path).expect(403)).body.code).toBe('known-at-oversight');
      expect((await world.school.get(path).expect(403)).body.code).toBe('known-at-oversight');
    }
  });

  it('are not told by a year less the school year that ends in it', async () => {
    // 20 trainings from January to August 2019, 3 from September to December.
    for (let i = 0; i < 23; i += 1) {
      await post(world.school, 'TR-CARE', {
        learner: who(960 + i),
        completedOn: i < 20 ? '2019-03-01' : '2019-10-01',
        circumstances: { groups: ['veteran'] },
      });
    }
    const told = async (period: string, by: Caller | null) => {
      const found = await item('training-by-group', `?period=${period}`, by);
      return [found.value, partOf(found, 'group:veteran')];
    };
    expect(await told('2018-2019', world.authority)).toEqual(['20', '20']);
    expect(await told('2019', null)).toEqual(['23', '23']);
    expect(await told('2018-2019', null)).toEqual([null, null]);
    expect(await told('2019-2020', null)).toEqual([null, null]);
    const path = '/v1/indicators/training-by-group?period=2018-2019';
    const { body } = await world.http.get(path).expect(200);
    expect(body.series.at(-1)).toMatchObject({ period: '2018-2019', suppressed: true });
    expect(body.institutions).toMatchObject([{ code: 'school', value: null, suppressed: true }]);
  });

  it('hide institutions two by two', async () => {
    const path = '/v1/indicators/secondary-onward?period=2022';
    const open = await world.http.get(path).expect(200);
    expect(open.body.institutions).toMatchObject([
      { code: 'other-school', value: null, suppressed: true },
      { code: 'school', value: null, suppressed: true },
    ]);
    const full = await world.authority.get(path).expect(200);
    expect(full.body.institutions).toMatchObject([
      { code: 'other-school', value: '0.00' },
      { code: 'school', value: '41.66' },
    ]);
    expect(full.body.series.map(({ period }: { period: string }) => period)).toEqual([
      '2018',
      '2019',
      '2020',
      '2021',
      '2022',
    ]);
  });
});

describe('what is behind a figure', () => {
  const sources = (by: Caller, query = '') =>
    by.get(`/v1/indicators/secondary-onward/sources?period=2022${query}`);

  it('is shown to the authority, page by page, each person with a line in the access log', async () => {
    await caughtUp();
    const seen: { outcomeId: string; learnerId: string }[] = [];
    for (let after = ''; ;) {
      const { body } = await sources(world.authority, `&limit=10${after}`).expect(200);
      seen.push(...body.items);
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(new Set(seen.map(({ outcomeId }) => outcomeId)).size).toBe(15);
    const lines = await withClient(world.config.databaseUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT ground, count(*)::int AS n FROM access_log
          WHERE purpose = 'indicator' AND learner_id = ANY($1::uuid[]) GROUP BY ground`,
        [seen.map(({ learnerId }) => learnerId)],
      );
      return rows as object[];
    });
    expect(lines).toEqual([{ ground: 'oversight', n: 15 }]);
  });

  it('is shown to an institution as far as it posted it, and not to others', async () => {
    await caughtUp();
    const own = await sources(world.otherSchool).expect(200);
    expect(own.body.items).toHaveLength(3);
    expect(own.body.items[0]).toMatchObject({ institution: 'other-school', category: 'none' });
    await sources(world.otherSchool, '&institution=school').expect(404);
    expect(
      (await sources(world.authority, '&institution=school').expect(200)).body.items,
    ).toHaveLength(12);
    await world.http.get('/v1/indicators/secondary-onward/sources').expect(401);
    const office = await world.caller('office', 'admissions-office', ['admissions']);
    await sources(office).expect(403);
  });

  it('leads to an entry of the ledger where there is one', async () => {
    await post(world.school, 'TR-CARE', { completedOn: '2021-03-01' });
    await caughtUp();
    const path = '/v1/indicators/training-by-kind/sources?period=2021';
    const { body } = await world.school.get(path).expect(200);
    await world.school.get(`/v1/entries/${body.items[0].entryId}`).expect(200);
    const made = await world.authority.get('/v1/indicators/fte-students/sources').expect(200);
    expect(made.body).toEqual({ items: [], next: null });
  });
});

describe('circumstances', () => {
  it('come by file as well, and the same again is the same', async () => {
    const row = (groups: string) =>
      Buffer.from(
        '外部编号,姓名,证件号码,成果代码,完成日期,重点群体,培训类别,来源地\n' +
          `f-1,王小明,${residentId(980)},TR-CARE,2020-03-01,${groups},创业,四川\n`,
      );
    const importer = new Importer(world, world.school);
    const commit = async (groups: string) => {
      const file = await importer.check(row(groups), { name: 'a.csv' });
      return importer.commit(file.id);
    };
    await commit('残疾人');
    const found = await item('training-by-kind', '?period=2020');
    expect(partOf(found, 'kind:entrepreneurship')).toBe('1');
    expect(partOf(await item('learners-from-elsewhere', '?period=2020'), 'origin:CN-51')).toBe('1');
    const again = completion(980, {
      externalId: 'f-1',
      outcome: 'TR-CARE',
      completedOn: '2020-03-01',
      grade: undefined,
      circumstances: { groups: ['disabled'], trainingKind: 'entrepreneurship', origin: 'CN-51' },
    });
    await world.school.post('/v1/completions', again).expect(200);
    const other = { ...again, circumstances: { groups: ['veteran'] } };
    const conflict = await world.school.post('/v1/completions', other).expect(409);
    expect(conflict.body.differences).toEqual(['circumstances']);
  });

  it('are words of a closed list', async () => {
    for (const circumstances of [
      { groups: ['poor'] },
      { origin: 'Sichuan' },
      { trainingKind: 'fun' },
      { surprise: 1 },
    ]) {
      const body = completion(981, { externalId: 'f-2', outcome: 'TR-CARE', circumstances });
      await world.school.post('/v1/completions', body).expect(400);
    }
  });
});
