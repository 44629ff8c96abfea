import { compiled, decide, faults, learner, lot, rule, said, sample } from '../test/sample.js';
import type { PrerequisiteDocument, RuleDocument, RulebookDocument } from './document/document.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from './document/document-examples.js';
import { narrate } from './explain/narrate.js';

const title = { en: 't', zh: 't' };

const graded = (outcome: string, grade: string): ExampleOutcomeDocument =>
  lot(outcome, { grade, gradeScale: 'percent' });
const prior = (course: string): Partial<ExampleLearnerDocument> => {
  return { granted: [{ rule: 'earlier', course, credits: '2', lots: ['z'] }] };
};

describe('prerequisites', () => {
  const needs = (rest: Partial<PrerequisiteDocument>): PrerequisiteDocument => {
    return {
      id: 'p',
      title,
      needs: { has: 'FIRST', grade: { scale: 'percent', atLeast: '60' } },
      ...rest,
    };
  };
  const rules = [
    rule('first', { has: 'FIRST' }, [{ course: 'B2' }]),
    rule('next', { has: 'NEXT' }, [{ course: 'C3' }]),
  ];

  test('a course wants an outcome, which is not used up by it', () => {
    const change = { rules, prerequisites: [needs({ course: 'C3' })] };
    expect(said(change, [graded('FIRST', '60'), lot('NEXT')])).toBe('next:C3=3, first:B2=2');
    expect(said(change, [graded('FIRST', '59'), lot('NEXT')])).toBe(
      'first:B2=2, next(next first) condition-false',
    );
    expect(said(change, [lot('FIRST'), lot('NEXT')])).toBe(
      'first:B2=2, next(next first) waits grade',
    );
    expect(said(change, [lot('NEXT')])).toBe('next(next) condition-false');
    const used = graded('FIRST', '60');
    expect(said(change, [{ ...used, available: '0', state: 'used' }, lot('NEXT')])).toContain(
      'next:C3=3',
    );
  });

  test('a course wants a course that was recognised before', () => {
    const change = {
      rules,
      prerequisites: [needs({ course: ['C3', 'C4'], needs: { recognised: 'B2' } })],
    };
    expect(said(change, [lot('NEXT')], prior('B2'))).toBe('next:C3=3');
    expect(said(change, [lot('NEXT')])).not.toContain('next:C3');
    expect(said(change, [lot('NEXT')], prior('C4'))).not.toContain('next:C3');
    const { missing } = decide(sample(change), learner([lot('NEXT')]));
    expect(
      missing.map(({ changes }) => changes.map(({ kind, wanted }) => `${kind} ${wanted}`)),
    ).toEqual([['recognised B2']]);
    expect(narrate(decide(sample(change), learner([lot('NEXT')]))).missing[0]?.en).toContain(
      'have B2 recognised first',
    );
  });

  test('several needs are wanted together', () => {
    const both = needs({ course: 'C3', needs: [{ has: 'FIRST' }, { recognised: 'B2' }] });
    const change = { rules: rules.slice(1), prerequisites: [both] };
    expect(said(change, [lot('FIRST'), lot('NEXT')], prior('B2'))).toBe('next:C3=3');
    expect(said(change, [lot('NEXT')], prior('B2'))).not.toContain('next:C3');
    expect(said(change, [lot('FIRST'), lot('NEXT')])).not.toContain('next:C3');
  });

  test('an outcome has one, wherever a clause may select it; the others of the clause do not', () => {
    const prerequisites = [needs({ outcome: 'NEXT', needs: { has: 'FIRST' } })];
    const by = (
      has: Extract<RuleDocument['when'], { has: unknown }>['has'],
    ): Partial<RulebookDocument> => {
      return { rules: [rule('r', { has }, [{ course: 'C3' }])], prerequisites };
    };
    for (const has of ['NEXT', ['NEXT', 'FREE'], { source: 'course' as const }, { prefix: 'N' }]) {
      expect(said(by(has), [lot('NEXT')])).not.toContain('r:C3');
      expect(said(by(has), [lot('NEXT'), lot('FIRST', { source: 'training' })])).toContain(
        'r:C3=3',
      );
    }
    expect(said(by(['NEXT', 'FREE']), [lot('FREE')])).toBe('r:C3=3');
    expect(said(by({ source: 'course' }), [lot('FREE')])).toBe('r:C3=3');
    expect(
      said(by({ source: 'course', except: ['NEXT'] }), [
        lot('NEXT'),
        lot('FIRST', { source: 'training' }),
      ]),
    ).not.toContain('r:C3');
    expect(said(by({ prefix: 'F' }), [lot('FREE')])).toBe('r:C3=3');
    const proof = {
      rules: [
        rule('r', { has: 'NEXT', evidenceOnly: true }, [{ effect: 'right' as const, value: 'v' }]),
      ],
      prerequisites,
    };
    expect(said(proof, [lot('NEXT')])).toBe('r:v=0');
    const group = {
      rules: [rule('r', { all: [{ has: 'NEXT' }, { has: 'FREE' }] }, [{ course: 'C3' }])],
      prerequisites,
    };
    expect(said(group, [lot('NEXT'), lot('FREE')])).not.toContain('r:C3');
    expect(said(group, [lot('NEXT'), lot('FREE'), lot('FIRST')])).toContain('r:C3=3');
  });

  test('names that are not there, nothing that has it, and names that stand twice', () => {
    expect(faults({ prerequisites: [needs({ course: 'D9' })] })).toEqual([
      'rulebook-unknown-name /prerequisites/0/course',
    ]);
    expect(
      faults({ prerequisites: [needs({ course: 'C3', needs: { recognised: 'D9' } })] }),
    ).toEqual(['rulebook-unknown-name /prerequisites/0/needs/0/recognised']);
    expect(faults({ prerequisites: [needs({})] })).toEqual([
      'rulebook-prerequisite-empty /prerequisites/0',
    ]);
    const bad = needs({
      course: 'C3',
      needs: { has: 'X', grade: { scale: 'none', atLeast: '1' } },
    });
    expect(faults({ prerequisites: [bad] })).toEqual([
      'rulebook-unknown-name /prerequisites/0/needs/0/grade/scale',
    ]);
    const twice = needs({ course: 'C3' });
    expect(faults({ prerequisites: [twice, twice] })).toEqual([
      'rulebook-duplicate /prerequisites/1/id',
    ]);
  });

  const chain = (...pairs: [string, string][]): Partial<RulebookDocument> => ({
    prerequisites: pairs.map(([course, recognised], index) =>
      needs({ id: `p${index}`, course, needs: { recognised } }),
    ),
  });

  test('circles, over courses and over outcomes', () => {
    expect(faults(chain(['C3', 'B2'], ['C4', 'C3']))).toEqual([]);
    expect(faults(chain(['C3', 'C3']))).toEqual([
      'rulebook-prerequisite-circle /prerequisites/0/needs/0 course C3 → course C3',
    ]);
    expect(faults(chain(['B2', 'C3'], ['C3', 'C4'], ['C4', 'B2']))).toEqual([
      'rulebook-prerequisite-circle /prerequisites/2/needs/0 course B2 → course C3 → course C4 → course B2',
    ]);
    const outcomes = [
      needs({ id: 'a', outcome: 'X', needs: { has: 'Y' } }),
      needs({ id: 'b', outcome: 'Y', needs: { has: 'X' } }),
    ];
    expect(faults({ prerequisites: outcomes })).toEqual([
      'rulebook-prerequisite-circle /prerequisites/1/needs/0 outcome X → outcome Y → outcome X',
    ]);
    // Another outcome can break the circle.
    const [first, second] = outcomes;
    if (!first || !second) throw new Error('no prerequisites');
    expect(faults({ prerequisites: [first, { ...second, needs: { has: ['X', 'Z'] } }] })).toEqual(
      [],
    );
    // A course and an outcome of the same name are two things.
    expect(faults({ prerequisites: [needs({ course: 'B2', needs: { has: 'B2' } })] })).toEqual([]);
  });

  test('two thousand in a row, and a diamond, are no circles and no crash', () => {
    const row = Array.from({ length: 2000 }, (_, at) =>
      needs({ id: `p${at}`, outcome: `N${at}`, needs: { has: `N${at + 1}` } }),
    );
    expect(faults({ prerequisites: row })).toEqual([]);
    const last = needs({ id: 'last', outcome: 'N2000', needs: { has: 'N0' } });
    expect(faults({ prerequisites: [...row, last] })[0]).toContain('rulebook-prerequisite-circle');
    const diamond = [
      ['A', 'B'],
      ['A', 'C'],
      ['B', 'D'],
      ['C', 'D'],
    ].map(([of = '', need = ''], at) => needs({ id: `d${at}`, outcome: of, needs: { has: need } }));
    expect(faults({ prerequisites: diamond })).toEqual([]);
  });
});

