import { decide, learner, line, rule, sample, table } from '../test/sample.js';
import { canonicalJson, sha256Hex } from './canonical.js';
import type { LotPolicyDocument, RulebookDocument } from './document/document.js';
import type { ExampleOutcomeDocument } from './document/document-examples.js';
import { canonicalise } from './document/rulebook.js';
import type { LotScope } from './types.js';

/** One row of a table becomes one outcome `a` of catalogue code X. */
function outcomeOf(row: Record<string, string>): ExampleOutcomeDocument {
  const { usedFor, expect: _, ...rest } = row;
  const used = usedFor === undefined ? {} : { usedFor: [{ programme: usedFor }] };
  return { lot: 'a', outcome: 'X', credits: '2', ...rest, ...used };
}

function runTable(document: RulebookDocument, source: string): void {
  for (const row of table(source)) {
    expect([row, line(decide(document, learner([outcomeOf(row)])))]).toEqual([row, row.expect]);
  }
}

describe('which lots may be used', () => {
  const shelf = sample({ lots: { reuse: 'never', shelfLifeYears: 7 } });

  test('state, earlier use and shelf life of a lot', () => {
    runTable(
      shelf,
      `
      credits  available  state       deposited   expiresOn   usedFor  expect
      2        2          available   2020-01-01  -           -        b2:B2=2
      2        0          held        2020-01-01  -           -        b2(a) lot-held
      2        0          used        2020-01-01  -           OTHER    b2(a) lot-used
      4        2          available   2020-01-01  -           OTHER    b2(a) lot-used
      2        0          revoked     2020-01-01  -           -        b2(a) lot-revoked
      2        0          expired     2020-01-01  -           -        b2(a) lot-expired
      -        0          failed      -           -           -        b2(a) lot-failed
      2        2          available   2019-10-01  -           -        b2:B2=2
      2        2          available   2019-09-30  -           -        b2(a) lot-expired
      2        2          available   2020-01-01  2026-10-01  -        b2:B2=2
      2        2          available   2020-01-01  2026-09-30  -        b2(a) lot-expired
      2        two        available   2020-01-01  -           -        b2(a) lot-unreadable
      2.0001   2          available   2020-01-01  -           -        b2(a) lot-unreadable
      2        2          available   last-year   -           -        b2(a) lot-unreadable
      `,
    );
  });

  test('where a lot may be used again, what is left of it counts', () => {
    runTable(
      sample(),
      `
      credits  available  state      usedFor  expect
      4        2          available  OTHER    b2:B2=2
      4        1.5        available  OTHER    b2(a) lot-too-small
      4        0          used       OTHER    b2(a) lot-used
      `,
    );
  });

  test.each(['never', 'what-is-left'] as const)(
    'where credit counts per programme, only this one’s own use stands in the way (%s)',
    (reuse) => {
      const own = reuse === 'never' ? 'b2(a) lot-used' : 'b2:B2=2';
      runTable(
        sample({ lots: { scope: 'per-programme', reuse } }),
        `
        credits  available  state       usedFor  expect
        4        4          available   OTHER    b2:B2=2
        4        2          available   OTHER    b2:B2=2
        4        2          available   SAMPLE   ${own}
        4        0          available   SAMPLE   b2(a) lot-used
        4        0          used        OTHER    b2(a) lot-used
        4        0          held        -        b2(a) lot-held
        `,
      );
    },
  );

  test('a decision says its scope only where credit counts per programme', () => {
    const scopeIn = (scope: LotScope | undefined): object =>
      decide(sample({ lots: scope === undefined ? {} : { scope } }), learner([]));
    expect(scopeIn(undefined)).not.toHaveProperty('scope');
    expect(scopeIn('single-use')).not.toHaveProperty('scope');
    expect(scopeIn('per-programme')).toHaveProperty('scope', 'per-programme');
    const hashOf = (lots: LotPolicyDocument): string =>
      sha256Hex(canonicalJson(canonicalise(sample({ lots }))));
    expect(hashOf({ scope: 'single-use' })).toBe(hashOf({}));
    expect(hashOf({ scope: 'per-programme' })).not.toBe(hashOf({}));
  });

  test('a lot without a deposit is used as a whole, once, when the rule allows', () => {
    const document = sample({
      rules: [rule('b2', { has: 'X' }, [{ course: 'B2' }], { shortfall: 'allow' })],
    });
    const registered = { lot: 'a', outcome: 'X', state: 'registered' as const };
    expect(line(decide(document, learner([registered])))).toBe('b2:B2=2');
    const again = { ...registered, usedFor: [{ programme: 'OTHER' }] };
    expect(line(decide(document, learner([again])))).toBe('b2(a) lot-used');
    expect(line(decide(sample(), learner([registered])))).toBe('b2(a) waits credits');
  });

  test('the same lot told twice counts once', () => {
    const lot = { lot: 'a', outcome: 'X', credits: '2' };
    expect(line(decide(sample(), learner([lot, lot, lot])))).toBe('b2:B2=2');
  });

  test('what is used up may still prove something', () => {
    const document = sample({
      rules: [rule('right', { has: 'X', evidenceOnly: true }, [{ effect: 'right', value: 'r' }])],
    });
    const used = { lot: 'a', outcome: 'X', credits: '2', available: '0', state: 'used' as const };
    expect(line(decide(document, learner([used])))).toBe('right:r=0');
    const revoked = { ...used, state: 'revoked' as const };
    expect(line(decide(document, learner([revoked])))).toBe('right(a) lot-revoked');
  });
});

