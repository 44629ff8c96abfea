import { compiled, learner, lot, rule, sample } from '../../test/sample.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from '../document/document-examples.js';
import type { RulebookDocument } from '../document/document.js';
import { type Offers, offersOf, withoutRivals } from './offers.js';

const title = { zh: '题', en: 'title' };
const POOL = [{ elective: 'pool', partial: true }];

const offers = (
  change: Partial<RulebookDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  imagined: readonly string[] = [],
  rest: Partial<ExampleLearnerDocument> = {},
): Offers =>
  offersOf(compiled(sample(change)), learner(outcomes, rest), '2026-10-01', new Set(imagined));

test('offers stand beside the candidates of the problem, lots by their number', () => {
  const rules = [
    rule('c4', { all: [{ has: 'X' }, { has: 'Y' }] }, [{ course: 'C4' }], { shortfall: 'allow' }),
    rule('b2', { has: 'Y' }, [{ course: 'B2' }]),
  ];
  const found = offers({ rules }, [lot('Y'), lot('X'), lot('Z')]);
  expect(found.lots).toEqual(['x', 'y']);
  expect(found.offers.map(({ rule: of, lots }) => `${of} ${lots.join('+')}`)).toEqual([
    'c4 x+y',
    'b2 y',
  ]);
  expect(found.problem.candidates.map(({ choices }) => choices[0]?.credits)).toEqual([4000, 2000]);
  expect(found.problem.candidates[1]?.choices[0]?.uses).toEqual([
    { lot: 1, amount: 4000, isExclusive: true },
  ]);
  expect(found.isComplete).toBe(true);
});

describe('what a choice counts for a requirement', () => {
  const counts = (of: object, change: Partial<RulebookDocument> = {}): number[] => {
    const requirements = [{ id: 'q', title, atLeast: '9', of }];
    const rules = ['r', 'other'].map((id) => rule(id, { has: 'X' }, [{ course: 'B2' }]));
    const outcomes = [lot('X', { issuer: 'i', source: 'training', credits: '3' })];
    const found = offers({ rules, requirements, ...change }, outcomes).offers;
    const offer = found.find((each) => each.rule === 'r');
    return (offer?.counts ?? []).map(([count]) => count ?? -1);
  };

  test.each<[object, number]>([
    [{}, 2000],
    [{ rule: 'r' }, 2000],
    [{ rule: 'other' }, 0],
    [{ category: 'basic' }, 2000],
    [{ category: 'core' }, 0],
    [{ course: 'B2' }, 2000],
    [{ course: 'C3' }, 0],
    [{ elective: 'pool' }, 0],
    [{ issuer: 'i' }, 2000],
    [{ issuer: 'j' }, 0],
    [{ source: 'training' }, 2000],
    [{ source: 'course' }, 0],
    [{ outcome: 'X' }, 2000],
    [{ outcome: 'Y' }, 0],
  ])('%j: %i', (of, expected) => {
    expect(counts(of)).toEqual([expected]);
  });

  test('the rest of a lot counts where it goes', () => {
    const rest = { remainder: 'elective' as const, remainderTo: 'pool' };
    const rules = [rule('r', { has: 'X' }, [{ course: 'B2' }], rest)];
    expect(counts({}, { rules })).toEqual([3000, 2500, 2000]);
    expect(counts({ elective: 'pool' }, { rules })).toEqual([1000, 500, 0]);
    expect(counts({ category: 'free' }, { rules })).toEqual([1000, 500, 0]);
    expect(counts({ course: 'B2' }, { rules })).toEqual([2000, 2000, 2000]);
  });

  test('evidence is among the outcomes that it rests on', () => {
    const when = { all: [{ has: 'X' }, { has: 'Y', evidenceOnly: true }] };
    const requirements = [{ id: 'q', title, atLeast: '9', of: { outcome: 'Y' } }];
    const rules = [rule('r', when, [{ course: 'B2' }])];
    const [offer] = offers({ rules, requirements }, [lot('X'), lot('Y')]).offers;
    expect(offer?.counts).toEqual([[2000]]);
  });
});

