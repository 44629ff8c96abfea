import { createPublicKey, verify } from 'node:crypto';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { edgeSettings } from '../../src/platform/config/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { type Caller, type World, completion, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

interface Message {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const received: Message[] = [];
/** What the school's server answers, by path; 204 when nothing is said. */
const answers = new Map<string, number>();
let receiver: Server;
let base: string;
let world: World;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(pieces).toString() });
      response.writeHead(answers.get(path) ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  world = await startWorld({ edge: edgeSettings({ WEBHOOK_NETWORKS: '127.0.0.1/32' }) });
});
afterAll(async () => {
  await world?.close();
  receiver?.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function register(caller: Caller, path: string, types: readonly string[]) {
  const answer = await caller.post('/v1/webhooks', { url: base + path, types }).expect(201);
  return answer.body as { id: string; keys: { publicKey: string }[] };
}

async function messagesAt(path: string, count: number): Promise<Message[]> {
  return until(`${path} gets ${count} messages`, () => {
    const found = received.filter((message) => message.path === path);
    return found.length >= count && found;
  });
}

interface DeliveryBody {
  id: string;
  messageId: string;
  state: string;
  attempts: number;
  nextAt: string | null;
  log: { status: number | null; fault: string | null }[];
}

/** Waits until the newest delivery has been tried so often. */
async function tried(caller: Caller, id: string, attempts: number): Promise<DeliveryBody> {
  return until(`it is tried ${attempts} times`, async () => {
    const { body } = await caller.get(`/v1/webhooks/${id}/deliveries?limit=1`).expect(200);
    const [newest] = body.items as DeliveryBody[];
    if (!newest || newest.attempts < attempts) return null;
    const detail = await caller.get(`/v1/webhooks/${id}/deliveries/${newest.id}`).expect(200);
    return detail.body as DeliveryBody;
  });
}

function isSigned({ headers, body }: Message, publicKey: string): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => verify(null, Buffer.from(content), key, Buffer.from(one.slice(4), 'base64')));
}

