import fc from 'fast-check';
import { type Decision, factsOf } from '#libs/rules';
import { factsUntil, statusOf } from './eligibility.js';
import { type Contender, quotaCheck } from './quota-check.js';
import { EMPTY_REPORT, type Seen, toPublic, withPeople } from './report.js';
import { type CandidacyAction, isAllowed, stateAfter } from './scheme.js';

const factsWith = (...dates: string[]) =>
  factsOf({
    name: 'x',
    on: '2026-10-01',
    learner: {
      outcomes: dates.map((completed) => ({ lot: completed, outcome: 'X', completed })),
    },
    expect: {},
  });

describe('evidence up to a day', () => {
  it.each([
    ['2026-06-30', null],
    ['2026-07-01', 'after-cut-off'],
    ['2026-06', null],
    ['2026-07', 'after-cut-off'],
    ['2026', 'date-too-vague'],
    ['2025', null],
    ['2027', 'after-cut-off'],
  ])('completed in %s counts as %s', (completed, why) => {
    const { facts, excluded } = factsUntil(factsWith(completed), '2026-06-30');
    expect(excluded).toEqual(why === null ? [] : [{ lot: completed, why }]);
    expect(facts.outcomes).toHaveLength(why === null ? 1 : 0);
  });

  it('leaves everything else as it is, and a later day never takes anything away', () => {
    const date = fc.constantFrom('2024', '2025-12', '2026-01', '2026-06-15', '2026', '2027-03-01');
    const day = fc.constantFrom('2025-12-31', '2026-01-15', '2026-06-15', '2026-12-31');
    fc.assert(
      fc.property(fc.uniqueArray(date), day, day, (dates, a, b) => {
        const [early, late] = [a, b].toSorted() as [string, string];
        const kept = (until: string): string[] =>
          factsUntil(factsWith(...dates), until).facts.outcomes.map(({ lot }) => lot);
        expect(kept(late)).toEqual(expect.arrayContaining(kept(early)));
      }),
    );
  });
});

test('only named rules open the way; nothing known is a wait, never a no', () => {
  // Of what is granted and pending only the rule is read.
  const decision = (granted: string[], pending: string[]): Pick<Decision, 'granted' | 'pending'> =>
    ({
      granted: granted.map((rule) => ({ rule })),
      pending: pending.map((rule) => ({ rule })),
    }) as unknown as Decision;
  expect(statusOf(decision(['a'], []), [])).toBe('eligible');
  expect(statusOf(decision(['a'], []), ['b'])).toBe('not-eligible');
  expect(statusOf(decision(['a'], ['b']), ['b'])).toBe('waiting');
  expect(statusOf(decision([], ['a']), ['b'])).toBe('not-eligible');
  expect(statusOf(decision(['b'], ['a']), ['a', 'b'])).toBe('eligible');
});

const contender: fc.Arbitrary<Contender> = fc.record({
  state: fc.constantFrom('applied', 'admitted', 'declined', 'withdrawn'),
  isEligible: fc.boolean(),
  score: fc.option(fc.constantFrom('600', '600.5', '599', '600.50')),
});

describe('the quota check', () => {
  it('counts everybody once, and tells a tie exactly where the last place has equals', () => {
    fc.assert(
      fc.property(fc.array(contender, { maxLength: 12 }), fc.nat(6), (all, room) => {
        const admitted = all.filter(({ state }) => state === 'admitted').length;
        const places = admitted + room;
        const check = quotaCheck(places, all);
        const eligible = all.filter(({ state, isEligible }) => state === 'applied' && isEligible);
        expect(check).toMatchObject({ places, admitted, free: room, eligible: eligible.length });
        expect(check.beyond).toBe(Math.max(0, eligible.length - room));
        expect(check.verdict === 'over').toBe(eligible.length > room);
        const scores = eligible.map(({ score }) => Number(score)).toSorted((a, b) => b - a);
        const isWhole = eligible.every(({ score }) => score !== null);
        const isCut = room > 0 && eligible.length > room;
        if (isWhole && isCut) {
          expect(check.tie !== null).toBe(scores[room - 1] === scores[room]);
        }
        if (!isCut) expect(check.tie).toBeNull();
        if (check.tie) expect(check.tie.candidates).toBeGreaterThan(check.tie.places);
      }),
    );
  });

  it('says that there is no order where the rules give none, and where some have no score', () => {
    const one = (score: string | null): Contender => ({
      state: 'applied',
      isEligible: true,
      score,
    });
    const none = quotaCheck(1, [one(null), one(null)]);
    expect(none.tie).toEqual({ score: null, candidates: 2, places: 1 });
    expect(none.text.zh).toBe(
      '计划 1 人，已录取 0 人，余 1 个名额，符合条件待录取 2 人；超出 1 人；规则不排先后：2 人争 1 个名额，由招生学校按其公布的办法决定。',
    );
    const some = quotaCheck(1, [one('1'), one(null)]);
    expect(some).toMatchObject({ unranked: 1, tie: null });
    expect(some.text.en).toContain('no order can be said');
  });
});

