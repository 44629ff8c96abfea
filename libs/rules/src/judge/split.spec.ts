import { compiled, learner, lot, rule, sample } from '../../test/sample.js';
import { bind } from './bind.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import type { RulebookDocument } from '../document/document.js';
import { readLearner } from '../learner/learner.js';
import { splitPool } from './split.js';

type Cap = Partial<NonNullable<RulebookDocument['caps']>[number]>;

const CALENDAR = {
  yearStarts: '09-01',
  semesters: [
    { id: 'autumn', starts: '09-01' },
    { id: 'spring', starts: '02-01' },
  ],
};

const P1 = lot('P1', { issuer: 'i', source: 'course', completed: '2025-10-01' });
const P2 = lot('P2', { issuer: 'j', source: 'training', completed: '2026-03-01' });
const P3 = lot('P3', { issuer: 'i', source: 'training', completed: '2025-11-01' });

/** The offers of one sum of at least so many credits, by their lots. */
const offers = (
  caps: readonly Cap[],
  outcomes: readonly ExampleOutcomeDocument[] = [P1, P2, P3],
  atLeast = '4',
): string => {
  const sum = { sum: { what: 'credits' as const, atLeast }, of: { has: { prefix: 'P' } } };
  const rulebook = compiled(
    sample({
      calendar: CALENDAR,
      rules: [
        rule('r', sum, [{ elective: 'pool', credits: 'of-lot' }]),
        rule('other', { has: 'Z' }, [{ course: 'B2' }]),
      ],
      caps: caps.map((cap, at) => ({ id: `c${at}`, max: '6', ...cap })),
    }),
  );
  const [compiledRule] = rulebook.rules;
  const held = readLearner(rulebook, learner(outcomes), '2026-10-01');
  const [binding] = bind(compiledRule!.when, held).bindings;
  const { bindings, isCut } = splitPool(compiledRule!, binding!, rulebook);
  const sets = bindings.map(({ pool }) => pool?.members.map(({ id }) => id).join('+'));
  return `${sets.join(' ')}${isCut ? ' cut' : ''}`;
};

const WHOLE = 'p1+p2+p3';
const BY_ISSUER = 'p1+p2+p3 p1+p3 p2';
const BY_SOURCE = 'p1+p2+p3 p2+p3 p1';

test.each<[string, Cap[], string]>([
  ['no cap', [], WHOLE],
  ['a cap of all credit', [{}], WHOLE],
  ['a cap of each lot, which speaks of no sum', [{ per: 'lot' }], WHOLE],
  ['a cap of each lot of an issuer', [{ per: 'lot', of: { issuer: 'i' } }], WHOLE],
  ['each issuer', [{ per: 'issuer' }], BY_ISSUER],
  ['one issuer', [{ of: { issuer: 'i' } }], 'p1+p2+p3 p2 p1+p3'],
  ['an issuer of none of them', [{ of: { issuer: 'k' } }], WHOLE],
  ['one source', [{ of: { source: 'training' } }], 'p1+p2+p3 p1 p2+p3'],
  ['both sources', [{ of: { source: ['course', 'training'] } }], WHOLE],
  ['one outcome', [{ of: { outcome: 'P1' } }], 'p1+p2+p3 p2+p3 p1'],
  ['a source of one issuer', [{ of: { source: 'training', issuer: 'i' } }], 'p1+p2+p3 p1+p2 p3'],
  ['an outcome of one source', [{ of: { source: 'course', outcome: 'P2' } }], WHOLE],
  ['each semester', [{ per: 'semester' }], BY_ISSUER],
  ['each year', [{ per: 'academic-year' }], WHOLE],
  [
    'each semester of one source',
    [{ per: 'semester', of: { source: 'course' } }],
    'p1+p2+p3 p1 p2+p3',
  ],
  ['each issuer of one source', [{ per: 'issuer', of: { source: 'course' } }], 'p1+p2+p3 p1 p2+p3'],
  [
    'two caps, kind by kind',
    [{ per: 'issuer' }, { of: { source: 'course' } }],
    'p1+p2+p3 p1+p3 p1+p2 p1 p2+p3 p3 p2',
  ],
  ['a cap of another rule', [{ of: { rule: 'other', issuer: 'i' } }], WHOLE],
  ['a cap of this rule', [{ of: { rule: 'r', issuer: 'i' } }], 'p1+p2+p3 p2 p1+p3'],
  ['a cap of another category', [{ per: 'issuer', of: { category: 'core' } }], WHOLE],
  ['a cap of its category', [{ per: 'issuer', of: { category: 'free' } }], BY_ISSUER],
  ['a cap of its pool', [{ per: 'issuer', of: { elective: 'pool' } }], BY_ISSUER],
  ['a cap of a course', [{ per: 'issuer', of: { course: 'C3' } }], WHOLE],
  ['a cap that counts lots', [{ counts: 'lots' }], `${WHOLE} cut`],
  ['of a source that none of them has', [{ counts: 'lots', of: { source: 'certificate' } }], WHOLE],
  ['of one source', [{ counts: 'lots', of: { source: 'course' } }], 'p1+p2+p3 p1 p2+p3 cut'],
  [
    'beside another one',
    [{ counts: 'lots' }, { of: { source: 'course' } }],
    'p1+p2+p3 p1 p2+p3 cut',
  ],
])('%s', (_, caps, expected) => {
  const sorted = (text: string): string[] => text.split(' ').sort();
  expect(sorted(offers(caps))).toEqual(sorted(expected));
});