describe('what is asked of a lot', () => {
  const asking = (has: object): RulebookDocument =>
    sample({ rules: [rule('r', { has: 'X', ...has }, [{ course: 'B2' }])] });

  test('passed means the pass mark of the sending school, on its scale', () => {
    runTable(
      asking({ grade: { passed: true } }),
      `
      grade  gradeScale  passGrade  expect
      60     percent     60         r:B2=2
      59.9   percent     60         r(a) condition-false
      4      german      4          r:B2=2
      4.3    german      4          r(a) condition-false
      pass   five        P          r:B2=2
      F      five        P          r(a) condition-false
      60     percent     -          r(a) waits pass-grade
      -      percent     60         r(a) waits grade
      60     unknown     60         r(a) waits pass-grade
      ６０   percent     60         r:B2=2
      101    percent     60         r(a) waits pass-grade
      `,
    );
  });

  test('a grade range, also of a mapped scale', () => {
    runTable(
      asking({ grade: { scale: 'percent', atLeast: '75', below: '95' } }),
      `
      grade  gradeScale  expect
      75     percent     r:B2=2
      74     percent     r(a) condition-false
      95     percent     r(a) condition-false
      M      five        r:B2=2
      P      five        r(a) condition-false
      E      five        r(a) condition-false
      1      german      r(a) waits grade grade
      `,
    );
  });

  test('levels, hours, attendance, worth and issuer', () => {
    runTable(
      asking({
        level: { scale: 'level', atLeast: 'mid' },
        hours: { atLeast: '16' },
        attendance: { atLeast: '80' },
        credits: { atLeast: '2' },
        issuer: ['i1', 'i2'],
      }),
      `
      level  levelScale  hours  attendancePercent  credits  issuer  expect
      mid    level       16     80                 2        i1      r:B2=2
      high   level       16.5   100                2.5      i2      r:B2=2
      low    level       16     80                 2        i1      r(a) condition-false
      mid    level       15.5   80                 2        i1      r(a) condition-false
      mid    level       16     79.9               2        i1      r(a) condition-false
      mid    level       16     80                 1.9      i1      r(a) condition-false
      mid    level       16     80                 2        i3      r(a) condition-false
      85     level       -      -                  2        i1      r(a) waits level hours attendance
      `,
    );
  });

  test('completion days, three-valued where only the month is known', () => {
    runTable(
      asking({ completed: { withinYears: 5, before: '2026-09-01' } }),
      `
      completed   expect
      2021-10-01  r:B2=2
      2021-09-30  r(a) condition-false
      2021-10     r:B2=2
      2021        r(a) waits completed
      2026-08-31  r:B2=2
      2026-09-01  r(a) condition-false
      2026        r(a) waits completed
      unknown     r(a) waits completed completed
      `,
    );
  });

  test('a finding is about one lot and one course', () => {
    const document = asking({ judged: { what: 'content-overlap', atLeast: '70' } });
    const lot = { lot: 'a', outcome: 'X', credits: '2' };
    const found = (course: string, value: string): string => {
      const findings = [{ what: 'content-overlap', lot: 'a', course, value }];
      return line(decide(document, learner([lot], { findings })));
    };
    expect(found('B2', '70')).toBe('r:B2=2');
    expect(found('B2', '69.999')).toBe('r(a) condition-false');
    expect(found('C3', '100')).toBe('r(a) waits finding');
    expect(found('B2', 'much')).toBe('r(a) waits finding');
  });
});

