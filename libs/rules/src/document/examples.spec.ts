import { compiled, lot, rule, sample } from '../../test/sample.js';
import type { ExampleDocument } from './document-examples.js';
import type { RulebookDocument } from './document.js';
import { factsOf, readingFor, runExamples } from './examples.js';

const title = { zh: '题', en: 'title' };
const EXAMPLE: ExampleDocument = {
  name: 'example',
  on: '2026-10-01',
  learner: { outcomes: [lot('X'), lot('Y')] },
  expect: {},
};

const RULES = [
  rule('x', { has: 'X' }, [{ course: 'B2' }], { grade: { fixed: '80' } }),
  rule('y', { has: 'Y' }, [{ course: 'C3' }]),
  rule('right', { has: 'X', evidenceOnly: true }, [{ effect: 'right', value: 'exam' }]),
  rule('again', { has: 'Y' }, [{ course: 'B2' }], { shortfall: 'allow' }),
  rule('waits', { has: 'X', hours: { atLeast: '1' } }, [{ course: 'C4' }]),
  rule('untouched', { has: 'Z', grade: { scale: 'percent', atLeast: '60' } }, [{ course: 'C4' }]),
];

/** What an example that expects so much finds wrong. */
const wrong = (
  expected: ExampleDocument['expect'],
  change: Partial<RulebookDocument> = {},
): string[] => {
  const examples = [{ ...EXAMPLE, expect: expected }];
  const requirements = [{ id: 'q', title, atLeast: '6' }];
  const [result] = runExamples(
    compiled(sample({ rules: RULES, requirements, ...change, examples })),
  );
  expect(result).toMatchObject({ index: 0, name: 'example' });
  return result!.differences.map(({ what, expected: e, actual }) => `${what}: ${e}, not ${actual}`);
};

test('what comes out as written is right, and what is not written is not looked at', () => {
  expect(wrong({})).toEqual([]);
  expect(
    wrong({
      credits: '5',
      granted: ['y', 'right', 'x'],
      courses: ['C3', 'B2'],
      values: ['exam'],
      grades: { x: '80', y: 'none' },
      refused: { again: 'lot-better-used', untouched: 'condition-false' },
      pending: ['waits'],
      requirements: { q: '1' },
      award: 'not-met',
    }),
  ).toEqual([]);
});

test.each<[ExampleDocument['expect'], string]>([
  [{ credits: '4' }, 'credits: 4, not 5'],
  [{ granted: ['x'] }, 'granted: x, not right, x, y'],
  [{ granted: [] }, 'granted: nothing, not right, x, y'],
  [{ courses: ['B2'] }, 'courses: B2, not B2, C3'],
  [{ values: [] }, 'values: nothing, not exam'],
  [{ grades: { x: '90' } }, 'grade x: 90, not 80'],
  [{ grades: { y: '80' } }, 'grade y: 80, not none'],
  [{ grades: { waits: '80' } }, 'grade waits: 80, not nothing'],
  [{ refused: { again: 'cap' } }, 'refused again: cap, not lot-better-used'],
  [{ refused: { x: 'cap' } }, 'refused x: cap, not nothing'],
  [{ refused: { waits: 'condition-false' } }, 'refused waits: condition-false, not nothing'],
  [{ refused: { untouched: 'cap' } }, 'refused untouched: cap, not condition-false'],
  [{ pending: [] }, 'pending: nothing, not waits'],
  [{ requirements: { q: '0' } }, 'requirement q: 0, not 1'],
  [{ requirements: { p: '0' } }, 'requirement p: 0, not no such requirement'],
  [{ missing: { q: 'credits + 2' } }, 'missing q: credits + 2, not credits + 1'],
  [{ missing: { x: 'outcome X' } }, 'missing x: outcome X, not nothing'],
  [{ award: 'met' }, 'award: met, not not-met'],
])('%j is wrong', (expected, difference) => {
  expect(wrong(expected)).toEqual([difference]);
});

test('several things that are missing are said in a row', () => {
  const when = { all: [{ has: 'X' }, { has: 'ZV' }, { has: 'ZW' }] };
  const rules = [rule('r', when, [{ course: 'C4' }])];
  expect(wrong({ missing: { r: 'outcome ZV; outcome ZW' } }, { rules })).toEqual([]);
  expect(wrong({ missing: { r: 'outcome ZV' } }, { rules })).toEqual([
    'missing r: outcome ZV, not outcome ZV; outcome ZW',
  ]);
});

