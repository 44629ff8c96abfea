import { checkSeal } from '#libs/paper-seal';
import { parseVerifierKey } from '#libs/merkle';
import { Clock } from '../../src/platform/clock/index.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';
import { bytesOf } from '../support/downloads.js';
import { CAN_READ_PAPER, itPaper, readPaper, readQrDrawing } from '../support/papers.js';
import { until } from '../support/until.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

const purpose = '入学查验';
const DAY_MS = 86_400_000;

async function shared(learner: LearnerCaller, over: object = {}) {
  const { body } = await learner.post('/v1/shares', { purpose, ...over }).expect(201);
  return body as { id: string; code: string; url: string; expiresAt: string };
}
const verify = (body: object) => world.http.post('/v1/verifications').send(body);
const printed = (learner: LearnerCaller, id: string, query = '') =>
  learner.get(`/v1/shares/${id}/transcript.pdf${query}`).buffer(true).parse(bytesOf);

describe('a share with a PIN', () => {
  it('opens with code and PIN alone, and asks for it where there is only the code', async () => {
    const learner = await world.learner();
    const { id, code } = await shared(learner, { pin: '402817' });
    const asked = await verify({ code }).expect(403);
    expect(asked.body.code).toBe('share-pin-required');
    await world.http
      .get(`/verify/${code.replaceAll(' ', '')}`)
      .set('accept', '*/*')
      .expect(403);
    for (const pin of ['402817', ' 402-817 ', '４０２８１７']) {
      const { body } = await verify({ code, pin }).expect(200);
      expect(body.learner.name).toBe('王小明');
    }
    const { body } = await learner.get(`/v1/shares/${id}`).expect(200);
    expect(body).toMatchObject({ hasPin: true, isPinLocked: false, opened: 3 });
    expect(JSON.stringify(body)).not.toContain('402817');
  });

  it('closes after ten wrong PINs, even to the right one, until its owner sets another', async () => {
    const learner = await world.learner();
    const { id, code } = await shared(learner, { pin: '402817' });
    const guess = (pin: string) => world.college.post('/v1/verifications', { code, pin });
    const wrong = await guess('000000').expect(403);
    expect(wrong.body).toMatchObject({ code: 'share-pin-wrong' });
    expect(JSON.stringify(wrong.body)).toContain('9');
    await guess('402817').expect(200);
    // All at once: no more than ten are compared.
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, i) => guess(`11111${i % 10}`)),
    );
    const codes = guesses.map(({ body }) => body.code as string);
    expect(codes.filter((one) => one === 'share-pin-wrong')).toHaveLength(9);
    expect(codes.filter((one) => one === 'share-pin-locked')).toHaveLength(6);
    expect((await guess('402817').expect(403)).body.code).toBe('share-pin-locked');

    const shown = await learner.get(`/v1/shares/${id}`).expect(200);
    expect(shown.body).toMatchObject({ isPinLocked: true, opened: 1 });
    const results = (shown.body.views as { result: string }[]).map(({ result }) => result);
    expect(results.filter((one) => one === 'pin-wrong')).toHaveLength(11);
    expect(results.filter((one) => one === 'pin-locked')).toHaveLength(6);

    const changed = await learner.patch(`/v1/shares/${id}`, { pin: '998877' }).expect(200);
    expect(changed.body).toMatchObject({ hasPin: true, isPinLocked: false });
    await guess('998877').expect(200);
    await learner.patch(`/v1/shares/${id}`, { pin: null }).expect(200);
    await verify({ code }).expect(200);
  });

  it('stores no PIN readable, and compares it when a request is sent again', async () => {
    const learner = await world.learner();
    const send = (pin?: string) =>
      learner.post('/v1/shares', { purpose, pin }).set('idempotency-key', 'pin-1');
    const { body } = await send('402817').expect(201);
    await send('402817').expect(200);
    await send('402818').expect(409);
    await send().expect(409);
    const rows = await world.database.read((tx) =>
      tx.query<{ text: string }[]>('SELECT s::text AS text FROM share s WHERE id = $1', [body.id]),
    );
    // Sealed bytes are shown in hex, where any six digits may stand in a row.
    expect(rows[0]?.text).not.toMatch(/\b402817\b/);
    expect(rows[0]?.text).not.toContain(Buffer.from('402817').toString('hex'));
  });

  it.each(['12345', '1234567890123', '12345a', '', 402817, null])('has no PIN %j', async (pin) => {
    const learner = await world.learner();
    const made = await learner.post('/v1/shares', { purpose, pin });
    // Null says that there is none.
    expect(made.status).toBe(pin === null ? 201 : 400);
  });
});

