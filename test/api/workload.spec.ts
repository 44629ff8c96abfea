import { cellText } from '#libs/exchange';
import { Catalogue } from '../../src/catalogue/index.js';
import { readSheet } from '../../src/imports/index.js';
import { Follower } from '../../src/indicators/index.js';
import { Erasures } from '../../src/learners/erasure/erasures.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { type Browser, person } from '../support/people.js';
import { REASON } from '../support/revocations.js';
import { ALONE } from '../support/app.js';
import { type Caller, completion, residentId } from '../support/world.js';
import { refusalOf } from '../people/support.js';
import { edgeSettings } from '../../src/platform/config/index.js';

let world: ConversionWorld;
let first: Browser;
let second: Browser;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld({
    twoPeople: ALONE,
    edge: { ...edgeSettings({}), limits: null },
  });
  await world.database.transaction((tx) =>
    world.app.get(Catalogue).create(
      tx,
      ['school', 'other-school'].map((institutionCode) => ({
        code: `CNC-${institutionCode}`,
        kind: 'community-course' as const,
        form: 'training' as const,
        institutionCode,
        title: { zh: '数控', en: 'CNC' },
        categoryCode: 'skill',
        source: 'training' as const,
        levelScale: 'skill-level',
        level: '四级',
      })),
    ),
  );
  const { id: institutionId } = world.authority.institution;
  first = await (await person(world, ['authority'], { institutionId })).signIn();
  second = await (await person(world, ['authority'], { institutionId })).signIn();
});
afterAll(() => world?.close());

interface Line {
  kind: string;
  level: string;
  mode: string;
  coefficient: string;
  count: number;
  hours: string;
  weighedMinutes: string;
  units: string;
}
interface Shown {
  lines: Line[];
  total: Line & { fte: string | null };
  unknownHours: number;
  differences: { count: number; hours: string; units: string; items: { reason: string }[] };
  closed: { id: string; hash: string; total: { units: string } } | null;
  hoursPerFte: { value: string; on: string | null };
  income: { project: string; amountFen: string }[];
  incomeFen: string;
}

async function train(by: Caller, over: object = {}): Promise<string> {
  serial += 1;
  const body = completion(serial, {
    externalId: `w-${serial}`,
    outcome: 'TR-CARE',
    grade: undefined,
    ...over,
  });
  const { body: made } = await by.post('/v1/completions', body).expect(201);
  return made.outcome.id as string;
}

async function shown(by: { get: Caller['get'] } = world.school, query = 'period=2025') {
  await world.app.get(Follower).catchUp();
  return (await by.get(`/v1/workload?${query}`).expect(200)).body as Shown;
}

async function layDown(code: string, value: string, from = '2025-01-01'): Promise<void> {
  const wanted = { code, from, value, source: '渝教职成〔2025〕8号' };
  const { body } = await first.post('/v1/workload/coefficients', wanted).expect(202);
  const confirmation = { digest: body.digest };
  await second.post(`/v1/proposals/${body.id}/confirmation`, confirmation).expect(200);
}

