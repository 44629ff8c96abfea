import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type supertest from 'supertest';
import { type PartialDate, millicredits } from '#libs/credit';
import type { Command } from '#libs/double-entry';
import { Catalogue } from '../../src/catalogue/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { Completions } from '../../src/outcomes/index.js';
import { untilIdle } from '../support/queue.js';
import { tableCounts } from '../support/table-counts.js';
import { OUTCOMES, type World, completion, residentId, startWorld } from '../support/world.js';

let world: World;

beforeAll(async () => {
  world = await startWorld();
  const [base] = OUTCOMES;
  await world.database.transaction((tx) =>
    world.app.get(Catalogue).create(tx, [
      { ...base!, code: 'CLOSED', openFrom: '2024-09-01', openTo: '2025-06-30' },
      { ...base!, code: 'LARGE', credits: null },
    ]),
  );
  // The work of the day, asked for at the start, may ask for more work.
  await untilIdle(world.database);
});
afterAll(() => world?.close());

/** Refused by name, with advice, at the right place, and with no row more than before. */
async function expectRefused(
  send: () => PromiseLike<supertest.Response>,
  expected: { status: number; pointer?: string; code: string },
): Promise<supertest.Response> {
  const before = await tableCounts(world.database);
  const answer = await send();
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status: expected.status,
    body: { title: expect.stringMatching(/./), detail: expect.stringMatching(/./) },
  });
  const { pointer, code } = expected;
  if (pointer === undefined) expect(answer.body.code).toBe(code);
  else expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect(await tableCounts(world.database)).toEqual(before);
  return answer;
}

const post = (over: object) => () => world.school.post('/v1/completions', completion(1, over));

describe('amounts', () => {
  const LARGE = { outcome: 'LARGE' };
  it.each([
    ['zero', '0', 400, 'amount-out-of-range'],
    ['zero with decimals', '0.000', 400, 'amount-out-of-range'],
    ['below zero', '-4', 400, 'value-negative'],
    ['just beyond 10,000', '10000.001', 400, 'amount-out-of-range'],
    ['nine digits', '999999999', 400, 'amount-out-of-range'],
    ['finer than a thousandth', '0.0001', 400, 'value-too-precise'],
    ['nine decimals', '1.000000001', 400, 'value-too-precise'],
    ['in scientific notation', '1e3', 400, 'value-malformed'],
    ['with a comma', '1,5', 400, 'value-malformed'],
    ['in full-width digits', '４', 400, 'value-malformed'],
    ['a number instead of a text', 4.5, 400, 'value-malformed'],
    ['longer than any number', '1'.repeat(10_000), 400, 'value-malformed'],
  ])('of credit: %s', async (_, credits, status, code) => {
    await expectRefused(post({ ...LARGE, credits }), { status, pointer: '/credits', code });
  });

  it('takes the smallest and the largest', async () => {
    for (const [externalId, credits] of [
      ['small', '0.001'],
      ['large', '10000'],
    ]) {
      const over = { ...LARGE, externalId, credits };
      await world.school.post('/v1/completions', completion(2, over)).expect(201);
    }
  });

  it.each([
    ['25 hours of one day', '2026-06-30', '2026-06-30', '25', 'hours-beyond-days'],
    ['a minute more than two days', '2026-06-29', '2026-06-30', '48.05', 'hours-beyond-days'],
    ['745 hours of a month of 31 days', '2026-05-01', '2026-05', '745', 'hours-beyond-days'],
    ['more than any outcome takes', undefined, '2026-06-30', '10001', 'value-out-of-range'],
    ['no whole minutes', undefined, '2026-06-30', '0.0001', 'hours-not-whole-minutes'],
    ['below zero', undefined, '2026-06-30', '-1', 'value-malformed'],
  ])('of hours: %s', async (_, startedOn, completedOn, hours, code) => {
    await expectRefused(post({ startedOn, completedOn, hours }), {
      status: code === 'hours-beyond-days' ? 422 : 400,
      pointer: '/hours',
      code,
    });
  });

  it('takes as many hours as the days have, and keeps the first day', async () => {
    const over = { externalId: 'full-day', startedOn: '2026-06-30', hours: '24' };
    const { body } = await world.school.post('/v1/completions', completion(3, over)).expect(201);
    expect(body.outcome).toMatchObject({ startedOn: '2026-06-30', hours: '24' });
    await world.school.post('/v1/completions', completion(3, over)).expect(200);
    const later = { ...over, startedOn: '2026-06-29' };
    const conflict = await world.school.post('/v1/completions', completion(3, later)).expect(409);
    expect(conflict.body.differences).toEqual(['startedOn']);
  });
});