describe('the end of a share', () => {
  it('can be moved to any day from tomorrow to the 180th, as long as it has not come', async () => {
    const learner = await world.learner();
    const { id } = await shared(learner, { days: 1 });
    const longer = await learner.patch(`/v1/shares/${id}`, { days: 180 }).expect(200);
    expect(Date.parse(longer.body.expiresAt) / DAY_MS).toBeCloseTo(Date.now() / DAY_MS + 180, 2);
    const shorter = await learner.patch(`/v1/shares/${id}`, { days: 1 }).expect(200);
    expect(Date.parse(shorter.body.expiresAt)).toBeLessThan(Date.parse(longer.body.expiresAt));
    for (const days of [0, 181, 1.5, '3'])
      await learner.patch(`/v1/shares/${id}`, { days }).expect(400);
    await (await world.learner()).patch(`/v1/shares/${id}`, { days: 5 }).expect(404);

    await learner.delete(`/v1/shares/${id}`).expect(204);
    const ended = await learner.patch(`/v1/shares/${id}`, { days: 5 }).expect(409);
    expect(ended.body.code).toBe('share-ended');
  });

  it('keeps opening after its first end when it was moved, and a repeated request is the same', async () => {
    const learner = await world.learner();
    const send = () =>
      learner.post('/v1/shares', { purpose, days: 1 }).set('idempotency-key', 'moved-1');
    const { body } = await send().expect(201);
    await learner.patch(`/v1/shares/${body.id}`, { days: 30 }).expect(200);
    await send().expect(200);
    const now = jest.spyOn(world.app.get(Clock), 'now');
    now.mockReturnValue(new Date(Date.now() + 2 * DAY_MS));
    await verify({ code: body.code }).expect(200);
    now.mockReturnValue(new Date(Date.now() + 31 * DAY_MS));
    await verify({ code: body.code }).expect(404);
    await learner.patch(`/v1/shares/${body.id}`, { days: 30 }).expect(409);
    now.mockRestore();
  });
});

