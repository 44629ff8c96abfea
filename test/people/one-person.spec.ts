import { verifyDatabase } from '../../src/audit/index.js';
import { Conversions } from '../../src/conversions/index.js';
import { bucketOf } from '../../src/platform/ids/index.js';
import { SealWriter } from '../../src/seals/index.js';
import {
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  type ConversionWorld,
  startConversionWorld,
} from '../support/conversions.js';
import { OutsideLog } from '../support/log.js';
import { type Browser, person } from '../support/people.js';
import { reviewers } from '../support/reviewers.js';
import {
  type Staff,
  type StatedPerson,
  booksOf,
  countEntries,
  postFor,
  refusalOf,
  somebody,
  staffOf,
} from './support.js';

let world: ConversionWorld;
let clerk: Staff;
let colleague: Staff;
let stranger: Staff;
let serial = 0;

const reason = 'passport and permit shown together, sheet 21';
const CERTIFICATE = { outcome: 'X-LOG-2', grade: undefined };
/** Takes both: the course is worth four, and what the certificate adds is elective. */
const BOTH = [
  {
    id: 'both',
    when: { all: [BASE_TO_C1.when, CERTIFICATE_TO_C1.when] },
    grants: [{ course: 'C1', credits: 'of-target' }],
  },
];

beforeAll(async () => {
  world = await startConversionWorld();
  clerk = await staffOf(world, world.school);
  colleague = await staffOf(world, world.school);
  stranger = await staffOf(world, world.otherSchool);
});
afterAll(() => world?.close());

interface Twice {
  readonly survivor: StatedPerson;
  readonly other: StatedPerson;
  readonly survivorId: string;
  readonly otherId: string;
}

/** One person with two accounts: a course under the card, a certificate under the passport. */
async function twice(): Promise<Twice> {
  serial += 1;
  const survivor = somebody('双重');
  const number = `E${String(10_000_000 + serial)}`;
  const other: StatedPerson = { name: 'SHUANG CHONG', document: { kind: 'passport', number } };
  const { learnerId: survivorId } = await postFor(world.school, survivor);
  const { learnerId: otherId } = await postFor(world.issuer, other, CERTIFICATE);
  return { survivor, other, survivorId, otherId };
}

const propose = ({ survivor, other }: Pick<Twice, 'survivor' | 'other'>, by: Staff = clerk) =>
  by.post('/v1/person-links', { survivor, other, reason });

async function merged(pair: Pick<Twice, 'survivor' | 'other'>): Promise<string> {
  const { body } = await propose(pair).expect(202);
  return confirmed(body as { id: string; digest: string });
}

async function confirmed({ id, digest }: { id: string; digest: string }): Promise<string> {
  const done = await colleague.post(`/v1/proposals/${id}/confirmation`, { digest }).expect(200);
  return done.body.resultId as string;
}

async function split(linkId: string): Promise<string> {
  const { body } = await clerk.post(`/v1/person-links/${linkId}/split`, { reason }).expect(202);
  return confirmed(body as { id: string; digest: string });
}

async function signedIn(learnerId: string): Promise<Browser> {
  return (await person(world, ['learner'], { learnerId })).signIn();
}

const available = async (who: Browser, path = '/v1/learners/me'): Promise<string> =>
  (await who.get(`${path}/balance`).expect(200)).body.total.available as string;

