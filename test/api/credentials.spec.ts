import {
  CONTEXTS,
  type JsonObject,
  StatusBits,
  addProof,
  didKeySigner,
  idOf,
  openBadge,
  schemaFault,
} from '#libs/credentials';
import { withClient } from '../support/database.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { type Browser, person } from '../support/people.js';
import { residentId } from '../support/world.js';
import { until } from '../support/until.js';

let world: ConversionWorld;
let learner: Browser;
let learnerId: string;
/** Outcomes of the learner by the code of the catalogue. */
let outcomes: Record<string, string>;

beforeAll(async () => {
  world = await startConversionWorld();
  learnerId = '';
  outcomes = {};
  for (const [code, caller] of [
    ['LOG-BASE', world.school],
    ['X-LOG-2', world.issuer],
    ['TR-CARE', world.school],
  ] as const) {
    const posted = await caller
      .post('/v1/completions', {
        externalId: `credential-${code}`,
        learner: { name: '欧阳·娜娜', document: { kind: 'resident-id', number: residentId(501) } },
        outcome: code,
        completedOn: '2026-06-30',
        ...(code === 'TR-CARE' ? { attendancePercent: '90' } : {}),
        ...(code === 'LOG-BASE' ? { grade: '85' } : {}),
      })
      .expect(201);
    learnerId = posted.body.outcome.learnerId as string;
    outcomes[code] = posted.body.outcome.id as string;
  }
  learner = await (await person(world, ['learner'], { learnerId })).signIn();
}, 180_000);
afterAll(() => world?.close());

/** Codes of the lines about a document, as somebody without an account is told. */
async function check(document: JsonObject | string): Promise<Record<string, string>> {
  const { verdict, checks } = await answerTo(document);
  return { verdict, ...Object.fromEntries(checks.map(({ line, code }) => [line, code])) };
}

interface AnswerBody {
  verdict: string;
  checks: { line: string; code: string }[];
  inner?: { verdict: string }[];
}

async function answerTo(document: JsonObject | string): Promise<AnswerBody> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const { body } = await world.http.post('/v1/verifications/texts').send({ text }).expect(200);
  return body as AnswerBody;
}

async function badgeOf(code: string, over: object = {}): Promise<JsonObject> {
  const wanted = { outcome: outcomes[code], ...over };
  const { body } = await learner.post('/v1/credentials', wanted).expect(201);
  return body.document as JsonObject;
}

/** The log takes entries in a moment after they are posted. */
async function untilLogged(document: JsonObject): Promise<void> {
  await until('the log has it', async () => (await check(document))['log'] === 'in-log');
}

describe('a credential of one outcome', () => {
  it('is an Open Badge of the institution, and stands line by line', async () => {
    const badge = await badgeOf('LOG-BASE');
    await untilLogged(badge);
    expect(badge).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: 'did:web:127.0.0.1%3A3000:institutions:school' },
      credentialSubject: {
        id: `urn:uuid:${learnerId}`,
        identifier: [{ identityHash: '欧阳·娜娜', hashed: false }],
        achievement: { humanCode: 'LOG-BASE', name: '物流基础' },
        result: [{ value: '4' }, { value: '85' }],
      },
      proof: { cryptosuite: 'eddsa-rdfc-2022' },
    });
    expect(await schemaFault(badge)).toBeUndefined();
    expect(await check(badge)).toEqual({
      verdict: 'valid',
      format: 'format-sound',
      signature: 'signature-right',
      issuer: 'issuer-known',
      validity: 'no-end',
      revoked: 'not-revoked',
      suspended: 'issuer-not-suspended',
      log: 'in-log',
    });
  });

  it('is the same when it is asked for again, and another one in another form', async () => {
    const first = await badgeOf('LOG-BASE');
    expect(await badgeOf('LOG-BASE')).toEqual(first);
    const nameless = await badgeOf('LOG-BASE', { showsName: false, language: 'en' });
    expect(nameless['id']).not.toBe(first['id']);
    expect(JSON.stringify(nameless)).not.toContain('欧阳');
    expect(nameless).toMatchObject({ name: 'Logistics basics' });
  });

  it('is offered as vc+jwt, which stands as well', async () => {
    const wanted = { outcome: outcomes['X-LOG-2'] };
    const { body } = await learner.post('/v1/credentials', wanted).expect(201);
    expect(await check(body.jwt as string)).toMatchObject({
      verdict: 'valid',
      signature: 'signature-right',
    });
    const shown = await learner.get(`/v1/credentials/${body.id}`).expect(200);
    expect(shown.body.document).toEqual(body.document);
    const list = await learner.get('/v1/credentials').expect(200);
    expect(list.body.items.map((one: { id: string }) => one.id)).toContain(body.id);
  });

  it('is refused when a word of it is changed', async () => {
    const badge = await badgeOf('LOG-BASE');
    const changed = JSON.stringify(badge).replace('"value":"4"', '"value":"5"');
    expect(await check(changed)).toMatchObject({
      verdict: 'invalid',
      signature: 'signature-wrong',
    });
  });

  it('is nobody else’s to have', async () => {
    const badge = await badgeOf('LOG-BASE');
    const other = await (await person(world, ['learner'], await anotherLearner(502))).signIn();
    const id = idOf(badge)!.slice('urn:uuid:'.length);
    await other.get(`/v1/credentials/${id}`).expect(404);
    await other.post('/v1/credentials', { outcome: outcomes['LOG-BASE'] }).expect(404);
    await world.school.post('/v1/credentials', {}).expect(403);
  });
});

