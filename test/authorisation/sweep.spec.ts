import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Follower } from '../../src/indicators/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { type Role, ROLES } from '../../src/platform/auth/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { TENANT_ROLE, WALLS } from '../../src/platform/database/index.js';
import { describeApi } from '../../src/platform/http/openapi.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import {
  ABSENT,
  type Operation,
  type Schema,
  exampleOf,
  fill,
  operationsOf,
  title,
} from '../support/operations.js';
import { person } from '../support/people.js';
import { type Route, routesOf } from '../support/routes.js';
import { residentId } from '../support/world.js';
import { type Estate, MARKS, buildEstate } from './estate.js';
import { takeAway } from './sabotage.js';

/**
 * Every operation of the API as everybody, at things of others: what is not yours answers like what
 * is not there, tells nothing, and stays as it was. Who has no role for it is refused first.
 */

interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly body: string;
}

/** Roles whose work is with everybody: nothing is foreign to them. */
const OVERSEERS: readonly (Role | null)[] = ['authority', 'operator'];
/** Paths that name what everybody may see, or something by a secret that is the right itself. */
const OPEN =
  /^\/(health|problems|verify|institutions\/\{code\}|v1\/(log|verifications\/looks|status-lists|catalogue|programmes|admission-schemes|agreements(\/\{id\})?$|pathways(\/\{id\})?$|institutions\/\{id\}(\/rights|\/suspension)?$|institution-requests|holidays|indicators|conditions\/standards|reports|encryption-keys|rules\/\{id\}))/;
/** They end the session that asks. */
const ENDS_ITSELF = /^(DELETE|POST|PUT) \/v1\/(session|sessions|account)(\/[a-z-]+)*$/;

let world: ConversionWorld;
let estate: Estate;
let api: OpenAPIObject;
let generated: OpenAPIObject;
let operations: Operation[];
let described: Map<string, Operation>;
let routes: Map<string, Route>;
let askers: Asker[];
let probes = 0;
/** What is refused for the shape of its example: nobody asked whose it is. */
const misshapen = new Set<string>();

beforeAll(async () => {
  const unlimited = { ...edgeSettings({}), limits: null };
  world = await startConversionWorld({ edge: unlimited });
  estate = await buildEstate(world);
  // It follows the books in its own time, and nothing is to change while strangers ask.
  await world.app.get(Follower).catchUp();
  generated = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8'));
  described = new Map(operationsOf(generated).map((one) => [title(one), one]));
  api = describeApi(world.app);
  operations = operationsOf(api).map(withDescribedBody);
  routes = new Map(routesOf(world.app).map((route) => [route.operation, route]));
  askers = await everybody();
  // `npm run test:teeth` runs all of this without a guard, and expects it to fail.
  takeAway(process.env['WITHOUT_GUARD'], world.app);
}, 180_000);
afterAll(() => world?.close());

/**
 * The body as the generated description has it, with its examples: nearly every body is refused for
 * its shape otherwise, before anybody asks whose the thing is. A route that was not yet generated
 * keeps the body that the decorators alone tell of.
 */
function withDescribedBody(operation: Operation): Operation {
  const known = described.get(title(operation));
  return known ? { ...operation, body: known.body } : operation;
}

/** Each role with a key and with a session at another institution, another learner, and nobody. */
async function everybody(): Promise<Asker[]> {
  const { id: institutionId } = world.otherCollege.institution;
  const list: Asker[] = [{ name: 'nobody', role: null, headers: {} }];
  for (const role of ROLES.filter((one) => one !== 'learner')) {
    const key = await keyOf(institutionId, role);
    list.push({ name: `${role} by key`, role, headers: { authorization: `Bearer ${key}` } });
    const { cookie } = await (await person(world, [role], { institutionId })).signIn();
    list.push({ name: role, role, headers: { cookie, 'sec-fetch-site': 'same-origin' } });
  }
  const learnerId = await anotherLearner();
  const { cookie } = await (await person(world, ['learner'], { learnerId })).signIn();
  list.push({
    name: 'another learner',
    role: 'learner',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  });
  return list;
}

