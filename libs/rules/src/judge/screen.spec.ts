import { decide, learner, line, lot, rule, said, sample } from '../../test/sample.js';
import type { RulebookDocument } from '../document/document.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from '../document/document-examples.js';
import type { Decision } from '../types.js';

type Rest = Partial<ExampleLearnerDocument>;

const X = { has: 'X' };
const PAIR = { all: [{ has: 'X' }, { has: 'Y' }] };
const POOL = [{ elective: 'pool', partial: true }];
const title = { zh: '题', en: 'title' };

const decision = (
  change: Partial<RulebookDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Rest = {},
): Decision => decide(sample(change), learner(outcomes, rest));

test('a lot outside the window of completion is named', () => {
  const inForce = { from: '2026-01-01', to: null, by: 'completion' as const };
  const rules = [rule('r', X, [{ course: 'B2' }], { inForce })];
  const at = (completed: string): Decision => decision({ rules }, [lot('X', { completed })]);
  expect(line(at('2026-01-01'))).toBe('r:B2=2');
  expect(at('2025-12-31').refused).toMatchObject([{ code: 'not-in-force', params: { lot: 'x' } }]);
  expect(line(at('unknown'))).toBe('r(x) waits completed');
});

test('a rule outside its own window says from when to when', () => {
  const rules = (to: string | null): RulebookDocument['rules'] => [
    rule('r', X, [{ course: 'B2' }], { inForce: { from: '2026-11-01', to, by: 'application' } }),
  ];
  const params = (to: string | null): unknown =>
    decision({ rules: rules(to) }, [lot('X')]).refused[0]?.params;
  expect(params(null)).toEqual({ from: '2026-11-01', to: '' });
  expect(params('2026-11-30')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  expect(decision({ rules: rules(null) }, [lot('X')]).proven).toBe(true);
});

describe('one of two grants is barred', () => {
  const filled = { rule: 'old', course: 'B2', category: 'basic', credits: '2' };
  const of = (take: 'all' | 'any', granted: Rest['granted']): string =>
    said(
      { rules: [rule('r', X, [{ course: 'B2' }, { course: 'C3' }], { take, shortfall: 'allow' })] },
      [lot('X')],
      {
        granted,
      },
    );

  test('together they are refused, of any the other one is left', () => {
    expect(of('all', [])).toBe('r:B2=2, r:C3=3');
    expect(of('all', [filled])).toBe('r(x) target-filled');
    expect(of('any', [filled])).toBe('r:C3=3');
    expect(of('any', [filled, { ...filled, course: 'C3' }])).toBe('r(x) target-filled');
  });

  test('the refusal names the course and the earlier rule', () => {
    const rules = [rule('r', X, [{ course: 'B2' }])];
    const { refused } = decision({ rules }, [lot('X')], { granted: [filled] });
    expect(refused[0]?.params).toEqual({ course: 'B2', by: 'old', earlier: 'true' });
  });
});

describe('a right is given once by each rule', () => {
  const rules = [rule('r', { has: 'X', evidenceOnly: true }, [{ effect: 'right', value: 'exam' }])];
  const after = (prior: NonNullable<Rest['granted']>[number]): Decision =>
    decision({ rules }, [lot('X')], { granted: [prior] });

  test('the same rule gave it', () => {
    const { refused } = after({ rule: 'r', credits: '0' });
    expect(refused).toMatchObject([
      { code: 'target-filled', params: { by: 'r', earlier: 'true' } },
    ]);
    expect(refused[0]?.params).not.toHaveProperty('course');
  });

  test('another rule gave something, or the rule gave credit to a pool', () => {
    expect(line(after({ rule: 'other', credits: '0' }))).toBe('r:exam=0');
    expect(line(after({ rule: 'r', elective: 'pool', credits: '2' }))).toBe('r:exam=0');
  });

  test('credit for a pool can be given again', () => {
    const again = [rule('r', X, POOL)];
    const granted = [{ rule: 'r', course: 'gone', category: 'free', credits: '1' }];
    expect(said({ rules: again }, [lot('X')], { granted })).toBe('r:pool=4');
  });
});

describe('what is never replaced', () => {
  const never = (rest: object): Partial<RulebookDocument> => ({
    never: [{ id: 'n', title, ...rest }],
    rules: [rule('r', X, [{ course: 'B2' }]), rule('s', { has: 'Y' }, [{ course: 'C3' }])],
  });

  test('by some lots: the lot is named, and what is not known is waited for', () => {
    const grade = { scale: 'percent', below: '60' };
    const of = (change: Partial<RulebookDocument>, value?: string): Decision =>
      decision(change, [lot('X', value ? { grade: value, gradeScale: 'percent' } : {})]);
    const low = never({ course: 'B2', for: { has: 'X', grade } });
    expect(line(of(low, '60'))).toBe('r:B2=2');
    expect(of(low, '59').refused[0]).toMatchObject({
      code: 'never-convertible',
      params: { never: 'n', course: 'B2', lot: 'x' },
    });
    expect(line(of(low))).toBe('r(x) waits grade');
    const ofOthers = never({ course: 'B2', for: { has: 'Y', grade } });
    expect(line(of(ofOthers, '59'))).toBe('r:B2=2');
  });

  test('everything that is waited for is said together', () => {
    const grade = { scale: 'percent', below: '60' };
    const change = {
      ...never({ course: 'B2', for: { has: 'X', grade } }),
      rules: [rule('r', { has: 'X', hours: { atLeast: '16' } }, [{ course: 'B2' }])],
    };
    expect(line(decision(change, [lot('X')]))).toBe('r(x) waits hours grade');
  });
});

describe('a period that is not known', () => {
  const CALENDAR = { yearStarts: '09-01' };
  const under = (of: object, grants = [{ course: 'B2' }]): string =>
    said(
      {
        calendar: CALENDAR,
        caps: [{ id: 'c', max: '9', per: 'academic-year', of }],
        rules: [rule('r', X, grants, { shortfall: 'allow' }), rule('s', { has: 'S' }, POOL)],
      },
      [lot('X', { completed: '2026', issuer: 'i' })],
    );

  test.each<[object, boolean]>([
    [{}, true],
    [{ rule: 'r' }, true],
    [{ rule: 's' }, false],
    [{ category: 'basic' }, true],
    [{ category: 'core' }, false],
    [{ course: 'B2' }, true],
    [{ course: 'C3' }, false],
    [{ elective: 'pool' }, false],
    [{ issuer: 'i' }, true],
    [{ issuer: 'j' }, false],
    [{ source: 'course' }, true],
    [{ source: 'training' }, false],
    [{ outcome: 'X' }, true],
    [{ outcome: 'Y' }, false],
  ])('is waited for where a cap of %j counts by periods: %s', (of, isWaiting) => {
    expect(under(of)).toBe(isWaiting ? 'r(x) waits completed' : 'r:B2=2');
  });

  test('also where the cap speaks of one of the grants only, or of a pool', () => {
    const two = [{ course: 'B2' }, { course: 'C3' }];
    expect(under({ category: 'core' }, two)).toBe('r(x) waits completed');
    expect(under({ category: 'free' }, two)).toBe('r:B2=2, r:C3=3');
  });

  test('a pool that the cap names', () => {
    const of = (elective: string): string =>
      said(
        {
          calendar: CALENDAR,
          caps: [{ id: 'c', max: '9', per: 'academic-year', of: { elective } }],
          rules: [rule('r', X, POOL)],
        },
        [lot('X', { completed: '2026' })],
      );
    expect(of('pool')).toBe('r(x) waits completed');
  });
});

describe('what lots are worth', () => {
  const of = (
    grants: NonNullable<RulebookDocument['rules']>[number]['grants'],
    rest: object,
    ...outcomes: ExampleOutcomeDocument[]
  ): string => said({ rules: [rule('r', PAIR, grants, rest)] }, outcomes);
  const two = (credits: string): ExampleOutcomeDocument[] => [
    lot('X', { credits }),
    lot('Y', { credits: '1' }),
  ];

  test('a fixed amount is refused or allowed where they are worth less', () => {
    expect(of([{ course: 'C4' }], {}, ...two('3'))).toBe('r:C4=4');
    expect(of([{ course: 'C4' }], {}, ...two('2.9'))).toBe('r(x y) lot-too-small');
    expect(of([{ course: 'C4' }], { shortfall: 'allow' }, ...two('0.1'))).toBe('r:C4=4');
  });

  test('the refusal says what they are worth and what was wanted', () => {
    const rules = [rule('r', PAIR, [{ course: 'C4' }])];
    const { refused } = decision({ rules }, two('2.5'));
    expect(refused[0]?.params).toEqual({ worth: '3.5', wanted: '4' });
  });

  test('an amount derived from the lots is as large as they are, in whole steps', () => {
    expect(of([{ elective: 'pool', credits: 'of-lot' }], {}, ...two('1.3'))).toBe('r:pool=2');
  });

  test('proofs need no worth', () => {
    const proof = { has: 'X', evidenceOnly: true };
    const rules = [rule('r', proof, [{ course: 'C4' }])];
    expect(said({ rules }, [lot('X', { credits: '0.1' })])).toBe('r:C4=4');
  });

  test('nothing to grant is no grant, unless a result without credit comes with it', () => {
    const tiny = [lot('X', { credits: '0.3' }), lot('Y', { credits: '0.1' })];
    const pool = { elective: 'pool', credits: 'of-lot' };
    expect(of([pool], {}, ...tiny)).toBe('r(x y) lot-too-small');
    expect(of([{ effect: 'exemption', course: 'C3' }], {}, ...tiny)).toBe('r:C3=0');
  });
});

describe('amounts that nobody stated', () => {
  const unknown = (rest: Partial<ExampleOutcomeDocument> = {}): ExampleOutcomeDocument => {
    const { credits: _, ...without } = lot('X', { state: 'available', available: '4', ...rest });
    return without;
  };
  const of = (
    grants: NonNullable<RulebookDocument['rules']>[number]['grants'],
    rest: object,
    outcome: ExampleOutcomeDocument,
  ): string => said({ rules: [rule('r', X, grants, rest)] }, [outcome]);
  const ratio = { elective: 'pool', credits: { ratio: 'sum' } };
  const right = { effect: 'right' as const, value: 'exam' };

  test.each<[string, Parameters<typeof of>, string]>([
    ['hours by a ratio', [[ratio], {}, lot('X')], 'r(x) waits hours'],
    ['known hours', [[ratio], {}, lot('X', { hours: '40' })], 'r:pool=2.5'],
    [
      'the worth of the lot',
      [[{ elective: 'pool', credits: 'of-lot' }], {}, unknown()],
      'r(x) waits credits',
    ],
    ['the worth of a course', [[{ course: 'B2' }], {}, unknown()], 'r(x) waits credits'],
    ['the worth beside a right', [[right, { course: 'B2' }], {}, unknown()], 'r(x) waits credits'],
    [
      'not where less is accepted',
      [[{ course: 'B2' }], { shortfall: 'allow' }, unknown()],
      'r:B2=2',
    ],
    ['not for a right', [[right], {}, unknown()], 'r:exam=0'],
    ['not with a ratio', [[ratio], {}, unknown({ hours: '16' })], 'r:pool=1'],
  ])('%s', (_, given, expected) => {
    expect(of(...given)).toBe(expected);
  });

  test('it is said which lot lacks what', () => {
    const rules = [rule('r', X, [ratio])];
    expect(decision({ rules }, [lot('X')]).pending[0]?.waitsFor).toEqual([
      { what: 'hours', lot: 'x', course: null, finding: null, wanted: 'a value' },
    ]);
  });
});

describe('hours of two lots', () => {
  const of = (ratio: string, hours: string, max?: string): string => {
    const credits = { ratio, ...(max && { max }) };
    return said({ rules: [rule('r', PAIR, [{ elective: 'pool', credits }])] }, [
      lot('X', { hours }),
      lot('Y', { hours }),
    ]);
  };

  test('are rounded together or each for itself, up to a limit', () => {
    expect(of('sum', '20')).toBe('r:pool=2.5');
    expect(of('lot', '20')).toBe('r:pool=2');
    expect(of('sum', '20', '2')).toBe('r:pool=2');
    expect(of('sum', '20', '2.5')).toBe('r:pool=2.5');
  });

  test('also in a sum, whose limit speaks of hours and not of credit', () => {
    const sum = { sum: { what: 'hours' as const, atLeast: '20' }, of: { has: { prefix: 'P' } } };
    const by = (at: 'sum' | 'each-lot', ...hours: string[]): string =>
      said(
        {
          ratios: { q: { hours: '4', credits: '1', round: { to: '1', mode: 'down', at } } },
          rules: [rule('r', sum, [{ elective: 'pool', credits: { ratio: 'q' } }])],
        },
        hours.map((each, at) => lot(`P${at}`, { hours: each })),
      );
    expect(by('sum', '10', '11')).toBe('r:pool=5');
    expect(by('each-lot', '10', '11')).toBe('r:pool=4');
    expect(by('each-lot', '3', '3', '14')).toBe('r:pool=3');
    expect(by('sum', '9', '10')).toBe('r(p0 p1) condition-false');
  });
});

test('a ratio of hours is granted for a sum of credits, whose limit speaks of all lots', () => {
  const sum = { sum: { what: 'credits' as const, atLeast: '3' }, of: { has: { prefix: 'P' } } };
  const rules = [rule('r', sum, [{ elective: 'pool', credits: { ratio: 'sum' } }])];
  expect(said({ rules }, [lot('P1', { credits: '3', hours: '8' })])).toBe('r:pool=0.5');
  expect(said({ rules }, [lot('P1', { credits: '2.9', hours: '8' })])).toBe(
    'r(p1) condition-false',
  );
});

test('a fixed amount for a sum takes the lots that reach its limit', () => {
  const sum = { sum: { what: 'credits' as const, atLeast: '3' }, of: { has: { prefix: 'P' } } };
  const rules = [rule('r', sum, [{ course: 'B2' }])];
  const [grant] = decision({ rules }, [
    lot('P1', { credits: '2' }),
    lot('P2', { credits: '3' }),
    lot('P3', { credits: '2' }),
  ]).granted;
  expect(grant).toMatchObject({ credits: '2', lots: ['p2'] });
});

describe('amounts in part', () => {
  const of = (credits: string, max: string): Decision =>
    decision({ rules: [rule('r', X, POOL)], caps: [{ id: 'c', max }] }, [lot('X', { credits })]);

  test('every step down to the smallest', () => {
    expect(line(of('4', '4'))).toBe('r:pool=4');
    expect(line(of('4', '3.9'))).toBe('r:pool=3.5');
    expect(line(of('4', '0.5'))).toBe('r:pool=0.5');
    expect(line(of('4', '0.4'))).toBe('r(x) cap');
  });

  test('nine hundred and ninety-nine are all offered, a thousand may be too many', () => {
    expect(of('499.5', '0.5')).toMatchObject({ credits: '0.5', proven: true });
    expect(of('500', '0.5')).toMatchObject({ credits: '0.5', proven: false });
    expect(of('500.5', '0.5')).toMatchObject({ credits: '0', proven: false });
  });
});

describe('a remainder', () => {
  const elective = { remainder: 'elective' as const, remainderTo: 'pool' };
  const of = (credits: string): string =>
    said({ rules: [rule('r', X, [{ course: 'B2' }], elective)] }, [lot('X', { credits })]);

  test('goes to the pool in whole steps', () => {
    expect(of('2')).toBe('r:B2=2');
    expect(of('2.4')).toBe('r:B2=2');
    expect(of('2.5')).toBe('r:B2=2, r:pool=0.5');
    expect(of('3.9')).toBe('r:B2=2, r:pool=1.5');
  });

  test('of any grants those that come first, as the rest makes them equal', () => {
    const grants = [{ course: 'B2' }, { course: 'C3' }];
    const rules = [rule('r', X, grants, { ...elective, take: 'any' })];
    expect(said({ rules }, [lot('X', { credits: '4' })])).toBe('r:B2=2, r:pool=2');
    expect(said({ rules }, [lot('X', { credits: '3.4' })])).toBe('r:B2=2, r:pool=1');
    expect(said({ rules }, [lot('X', { credits: '6' })])).toBe('r:B2=2, r:C3=3, r:pool=1');
  });

  test('that is kept stays in a single lot; two lots are taken whole', () => {
    const keep = { remainder: 'keep' as const };
    const used = (when: typeof PAIR | typeof X, outcomes: ExampleOutcomeDocument[]): unknown => {
      const rules = [rule('r', when, [{ course: 'C4' }], keep)];
      return decision({ rules }, outcomes).granted[0]?.uses;
    };
    expect(used(X, [lot('X', { credits: '5' })])).toEqual([
      { lot: 'x', amount: '4', forfeited: '0' },
    ]);
    expect(used(PAIR, [lot('X', { credits: '3' }), lot('Y', { credits: '3' })])).toEqual([
      { lot: 'x', amount: '3', forfeited: '0' },
      { lot: 'y', amount: '1', forfeited: '0' },
    ]);
  });

  test('that is kept serves another rule, but not of two lots together', () => {
    const keep = { remainder: 'keep' as const };
    const rest = rule('rest', { has: 'Y' }, [{ course: 'B2' }], keep);
    const both = [lot('X', { credits: '2' }), lot('Y', { credits: '4' })];
    expect(said({ rules: [rule('r', PAIR, [{ course: 'C4' }], keep), rest] }, both)).toBe(
      'r:C4=4, rest(y) lot-better-used',
    );
    const single = rule('r', { has: 'Y' }, [{ elective: 'pool', credits: '2' }], keep);
    expect(said({ rules: [single, rest] }, both)).toBe('r:pool=2, rest:B2=2');
    const spent = rule('r', { has: 'Y' }, [{ elective: 'pool', credits: '2' }]);
    expect(said({ rules: [spent, rest] }, both)).toBe('rest:B2=2, r(y) lot-better-used');
  });

  test('a lot of no amount is used as a whole', () => {
    const right = { effect: 'right' as const, value: 'exam' };
    const rules = ['a', 'b'].map((id) => rule(id, X, [right], { remainder: 'keep' }));
    expect(said({ rules }, [lot('X', { credits: '0' })])).toBe('a:exam=0, b(x) lot-better-used');
  });
});
