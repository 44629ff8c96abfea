import {
  type ApplicationBody,
  type ConversionWorld,
  type ProgrammeSketch,
  BASE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';
import { REASON } from '../support/revocations.js';
import { type Caller, completion } from '../support/world.js';

let world: ConversionWorld;
let serial = 7000;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());
beforeEach(() => {
  serial += 1;
});

const title = { zh: '学位', en: 'Degree' };

/** The course replaces a course; certificate and training become electives as they are. */
const ELECTIVES = {
  review: 'none' as const,
  rules: [
    BASE_TO_C1,
    {
      id: 'elective',
      when: { has: { source: ['certificate', 'training'] } },
      grants: [{ elective: 'E1', credits: 'of-lot' }],
    },
  ],
};

interface OutcomeBody {
  id: string;
  learnerId: string;
}

async function post(by: Caller, over: object = {}): Promise<OutcomeBody> {
  const posted = await by.post('/v1/completions', completion(serial, over)).expect(201);
  return posted.body.outcome as OutcomeBody;
}

/** Course (4 credits), certificate (7) and training (1.5) of the current person. */
const course = () => post(world.school);
const certificate = () =>
  post(world.issuer, { externalId: `cert-${serial}`, outcome: 'X-LOG-2', grade: undefined });
const training = () =>
  post(world.school, { externalId: `care-${serial}`, outcome: 'TR-CARE', grade: undefined });

async function apply(learner: string, programme: string): Promise<ApplicationBody> {
  const wanted = { learner, programme };
  const accepted = await world.school.post('/v1/applications', wanted).expect(202);
  return world.settled(world.school, accepted.body.id as string);
}

interface Effects {
  returns: { amount: string }[];
  conversions: {
    applicationId: string;
    because: string;
    fate: string;
    award: boolean;
    grants: { effect: string; value: string | null }[];
  }[];
}

async function take({ id }: OutcomeBody, by = world.school): Promise<Effects> {
  const { body } = await by.post(`/v1/outcomes/${id}/revocation`, { reason: REASON }).expect(200);
  return body.effects as Effects;
}

async function stateOf({ id }: ApplicationBody): Promise<string> {
  return (await world.school.get(`/v1/applications/${id}`).expect(200)).body.state as string;
}

const rightsOf = ({ decision }: ApplicationBody) =>
  (decision?.granted as { effect?: string; value?: string }[] | undefined)
    ?.filter(({ effect }) => effect === 'right')
    .map(({ value }) => value);

