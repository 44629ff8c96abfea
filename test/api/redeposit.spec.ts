import { ALONE } from '../support/app.js';
import { Clock } from '../../src/platform/clock/index.js';
import {
  type ConversionWorld,
  BASE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { APPEAL, outcomeOf, redeposit, revoke } from '../support/revocations.js';
import { completion } from '../support/world.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld({ twoPeople: ALONE });
});
afterAll(() => world?.close());

describe('shelf life', () => {
  it('credit that comes back after its last day expires at once', async () => {
    const rule = { id: 'care', when: { all: [{ has: 'LOG-BASE' }, { has: 'TR-CARE' }] } };
    const programme = await world.publish({
      review: 'none',
      rules: [{ ...rule, grants: [{ course: 'C1', credits: 'of-target' }] }],
    });
    const learner = await world.learner();
    const posted = await world.school
      .post(
        '/v1/completions',
        completion(7700, {
          outcome: 'TR-CARE',
          learner: { id: learner.id },
          grade: undefined,
          attendancePercent: '90',
        }),
      )
      .expect(201);
    const accepted = await learner.post('/v1/applications', { learner: 'me', programme });
    expect((await world.settled(learner, accepted.body.id as string)).state).toBe('booked');
    const base = await outcomeOf(learner, 'LOG-BASE');
    const today = jest.spyOn(world.app.get(Clock), 'today').mockReturnValue('2034-01-01');
    try {
      const { body } = await revoke(world, base.id).expect(200);
      expect(body.effects.returns).toMatchObject([{ amount: '1.5', expires: true }]);
      expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
        'revocation',
        'reversal',
        'expiry',
      ]);
      expect(await totalOf(learner)).toMatchObject({ available: '7', expired: '1.5' });
      // Expired, and still it was wrongly recorded; given back it is as expired as before.
      const care = posted.body.outcome.id as string;
      const expired = await revoke(world, care).expect(200);
      expect(expired.body).toMatchObject({
        outcome: { state: 'revoked' },
        entries: [{ kind: 'revocation', from: 'expired', amount: '1.5' }],
      });
      const given = await redeposit(world.school, care).expect(200);
      expect(given.body.outcome.state).toBe('expired');
      expect(given.body.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
        'redeposit',
        'expiry',
      ]);
      expect(await totalOf(learner)).toMatchObject({
        available: '7',
        expired: '1.5',
        revoked: '4',
      });
    } finally {
      today.mockRestore();
    }
  });
});

describe('giving an outcome back after a won appeal', () => {
  it('makes its credit available again and names what can be applied for again', async () => {
    const { learner, application, path, programme } = await decided(world, {
      review: 'none',
      rules: [BASE_TO_C1],
    });
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    const taken = await revoke(world, id).expect(200);
    const { body } = await redeposit(world.school, id).expect(200);
    expect(body).toMatchObject({
      outcome: { id, state: 'available', available: '4' },
      entries: [
        {
          kind: 'redeposit',
          from: 'revoked',
          to: 'available',
          amount: '4',
          settles: taken.body.entries[0].id,
          reason: '申诉成立 / upheld',
        },
      ],
      mayApplyAgain: [
        {
          applicationId: application.id,
          programme,
          fate: 'reversed',
          bookedAt: taken.body.effects.conversions[0].bookedAt,
          grants: [{ course: 'C1', credits: '4' }],
        },
      ],
    });
    expect(await totalOf(learner)).toMatchObject({ available: '11', used: '0', revoked: '0' });
    expect((await learner.get(path)).body.state).toBe('revoked');
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id as string);
    expect(second).toMatchObject({ state: 'booked', decision: { credits: '4' } });
    // And what was given back can be wrong once more.
    expect((await revoke(world, id).expect(200)).body.effects.conversions).toMatchObject([
      { applicationId: second.id },
    ]);
  });

  it('is for who took it back, or an authority; and once', async () => {
    const learner = await world.learner();
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    for (const by of [world.school, world.authority]) {
      expect((await redeposit(by, id).expect(409)).body.code).toBe('not-revoked');
    }
    await revoke(world, id).expect(200);
    for (const by of [world.otherSchool, world.issuer]) await redeposit(by, id).expect(404);
    await redeposit(world.college, id).expect(403);
    await learner.post(`/v1/outcomes/${id}/redeposit`, { reason: 'r', appeal: APPEAL }).expect(403);
    await redeposit(world.authority, id).expect(200);
    expect((await redeposit(world.school, id).expect(409)).body.code).toBe('not-revoked');
    expect((await outcomeOf(learner, 'LOG-BASE')).state).toBe('available');
    await redeposit(world.school, 'nonsense').expect(404);
    await redeposit(world.school, '0198c5a2-7a10-7123-8f00-0123456789ab').expect(404);
  });

  it.each([
    [{ reason: 'r' }],
    [{ appeal: APPEAL }],
    [{ reason: '', appeal: APPEAL }],
    [{ reason: 'r', appeal: '' }],
    [{ reason: 'r', appeal: 'x'.repeat(10_000) }],
    [{ reason: 'a\u0000', appeal: APPEAL }],
  ])('wants a reason and the decision on the appeal, not %j', async (body) => {
    const learner = await world.learner();
    const { id } = await outcomeOf(learner, 'LOG-BASE');
    await revoke(world, id).expect(200);
    await world.school.post(`/v1/outcomes/${id}/redeposit`, body).expect(400);
    expect((await outcomeOf(learner, 'LOG-BASE')).state).toBe('revoked');
  });
});
