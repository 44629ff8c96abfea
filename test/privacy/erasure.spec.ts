import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  auditDatabase,
  auditDump,
  auditService,
  backupDatabase,
  restoreDatabase,
  verifyDatabase,
} from '../../src/audit/index.js';
import { Erasures } from '../../src/learners/erasure/erasures.js';
import {
  type ConversionWorld,
  type Decided,
  decided,
  startConversionWorld,
} from '../support/conversions.js';
import { openTestDatabase, withClient } from '../support/database.js';
import { OutsideLog } from '../support/log.js';
import { completion } from '../support/world.js';

let world: ConversionWorld;
const folder = mkdtempSync(join(tmpdir(), 'creditbank-erasure-'));

/** A learner with outcomes, an application under review, a share, a consent and an account. */
async function person(): Promise<Decided & { serial: number; code: string }> {
  const one = await decided(world);
  const [posted] = await query<{ external: string }>(
    `SELECT external_id AS external FROM learning_outcome o
       JOIN institution i ON i.id = o.institution_id
      WHERE learner_id = $1 AND i.code = 'school'`,
    [one.learner.id],
  );
  const serial = Number(posted?.external.replace('rec-', ''));
  const { body: share } = await one.learner
    .post('/v1/shares', { purpose: '报考', receiver: '渝城' })
    .expect(201);
  await one.learner
    .post('/v1/consents', { receiver: 'college', purpose: '招生', fields: ['name'], days: 9 })
    .expect(201);
  return { ...one, serial, code: String(share.code) };
}

const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(world.config.databaseUrl, async (client) => {
    return (await client.query(sql, values)).rows as T[];
  });

/** The period is over. */
async function shred(learnerId: string): Promise<void> {
  await withClient(world.config.databaseUrl, async (client) => {
    await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
    await client.query(
      'UPDATE erasure_event SET due_at = now() WHERE learner_id = $1 AND due_at IS NOT NULL',
      [learnerId],
    );
    await client.query('ALTER TABLE erasure_event ENABLE TRIGGER USER');
  });
  expect(await world.app.get(Erasures).shredDue(10)).toBe(1);
}

const completionOf = (learnerSerial: number, externalId: string): object => ({
  ...completion(learnerSerial),
  externalId,
});

beforeAll(async () => {
  world = await startConversionWorld();
  await world.app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a request for erasure', () => {
  it('freezes at once: no view, no share, no consent, no posting, no application goes on', async () => {
    const { learner, path, serial: number, code } = await person();
    expect((await world.college.get(path).expect(200)).body.state).toBe('in-review');
    const asked = await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    expect(asked.body).toMatchObject({ state: 'frozen', ground: 'request', erasedAt: null });
    expect(Date.parse(asked.body.dueAt) - Date.parse(asked.body.requestedAt)).toBe(30 * 86_400_000);

    await world.school.get(`/v1/learners/${learner.id}`).expect(404);
    await world.authority.get(`/v1/learners/${learner.id}/balance`).expect(404);
    await world.college.get(path).expect(404);
    expect((await world.college.get('/v1/applications').expect(200)).body.items).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ learnerId: learner.id })]),
    );
    await world.http.post('/v1/verifications').send({ code }).expect(404);
    await world.college.get(`/v1/learners/${learner.id}`).expect(404);
    const posted = await world.school
      .post('/v1/completions', completionOf(number, 'after-the-freeze'))
      .expect(409);
    expect(posted.body.code).toBe('learner-frozen');
    for (const refused of [
      await learner.get('/v1/learners/me'),
      await learner.post('/v1/shares', { purpose: '报考' }),
      await learner.post('/v1/applications', { learner: 'me', programme: 'P-1' }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, 'learner-frozen']);
    }
    const [application] = await query<{ state: string }>(
      'SELECT state FROM application WHERE learner_id = $1',
      [learner.id],
    );
    expect(application?.state).toBe('withdrawn');
    // A second request is the first.
    const again = await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    expect(again.body).toEqual(asked.body);
  });

  it('can be taken back until the period ends', async () => {
    const { learner } = await person();
    const before = await learner.get('/v1/learners/me/erasure').expect(200);
    expect(before.body).toEqual({
      learnerId: learner.id,
      state: 'none',
      ground: null,
      requestedAt: null,
      dueAt: null,
      erasedAt: null,
    });
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await learner.delete('/v1/learners/me/erasure').expect(200);
    await learner.get('/v1/learners/me').expect(200);
    expect((await learner.get('/v1/learners/me/erasure').expect(200)).body.state).toBe('cancelled');
    expect(await world.app.get(Erasures).shredDue(10)).toBe(0);
  });

  it('is nobody’s but the learner’s and the authority’s', async () => {
    const { learner } = await person();
    const body = { ground: 'unlawful' };
    await world.school.post(`/v1/learners/${learner.id}/erasure`, body).expect(403);
    const other = await person();
    await other.learner.post(`/v1/learners/${learner.id}/erasure`, body).expect(404);
    await learner.post('/v1/learners/me/erasure', { ground: 'whim' }).expect(400);
    await other.learner.get(`/v1/learners/${learner.id}/erasure`).expect(404);
    await world.authority.get(`/v1/learners/${learner.id}/erasure`).expect(404);
    await world.authority.post(`/v1/learners/${learner.id}/erasure`, body).expect(202);
    await learner.delete('/v1/learners/me/erasure').expect(200);
  });
});

