import type { JsonObject } from '#libs/credentials';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { type Browser, person } from '../support/people.js';
import type { Caller } from '../support/world.js';
import { type Staff, type StatedPerson, postFor, refusalOf, somebody, staffOf } from './support.js';

let world: ConversionWorld;
let clerk: Staff;
let colleague: Staff;
let serial = 0;

const reason = 'passport and permit shown together, sheet 21';
const CERTIFICATE = { outcome: 'X-LOG-2', grade: undefined };
const TALK = { outcome: 'OPEN-TALK', grade: undefined };

beforeAll(async () => {
  world = await startConversionWorld();
  clerk = await staffOf(world, world.school);
  colleague = await staffOf(world, world.school);
});
afterAll(() => world?.close());

interface Twice {
  readonly survivor: StatedPerson;
  readonly other: StatedPerson;
  readonly survivorId: string;
  readonly otherId: string;
  /** Of the survivor. */
  readonly course: string;
  /** Of the other account: with credit, and registered without any. */
  readonly certificate: string;
  readonly talk: string;
}

/** One person with two accounts, of which each has outcomes. */
async function twice(): Promise<Twice> {
  serial += 1;
  const survivor = somebody('双重');
  const number = `E${String(20_000_000 + serial)}`;
  const other: StatedPerson = { name: 'SHUANG CHONG', document: { kind: 'passport', number } };
  const course = await postFor(world.school, survivor);
  const certificate = await postFor(world.issuer, other, CERTIFICATE);
  const talk = await postFor(world.school, other, TALK);
  return {
    survivor,
    other,
    survivorId: course.learnerId,
    otherId: certificate.learnerId,
    course: course.outcomeId,
    certificate: certificate.outcomeId,
    talk: talk.outcomeId,
  };
}

async function confirmed({ body }: { body: unknown }): Promise<string> {
  const { id, digest } = body as { id: string; digest: string };
  const done = await colleague.post(`/v1/proposals/${id}/confirmation`, { digest }).expect(200);
  return done.body.resultId as string;
}

async function merged({ survivor, other }: Twice): Promise<string> {
  return confirmed(await clerk.post('/v1/person-links', { survivor, other, reason }).expect(202));
}

async function signedIn(learnerId: string): Promise<Browser> {
  return (await person(world, ['learner'], { learnerId })).signIn();
}

async function credentialOf(who: Browser, outcome?: string): Promise<JsonObject> {
  const { body } = await who.post('/v1/credentials', { outcome }).expect(201);
  return body.document as JsonObject;
}

/** What the status list says about a credential, to anybody. */
async function statusOf(credential: JsonObject): Promise<string> {
  const text = JSON.stringify(credential);
  const { body } = await world.http.post('/v1/verifications/texts').send({ text }).expect(200);
  const checks = body.checks as { line: string; code: string }[];
  return checks.find(({ line }) => line === 'revoked')?.code ?? '';
}

async function revoke(by: Caller, outcome: string): Promise<void> {
  await by.post(`/v1/outcomes/${outcome}/revocation`, { reason: '登记有误' }).expect(200);
}

describe('a credential of one person with two accounts', () => {
  it('signed after the merge is revoked with an outcome of the other account', async () => {
    const pair = await twice();
    await merged(pair);
    const me = await signedIn(pair.survivorId);
    const certificate = await credentialOf(me, pair.certificate);
    const course = await credentialOf(me, pair.course);
    const whole = await credentialOf(me);
    await revoke(world.issuer, pair.certificate);
    expect(await statusOf(certificate)).toBe('revoked');
    expect(await statusOf(whole)).toBe('revoked');
    expect(await statusOf(course)).toBe('not-revoked');
  });

  it('is revoked with an outcome without credit, of which the ledger knows nothing', async () => {
    const pair = await twice();
    await merged(pair);
    const me = await signedIn(pair.survivorId);
    const [talk, whole] = [await credentialOf(me, pair.talk), await credentialOf(me)];
    expect(await statusOf(talk)).toBe('not-revoked');
    await revoke(world.school, pair.talk);
    expect([await statusOf(talk), await statusOf(whole)]).toEqual(['revoked', 'revoked']);
  });

  it('signed before the merge, for either account, is revoked after it', async () => {
    const pair = await twice();
    const mine = await credentialOf(await signedIn(pair.survivorId));
    const others = await credentialOf(await signedIn(pair.otherId));
    await merged(pair);
    expect([await statusOf(mine), await statusOf(others)]).toEqual(['not-revoked', 'not-revoked']);
    await revoke(world.issuer, pair.certificate);
    expect([await statusOf(mine), await statusOf(others)]).toEqual(['not-revoked', 'revoked']);
    await revoke(world.school, pair.course);
    expect(await statusOf(mine)).toBe('revoked');
  });

  it('that holds outcomes of two people falls when the merge is undone', async () => {
    const pair = await twice();
    const linkId = await merged(pair);
    const me = await signedIn(pair.survivorId);
    const whole = await credentialOf(me);
    const certificate = await credentialOf(me, pair.certificate);
    const course = await credentialOf(me, pair.course);
    await confirmed(await clerk.post(`/v1/person-links/${linkId}/split`, { reason }).expect(202));
    expect([await statusOf(whole), await statusOf(certificate)]).toEqual(['revoked', 'revoked']);
    expect(await statusOf(course)).toBe('not-revoked');
    await me.post('/v1/credentials', { outcome: pair.certificate }).expect(404);
    // Whose outcome it was is erased: what the wrong person was given of it goes as well.
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('SELECT shred_learner(bucket, id) FROM learner WHERE id = $1', [
        pair.otherId,
      ]);
      const { rows } = await client.query<{ id: string }>(
        'SELECT id FROM credential WHERE learner_id = $1',
        [pair.survivorId],
      );
      expect(rows.map(({ id }) => `urn:uuid:${id}`)).toEqual([course['id']]);
    });
    expect([await statusOf(whole), await statusOf(course)]).toEqual(['revoked', 'not-revoked']);
  });

  it('and the reason of a revocation names the person by the name of neither account', async () => {
    const pair = await twice();
    await merged(pair);
    for (const reason of ['双重 handed in twice', 'see Shuang Chong', 'ＳＨＵＡＮＧ  ＣＨＯＮＧ']) {
      const path = `/v1/outcomes/${pair.course}/revocation`;
      const refused = await world.school.post(path, { reason });
      expect(refusalOf(refused)).toEqual([422, 'names-a-person']);
    }
  });
});
