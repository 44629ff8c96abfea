import {
  type AgreementEvent,
  type Party,
  type SignedAgreement,
  isAbout,
  partyOf,
  periodOf,
  stateOf,
} from './agreement.js';
import { agreementFact, sideOf } from './terms.js';

const party = (institutionId: string, over: Partial<Party> = {}): Party => ({
  institutionId,
  isWithMembers: false,
  accepts: 20_000n,
  quota: null,
  quotaPer: null,
  ...over,
});

const said = (
  action: AgreementEvent['action'],
  institutionId: string,
  endsOn: string | null = null,
) => ({
  action,
  institutionId,
  endsOn,
  note: null,
  recordedAt: new Date(0),
});

const DEAL: SignedAgreement = {
  id: 'deal-id',
  code: 'deal',
  title: { zh: '协议', en: 'Deal' },
  basis: 'made up',
  from: '2026-01-01',
  to: '2026-12-31',
  forms: null,
  levels: null,
  programmes: null,
  proposedBy: 'a',
  parties: [party('a'), party('b')],
  events: [said('proposed', 'a'), said('accepted', 'b')],
};

/** A city with a district in it that has a school; and a college that belongs to nobody. */
const PARENTS = new Map<string, string | null>([
  ['city', null],
  ['district', 'city'],
  ['school', 'district'],
  ['a', null],
  ['b', null],
]);

describe('where an agreement stands', () => {
  it.each([
    ['2025-12-31', 'not-begun'],
    ['2026-01-01', 'in-force'],
    ['2026-12-31', 'in-force'],
    ['2027-01-01', 'lapsed'],
  ])('on %s: %s', (on, state) => {
    expect(stateOf(DEAL, on)).toBe(state);
  });

  it('holds only when all have accepted, never when one has refused, until the first notice', () => {
    const on = '2026-06-01';
    const after = (...events: AgreementEvent[]) => stateOf({ ...DEAL, events }, on);
    expect(after(said('proposed', 'a'))).toBe('proposed');
    expect(after(said('proposed', 'a'), said('refused', 'b'))).toBe('refused');
    const both = [said('proposed', 'a'), said('accepted', 'b')];
    expect(after(...both, said('ended', 'a', '2026-06-01'))).toBe('in-force');
    expect(after(...both, said('ended', 'a', '2026-05-31'))).toBe('ended');
    const twice = [said('ended', 'a', '2026-12-01'), said('ended', 'b', '2026-05-31')];
    expect(after(...both, ...twice)).toBe('ended');
  });
});

describe('for whom a party stands', () => {
  it('is itself, and all below it when it signs for its members', () => {
    const city = { parties: [party('city', { isWithMembers: true }), party('a')] };
    expect(partyOf(city, 'school', PARENTS)?.institutionId).toBe('city');
    expect(partyOf(city, 'district', PARENTS)?.institutionId).toBe('city');
    expect(partyOf(city, 'a', PARENTS)?.institutionId).toBe('a');
    expect(partyOf(city, 'b', PARENTS)).toBeUndefined();
    const alone = { parties: [party('city'), party('a')] };
    expect(partyOf(alone, 'school', PARENTS)).toBeUndefined();
    const nearest = {
      parties: [party('city', { isWithMembers: true }), party('district', { isWithMembers: true })],
    };
    expect(partyOf(nearest, 'school', PARENTS)?.institutionId).toBe('district');
  });

  it('ends in a ring that should not be there', () => {
    const ring = new Map([
      ['x', 'y'],
      ['y', 'x'],
    ]);
    expect(partyOf(DEAL, 'x', ring)).toBeUndefined();
  });
});

describe('what an agreement is about', () => {
  const outcome = { lotId: 'l', institutionId: 'b', form: 'course', level: '中级' } as const;
  const at = { taker: party('a'), parents: PARENTS };

  it.each([
    ['outcomes of the other side', {}, outcome, true],
    ['none of one’s own', {}, { ...outcome, institutionId: 'a' }, false],
    ['none of strangers', {}, { ...outcome, institutionId: 'school' }, false],
    ['the forms it names', { forms: ['course'] as const }, outcome, true],
    ['no others', { forms: ['training'] as const }, outcome, false],
    ['the levels it names', { levels: ['中级'] }, outcome, true],
    ['no others', { levels: ['高级'] }, outcome, false],
    ['no unknown level', { levels: ['中级'] }, { ...outcome, level: null }, false],
  ])('%s', (_, over, one, isIn) => {
    expect(isAbout({ ...DEAL, ...over }, one, at)).toBe(isIn);
  });

  it('is told to rules', () => {
    const taker = { institutionId: 'a', programme: 'P', on: '2026-06-01', parents: PARENTS };
    const fact = (over: Partial<SignedAgreement>, left: bigint | null = null) => {
      const agreement = { ...DEAL, ...over };
      return agreementFact({ agreement, taker, side: party('a'), left }, [outcome]);
    };
    expect(fact({}, 1_500n)).toEqual({
      agreement: 'deal',
      closed: null,
      outside: [],
      accepts: '20',
      left: '1.5',
    });
    expect(fact({ forms: ['training'] }).outside).toEqual(['l']);
    expect(fact({ programmes: ['Q'] }).closed).toBe('other-programmes');
    expect(fact({ programmes: ['P'] }).closed).toBeNull();
    expect(fact({ to: '2026-05-31' }).closed).toBe('lapsed');
    expect(sideOf(DEAL, taker)?.institutionId).toBe('a');
    expect(sideOf(DEAL, { ...taker, institutionId: 'school' })).toBeUndefined();
    // Rules read no amount beyond what one posting can carry.
    expect(fact({}, 90_000_000n).left).toBe('10000');
  });

  it('counts its quota by year or in all', () => {
    expect(periodOf(party('a', { quotaPer: 'year' }), '2026-06-01')).toBe('2026');
    expect(periodOf(party('a', { quotaPer: 'whole' }), '2026-06-01')).toBe('whole');
  });
});