describe('the destruction', () => {
  it('leaves nothing that leads back, and books and proofs that hold', async () => {
    const { learner, application } = await person();
    const count = (table: string): Promise<number> =>
      query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE learner_id = $1`, [
        learner.id,
      ]).then(([row]) => row?.n ?? -1);
    const entries = await count('entry');
    const log = new OutsideLog(world.http);
    const checkpointFile = join(folder, 'before.checkpoint');
    writeFileSync(checkpointFile, (await log.waitFor(entries)).signed);
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await shred(learner.id);

    for (const table of [
      'learner_person',
      'learner_identity',
      'learner_institution',
      'learning_outcome',
      'recorded_exemption',
    ]) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
    expect(await count('entry')).toBeGreaterThanOrEqual(entries);
    const [kept] = await query<Record<string, unknown>>(
      `SELECT octet_length(a.wrapped_key) AS key, s.purpose, s.receiver,
              octet_length(s.code_sealed) AS code, c.sign_in_name AS name, c.password_hash AS hash
         FROM application a JOIN share s USING (learner_id) JOIN account c USING (learner_id)
        WHERE learner_id = $1`,
      [learner.id],
    );
    expect(kept).toMatchObject({ key: 0, purpose: '', receiver: null, code: 0, hash: null });
    expect(kept?.['name']).toMatch(/^erased-/);
    const events = await query<{ action: string; ground: string | null }>(
      'SELECT action, ground FROM erasure_event WHERE learner_id = $1 ORDER BY seq',
      [learner.id],
    );
    expect(events).toEqual([
      { action: 'requested', ground: 'request' },
      { action: 'shredded', ground: null },
    ]);
    await learner.get('/v1/learners/me').expect(401);
    await world.authority.get(`/v1/learners/${learner.id}`).expect(404);
    await world.authority.get(`/v1/applications/${application.id}`).expect(403);

    const books = await verifyDatabase(world.config.databaseUrl);
    expect(books).toMatchObject({ sound: true, faults: [] });
    const { size } = await log.checkpoint();
    // `creditbank audit` in its three ways, each against the checkpoint kept from before.
    const file = join(folder, 'erased.tar.gz');
    await backupDatabase(world.config.databaseUrl, { file });
    const evidence = { key: await log.key(), checkpointFile };
    for (const report of [
      await auditDatabase(world.config.databaseUrl, evidence),
      await auditDump(file, evidence),
      await auditService(`${await world.app.getUrl()}/v1/log`, evidence),
    ]) {
      expect([report.clean, report.findings, report.log.size]).toEqual([true, [], size]);
    }
  });

  it('holds against the same records sent again, and lets the person begin anew', async () => {
    const { learner, serial: number } = await person();
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await shred(learner.id);
    const people = (): Promise<number> =>
      query<{ n: number }>('SELECT count(*)::int AS n FROM learner').then(([row]) => row?.n ?? 0);
    const before = await people();
    const again = await world.school.post('/v1/completions', completion(number)).expect(409);
    expect(again.body.code).toBe('outcome-erased');
    expect(await people()).toBe(before);
    const anew = await world.school
      .post('/v1/completions', completionOf(number, `anew-${number}`))
      .expect(201);
    expect(anew.body.outcome.learnerId).not.toBe(learner.id);
  });

  it('is done again by a restore of an older archive before anything is served', async () => {
    const { learner } = await person();
    await new OutsideLog(world.http).waitFor(1);
    const file = join(folder, 'before.tar.gz');
    await backupDatabase(world.config.databaseUrl, { file });
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await shred(learner.id);
    const list = join(world.config.dataDir, 'erased.ndjson');
    expect(readFileSync(list, 'utf8')).toContain(learner.id);

    const found = async (erasedLists: string[]): Promise<[number, number]> => {
      const target = await openTestDatabase({ empty: true });
      try {
        const { erasedAgain, books } = await restoreDatabase(target.url, { file, erasedLists });
        expect(books.sound).toBe(true);
        const rows = await withClient(target.url, async (client) => {
          const sql = 'SELECT 1 FROM learner_person WHERE learner_id = $1';
          return (await client.query(sql, [learner.id])).rowCount;
        });
        return [erasedAgain, rows ?? -1];
      } finally {
        await target.drop();
      }
    };
    expect(await found([list])).toEqual([1, 0]);
    // The teeth: without the list the archive brings the person back.
    expect(await found([])).toEqual([0, 1]);

    const broken = join(folder, 'broken.ndjson');
    writeFileSync(broken, '{"learnerId":"nobody"}\n');
    await expect(found([broken])).rejects.toThrow('line 1, names no erased person');
  });

  it('knows every table that holds something about a learner', async () => {
    const tables = await query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'learner_id'
          AND table_name NOT LIKE 'entry\\_%' ORDER BY 1`,
    );
    const [shredding] = await query<{ source: string }>(
      `SELECT string_agg(prosrc, '') AS source FROM pg_proc WHERE starts_with(proname, 'shred_of_')`,
    );
    // What stays: the books, what was decided, who looked and that it was erased; ids and amounts.
    const kept = [
      'access_log',
      'booked_grant',
      'booked_grant_reversal',
      'entry',
      'erasure_event',
      'finding',
      'lot_owner',
      'programme_standing',
      'revocation_batch_problem',
      'rule_worklist',
    ];
    const forgotten = tables
      .map(({ name }) => name)
      .filter((name) => !kept.includes(name) && !shredding?.source.includes(name));
    expect(forgotten).toEqual([]);
  });
});

