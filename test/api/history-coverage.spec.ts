import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { Clock } from '../../src/platform/clock/index.js';
import { twoPeopleSettings } from '../../src/platform/config/index.js';
import { BatchesWorker } from '../../src/revocations/batches.worker.js';
import { postFor, somebody, staffOf } from '../people/support.js';
import { Authenticator } from '../support/authenticator.js';
import { OF_INSTITUTIONS } from '../support/changes/institutions.js';
import { OTHERS } from '../support/changes/others.js';
import { type Scenario, once } from '../support/changes/scenario.js';
import { OF_WORKLOAD } from '../support/changes/workload.js';
import { OF_SCHEMES } from '../support/changes/schemes.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { pathwayText, startPathway } from '../support/pathways.js';
import { type Browser, PASSWORD, person } from '../support/people.js';
import { confirm, propose } from '../support/proposals.js';
import { outcomeOf } from '../support/revocations.js';
import { routesOf } from '../support/routes.js';
import { type RuleDesk, publishByDraft, ruleDesk, ruleText } from '../support/rules.js';

/**
 * Every route that changes something is here or in `test/support/changes`: either it changes what people and systems may do or
 * what counts, and then a scenario shows that the history says who did it, when, before and after; or
 * it does not, and the reason stands beside it. A new route turns this red until it is in one of both.
 */

let world: ConversionWorld;
let desk: RuleDesk;
let clerk: Browser;
let overseer: Browser;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld({ twoPeople: twoPeopleSettings({ ALONE_CREDITS: '5' }) });
  desk = await ruleDesk(world);
  clerk = await signedIn('registrar', world.school.institution.id);
  overseer = await signedIn('authority', world.authority.institution.id);
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

async function signedIn(role: 'registrar' | 'issuer' | 'authority', institutionId: string) {
  return (await person(world, [role], { institutionId })).signIn();
}

const newClerk = (): Promise<Browser> => signedIn('registrar', world.school.institution.id);

async function webhook(): Promise<string> {
  const wanted = { url: `https://${randomUUID()}.example/hook`, types: ['import.finished'] };
  return (await world.school.post('/v1/webhooks', wanted).expect(201)).body.id as string;
}

const keysPath = (): string => `/v1/institutions/${world.school.institution.id}/keys`;

async function issuedKey(): Promise<string> {
  const wanted = { label: 'x', roles: ['registrar'], scopes: ['imports:read'] };
  return (await clerk.post(keysPath(), wanted).expect(201)).body.id as string;
}

async function oneTimeCode(browser: Browser): Promise<void> {
  const { body } = await browser.post('/v1/account/one-time-code').expect(200);
  const code = TOTP.generate({ secret: Secret.fromBase32(body.secret as string) });
  await browser.post('/v1/account/one-time-code/confirmation', { code }).expect(200);
}

async function passkey(browser: Browser): Promise<string> {
  const options = await browser.post('/v1/account/passkeys/options').expect(200);
  const credential = new Authenticator(world.config.publicUrl).create(options.body);
  const wanted = { label: 'x', credential };
  return (await browser.post('/v1/account/passkeys', wanted).expect(201)).body.id as string;
}

const text = (): string => ruleText(`HISTORY-${(serial += 1)}`);

async function draft(): Promise<{ path: string; hash: string }> {
  const { body } = await desk.author.post('/v1/rules/drafts', { document: text() }).expect(201);
  return { path: `/v1/rules/drafts/${body.id}`, hash: body.hash as string };
}

async function submitted(): Promise<{ path: string; hash: string }> {
  const made = await draft();
  await desk.author.post(`${made.path}/submission`).expect(200);
  return made;
}

/** A version, and what proposes its end. */
async function end(): Promise<{ path: string; body: object }> {
  const { rule, version } = await publishByDraft(desk, text());
  return {
    path: `/v1/rules/${encodeURIComponent(rule)}/versions/${version}/retirement`,
    body: { endsOn: world.app.get(Clock).today(), reason: 'r' },
  };
}

