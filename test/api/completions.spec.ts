import { type World, completion, residentId, startWorld } from '../support/world.js';

describe('POST /v1/completions', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  });

  afterAll(() => world.close());

  it('books a completion and answers with entry, balance and receipt', async () => {
    const { body, status } = await world.school.post('/v1/completions', completion(1));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'created',
      outcome: {
        code: 'LOG-BASE',
        completedOn: '2026-06-30',
        credits: '4',
        available: '4',
        state: 'available',
      },
      entry: { kind: 'deposit', from: 'issuer', to: 'available', amount: '4' },
      balance: { total: { available: '4', held: '0', used: '0', expired: '0', revoked: '0' } },
    });
    expect(body.receipt.entryId).toBe(body.entry.id);
    const entry = await world.school.get(`/v1/entries/${body.entry.id}`);
    expect(entry.body).toEqual(body.entry);
  });

  it('answers the same again with the first answer and books nothing', async () => {
    const first = await world.school.post('/v1/completions', completion(2));
    const again = await world.school.post('/v1/completions', completion(2));
    expect(again.status).toBe(200);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body.receipt).toEqual(first.body.receipt);
    expect(again.body.balance.total.available).toBe('4');
  });

  it('names a conflict and shows both versions', async () => {
    await world.school.post('/v1/completions', completion(3));
    const other = await world.school.post('/v1/completions', completion(3, { grade: '90' }));
    expect(other.status).toBe(409);
    expect(other.headers['content-type']).toContain('application/problem+json');
    expect(other.body).toMatchObject({
      code: 'completion-conflict',
      stored: { grade: '85' },
      submitted: { grade: '90' },
      differences: ['grade'],
    });
  });

  it('never gives one external id to two learners', async () => {
    await world.school.post('/v1/completions', completion(4));
    const other = await world.school.post('/v1/completions', {
      ...completion(5),
      externalId: 'rec-4',
    });
    expect(other.status).toBe(409);
    expect(other.body.code).toBe('external-id-of-another-learner');
  });

  it('lets two institutions use the same external id', async () => {
    const certificate = { outcome: 'X-LOG-2', grade: undefined };
    const one = await world.school.post('/v1/completions', completion(6, certificate));
    const two = await world.otherSchool.post('/v1/completions', completion(6, certificate));
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.balance.total.available).toBe('14');
  });

  it.each([
    ['a failed course', completion(10, { grade: '59' }), 'below-pass-grade'],
    [
      'too little attendance',
      completion(11, { outcome: 'TR-CARE', grade: undefined, attendancePercent: '79' }),
      'attendance-too-low',
    ],
    [
      'a lecture whose worth nobody stated',
      completion(12, { outcome: 'OPEN-TALK', grade: undefined }),
      'credit-unknown',
    ],
  ])('registers %s without credit and says why', async (_, body, reason) => {
    const answer = await world.school.post('/v1/completions', body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      entry: null,
      receipt: null,
      outcome: { credits: null, noCreditReason: reason, state: 'registered' },
    });
  });

  it.each([
    ['at the pass mark', completion(13, { grade: '60' })],
    [
      'at the attendance limit',
      completion(14, { outcome: 'TR-CARE', grade: undefined, attendancePercent: '80' }),
    ],
    ['with a grade that nobody knows', completion(15, { grade: undefined })],
    ['on a month only', completion(16, { completedOn: '2026-06' })],
    ['with less credit than the catalogue gives', completion(17, { credits: '2.5' })],
  ])('gives credit %s', async (_, body) => {
    const answer = await world.school.post('/v1/completions', body);
    expect(answer.status).toBe(201);
    expect(answer.body.entry).not.toBeNull();
  });

  it('keeps a month a month, and dates the shelf life from its end', async () => {
    const body = completion(18, { outcome: 'TR-CARE', grade: undefined, completedOn: '2026-02' });
    const answer = await world.school.post('/v1/completions', body);
    expect(answer.body.outcome).toMatchObject({ completedOn: '2026-02', expiresOn: '2033-02-28' });
  });

  const bad: [string, object, string, string][] = [
    ['no external id', { externalId: undefined }, '/externalId', 'value-missing'],
    ['an unknown field', { surprise: 1 }, '/surprise', 'unknown-field'],
    [
      'a zero-width space in the key',
      { externalId: 'a\u200bb' },
      '/externalId',
      'control-character',
    ],
    ['a NUL byte', { externalId: 'a\u0000b' }, '/externalId', 'control-character'],
    ['a lone surrogate', { note: 'x\ud800' }, '/note', 'control-character'],
    ['a key of 101 characters', { externalId: 'x'.repeat(101) }, '/externalId', 'value-malformed'],
    ['an impossible date', { completedOn: '2026-02-30' }, '/completedOn', 'date-impossible'],
    ['no date at all', { completedOn: 'soon' }, '/completedOn', 'date-malformed'],
    ['a future date', { completedOn: '2126-01-01' }, '/completedOn', 'date-in-future'],
    ['negative credits', { credits: '-1' }, '/credits', 'value-negative'],
    ['credits of zero', { credits: '0' }, '/credits', 'amount-out-of-range'],
    ['credits too precise', { credits: '1.2345' }, '/credits', 'value-too-precise'],
    ['credits beyond measure', { credits: '10000.5' }, '/credits', 'amount-out-of-range'],
    ['credits as a number', { credits: 4 }, '/credits', 'value-malformed'],
    ['more than the catalogue gives', { credits: '5' }, '/credits', 'credits-above-catalogue'],
    ['an unknown outcome', { outcome: 'NOPE' }, '/outcome', 'unknown-outcome'],
    ['a grade off the scale', { grade: '101' }, '/grade', 'grade-not-on-scale'],
    ['no learner', { learner: undefined }, '/learner', 'value-missing'],
    [
      'a learner without document',
      { learner: { name: '王' } },
      '/learner/document',
      'value-missing',
    ],
  ];
  it.each(bad)('refuses %s and says where', async (_, over, pointer, code) => {
    const answer = await world.school.post('/v1/completions', completion(20, over));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(answer.body.detail).toBeTruthy();
  });

  it('refuses a wrong check digit', async () => {
    const right = residentId(21);
    const wrong = right.slice(0, 17) + (right.endsWith('1') ? '2' : '1');
    const learner = { name: '王小明', document: { kind: 'resident-id', number: wrong } };
    const answer = await world.school.post('/v1/completions', completion(21, { learner }));
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]).toMatchObject({
      pointer: '/learner/document/number',
      code: 'resident-id-check-digit',
    });
    expect(JSON.stringify(answer.body)).not.toContain(wrong);
  });

  it('refuses an outcome of another institution', async () => {
    const answer = await world.otherSchool.post('/v1/completions', completion(22));
    expect(answer.body.code).toBe('outcome-of-another-institution');
  });

  it('answers in Chinese when asked', async () => {
    const answer = await world.school
      .post('/v1/completions', completion(23, { outcome: 'NOPE' }))
      .set('accept-language', 'zh-CN');
    expect(answer.headers['content-language']).toBe('zh-CN');
    expect(answer.body.title).toMatch(/\p{Script=Han}/u);
  });

  it('lets nobody post without a key or with the wrong role', async () => {
    expect((await world.http.post('/v1/completions').send(completion(24))).status).toBe(401);
    expect((await world.authority.post('/v1/completions', completion(24))).status).toBe(403);
  });

  it('books one effect when eight callers send the same key at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const body = completion(100 + round);
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => world.school.post('/v1/completions', body)),
      );
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(7);
      expect(answers[0]?.body.balance.total.available).toBe('4');
    }
  });
});