describe('exclusions', () => {
  const rules = [
    rule('b', { has: 'X' }, [{ course: 'B2' }]),
    rule('c', { has: 'Y' }, [{ course: 'C4' }]),
    rule('d', { has: 'Z' }, [{ course: 'C3' }]),
  ];

  test('of two courses the better counts, also beside an earlier decision', () => {
    const change = { rules, exclusions: [{ id: 'e', title, courses: ['B2', 'C4'] }] };
    expect(said(change, [lot('X'), lot('Y'), lot('Z')])).toBe('c:C4=4, d:C3=3, b(x) cap');
    expect(said(change, [lot('X')])).toBe('b:B2=2');
    expect(said(change, [lot('X')], prior('C4'))).toBe('b(x) cap');
    expect(said(change, [lot('X')], prior('C3'))).toBe('b:B2=2');
  });

  test('of two outcomes one counts, whatever it is for', () => {
    const change = { rules, exclusions: [{ id: 'e', title, outcomes: ['X', 'Y'] }] };
    expect(said(change, [lot('X'), lot('Y'), lot('Z')])).toBe('c:C4=4, d:C3=3, b(x) cap');
    const earlier = { granted: [{ rule: 'c', course: 'C4', credits: '4', lots: ['y'] }] };
    const used = lot('Y', { available: '0', state: 'used' });
    expect(said(change, [lot('X'), used], earlier)).toContain('b(x) cap');
    expect(said(change, [lot('X')], earlier)).toBe('b:B2=2');
  });

  test('courses that are not there, of nothing, of both, and a rule that gives both', () => {
    const e = (rest: { courses?: string[]; outcomes?: string[] }): string[] =>
      faults({ exclusions: [{ id: 'e', title, ...rest }] });
    expect(e({ courses: ['B2', 'D9'] })).toEqual(['rulebook-unknown-name /exclusions/0/courses/1']);
    expect(e({})).toEqual(['rulebook-exclusion-empty /exclusions/0']);
    expect(e({ courses: ['B2', 'C3'], outcomes: ['X', 'Y'] })).toEqual([
      'rulebook-exclusion-empty /exclusions/0',
    ]);
    const both = rule('r', { has: 'X' }, [{ course: 'B2' }, { course: 'C4' }]);
    const exclusions = [{ id: 'e', title, courses: ['B2', 'C4'] }];
    expect(faults({ rules: [both], exclusions })).toEqual([
      'rulebook-contradiction /rules/0/grants',
    ]);
    expect(faults({ rules: [{ ...both, take: 'any' }], exclusions })).toEqual([]);
    expect(faults({ caps: [{ id: 'e', max: '1' }], exclusions })).toEqual([
      'rulebook-duplicate /exclusions/0/id',
    ]);
  });
});