async function proposal(): Promise<{ id: string; digest: string; state: string }> {
  const learner = await world.learner();
  const asker = await signedIn('issuer', world.issuer.institution.id);
  return propose(asker, (await outcomeOf(learner, 'X-LOG-2')).id);
}

const ORDER = { institution: 'college', reason: 'r' };

/** What changes what people and systems may do, or what counts. */
const ADMINISTRATIVE: Readonly<Record<string, Scenario>> = {
  'POST /v1/webhooks': once(() => webhook()),
  'DELETE /v1/webhooks/{id}': async () => {
    const id = await webhook();
    return () => clerk.delete(`/v1/webhooks/${id}`).expect(204);
  },
  'POST /v1/webhooks/{id}/keys': async () => {
    const id = await webhook();
    return () => clerk.post(`/v1/webhooks/${id}/keys`).expect(201);
  },
  'POST /v1/webhooks/{id}/disable': async () => {
    const id = await webhook();
    return () => clerk.post(`/v1/webhooks/${id}/disable`).expect(200);
  },
  'POST /v1/webhooks/{id}/enable': async () => {
    const id = await webhook();
    return () => clerk.post(`/v1/webhooks/${id}/enable`).expect(200);
  },
  'PUT /v1/account/password': async () => {
    const browser = await newClerk();
    const wanted = { current: PASSWORD, next: 'seven small boats' };
    return () => browser.put('/v1/account/password', wanted).expect(204);
  },
  'POST /v1/account/one-time-code/confirmation': async () => {
    const browser = await newClerk();
    return () => oneTimeCode(browser);
  },
  'DELETE /v1/account/one-time-code': async () => {
    const browser = await newClerk();
    await oneTimeCode(browser);
    return () => browser.delete('/v1/account/one-time-code').expect(204);
  },
  'POST /v1/account/recovery-codes': async () => {
    const browser = await newClerk();
    await oneTimeCode(browser);
    return () => browser.post('/v1/account/recovery-codes').expect(200);
  },
  'POST /v1/account/passkeys': async () => {
    const browser = await newClerk();
    return () => passkey(browser);
  },
  'DELETE /v1/account/passkeys/{id}': async () => {
    const browser = await newClerk();
    const id = await passkey(browser);
    return () => browser.delete(`/v1/account/passkeys/${id}`).expect(204);
  },
  'POST /v1/institutions/{institution}/keys': once(() => issuedKey()),
  'POST /v1/institutions/{institution}/keys/{key}/rotation': async () => {
    const id = await issuedKey();
    return () => clerk.post(`${keysPath()}/${id}/rotation`, {}).expect(201);
  },
  'DELETE /v1/institutions/{institution}/keys/{key}': async () => {
    const id = await issuedKey();
    return () => clerk.delete(`${keysPath()}/${id}`).expect(204);
  },
  'POST /v1/account-claims': async () => {
    const learner = somebody('白露');
    await postFor(world.school, learner);
    const counter = await staffOf(world, world.school);
    const { body } = await counter.post('/v1/claim-codes', { learner }).expect(201);
    const wanted = { ...learner, code: body.code, signInName: 'bai.lu', password: PASSWORD };
    return () => world.http.post('/v1/account-claims').send(wanted).expect(201);
  },
  'PUT /v1/holidays/{year}': once(() => {
    const notice = { source: 's', daysOff: ['2029-10-01'], workingDays: [] };
    return overseer.put('/v1/holidays/2029', notice).expect(200);
  }),
  'POST /v1/indicators/inputs': once(() => {
    const input = { code: 'employed-population', on: '2026-06-30', value: '1', source: 's' };
    return overseer.post('/v1/indicators/inputs', input).expect(201);
  }),
  'POST /v1/conditions/inputs': once(() => {
    const input = { code: 'books', on: '2026-09-01', value: '1', source: 's' };
    return clerk.post('/v1/conditions/inputs', input).expect(201);
  }),
  'POST /v1/conditions/assignments': once(() => {
    const wanted = { institution: 'school', standard: 'secondary-general', from: '2026-01-01' };
    return overseer.post('/v1/conditions/assignments', wanted).expect(201);
  }),
  'POST /v1/reports': once(() => overseer.post('/v1/reports', { period: '2026' }).expect(201)),
  'POST /v1/reports/schedule': once(() => {
    const wanted = { days: ['01-15'], periodKind: 'year' };
    return overseer.post('/v1/reports/schedule', wanted).expect(201);
  }),
  'POST /v1/rules/drafts': once(() => draft()),
  'PUT /v1/rules/drafts/{id}': async () => {
    const document = text();
    const { body } = await desk.author.post('/v1/rules/drafts', { document }).expect(201);
    return () => desk.author.put(`/v1/rules/drafts/${body.id}`, { document }).expect(200);
  },
  'POST /v1/rules/drafts/{id}/submission': async () => {
    const { path } = await draft();
    return () => desk.author.post(`${path}/submission`).expect(200);
  },
  'POST /v1/rules/drafts/{id}/approval': async () => {
    const { path, hash } = await submitted();
    return () => desk.approver.post(`${path}/approval`, { hash }).expect(200);
  },
  'POST /v1/rules/drafts/{id}/rejection': async () => {
    const { path } = await submitted();
    return () => desk.approver.post(`${path}/rejection`, { reason: 'r' }).expect(200);
  },
  'POST /v1/rules/drafts/{id}/publication': async () => {
    const { path, hash } = await submitted();
    await desk.approver.post(`${path}/approval`, { hash }).expect(200);
    return () => desk.approver.post(`${path}/publication`, {}).expect(200);
  },
  'POST /v1/rules/{id}/versions/{version}/retirement': async () => {
    const { path, body } = await end();
    return () => desk.author.post(path, body).expect(202);
  },
  'POST /v1/rules/{id}/versions/{version}/retirement/approval': async () => {
    const { path, body } = await end();
    await desk.author.post(path, body).expect(202);
    return () => desk.approver.post(`${path}/approval`, {}).expect(200);
  },
  'POST /v1/rules/{id}/versions/{version}/retirement/rejection': async () => {
    const { path, body } = await end();
    await desk.author.post(path, body).expect(202);
    return () => desk.approver.post(`${path}/rejection`, { reason: 'r' }).expect(200);
  },
  'POST /v1/second-factor-resets': async () => {
    const operator = await (await person(world, ['operator'])).signIn();
    const lost = await person(world, ['registrar']);
    await oneTimeCode(await lost.signIn());
    const wanted = { signInName: lost.name, reason: 'r' };
    return () => operator.post('/v1/second-factor-resets', wanted).expect(202);
  },
  'POST /v1/revocations': once(() => overseer.post('/v1/revocations', ORDER).expect(202)),
  'POST /v1/revocations/{id}/cancellation': async () => {
    jest.spyOn(world.app.get(BatchesWorker), 'run').mockRejectedValue(new Error('not yet'));
    const { body } = await overseer.post('/v1/revocations', ORDER).expect(202);
    return () => overseer.post(`/v1/revocations/${body.id}/cancellation`).expect(200);
  },
  'POST /v1/proposals/{id}/confirmation': async () => {
    const made = await proposal();
    const other = await signedIn('issuer', world.issuer.institution.id);
    return () => confirm(other, made).expect(200);
  },
  'POST /v1/pathways': async () => {
    await startPathway(world, pathwayText(), world.college);
    const document = pathwayText(['version: 1', 'version: 2']);
    return () => overseer.post('/v1/pathways', { document, reason: 'r' }).expect(202);
  },
  'POST /v1/proposals/{id}/refusal': async () => {
    const { id } = await proposal();
    const other = await signedIn('issuer', world.issuer.institution.id);
    return () => other.post(`/v1/proposals/${id}/refusal`, { reason: 'r' }).expect(200);
  },
  'POST /v1/learners/{id}/erasure': async () => {
    const learner = await world.learner();
    return () => learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
  },
  'DELETE /v1/learners/{id}/erasure': async () => {
    const learner = await world.learner();
    const path = `/v1/learners/${learner.id}/erasure`;
    await overseer.post(path, { ground: 'request' }).expect(202);
    return () => overseer.delete(path).expect(200);
  },
  ...OF_INSTITUTIONS,
  ...OF_WORKLOAD,
  ...OF_SCHEMES,
};