describe('reading what was posted', () => {
  let world: World;
  let learnerId: string;
  let outcomeId: string;

  beforeAll(async () => {
    world = await startWorld();
    for (const serial of [1, 2, 3, 4, 5]) {
      const body = completion(1, { externalId: `rec-${serial}`, credits: String(serial / 2) });
      const answer = await world.school.post('/v1/completions', serial > 4 ? completion(1) : body);
      learnerId = answer.body.outcome?.learnerId ?? learnerId;
      outcomeId = answer.body.outcome?.id ?? outcomeId;
    }
  });

  afterAll(() => world.close());

  it('pages a statement without gap or repetition', async () => {
    const whole = await world.school.get(`/v1/learners/${learnerId}/statement`);
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const query: string = after ? `?limit=2&after=${after}` : '?limit=2';
      const { body } = await world.school.get(`/v1/learners/${learnerId}/statement${query}`);
      ids.push(...body.items.map((item: { id: string }) => item.id));
      after = body.next;
    } while (after);
    expect(ids).toEqual(whole.body.items.map((item: { id: string }) => item.id));
    expect(whole.body.closing.available).toBe('5');
    expect(whole.body.opening.available).toBe('0');
  });

  it('pages outcomes in the same way', async () => {
    const { body } = await world.school.get(`/v1/learners/${learnerId}/outcomes?limit=3`);
    const rest = await world.school.get(
      `/v1/learners/${learnerId}/outcomes?limit=3&after=${body.next}`,
    );
    expect([...body.items, ...rest.body.items]).toHaveLength(4);
    expect(rest.body.next).toBeNull();
  });

  it.each(['balance', 'statement', 'outcomes'])(
    'shows the %s to nobody else, and says no more than for nobody at all',
    async (what) => {
      const foreign = await world.otherSchool.get(`/v1/learners/${learnerId}/${what}`);
      const missing = await world.otherSchool.get(
        `/v1/learners/0198c5a2-7a10-7123-8f00-0123456789ab/${what}`,
      );
      expect(foreign.status).toBe(404);
      const strip = (body: object): object => ({ ...body, instance: '', requestId: '' });
      expect(strip(foreign.body)).toEqual(strip(missing.body));
    },
  );

  it('shows an entry to nobody else', async () => {
    expect((await world.otherSchool.get(`/v1/entries/${outcomeId}.0`)).status).toBe(404);
    expect((await world.school.get('/v1/entries/nonsense')).status).toBe(404);
  });

  const forged = Buffer.from(JSON.stringify(['x', 'y', 'z'])).toString('base64url');
  it.each([
    'limit=0',
    'limit=101',
    'after=nonsense',
    `after=${forged}`,
    'from=2026-1-1',
    'from=2026-13-45',
    'surprise=1',
  ])('refuses the query %s', async (query) => {
    const answer = await world.school.get(`/v1/learners/${learnerId}/statement?${query}`);
    expect(answer.status).toBe(400);
  });

  it('takes an outcome back once, and only for its own institution', async () => {
    const path = `/v1/outcomes/${outcomeId}/revocation`;
    const reason = { reason: '登记有误' };
    expect((await world.otherSchool.post(path, reason)).status).toBe(404);
    const before = await world.school.get(`/v1/learners/${learnerId}/balance`);
    const taken = await world.school.post(path, reason);
    expect(taken.status).toBe(200);
    expect(taken.body.outcome.state).toBe('revoked');
    expect(taken.body.entries[0]).toMatchObject({ kind: 'revocation', reason: '登记有误' });
    const after = await world.school.get(`/v1/learners/${learnerId}/balance`);
    expect(after.body.total.revoked).not.toBe(before.body.total.revoked);
    const again = await world.school.post(path, reason);
    expect(again.body.code).toBe('already-revoked');
  });
});
