import { shareCode } from '#libs/share-code';
import { Clock } from '../../src/platform/clock/index.js';
import { LogWriter } from '../../src/transparency/index.js';
import { withClient } from '../support/database.js';
import { untilLogged } from '../tampering/ledger.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';

let world: ConversionWorld;

beforeEach(async () => {
  // Failures are counted in the process: every test starts with a new one.
  world = await startConversionWorld();
});
afterEach(() => world?.close());

const purpose = '入学查验';

async function shared(learner: LearnerCaller, days = 30) {
  const { body } = await learner.post('/v1/shares', { purpose, days }).expect(201);
  return body as { id: string; code: string; url: string };
}
const verify = (code: unknown) => world.http.post('/v1/verifications').send({ code });
const linesOf = (body: { checks: { line: string; result: string }[] }) =>
  Object.fromEntries(body.checks.map(({ line, result }) => [line, result]));

describe('opening a share', () => {
  it('answers line by line with outcomes, conversions and balance, without an account', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const accepted = await learner.post('/v1/applications', { learner: 'me', programme });
    const application = await world.settled(learner, accepted.body.id);
    const { code } = await shared(learner);

    await untilLogged(world.config.databaseUrl);
    const { body, headers } = await verify(code).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(linesOf(body)).toEqual({
      format: 'pass',
      signature: 'not-applicable',
      issuer: 'pass',
      validity: 'pass',
      revoked: 'pass',
      suspended: 'pass',
      ledger: 'pass',
      log: 'pass',
    });
    for (const { text } of body.checks)
      expect(text).toEqual({ zh: expect.any(String), en: expect.any(String) });
    expect(body).toMatchObject({
      status: 'valid',
      purpose,
      learner: { name: '王小明', documents: [{ kind: 'resident-id' }] },
      balance: { total: { available: '7', used: '4' } },
    });
    expect(body.learner.documents[0].masked).toMatch(/^.{2,6}\*+.{1,4}$/);
    const course = body.outcomes.find((one: { code: string }) => one.code === 'LOG-BASE');
    expect(course).toMatchObject({
      institution: { code: 'school' },
      completedOn: '2026-06-30',
      credits: '4',
      state: 'used',
    });
    expect(course.entries).toHaveLength(3);
    expect(body.conversions).toMatchObject([
      {
        applicationId: application.id,
        programme,
        institution: { code: 'college' },
        credits: '4',
        rule: { version: 1, hash: application.decision?.rulebook.hash },
        decisionHash: application.decisionHash,
        grants: [{ course: 'C1', credits: '4' }],
        entries: [course.entries[2]],
      },
    ]);
    // The school's own key of a record may be a student number: not for strangers.
    expect(JSON.stringify(body)).not.toContain('rec-');
  });

  it('says that the log has not taken an entry in yet, and is green once it has', async () => {
    const held = jest.spyOn(world.app.get(LogWriter), 'sequence').mockResolvedValue(0);
    try {
      const learner = await world.learner();
      const { code } = await shared(learner);
      const early = await verify(code).expect(200);
      const line = early.body.checks.find((one: { line: string }) => one.line === 'log');
      expect(line).toMatchObject({
        result: 'not-checked',
        text: { en: expect.stringContaining('wait for the transparency log') as string },
      });
      // The same of a credential: grey, and the answer stands.
      const { body } = await learner.post('/v1/credentials', {}).expect(201);
      const text = JSON.stringify(body.document);
      const asked = () => world.http.post('/v1/verifications/texts').send({ text }).expect(200);
      const grey = { line: 'log', colour: 'grey', code: 'log-waiting' };
      const before = await asked();
      expect(before.body.verdict).toBe('valid');
      for (const { checks } of before.body.inner) {
        expect(checks.at(-1)).toMatchObject(grey);
      }
      held.mockRestore();
      await untilLogged(world.config.databaseUrl);
      for (const { checks } of (await asked()).body.inner) {
        expect(checks.at(-1)).toMatchObject({ ...grey, colour: 'green', code: 'in-log' });
      }
      expect(linesOf((await verify(code).expect(200)).body)).toMatchObject({ log: 'pass' });
      // Neither there nor waiting: somebody removed it.
      await withClient(world.config.databaseUrl, async (owner) => {
        await owner.query('ALTER TABLE log_posting DISABLE TRIGGER append_only');
        await owner.query(
          `DELETE FROM log_posting WHERE posting_id IN (
             SELECT posting_id FROM entry WHERE learner_id = $1 LIMIT 1)`,
          [learner.id],
        );
      });
      expect(linesOf((await verify(code).expect(200)).body)).toMatchObject({ log: 'fail' });
    } finally {
      held.mockRestore();
    }
  });

  it('says of a suspended institution that it is suspended, and still that it is known', async () => {
    const { code } = await shared(await world.learner());
    const suspend = (status: string) =>
      withClient(world.config.databaseUrl, (client) =>
        client.query('UPDATE institution SET status = $1 WHERE code = $2', [status, 'issuer']),
      );
    await suspend('suspended');
    const { body } = await verify(code).expect(200);
    expect(linesOf(body)).toMatchObject({ issuer: 'pass', suspended: 'fail', revoked: 'pass' });
    await suspend('active');
    expect(linesOf((await verify(code).expect(200)).body)).toMatchObject({ suspended: 'pass' });
  });

  it('reads the code as people type it, and from the address', async () => {
    const { code } = await shared(await world.learner());
    const digits = code.replaceAll(' ', '');
    for (const typed of [code, digits, code.replaceAll(' ', '-'), ` ${code} `]) {
      await verify(typed).expect(200);
    }
    const got = await world.http.get(`/verify/${digits}`).set('accept', '*/*').expect(200);
    expect(got.body.status).toBe('valid');
    expect(got.headers['vary']).toContain('accept');
  });

  it('shows the learner every look: opened, ended, opened again', async () => {
    const learner = await world.learner();
    const { id, code } = await shared(learner);
    await verify(code).expect(200);
    await world.college.post('/v1/verifications', { code }).expect(200);
    await learner.delete(`/v1/shares/${id}`).expect(204);
    await verify(code).expect(404);
    const { body } = await learner.get(`/v1/shares/${id}`).expect(200);
    expect(body).toMatchObject({ opened: 2, state: 'revoked' });
    expect(body.views).toMatchObject([
      { result: 'revoked', viewer: 'public', institution: null },
      { result: 'shown', viewer: 'institution', institution: { code: 'college' } },
      { result: 'shown', viewer: 'public', network: 'loopback' },
    ]);
    expect(JSON.stringify(body.views)).not.toMatch(/127\.0\.0\.1|::1/);
  });

  it('tells a page that stays open what changed, without another look', async () => {
    const learner = await world.learner();
    const { id, code } = await shared(learner);
    // That the log takes an entry in is a change as well, and not the one that is waited for here.
    await untilLogged(world.config.databaseUrl);
    const { body } = await verify(code).expect(200);
    const standing = () => world.http.get(`/v1/verifications/looks/${body.look}`);
    const { body: first, headers } = await standing().expect(200);
    expect(first).toEqual({ stands: true, digest: body.digest });
    expect(headers['cache-control']).toBe('no-store');

    const outcomes = await learner.get('/v1/learners/me/outcomes').expect(200);
    const course = outcomes.body.items.find((one: { code: string }) => one.code === 'LOG-BASE');
    const reason = '登记有误';
    await world.school.post(`/v1/outcomes/${course.id}/revocation`, { reason }).expect(200);
    await untilLogged(world.config.databaseUrl);
    const { body: second } = await standing().expect(200);
    expect(second.stands).toBe(true);
    expect(second.digest).not.toBe(body.digest);
    expect((await verify(code).expect(200)).body.digest).toBe(second.digest);

    await learner.delete(`/v1/shares/${id}`).expect(204);
    expect((await standing().expect(200)).body).toEqual({ stands: false, digest: null });
    const { body: share } = await learner.get(`/v1/shares/${id}`).expect(200);
    expect(share.opened).toBe(2);
    const log = await learner.get('/v1/learners/me/access-log?limit=100').expect(200);
    const looks = log.body.items.filter(({ ground }: { ground: string }) => ground === 'share');
    expect(looks).toHaveLength(2);
  });

  it('tells nothing to whoever did not look, or looked long ago', async () => {
    const { code, id } = await shared(await world.learner());
    const { body } = await verify(code).expect(200);
    const unknown = '01a2e7c0-5b7e-7000-8000-000000000031';
    for (const look of [`${id}.${unknown}`, `${unknown}.${unknown}`, id, 'x.y', 'x']) {
      await world.http.get(`/v1/verifications/looks/${look}`).expect(404);
    }
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE share_view DISABLE TRIGGER USER');
      await client.query(`UPDATE share_view SET viewed_at = viewed_at - interval '13 hours'`);
      await client.query('ALTER TABLE share_view ENABLE TRIGGER USER');
    });
    await world.http.get(`/v1/verifications/looks/${body.look}`).expect(404);
  });

  it('shows an outcome that was taken back later', async () => {
    const learner = await world.learner();
    const { code } = await shared(learner);
    const outcomes = await learner.get('/v1/learners/me/outcomes').expect(200);
    const course = outcomes.body.items.find((one: { code: string }) => one.code === 'LOG-BASE');
    await world.school
      .post(`/v1/outcomes/${course.id}/revocation`, { reason: '登记有误' })
      .expect(200);
    const { body } = await verify(code).expect(200);
    expect(linesOf(body)).toMatchObject({ revoked: 'fail', ledger: 'pass' });
    expect(body.outcomes.find((one: { id: string }) => one.id === course.id).state).toBe('revoked');
  });

  it('names a lot whose entries were changed behind our back', async () => {
    const learner = await world.learner();
    const { code } = await shared(learner);
    await withClient(world.config.databaseUrl, async (owner) => {
      await owner.query('ALTER TABLE entry DISABLE TRIGGER append_only');
      await owner.query('ALTER TABLE entry DROP CONSTRAINT entry_deposit_is_whole');
      await owner.query(
        'UPDATE entry SET available_after = 9000 WHERE learner_id = $1 AND amount = 7000',
        [learner.id],
      );
    });
    const { body } = await verify(code).expect(200);
    expect(linesOf(body)).toMatchObject({ ledger: 'fail' });
  });
});

