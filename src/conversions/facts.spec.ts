import { millicredits } from '#libs/credit';
import type { Grant, OutcomeFact } from '#libs/rules';
import type { OutcomeDefinition } from '../catalogue/index.js';
import type { LotView, ProgrammeCount } from '../ledger/index.js';
import { type HeldOutcome, stateOf } from '../outcomes/index.js';
import type { BookedGrant } from './application.js';
import { type KnownOfLearner, learnerFacts } from './facts.js';

const TEXT = { zh: '物流基础', en: 'Logistics basics' };

const DEFINITION: OutcomeDefinition = {
  id: 'd',
  code: 'LOG-BASE',
  kind: 'degree-course',
  form: 'course',
  institution: { id: 'i-owner', code: 'owner', name: TEXT },
  title: TEXT,
  aliases: [],
  category: { id: 2, code: 'major', title: TEXT },
  source: 'course',
  credits: null,
  minutes: 4320n,
  levelScale: null,
  level: null,
  gradeScale: 'percent',
  passGrade: '60',
  minAttendancePercent: null,
  shelfLifeMonths: null,
  registration: 'members',
  openFrom: null,
  openTo: null,
};

function held(lot: Partial<LotView> | null): HeldOutcome {
  const zero = millicredits(0);
  const view: LotView | null = lot && {
    lotId: 'lot',
    categoryId: 2,
    issuerId: 'i-poster',
    depositedAt: new Date('2026-06-30T16:30:00Z'),
    expiresOn: null,
    deposited: millicredits(4000),
    available: zero,
    held: zero,
    used: zero,
    expired: zero,
    revoked: zero,
    pledged: zero,
    counted: zero,
    ...lot,
  };
  return {
    outcome: {
      learnerId: 'learner',
      lotId: 'lot',
      definitionId: 'd',
      institutionId: 'i-poster',
      externalId: 'x',
      startedOn: null,
      completedOn: '2026-06',
      grade: null,
      level: null,
      minutes: null,
      credits: null,
      attendancePercent: null,
      note: null,
      circumstances: null,
      noCreditReason: null,
      contentHash: Buffer.alloc(0),
      salt: Buffer.alloc(0),
      importId: null,
      recordedAt: new Date('2026-07-01T00:00:00Z'),
    },
    definition: DEFINITION,
    lot: view,
    state: stateOf(view),
  };
}

function granted(programme: string, uses: Grant['uses']): BookedGrant {
  return {
    applicationId: 'a',
    programme,
    grant: {
      rule: 'r',
      ruleTitle: TEXT,
      basis: null,
      effect: 'credit',
      course: 'C1',
      courseTitle: TEXT,
      elective: null,
      category: 'major',
      credits: '4',
      value: null,
      uses,
      lots: ['lot'],
      sources: ['course'],
      issuers: ['poster'],
      remainder: 'keep',
      grade: null,
    },
  };
}

const USES_LOT = granted('P', [{ lot: 'lot', amount: '4', forfeited: '0' }]);
const USED = [{ programme: 'P', course: 'C1' }];

function known(over: Partial<KnownOfLearner>): KnownOfLearner {
  return {
    birthDate: null,
    outcomes: [held({ available: millicredits(4000) })],
    codeOfInstitution: new Map([['i-poster', 'poster']]),
    findings: [],
    booked: [],
    pending: [],
    scope: 'single-use',
    counted: new Map(),
    graduates: null,
    ...over,
  };
}

