import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../bench/city/api.js';
import { City } from '../../bench/city/city.js';
import { isEqual } from '../../bench/city/comparison.js';
import { type Furnished, furnish } from '../../bench/city/furnish.js';
import { Reports } from '../../bench/city/reports.js';
import { simulate } from '../../bench/city/simulate.js';
import { statementsOf } from '../../bench/city/statements.js';
import { Projection } from '../../src/indicators/index.js';
import { Database } from '../../src/platform/database/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { withClient } from '../support/database.js';

const PLAN = { learners: 300, seed: 7 };

let bank: TestApp;
let baseUrl: string;
let furnished: Furnished;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'creditbank-city-'));
  bank = await startTestApp({ edge: { ...edgeSettings({}), limits: null } });
  await bank.app.listen(0, '127.0.0.1');
  baseUrl = await bank.app.getUrl();
  furnished = await furnish(bank.app, new City(PLAN).district);
});
afterAll(async () => {
  await bank?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('says of a city what is true of it: every figure, refused row, balance and count of entries', async () => {
  const seen = await simulate(
    new City(PLAN),
    { baseUrl, databaseUrl: bank.config.databaseUrl, furnished },
    { folder, rowsAFile: 400, balances: 50, say: () => undefined },
  );
  expect(seen.lines.filter((line) => !isEqual(line))).toEqual([]);
  // Something of everything was there to be wrong about.
  expect(seen.lines.length).toBeGreaterThan(400);
  expect(seen.lines.filter(({ line }) => line === 'completion-conflict')).not.toEqual([]);
  expect(seen.outcomes).toBeGreaterThan(PLAN.learners * 9);
  const report = await new Projection().check((work) =>
    bank.app.get(Database).transaction((tx) => work(tx)),
  );
  expect(report).toMatchObject({ sound: true, faults: [] });
}, 120_000);

it('sees one person-time too many', async () => {
  const city = new City(PLAN);
  const { truth } = city.write({ folder, rowsAFile: 400 });
  const stated = statementsOf(city.district, truth.census);
  const reports = new Reports(new Api(baseUrl), furnished.authority);
  const wrong = async (): Promise<string[]> => {
    const { lines } = await reports.compare(truth, stated);
    return lines.filter((line) => !isEqual(line)).map(({ subject, line }) => `${subject} ${line}`);
  };
  expect(await wrong()).toEqual([]);
  await withClient(bank.config.databaseUrl, (client) =>
    client.query(
      `UPDATE indicator_tally SET count = count + 1 WHERE ctid = (SELECT min(ctid)
         FROM indicator_tally WHERE measure = 'training' AND day BETWEEN '2025-02-01' AND '2025-06-30')`,
    ),
  );
  const found = await wrong();
  expect(found).toContain('training-per-student 2025 part person-times');
  expect(found.every((line) => line.includes(' 2025 '))).toBe(true);
});