describe('two accounts that are one person', () => {
  it('are read as one by everybody, and not a row of the books is another', async () => {
    const pair = await twice();
    const { survivorId, otherId } = pair;
    const me = await signedIn(survivorId);
    const myOther = await signedIn(otherId);
    const share = await myOther.post('/v1/shares', { purpose: '求职' }).expect(201);
    const code = share.body.code as string;
    await me.get(`/v1/learners/${otherId}/balance`).expect(404);
    await world.school.get(`/v1/learners/${otherId}`).expect(404);
    const before = await booksOf(world);
    const linkId = await merged(pair);
    expect(await booksOf(world)).toBe(before);

    for (const browser of [me, myOther]) {
      const profile = await browser.get('/v1/learners/me').expect(200);
      expect(profile.body).toMatchObject({ id: survivorId, name: '双重' });
      expect(profile.body.identities.map(({ kind }: { kind: string }) => kind)).toEqual([
        'resident-id',
        'passport',
      ]);
      for (const id of ['me', survivorId, otherId]) {
        const { body } = await browser.get(`/v1/learners/${id}/balance`).expect(200);
        expect([body.learnerId, body.total.available]).toEqual([survivorId, '11']);
      }
      const statement = await browser.get('/v1/learners/me/statement').expect(200);
      expect(statement.body.items).toHaveLength(2);
      expect(statement.body.closing.available).toBe('11');
      const first = await browser.get('/v1/learners/me/outcomes?limit=1').expect(200);
      const second = await browser
        .get(`/v1/learners/me/outcomes?limit=1&after=${first.body.next}`)
        .expect(200);
      expect([...first.body.items, ...second.body.items]).toHaveLength(2);
      expect(second.body.next).toBeNull();
      const shares = await browser.get('/v1/shares').expect(200);
      expect(shares.body.items.map(({ id }: { id: string }) => id)).toEqual([share.body.id]);
      await browser.get(`/v1/shares/${share.body.id}`).expect(200);
      await browser.get(`/v1/person-links/${linkId}`).expect(200);
    }
    // Whoever knew one account knows the person; everybody else knows neither.
    for (const id of [survivorId, otherId]) {
      const seen = await world.school.get(`/v1/learners/${id}/balance`).expect(200);
      expect(seen.body.total.available).toBe('11');
      expect((await world.issuer.get(`/v1/learners/${id}/outcomes`)).body.items).toHaveLength(2);
      await world.otherSchool.get(`/v1/learners/${id}/balance`).expect(404);
    }
    const proof = await world.http.post('/v1/verifications').send({ code }).expect(200);
    expect(JSON.stringify(proof.body)).toContain('X-LOG-2');
    expect(JSON.stringify(proof.body)).toContain('LOG-BASE');

    // One log, newest first, whole over its pages.
    const whole = await me.get('/v1/learners/me/access-log?limit=100').expect(200);
    const lines = whole.body.items as { at: string; purpose: string; reader: string }[];
    expect(lines.filter(({ purpose }) => purpose === 'person-link').length).toBeGreaterThan(3);
    expect(lines.map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at).toSorted((a, b) => (a < b ? 1 : -1)),
    );
    const paged: object[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const { body } = await me.get(`/v1/learners/me/access-log?limit=3${after}`).expect(200);
      paged.push(...(body.items as object[]));
      next = body.next as string | null;
    }
    expect(paged).toEqual(lines);
    const exported = await myOther.get('/v1/learners/me/export').expect(200);
    expect(exported.body.learner.id).toBe(survivorId);
    expect(exported.body.mergedAccounts).toEqual([
      expect.objectContaining({
        learner: expect.objectContaining({ id: otherId, name: 'SHUANG CHONG' }),
        personLinks: [expect.objectContaining({ id: linkId, action: 'merge' })],
      }),
    ]);
    await new OutsideLog(world.http).waitFor(2);
    expect(await verifyDatabase(world.config.databaseUrl)).toMatchObject({
      sound: true,
      faults: [],
    });
  });

  it('are proven one by one, and together they are the balance', async () => {
    const pair = await twice();
    await merged(pair);
    await new OutsideLog(world.http).waitFor(await countEntries(world));
    await world.app.get(SealWriter).seal();
    const me = await signedIn(pair.survivorId);
    const { body: first } = await me.get('/v1/learners/me/balance-proof').expect(200);
    const { body: second } = await me.get('/v1/learners/me/balance-proof?account=2').expect(200);
    expect([first.learnerId, second.learnerId]).toEqual([pair.survivorId, pair.otherId]);
    expect([first.balances[0].available, second.balances[0].available]).toEqual(['4', '7']);
    await me.get('/v1/learners/me/balance-proof?account=3').expect(404);
    await me.get('/v1/learners/me/balance-proof?account=0').expect(400);
    const foreign = `/v1/learners/${pair.survivorId}/balance-proof?account=2`;
    await world.otherSchool.get(foreign).expect(404);
  });

  it('get what is posted into the surviving one, and what was posted before is known', async () => {
    const pair = await twice();
    const sent = {
      externalId: `again-${serial}`,
      learner: pair.other,
      outcome: 'TR-CARE',
      completedOn: '2026-05-30',
      attendancePercent: '90',
    };
    await world.school.post('/v1/completions', sent).expect(201);
    await merged(pair);
    const again = await world.school.post('/v1/completions', sent).expect(200);
    expect(again.body).toMatchObject({ status: 'duplicate', outcome: { learnerId: pair.otherId } });
    expect(again.body.balance.total.available).toBe('12.5');
    const late = await postFor(world.school, pair.other, {
      outcome: 'OPEN-TALK',
      grade: undefined,
    });
    expect(late.learnerId).toBe(pair.survivorId);
    const byId = await world.issuer
      .post('/v1/completions', {
        externalId: `by-id-${serial}`,
        learner: { id: pair.otherId },
        outcome: 'X-LOG-2',
        completedOn: '2026-05-30',
      })
      .expect(201);
    expect(byId.body.outcome.learnerId).toBe(pair.survivorId);
  });

  it('are decided about as one: credit of both is held, used, and comes back', async () => {
    const pair = await twice();
    const programme = await world.publish({ rules: BOTH });
    const [reviewer] = await reviewers(world, world.college.institution.id, 1);
    const me = await signedIn(pair.survivorId);
    const ask = { learner: 'me', programme };
    const alone = await me.post('/v1/evaluations', ask).expect(200);
    expect(alone.body.decision.credits).toBe('0');
    const linkId = await merged(pair);
    const together = await me.post('/v1/evaluations', ask).expect(200);
    expect(together.body.decision.credits).toBe('4');
    const applied = await me.post('/v1/applications', ask).expect(202);
    const path = `/v1/applications/${applied.body.id}`;
    const settled = await world.settled(me, applied.body.id as string);
    expect(settled.state).toBe('in-review');
    const held = await me.get('/v1/learners/me/balance').expect(200);
    expect(held.body.total.held).not.toBe('0');

    const early = await clerk.post(`/v1/person-links/${linkId}/split`, { reason });
    expect(refusalOf(early)).toEqual([409, 'split-entangled']);
    await reviewer?.post(`${path}/review`, { verdict: 'approve' }).expect(200);
    const booked = await me.get(path).expect(200);
    expect(booked.body.state).toBe('booked');
    const uses = (booked.body.entries as { kind: string }[]).filter(({ kind }) => kind === 'use');
    expect(uses.length).toBeGreaterThan(0);
    const conversions = await world.database.readAcrossTenants((tx) =>
      world.app.get(Conversions).bookedOf(tx, pair.otherId),
    );
    expect(conversions.map(({ applicationId }) => applicationId)).toEqual([applied.body.id]);
    const still = await clerk.post(`/v1/person-links/${linkId}/split`, { reason });
    expect(refusalOf(still)).toEqual([409, 'split-entangled']);
    expect(still.body.applications).toEqual([applied.body.id]);

    // The certificate of the other account is taken back: what rests on it falls, here too.
    const outcomes = await me.get('/v1/learners/me/outcomes').expect(200);
    const certificate = (outcomes.body.items as { id: string; code: string }[]).find(
      ({ code }) => code === 'X-LOG-2',
    );
    const revoked = await world.issuer
      .post(`/v1/outcomes/${certificate?.id}/revocation`, { reason: 'issued by mistake' })
      .expect(200);
    expect(revoked.body.effects.conversions).toHaveLength(1);
    expect((await me.get(path).expect(200)).body.state).toBe('revoked');
    expect(await available(me)).toBe('4');
    await split(linkId);
    expect(await available(me)).toBe('4');
    await new OutsideLog(world.http).waitFor(2);
    expect(await verifyDatabase(world.config.databaseUrl)).toMatchObject({
      sound: true,
      faults: [],
    });
  });

  it('go together when the person goes', async () => {
    const pair = await twice();
    await merged(pair);
    const me = await signedIn(pair.otherId);
    await me.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    for (const learner of [pair.survivor, pair.other]) {
      const answer = await clerk.post('/v1/claim-codes', { learner });
      expect(refusalOf(answer)).toEqual([409, 'learner-frozen']);
    }
    await me.delete('/v1/learners/me/erasure').expect(200);
    expect(await available(me)).toBe('11');
  });
});