describe('a webhook', () => {
  it('is told of a posted outcome: signed, within seconds, without a person in it', async () => {
    const { keys } = await register(world.school, '/posted', ['outcome.posted']);
    const { body } = await world.school.post('/v1/completions', completion(1)).expect(201);
    const [message] = await messagesAt('/posted', 1);
    expect(isSigned(message!, keys[0]!.publicKey)).toBe(true);
    expect(message!.headers['webhook-id']).toMatch(/^evt_[0-9a-f-]{36}$/);
    const age = Date.now() / 1000 - Number(message!.headers['webhook-timestamp']);
    expect(Math.abs(age)).toBeLessThan(300);
    const said = JSON.parse(message!.body);
    expect(said).toMatchObject({
      type: 'outcome.posted',
      data: { outcome: body.outcome.id, definition: 'LOG-BASE' },
    });
    expect(Object.keys(said.data)).toEqual(['outcome', 'definition']);
    expect(message!.body).not.toMatch(/王小明|\d{17}/);
  });

  it('is told of nothing else, and nobody else is told', async () => {
    await register(world.otherSchool, '/other', ['outcome.posted']);
    await register(world.school, '/imports-only', ['import.finished']);
    await world.school.post('/v1/completions', completion(2)).expect(201);
    // Sent again it happens no second time.
    await world.school.post('/v1/completions', completion(2)).expect(200);
    await messagesAt('/posted', 2);
    await sleep(300);
    expect(received.filter(({ path }) => path === '/posted')).toHaveLength(2);
    expect(received.filter(({ path }) => path === '/other')).toHaveLength(0);
    expect(received.filter(({ path }) => path === '/imports-only')).toHaveLength(0);
  });

  it('hears of a file when it is checked and when it is booked, and of a revocation', async () => {
    const importer = new Importer(world, world.school);
    await register(world.school, '/revoked', ['outcome.revoked']);
    const { id } = await importer.check(templateSheet(templateRow(801), templateRow(802)));
    await importer.commit(id);
    const messages = await messagesAt('/imports-only', 2);
    const said = messages.map(({ body }) => JSON.parse(body).data);
    expect(said).toEqual(
      expect.arrayContaining([
        { import: id, state: 'checked', rows: 2, faults: 0 },
        { import: id, state: 'committed', rows: 2, faults: 0 },
      ]),
    );
    const posted = await world.school.post('/v1/completions', completion(3)).expect(201);
    const outcome = posted.body.outcome.id as string;
    await world.school
      .post(`/v1/outcomes/${outcome}/revocation`, { reason: '录入有误 / entered by mistake' })
      .expect(200);
    const [message] = await messagesAt('/revoked', 1);
    expect(JSON.parse(message!.body).data).toEqual({ outcome, definition: 'LOG-BASE' });
    expect(message!.body).not.toContain('mistake');
  });

  it('that fails is tried again under the same id, and replayed by hand', async () => {
    answers.set('/failing', 500);
    const { id } = await register(world.school, '/failing', ['outcome.posted']);
    await world.school.post(`/v1/webhooks/${id}/test`).expect(202);
    const first = await tried(world.school, id, 1);
    expect(first).toMatchObject({ state: 'waiting', log: [{ status: 500, fault: null }] });
    expect(Date.parse(first.nextAt!) - Date.now()).toBeLessThan(5_500);
    const failing = await world.school.get(`/v1/webhooks/${id}`).expect(200);
    expect(failing.body.state).toBe('failing');
    answers.delete('/failing');
    const second = await tried(world.school, id, 2);
    expect(second).toMatchObject({ state: 'delivered', messageId: first.messageId, nextAt: null });
    expect((await world.school.get(`/v1/webhooks/${id}`)).body.state).toBe('active');
    await world.school.post(`/v1/webhooks/${id}/deliveries/${second.id}/replay`).expect(202);
    const messages = await messagesAt('/failing', 3);
    expect(new Set(messages.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([first.messageId]),
    );
  });

  it('that answers 410 or fails for three days is disabled, with an entry in the history', async () => {
    answers.set('/gone', 410);
    const { id } = await register(world.school, '/gone', ['outcome.posted']);
    await world.school.post(`/v1/webhooks/${id}/test`).expect(202);
    expect(await tried(world.school, id, 1)).toMatchObject({ state: 'stopped' });
    const { body } = await world.school.get(`/v1/webhooks/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    const refused = await world.school.post(`/v1/webhooks/${id}/test`).expect(409);
    expect(refused.body.code).toBe('webhook-disabled');
    answers.delete('/gone');
    await world.school.post(`/v1/webhooks/${id}/enable`).expect(200);

    answers.set('/gone', 302);
    await world.school.post(`/v1/webhooks/${id}/test`).expect(202);
    await tried(world.school, id, 1);
    const clock = world.app.get(Clock);
    const now = jest.spyOn(clock, 'now');
    now.mockImplementation(() => new Date(Date.now() + 73 * 3_600_000));
    try {
      const last = await tried(world.school, id, 2);
      expect(last.state).toBe('stopped');
    } finally {
      now.mockRestore();
    }
    const disabled = await world.school.get(`/v1/webhooks/${id}`).expect(200);
    expect(disabled.body).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    const history = await world.authority
      .get(`/v1/administrative-events?subject=${id}`)
      .expect(200);
    const actions = (history.body.items as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(['disabled', 'enabled', 'disabled', 'created']);
  });

  it('signs with both keys for a day after a rotation', async () => {
    const { id, keys } = await register(world.school, '/rotated', ['outcome.posted']);
    const { body } = await world.school.post(`/v1/webhooks/${id}/keys`).expect(201);
    expect(body.keys).toHaveLength(2);
    await world.school.post(`/v1/webhooks/${id}/test`).expect(202);
    const [message] = await messagesAt('/rotated', 1);
    expect(isSigned(message!, body.keys[0].publicKey)).toBe(true);
    expect(isSigned(message!, keys[0]!.publicKey)).toBe(true);
    expect(body.keys[0].publicKey).not.toBe(keys[0]!.publicKey);
    expect(JSON.stringify(body)).not.toMatch(/private|sealed|secret/);
  });

  it('belongs to its institution: to others it does not exist', async () => {
    const { id } = await register(world.school, '/mine', ['outcome.posted']);
    const test = await world.school.post(`/v1/webhooks/${id}/test`).expect(202);
    const delivery = test.body.id as string;
    for (const path of ['', '/deliveries', `/deliveries/${delivery}`]) {
      await world.otherSchool.get(`/v1/webhooks/${id}${path}`).expect(404);
    }
    for (const path of ['keys', 'test', 'enable', 'disable', `deliveries/${delivery}/replay`]) {
      await world.otherSchool.post(`/v1/webhooks/${id}/${path}`).expect(404);
    }
    const own = await register(world.otherSchool, '/own', ['outcome.posted']);
    await world.otherSchool.get(`/v1/webhooks/${own.id}/deliveries/${delivery}`).expect(404);
    const list = await world.otherSchool.get('/v1/webhooks').expect(200);
    expect((list.body.items as { id: string }[]).some((one) => one.id === id)).toBe(false);
    await world.http.get('/v1/webhooks').expect(401);
  });

  it.each([
    ['http://school.example.org/hook', ['outcome.posted'], '/url'],
    ['https://127.0.0.2/hook', ['outcome.posted'], '/url'],
    ['https://2130706434/hook', ['outcome.posted'], '/url'],
    ['https://localhost/hook', ['outcome.posted'], '/url'],
    ['https://school.example.org:22/hook', ['outcome.posted'], '/url'],
    ['nonsense', ['outcome.posted'], '/url'],
    ['https://school.example.org/hook', [], '/types'],
    ['https://school.example.org/hook', ['everything'], '/types'],
    ['https://school.example.org/hook', 'outcome.posted', '/types'],
  ])('is refused at %s for %j', async (url, types, pointer) => {
    const { body } = await world.school.post('/v1/webhooks', { url, types }).expect(400);
    expect(body).toMatchObject({ code: 'invalid-fields', errors: [{ pointer }] });
  });
});
