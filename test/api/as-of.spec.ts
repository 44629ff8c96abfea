import type supertest from 'supertest';
import { millicredits, parseCredits } from '#libs/credit';
import { Catalogue } from '../../src/catalogue/index.js';
import { ExpiryWorker, Ledger } from '../../src/ledger/index.js';
import { Clock, dayOf } from '../../src/platform/clock/index.js';
import { DailyTasks } from '../../src/platform/queue/index.js';
import {
  type ConversionWorld,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';
import { untilIdle } from '../support/queue.js';
import { OUTCOMES, type World, completion, startWorld } from '../support/world.js';

interface Balances extends Record<string, string> {
  available: string;
}

/** Thousandths of a credit of a decimal string. */
function amountOf(text: string): bigint {
  const parsed = parseCredits(text.replace('-', ''));
  if (!parsed.ok) throw new Error(text);
  return parsed.amount;
}

describe('as of any day and moment', () => {
  let world: ConversionWorld;

  beforeAll(async () => {
    world = await startConversionWorld();
  });
  afterAll(() => world?.close());

  const momentBetween = async (): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const moment = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    return moment;
  };

  it('keeps both times: when it happened, and when the ledger learned of it', async () => {
    const before = await momentBetween();
    const learner = await world.learner();
    const read = async (query: string): Promise<unknown> => {
      const { body } = await learner.get(`/v1/learners/me/balance?${query}`).expect(200);
      return [body.asOf, body.total.available];
    };
    // Both completions are of 30 June 2026 and were posted just now.
    expect(await read('asOf=2026-06-29')).toEqual(['2026-06-29', '0']);
    expect(await read('asOf=2026-06-30')).toEqual(['2026-06-30', '11']);
    expect(await read(`asOf=2026-06-30&knownAt=${before}`)).toEqual(['2026-06-30', '0']);
    expect(await read(`knownAt=${before}`)).toEqual([dayOf(new Date(before)), '0']);

    const posted = await momentBetween();
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    await world.settled(learner, body.id as string);
    const now = await learner.get('/v1/learners/me/balance').expect(200);
    expect(now.body.total).toMatchObject({ available: '7', used: '4' });
    const then = await learner.get(`/v1/learners/me/balance?knownAt=${posted}`).expect(200);
    expect(then.body).toMatchObject({ knownAt: posted, total: { available: '11', used: '0' } });
    // What was used today had not been used in June, whatever is known now.
    expect(await read('asOf=2026-06-30')).toEqual(['2026-06-30', '11']);

    const zone = encodeURIComponent(posted.replace('Z', '+00:00'));
    expect(await read(`knownAt=${zone}`)).toEqual([dayOf(new Date(posted)), '11']);
  });

  it('asked for now, answers like the plain balance', async () => {
    const learner = await world.learner();
    const programme = await world.publish({
      review: 'none',
      lots: { scope: 'per-programme' },
      rules: [
        BASE_TO_C1,
        { ...CERTIFICATE_TO_C1, grants: [{ elective: 'E1', credits: 'of-lot' }] },
      ],
    });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    await world.settled(learner, body.id as string);
    const plain = (await learner.get('/v1/learners/me/balance').expect(200)).body;
    expect(plain.counted).toHaveLength(2);
    const { asOf, knownAt } = plain;
    const read = await learner.get(`/v1/learners/me/balance?asOf=${asOf}&knownAt=${knownAt}`);
    expect(read.body).toEqual(plain);
  });

  it.each([
    ['balance?asOf=2126-01-01', 422, 'as-of-in-future'],
    ['balance?knownAt=2126-01-01T00:00:00Z', 422, 'as-of-in-future'],
    ['statement?asOf=2126-01-01', 422, 'as-of-in-future'],
    ['statement?knownAt=2126-01-01T00:00:00Z', 422, 'as-of-in-future'],
    ['statement?from=2026-02-01&to=2026-01-31', 422, 'period-reversed'],
    ['balance?asOf=2026-02-30', 400, 'invalid-fields'],
    ['balance?asOf=2026-02', 400, 'invalid-fields'],
    ['balance?asOf=', 400, 'invalid-fields'],
    ['balance?knownAt=2026-02-01', 400, 'invalid-fields'],
    ['balance?knownAt=2026-02-01T00:00:00', 400, 'invalid-fields'],
    ['balance?knownAt=2026-02-30T00:00:00Z', 400, 'invalid-fields'],
    ['balance?knownAt=2026-02-01T24:00:00Z', 400, 'invalid-fields'],
    ['balance?knownAt=2026-02-01T00:00:00Z&knownAt=2026-02-01T00:00:00Z', 400, 'invalid-fields'],
    ['balance?surprise=1', 400, 'invalid-fields'],
  ])('%s is refused with %i', async (path, status, code) => {
    const learner = await world.learner();
    const { body } = await learner.get(`/v1/learners/me/${path}`).expect(status);
    expect(body).toMatchObject({ code, detail: expect.stringMatching(/./) });
  });

  it('a statement adds up, over all its pages, whatever arrives between them', async () => {
    const learner = await world.learner();
    const rules = [
      BASE_TO_C1,
      { ...CERTIFICATE_TO_C1, grants: [{ elective: 'E1', credits: '5' }] },
    ];
    const wanted = await world.publish({ rules });
    for (const verdict of ['reject', 'approve']) {
      const { body } = await learner.post('/v1/applications', { learner: 'me', programme: wanted });
      await world.settled(learner, body.id as string);
      await world.college
        .post(`/v1/applications/${body.id}/review`, { verdict, note: 'x' })
        .expect(200);
    }
    const pages: supertest.Response['body'][] = [];
    let after = '';
    do {
      const path = `/v1/learners/me/statement?limit=3${after && `&after=${after}`}`;
      const { body } = await learner.get(path).expect(200);
      pages.push(body);
      after = body.next as string;
      const late = completion(900, {
        externalId: `late-${pages.length}-${learner.id}`,
        learner: { id: learner.id },
      });
      await world.school.post('/v1/completions', late).expect(201);
    } while (after);
    expect(pages.length).toBeGreaterThan(2);
    const [first] = pages;
    for (const page of pages) {
      const { opening, closing, categories, knownAt } = first;
      expect(page).toMatchObject({ opening, closing, categories, knownAt });
    }
    const items = pages.flatMap((page) => page.items as Record<string, string>[]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const moments = items.map(({ recordedAt }) => Date.parse(recordedAt!));
    expect(moments).toEqual([...moments].sort((a, b) => b - a));
    expectSums(first, items);
  });

  it('a statement of some days opens with what was before and closes with what was after', async () => {
    const learner = await world.learner();
    const today = dayOf(new Date());
    for (const [query, opening, closing] of [
      [`from=${today}`, '0', '11'],
      [`from=${today}&to=${today}`, '0', '11'],
      ['to=2026-01-01', '0', '0'],
      ['asOf=2026-06-29', '0', '0'],
      ['asOf=2026-06-30', '0', '11'],
    ]) {
      const { body } = await learner.get(`/v1/learners/me/statement?${query}`).expect(200);
      expect([query, body.opening.available, body.closing.available]).toEqual([
        query,
        opening,
        closing,
      ]);
      expectSums(body, body.items as Record<string, string>[]);
    }
  });
});

/** Closing less opening is what the lines moved: in all, and in every category. */
function expectSums(
  statement: {
    opening: Balances;
    closing: Balances;
    categories: { code: string; opening: Balances; closing: Balances }[];
  },
  items: readonly Record<string, string>[],
): void {
  const check = (opening: Balances, closing: Balances, lines: typeof items): void => {
    for (const account of Object.keys(closing)) {
      const moved = lines.reduce((sum, line) => {
        const amount = amountOf(line['amount']!);
        return (
          sum + (line['to'] === account ? amount : 0n) - (line['from'] === account ? amount : 0n)
        );
      }, 0n);
      const change = amountOf(closing[account]!) - amountOf(opening[account]!);
      expect([account, change]).toEqual([account, moved]);
    }
  };
  check(statement.opening, statement.closing, items);
  for (const { code, opening, closing } of statement.categories) {
    check(
      opening,
      closing,
      items.filter((line) => line['category'] === code),
    );
  }
  const known = statement.categories.map(({ code }) => code);
  expect(items.every((line) => known.includes(line['category']!))).toBe(true);
}

describe('shelf life', () => {
  let world: World;
  let now: Date;

  beforeAll(async () => {
    world = await startWorld({ bankShelfLifeMonths: 84 });
    const [base] = OUTCOMES;
    await world.database.transaction((tx) =>
      world.app.get(Catalogue).create(tx, [
        { ...base!, code: 'SHORT', credits: millicredits(2000), shelfLifeMonths: 12 },
        { ...base!, code: 'LONG', credits: millicredits(1000), shelfLifeMonths: 600 },
      ]),
    );
    // The start asks for the expiry of the machine's own day, to which all credit of 2019 is over.
    await untilIdle(world.database);
    now = new Date('2019-10-01T09:00:00Z');
    jest.spyOn(world.app.get(Clock), 'now').mockImplementation(() => now);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await world?.close();
  });

  const post = async (serial: number, outcome: string): Promise<string> => {
    const body = completion(serial, {
      externalId: `${outcome}-${serial}`,
      outcome,
      completedOn: '2019-09-30',
    });
    const posted = await world.school.post('/v1/completions', body).expect(201);
    return posted.body.outcome.learnerId as string;
  };
  const totalOf = async (learnerId: string, query = ''): Promise<Balances> =>
    (await world.school.get(`/v1/learners/${learnerId}/balance${query}`).expect(200)).body
      .total as Balances;

  it('is the bank’s seven years from the deposit, to the day (R45)', async () => {
    now = new Date('2019-10-01T09:00:00Z');
    const learnerId = await post(1, 'LOG-BASE');
    now = new Date('2026-10-01T09:00:00Z');
    expect(await totalOf(learnerId)).toMatchObject({ available: '4', expired: '0' });
    now = new Date('2026-10-02T09:00:00Z');
    expect(await totalOf(learnerId)).toMatchObject({ available: '0', expired: '4' });
    expect(await totalOf(learnerId, '?asOf=2026-10-01')).toMatchObject({ available: '4' });
    expect(await totalOf(learnerId, '?asOf=2026-10-02')).toMatchObject({ expired: '4' });
  });

  it('is the issuer’s where that is shorter, and the bank’s where it is longer (R45)', async () => {
    now = new Date('2019-10-01T09:00:00Z');
    const learnerId = await post(2, 'SHORT');
    await post(2, 'LONG');
    const { body } = await world.school.get(`/v1/learners/${learnerId}/outcomes`).expect(200);
    const ends = (body.items as { code: string; expiresOn: string }[]).map((one) => [
      one.code,
      one.expiresOn,
    ]);
    expect(Object.fromEntries(ends)).toEqual({ SHORT: '2020-09-30', LONG: '2026-10-01' });
    now = new Date('2020-10-01T09:00:00Z');
    expect(await totalOf(learnerId)).toMatchObject({ available: '1', expired: '2' });
  });

  it('refuses expired credit even before its expiry is booked', async () => {
    now = new Date('2019-10-01T09:00:00Z');
    const learnerId = await post(3, 'SHORT');
    now = new Date('2020-10-01T09:00:00Z');
    const [lot] = await world.database.read((tx) =>
      world.app.get(Ledger).lots(tx, [learnerId], '2020-10-01'),
    );
    const held = await world.database.transaction((tx) =>
      world.app.get(Ledger).move(
        tx,
        { actor: 'test', institutionId: null },
        {
          learnerId,
          today: '2020-10-01',
          commands: [
            {
              kind: 'hold',
              lotId: lot!.lotId,
              amount: millicredits(1000),
              reference: learnerId,
              programme: 'P',
              scope: 'single-use',
            },
          ],
        },
      ),
    );
    expect(held).toMatchObject({ ok: false, problem: { code: 'insufficient-credit' } });
  });

  it('is booked by the daily run, once, on the day after the last', async () => {
    now = new Date('2019-10-01T09:00:00Z');
    const learners: string[] = [];
    for (let serial = 10; serial < 16; serial += 1) learners.push(await post(serial, 'SHORT'));
    for (let serial = 10; serial < 13; serial += 1) await post(serial, 'LONG');
    now = new Date('2021-03-05T09:00:00Z');
    const worker = world.app.get(ExpiryWorker);
    const signal = new AbortController().signal;
    await worker.run('2021-03-05', signal);
    // Again, and twice at once: nothing is left to book.
    await Promise.all([worker.run('2021-03-05', signal), worker.run('2021-03-06', signal)]);
    for (const learnerId of learners) {
      const { body } = await world.school.get(`/v1/learners/${learnerId}/statement`).expect(200);
      const expiries = (body.items as { kind: string }[]).filter(({ kind }) => kind === 'expiry');
      expect(expiries).toMatchObject([
        { amount: '2', from: 'available', to: 'expired', occurredOn: '2020-10-01' },
      ]);
      expect(body.closing.expired).toBe('2');
      const asOf = await totalOf(learnerId, '?asOf=2020-09-30');
      expect(asOf).toMatchObject({ expired: '0' });
    }
    await world.database.read(async (tx) => {
      const rows = await tx.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM entry WHERE kind = 4 AND recorded_at >= '2021-03-05'`,
      );
      expect(rows[0]?.n).toBeGreaterThanOrEqual(learners.length);
    });
  });

  it('asks for a run a day, whoever asks how often', async () => {
    now = new Date('2021-04-01T09:00:00Z');
    const daily = world.app.get(DailyTasks);
    await Promise.all([daily.plan(), daily.plan(), daily.plan()]);
    now = new Date('2021-04-02T09:00:00Z');
    await daily.plan();
    await world.database.read(async (tx) => {
      const rows = await tx.query<{ day: string }[]>(
        `SELECT payload->>'day' AS day FROM task WHERE kind = 'ledger.expire'
            AND payload->>'day' LIKE '2021-04-%' ORDER BY 1`,
      );
      expect(rows.map(({ day }) => day)).toEqual(['2021-04-01', '2021-04-02']);
    });
  });
});
