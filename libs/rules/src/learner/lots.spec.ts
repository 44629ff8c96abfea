import { compiled, decide, learner, line, lot, rule, sample } from '../../test/sample.js';
import type { RulebookDocument } from '../document/document.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from '../document/document-examples.js';
import type { LearnerFacts, OutcomeFact } from '../types.js';
import { isUsable, type Lot } from './lots.js';
import { readLearner } from './learner.js';

const ON = '2026-10-01';

const lots = (
  outcomes: readonly ExampleOutcomeDocument[],
  change: Partial<RulebookDocument> = {},
  rest: Partial<ExampleLearnerDocument> = {},
): readonly Lot[] => readLearner(compiled(sample(change)), learner(outcomes, rest), ON).lots;

/** Why the first lot may not be used: the code and what is said with it. */
const block = (...given: Parameters<typeof lots>): string => {
  const found = lots(...given)[0]?.block;
  return found ? [found.code, ...Object.values(found.params)].join(' ') : 'usable';
};

describe('values that cannot be read', () => {
  test.each<[Partial<ExampleOutcomeDocument>, string]>([
    [{}, 'usable'],
    [{ credits: 'x', available: '1' }, 'lot-unreadable credits'],
    [{ available: 'x' }, 'lot-unreadable available'],
    [{ credits: 'x', available: 'x' }, 'lot-unreadable credits, available'],
    [{ deposited: 'x' }, 'lot-unreadable deposited'],
    [{ expiresOn: 'x' }, 'lot-unreadable expiresOn'],
    [
      { deposited: 'x', expiresOn: 'x', available: 'x' },
      'lot-unreadable available, deposited, expiresOn',
    ],
    [{ completed: 'x', hours: 'x', grade: 'x' }, 'usable'],
    [{ deposited: '2026', expiresOn: '2027' }, 'usable'],
  ])('%j: %s', (change, expected) => {
    expect(block([lot('X', change)])).toBe(expected);
  });

  test('count as nothing', () => {
    const [read] = lots([lot('X', { credits: 'x', available: 'y', hours: 'z' })]);
    expect(read).toMatchObject({
      worthMillicredits: null,
      availableMillicredits: 0n,
      minutes: null,
      grade: null,
      level: null,
      completed: null,
    });
    const [known] = lots([lot('X', { credits: '2', available: '1', hours: '1.5' })]);
    expect(known).toMatchObject({
      worthMillicredits: 2000n,
      availableMillicredits: 1000n,
      minutes: 90n,
    });
    const [fresh] = lots([lot('X', { credits: '2' })]);
    expect(fresh).toMatchObject({ worthMillicredits: 2000n, availableMillicredits: 2000n });
  });
});

describe('the end of a lot', () => {
  const shelf = (years: number): Partial<RulebookDocument> => ({ lots: { shelfLifeYears: years } });

  test.each<[string, Partial<ExampleOutcomeDocument>, Partial<RulebookDocument>, string]>([
    ['revoked', { state: 'revoked' }, {}, 'lot-revoked'],
    ['failed', { state: 'failed' }, {}, 'lot-failed'],
    ['expired, nobody says when', { state: 'expired' }, {}, 'lot-expired'],
    [
      'expired on a day',
      { state: 'expired', expiresOn: '2027-01-01' },
      {},
      'lot-expired 2027-01-01',
    ],
    ['on its last day', { expiresOn: '2026-10-01' }, {}, 'usable'],
    ['the day after', { expiresOn: '2026-09-30' }, {}, 'lot-expired 2026-09-30'],
    ['in its last month', { expiresOn: '2026-10' }, {}, 'usable'],
    ['after its last month', { expiresOn: '2026-09' }, {}, 'lot-expired 2026-09-30'],
    ['on the last day of its shelf life', { deposited: '2024-10-01' }, shelf(2), 'usable'],
    ['after its shelf life', { deposited: '2024-09-30' }, shelf(2), 'lot-expired 2026-09-30'],
    ['without a shelf life', { deposited: '1990-01-01' }, {}, 'usable'],
    ['nobody knows when it was deposited', {}, shelf(2), 'usable'],
    [
      'an end of the issuer before its shelf life ends',
      { deposited: '2026-01-01', expiresOn: '2026-09-01' },
      shelf(2),
      'lot-expired 2026-09-01',
    ],
    [
      'an end of the issuer after its shelf life ends',
      { deposited: '2024-01-01', expiresOn: '2030-01-01' },
      shelf(2),
      'lot-expired 2026-01-01',
    ],
  ])('%s', (_, outcome, change, expected) => {
    expect(block([lot('X', outcome)], change)).toBe(expected);
  });
});