test('what a requirement needs beyond earlier decisions, and never less than nothing', () => {
  const need = (credits: string, of: object = {}): number[] => {
    const requirements = [{ id: 'q', title, atLeast: '5', of }];
    const granted = [{ rule: 'r', course: 'C3', category: 'core', credits, lots: ['old'] }];
    const { needs } = offers({ requirements }, [], [], { granted });
    return needs.map(({ millicredits }) => millicredits);
  };
  expect(need('3')).toEqual([2000]);
  expect(need('5')).toEqual([0]);
  expect(need('6')).toEqual([0]);
  expect(need('3', { category: 'core' })).toEqual([2000]);
  expect(need('3', { category: 'basic' })).toEqual([5000]);
  expect(offers({}, []).needs).toEqual([]);
});

describe('what each period needs', () => {
  const calendar = {
    yearStarts: '03-01',
    semesters: [
      { id: '1', starts: '03-01' },
      { id: '2', starts: '09-01' },
    ],
  };
  const requirements = [{ id: 'q', title, atLeast: '5', per: 'semester' as const }];
  const rules = [rule('r', { has: { prefix: 'X' } }, [{ elective: 'pool' }])];
  const of = (
    outcomes: readonly ExampleOutcomeDocument[],
    rest: Partial<ExampleLearnerDocument> = {},
  ): Offers => offers({ calendar, requirements, rules }, outcomes, [], rest);

  test('in which something could count, and what an outcome counts for in which', () => {
    const found = of([
      lot('X1', { credits: '2', completed: '2026-04-01' }),
      lot('X2', { credits: '3', completed: '2026-09-01' }),
    ]);
    const need = { requirement: 'q', isConditional: true, millicredits: 5000 };
    expect(found.needs).toEqual([
      { ...need, period: '2026/1' },
      { ...need, period: '2026/2' },
    ]);
    expect(found.offers.map(({ counts }) => counts)).toEqual([[[0, 3000]], [[2000, 0]]]);
  });

  test('that has credit already has to be reached, one without need not be', () => {
    const completed = ['2026-04-01'];
    const granted = [{ rule: 'r', elective: 'pool', credits: '4', lots: ['old'], completed }];
    const found = of([lot('X2', { completed: '2026-09-01' })], { granted });
    expect(found.needs).toMatchObject([
      { period: '2026/1', isConditional: false, millicredits: 1000 },
      { period: '2026/2', isConditional: true, millicredits: 5000 },
    ]);
  });

  test('of which there are none: what is needed cannot be reached', () => {
    expect(of([]).needs).toMatchObject([
      { period: null, isConditional: false, millicredits: 5000 },
    ]);
  });
});

describe('evidence', () => {
  const when = {
    all: [{ has: { prefix: 'X' } }, { has: ['Y', 'Z'], evidenceOnly: true }],
  };
  const rules = [rule('r', when, POOL)];
  const of = (imagined: readonly string[]): unknown =>
    offers({ rules }, [lot('X'), lot('Y'), lot('Z')], imagined).offers.map(({ lots, evidence }) => [
      lots,
      evidence,
    ]);

  test('that the learner has is not asked for', () => {
    expect(of([])).toEqual([[['x'], []]]);
    expect(of(['x', 'z'])).toEqual([[['x'], []]]);
  });

  test('that is only imagined can come from any lot that proves the same', () => {
    expect(of(['y'])).toEqual([[['x'], ['y', 'z']]]);
  });
});

