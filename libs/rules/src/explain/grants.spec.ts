import { decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import type { ConditionDocument, RuleDocument, RulebookDocument } from '../document/document.js';
import type { Grant } from '../types.js';

const X = { has: 'X' };
const granted = (
  when: ConditionDocument,
  grants: RuleDocument['grants'],
  rest: Partial<RuleDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  change: Partial<RulebookDocument> = {},
): readonly Grant[] =>
  decide(sample({ rules: [rule('r', when, grants, rest)], ...change }), learner(outcomes)).granted;

const B2 = [{ course: 'B2' }];

describe('the grade to record', () => {
  const of = (
    grade: RuleDocument['grade'],
    outcome: Partial<ExampleOutcomeDocument>,
  ): string | null | undefined =>
    granted(X, B2, grade === undefined ? {} : { grade }, [lot('X', outcome)])[0]?.grade;
  const good = { grade: 'G', gradeScale: 'five' };

  test.each<[RuleDocument['grade'], Partial<ExampleOutcomeDocument>, string | null]>([
    [undefined, good, null],
    ['none', good, null],
    ['exempt', good, 'exempt'],
    ['of-lot', good, 'G'],
    ['of-lot', {}, null],
    [{ fixed: '80' }, good, '80'],
    [{ fixed: '80' }, {}, '80'],
    [{ onScale: 'percent' }, good, '85'],
    [{ onScale: 'five' }, good, 'G'],
    [{ onScale: 'german' }, good, null],
    [{ onScale: 'percent' }, {}, null],
  ])('%j of %j: %s', (grade, outcome, expected) => {
    expect(of(grade, outcome)).toBe(expected);
  });

  test('is that of the first lot, or of the proof where nothing is used', () => {
    const pair = { all: [{ has: 'Y' }, { has: 'X' }] };
    const two = [lot('X', { grade: '1' }), lot('Y', { grade: '2' })];
    expect(granted(pair, B2, { grade: 'of-lot' }, two)[0]?.grade).toBe('2');
    const proof = { all: [{ has: 'X', evidenceOnly: true }] };
    expect(granted(proof, B2, { grade: 'of-lot' }, two)[0]?.grade).toBe('1');
    const mixed = { all: [{ has: 'X', evidenceOnly: true }, { has: 'Y' }] };
    expect(granted(mixed, B2, { grade: 'of-lot' }, two)[0]?.grade).toBe('2');
  });
});

describe('what a grant rests on', () => {
  const of = (grants: readonly Grant[]): unknown =>
    grants.map(({ lots, sources, issuers, uses }) => [
      lots.join(),
      sources.join(),
      issuers.join(),
      uses.map(({ lot: used, amount, forfeited }) => `${used} ${amount}-${forfeited}`).join(),
    ]);
  const two = [
    lot('X', { issuer: 'j', source: 'training', credits: '3' }),
    lot('Y', { issuer: 'i', credits: '3' }),
    lot('Z', { issuer: 'k', source: 'certificate' }),
  ];

  test('lots that are used, then proofs; sources and issuers of what is used, each once', () => {
    const when = { all: [X, { has: 'Y' }, { has: 'Z', evidenceOnly: true }] };
    expect(of(granted(when, [{ course: 'C4' }], {}, two))).toEqual([
      ['x,y,z', 'course,training', 'i,j', 'x 3-0,y 3-2'],
    ]);
    const same = two.map((each) => ({ ...each, issuer: 'i', source: 'course' as const }));
    expect(of(granted(when, [{ course: 'C4' }], {}, same))).toEqual([
      ['x,y,z', 'course', 'i', 'x 3-0,y 3-2'],
    ]);
  });

  test('proofs alone, where nothing is used', () => {
    const when = { has: 'Z', evidenceOnly: true };
    expect(of(granted(when, B2, {}, two))).toEqual([['z', 'certificate', 'k', '']]);
  });

  test('lots are listed at the first of several grants', () => {
    const grants = [{ course: 'B2' }, { elective: 'pool', credits: '1' }];
    expect(of(granted(X, grants, {}, two))).toEqual([
      ['x', 'training', 'j', 'x 3-0'],
      ['x', 'training', 'j', ''],
    ]);
  });

  test('what is too much is forfeited from the last lot backwards', () => {
    const when = { all: [X, { has: 'Y' }, { has: 'W' }] };
    const three = [...two, lot('W', { credits: '1' })];
    expect(of(granted(when, B2, {}, three))).toEqual([
      ['x,y,w', 'course,training', 'i,j,unstated', 'x 3-1,y 3-3,w 1-1'],
    ]);
    expect(
      of(
        granted(when, B2, { shortfall: 'allow' }, [
          two[0]!,
          lot('Y', { credits: '0' }),
          lot('W', { credits: '0' }),
        ]),
      ),
    ).toEqual([['x,y,w', 'course,training', 'j,unstated', 'x 3-1,y 0-0,w 0-0']]);
    expect(of(granted(X, [{ course: 'C4' }], { shortfall: 'allow' }, two))).toEqual([
      ['x', 'training', 'j', 'x 3-0'],
    ]);
  });
});

describe('lots of a sum', () => {
  const sum: ConditionDocument = {
    sum: { what: 'credits', atLeast: '4' },
    of: { has: { prefix: 'P' } },
  };
  const uses = (remainder: 'keep' | 'forfeit', credits: string, ...worth: string[]): string =>
    (
      granted(
        sum,
        [{ elective: 'pool', credits }],
        { remainder },
        worth.map((each, at) => lot(`P${at}`, { credits: each })),
      )[0]?.uses ?? []
    )
      .map(({ lot: used, amount, forfeited }) => `${used} ${amount}-${forfeited}`)
      .join();

  test('keep what is not granted, one after the other', () => {
    expect(uses('keep', '4', '3', '3')).toBe('p0 3-0,p1 1-0');
    expect(uses('keep', '3', '3', '3')).toBe('p0 3-0,p1 0-0');
    expect(uses('keep', '2', '3', '3')).toBe('p0 2-0,p1 0-0');
    expect(uses('keep', '6', '3', '3')).toBe('p0 3-0,p1 3-0');
    expect(uses('keep', '9', '3', '3')).toBe('p0 3-0,p1 3-0');
  });

  test('or give all they have', () => {
    expect(uses('forfeit', '4', '3', '3')).toBe('p0 3-0,p1 3-2');
    expect(uses('forfeit', '2', '3', '3')).toBe('p0 3-1,p1 3-3');
  });
});

test('days of completion are told where the programme counts by periods, each once', () => {
  const calendar = { yearStarts: '09-01' };
  const pair = { all: [X, { has: 'Y' }, { has: 'Z', evidenceOnly: true }] };
  const days = (
    when: ConditionDocument,
    list: readonly string[],
    change: Partial<RulebookDocument> = { calendar },
  ): unknown => {
    const outcomes = ['X', 'Y', 'Z'].map((code, at) => lot(code, { completed: list[at] ?? '' }));
    return granted(when, B2, {}, outcomes, change).map(({ completed }) => completed);
  };
  expect(days(pair, ['2026-03-01', '2026-01-01', '2025-01-01'])).toEqual([
    ['2026-01-01', '2026-03-01'],
  ]);
  expect(days(pair, ['2026-03-01', '2026-03-01', '2025-01-01'])).toEqual([['2026-03-01']]);
  expect(days(pair, ['2026-03-01', '', ''])).toEqual([['2026-03-01']]);
  expect(days({ has: 'Z', evidenceOnly: true }, ['', '', '2025-01'])).toEqual([['2025-01']]);
  expect(days(pair, ['2026-03-01', '2026-01-01'], {})).toEqual([undefined]);
});

test('the rest of a lot that goes to the pool is credit of the pool and has no grade', () => {
  const rest = { remainder: 'elective' as const, remainderTo: 'pool', grade: 'exempt' as const };
  const [first, second] = granted(
    X,
    [{ effect: 'exemption', course: 'C3' }, { course: 'B2' }],
    rest,
    [lot('X')],
  );
  expect(first).toMatchObject({ effect: 'exemption', course: 'C3', grade: 'exempt' });
  expect(second).toMatchObject({ effect: 'credit', course: 'B2', credits: '2' });
  const pool = granted(X, [{ effect: 'exemption', course: 'C3' }, { course: 'B2' }], rest, [
    lot('X'),
  ])[2];
  expect(pool).toMatchObject({
    effect: 'credit',
    course: null,
    courseTitle: null,
    elective: 'pool',
    category: 'free',
    credits: '2',
    grade: null,
    uses: [],
  });
});