describe('the export', () => {
  it('holds everything in one document, with numbers as the learner wants them', async () => {
    const { learner, application } = await person();
    await world.school.get(`/v1/learners/${learner.id}`).expect(200);
    const { body } = await learner.get('/v1/learners/me/export?documents=full').expect(200);
    expect(body).toMatchObject({
      format: 'credit-bank-export/1',
      learner: { id: learner.id, name: '王小明' },
      institutions: [{ code: 'issuer' }, { code: 'school' }],
      consents: [{ state: 'active' }],
      applications: [{ id: application.id }],
      shares: [{ purpose: '报考', state: 'active' }],
      account: { signInName: expect.stringMatching(/^learner-/) },
      erasure: [],
    });
    expect(body.learner.documents[0].number).toMatch(/^\d{17}[\dX]$/);
    expect(body.outcomes.items).toHaveLength(2);
    expect(body.ledger.entries.length).toBeGreaterThanOrEqual(2);
    expect(body.accessLog[0]).toMatchObject({ purpose: 'account' });
    const masked = await learner.get('/v1/learners/me/export').expect(200);
    expect(masked.body.learner.documents[0].number).toMatch(/^\d{4}\*+/);
    const official = await world.authority
      .get(`/v1/learners/${learner.id}/export?documents=full`)
      .expect(200);
    expect(official.body.learner.documents[0].number).toMatch(/^\d{4}\*+/);
    await world.school.get(`/v1/learners/${learner.id}/export`).expect(403);
  });
});