describe('a wrong merge', () => {
  it('is undone by an entry, and everything reads apart again', async () => {
    const pair = await twice();
    const me = await signedIn(pair.survivorId);
    const other = await signedIn(pair.otherId);
    const linkId = await merged(pair);
    const before = await booksOf(world);
    const splitId = await split(linkId);
    expect(await booksOf(world)).toBe(before);
    expect([await available(me), await available(other)]).toEqual(['4', '7']);
    expect((await other.get('/v1/learners/me').expect(200)).body).toMatchObject({
      id: pair.otherId,
      name: 'SHUANG CHONG',
      identities: [{ kind: 'passport' }],
    });
    await me.get(`/v1/learners/${pair.otherId}/balance`).expect(404);
    await world.school.get(`/v1/learners/${pair.otherId}`).expect(404);
    expect((await postFor(world.school, pair.other)).learnerId).toBe(pair.otherId);
    const shown = await clerk.get(`/v1/person-links/${linkId}`).expect(200);
    expect(shown.body).toMatchObject({ action: 'merge', undoneBy: splitId });
    const again = await clerk.post(`/v1/person-links/${linkId}/split`, { reason });
    expect(refusalOf(again)).toEqual([409, 'split-done']);
  });

  it('lets go whom it had taken in before with it', async () => {
    const pair = await twice();
    const third = somebody('第三');
    const { learnerId } = await postFor(world.school, third, {
      outcome: 'OPEN-TALK',
      grade: undefined,
    });
    const first = await merged({ survivor: pair.other, other: third });
    const second = await merged(pair);
    const me = await signedIn(learnerId);
    expect((await me.get('/v1/learners/me').expect(200)).body.id).toBe(pair.survivorId);
    await split(second);
    expect((await me.get('/v1/learners/me').expect(200)).body.id).toBe(pair.otherId);
    await split(first);
    expect((await me.get('/v1/learners/me').expect(200)).body.id).toBe(learnerId);
  });
});