const seen: fc.Arbitrary<Seen> = fc
  .record({
    schools: fc.subarray(['north', 'south', 'west'], { minLength: 1 }),
    now: fc.subarray(['a', 'b']),
    compared: fc.subarray(['a', 'b']),
    waits: fc.boolean(),
  })
  .map(({ schools, now, compared, waits }): Seen => {
    const otherwise = waits ? 'waiting' : 'not-eligible';
    return {
      schools,
      now: { status: now.length > 0 ? 'eligible' : otherwise, rules: now },
      compared: { status: compared.length > 0 ? 'eligible' : otherwise, rules: compared },
    };
  });

describe('a report', () => {
  it('cut into steps anywhere and kept as JSON in between is the same', () => {
    fc.assert(
      fc.property(fc.array(seen), fc.nat(40), (all, cut) => {
        const kept = JSON.stringify(withPeople(EMPTY_REPORT, all.slice(0, cut)));
        const inSteps = withPeople(JSON.parse(kept) as typeof EMPTY_REPORT, all.slice(cut));
        const whole = withPeople(EMPTY_REPORT, all);
        expect(inSteps).toEqual(whole);
        expect(whole.compared - whole.now).toBe(whole.gained - whole.lost);
      }),
    );
  });

  it('tells the public no number below ten, nor one that can be worked out', () => {
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 120 }), (all) => {
        const report = withPeople(EMPTY_REPORT, all);
        const told = toPublic(report);
        const numbers = [
          told.people,
          told.now,
          told.compared,
          ...told.schools.flatMap(({ counts }) =>
            counts ? [counts.people, counts.now, counts.compared] : [],
          ),
          ...told.rules.flatMap(({ counts }) => (counts ? [counts.now, counts.compared] : [])),
        ].filter((number) => number !== null);
        expect(numbers.filter((number) => number > 0 && number < 10)).toEqual([]);
        if (told.people === null) {
          expect(told.schools.every(({ counts }) => counts === null)).toBe(true);
        }
      }),
    );
  });

  it('tells the public nothing of the few whom a change of the rules touches', () => {
    const people = (count: number, school: string, was: boolean, is: boolean): Seen[] => {
      const verdict = (isEligible: boolean) =>
        isEligible
          ? { status: 'eligible' as const, rules: ['a'] }
          : { status: 'not-eligible' as const, rules: [] };
      return Array.from({ length: count }, () => ({
        schools: [school],
        now: verdict(was),
        compared: verdict(is),
      }));
    };
    const rest = [...people(30, 'north', true, true), ...people(30, 'south', true, true)];
    const none = [...people(20, 'north', false, false), ...people(20, 'south', false, false)];
    const told = (gaining: Seen[]) =>
      toPublic(withPeople(EMPTY_REPORT, [...rest, ...none, ...gaining]));
    const few = told(people(3, 'north', false, true));
    expect(few).toMatchObject({ people: 103, now: 60, compared: null });
    for (const { counts } of [...few.schools, ...few.rules]) expect(counts?.compared).toBeNull();
    // Three of one school among many: all are told, and of no school how many.
    const many = told([...people(3, 'north', false, true), ...people(15, 'south', false, true)]);
    expect(many).toMatchObject({ people: 118, now: 60, compared: 78 });
    expect(many.schools.map(({ counts }) => counts?.compared)).toEqual([null, null]);
    expect(many.schools.map(({ counts }) => counts?.now)).toEqual([30, 30]);
    expect(many.rules).toMatchObject([{ counts: { now: 60, compared: 78 } }]);
  });
});

test('each action leads on from the states it may be taken in, and from no other', () => {
  const ALLOWED: Record<CandidacyAction, readonly string[]> = {
    apply: [],
    withdraw: ['applied', 'admitted'],
    admit: ['applied'],
    decline: ['applied'],
    reopen: ['admitted', 'declined'],
  };
  const states = ['applied', 'admitted', 'declined', 'withdrawn'] as const;
  for (const action of Object.keys(ALLOWED) as CandidacyAction[]) {
    expect(states.filter((state) => isAllowed(state, action))).toEqual(ALLOWED[action]);
  }
  expect(stateAfter('reopen')).toBe('applied');
});