/** Only a demonstration has it: `test/api/demonstration.spec.ts` looks at its history. */
const ELSEWHERE = ['POST /v1/demonstration/accounts'];

interface Event {
  actor: string;
  actorName: string;
  action: string;
  before: object | null;
  after: object | null;
  recordedAt: Date;
}

const eventsAfter = (id: string): Promise<(Event & { id: string })[]> =>
  world.database.read((tx) =>
    tx.query(
      `SELECT id, actor, actor_name AS "actorName", action, before, after,
              recorded_at AS "recordedAt"
         FROM administrative_event WHERE id > $1 ORDER BY id`,
      [id],
    ),
  );

async function newest(): Promise<string> {
  const rows = await world.database.read((tx) =>
    tx.query<{ id: string }[]>('SELECT id FROM administrative_event ORDER BY id DESC LIMIT 1'),
  );
  return rows[0]?.id ?? '00000000-0000-0000-0000-000000000000';
}

it('knows every route that changes something', () => {
  const changing = routesOf(world.app)
    .map(({ operation }) => operation)
    .filter((operation) => /^(POST|PUT|PATCH|DELETE|ALL) /.test(operation));
  const known = [...Object.keys(OTHERS), ...Object.keys(ADMINISTRATIVE), ...ELSEWHERE];
  expect(changing.filter((operation) => !known.includes(operation))).toEqual([]);
  expect(known.filter((operation) => !changing.includes(operation))).toEqual([]);
});