describe('what stands against a merge is said by its name', () => {
  it('one person, one who wants to go, the same outcome twice', async () => {
    const pair = await twice();
    expect(refusalOf(await propose({ survivor: pair.survivor, other: pair.survivor }))).toEqual([
      409,
      'merge-same-person',
    ]);
    await postFor(world.school, pair.other);
    const held = await propose(pair);
    expect(refusalOf(held)).toEqual([409, 'merge-outcome-twice']);
    expect(held.body.outcomes).toEqual(['LOG-BASE']);
    const frozen = await twice();
    const { body } = await propose(frozen).expect(202);
    await world.authority
      .post(`/v1/learners/${frozen.otherId}/erasure`, { ground: 'unlawful' })
      .expect(202);
    const late = await colleague.post(`/v1/proposals/${body.id}/confirmation`, {
      digest: body.digest,
    });
    expect(refusalOf(late)).toEqual([409, 'merge-frozen']);
  });

  it('an application under way', async () => {
    const pair = await twice();
    const programme = await world.publish({ rules: [BASE_TO_C1, CERTIFICATE_TO_C1] });
    const apply = async (learnerId: string): Promise<string> => {
      const browser = await signedIn(learnerId);
      const applied = await browser
        .post('/v1/applications', { learner: 'me', programme })
        .expect(202);
      const { id, state } = await world.settled(browser, applied.body.id as string);
      expect(state).toBe('in-review');
      return id;
    };
    const ofOther = await apply(pair.otherId);
    expect(refusalOf(await propose(pair))).toEqual([409, 'merge-application-open']);
    const ofSurvivor = await apply(pair.survivorId);
    const both = await propose(pair);
    expect(refusalOf(both)).toEqual([409, 'merge-applications-on-both']);
    expect(both.body.applications).toEqual([ofSurvivor, ofOther]);
  });

  it('one who decides alone, strangers, and who is not there', async () => {
    const pair = await twice();
    const { body } = await propose(pair).expect(202);
    const path = `/v1/proposals/${body.id}/confirmation`;
    const own = await clerk.post(path, { digest: body.digest });
    expect(refusalOf(own)).toEqual([403, 'confirmer-is-proposer']);
    await stranger.post(path, { digest: body.digest }).expect(404);
    expect(refusalOf(await propose(pair))).toEqual([409, 'proposal-open']);
    const linkId = await confirmed(body as { id: string; digest: string });
    await stranger.get(`/v1/person-links/${linkId}`).expect(404);
    await stranger.post(`/v1/person-links/${linkId}/split`, { reason }).expect(404);
    const other = await twice();
    await (await signedIn(other.otherId)).get(`/v1/person-links/${linkId}`).expect(404);
    await propose({ survivor: pair.survivor, other: somebody('无此人') }).expect(404);
    const wrongName = { ...pair.other, name: 'SHUANG CHANG' };
    expect(refusalOf(await propose({ survivor: other.survivor, other: wrongName }))).toEqual([
      422,
      'name-mismatch',
    ]);
  });
});

it('buckets are the same in the database', async () => {
  const { survivorId, otherId } = await twice();
  for (const id of [survivorId, otherId]) {
    const [row] = await world.database.readAcrossTenants((tx) =>
      tx.query<{ bucket: number }[]>('SELECT bucket_of($1) AS bucket', [id]),
    );
    expect(row?.bucket).toBe(bucketOf(id));
  }
});
