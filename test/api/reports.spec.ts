import { Follower } from '../../src/indicators/index.js';
import { ReportPublisher } from '../../src/reports/index.js';
import { withClient } from '../support/database.js';
import { publish, startReportWorld, training } from '../support/reports.js';
import { REASON } from '../support/revocations.js';
import type { Caller, World } from '../support/world.js';

interface Figure {
  id: string;
  value: string | null;
  absence: string | null;
}
interface Compared {
  id: string;
  before: Figure;
  after: Figure;
  difference: string | null;
  isChanged: boolean;
}

const ABSENT = '01a2e7c0-5b7e-7123-8000-00000000dead';
let world: World;

beforeAll(async () => {
  world = await startReportWorld();
});
afterAll(() => world?.close());

const figureIn = (items: Figure[], id: string): Figure => items.find((one) => one.id === id)!;

async function state(by: Caller, code: string, value: string, over: object = {}) {
  const input = { code, value, on: '2026-09-01', source: '中职统计报表 2026', ...over };
  return by.post('/v1/conditions/inputs', input);
}

/** What a school states; 1 000 students, enough of everything but books. */
const STATED = {
  students: '1000',
  'campus-area': '45000.5',
  'building-area': '26000',
  teachers: '55',
  'equipment-value': '3500000',
  books: '20000',
};

describe('school conditions', () => {
  it('are judged only against the standard that the authority said counts', async () => {
    for (const [code, value] of Object.entries(STATED)) {
      expect((await state(world.school, code, value)).status).toBe(201);
    }
    const before = await world.school.get('/v1/conditions').expect(200);
    expect(before.body.items).toMatchObject([{ code: 'school', standard: null, conditions: [] }]);
    const standard = { institution: 'school', standard: 'secondary-general', from: '2026-01-01' };
    await world.authority.post('/v1/conditions/assignments', standard).expect(201);
    const { body } = await world.school.get('/v1/conditions').expect(200);
    const states = Object.fromEntries(
      body.items[0].conditions.map(
        ({ code, state: is, value }: { code: string; state: string; value: string }) => [
          code,
          [is, value],
        ],
      ),
    );
    expect(states).toMatchObject({
      'campus-area': ['met', '45000.5'],
      'campus-area-each': ['met', '45'],
      teachers: ['short', '55'],
      'students-each': ['met', '18.19'],
      'equipment-value-each': ['met', '3500'],
      'books-each': ['short', '20'],
    });
    expect(body.warnings).toMatchObject([
      { kind: 'conditions-short', level: 'urgent', school: { code: 'school' } },
    ]);
  });

  it('take the newest figure about the newest day, and keep every earlier one', async () => {
    expect((await state(world.school, 'books', '31000', { on: '2026-10-01' })).status).toBe(201);
    const { body } = await world.school.get('/v1/conditions').expect(200);
    expect(body.warnings[0].text.en).toBe(
      'One condition is short of the standard: Full-time teachers',
    );
    const then = await world.school.get('/v1/conditions?on=2026-09-15').expect(200);
    expect(then.body.warnings[0].level).toBe('urgent');
    const first = await world.school.get('/v1/conditions/inputs?limit=1').expect(200);
    expect(first.body.items).toMatchObject([{ code: 'books', value: '31000' }]);
    const rest = `/v1/conditions/inputs?limit=100&after=${first.body.next}`;
    expect((await world.school.get(rest).expect(200)).body.items).toHaveLength(6);
  });

  it('belong to their school: another one reads and states nothing of it', async () => {
    const other = await world.otherSchool.get('/v1/conditions').expect(200);
    expect(other.body.items).toMatchObject([{ code: 'other-school', inputs: [] }]);
    await world.otherSchool.get('/v1/conditions/inputs?institution=school').expect(404);
    const list = await world.otherSchool.get('/v1/conditions/inputs').expect(200);
    expect(list.body.items).toEqual([]);
    const foreign = await state(world.otherSchool, 'books', '1', { institution: 'school' });
    expect(foreign.status).toBe(404);
    const standard = { institution: 'school', standard: null, from: '2026-01-01' };
    await world.school.post('/v1/conditions/assignments', standard).expect(403);
    await world.http.get('/v1/conditions').expect(401);
    expect((await state(world.authority, 'books', '1')).body.code).toBe('condition-needs-school');
    expect((await state(world.school, 'books', '1.5')).body.code).toBe('input-not-whole');
  });
});

