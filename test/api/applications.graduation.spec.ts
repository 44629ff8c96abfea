import { Clock } from '../../src/platform/clock/index.js';
import {
  type ConversionWorld,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';
import { ended } from '../support/reevaluations.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());
// Graduations to come must be to come on whatever day this runs.
beforeEach(() => jest.spyOn(world.app.get(Clock), 'today').mockReturnValue('2026-11-30'));
afterEach(() => jest.restoreAllMocks());

/** Who graduates in December finishes by `lastDay`; what learners here have is of 30 June. */
const cutOff = (lastDay: string) => ({
  review: 'none' as const,
  rules: [BASE_TO_C1],
  calendar: {
    yearStarts: '03-01',
    semesters: [
      { id: '1', starts: '03-01' },
      { id: '2', starts: '09-01' },
    ],
    cutOffs: [{ graduation: '12', lastDay }],
  },
});
const AFTER = { zh: expect.stringContaining('2026-12'), en: expect.stringContaining('2026-06-29') };

describe('the graduation that an applicant intends (R34)', () => {
  it('cuts off what was completed after its last day, and nothing of that day', async () => {
    const learner = await world.learner();
    const answers: unknown[] = [];
    for (const [lastDay, graduates] of [
      ['06-30', '2026-12'],
      ['06-29', '2027-12'],
      ['06-29', '2027-01'],
      ['06-29', '2026-12'],
    ] as const) {
      const programme = await world.publish({
        ...cutOff(lastDay),
        lots: { scope: 'per-programme' },
      });
      const wanted = { learner: 'me', programme, graduates };
      const preview = await learner.post('/v1/evaluations', wanted).expect(200);
      expect(preview.body.graduates).toBe(graduates);
      const { body } = await learner.post('/v1/applications', wanted).expect(202);
      const decided = await world.settled(learner, body.id as string);
      expect(decided).toMatchObject({ graduates });
      expect(decided.decision?.credits).toBe(preview.body.decision.credits);
      answers.push([lastDay, graduates, decided.state, decided.decision?.credits]);
    }
    expect(answers).toEqual([
      ['06-30', '2026-12', 'booked', '4'],
      ['06-29', '2027-12', 'booked', '4'],
      ['06-29', '2027-01', 'booked', '4'],
      ['06-29', '2026-12', 'refused', '0'],
    ]);
  });

  it('is told as the reason, and is none when nobody stated one', async () => {
    const learner = await world.learner();
    const programme = await world.publish(cutOff('06-29'));
    const wanted = { learner: 'me', programme };
    const without = await learner.post('/v1/evaluations', wanted).expect(200);
    expect(without.body).toMatchObject({ graduates: null, decision: { credits: '4' } });
    const asked = await learner.post('/v1/applications', { ...wanted, graduates: '2026-12' });
    const { decision } = await world.settled(learner, asked.body.id as string);
    expect(decision?.refused).toMatchObject([{ rule: 'base', text: AFTER }]);
    // A preview that does not say looks at what the newest application says.
    const later = await learner.post('/v1/evaluations', wanted).expect(200);
    expect(later.body).toMatchObject({ graduates: '2026-12', decision: { credits: '0' } });
    const other = await learner.post('/v1/evaluations', { ...wanted, graduates: '2027-01' });
    expect(other.body.decision.credits).toBe('4');
  });

  it('is looked at again when rules change', async () => {
    const sketch = { ...cutOff('06-29'), courses: [{ code: 'C1', credits: '4' }] };
    const programme = await world.publish(sketch);
    const graduates = ['2026-12', '2027-01'];
    const learners = [await world.learner(), await world.learner()];
    for (const [i, learner] of learners.entries()) {
      const wanted = { learner: 'me', programme, graduates: graduates[i] };
      const { body } = await learner.post('/v1/applications', wanted).expect(202);
      await world.settled(learner, body.id as string);
    }
    // The certificate, too, is of 30 June.
    const certificate = { ...CERTIFICATE_TO_C1, grants: [{ elective: 'E1', credits: '5' }] };
    await world.publish({ ...sketch, revises: programme, rules: [BASE_TO_C1, certificate] });
    await ended(world, programme);
    const standings = await Promise.all(
      learners.map(async (learner) => {
        const { body } = await learner.get('/v1/learners/me/standings').expect(200);
        return body.items[0].credits as string;
      }),
    );
    expect(standings).toEqual(['0', '5']);
  });

  it.each([
    ['2026-13', 400],
    ['2026-00', 400],
    ['2026-6', 400],
    ['2026-12-01', 400],
    ['', 400],
    [202612, 400],
    ['2026-10', 422],
    ['2047-01', 422],
  ])('%j is refused with %i', async (graduates, status) => {
    const learner = await world.learner();
    const programme = await world.publish(cutOff('06-30'));
    const wanted = { learner: 'me', programme, graduates };
    for (const path of ['/v1/applications', '/v1/evaluations']) {
      const { body } = await learner.post(path, wanted).expect(status);
      expect(body.code).toBe(status === 400 ? 'invalid-fields' : 'graduation-outside');
    }
  });

  it('is that of the day on which a draft is submitted', async () => {
    const clock = jest.spyOn(world.app.get(Clock), 'today').mockReturnValue('2026-11-30');
    const learner = await world.learner();
    const programme = await world.publish(cutOff('06-30'));
    const wanted = { learner: 'me', programme, graduates: '2026-11', draft: true };
    const { body } = await learner.post('/v1/applications', wanted).expect(202);
    clock.mockReturnValue('2026-12-01');
    const late = await learner.post(`/v1/applications/${body.id}/submission`).expect(422);
    expect(late.body.code).toBe('graduation-outside');
    clock.mockReturnValue('2026-11-30');
    await learner.post(`/v1/applications/${body.id}/submission`).expect(202);
  });

  it('belongs to what a key was used for', async () => {
    const learner = await world.learner();
    const programme = await world.publish(cutOff('06-30'));
    const send = (graduates?: string) =>
      learner
        .post('/v1/applications', { learner: 'me', programme, graduates })
        .set('idempotency-key', `graduation-${learner.id}`);
    await send('2026-12').expect(202);
    await send('2026-12').expect(200);
    expect((await send('2027-12').expect(409)).body.code).toBe('idempotency-conflict');
    expect((await send().expect(409)).body.code).toBe('idempotency-conflict');
  });
});
