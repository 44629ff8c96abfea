import { addMonths } from '#libs/credit';
import type { Role } from '../../src/platform/auth/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { twoPeopleSettings } from '../../src/platform/config/index.js';
import {
  CERTIFICATE_TO_C1,
  type ConversionWorld,
  type LearnerCaller,
  startConversionWorld,
} from '../support/conversions.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { type Person, person } from '../support/people.js';
import {
  type ProposalBody,
  confirm,
  digestOf,
  keyFor,
  pathOf,
  propose,
  refused,
} from '../support/proposals.js';
import { ruleText } from '../support/rules.js';
import { APPEAL, REASON, outcomeOf } from '../support/revocations.js';
import { type Caller, completion } from '../support/world.js';
import { until } from '../support/until.js';

/** A certificate of seven credits takes two people, a course of four does not. */
const LIMITS = { ALONE_CREDITS: '5', ALONE_REACH: '2', PROPOSAL_DAYS: '3' };
const DAY_MS = 24 * 60 * 60 * 1000;

let world: ConversionWorld;
let wang: Person;
let li: Person;
let serial = 5_000;

beforeAll(async () => {
  world = await startConversionWorld({ twoPeople: twoPeopleSettings(LIMITS) });
  [wang, li] = [await issuerPerson(), await issuerPerson()];
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

const issuerPerson = (): Promise<Person> =>
  person(world, ['issuer'], { institutionId: world.issuer.institution.id });

const issuerKey = (maker?: Person) =>
  keyFor(world, {
    institutionId: world.issuer.institution.id,
    roles: ['issuer'],
    ...(maker && { maker }),
  });

async function certificate(): Promise<{ learner: LearnerCaller; id: string }> {
  const learner = await world.learner();
  return { learner, id: (await outcomeOf(learner, 'X-LOG-2')).id };
}

const stateOf = async (learner: LearnerCaller): Promise<string> =>
  (await outcomeOf(learner, 'X-LOG-2')).state;

describe('taking an outcome back', () => {
  it('within the limits is done at once by one person', async () => {
    const learner = await world.learner();
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    const preview = await world.school.post(`${pathOf(id)}?preview=true`, { reason: REASON });
    expect(preview.body).toMatchObject({ needsSecondPerson: [] });
    const { digest } = preview.body as { digest: string };
    const other = 'f'.repeat(64);
    expect(await refused(world.school.post(pathOf(id), { reason: REASON, digest: other }))).toEqual(
      [409, 'preview-differs'],
    );
    const { body } = await world.school.post(pathOf(id), { reason: REASON, digest }).expect(200);
    expect(body).toMatchObject({ outcome: { state: 'revoked' }, digest });
  });

  it('beyond them is refused to one person, and says why', async () => {
    const { learner, id } = await certificate();
    const asker = await wang.signIn();
    const preview = await asker.post(`${pathOf(id)}?preview=true`, { reason: REASON }).expect(200);
    expect(preview.body.needsSecondPerson).toEqual(['credits']);
    const alone = await asker.post(pathOf(id), { reason: REASON }).expect(409);
    expect(alone.body).toMatchObject({ code: 'second-person-needed', why: ['credits'] });
    expect(await stateOf(learner)).toBe('available');
  });

  it('is proposed by one person and done by the confirmation of another', async () => {
    const { learner, id } = await certificate();
    const [one, two] = [await wang.signIn(), await li.signIn()];
    const proposal = await propose(one, id);
    expect(proposal).toMatchObject({
      state: 'open',
      kind: 'outcome-revocation',
      subjectId: id,
      institutionId: world.issuer.institution.id,
      why: ['credits'],
      summary: { learners: 1, outcomes: 1, credits: '7', conversions: 0, awards: 0 },
      reason: REASON,
      proposedBy: wang.id,
      decidedBy: null,
    });
    expect(await stateOf(learner)).toBe('available');
    const open = await two.get('/v1/proposals?open=true').expect(200);
    expect(open.body.items.map((item: ProposalBody) => item.id)).toContain(proposal.id);
    expect(await refused(confirm(two, { ...proposal, digest: 'a'.repeat(64) }))).toEqual([
      409,
      'proposal-differs',
    ]);
    const { body } = await confirm(two, proposal).expect(200);
    expect(body).toMatchObject({ state: 'confirmed', decidedBy: li.id, resultId: id });
    expect(await stateOf(learner)).toBe('revoked');
    const history = await two.get(`/v1/administrative-events?subject=${proposal.id}`).expect(200);
    expect(
      history.body.items.map(({ action, actor }: { action: string; actor: string }) => [
        action,
        actor,
      ]),
    ).toEqual([
      ['confirmed', li.id],
      ['proposed', wang.id],
    ]);
    expect(await refused(confirm(two, proposal))).toEqual([409, 'proposal-closed']);
  });

  it('says to each who reads it why they cannot confirm it', async () => {
    const { id } = await certificate();
    const proposal = await propose(await issuerKey(wang), id);
    const of = { institutionId: world.issuer.institution.id };
    const manager = await person(world, ['manager'], of);
    const overseer = await person(world, ['authority']);
    const whyNot = async (who: Person): Promise<string> => {
      const { body } = await (await who.signIn()).get(`/v1/proposals/${proposal.id}`).expect(200);
      expect(body).toMatchObject({ about: { outcomeId: id }, deciders: ['registrar', 'issuer'] });
      return body.whyNot;
    };
    expect(await whyNot(wang)).toBe('proposer');
    expect(await whyNot(manager)).toBe('other-role');
    expect(await whyNot(overseer)).toBe('other-institution');
    expect(await whyNot(li)).toBeNull();
    await confirm(await li.signIn(), proposal).expect(200);
    expect(await whyNot(li)).toBe('closed');
  });

  it('is never confirmed by who proposed it, by whatever account or key', async () => {
    const { learner, id } = await certificate();
    const own = await wang.signIn();
    const proposal = await propose(await issuerKey(wang), id);
    expect(await refused(confirm(own, proposal))).toEqual([403, 'confirmer-is-proposer']);
    expect(await refused(confirm(await issuerKey(wang), proposal))).toEqual([403, 'people-only']);
    expect(await refused(confirm(await issuerKey(), proposal))).toEqual([403, 'people-only']);
    expect(await stateOf(learner)).toBe('available');
    await confirm(await li.signIn(), proposal).expect(200);
    const second = await certificate();
    const bySession = await propose(own, second.id);
    expect(await refused(confirm(await wang.signIn(), bySession))).toEqual([
      403,
      'confirmer-is-proposer',
    ]);
    expect(await stateOf(second.learner)).toBe('available');
  });

  it('is nothing that another institution hears of, and nothing without the right to it', async () => {
    const { id } = await certificate();
    const proposal = await propose(await wang.signIn(), id);
    const path = `/v1/proposals/${proposal.id}`;
    const foreign = await person(world, ['registrar', 'issuer'], {
      institutionId: world.school.institution.id,
    });
    const stranger = await foreign.signIn();
    await stranger.get(path).expect(404);
    await confirm(stranger, proposal).expect(404);
    await stranger.post(`${path}/refusal`, { reason: 'x' }).expect(404);
    const list = await stranger.get('/v1/proposals').expect(200);
    expect(list.body.items).toEqual([]);
    await (await foreign.signIn()).get('/v1/proposals/nonsense').expect(404);
    const clerk = await person(world, ['admissions'], {
      institutionId: world.issuer.institution.id,
    });
    expect(await refused(confirm(await clerk.signIn(), proposal))).toEqual([403, 'not-allowed']);
    await world.authority.get(path).expect(200);
    const overseer = await person(world, ['authority', 'issuer'], {
      institutionId: world.authority.institution.id,
    });
    expect(await refused(confirm(await overseer.signIn(), proposal))).toEqual([403, 'not-allowed']);
  });

  it('that would change something else by now is refused by name, and nothing is done', async () => {
    const { learner, id } = await certificate();
    const proposal = await propose(await wang.signIn(), id);
    const programme = await world.publish({ review: 'none', rules: [CERTIFICATE_TO_C1] });
    const applied = await learner.post('/v1/applications', { learner: 'me', programme });
    expect(await world.settled(learner, applied.body.id as string)).toMatchObject({
      state: 'booked',
    });
    const two = await li.signIn();
    expect(await refused(confirm(two, proposal))).toEqual([409, 'proposal-differs']);
    expect(await stateOf(learner)).toBe('used');
    const still = await two.get(`/v1/proposals/${proposal.id}`).expect(200);
    expect(still.body.state).toBe('open');
    // What a learner shows to whom is not changed by a revocation, and holds none up.
    await two.post(`/v1/proposals/${proposal.id}/refusal`, { reason: '已变化' }).expect(200);
    const again = await propose(await wang.signIn(), id);
    expect(again).toMatchObject({ summary: { conversions: 1 } });
    await learner.post('/v1/shares', { purpose: 'p' }).expect(201);
    await confirm(two, again).expect(200);
    expect(await stateOf(learner)).toBe('revoked');
  });

  it('can be refused by the second person and taken back by the first, and proposed anew', async () => {
    const { learner, id } = await certificate();
    const [one, two] = [await wang.signIn(), await li.signIn()];
    const first = await propose(one, id);
    const digest = await digestOf(two, id);
    const twice = await two.post(pathOf(id), { reason: REASON, digest }).expect(409);
    expect(twice.body).toMatchObject({ code: 'proposal-open', proposal: first.id });
    const no = await two.post(`/v1/proposals/${first.id}/refusal`, { reason: '材料不足' });
    expect(no.body).toMatchObject({ state: 'refused', decisionReason: '材料不足' });
    expect(await refused(confirm(two, first))).toEqual([409, 'proposal-closed']);
    const second = await propose(one, id);
    const back = await one.post(`/v1/proposals/${second.id}/refusal`, { reason: '误提' });
    expect(back.body).toMatchObject({ state: 'withdrawn' });
    expect(await stateOf(learner)).toBe('available');
  });

  it('expires', async () => {
    const { learner, id } = await certificate();
    const proposal = await propose(await wang.signIn(), id);
    const two = await li.signIn();
    const clock = jest.spyOn(world.app.get(Clock), 'now');
    clock.mockReturnValue(new Date(Date.now() + 3 * DAY_MS + 1_000));
    expect(await refused(confirm(two, proposal))).toEqual([409, 'proposal-closed']);
    const shown = await two.get(`/v1/proposals/${proposal.id}`).expect(200);
    expect(shown.body.state).toBe('expired');
    expect((await two.get('/v1/proposals?open=true').expect(200)).body.items).toEqual([]);
    await propose(await wang.signIn(), id);
    clock.mockRestore();
    expect(await stateOf(learner)).toBe('available');
  });

  it('falls once when two confirm at the same time', async () => {
    const { id } = await certificate();
    const proposal = await propose(await wang.signIn(), id);
    const others = await Promise.all([li.signIn(), li.signIn(), li.signIn()]);
    const answers = await Promise.all(others.map((other) => confirm(other, proposal)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it.each([{}, { digest: '' }, { digest: 'x'.repeat(64) }, { digest: 7 }])(
    'is not confirmed by %j',
    async (body) => {
      const { id } = await certificate();
      const proposal = await propose(await wang.signIn(), id);
      await (await li.signIn()).post(`/v1/proposals/${proposal.id}/confirmation`, body).expect(400);
    },
  );
});

describe('an old period', () => {
  const longAgo = (): string => addMonths(world.app.get(Clock).today(), -40);
  const olderThanCredit = (): string => addMonths(world.app.get(Clock).today(), -100);

  it('is corrected by two people, both ways', async () => {
    serial += 1;
    const talk = { outcome: 'OPEN-TALK', grade: undefined, completedOn: longAgo() };
    const posted = await world.school.post('/v1/completions', completion(serial, talk)).expect(201);
    const { id } = posted.body.outcome as { id: string };
    const staff = { institutionId: world.school.institution.id };
    const one = await (await person(world, ['registrar'], staff)).signIn();
    const two = await (await person(world, ['registrar'], staff)).signIn();
    const alone = await one.post(pathOf(id), { reason: REASON }).expect(409);
    expect(alone.body).toMatchObject({ code: 'second-person-needed', why: ['old-period'] });
    await confirm(two, await propose(one, id)).expect(200);
    const body = { reason: '申诉成立 / upheld', appeal: APPEAL };
    const back = await one.post(`/v1/outcomes/${id}/redeposit`, body).expect(202);
    expect(back.body).toMatchObject({ kind: 'outcome-redeposit', why: ['old-period'] });
    expect(await refused(confirm(one, back.body as ProposalBody))).toEqual([
      403,
      'confirmer-is-proposer',
    ]);
    await confirm(two, back.body as ProposalBody).expect(200);
    const again = await one.post(`/v1/outcomes/${id}/redeposit`, body).expect(409);
    expect(again.body.code).toBe('not-revoked');
  });

  it('is posted by a file that one person sends and another commits', async () => {
    serial += 1;
    const old = completion(serial, { completedOn: olderThanCredit() });
    expect(await refused(world.school.post('/v1/completions', old))).toEqual([409, 'old-posting']);
    const sheet = templateSheet(templateRow(serial, { 完成日期: olderThanCredit() }));
    const importer = new Importer(world, world.school);
    const file = await importer.check(sheet);
    expect(file).toMatchObject({ state: 'checked', needsSecondPerson: true });
    const commit = `/v1/imports/${file.id}/commit`;
    expect(await refused(world.school.post(commit))).toEqual([403, 'committer-is-sender']);
    const staff = { institutionId: world.school.institution.id };
    const two = await (await person(world, ['registrar'], staff)).signIn();
    await two.post(commit).expect(202);
    expect(await importer.until(file.id, ['committed', 'failed'])).toMatchObject({
      state: 'committed',
      outcomes: { posted: 1 },
    });
    // What stands in the books is answered as it was, by whom and when ever it is sent again.
    const again = await importer.check(sheet);
    expect(again).toMatchObject({ needsSecondPerson: false });
    await importer.commit(again.id);
  });
});

describe('taking back what an institution posted', () => {
  let provider: Caller;
  const order = (over: object = {}) => ({
    institution: provider.institution.code,
    reason: 'r',
    ...over,
  });

  beforeEach(async () => {
    serial += 10;
    provider = await world.caller(`two-${serial}`, 'school', ['registrar']);
  });

  async function post(people: number): Promise<void> {
    for (let i = 0; i < people; i += 1) {
      serial += 1;
      const course = completion(serial, { outcome: 'X-LOG-2', grade: undefined });
      await provider.post('/v1/completions', course).expect(201);
    }
  }

  it('is ordered alone within the limits, and by two beyond them', async () => {
    const staff = { institutionId: world.authority.institution.id };
    const [first, second] = [
      await person(world, ['authority'], staff),
      await person(world, ['authority'], staff),
    ];
    const [one, two] = [await first.signIn(), await second.signIn()];
    await post(2);
    await one.post('/v1/revocations', order({ outcome: 'LOG-BASE' })).expect(202);
    await post(1);
    const preview = await one.post('/v1/revocations?preview=true', order()).expect(200);
    expect(preview.body).toMatchObject({ learners: 3, needsSecondPerson: ['credits', 'reach'] });
    const alone = await one.post('/v1/revocations', order()).expect(409);
    expect(alone.body).toMatchObject({ code: 'second-person-needed', why: ['credits', 'reach'] });
    const { digest } = preview.body as { digest: string };
    const { body } = await one.post('/v1/revocations', order({ digest })).expect(202);
    expect(body).toMatchObject({ kind: 'revocation-order', summary: { learners: 3, items: 3 } });
    await post(1);
    expect(await refused(confirm(two, body as ProposalBody))).toEqual([409, 'proposal-differs']);
    expect(await refused(one.post('/v1/revocations', order({ digest })))).toEqual([
      409,
      'preview-differs',
    ]);
    await one.post(`/v1/proposals/${body.id}/refusal`, { reason: 'again' }).expect(200);
    const anew = await one.post('/v1/revocations?preview=true', order()).expect(200);
    const proposed = await one.post('/v1/revocations', order({ digest: anew.body.digest }));
    expect(await refused(confirm(one, proposed.body as ProposalBody))).toEqual([
      403,
      'confirmer-is-proposer',
    ]);
    const confirmed = await confirm(two, proposed.body as ProposalBody).expect(200);
    const path = `/v1/revocations/${confirmed.body.resultId}`;
    const done = await until('the order is done', async () => {
      const { body: batch } = await two.get(path).expect(200);
      return batch.state === 'done' && batch;
    });
    expect(done).toMatchObject({ counts: { items: 4 } });
  });
});

it('a rule is neither approved nor ended by two keys of one person', async () => {
  const { id: institutionId } = world.college.institution;
  const maker = await person(world, ['rule-author', 'approver'], { institutionId });
  const keys = { roles: ['rule-author', 'approver'] as Role[], institutionId };
  const [one, two] = [
    await keyFor(world, { ...keys, maker }),
    await keyFor(world, { ...keys, maker }),
  ];
  const other = await person(world, ['approver'], { institutionId });
  const second = await other.signIn();
  const draft = await one.post('/v1/rules/drafts', { document: ruleText('TWO-KEYS') }).expect(201);
  const path = `/v1/rules/drafts/${draft.body.id}`;
  await one.post(`${path}/submission`).expect(200);
  for (const same of [two, await maker.signIn()]) {
    const approval = same.post(`${path}/approval`, { hash: draft.body.hash });
    expect(await refused(approval)).toEqual([403, 'approver-is-author']);
  }
  await second.post(`${path}/approval`, { hash: draft.body.hash }).expect(200);
  await one.post(`${path}/publication`, {}).expect(200);
  const end = `/v1/rules/${encodeURIComponent(draft.body.rule as string)}/versions/1/retirement`;
  await two.post(end, { endsOn: world.app.get(Clock).today(), reason: 'r' }).expect(202);
  expect(await refused(one.post(`${end}/approval`, {}))).toEqual([403, 'approver-is-proposer']);
  await second.post(`${end}/approval`, {}).expect(200);
});

it.each(['proposal', 'proposal_decision'])('%s cannot be changed or deleted', async (table) => {
  await world.database.read(async (tx) => {
    for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
      await expect(tx.query(sql)).rejects.toThrow(/append-only|permission denied/);
    }
  });
});
