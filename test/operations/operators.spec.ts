import { Secret, TOTP } from 'otpauth';
import {
  CommandError,
  addOperator,
  createKey,
  listKeys,
  listOperators,
  revokeKey,
  rotateKey,
} from '../../src/access/command/index.js';
import { openTestDatabase } from '../support/database.js';
import { type Browser, type Person, browserOf, person, postSession } from '../support/people.js';
import { type ProposalBody, confirm, refused } from '../support/proposals.js';
import { type World, startWorld } from '../support/world.js';

let world: World;
let url: string;

beforeAll(async () => {
  world = await startWorld();
  url = world.config.databaseUrl;
});
afterAll(() => world?.close());

const own = 'seven small boats';

const eventsOf = (subject: string): Promise<{ action: string; actor: string; after: object }[]> =>
  world.database.read((tx) =>
    tx.query(
      `SELECT action, actor, after FROM administrative_event WHERE subject_id = $1 ORDER BY id`,
      [subject],
    ),
  );

describe('creditbank operators', () => {
  const wanted = { signInName: 'Li.Na', displayName: '李娜', isAnother: false };

  it('lets the first operator into an empty bank, with a password that only makes another', async () => {
    expect(await listOperators(url)).toEqual([]);
    const added = await addOperator(url, wanted);
    expect(added.signInName).toBe('li.na');
    const { password } = added;
    const signedIn = await postSession(world, { name: 'li.na', password }).expect(200);
    expect(signedIn.body).toMatchObject({ mustChangePassword: true });
    const browser = browserOf(world, signedIn);
    expect(await refused(browser.get('/v1/tasks'))).toEqual([403, 'password-temporary']);
    await browser.put('/v1/account/password', { current: password, next: own }).expect(204);
    await browser.get('/v1/tasks').expect(200);
    const again = await postSession(world, { name: 'li.na', password: own }).expect(200);
    expect(again.body).toMatchObject({ mustChangePassword: false });
    const [opened] = await eventsOf(added.id);
    expect(opened).toMatchObject({
      action: 'opened',
      actor: 'creditbank-operators',
      after: { signInName: 'li.na', operatorsBefore: 0 },
    });
    expect(JSON.stringify(opened)).not.toContain(password);
  });

  it('is refused once there is one, unless it is meant', async () => {
    const second = { ...wanted, signInName: 'wang.wei' };
    await expect(addOperator(url, second)).rejects.toThrow('--another');
    await expect(addOperator(url, { ...wanted, isAnother: true })).rejects.toThrow('taken');
    await addOperator(url, { ...second, isAnother: true });
    expect((await listOperators(url)).map(({ signInName }) => signInName)).toEqual([
      'li.na',
      'wang.wei',
    ]);
  });

  it('of two who begin a bank at once lets one in', async () => {
    const empty = await openTestDatabase();
    const outcomes = await Promise.allSettled(
      ['one', 'two', 'three'].map((signInName) =>
        addOperator(empty.url, { ...wanted, signInName }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await empty.drop();
  });

  it('makes a password that ends', async () => {
    const late = { ...wanted, signInName: 'late', isAnother: true };
    const { id, password } = await addOperator(url, late);
    await world.database.transaction((tx) =>
      tx.query(`UPDATE account SET password_until = now() - interval '1 second' WHERE id = $1`, [
        id,
      ]),
    );
    expect(await refused(postSession(world, { name: 'late', password }))).toEqual([
      401,
      'sign-in-failed',
    ]);
  });

  it('says what to do about a database without tables, and about a name that is none', async () => {
    const empty = await openTestDatabase({ empty: true });
    await expect(addOperator(empty.url, wanted)).rejects.toThrow('start this version');
    await empty.drop();
    await expect(addOperator(url, { ...wanted, signInName: 'x y' })).rejects.toThrow(CommandError);
  });
});

describe('creditbank keys', () => {
  const wanted = {
    institution: 'school',
    label: '教务系统',
    roles: ['registrar'],
    scopes: ['imports:read'],
    days: 30,
  };
  const ask = (key: string) =>
    world.http.get('/v1/imports').set({ authorization: `Bearer ${key}` });

  it('makes, lists, replaces and ends a key, each in the history', async () => {
    const made = await createKey(url, wanted);
    await ask(made.key).expect(200);
    const listed = await listKeys(url, 'school');
    expect(listed[0]).toMatchObject({ id: made.id, institution: 'school', label: '教务系统' });
    expect(JSON.stringify(listed)).not.toContain(made.key.slice(12));
    const next = await rotateKey(url, made.id, 0);
    await ask(next.key).expect(200);
    await revokeKey(url, next.id);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await ask(made.key).expect(401);
    await ask(next.key).expect(401);
    expect((await eventsOf(made.id)).map(({ action }) => action)).toEqual(['issued', 'rotated']);
    expect((await eventsOf(next.id)).map(({ action }) => action)).toEqual(['issued', 'revoked']);
    expect(JSON.stringify(await eventsOf(next.id))).not.toContain(next.key.slice(12));
    await expect(revokeKey(url, next.id)).rejects.toThrow('no open key');
  });

  it('tells whoever does not know the names of scopes what they are', async () => {
    const promised = (async () => createKey(url, { ...wanted, scopes: ['completions:write'] }))();
    await expect(promised).rejects.toThrow('completions:write is no scope: agreements:read, ');
  });

  it.each([
    ['an institution that is not there', { institution: 'nowhere' }],
    ['a role that is none', { roles: ['king'] }],
    ['a role of learners', { roles: ['learner'] }],
    ['a scope that is none', { scopes: ['all'] }],
    ['no scope at all', { scopes: [] }],
  ])('refuses %s', async (_, over) => {
    const promised = (async () => createKey(url, { ...wanted, ...over }))();
    await expect(promised).rejects.toThrow(CommandError);
  });
});

describe('a second factor that is lost', () => {
  let operator: Person;
  let other: Person;
  let clerk: Person;
  let secret: string;
  let session: Browser;

  beforeAll(async () => {
    operator = await person(world, ['operator']);
    other = await person(world, ['operator'], { institutionId: world.authority.institution.id });
  });
  beforeEach(async () => {
    clerk = await person(world, ['registrar'], { institutionId: world.school.institution.id });
    session = await clerk.signIn();
    const offer = await session.post('/v1/account/one-time-code').expect(200);
    secret = offer.body.secret as string;
    await session.post('/v1/account/one-time-code/confirmation', { code: code(-1) }).expect(200);
  });

  const code = (steps: number): string =>
    TOTP.generate({
      secret: Secret.fromBase32(secret),
      timestamp: Date.now() + steps * 30_000,
    });

  async function propose(by: Browser): Promise<ProposalBody> {
    const wanted = { signInName: clerk.name, reason: '手机遗失，持工作证到场' };
    return (await by.post('/v1/second-factor-resets', wanted).expect(202)).body as ProposalBody;
  }

  it('is reset by two people of the bank, ends all sessions and stands in the history', async () => {
    const one = await operator.signIn();
    const proposal = await propose(one);
    expect(proposal).toMatchObject({
      kind: 'second-factor-reset',
      why: ['sign-in'],
      summary: { oneTimeCodes: 1, passkeys: 0, recoveryCodes: 10 },
    });
    const alone = await postSession(world, { name: clerk.name, password: clerk.password });
    expect([alone.status, alone.body.code]).toEqual([401, 'second-factor-needed']);
    expect(await refused(confirm(one, proposal))).toEqual([403, 'confirmer-is-proposer']);
    await confirm(await other.signIn(), proposal).expect(200);
    await session.get('/v1/account').expect(401);
    await clerk.signIn();
    const events = await eventsOf(clerk.id);
    expect(events.at(-1)).toMatchObject({
      action: 'second-factor-reset',
      actor: other.id,
      after: { hasOneTimeCode: false, passkeys: 0, recoveryCodesLeft: 0 },
    });
  });

  it('is left alone when its owner got in again meanwhile', async () => {
    const proposal = await propose(await operator.signIn());
    await session.post('/v1/account/recovery-codes').expect(200);
    await session.delete('/v1/account/one-time-code').expect(204);
    expect(await refused(confirm(await other.signIn(), proposal))).toEqual([
      409,
      'proposal-differs',
    ]);
  });

  it('is nothing for others, for oneself, or where there is none', async () => {
    const wanted = { signInName: clerk.name, reason: 'r' };
    for (const by of [session, await (await person(world, ['authority'])).signIn()]) {
      await by.post('/v1/second-factor-resets', wanted).expect(403);
    }
    const one = await operator.signIn();
    const ask = (signInName: string) =>
      refused(one.post('/v1/second-factor-resets', { signInName, reason: 'r' }));
    expect(await ask(operator.name)).toEqual([403, 'reset-of-oneself']);
    expect(await ask(other.name)).toEqual([409, 'second-factor-absent']);
    expect(await ask('nobody')).toEqual([404, 'not-found']);
    const proposal = await propose(one);
    const stranger = await person(world, ['registrar'], {
      institutionId: world.school.institution.id,
    });
    await (await stranger.signIn()).get(`/v1/proposals/${proposal.id}`).expect(404);
    expect(await refused(confirm(await stranger.signIn(), proposal))).toEqual([404, 'not-found']);
  });
});