test('kinds are offered in the order of their names, all of them first', () => {
  expect(offers([{ per: 'issuer' }])).toBe(BY_ISSUER);
  expect(offers([{ per: 'issuer' }], [P2, P1, P3])).toBe(BY_ISSUER);
  expect(offers([{ of: { source: 'course' } }])).toBe(BY_SOURCE);
});

test('an offer below the limit of the sum is none', () => {
  expect(offers([{ per: 'issuer' }], [P1, P2, P3], '8')).toBe('p1+p2+p3 p1+p3');
  expect(offers([{ per: 'issuer' }], [P1, P2, P3], '8.1')).toBe('p1+p2+p3');
});

test('one lot can be counted as it is', () => {
  expect(offers([{ counts: 'lots' }], [P1])).toBe('p1');
  expect(offers([{ counts: 'lots' }], [P1, P2])).toBe('p1+p2 cut');
});

test('four kinds are told apart, five are not', () => {
  const of = (count: number): ExampleOutcomeDocument[] =>
    Array.from({ length: count }, (_, at) => lot(`P${at}`, { issuer: `i${at}` }));
  expect(offers([{ per: 'issuer' }], of(4)).split(' ')).toHaveLength(15);
  expect(offers([{ per: 'issuer' }], of(5))).toBe('p0+p1+p2+p3+p4 cut');
});

test('a sum that waits for something is not divided', () => {
  const unknown = lot('P4', { issuer: 'k', credits: '1', available: '1', completed: '2026-01-01' });
  const graded = {
    sum: { what: 'credits' as const, atLeast: '99' },
    of: { has: { prefix: 'P' }, grade: { passed: true as const } },
  };
  const rulebook = compiled(
    sample({
      rules: [rule('r', graded, [{ elective: 'pool', credits: 'of-lot' }])],
      caps: [{ id: 'c', max: '6', per: 'issuer' }],
    }),
  );
  const known = { grade: '60', gradeScale: 'percent', passGrade: '60' };
  const facts = learner([{ ...P1, ...known }, { ...P2, ...known }, unknown]);
  const held = readLearner(rulebook, facts, '2026-10-01');
  const [binding] = bind(rulebook.rules[0]!.when, held).bindings;
  expect(splitPool(rulebook.rules[0]!, binding!, rulebook)).toEqual({
    bindings: [binding],
    isCut: false,
  });
});