describe('earlier use', () => {
  const NEVER: Partial<RulebookDocument> = { lots: { reuse: 'never' } };
  const APART: Partial<RulebookDocument> = { lots: { scope: 'per-programme' } };
  const APART_ONCE: Partial<RulebookDocument> = {
    lots: { scope: 'per-programme', reuse: 'never' },
  };
  const by = (...programmes: string[]) => ({
    usedFor: programmes.map((programme) => ({ programme })),
  });

  test.each<[string, Partial<ExampleOutcomeDocument>, Partial<RulebookDocument>, string]>([
    ['something is left', { available: '1', ...by('P') }, {}, 'usable'],
    ['nothing is left', { available: '0', ...by('P') }, {}, 'lot-used P'],
    ['what is left may not be used', { available: '1', ...by('P') }, NEVER, 'lot-used P'],
    ['it is only said to be used', { available: '1', state: 'used' }, NEVER, 'lot-used'],
    ['of several the first by name', { available: '0', ...by('Q', 'P', 'R') }, {}, 'lot-used P'],
    ['in another programme', { available: '1', ...by('P') }, APART_ONCE, 'usable'],
    ['in this programme', { available: '1', ...by('P', 'SAMPLE') }, APART_ONCE, 'lot-used P'],
    [
      'in another programme, which left nothing',
      { available: '0', ...by('P') },
      APART,
      'lot-used P',
    ],
    [
      'a registered outcome of no amount elsewhere',
      { state: 'registered', available: '0', ...by('P') },
      APART,
      'usable',
    ],
    [
      'a registered outcome of no amount here',
      { state: 'registered', available: '0', ...by('SAMPLE') },
      APART,
      'lot-used SAMPLE',
    ],
    ['held as a whole', { available: '0', state: 'held' }, {}, 'lot-held'],
    ['held in part', { available: '1', state: 'held' }, {}, 'usable'],
    ['of no amount, not used', { credits: '0', available: '0' }, {}, 'usable'],
  ])('%s', (_, outcome, change, expected) => {
    expect(block([lot('X', outcome)], change)).toBe(expected);
  });

  test('a lot of an earlier decision of this programme was used', () => {
    const granted = [{ rule: 'r', credits: '1', lots: ['x'] }];
    expect(block([lot('X', { available: '0' })], {}, { granted })).toBe('lot-used');
    expect(block([lot('X', { available: '1' })], NEVER, { granted })).toBe('lot-used');
    expect(block([lot('X', { available: '1' })], {}, { granted })).toBe('usable');
  });
});

test('a day after the cut-off says which, and for which graduation', () => {
  const calendar = { yearStarts: '09-01', cutOffs: [{ graduation: '07', lastDay: '06-15' }] };
  const at = (completed: string): string =>
    block([lot('X', { completed })], { calendar }, { graduates: '2026-07' });
  expect(at('2026-06-15')).toBe('usable');
  expect(at('2026-06-16')).toBe('lot-after-cut-off 2026-07 2026-06-15');
});

describe('families', () => {
  const family = (keep: 'highest-level' | 'highest-credits'): Partial<RulebookDocument> => ({
    families: [{ id: 'f', outcomes: ['A', 'B', 'C'], keep }],
  });
  const level = (name: string, credits = '1'): Partial<ExampleOutcomeDocument> => ({
    level: name,
    levelScale: 'level',
    credits,
  });
  /** Ids of the lots that may be used. */
  const kept = (
    keep: 'highest-level' | 'highest-credits',
    outcomes: readonly ExampleOutcomeDocument[],
    rest: Partial<ExampleLearnerDocument> = {},
  ): string =>
    lots(outcomes, family(keep), rest)
      .filter((each) => !each.block)
      .map(({ id }) => id)
      .join(' ');

  test('the highest level, then the most credit, then the first', () => {
    const of = (...list: [string, string, string?][]): ExampleOutcomeDocument[] =>
      list.map(([code, name, credits]) => lot(code, level(name, credits)));
    expect(kept('highest-level', of(['A', 'low', '9'], ['B', 'high'], ['C', 'mid']))).toBe('b');
    expect(kept('highest-level', of(['A', 'mid', '1'], ['B', 'mid', '2'], ['C', 'low']))).toBe('b');
    expect(kept('highest-level', of(['B', 'mid'], ['A', 'mid']))).toBe('a');
    expect(kept('highest-level', of(['A', 'strange', '9'], ['B', 'low', '1']))).toBe('b');
    expect(kept('highest-level', of(['A', 'low', '1'], ['B', 'strange', '9']))).toBe('a');
    expect(kept('highest-level', of(['A', 'odd', '1'], ['B', 'strange', '9']))).toBe('b');
    expect(kept('highest-credits', of(['A', 'low', '9'], ['B', 'high', '1']))).toBe('a');
  });

  test('levels of a scale of numbers are compared exactly', () => {
    const percent = (code: string, value: string): ExampleOutcomeDocument =>
      lot(code, { level: value, levelScale: 'percent', credits: '1' });
    expect(kept('highest-level', [percent('A', '33.3'), percent('B', '33.34')])).toBe('b');
    expect(kept('highest-level', [percent('A', '9.5'), percent('B', '10')])).toBe('b');
  });

  test('what was used here before stays, and a lot that may not be used is none', () => {
    const granted = [{ rule: 'r', credits: '1', lots: ['a'] }];
    const two = [lot('A', { credits: '1', available: '0.5' }), lot('B', { credits: '9' })];
    expect(kept('highest-credits', two, { granted })).toBe('a');
    expect(kept('highest-credits', [lot('A', { credits: '9', state: 'revoked' }), lot('B')])).toBe(
      'b',
    );
    expect(kept('highest-credits', [lot('A', { state: 'revoked' })])).toBe('');
  });

  test('others are not concerned, and the lesser ones say which is kept', () => {
    expect(kept('highest-credits', [lot('A', { credits: '1' }), lot('Z'), lot('B')])).toBe('b z');
    expect(block([lot('A', { credits: '1' }), lot('B')], family('highest-credits'))).toBe(
      'family f b',
    );
    expect(block([lot('A', { state: 'failed' }), lot('B')], family('highest-credits'))).toBe(
      'lot-failed',
    );
  });

  test('credit that was used in part counts as what it was worth', () => {
    const two = [lot('A', { credits: '3', available: '0.5' }), lot('B', { credits: '2' })];
    expect(kept('highest-credits', two)).toBe('a');
    const { credits: _, ...unstated } = lot('A', { state: 'available', available: '3' });
    expect(kept('highest-credits', [unstated, lot('B', { credits: '2' })])).toBe('a');
  });
});