describe('nothing is left out', () => {
  const complete = (
    change: Partial<RulebookDocument>,
    outcomes: readonly ExampleOutcomeDocument[],
    imagined: readonly string[],
  ): boolean => offers(change, outcomes, imagined).isComplete;
  const pair = { all: [{ has: 'X' }, { has: 'Y' }] };
  const graded = { all: [{ has: 'X' }, { has: 'Y', grade: { passed: true as const } }] };
  const mixed = { all: [{ has: 'X' }, { has: 'Y', evidenceOnly: true }] };
  const at = (when: NonNullable<RulebookDocument['rules']>[number]['when'], rest: object = {}) => ({
    rules: [rule('r', when, [{ course: 'C4' }], rest)],
  });

  test('where everything can be granted', () => {
    expect(complete(at(pair, { shortfall: 'allow' }), [lot('X'), lot('Y')], ['x', 'y'])).toBe(true);
  });

  test('where two lots wait that are both needed: one alone would not do', () => {
    expect(complete(at(graded), [lot('X'), lot('Y')], ['x', 'y'])).toBe(true);
  });

  test('where two lots are too small that are both needed', () => {
    const small = [lot('X', { credits: '1' }), lot('Y', { credits: '1' })];
    expect(complete(at(pair), small, ['x', 'y'])).toBe(true);
  });

  test('unless a sum is refused because of all its lots, one of them imagined', () => {
    const inForce = { from: '2026-02-01', to: null, by: 'completion' };
    const sum = (atLeast: string): Partial<RulebookDocument> => {
      const when = { sum: { what: 'credits' as const, atLeast }, of: { has: ['X', 'Y'] } };
      return { rules: [rule('r', when, POOL, { inForce } as object)] };
    };
    const both = [lot('X', { completed: '2026-01-31' }), lot('Y', { completed: '2026-02-01' })];
    expect(complete(sum('5'), both, [])).toBe(true);
    expect(complete(sum('5'), both, ['y'])).toBe(false);
    // A lot outside the window is left out where the others are enough.
    expect(complete(sum('4'), both, ['y'])).toBe(true);
    expect(complete(sum('4'), both.slice(1), ['y'])).toBe(true);
  });

  test('unless an imagined proof stands before other ways', () => {
    expect(complete(at(mixed), [lot('X'), lot('Y')], [])).toBe(true);
    expect(complete(at(mixed), [lot('X'), lot('Y')], ['x'])).toBe(true);
    expect(complete(at(mixed), [lot('X'), lot('Y')], ['y'])).toBe(false);
    const alone = {
      rules: [
        rule('r', { has: 'Y', evidenceOnly: true }, [{ effect: 'right' as const, value: 'v' }]),
      ],
    };
    expect(complete(alone, [lot('Y')], ['y'])).toBe(true);
    const small = [lot('X', { credits: '1' }), lot('Y')];
    expect(complete(at(mixed), small, ['x'])).toBe(false);
  });

  test('unless ways were cut', () => {
    const all = { all: [{ has: { prefix: 'P' } }, { has: { prefix: 'Q' } }] };
    const many = Array.from({ length: 17 }, (_, index) => [lot(`P${index}`), lot(`Q${index}`)]);
    expect(complete(at(all), many.flat(), [])).toBe(false);
    expect(complete(at(all), many.slice(1).flat(), [])).toBe(true);
  });
});

describe('a rulebook without rivals', () => {
  const family = { id: 'f', outcomes: ['X', 'Y'], keep: 'highest-credits' as const };
  const duplicate = { id: 'd', names: {}, keep: 'highest-credits' as const };

  test('is the same where there are none', () => {
    const plain = compiled(sample());
    expect(withoutRivals(plain)).toBe(plain);
  });

  test.each<[string, Partial<RulebookDocument>]>([
    ['families', { families: [family] }],
    ['duplicates', { duplicates: [duplicate] }],
    ['both', { families: [family], duplicates: [duplicate] }],
  ])('has no %s any more', (_, change) => {
    const rules = [rule('x', { has: 'X' }, POOL), rule('y', { has: 'Y' }, POOL)];
    const before = compiled(sample({ rules, ...change }));
    const after = withoutRivals(before);
    expect(after.rulebook.families).toEqual([]);
    expect(after.rulebook.duplicates ?? []).toEqual([]);
    expect(after.rulebook.rules).toEqual(before.rulebook.rules);
    const facts = learner([lot('X', { title: 'same' }), lot('Y', { title: 'same' })]);
    const granted = (of: typeof before): number =>
      offersOf(of, facts, '2026-10-01', new Set()).offers.length;
    expect([granted(before), granted(after)]).toEqual([1, 2]);
  });
});
