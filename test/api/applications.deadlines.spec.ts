import { canonicalJson, sha256Hex } from '#libs/rules';
import { RemindersWorker } from '../../src/conversions/reminders.worker.js';
import { addWorkingDays } from '../../src/holidays/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import {
  type ConversionWorld,
  type Decided,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  decided,
  startConversionWorld,
} from '../support/conversions.js';
import { bytesOf } from '../support/downloads.js';
import { CAN_READ_PAPER, readPaper } from '../support/papers.js';
import { REJECT } from '../support/reviewers.js';

const USUAL = { daysOff: new Set<string>(), workingDays: new Set<string>() };

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

async function dueOf({ learner, path }: Decided): Promise<string> {
  return (await learner.get(path).expect(200)).body.dueOn as string;
}

describe('promised days', () => {
  it('are twenty working days for a review, and none once it is decided', async () => {
    const made = await decided(world);
    expect(await dueOf(made)).toBe(addWorkingDays(world.app.get(Clock).today(), 20, USUAL));
    const { body } = await world.college.post(`${made.path}/review`, { verdict: 'approve' });
    expect(body).toMatchObject({ state: 'booked', dueOn: null, isOverdue: false });
  });

  it('are reminded of once when they are near and once when they have passed', async () => {
    const made = await decided(world);
    const due = await dueOf(made);
    const worker = world.app.get(RemindersWorker);
    const signal = new AbortController().signal;
    for (const day of [-4, -3, -1, 0, 1, 2]) {
      await Promise.all([
        worker.run(dayAfter(due, day), signal),
        worker.run(dayAfter(due, day), signal),
      ]);
    }
    const { body } = await made.learner.get(made.path).expect(200);
    const reminders = (body.history as { action: string; note: string; state: string }[]).filter(
      ({ action }) => action === 'remind',
    );
    expect(reminders.map(({ note }) => note)).toEqual([`due-soon: ${due}`, `overdue: ${due}`]);
    expect(body).toMatchObject({ state: 'in-review', dueOn: due });
  });

  it('that were not kept are listed by school, to the authority alone, without learners', async () => {
    const made = await decided(world);
    const due = await dueOf(made);
    const clock = jest.spyOn(world.app.get(Clock), 'today');
    clock.mockReturnValue(due);
    const inTime = await world.authority.get('/v1/overdue-applications').expect(200);
    expect(inTime.body.items).toEqual([]);
    clock.mockReturnValue(dayAfter(due, 1));
    expect((await made.learner.get(made.path).expect(200)).body.isOverdue).toBe(true);
    const schools = await world.authority.get('/v1/overdue-applications').expect(200);
    const own = schools.body.items.find(
      (one: { institution: { code: string } }) => one.institution.code === 'college',
    );
    expect(own.count).toBeGreaterThanOrEqual(1);
    const seen: string[] = [];
    let after = '';
    do {
      const path = `/v1/overdue-applications/college?limit=1${after}`;
      const { body } = await world.authority.get(path).expect(200);
      for (const item of body.items) {
        expect(Object.keys(item).sort()).toEqual([
          'daysOverdue',
          'dueOn',
          'id',
          'programme',
          'state',
        ]);
        seen.push(item.id);
      }
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(seen).toHaveLength(own.count);
    expect(seen).toContain(made.application.id);
    clock.mockRestore();
    for (const stranger of [made.learner, world.school, world.college]) {
      await stranger.get('/v1/overdue-applications').expect(403);
      await stranger.get('/v1/overdue-applications/college').expect(403);
    }
    await world.http.get('/v1/overdue-applications').expect(401);
    await world.authority.get('/v1/overdue-applications/no-such').expect(404);
    await world.authority.get('/v1/overdue-applications/college?after=x').expect(400);
  });
});

describe('what waits for the people of a school', () => {
  interface Waiting {
    waiting: number;
    overdue: number;
    changedAt: string;
  }
  const waiting = async (): Promise<Waiting> =>
    (await world.college.get('/v1/applications/waiting').expect(200)).body as Waiting;

  it('is counted, and every change tells a page that stays open to read again', async () => {
    const before = await waiting();
    const made = await decided(world);
    const asked = await waiting();
    expect(asked.waiting).toBe(before.waiting + 1);
    expect(asked.changedAt > before.changedAt).toBe(true);
    const today = jest.spyOn(world.app.get(Clock), 'today');
    today.mockReturnValue(dayAfter(await dueOf(made), 1));
    expect((await waiting()).overdue).toBe(asked.waiting);
    today.mockRestore();
    await world.college.post(`${made.path}/review`, { verdict: 'approve' }).expect(200);
    const booked = await waiting();
    expect(booked).toMatchObject({ waiting: before.waiting, overdue: 0 });
    expect(booked.changedAt > asked.changedAt).toBe(true);
    const other = await world.otherCollege.get('/v1/applications/waiting').expect(200);
    expect(other.body).toEqual({ waiting: 0, overdue: 0, changedAt: null });
  });

  it('is listed with the nearest promised day first, page by page', async () => {
    const first = await decided(world);
    const today = jest.spyOn(world.app.get(Clock), 'today');
    today.mockReturnValue(dayAfter(world.app.get(Clock).today(), -30));
    const earlier = await decided(world);
    today.mockRestore();
    const list = async (query: string) =>
      (await world.college.get(`/v1/applications?order=due${query}`).expect(200)).body as {
        items: { id: string; dueOn: string; state: string }[];
        next: string | null;
      };
    const { items } = await list('');
    const idOf = ({ path }: Decided): string => path.slice(path.lastIndexOf('/') + 1);
    expect(items[0]?.id).toBe(idOf(earlier));
    expect(items.map(({ id }) => id)).toContain(idOf(first));
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['in-review']));
    expect(items.map(({ dueOn }) => dueOn)).toEqual(items.map(({ dueOn }) => dueOn).toSorted());
    const start = await list('&limit=1');
    const rest = await list(`&after=${start.next}`);
    expect([...start.items, ...rest.items]).toEqual(items);
    await world.college.get('/v1/applications?order=due&after=WyJ4IiwieSJd').expect(400);
    const own = await first.learner.get('/v1/applications?order=due').expect(200);
    expect(own.body.items).toHaveLength(1);
  });
});