/** Somebody whom only the issuer knows. */
async function anotherLearner(): Promise<string> {
  const posted = await world.issuer
    .post('/v1/completions', {
      externalId: 'other-1',
      learner: { name: '李四', document: { kind: 'resident-id', number: residentId(778) } },
      outcome: 'X-LOG-2',
      completedOn: '2026-06-30',
    })
    .expect(201);
  return posted.body.outcome.learnerId as string;
}

/** Those who may see the estate: its owners by key, and whoever oversees, by session. */
async function owners(): Promise<Asker[]> {
  const keys = [world.school, world.college, world.issuer, world.authority];
  return [
    ...keys.map(({ institution, key }): Asker => {
      return { name: institution.code, role: null, headers: { authorization: `Bearer ${key}` } };
    }),
    ...askers.filter(({ name, role }) => OVERSEERS.includes(role) && name === role),
  ];
}

/** How many reads of the learner's data are written down. */
async function linesOf(): Promise<number> {
  const sql = 'SELECT count(*)::int AS n FROM access_log WHERE learner_id = $1';
  return withClient(world.config.databaseUrl, async (client) => {
    const { rows } = await client.query(sql, [estate.learnerId]);
    return (rows[0] as { n: number }).n;
  });
}

async function keyOf(institutionId: string, role: Role): Promise<string> {
  const { key } = await world.database.transaction((tx) =>
    world.app.get(Institutions).issueKey(tx, { institutionId, roles: [role], label: role }),
  );
  return key;
}

async function ask(
  asker: Asker,
  operation: Operation,
  parts: object,
  learner: string,
): Promise<Answer> {
  probes += 1;
  const payload = operation.body && about(bodyOf(operation, operation.body), learner);
  const answer = await world.app.inject({
    method: operation.method as 'GET',
    url: fill(operation.path, parts as Record<string, string>),
    headers: { ...asker.headers, 'idempotency-key': randomUUID() },
    ...(payload !== null && { payload: payload as object }),
  });
  const isMisshapen = answer.statusCode === 400 && payload !== null;
  if (isMisshapen && described.has(title(operation))) misshapen.add(title(operation));
  return { status: answer.statusCode, code: codeOf(answer.body), body: answer.body };
}

function bodyOf(operation: Operation, body: Schema): unknown {
  return exampleOf(described.has(title(operation)) ? generated : api, body);
}

/** A body with another learner in it wherever it names one. */
function about(value: unknown, learner: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => about(member, learner));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isLearner = /^learner(Id)?$/.test(name) && typeof member === 'string';
      return [name, isLearner ? learner : about(member, learner)];
    }),
  );
}

function codeOf(body: string): string | null {
  try {
    return (JSON.parse(body) as { code?: string }).code ?? null;
  } catch {
    return null;
  }
}

function routeOf(operation: Operation): Route {
  const route = routes.get(title(operation));
  if (!route) throw new Error(`no route for ${title(operation)}`);
  return route;
}

const mayNot = ({ access }: Route, { role }: Asker): boolean =>
  !access.isPublic && (role === null || !access.roles?.includes(role));

/** What the owners of the estate see of it, down to the last byte. */
async function fingerprint(): Promise<Record<string, string>> {
  const owners = [world.school, world.college].map(({ institution }) => [institution.id, '']);
  const seen: Record<string, string> = {};
  await withClient(world.config.databaseUrl, async (client) => {
    await client.query(`SET ROLE ${TENANT_ROLE}`);
    for (const [institution, learner] of [...owners, ['', estate.learnerId]]) {
      await client.query(
        `SELECT set_config('creditbank.institution', $1, false),
                set_config('creditbank.learner', $2, false)`,
        [institution, learner],
      );
      // Who asks in vain leaves a line there, and is meant to.
      for (const table of Object.keys(WALLS).filter((name) => name !== 'access_log')) {
        const { rows } = await client.query(
          `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM ${table} t`,
        );
        seen[`${table} of ${institution || learner}`] = (rows[0] as { sum: string }).sum;
      }
    }
  });
  return seen;
}