describe('workload', () => {
  it('is the hours of the indicator as long as every coefficient is 1', async () => {
    await train(world.school, { completedOn: '2025-03-01', hours: '40' });
    await train(world.school, {
      completedOn: '2025-04-01',
      hours: '7.5',
      circumstances: { mode: 'evening', trainingKind: 'upgrading' },
    });
    await train(world.school, { completedOn: '2025-05-01' });
    await train(world.school, { completedOn: '2025-05-01', hours: '99', attendancePercent: '10' });
    await train(world.school, { outcome: 'OPEN-TALK', completedOn: '2025-05-01', hours: '50' });
    await train(world.school, { completedOn: '2024-12-31', hours: '33' });
    await train(world.otherSchool, {
      outcome: 'CNC-other-school',
      completedOn: '2025-06-01',
      hours: '8',
    });
    const seen = await shown();
    expect(seen.total).toMatchObject({ count: 2, hours: '47.5', units: '47.5' });
    expect(seen.unknownHours).toBe(1);
    expect(seen.hoursPerFte).toMatchObject({ value: '900', on: null });
    const other = await shown(world.otherSchool);
    const { body } = await world.authority.get('/v1/indicators?period=2025').expect(200);
    const indicator = body.items.find(({ id }: { id: string }) => id === 'training-workload');
    const hours = indicator.amounts.find(({ key }: { key: string }) => key === 'hours');
    expect(Number(hours.value)).toBe(Number(seen.total.units) + Number(other.total.units));
  });

  it('weighs by kind, level and time, on the day, as two people laid down', async () => {
    const wanted = { code: 'mode-evening', from: '2025-01-01', value: '1.2', source: '文件' };
    const { body } = await first.post('/v1/workload/coefficients', wanted).expect(202);
    expect(body).toMatchObject({ state: 'open', why: ['pay'], kind: 'workload-coefficient' });
    expect((await shown()).total.units).toBe('47.5');
    const confirmation = { digest: body.digest };
    const path = `/v1/proposals/${body.id}/confirmation`;
    expect(refusalOf(await first.post(path, confirmation))[1]).toBe('confirmer-is-proposer');
    await second.post(path, confirmation).expect(200);
    await layDown('level-4', '1.5', '2025-06-02');
    const seen = await shown();
    expect(seen.total).toMatchObject({ hours: '47.5', units: '49' });
    expect(seen.lines.map(({ mode, coefficient, units }) => [mode, coefficient, units])).toEqual([
      ['unknown', '1', '40'],
      ['evening', '1.2', '9'],
    ]);
    // The level counts from the second of June on, and this was the first.
    expect((await shown(world.authority, 'institution=other-school&period=2025')).total.units).toBe(
      '8',
    );
    const known = await world.http.get('/v1/workload/coefficients').expect(200);
    expect(
      known.body.items.find(({ code }: { code: string }) => code === 'mode-evening'),
    ).toMatchObject({ now: '1.2', laidDown: [{ from: '2025-01-01', source: '文件' }] });
    await world.school.post('/v1/workload/coefficients', wanted).expect(403);
  });

  it('leads down to entry, place in the log and proof, and names nobody', async () => {
    const { body } = await world.school.get('/v1/workload/entries?period=2025').expect(200);
    expect(body.items).toHaveLength(3);
    const credited = body.items.find(({ hours }: { hours: string }) => hours === '40');
    expect(credited.entryId).toMatch(/\.0$/);
    const proof = await world.school.get(credited.proof).expect(200);
    expect(proof.body.index ?? proof.body.logIndex ?? proof.body.leafIndex).toBe(credited.logIndex);
    const text = JSON.stringify(body);
    for (const told of ['王小明', residentId(1)]) expect(text).not.toContain(told);
    const page = await world.school.get('/v1/workload/entries?period=2025&limit=2').expect(200);
    const rest = await world.school
      .get(`/v1/workload/entries?period=2025&limit=2&after=${page.body.next}`)
      .expect(200);
    expect([...page.body.items, ...rest.body.items]).toEqual(body.items);
  });

  it('is a school’s own, and the authority’s to see', async () => {
    for (const path of ['', '/entries', '/evidence.xlsx']) {
      await world.otherSchool.get(`/v1/workload${path}?institution=school`).expect(404);
      await world.authority.get(`/v1/workload${path}?institution=school`).expect(200);
    }
    await world.otherSchool.get('/v1/workload/statements?institution=school').expect(404);
    const learner = await world.learner();
    await learner.get('/v1/workload').expect(403);
  });
});