describe('a monitoring report', () => {
  it('stays as it was when the books are corrected, and the live figures say so', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 12; i += 1) outcomes.push(await training(world));
    const report = await publish(world);
    const frozen = figureIn(report.indicators, 'training-by-kind');
    expect(frozen.value).toBe('12');
    const same = await world.http.get(`/v1/reports/${report.id}/changes`).expect(200);
    expect(figureIn(same.body.indicators, 'training-by-kind')).toMatchObject({ isChanged: false });

    await world.school
      .post(`/v1/outcomes/${outcomes[0]}/revocation`, { reason: REASON })
      .expect(200);
    await world.app.get(Follower).catchUp();
    const again = await world.http.get(`/v1/reports/${report.id}`).expect(200);
    expect(again.body).toEqual(report);
    const live = await world.http.get('/v1/indicators?period=2026').expect(200);
    expect(figureIn(live.body.items, 'training-by-kind').value).toBe('11');
    const { body } = await world.http.get(`/v1/reports/${report.id}/changes`).expect(200);
    expect(body.before).toMatchObject({ reportId: report.id });
    expect(body.after).toMatchObject({ reportId: null, title: null });
    const [changed] = (body.indicators as Compared[]).filter(({ id }) => id === frozen.id);
    expect(changed).toMatchObject({
      before: { value: '12' },
      after: { value: '11' },
      difference: '-1',
      isChanged: true,
    });
    expect(body.changed).toBeGreaterThan(0);
  });

  it('is compared with another, figure by figure and condition by condition', async () => {
    const [first] = (await world.http.get('/v1/reports').expect(200)).body.items;
    await training(world);
    await training(world);
    expect((await state(world.school, 'teachers', '61', { on: '2026-11-01' })).status).toBe(201);
    const second = await publish(world);
    expect(second.number).toBe(first.number + 1);
    const path = `/v1/reports/${second.id}/comparison/${first.id}`;
    const { body } = await world.http.get(path).expect(200);
    const compared = (body.indicators as Compared[]).find(({ id }) => id === 'training-by-kind');
    expect(compared).toMatchObject({ difference: '1', before: { value: '12' } });
    expect(body.conditions).toMatchObject([
      {
        school: { code: 'school' },
        code: 'teachers',
        before: { value: '55', state: 'short' },
        after: { value: '61', state: 'met' },
      },
      { code: 'students-each' },
    ]);
    await world.http.get(`/v1/reports/${second.id}/comparison/${ABSENT}`).expect(404);
    await world.http.get(`/v1/reports/${ABSENT}`).expect(404);
  });

  it('is published by the authority alone, about a period that has begun', async () => {
    await world.school.post('/v1/reports', { period: '2026' }).expect(403);
    await world.http.post('/v1/reports').send({ period: '2026' }).expect(401);
    for (const period of ['2999', '2025-2027']) {
      const { body } = await world.authority.post('/v1/reports', { period }).expect(422);
      expect(body.code).toBe('report-period-not-begun');
    }
  });

  it('cannot be changed or removed in the database', async () => {
    await withClient(world.config.databaseUrl, async (client) => {
      for (const statement of [
        `UPDATE report SET body = '{}'`,
        'DELETE FROM report',
        'DELETE FROM report_tile',
        `UPDATE school_condition SET value = 0`,
        'DELETE FROM report_schedule',
      ]) {
        await expect(client.query(statement)).rejects.toThrow();
      }
    });
  });
});

describe('the schedule', () => {
  it('is changed by laying down another, and says when the next report is due', async () => {
    const none = await world.http.get('/v1/reports/schedule').expect(200);
    expect(none.body).toMatchObject({ days: [], next: null, setAt: null });
    const wanted = { days: ['07-15', '01-15', '01-15'], periodKind: 'year' };
    await world.school.post('/v1/reports/schedule', wanted).expect(403);
    const { body } = await world.authority.post('/v1/reports/schedule', wanted).expect(201);
    expect(body).toMatchObject({ days: ['01-15', '07-15'], setBy: expect.any(String) });
    const bad = { days: ['02-30'], periodKind: 'year' };
    await world.authority.post('/v1/reports/schedule', bad).expect(400);
  });

  it('publishes once what is due, though two workers are at it and it runs again', async () => {
    const publisher = world.app.get(ReportPublisher);
    const year = Number(new Date().toISOString().slice(0, 4)) + 1;
    const day = `${year}-01-15`;
    expect(await publisher.publishDue(`${year - 1}-12-31`)).toBeUndefined();
    const made = await Promise.all([
      publisher.publishDue(day),
      publisher.publishDue(day),
      publisher.publishDue(`${year}-01-20`),
    ]);
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await publisher.publishDue(`${year}-02-01`)).toBeUndefined();
    const { body } = await world.http.get('/v1/reports').expect(200);
    const scheduled = body.items.filter(
      ({ scheduledFor }: { scheduledFor: string | null }) => scheduledFor === day,
    );
    expect(scheduled).toHaveLength(1);
    expect(scheduled[0].period.id).toBe(String(year - 1));
  });

  it('publishes nothing once there are no days', async () => {
    const publisher = world.app.get(ReportPublisher);
    const none = { days: [], periodKind: 'year' };
    await world.authority.post('/v1/reports/schedule', none).expect(201);
    expect(await publisher.publishDue('2031-07-15')).toBeUndefined();
  });
});