describe('codes that show nothing', () => {
  it('look alike: unknown, expired and ended', async () => {
    const learner = await world.learner();
    const ended = await shared(learner);
    await learner.delete(`/v1/shares/${ended.id}`).expect(204);
    const expired = await shared(learner, 1);
    const clock = world.app.get(Clock);
    const now = jest.spyOn(clock, 'now');
    now.mockReturnValue(new Date(Date.now() + 86_400_000 + 1_000));
    const answers = [
      await verify(shareCode(12_345)).expect(404),
      await verify(expired.code).expect(404),
      await verify(ended.code).expect(404),
    ];
    now.mockRestore();
    const bodies = answers.map(({ body }) => ({ ...body, requestId: '' }));
    expect(bodies[0]).toMatchObject({ code: 'share-not-valid' });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('says so when the digits cannot be right', async () => {
    const { code } = await shared(await world.learner());
    const wrong = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    for (const typed of [wrong, '1234', 'abcdefghijkl', '１２３', '9'.repeat(40)]) {
      const { body } = await verify(typed).expect(404);
      expect(body).toMatchObject({
        code: 'share-not-valid',
        errors: [{ pointer: '/code', code: 'share-code-digits' }],
      });
    }
    for (const typed of [undefined, null, '', 7, ['1'], 'x'.repeat(41)]) {
      await verify(typed).expect(400);
    }
  });

  it('stop being answered after 20 failures of one address, with Retry-After', async () => {
    const { code } = await shared(await world.learner());
    const guesses = Array.from({ length: 60 }, (_, i) => verify(shareCode(1_000 + i)));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    const blocked = await verify(code).expect(429);
    expect(blocked.body.code).toBe('too-many-wrong-codes');
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(0);
    // A file is no other way to guess, be it a right code or one with wrong digits.
    for (const text of [code, '1234 5678 9013']) {
      const sent = world.http
        .post('/v1/verifications/files')
        .attach('file', Buffer.from(text), 'code.txt');
      expect((await sent).status).toBe(429);
    }
    // Whoever signs in is counted apart.
    await world.college.post('/v1/verifications', { code }).expect(200);
  });

  it('are not what right codes become, however many come at once', async () => {
    const { code } = await shared(await world.learner());
    const answers = await Promise.all(Array.from({ length: 40 }, () => verify(code)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