test('a proof may be used up, held or the lesser of its family, and nothing else', () => {
  const usable = (code: NonNullable<Lot['block']>['code']): boolean[] => {
    const [read] = lots([lot('X')]);
    const blocked = read!.blocked({ code, params: {} });
    return [isUsable(blocked, true), isUsable(blocked, false)];
  };
  expect(usable('lot-used')).toEqual([true, false]);
  expect(usable('lot-held')).toEqual([true, false]);
  expect(usable('family')).toEqual([true, false]);
  expect(usable('lot-revoked')).toEqual([false, false]);
  expect(usable('lot-expired')).toEqual([false, false]);
  expect(isUsable(lots([lot('X')])[0]!, false)).toBe(true);
});

describe('the order of the facts', () => {
  const rulebook = compiled(
    sample({ rules: [rule('r', { has: { source: 'course' } }, [{ elective: 'pool' }])] }),
  );
  const facts = (...outcomes: OutcomeFact[]): LearnerFacts => ({ ...learner([]), outcomes });
  const read = (given: LearnerFacts): string =>
    readLearner(rulebook, given, ON)
      .lots.map(({ id, fact }) => `${id}=${fact.available}`)
      .join(' ');
  const of = (id: string, available: string): OutcomeFact =>
    learner([lot(id.toUpperCase(), { lot: id, available })]).outcomes[0]!;

  test('makes no difference, also where two stories are told of one lot', () => {
    expect(read(facts(of('a', '1'), of('b', '2'), of('c', '3')))).toBe('a=1 b=2 c=3');
    expect(read(facts(of('c', '3'), of('a', '1'), of('b', '2')))).toBe('a=1 b=2 c=3');
    expect(read(facts(of('a', '1'), of('a', '2'), of('b', '3')))).toBe('a=1 b=3');
    expect(read(facts(of('a', '2'), of('a', '1'), of('b', '3')))).toBe('a=1 b=3');
    expect(read(facts(of('b', '3'), of('a', '2'), of('a', '1'), of('a', '2')))).toBe('a=1 b=3');
  });

  test('nor where two things were found about one lot', () => {
    const judged = { what: 'overlap', atLeast: '70' };
    const document = sample({ rules: [rule('r', { has: 'X', judged }, [{ course: 'B2' }])] });
    const finding = (value: string) => ({ what: 'overlap', lot: 'x', course: 'B2', value });
    const said = (...values: string[]): string =>
      line(decide(document, learner([lot('X')], { findings: values.map(finding) })));
    expect(said('80')).toBe('r:B2=2');
    expect(said('80', '60')).toBe('r(x) condition-false');
    expect(said('60', '80')).toBe('r(x) condition-false');
    expect(said('80', '80')).toBe('r:B2=2');
  });

  test('lots of two kinds are found in the order of their ids', () => {
    const document = sample({
      rules: [
        rule('r', { has: ['B', 'A'] }, [{ elective: 'pool', credits: '1' }], {
          shortfall: 'allow',
        }),
      ],
    });
    const given = learner([lot('A', { lot: '2' }), lot('B', { lot: '1' }), lot('A', { lot: '3' })]);
    expect(decide(document, given).granted.map(({ lots: used }) => used.join())).toEqual([
      '1',
      '2',
      '3',
    ]);
  });
});