describe('a statement', () => {
  let id = '';

  it('is closed once, for a period that is over', async () => {
    const close = (period: string) =>
      world.authority.post('/v1/workload/statements', { institution: 'school', period });
    const year = new Date().getFullYear() + 1;
    expect(refusalOf(await close(String(year)))).toEqual([422, 'period-not-over']);
    const { body } = await close('2025').expect(201);
    id = body.id as string;
    expect(body).toMatchObject({ total: { units: '49', count: 2 }, unknownHours: 1 });
    expect(refusalOf(await close('2025'))).toEqual([409, 'workload-closed']);
    expect(refusalOf(await close('2024-2025'))).toEqual([409, 'workload-overlaps']);
    await world.school
      .post('/v1/workload/statements', { institution: 'school', period: '2023' })
      .expect(403);
    await world.otherSchool.get(`/v1/workload/statements/${id}`).expect(404);
  });

  it('stays as it is: a late correction stands in the next one', async () => {
    const before = (await world.school.get(`/v1/workload/statements/${id}`).expect(200)).body;
    const { body } = await world.school.get('/v1/workload/entries?period=2025').expect(200);
    const gone = body.items.find(({ hours }: { hours: string }) => hours === '40');
    await world.school
      .post(`/v1/outcomes/${gone.outcomeId}/revocation`, { reason: REASON })
      .expect(200);
    await train(world.school, { completedOn: '2025-11-11', hours: '3' });
    await train(world.school, { completedOn: '2024-02-02', hours: '2' });
    const late = await shown(world.school, 'period=2024');
    expect(late.differences).toMatchObject({ count: 2, hours: '-37', units: '-37' });
    expect(late.differences.items.map(({ reason }) => reason).sort()).toEqual([
      'recorded-later',
      'taken-back',
    ]);
    const wanted = { institution: 'school', period: '2024' };
    const next = await world.authority.post('/v1/workload/statements', wanted).expect(201);
    expect(next.body).toMatchObject({
      total: { units: '35', count: 2 },
      differences: { count: 2, units: '-37' },
    });
    const after = (await world.school.get(`/v1/workload/statements/${id}`).expect(200)).body;
    expect(after).toEqual(before);
    const open = await shown(world.school, 'period=2026');
    expect(open.differences).toMatchObject({ count: 0, units: '0' });
  });

  it('is corrected by a coefficient that was laid down later, and not by an erasure', async () => {
    await layDown('mode-evening', '2');
    const weighed = await shown(world.school, 'period=2026');
    expect(weighed.differences).toMatchObject({ count: 1, units: '6' });
    expect(weighed.differences.items[0]).toMatchObject({ reason: 'weighed-anew' });
    const [one] = await rows<{ learner_id: string }>(
      `SELECT learner_id FROM learning_outcome WHERE external_id = 'w-2'`,
    );
    const browser = await (
      await person(world, ['learner'], { learnerId: one!.learner_id })
    ).signIn();
    await browser.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
      await client.query('UPDATE erasure_event SET due_at = now() WHERE due_at IS NOT NULL');
      await client.query('ALTER TABLE erasure_event ENABLE TRIGGER USER');
    });
    expect(await world.app.get(Erasures).shredDue(10)).toBe(1);
    const left = await shown(world.school, 'period=2026');
    expect(left.differences).toMatchObject({ count: 0, units: '0' });
  });

  it('goes to the auditor as a workbook whose rows add up', async () => {
    const answer = await world.school
      .get(`/v1/workload/evidence.xlsx?statement=${id}`)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    const bytes = answer.body as Buffer;
    const text = await sheetText(bytes);
    expect(
      text
        .filter((row) => row[4] === '计入')
        .map((row) => Number(row[8]))
        .toSorted((a, b) => b - a),
    ).toEqual([40, 7.5]);
    expect(text.flat()).toContain((await statementOf(id)).hash);
    const minutes = text
      .filter((row) => row[4] === '计入')
      .reduce((sum, row) => sum + Number(row[10]), 0);
    expect(minutes).toBe(49 * 60);
    expect(text.flat().join()).not.toContain('王小明');
    await world.otherSchool.get(`/v1/workload/evidence.xlsx?statement=${id}`).expect(404);
  });

  it('has the hash of what it says', async () => {
    const [row] = await rows<{ content: string; hash: Buffer }>(
      `SELECT content, hash FROM workload_statement WHERE id = '${id}'`,
    );
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(row!.content).digest()).toEqual(row!.hash);
    const change = `UPDATE workload_statement SET content = '{}'`;
    await expect(rows(change)).rejects.toThrow('append-only');
  });
});

describe('income', () => {
  it('is stated in fen by the institution itself, corrected by a newer one, and moves nothing', async () => {
    const wanted = {
      project: '数控车工补贴培训第3期',
      on: '2026-03-31',
      amountFen: '12800000',
      source: '拨款单 41 号',
    };
    for (const amountFen of ['1.5', '-1', '01']) {
      await world.school.post('/v1/workload/income', { ...wanted, amountFen }).expect(400);
    }
    await world.school.post('/v1/workload/income', wanted).expect(201);
    await world.school
      .post('/v1/workload/income', { ...wanted, amountFen: '12700000' })
      .expect(201);
    const other = { ...wanted, project: '照护', amountFen: '100' };
    await world.school.post('/v1/workload/income', other).expect(201);
    const seen = await shown(world.school, 'period=2026');
    expect(seen.income.map(({ amountFen }) => amountFen).sort()).toEqual(['100', '12700000']);
    expect(seen.incomeFen).toBe('12700100');
    expect((await shown(world.otherSchool, 'period=2026')).income).toEqual([]);
    await world.authority.post('/v1/workload/income', wanted).expect(403);
  });
});

const rows = <T>(sql: string): Promise<T[]> =>
  withClient(world.config.databaseUrl, async (client) => (await client.query(sql)).rows as T[]);

async function statementOf(id: string): Promise<{ hash: string }> {
  return (await world.school.get(`/v1/workload/statements/${id}`).expect(200)).body as {
    hash: string;
  };
}

async function sheetText(bytes: Buffer): Promise<string[][]> {
  const { rows: found } = await readSheet(bytes, { rows: 1000, columns: 40 });
  return found.map(({ cells }) => cells.map(cellText));
}
