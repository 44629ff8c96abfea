import { decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { ExampleLearnerDocument } from '../document/document-examples.js';
import type { ConditionDocument } from '../document/document.js';
import type { Decision } from '../types.js';

const X = [lot('X')];

const decision = (
  asked: object,
  rest: Partial<ExampleLearnerDocument>,
  on = '2026-10-01',
): Decision => {
  const when: ConditionDocument = { all: [{ has: 'X' }, { learner: asked }] };
  return decide(sample({ rules: [rule('r', when, [{ course: 'B2' }])] }), learner(X, rest), on);
};

/** Verdict of the clause about the learner, what it wanted and read. */
const said = (...given: Parameters<typeof decision>): unknown[] => {
  const node = decision(...given).reasons[0]?.children[1];
  return [
    node?.verdict,
    node?.wanted,
    node?.children.map(({ operator, read }) => [operator, read]),
  ];
};

test.each([
  ['1966-10-01', '2026-10-01', 'true', '60'],
  ['1966-10-02', '2026-10-01', 'false', '59'],
  ['1966-09-30', '2026-10-01', 'true', '60'],
  ['1966-11-01', '2026-12-01', 'true', '60'],
  ['1967-01-01', '2026-12-31', 'false', '59'],
  ['1966-02-29', '2026-02-28', 'false', '59'],
  [undefined, '2026-10-01', 'not-evaluated', null],
  ['1966', '2026-10-01', 'not-evaluated', null],
  ['x1966-10-01', '2026-10-01', 'not-evaluated', null],
  ['1966-10-01T00:00', '2026-10-01', 'not-evaluated', null],
])('born %s, on %s: at least sixty is %s', (born, on, verdict, read) => {
  expect(said({ ageAtLeast: 60 }, born === undefined ? {} : { born }, on)).toEqual([
    verdict,
    'age >= 60',
    [['age', read]],
  ]);
});

test('an unknown day of birth is waited for by name', () => {
  expect(decision({ ageAtLeast: 60 }, {}).pending).toMatchObject([
    {
      rule: 'r',
      waitsFor: [{ what: 'born', lot: null, course: null, finding: null, wanted: '>= 60' }],
    },
  ]);
});

test.each<[string[], string, string | null]>([
  [['P'], 'true', 'P'],
  [['Q', 'P'], 'true', 'P, Q'],
  [['Q'], 'false', 'Q'],
  [[], 'false', null],
])('enrolled in %j: in P is %s', (enrolledIn, verdict, read) => {
  expect(said({ enrolledIn: 'P' }, { enrolledIn })).toEqual([
    verdict,
    expect.stringMatching(/^enrol\w* P$/),
    [[expect.stringMatching(/^enrol/), read]],
  ]);
});

test('two questions are both to be answered', () => {
  const both = { ageAtLeast: 60, enrolledIn: 'P' };
  const old = { born: '1950-01-01' };
  expect(decision(both, { ...old, enrolledIn: ['P'] }).credits).toBe('2');
  expect(decision(both, { ...old, enrolledIn: ['Q'] }).refused).toMatchObject([
    { code: 'condition-false', lots: ['x'] },
  ]);
  expect(decision(both, { born: '1990-01-01', enrolledIn: ['P'] }).refused).toHaveLength(1);
  expect(decision(both, { enrolledIn: ['P'] }).pending).toHaveLength(1);
  expect(decision(both, { enrolledIn: ['Q'] }).pending).toEqual([]);
  expect(said(both, { enrolledIn: ['Q'] }).slice(0, 2)).toEqual([
    'false',
    expect.stringMatching(/^age >= 60, enrol\w* P$/),
  ]);
  expect(said(both, { enrolledIn: ['P'] })[0]).toBe('not-evaluated');
});

test('a course that an earlier decision recognised', () => {
  const prerequisites = [
    { id: 'p', title: { zh: '题', en: 't' }, course: 'C3', needs: { recognised: 'B2' } },
  ];
  const read = (...courses: string[]): unknown => {
    const granted = courses.map((course) => ({ rule: 'old', course, credits: '2' }));
    const document = sample({
      prerequisites,
      rules: [rule('r', { has: 'X' }, [{ course: 'C3' }])],
    });
    const node = decide(document, learner(X, { granted })).reasons[0]?.children[1];
    const [child] = node?.children ?? [];
    return [node?.verdict, child?.operator, child?.wanted, child?.read];
  };
  expect(read('B2')).toEqual(['true', 'recognised', 'B2', 'B2']);
  expect(read('C4', 'B2')).toEqual(['true', 'recognised', 'B2', 'B2']);
  expect(read('C4')).toEqual(['false', 'recognised', 'B2', null]);
  expect(read()).toEqual(['false', 'recognised', 'B2', null]);
});
