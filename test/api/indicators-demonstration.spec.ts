import { Follower, Projection } from '../../src/indicators/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

let service: TestApp;

beforeAll(async () => {
  // The files of the district end in November 2026.
  jest.spyOn(Clock.prototype, 'today').mockReturnValue('2026-11-27');
  service = await startTestApp({ seedDemonstration: true });
  await service.app.get(Follower).catchUp();
}, 120_000);
afterAll(() => service?.close());

interface Item {
  id: string;
  value: string | null;
  met: boolean | null;
  parts: { key: string; value: string | null; suppressed: boolean }[];
}

const items = async (): Promise<Item[]> =>
  (await service.http.get('/v1/indicators').expect(200)).body.items as Item[];

it('the demonstration district has a figure for every indicator of the plan', async () => {
  const figures = (await items()).map(({ id, value, met }) => [id, value, met]);
  expect(figures).toEqual([
    ['training-per-student', '1.32', false],
    ['training-workload', '4.1', null],
    ['fte-students', '6380.5', null],
    ['secondary-onward', '61.76', true],
    ['skilled-workers', '63', false],
    ['skilled-share', '26.25', false],
    ['highly-skilled-share', '26.98', false],
    ['dual-qualified-teachers', '72.22', true],
    ['pathway-pass', '81.66', null],
    ['programme-match', '91.66', true],
    ['training-by-group', '75', null],
    ['training-by-kind', '130', null],
    ['learners-from-elsewhere', '15', null],
  ]);
});

it('tells the public no number of fewer than ten people', async () => {
  const parts = (await items()).flatMap((item) => item.parts);
  const small = parts.filter(({ value }) => value !== null && value !== '0' && Number(value) < 10);
  expect(small).toEqual([]);
  expect(parts.filter(({ suppressed }) => suppressed).length).toBeGreaterThan(5);
});

it('a check of the district finds what was followed', async () => {
  const database = service.app.get(Database);
  const report = await new Projection().check((work) => database.transaction(work));
  expect(report).toMatchObject({ accounts: 306, sound: true, faults: [] });
});