describe('a group that a parameter joins', () => {
  const change = (value: 'all' | 'any'): Partial<RulebookDocument> => ({
    parameters: { clause: { title, value } },
    rules: [rule('r', { joined: 'clause', of: [{ has: 'X' }, { has: 'Y' }] }, [{ course: 'C4' }])],
  });

  test('is read as it says', () => {
    expect(said(change('any'), [lot('X')])).toBe('r:C4=4');
    expect(said(change('all'), [lot('X')])).not.toContain('r:C4');
    expect(said(change('all'), [lot('X', { credits: '2' }), lot('Y', { credits: '2' })])).toBe(
      'r:C4=4',
    );
  });

  test('must be defined', () => {
    expect(faults({ ...change('any'), parameters: {} })).toEqual([
      'rulebook-unknown-name /rules/0/when/joined',
    ]);
    expect(faults({ rules: change('any').rules })).toEqual([
      'rulebook-unknown-name /rules/0/when/joined',
    ]);
  });
});

test('the grade that is recorded may be read on another scale', () => {
  const grades = (
    grade: RuleDocument['grade'],
    outcome: ExampleOutcomeDocument,
  ): (string | null)[] =>
    decide(
      sample({ rules: [rule('r', { has: 'X' }, [{ course: 'C4' }], { grade })] }),
      learner([outcome]),
    ).granted.map((grant) => grant.grade);
  const five = lot('X', { grade: 'G', gradeScale: 'five' });
  expect(grades({ onScale: 'percent' }, five)).toEqual(['85']);
  expect(grades({ onScale: 'five' }, five)).toEqual(['G']);
  expect(grades({ onScale: 'german' }, five)).toEqual([null]);
  expect(grades({ onScale: 'percent' }, graded('X', '70'))).toEqual(['70']);
  expect(grades({ onScale: 'percent' }, graded('X', '170'))).toEqual([null]);
  expect(grades({ onScale: 'percent' }, lot('X'))).toEqual([null]);
  expect(grades({ fixed: '60' }, five)).toEqual(['60']);
  expect(
    faults({
      rules: [rule('r', { has: 'X' }, [{ course: 'C4' }], { grade: { onScale: 'none' } })],
    }),
  ).toEqual(['rulebook-unknown-name /rules/0/grade/onScale']);
});