it('knows what every path names', () => {
  const unknown = operations
    .map(({ path }) => path)
    .filter((path) => path.includes('{') && !OPEN.test(path) && !estate.partsOf(path));
  expect(unknown).toEqual([]);
});

/** Sends everything as everybody, and answers what went wrong. */
async function sweep(paths = /./): Promise<object[]> {
  const wrong: object[] = [];
  for (const operation of operations) {
    if (ENDS_ITSELF.test(title(operation)) || !paths.test(operation.path)) continue;
    for (const asker of askers) {
      const seen = await probe(asker, operation);
      if (seen.faults.length > 0)
        wrong.push({ what: title(operation), asker: asker.name, ...seen });
    }
  }
  return wrong;
}

async function probe(
  asker: Asker,
  operation: Operation,
): Promise<{ faults: string[]; foreign?: Answer; missing?: Answer }> {
  const route = routeOf(operation);
  const isRefused = mayNot(route, asker);
  if (OVERSEERS.includes(asker.role) && !isRefused) return { faults: [] };
  const own = estate.partsOf(operation.path);
  const foreign = await ask(asker, operation, own ?? {}, estate.learnerId);
  const missing = await ask(asker, operation, {}, ABSENT);
  const isToldApart = foreign.status !== missing.status || foreign.code !== missing.code;
  const faults = [
    foreign.status >= 500 && 'a failure of ours',
    isRefused && ![401, 403].includes(foreign.status) && 'a right that nobody gave',
    own && isToldApart && 'told apart from what is not there',
    Object.values(MARKS).some((mark) => foreign.body.includes(mark)) && 'a leak',
  ].filter((fault) => typeof fault === 'string');
  return { faults, foreign, missing };
}

it('leaks nothing, changes nothing, and answers to strangers as if nothing were there', async () => {
  const before = await fingerprint();
  expect(await sweep()).toEqual([]);
  expect(await fingerprint()).toEqual(before);
  console.log(`${probes} probes of ${operations.length} operations as ${askers.length} askers`);
  expect([...misshapen]).toEqual([]);
  expect(probes).toBeGreaterThanOrEqual(2_000);
}, 300_000);

/** Reads that show a person's data and leave no line, by what they are. */
async function unwritten(): Promise<string[]> {
  const silent: string[] = [];
  for (const operation of operations.filter(({ method }) => method === 'GET')) {
    const parts = estate.partsOf(operation.path) ?? {};
    for (const owner of await owners()) {
      const before = await linesOf();
      const { status, body } = await ask(owner, operation, parts, estate.learnerId);
      const isShown = status === 200 && estate.isShownIn(body);
      if (isShown && (await linesOf()) === before) {
        silent.push(`${title(operation)} to ${owner.name}`);
      }
    }
  }
  return silent;
}

it('shows nothing of a person to those who may see it without a line that the person can read', async () => {
  expect(await unwritten()).toEqual([]);
}, 300_000);

describe('turns red', () => {
  afterEach(() => jest.restoreAllMocks());

  it('without the comparison of roles', async () => {
    takeAway('roles', world.app);
    expect((await sweep(/^\/v1\/(tasks|revocations)/)).length).toBeGreaterThan(10);
  });

  it('without the question whose application it is', async () => {
    takeAway('owner', world.app);
    expect((await sweep(/^\/v1\/applications\/\{id\}/)).length).toBeGreaterThan(0);
  });

  it('without the question whose institution it is', async () => {
    takeAway('institution', world.app);
    expect((await sweep(/^\/v1\/institutions\/\{institution\}/)).length).toBeGreaterThan(0);
  });
});