describe('what rests on totals', () => {
  it('falls with the credit it was built on, though granted by a later decision', async () => {
    const programme = await world.publish({
      ...ELECTIVES,
      requirements: [{ id: 'all', title, atLeast: '11' }],
      rights: [{ id: 'sit-exam', title, atLeast: '11' }],
    });
    const base = await course();
    const first = await apply(base.learnerId, programme);
    await certificate();
    const second = await apply(base.learnerId, programme);
    expect([first.decision?.credits, second.decision?.credits]).toEqual(['4', '7']);
    expect(rightsOf(second)).toEqual(['sit-exam']);

    const effects = await take(base);
    expect(effects.conversions).toMatchObject([
      { applicationId: first.id, because: 'outcome', award: false },
      {
        applicationId: second.id,
        because: 'reversed-conversion',
        award: true,
        grants: [{ effect: 'credit' }, { effect: 'right', value: 'sit-exam' }],
      },
    ]);
    expect(effects.returns).toMatchObject([{ amount: '7' }]);
    const balance = await world.school.get(`/v1/learners/${base.learnerId}/balance`).expect(200);
    expect(balance.body.total).toMatchObject({ available: '7', used: '0', revoked: '4' });
    const third = await apply(base.learnerId, programme);
    expect(third).toMatchObject({ state: 'booked', decision: { credits: '7', award: 'not-met' } });
  });

  it('falls when it was built on what fell for the same reason, and so on', async () => {
    const programme = await world.publish({
      ...ELECTIVES,
      rights: [
        { id: 'all', title, atLeast: '11' },
        { id: 'electives', title, atLeast: '8.5', of: { category: 'elective' } },
      ],
    });
    const base = await course();
    const first = await apply(base.learnerId, programme);
    await certificate();
    const second = await apply(base.learnerId, programme);
    await training();
    const third = await apply(base.learnerId, programme);
    expect([first, second, third].map(rightsOf)).toEqual([[], ['all'], ['electives']]);
    // Without the course the electives alone would do; but one of them fell with the other right.
    const effects = await take(base);
    expect(effects.conversions.map(({ applicationId }) => applicationId)).toEqual([
      first.id,
      second.id,
      third.id,
    ]);
    expect(await Promise.all([first, second, third].map(stateOf))).toEqual(
      Array.from({ length: 3 }, () => 'revoked'),
    );
  });

  it('stays when only credit is gone that came afterwards', async () => {
    const rights = [{ id: 'sit-exam', title, atLeast: '4' }];
    const programme = await world.publish({ ...ELECTIVES, rights });
    const base = await course();
    const first = await apply(base.learnerId, programme);
    const later = await certificate();
    const second = await apply(base.learnerId, programme);
    const effects = await take(later, world.issuer);
    expect(effects.conversions).toMatchObject([{ applicationId: second.id }]);
    expect(await stateOf(first)).toBe('booked');
  });

  it('is asked of the rules that decided, not of those in force now', async () => {
    const rights = (atLeast: string) => ({ rights: [{ id: 'sit-exam', title, atLeast }] });
    const first: ProgrammeSketch = { ...ELECTIVES, ...rights('7') };
    const programme = await world.publish(first);
    const base = await course();
    await apply(base.learnerId, programme);
    await certificate();
    const second = await apply(base.learnerId, programme);
    expect(rightsOf(second)).toEqual(['sit-exam']);
    await world.publish({ ...first, ...rights('20'), revises: programme });
    // Seven credits are left, and seven is what the rules of that day asked for.
    expect((await take(base)).conversions).toHaveLength(1);
    expect(await stateOf(second)).toBe('booked');
  });

  it('is evaluated again while it is under review', async () => {
    const programme = await world.publish({
      ...ELECTIVES,
      review: 'required',
      rights: [{ id: 'sit-exam', title, atLeast: '11' }],
    });
    const base = await course();
    const first = await apply(base.learnerId, programme);
    const path = `/v1/applications/${first.id}/review`;
    await world.college.post(path, { verdict: 'approve' }).expect(200);
    await certificate();
    const second = await apply(base.learnerId, programme);
    expect([second.state, rightsOf(second)]).toEqual(['in-review', ['sit-exam']]);
    expect((await take(base)).conversions).toMatchObject([
      { applicationId: first.id, fate: 'reversed', because: 'outcome' },
      { applicationId: second.id, fate: 'evaluated-again', because: 'reversed-conversion' },
    ]);
    const again = await world.settled(world.school, second.id);
    expect([again.state, again.decision?.credits, rightsOf(again)]).toEqual(['in-review', '7', []]);
  });
});

describe('credit that programmes count without using it up', () => {
  const PER_PROGRAMME: ProgrammeSketch = {
    review: 'none',
    lots: { scope: 'per-programme' },
    rules: [
      {
        id: 'both',
        when: { all: [{ has: 'LOG-BASE' }, { has: 'X-LOG-2' }] },
        grants: [{ course: 'C1', credits: 'of-target' }],
      },
    ],
  };

  it('is counted nowhere once it is taken back; what was counted with it is free again', async () => {
    const programmes = [await world.publish(PER_PROGRAMME), await world.publish(PER_PROGRAMME)];
    const base = await course();
    await certificate();
    const { learnerId } = base;
    const booked: ApplicationBody[] = [];
    for (const programme of programmes) booked.push(await apply(learnerId, programme));
    expect(booked.map(({ state }) => state)).toEqual(['booked', 'booked']);
    const effects = await take(base);
    expect(effects.conversions.map(({ applicationId }) => applicationId)).toEqual(
      booked.map(({ id }) => id),
    );
    // It was never gone, so nothing comes back.
    expect(effects.returns).toEqual([]);
    const { body } = await world.school.get(`/v1/learners/${learnerId}/balance`).expect(200);
    expect(body.total).toMatchObject({ available: '7', used: '0', revoked: '4' });
    expect(body.counted).toEqual([]);
    const statement = await world.school
      .get(`/v1/learners/${learnerId}/statement?limit=100`)
      .expect(200);
    const kinds = (statement.body.items as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'reversal')).toHaveLength(2);
  });
});