test('hours of a credit stay in the range that a superior rule allows', () => {
  const ratio = (hours: string, credits = '1'): string[] =>
    faults({
      ratios: {
        ...sample().ratios,
        own: {
          hours,
          credits,
          round: { to: '0.5', mode: 'down', at: 'sum' },
          allowed: { from: '16', to: '18' },
        },
      },
    });
  expect(ratio('16')).toEqual([]);
  expect(ratio('18')).toEqual([]);
  expect(ratio('15.9')).toEqual(['rulebook-number /ratios/own/hours']);
  expect(ratio('18.1')).toEqual(['rulebook-number /ratios/own/hours']);
  expect(ratio('36', '2')).toEqual([]);
  expect(ratio('37', '2')).toEqual(['rulebook-number /ratios/own/hours']);
});

test('caps may speak of courses and outcomes, and only of those that are there', () => {
  const rules = [
    rule('b', { has: 'X' }, [{ course: 'B2' }]),
    rule('c', { has: 'Y' }, [{ course: 'C4' }]),
  ];
  const cap = (of: object): string =>
    said({ rules, caps: [{ id: 'k', max: '1', of }] }, [lot('X'), lot('Y')]);
  expect(cap({ course: 'B2' })).toBe('c:C4=4, b(x) cap');
  expect(cap({ outcome: ['Y', 'W'] })).toBe('b:B2=2, c(y) cap');
  expect(cap({ outcome: 'W' })).toBe('c:C4=4, b:B2=2');
  expect(faults({ caps: [{ id: 'k', max: '1', of: { course: 'D9' } }] })).toEqual([
    'rulebook-unknown-name /caps/0/of/course',
  ]);
});

test('a document that uses none of this keeps its canonical form', () => {
  const { rulebook } = compiled(sample());
  for (const member of ['parameters', 'agreements', 'prerequisites', 'exclusions']) {
    expect(rulebook).not.toHaveProperty(member);
  }
  expect(rulebook.rules[0]).not.toHaveProperty('under');
});
