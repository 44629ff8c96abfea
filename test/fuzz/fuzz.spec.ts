import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ROLES } from '../../src/platform/auth/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { BASE_TO_C1, startConversionWorld } from '../support/conversions.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { completion } from '../support/world.js';
import { type Description, type Malformed, malformedRequests } from './requests.js';
import { Sender } from './sender.js';

/** `npm run fuzz` sends 100,000; every run of the tests sends these. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_126);
const BATCH = 500;
const AT_ONCE = 8;

type World = Awaited<ReturnType<typeof startConversionWorld>>;
let world: World;
let sender: Sender;
let ids: string[];

beforeAll(async () => {
  const edge = edgeSettings({ REQUEST_LIMITS: 'false' });
  world = await startConversionWorld({ edge });
  await world.app.listen(0, '127.0.0.1');
  const { port } = world.app.getHttpServer().address() as { port: number };
  ids = await furnish();
  const staff = await world.caller('staff', 'authority', ['rule-author', 'approver', 'operator']);
  // May do all that anybody may: what it sends comes through every check of a role.
  const anybody = await world.caller('anybody', 'school', [...ROLES]);
  const keys = [world.school, world.issuer, world.college, world.authority, staff].concat(
    anybody,
    anybody,
    anybody,
  );
  const credentials = keys.map(({ key }) => ({ authorization: `Bearer ${key}` }));
  sender = new Sender(port, [...credentials, {}, { authorization: 'Bearer nonsense' }]);
}, 300_000);
afterAll(async () => {
  sender?.close();
  await world?.close();
});

/** Things that exist, so that a malformed request comes further than "not found". */
async function furnish(): Promise<string[]> {
  const programme = await world.publish({ rules: [BASE_TO_C1] });
  const learner = await world.learner();
  const posted = await world.school.post('/v1/completions', completion(901)).expect(201);
  const applied = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
  const application = applied.body.id as string;
  await world.settled(learner, application);
  const shared = await learner.post('/v1/shares', { purpose: 'fuzz', days: 3 }).expect(201);
  const file = await new Importer(world, world.school).check(templateSheet(templateRow(902)));
  const hook = await world.school
    .post('/v1/webhooks', { url: 'https://school.example.org/', types: ['outcome.posted'] })
    .expect(201);
  const { outcome, entry } = posted.body as { outcome: { id: string }; entry: { id: string } };
  const { institution } = world.school;
  return [
    learner.id,
    outcome.id,
    entry.id,
    application,
    programme,
    `college/${programme}`.toLowerCase(),
  ]
    .concat([file.id, hook.body.id, shared.body.code, shared.body.id, institution.id])
    .concat([institution.code, 'LOG-BASE', '1', '0']);
}

it(`answers ${REQUESTS} malformed requests without a failure of its own`, async () => {
  const path = join(import.meta.dirname ?? __dirname, '../../docs/openapi.json');
  const description = JSON.parse(readFileSync(path, 'utf8')) as Description;
  const requests = malformedRequests(description, { ids, callers: 10 });
  const statuses = new Map<number, number>();
  const routes = new Set<string>();
  const findings = new Map<string, string>();

  const one = async (malformed: Malformed): Promise<void> => {
    const describe = (): string =>
      `${malformed.method} ${malformed.path.slice(0, 300)} ${JSON.stringify(malformed.headers)} ` +
      `caller ${malformed.caller} ${malformed.body?.subarray(0, 600).toString() ?? ''}`;
    try {
      const { status, text } = await sender.send(malformed);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      routes.add(malformed.route);
      if (status >= 500) findings.set(`${malformed.route} ${status}`, `${describe()}\n→ ${text}`);
    } catch (error) {
      findings.set(`${malformed.route} hang`, `${describe()}\n→ ${(error as Error).message}`);
    }
  };

  for (let done = 0; done < REQUESTS; done += BATCH) {
    const size = Math.min(BATCH, REQUESTS - done);
    const batch = fc.sample(requests, { numRuns: size, seed: SEED + done });
    const lane = async (): Promise<void> => {
      for (let next = batch.pop(); next; next = batch.pop()) await one(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  const counted = Object.fromEntries([...statuses].sort(([a], [b]) => a - b));
  const summary = { requests: REQUESTS, seed: SEED, routes: routes.size, statuses: counted };
  process.stdout.write(`fuzz ${JSON.stringify(summary)}\n`);
  for (const [what, how] of findings) process.stdout.write(`${what}\n${how}\n\n`);
  expect([...findings.keys()]).toEqual([]);
  await world.http.get('/health/ready').expect(200);
  // What only bounced off the first check would prove little.
  expect(routes.size).toBeGreaterThan(50);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(REQUESTS * 0.1);
  expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0)).toBeGreaterThan(REQUESTS * 0.02);
}, 3_600_000);