describe('groups', () => {
  const has = (code: string): { has: string } => ({ has: code });
  const three = [has('X'), has('Y'), has('Z')];
  const lots = (codes: string): ReturnType<typeof learner> =>
    learner([...codes].map((code) => ({ lot: code.toLowerCase(), outcome: code, credits: '2' })));

  test.each([
    ['XYZ', 'all', 'r:B2=2'],
    ['XY', 'all', 'r(x y) condition-false'],
    ['Z', 'any', 'r:B2=2'],
    ['XZ', 'two', 'r:B2=2'],
    ['Y', 'two', 'r(y) condition-false'],
  ])('%s against %s', (codes, kind, expected) => {
    const when =
      kind === 'all' ? { all: three } : kind === 'any' ? { any: three } : { atLeast: 2, of: three };
    const document = sample({ rules: [rule('r', when, [{ course: 'B2' }])] });
    expect(line(decide(document, lots(codes)))).toBe(expected);
  });

  test('one lot does not serve two clauses', () => {
    const when = { all: [{ has: { source: 'course' as const } }, has('X')] };
    const document = sample({ rules: [rule('r', when, [{ course: 'C4' }])] });
    expect(decide(document, lots('X')).credits).toBe('0');
    expect(decide(document, lots('XY')).credits).toBe('4');
  });

  test('an unknown value does not matter where enough is known', () => {
    const when = { any: [has('X'), { has: 'Y', grade: { passed: true as const } }] };
    const document = sample({ rules: [rule('r', when, [{ course: 'B2' }])] });
    expect(decide(document, lots('XY')).credits).toBe('2');
    expect(line(decide(document, lots('Y')))).toBe('r(y) waits grade');
  });
});

describe('remainders', () => {
  const worth = (remainder: 'forfeit' | 'keep' | 'elective'): RulebookDocument =>
    sample({
      rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], { remainder, remainderTo: 'pool' })],
    });
  const three = learner([{ lot: 'a', outcome: 'X', credits: '3' }]);

  test('forfeit takes the lot and loses the rest', () => {
    const [grant] = decide(worth('forfeit'), three).granted;
    expect(grant?.uses).toEqual([{ lot: 'a', amount: '3', forfeited: '1' }]);
  });

  test('keep takes what is granted', () => {
    const [grant] = decide(worth('keep'), three).granted;
    expect(grant?.uses).toEqual([{ lot: 'a', amount: '2', forfeited: '0' }]);
  });

  test('elective grants the rest to the pool, and lists the lot once', () => {
    const decision = decide(worth('elective'), three);
    expect(line(decision)).toBe('r:B2=2, r:pool=1');
    expect(decision.granted.flatMap(({ uses }) => uses)).toEqual([
      { lot: 'a', amount: '3', forfeited: '0' },
    ]);
  });

  test('what is kept may serve another rule', () => {
    const rules = [
      rule('b2', { has: 'X' }, [{ course: 'B2' }], { remainder: 'keep' as const }),
      rule('c3', { has: 'X' }, [{ course: 'C3' }], { remainder: 'keep' as const }),
    ];
    const five = learner([{ lot: 'a', outcome: 'X', credits: '5' }]);
    expect(decide(sample({ rules }), five).credits).toBe('5');
    const four = learner([{ lot: 'a', outcome: 'X', credits: '4' }]);
    expect(line(decide(sample({ rules }), four))).toBe('c3:C3=3, b2(a) lot-better-used');
  });
});