describe('an administrative change is recorded with actor, time, before and after:', () => {
  it.each(Object.keys(ADMINISTRATIVE))('%s', async (operation) => {
    const change = await (ADMINISTRATIVE[operation] as Scenario)(world);
    const last = await newest();
    const startedAt = Date.now() - 1_000;
    await change();
    const events = await eventsAfter(last);
    expect(events.length).toBeGreaterThan(0);
    for (const { actor, actorName, before, after, recordedAt } of events) {
      expect([actor, actorName].every((part) => part.length > 0)).toBe(true);
      expect(before ?? after).not.toBeNull();
      expect(recordedAt.getTime()).toBeGreaterThan(startedAt);
    }
  });
});

it('settings and encryption keys are recorded by the start that found others', async () => {
  const seen = async (kind: string) =>
    (await overseer.get(`/v1/administrative-events?kind=${kind}&limit=100`).expect(200)).body.items;
  expect(await seen('settings')).toMatchObject([
    {
      subjectId: 'bank',
      action: 'first-seen',
      actor: 'service',
      before: null,
      after: { appealDays: 30, twoPeople: { aloneMillicredits: '5000' } },
    },
  ]);
  expect(await seen('encryption-key')).toHaveLength(2);
  expect(JSON.stringify(await seen('encryption-key'))).not.toContain(
    world.config.masterKey.toString('hex'),
  );
});

it('what a learner is called does not stay in a table that outlives people', async () => {
  const learner = await world.learner();
  const last = await newest();
  await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
  expect(await eventsAfter(last)).toMatchObject([{ action: 'requested', actorName: 'learner' }]);
});