describe('what is known of a learner', () => {
  it('invents nothing: what no record states is null', () => {
    expect(learnerFacts(known({}), 'P')).toEqual({
      born: null,
      findings: [],
      granted: [],
      enrolledIn: [],
      outcomes: [
        {
          lot: 'lot',
          outcome: 'LOG-BASE',
          title: '物流基础',
          source: 'course',
          kind: 'degree-course',
          category: 'major',
          issuer: 'poster',
          grade: null,
          gradeScale: 'percent',
          passGrade: '60',
          level: null,
          levelScale: null,
          credits: '4',
          available: '4',
          hours: null,
          attendancePercent: null,
          completed: '2026-06',
          // 16:30 UTC is already the next day in China.
          deposited: '2026-07-01',
          expiresOn: null,
          state: 'available',
          usedFor: [],
        },
      ],
    });
  });

  it('knows an outcome without credit as registered, with no day of deposit', () => {
    const [fact] = learnerFacts(known({ outcomes: [held(null)] }), 'P').outcomes;
    expect(fact).toMatchObject({
      state: 'registered',
      credits: null,
      available: '0',
      deposited: null,
    });
  });

  it.each([
    ['a booked use', { available: 4000 }, { booked: [USES_LOT] }, USED],
    [
      'a pending use of a lot that is partly held',
      { available: 3000, held: 1000 },
      { pending: [USES_LOT] },
      USED,
    ],
    [
      'no pending use of a lot that is wholly held: its state says so',
      { held: 4000 },
      { pending: [USES_LOT] },
      [],
    ],
    [
      'a booked use also of a lot that is wholly held',
      { held: 4000 },
      { booked: [USES_LOT] },
      USED,
    ],
  ])('tells %s', (_, amounts, over, usedFor) => {
    const lot = Object.fromEntries(
      Object.entries(amounts).map(([account, amount]) => [account, millicredits(amount)]),
    );
    const [fact] = learnerFacts(known({ outcomes: [held(lot)], ...over }), 'Q').outcomes;
    expect(fact?.usedFor).toEqual(usedFor);
  });

  describe('where the programme counts credit without using it up', () => {
    const apart = (
      lot: Partial<LotView>,
      own: { pledged?: number; counted?: number },
      over: Partial<KnownOfLearner> = {},
    ): OutcomeFact | undefined => {
      const count: ProgrammeCount = {
        lotId: 'lot',
        categoryId: 1,
        programme: 'P',
        pledged: millicredits(own.pledged ?? 0),
        counted: millicredits(own.counted ?? 0),
      };
      const counted = new Map([['lot', count]]);
      const facts = known({ scope: 'per-programme', counted, outcomes: [held(lot)], ...over });
      return learnerFacts(facts, 'P').outcomes[0];
    };
    const whole = { available: millicredits(4000) };
    const elsewhere = granted('Q', [{ lot: 'lot', amount: '4', forfeited: '0' }]);

    it('shows what it has not counted yet', () => {
      expect(apart(whole, { counted: 3000 })).toMatchObject({ available: '1' });
      expect(apart(whole, { counted: 1000, pledged: 3000 })?.available).toBe('0');
      const less = { available: millicredits(1000), used: millicredits(3000) };
      expect(apart(less, { counted: 2000 })?.available).toBe('0');
    });

    it('says by the state that its own open application holds all of it', () => {
      expect(apart(whole, { pledged: 4000 }, { pending: [USES_LOT] })).toMatchObject({
        state: 'held',
        usedFor: [],
      });
    });

    it('tells the uses of others only where credit was used up', () => {
      const booked = [elsewhere];
      expect(apart(whole, {}, { booked })?.usedFor).toEqual([]);
      const used = { available: millicredits(2000), used: millicredits(2000) };
      expect(apart(used, {}, { booked })?.usedFor).toEqual([{ programme: 'Q', course: 'C1' }]);
      expect(apart(whole, { counted: 4000 }, { booked: [USES_LOT] })?.usedFor).toEqual(USED);
    });
  });

  it.each([
    ['below-pass-grade', 'failed'],
    ['attendance-too-low', 'failed'],
    ['credit-unknown', 'registered'],
  ] as const)('takes an outcome without credit for the reason %s as %s', (reason, state) => {
    const plain = held(null);
    const outcome = { ...plain, outcome: { ...plain.outcome, noCreditReason: reason } };
    const facts = learnerFacts(known({ outcomes: [outcome] }), 'P');
    expect(facts.outcomes[0]?.state).toBe(state);
  });

  it('tells a pending use of an outcome without credit', () => {
    const facts = learnerFacts(known({ outcomes: [held(null)], pending: [USES_LOT] }), 'Q');
    expect(facts.outcomes[0]?.usedFor).toEqual(USED);
  });

  it('counts booked and pending grants of this programme, no others', () => {
    const here = [granted('P', []), granted('P', [])];
    const facts = learnerFacts(
      known({ booked: [here[0]!, granted('Q', [])], pending: [here[1]!, granted('R', [])] }),
      'P',
    );
    expect(facts.granted).toEqual(here.map(({ grant }) => grant));
  });
});