async function anotherLearner(serial: number): Promise<{ learnerId: string }> {
  const posted = await world.issuer
    .post('/v1/completions', {
      externalId: `credential-other-${serial}`,
      learner: { name: '李四', document: { kind: 'resident-id', number: residentId(serial) } },
      outcome: 'X-LOG-2',
      completedOn: '2026-06-30',
    })
    .expect(201);
  return { learnerId: posted.body.outcome.learnerId as string };
}

describe('a transcript', () => {
  it('is a CLR of the bank around the badges of the institutions', async () => {
    const { body } = await learner.post('/v1/credentials', {}).expect(201);
    const document = body.document as JsonObject;
    expect(document).toMatchObject({
      type: ['VerifiableCredential', 'ClrCredential'],
      issuer: { id: 'did:web:127.0.0.1%3A3000' },
    });
    expect(await schemaFault(document)).toBeUndefined();
    const answer = await answerTo(document);
    expect(await check(document)).toMatchObject({ verdict: 'valid', signature: 'signature-right' });
    expect(answer.inner?.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid']);
  });
});

describe('an outcome that is taken back', () => {
  it('sets the bit of its badge and of the transcript at once, and for good', async () => {
    const badge = await badgeOf('TR-CARE');
    const { body } = await learner.post('/v1/credentials', {}).expect(201);
    const transcript = body.document as JsonObject;
    expect(await check(badge)).toMatchObject({ verdict: 'valid', revoked: 'not-revoked' });
    const path = `/v1/outcomes/${outcomes['TR-CARE']}/revocation`;
    const preview = await world.school.post(`${path}?preview=true`, { reason: '登记有误' });
    const { digest } = preview.body as { digest: string };
    await world.school.post(path, { reason: '登记有误', digest }).expect(200);
    expect(await check(badge)).toMatchObject({ verdict: 'invalid', revoked: 'revoked' });
    expect(await check(transcript)).toMatchObject({ verdict: 'invalid', revoked: 'revoked' });
    expect((await learner.post('/v1/credentials', { outcome: outcomes['TR-CARE'] })).status).toBe(
      409,
    );
    const now = await learner.post('/v1/credentials', {}).expect(201);
    expect(await check(now.body.document)).toMatchObject({ verdict: 'valid' });
    const other = await badgeOf('LOG-BASE');
    expect(await check(other)).toMatchObject({ revoked: 'not-revoked' });
  });

  it('shows in a list that anybody reads and checks', async () => {
    const badge = await badgeOf('LOG-BASE');
    const { statusListCredential, statusListIndex } = badge['credentialStatus'] as JsonObject;
    const path = idOf(statusListCredential)!.replace('http://127.0.0.1:3000', '');
    const { text, headers } = await world.http.get(path).buffer(true).expect(200);
    expect(headers['content-type']).toMatch(/^application\/vc/);
    const body = JSON.parse(text);
    const bits = StatusBits.decode(body.credentialSubject.encodedList);
    expect(bits?.size).toBe(131_072);
    expect(bits?.at(Number(statusListIndex))).toBe(false);
    expect(await check(body as JsonObject)).toMatchObject({ signature: 'signature-right' });
    await world.http.get('/v1/status-lists/0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e').expect(404);
  });
});

describe('keys of an issuer', () => {
  it('are published, and what a retired one signed still stands', async () => {
    const badge = await badgeOf('X-LOG-2');
    const { id: institutionId } = world.issuer.institution;
    const clerk = await (await person(world, ['issuer'], { institutionId })).signIn();
    const made = await clerk.post('/v1/issuer-keys').expect(201);
    expect(made.body).toMatchObject({ number: 2, retiredAt: null });
    const document = await world.http.get('/institutions/issuer/did.json').expect(200);
    const did = 'did:web:127.0.0.1%3A3000:institutions:issuer';
    expect(document.body).toMatchObject({
      id: did,
      assertionMethod: [`${did}#key-2`, `${did}#key-1`],
      authentication: [`${did}#key-2`],
    });
    expect(await check(badge)).toMatchObject({ signature: 'signature-right' });
    // In the same form as before: a retired key may be one that somebody stole.
    const next = await badgeOf('X-LOG-2');
    expect(next['proof']).toMatchObject({ verificationMethod: `${did}#key-2` });
    expect(await check(next)).toMatchObject({ verdict: 'valid' });
    const events = await clerk.get('/v1/administrative-events').expect(200);
    expect(events.body.items[0]).toMatchObject({ action: 'rotated', after: { number: 2 } });
  });

  it('are the institution’s alone, and their secrets are sealed', async () => {
    const { id: institutionId } = world.otherSchool.institution;
    const clerk = await (await person(world, ['registrar'], { institutionId })).signIn();
    expect((await clerk.get('/v1/issuer-keys').expect(200)).body).toEqual({ items: [] });
    await learner.post('/v1/issuer-keys').expect(403);
    await world.http.get('/institutions/nobody/did.json').expect(404);
    const { rows } = await withClient(world.config.databaseUrl, (client) =>
      client.query(
        'SELECT seed_sealed, public_key FROM issuer_key_secret JOIN issuer_key ON id = key_id',
      ),
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows as { seed_sealed: Buffer; public_key: Buffer }[]) {
      expect(row.seed_sealed.length).toBeGreaterThan(32);
    }
  });

  it('of the bank stand where did:web looks for them', async () => {
    const { body } = await world.http.get('/.well-known/did.json').expect(200);
    expect(body).toMatchObject({ id: 'did:web:127.0.0.1%3A3000' });
    expect(JSON.stringify(body)).toMatch(/z6Mk/);
  });
});

describe('credentials of others', () => {
  const STRANGER = didKeySigner(Buffer.alloc(32, 9));

  async function foreign(change: Partial<Parameters<typeof openBadge>[0]> = {}) {
    const badge = openBadge({
      id: 'urn:uuid:0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e',
      issuer: { did: STRANGER.did, name: '外地学校' },
      subject: { id: 'urn:uuid:0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5f' },
      achievement: {
        id: 'https://school.example/course/1',
        type: 'Course',
        code: 'C1',
        name: 'C1',
        description: 'C1',
        criteria: 'C1',
        language: 'en',
      },
      completedOn: '2026-01-01',
      credits: '2',
      grade: null,
      validFrom: new Date('2026-01-01T00:00:00Z'),
      entries: [],
      ...change,
    });
    const options = { cryptosuite: 'eddsa-jcs-2022', created: new Date() } as const;
    const purpose = 'assertionMethod' as const;
    const signed = await addProof(badge, { ...options, purpose }, STRANGER, CONTEXTS);
    return signed.ok ? signed.document : {};
  }

  it('are checked, and their issuer is said to be unknown', async () => {
    expect(await check(await foreign())).toMatchObject({
      verdict: 'incomplete',
      signature: 'signature-right',
      issuer: 'issuer-unknown',
      revoked: 'status-none',
      log: 'log-none',
    });
  });

  it('are not fetched for from within, whatever they name', async () => {
    const status = { listUrl: 'http://127.0.0.1:1/list', index: 1, purpose: 'revocation' } as const;
    expect(await check(await foreign({ status }))).toMatchObject({
      verdict: 'incomplete',
      revoked: 'status-not-reachable',
    });
  });

  it('do not pass for ours', async () => {
    const issuer = { did: 'did:web:127.0.0.1%3A3000:institutions:school', name: 'school' };
    expect(await check(await foreign({ issuer }))).toMatchObject({
      verdict: 'invalid',
      signature: 'key-not-of-issuer',
    });
  });

  it('are no reason to fail when they are nonsense', async () => {
    for (const text of ['{}', 'null', 'a.b.c', '[]', '{"@context":[[[]]]}', 'e30.e30.AA']) {
      const answer = await world.http.post('/v1/verifications/texts').send({ text });
      expect(answer.status < 500 && answer.body.verdict).not.toBe('valid');
      expect(answer.status).toBeLessThan(500);
    }
    await world.http.post('/v1/verifications/texts').send({ text: 5 }).expect(400);
  });
});

describe('an erased person', () => {
  it('is forgotten, and copies of the credentials are revoked', async () => {
    const { learnerId: other } = await anotherLearner(503);
    const owner = await (await person(world, ['learner'], { learnerId: other })).signIn();
    const { body } = await owner.post('/v1/credentials', {}).expect(201);
    expect(await check(body.document)).toMatchObject({ verdict: 'valid' });
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('SELECT shred_learner(l.bucket, l.id) FROM learner l WHERE id = $1', [
        other,
      ]);
      const { rows } = await client.query('SELECT id FROM credential WHERE learner_id = $1', [
        other,
      ]);
      expect(rows).toEqual([]);
    });
    expect(await check(body.document)).toMatchObject({ verdict: 'invalid', revoked: 'revoked' });
  });
});