describe('the letter of a decision', () => {
  it('says who asked what and what was granted by which rules, the same each time', async () => {
    const { learner, path, application } = await decided(world);
    const early = await learner.get(`${path}/decision-letter`).expect(409);
    expect(early.body.code).toBe('letter-not-yet');
    await world.college.post(`${path}/review`, { verdict: 'approve', note: '同意' }).expect(200);
    const { body, text } = await learner.get(`${path}/decision-letter`).expect(200);
    expect(body).toMatchObject({
      verdict: 'granted',
      parties: { learnerId: learner.id, institution: { code: 'college' }, requestedBy: null },
      asked: { programme: application.programme, title: { zh: '测试专业' } },
      credits: '4',
      granted: [{ rule: 'base', course: 'C1', credits: '4', text: { zh: expect.any(String) } }],
      reasons: [{ round: 1, verdict: 'approve', note: '同意' }],
      rulebook: { version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      decisionHash: application.decisionHash,
      appeal: null,
    });
    const { hash, ...rest } = body;
    expect(sha256Hex(canonicalJson(rest))).toBe(hash);
    expect(text).toBe(canonicalJson(body));
    jest.spyOn(world.app.get(Clock), 'today').mockReturnValue('2031-01-01');
    expect((await world.college.get(`${path}/decision-letter`).expect(200)).text).toBe(text);
  });

  it('can be had as a sealed PDF that carries its data, the same bytes each time', async () => {
    const { learner, path } = await decided(world);
    await learner.get(`${path}/decision-letter.pdf`).expect(409);
    await world.college.post(`${path}/review`, REJECT).expect(200);
    const print = () =>
      learner.get(`${path}/decision-letter.pdf`).buffer(true).parse(bytesOf).expect(200);
    const pdf = (await print()).body as Buffer;
    expect((await print()).body).toEqual(pdf);
    const sent = world.http.post('/v1/verifications/files').attach('file', pdf, 'letter.pdf');
    const { body } = await sent.expect(200);
    expect(body).toMatchObject({ verdict: 'valid', checks: [{ line: 'seal', colour: 'green' }] });
    if (!CAN_READ_PAPER) return;
    const { text, files } = readPaper(pdf);
    for (const said of ['申请驳回决定书', '王小明', REJECT.note, 'Appeal']) {
      expect(text).toContain(said);
    }
    const { text: data } = await learner.get(`${path}/decision-letter`).expect(200);
    expect(files.get('decision-letter.json')?.toString('utf8')).toBe(data);
  });

  it('of a rejection gives the reasons and the last day of an appeal', async () => {
    const { learner, path } = await decided(world);
    await world.college.post(`${path}/review`, REJECT).expect(200);
    const { appealUntil } = (await learner.get(path).expect(200)).body;
    const { body } = await learner.get(`${path}/decision-letter`).expect(200);
    expect(body).toMatchObject({
      verdict: 'rejected',
      credits: '0',
      granted: [],
      reasons: [{ verdict: 'reject', note: REJECT.note }],
      appeal: { until: appealUntil, text: { en: expect.stringContaining(appealUntil) } },
    });
  });

  it('of a refusal says the nearest change', async () => {
    const level = { scale: 'x-cert', atLeast: '高级' };
    const rule = { ...CERTIFICATE_TO_C1, when: { has: 'X-LOG-2', level } };
    const { learner, path } = await decided(world, { rules: [rule] });
    const { body } = await learner.get(`${path}/decision-letter`).expect(200);
    expect(body).toMatchObject({
      verdict: 'refused',
      refused: [
        { rule: 'certificate', code: 'condition-false', nearestChange: { en: expect.any(String) } },
      ],
      reasons: [],
    });
  });

  it('is for the learner and the institutions of the application', async () => {
    const { path } = await decided(world, { review: 'none', rules: [BASE_TO_C1] });
    const letter = `${path}/decision-letter`;
    for (const stranger of [await world.learner(), world.school, world.otherCollege]) {
      await stranger.get(letter).expect(404);
    }
    await world.authority.get(letter).expect(403);
    await world.http.get(letter).expect(401);
  });
});