/** Asks again until the log has taken up what was posted a moment ago. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const { answer } = await until('the log has it', async () => {
    const answer = await ask();
    return !JSON.stringify(answer).includes('"code":"not-in-log"') && { answer };
  });
  return answer;
}

describe('the transcript of a share', () => {
  it('is a PDF that the bank sealed: no byte can be changed', async () => {
    const learner = await world.learner();
    const { id } = await shared(learner);
    const { body, headers } = await printed(learner, id).expect(200);
    const pdf = body as Buffer;
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-length': String(pdf.length),
    });
    expect(pdf.length).toBeLessThan(200_000);
    const { body: log } = await world.http.get('/v1/log/key').expect(200);
    const keys = [parseVerifierKey(log.key as string)].filter((key) => key !== undefined);
    expect(checkSeal(pdf, keys)).toBe('whole');
    const changed = Buffer.from(pdf);
    const middle = pdf.length >> 1;
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    expect(checkSeal(changed, keys)).toBe('broken');
  });

  itPaper(
    'reads as the code answers, and its QR code opens (needs poppler-utils and zbar-tools)',
    async () => {
      const learner = await world.learner();
      const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
      const accepted = await learner.post('/v1/applications', { learner: 'me', programme });
      await world.settled(learner, accepted.body.id);
      const { id, code, url } = await shared(learner, { pin: '402817' });
      const { body } = await printed(learner, id, '?second=th').expect(200);
      const { text, codes } = readPaper(body as Buffer);
      for (const said of [
        '王小明',
        code,
        purpose,
        '物流基础',
        'LOG-BASE',
        '已转换',
        '口令（PIN）',
      ]) {
        expect(text).toContain(said);
      }
      expect(text.replace(/\s/g, '')).toContain(`${programme.toLowerCase()}v1`);
      expect(codes).toEqual([url]);
      const path = new URL(codes[0] ?? '').pathname;
      await world.http.get(path).set('accept', '*/*').expect(403);
      const proof = await verify({ code: path.split('/').at(-1), pin: '402817' }).expect(200);
      expect(proof.body.outcomes[0].category).toMatchObject({ code: expect.any(String) as string });
      // Printing is no look: the owner printed it.
      expect((await learner.get(`/v1/shares/${id}`).expect(200)).body.opened).toBe(1);
    },
  );

  it('carries the signed record, which holds line by line, until an outcome is taken back', async () => {
    const learner = await world.learner();
    const { id } = await shared(learner);
    const { body: pdf } = await printed(learner, id).expect(200);
    const upload = async () => {
      const sent = world.http
        .post('/v1/verifications/files')
        .attach('file', pdf as Buffer, 'a.pdf');
      return (await sent.expect(200)).body;
    };
    const answer = await patiently(upload);
    const colours = answer.checks.map((one: { line: string; colour: string }) => [
      one.line,
      one.colour,
    ]);
    expect(Object.fromEntries(colours)).toMatchObject({
      seal: 'green',
      format: 'green',
      signature: 'green',
      issuer: 'green',
      revoked: 'green',
    });
    expect(answer).toMatchObject({ wrapping: 'pdf', verdict: 'valid' });
    expect(answer.credential.type).toContain('ClrCredential');
    expect(answer.inner).toHaveLength(2);
    if (CAN_READ_PAPER) {
      const { files } = readPaper(pdf as Buffer);
      const text = files.get('learning-record.json')?.toString('utf8');
      const pasted = await world.http.post('/v1/verifications/texts').send({ text }).expect(200);
      expect(pasted.body).toMatchObject({ wrapping: 'json', verdict: 'valid' });
    }
    const outcomes = await learner.get('/v1/learners/me/outcomes').expect(200);
    const course = outcomes.body.items.find((one: { code: string }) => one.code === 'LOG-BASE');
    const reason = { reason: '登记有误' };
    await world.school.post(`/v1/outcomes/${course.id}/revocation`, reason).expect(200);
    const after = await upload();
    expect(after.verdict).toBe('invalid');
    expect(after.checks[0]).toMatchObject({ line: 'seal', colour: 'green' });
    const taken = JSON.stringify(after.inner);
    expect(taken).toContain('"code":"revoked"');
  });

  it('is there for its owner alone, while it opens', async () => {
    const learner = await world.learner();
    const { id } = await shared(learner);
    await printed(await world.learner(), id).expect(404);
    await world.http.get(`/v1/shares/${id}/transcript.pdf`).expect(401);
    await world.school.get(`/v1/shares/${id}/transcript.pdf`).expect(403);
    await learner.get(`/v1/shares/${id}/transcript.pdf?second=fr`).expect(400);
    await learner.get(`/v1/shares/no-id/transcript.pdf`).expect(404);
    await learner.delete(`/v1/shares/${id}`).expect(204);
    const ended = await learner.get(`/v1/shares/${id}/transcript.pdf`).expect(409);
    expect(ended.body.code).toBe('share-ended');
  });

  it('has its link as a QR code, for its owner alone, while it opens', async () => {
    const learner = await world.learner();
    const { id, url } = await shared(learner);
    const drawn = await learner.get(`/v1/shares/${id}/qr.svg`).expect(200);
    expect(drawn.headers['content-type']).toMatch(/^image\/svg\+xml/);
    const svg = (drawn.body as Buffer).toString('utf8');
    expect(svg).toMatch(/^<svg /);
    if (CAN_READ_PAPER) expect(readQrDrawing(svg)).toEqual([url]);
    await (await world.learner()).get(`/v1/shares/${id}/qr.svg`).expect(404);
    await world.http.get(`/v1/shares/${id}/qr.svg`).expect(401);
    await learner.delete(`/v1/shares/${id}`).expect(204);
    const ended = await learner.get(`/v1/shares/${id}/qr.svg`).expect(409);
    expect(ended.body.code).toBe('share-ended');
  });

  it('share, open, end, open again: the owner sees both looks in the share and the log', async () => {
    const learner = await world.learner();
    const { id, code } = await shared(learner);
    await world.college.post('/v1/verifications', { code }).expect(200);
    await learner.delete(`/v1/shares/${id}`).expect(204);
    await world.college.post('/v1/verifications', { code }).expect(404);
    const { body } = await learner.get(`/v1/shares/${id}`).expect(200);
    expect(body.views).toMatchObject([
      { result: 'revoked', institution: { code: 'college' } },
      { result: 'shown', institution: { code: 'college' } },
    ]);
    const log = await learner.get('/v1/learners/me/access-log').expect(200);
    const looks = log.body.items.filter((one: { reference: string }) => one.reference === id);
    expect(looks).toMatchObject([{ ground: 'none' }, { ground: 'share' }]);
  });
});