test('an example may hold for another reading of a parameter', () => {
  const parameters = {
    how: { title, value: 'all' as const },
    who: { title, value: 'any' as const },
  };
  const when = { joined: 'how', of: [{ has: 'X' }, { has: 'Q' }] };
  const other = { joined: 'who', of: [{ has: 'Y' }, { has: 'Q' }] };
  const rules = [rule('r', when, [{ course: 'B2' }]), rule('s', other, [{ course: 'C3' }])];
  const examples = [
    { ...EXAMPLE, expect: { credits: '3' } },
    { ...EXAMPLE, parameters: { how: 'any' as const }, expect: { credits: '5' } },
    { ...EXAMPLE, parameters: { who: 'all' as const }, expect: { credits: '0' } },
  ];
  const rulebook = compiled(sample({ rules, parameters, examples }));
  expect(runExamples(rulebook).map(({ index, differences }) => [index, differences])).toEqual([
    [0, []],
    [1, []],
    [2, []],
  ]);
  expect(readingFor(rulebook, EXAMPLE)).toBe(rulebook);
  const plain = compiled(sample());
  expect(readingFor(plain, { ...EXAMPLE, parameters: { how: 'any' } }).rulebook).toEqual({
    ...plain.rulebook,
    parameters: {},
  });
});

test('what an example does not say of an outcome is unknown', () => {
  const facts = factsOf({ ...EXAMPLE, learner: { outcomes: [{ lot: 'a', outcome: 'A' }] } });
  expect(facts).toEqual({
    born: null,
    enrolledIn: [],
    outcomes: [
      {
        lot: 'a',
        outcome: 'A',
        title: 'A',
        source: 'course',
        kind: 'unstated',
        category: 'unstated',
        issuer: 'unstated',
        grade: null,
        gradeScale: null,
        passGrade: null,
        level: null,
        levelScale: null,
        credits: null,
        available: '0',
        hours: null,
        attendancePercent: null,
        completed: '',
        deposited: null,
        expiresOn: null,
        state: 'registered',
        usedFor: [],
      },
    ],
    findings: [],
    granted: [],
  });
});

test('what it says of the learner is taken as it is', () => {
  const accounts = [{ account: 'a', counted: '1' }];
  const facts = factsOf({
    ...EXAMPLE,
    learner: {
      born: '1960-01-01',
      enrolledIn: ['P'],
      graduates: '2027-07',
      accounts,
      outcomes: [
        { lot: 'a', outcome: 'A', credits: '2', usedFor: [{ programme: 'P' }] },
        { lot: 'b', outcome: 'B', credits: '2', available: '1', state: 'used' },
      ],
      findings: [{ what: 'w', lot: 'a', value: '70' }],
      granted: [
        { rule: 'r', credits: '1' },
        {
          rule: 's',
          course: 'C',
          elective: 'E',
          category: 'K',
          credits: '2',
          source: 'training',
          issuer: 'i',
          lots: ['x', 'y'],
          completed: ['2026'],
        },
      ],
    },
  });
  const { outcomes, ...rest } = facts;
  expect(outcomes).toMatchObject([
    { available: '2', state: 'available', usedFor: [{ programme: 'P', course: null }] },
    { available: '1', state: 'used', usedFor: [] },
  ]);
  expect(rest).toEqual({
    born: '1960-01-01',
    enrolledIn: ['P'],
    graduates: '2027-07',
    accounts,
    findings: [{ what: 'w', lot: 'a', course: null, value: '70' }],
    granted: [
      {
        rule: 'r',
        course: null,
        elective: null,
        category: null,
        credits: '1',
        sources: [],
        issuers: [],
        uses: [],
      },
      {
        rule: 's',
        course: 'C',
        elective: 'E',
        category: 'K',
        credits: '2',
        sources: ['training'],
        issuers: ['i'],
        uses: [{ lot: 'x' }, { lot: 'y' }],
        completed: ['2026'],
      },
    ],
  });
});