describe('dates', () => {
  it.each([
    ['a first day after the last', { startedOn: '2026-07-01' }, 422, '/startedOn'],
    ['a first day that does not exist', { startedOn: '2026-02-30' }, 400, '/startedOn'],
    ['a first day without a day', { startedOn: '2026-06' }, 400, '/startedOn'],
  ])('%s', async (_, over, status, pointer) => {
    const code = status === 422 ? 'started-after-completed' : 'value-malformed';
    await expectRefused(post(over), { status, pointer, code });
  });

  it.each([
    ['after the period was closed', '2025-07-01'],
    ['before it was open', '2024-08-31'],
    ['in a month that no day of was open', '2025-07'],
  ])('an outcome of a closed period: %s', async (_, completedOn) => {
    await expectRefused(post({ outcome: 'CLOSED', completedOn }), {
      status: 422,
      pointer: '/outcome',
      code: 'outcome-closed',
    });
  });
});

describe('texts', () => {
  const LONG = 'x'.repeat(10_000);
  const FIELDS: [string, (text: string) => object][] = [
    ['/externalId', (externalId) => ({ externalId })],
    ['/outcome', (outcome) => ({ outcome })],
    ['/completedOn', (completedOn) => ({ completedOn })],
    ['/startedOn', (startedOn) => ({ startedOn })],
    ['/grade', (grade) => ({ grade })],
    ['/level', (level) => ({ level })],
    ['/hours', (hours) => ({ hours })],
    ['/credits', (credits) => ({ credits })],
    ['/attendancePercent', (attendancePercent) => ({ attendancePercent })],
    ['/note', (note) => ({ note })],
    ['/learner/name', (name) => ({ learner: { ...learnerOf(1), name } })],
    [
      '/learner/document/number',
      (number) => ({ learner: { ...learnerOf(1), document: { kind: 'resident-id', number } } }),
    ],
    [
      '/learner/document/kind',
      (kind) => ({ learner: { ...learnerOf(1), document: { kind, number: residentId(1) } } }),
    ],
  ];

  it.each(
    FIELDS.flatMap(([pointer, over]) =>
      [LONG, '\u0000', 'a\u0000b', '\ud800', 'a\udfffb'].map(
        (text) => [pointer, nameOf(text), over, text] as const,
      ),
    ),
  )('%s: %s', async (pointer, _, over, text) => {
    const before = await tableCounts(world.database);
    const answer = await world.school.post('/v1/completions', completion(1, over(text)));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
    expect(JSON.stringify(answer.body).length).toBeLessThan(4_000);
    expect(await tableCounts(world.database)).toEqual(before);
  });

  it.each([
    ['a NUL byte', 'a\u0000'],
    ['a lone surrogate', '\ud800'],
    ['10,000 characters', LONG],
  ])('as the name of a member: %s', async (_, key) => {
    await expectRefused(post({ [key]: 'x' }), {
      status: 400,
      pointer: `/${key}`,
      code: 'unknown-field',
    });
  });

  it('as the name of a member: what reaches the prototype', async () => {
    const constructor = { name: 'x' };
    for (const over of [{ constructor }, { learner: { ...learnerOf(1), constructor } }]) {
      await expectRefused(post(over), { status: 400, code: 'malformed-request' });
    }
  });

  it.each([
    ['__proto__', '{"__proto__": {"admin": true}}'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['nothing', ''],
    ['a cut document', '{"externalId": "a'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['deep nesting', '{"learner":'.repeat(5_000) + '1' + '}'.repeat(5_000)],
  ])('as a body: %s', async (_, body) => {
    const before = await tableCounts(world.database);
    const answer = await world.school
      .post('/v1/completions')
      .set('content-type', 'application/json')
      .send(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.code).toMatch(/^[a-z-]+$/);
    expect(await tableCounts(world.database)).toEqual(before);
  });

  it.each([
    ['NUL in a path', '/v1/learners/%00/balance', 404],
    ['a lone surrogate in a path', '/v1/learners/%ED%A0%80/balance', 400],
    ['half an escape in a path', '/v1/learners/%E4%BD/balance', 400],
    ['10,000 characters in a path', `/v1/entries/${LONG}`, 414],
    ['NUL in a query', '/v1/catalogue?q=%00', 400],
    ['a lone surrogate in a query', '/v1/catalogue?q=%ED%A0%80', 400],
    ['10,000 characters in a query', `/v1/catalogue?q=${LONG}`, 400],
    ['NUL in a cursor', '/v1/catalogue?after=%00', 400],
    ['an unknown member in a query', '/v1/catalogue?%00=1', 400],
    ['a member twice', '/v1/catalogue?limit=1&limit=2', 400],
  ])('%s', async (_, path, status) => {
    const answer = await world.school.get(path);
    expect({ path: path.slice(0, 40), status: answer.status }).toEqual({
      path: path.slice(0, 40),
      status,
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, detail: expect.stringMatching(/./) });
    expect(answer.headers['request-id']).toBe(answer.body.requestId);
  });

  it.each([
    ['10,000 characters', LONG],
    ['an empty one', ''],
    ['letters beyond ASCII', 'schlüssel'],
  ])('as an Idempotency-Key: %s', async (_, key) => {
    const [head, body] = await raw(key);
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'idempotency-key-malformed' });
  });

  it.each(['a\u0000b', 'a\u0001b'])('as an Idempotency-Key: %j', async (key) => {
    expect((await raw(key))[0]).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('movements', () => {
  it('a revocation of a revocation', async () => {
    const { body } = await world.school.post('/v1/completions', completion(50)).expect(201);
    const revoke = () =>
      world.school.post(`/v1/outcomes/${body.outcome.id}/revocation`, { reason: '登记有误' });
    await revoke().expect(200);
    await expectRefused(revoke, { status: 409, code: 'already-revoked' });
  });

  it('a hold on more than there is, and on what was never held', async () => {
    const { body } = await world.school.post('/v1/completions', completion(51)).expect(201);
    const { id: lotId, learnerId } = body.outcome as { id: string; learnerId: string };
    const reference = learnerId;
    const before = await tableCounts(world.database);
    const hold = { kind: 'hold', lotId, reference, programme: 'P' } as const;
    const commands: [Command, string][] = [
      [{ ...hold, amount: millicredits(4001), scope: 'single-use' }, 'insufficient-credit'],
      [{ ...hold, amount: millicredits(4001), scope: 'per-programme' }, 'insufficient-credit'],
      [{ ...hold, amount: millicredits(0), scope: 'single-use' }, 'amount-out-of-range'],
      [{ kind: 'release', lotId, reference }, 'nothing-held'],
      [{ kind: 'use', lotId, reference }, 'nothing-held'],
      [{ kind: 'reverse', lotId, reference }, 'nothing-held'],
      [{ kind: 'redeposit', lotId, reference }, 'not-revoked'],
    ];
    for (const [command, code] of commands) {
      const good: Command = { ...hold, amount: millicredits(1000), scope: 'single-use' };
      // One good command before it: all of them or none.
      const all = command.kind === 'hold' ? [good, command] : [command];
      const moved = await world.database.transaction((tx) =>
        world.app
          .get(Ledger)
          .move(
            tx,
            { actor: 'test', institutionId: null },
            { learnerId, today: '2026-11-23', commands: all },
          ),
      );
      expect(moved).toMatchObject({ ok: false, problem: { code } });
    }
    expect(await tableCounts(world.database)).toEqual(before);
  });

  it('a hold in a lot that is not the learner’s', async () => {
    const { body } = await world.school.post('/v1/completions', completion(52)).expect(201);
    const before = await tableCounts(world.database);
    const moved = world.database.transaction((tx) =>
      world.app.get(Ledger).move(
        tx,
        { actor: 'test', institutionId: null },
        {
          learnerId: body.outcome.learnerId as string,
          today: '2026-11-23',
          commands: [{ kind: 'revoke', lotId: randomUUID() }],
        },
      ),
    );
    // No way in asks for it: it would be a defect of ours, and nothing is written.
    await expect(moved).rejects.toThrow('is not of learner');
    expect(await tableCounts(world.database)).toEqual(before);
  });
});

describe('a batch with one bad row among many', () => {
  it('books the others and leaves only that one behind', async () => {
    const drafts = Array.from({ length: 200 }, (_, i) => ({
      externalId: `many-${i}`,
      person: {
        name: '王小明',
        document: { kind: 'resident-id' as const, number: residentId(i % 20) },
      },
      outcome: { code: i === 77 ? 'NO-SUCH' : 'LOG-BASE' },
      completedOn: '2026-06-30' as PartialDate,
      grade: '85',
      level: null,
      minutes: null,
      credits: null,
      attendancePercent: null,
      exemptions: [],
      note: null,
    }));
    const batch = {
      institutionId: world.school.institution.id,
      importId: null,
      actor: 'test',
      drafts,
    };
    const results = await world.app.get(Completions).postBatch(batch);
    expect(results[77]).toMatchObject({ status: 'refused', problem: { code: 'unknown-outcome' } });
    expect(results.filter(({ status }) => status === 'created')).toHaveLength(199);
    const again = await world.app.get(Completions).postBatch(batch);
    expect(again.filter(({ status }) => status === 'duplicate')).toHaveLength(199);
  });
});

function learnerOf(serial: number): object {
  return completion(serial)['learner'] as object;
}

function nameOf(text: string): string {
  return text.length > 100 ? `${text.length} characters` : JSON.stringify(text);
}

/** What a client library refuses to send: an application with the bytes of the key as they are. */
async function raw(key: string): Promise<[head: string, body: string]> {
  const server = world.app.getHttpServer();
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const content = JSON.stringify({ learner: randomUUID(), programme: 'P' });
  const request = [
    'POST /v1/applications HTTP/1.1',
    'host: x',
    `authorization: Bearer ${world.school.key}`,
    `idempotency-key: ${key}`,
    'content-type: application/json',
    `content-length: ${content.length}`,
    'connection: close',
    '',
    content,
  ];
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(Buffer.from(request.join('\r\n'), 'latin1'));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const [head = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
  return [head, body];
}