describe('caps', () => {
  const rules = [
    rule('b2', { has: 'X' }, [{ course: 'B2' }]),
    rule('c3', { has: 'Y' }, [{ course: 'C3' }]),
    rule('c4', { has: 'Z' }, [{ course: 'C4' }]),
  ];
  const all = learner([
    { lot: 'x', outcome: 'X', credits: '2', issuer: 'i' },
    { lot: 'y', outcome: 'Y', credits: '3', issuer: 'i' },
    { lot: 'z', outcome: 'Z', credits: '4', issuer: 'j', source: 'certificate' },
  ]);

  test.each([
    ['no cap', [], '9'],
    ['the best set under a total', [{ id: 'c', max: '6' }], '6'],
    ['a percentage of the total', [{ id: 'c', max: { percent: '12.5', of: 'total' } }], '5'],
    ['a category', [{ id: 'c', max: '4', of: { category: 'core' } }], '6'],
    ['a source', [{ id: 'c', max: '3', of: { source: 'certificate' as const } }], '5'],
    ['each issuer', [{ id: 'c', max: '4', per: 'issuer' as const }], '7'],
    ['each lot', [{ id: 'c', max: '3', per: 'lot' as const }], '5'],
    ['applications', [{ id: 'c', max: '2', counts: 'applications' as const }], '7'],
    ['zero', [{ id: 'c', max: '0' }], '0'],
  ])('%s', (_, caps, credits) => {
    expect(decide(sample({ rules, caps }), all).credits).toBe(credits);
  });

  test('a refusal names the cap, what is used and what is missing', () => {
    const document = sample({ rules, caps: [{ id: 'total', max: '7' }] });
    const decision = decide(document, all);
    expect(line(decision)).toBe('c4:C4=4, c3:C3=3, b2(x) cap');
    expect(decision.refused[0]?.params).toEqual({
      cap: 'total',
      used: '7',
      limit: '7',
      wanted: '2',
    });
    expect(decision.caps).toMatchObject([{ cap: 'total', before: '0', used: '7', limit: '7' }]);
  });

  test('a grant in part uses the room that is left', () => {
    const document = sample({
      rules: [...rules, rule('p', { has: 'P' }, [{ elective: 'pool', partial: true }])],
      caps: [{ id: 'total', max: '10.5' }],
    });
    const facts = {
      ...all,
      outcomes: [...all.outcomes, ...learner([{ lot: 'p', outcome: 'P', credits: '6' }]).outcomes],
    };
    expect(decide(document, facts).credits).toBe('10.5');
  });
});

describe('hours', () => {
  const pool = (ratio: string, rest: object = {}): RulebookDocument =>
    sample({
      rules: [
        rule('r', { sum: { what: 'hours', atLeast: '16' }, of: { has: { source: 'training' } } }, [
          { elective: 'pool', credits: { ratio, ...rest } },
        ]),
      ],
    });
  const trainings = (...hours: string[]): ReturnType<typeof learner> =>
    learner(
      hours.map((each, index) => ({
        lot: `t${index}`,
        outcome: `T${index}`,
        source: 'training' as const,
        credits: '1',
        hours: each,
      })),
    );

  test.each([
    ['sum', ['20', '20', '20'], '3.5'],
    ['lot', ['20', '20', '20'], '3'],
    ['sum', ['16'], '1'],
    ['sum', ['15.5'], '0'],
    ['sum', ['8', '8'], '1'],
    ['lot', ['8', '8'], '1'],
    ['sum', ['4.8', '11.2'], '1'],
  ])('rounded at the %s: %j make %s', (ratio, hours, credits) => {
    expect(decide(pool(ratio), trainings(...hours)).credits).toBe(credits);
  });

  test('takes no more lots than the limit needs', () => {
    const decision = decide(pool('sum', { max: '2' }), trainings('16', '32', '16', '16'));
    expect(decision.granted[0]?.uses.map(({ lot }) => lot)).toEqual(['t1']);
  });

  test('a long list of trainings of two schools under a cap for each school', () => {
    const document = { ...pool('sum'), caps: [{ id: 'school', max: '6', per: 'issuer' as const }] };
    const many = trainings(...Array.from({ length: 24 }, () => '16'));
    const outcomes = many.outcomes.map((fact, index) => ({
      ...fact,
      issuer: index % 2 === 0 ? 'i1' : 'i2',
    }));
    expect(decide(document, { ...many, outcomes })).toMatchObject({ credits: '6', proven: true });
  });
});
