import { Clock } from '../../src/platform/clock/index.js';
import { type ConversionWorld, decided, startConversionWorld } from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

const NOTICE = {
  source: '国务院办公厅关于2027年部分节假日安排的通知（示例）',
  daysOff: ['2027-10-01', '2027-10-04', '2027-10-05', '2027-10-06', '2027-10-07'],
  workingDays: ['2027-09-26', '2027-10-09'],
};
const MANY = Array.from({ length: 201 }, () => '2027-10-01');
const put = (body: object, year = '2027') =>
  world.http
    .put(`/v1/holidays/${year}`)
    .set({ authorization: `Bearer ${world.authority.key}` })
    .send(body);

/** The day that an application of 24 September 2027, a Friday, is promised a review by. */
async function promised(): Promise<string> {
  jest.spyOn(world.app.get(Clock), 'today').mockReturnValue('2027-09-24');
  const { learner, path } = await decided(world);
  jest.restoreAllMocks();
  return (await learner.get(path).expect(200)).body.dueOn as string;
}

describe('holidays', () => {
  it('are unknown until an authority says them; then new promises count by them', async () => {
    await world.http.get('/v1/holidays/2027').expect(404);
    // Twenty days Monday to Friday.
    expect(await promised()).toBe('2027-10-22');
    const { body } = await put(NOTICE).expect(200);
    expect(body).toEqual({ year: 2027, ...NOTICE, recordedAt: expect.any(String) });
    expect((await world.http.get('/v1/holidays/2027').expect(200)).body).toEqual(body);
    // Five of them are off, and two weekend days are worked.
    expect(await promised()).toBe('2027-10-27');
  });

  it('are kept when another notice takes their place; promises stay', async () => {
    await put(NOTICE).expect(200);
    const made = await decided(world);
    const before = (await made.learner.get(made.path).expect(200)).body.dueOn;
    await put({ ...NOTICE, daysOff: [], workingDays: [] }).expect(200);
    expect((await made.learner.get(made.path).expect(200)).body.dueOn).toBe(before);
    expect(await promised()).toBe('2027-10-22');
    const rows = await world.database.read((tx) =>
      tx.query<{ seq: number; source: string }[]>(
        'SELECT seq, source FROM holiday_notice WHERE year = 2027 ORDER BY seq',
      ),
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i));
    expect(rows.length).toBeGreaterThan(1);
  });

  it.each([
    [{ daysOff: ['2026-10-01'] }, 422, 'holiday-outside-year'],
    [{ workingDays: ['2028-01-01'] }, 422, 'holiday-outside-year'],
    [{ daysOff: ['2027-10-01', '2027-10-01'] }, 422, 'holiday-twice'],
    [{ daysOff: ['2027-10-09'] }, 422, 'holiday-twice'],
    [{ workingDays: ['2027-10-08'] }, 422, 'holiday-worked-anyway'],
    [{ daysOff: ['2027-02-29'] }, 400, 'invalid-fields'],
    [{ daysOff: '2027-10-01' }, 400, 'invalid-fields'],
    [{ daysOff: MANY }, 400, 'invalid-fields'],
    [{ source: '' }, 400, 'invalid-fields'],
    [{ more: 1 }, 400, 'invalid-fields'],
  ])('with %j are refused with %i', async (over, status, code) => {
    const { body } = await put({ ...NOTICE, ...over }).expect(status);
    expect(body.code).toBe(code);
  });

  it('are an authority’s to say, of a year that exists', async () => {
    const learner = await world.learner();
    for (const stranger of [world.school, world.college]) {
      const auth = { authorization: `Bearer ${stranger.key}` };
      await world.http.put('/v1/holidays/2027').set(auth).send(NOTICE).expect(403);
    }
    await learner.get('/v1/holidays/2027').expect(200);
    await world.http.put('/v1/holidays/2027').send(NOTICE).expect(401);
    for (const year of ['1999', '20270', 'next', '2027-10']) {
      await put(NOTICE, year).expect(404);
      await world.http.get(`/v1/holidays/${year}`).expect(404);
    }
  });
});
