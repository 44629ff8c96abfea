import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeProblem, type Problem } from '#libs/problems';
import { runExamples } from '#libs/rules';
import { DocumentReader } from './read-document.js';

const ROOT = join(process.cwd(), 'rulebooks');
const schema = readFileSync(join(ROOT, 'schema', 'rulebook-1.schema.json'), 'utf8');
const reader = new DocumentReader(JSON.parse(schema) as object);

/** A short document that is right; the tests spoil one place each. */
const GOOD = `format: credit-bank-rulebook/1
id: test/short
version: 1
title: { zh: 短, en: Short }
basis: [{ text: test }]
target:
  programme: SHORT
  title: { zh: 短, en: Short }
  institution: school
  total: '10'
  step: '0.5'
  review: none
  categories: { all: '10' }
  courses:
    - { code: C1, title: { zh: 课, en: Course }, credits: '2', category: all }
    - { code: C2, title: { zh: 课, en: Course }, credits: '3', category: all }
inForce: { from: 2026-01-01, to: null, by: application }
scales:
  level: { values: [low, high] }
ratios:
  hours: { hours: '16', credits: '1', round: { to: '0.5', mode: down, at: sum } }
caps:
  - { id: total, max: { percent: '50', of: total } }
rules:
  - id: one
    title: { zh: 一, en: One }
    when: { has: X, level: { scale: level, atLeast: high } }
    grants: [{ course: C1 }]
examples:
  - name: nothing
    on: 2026-10-01
    learner: { outcomes: [] }
    expect: { credits: '0' }
`;

function problemOf(text: string): Problem {
  const result = reader.read(text);
  if (result.ok) throw new Error('was accepted');
  return result.problem;
}

/** The faults in one line each: code, path, line, and the advice a person reads. */
function faultsOf(text: string): string[] {
  return (problemOf(text).faults ?? []).map(({ code, pointer, params = {} }) => {
    return `${code} ${pointer} line ${params.line}: ${describeProblem(code, 'en', params).change}`;
  });
}

/** As {@link spoil}, where no test runs yet. */
function spoilOnce(from: string, to: string): string {
  return GOOD.replace(from, to);
}

const spoil = (from: string, to: string): string => {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
};

test('the good document is accepted', () => {
  expect(reader.read(GOOD).ok).toBe(true);
});

test('the document that the README explains is right, with its example', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const result = reader.read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  expect(runExamples(result.value).flatMap(({ differences }) => differences)).toEqual([]);
});

test('comments, order of members and quotes do not change its identity', () => {
  const rewritten = spoil("total: '10'", 'total: "10"   # in all').replace(
    '{ zh: 短, en: Short }',
    '{ en: Short, zh: 短 }',
  );
  const [a, b] = [reader.read(GOOD), reader.read(rewritten)];
  expect(a.ok && b.ok && a.value.hash === b.value.hash).toBe(true);
});

describe('a document that breaks the form names the place and the repair', () => {
  test.each([
    [
      'a number without quotes',
      "total: '10'",
      'total: 10',
      'rulebook-needs-quotes /target/total line 10: Line 10: put 10 in quotes: "10".',
    ],
    [
      'a misspelt word',
      'review: none',
      'revew: none',
      'rulebook-member-unknown /target line 7: Line 7: "revew" is not known here. Did you mean "review"?',
    ],
    [
      'a missing member',
      '    grants: [{ course: C1 }]\n',
      '',
      'rulebook-member-missing /rules/0 line 25: Line 25: add "grants"',
    ],
    [
      'a comma without quotes',
      'en: One }',
      'en: One, only }',
      'rulebook-comma /rules/0/title line 26: Line 26: inside { } a text with a comma needs quotes.',
    ],
    [
      'a date that is none',
      'from: 2026-01-01',
      'from: 2026-13-01',
      'rulebook-shape /inForce/from line 17: Line 17: "2026-13-01" does not fit here. Write it like this: "2026-09-01"',
    ],
    [
      'a word that is not a choice',
      'by: application',
      'by: birth',
      'Line 17: "birth" does not fit here. Write it like this: application | completion',
    ],
    [
      'a cap below zero',
      "percent: '50'",
      "percent: '-50'",
      'rulebook-shape /caps/0/max/percent line 23',
    ],
    [
      'a ratio with a negative number',
      "hours: '16'",
      "hours: '-16'",
      'rulebook-shape /ratios/hours/hours line 21',
    ],
    [
      'an amount of a cap below zero',
      "max: { percent: '50', of: total }",
      "max: '-1'",
      'rulebook-shape /caps/0/max line 23: Line 23: "-1" does not fit here. Write it like this: "0.5"',
    ],
    [
      'a share that is no fraction',
      'level: { scale: level, atLeast: high }',
      'judged: { what: o, atLeast: 2/0 }',
      'rulebook-shape /rules/0/when/judged/atLeast line 27: Line 27: "2/0" does not fit here. Write it like this: "70" | "2/3"',
    ],
    [
      'a panel of nobody',
      'review: none',
      'review: { panel: 0 }',
      'rulebook-shape /target/review/panel line 12',
    ],
    [
      'a period that is none',
      '{ id: total, max',
      '{ id: total, per: month, max',
      'academic-year | semester',
    ],
    [
      'no examples',
      GOOD.slice(GOOD.indexOf('examples:')),
      'examples: []\n',
      'rulebook-shape /examples line 29',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(faultsOf(spoil(from, to)).join('\n')).toContain(expected);
  });
});

describe('a document that cannot be meant names the place', () => {
  test.each([
    [
      'an unknown course',
      '{ course: C1 }',
      '{ course: D1 }',
      'rulebook-unknown-name /rules/0/grants/0/course line 28',
    ],
    [
      'an unknown category',
      "credits: '2', category: all",
      "credits: '2', category: al",
      'Did you mean "all"?',
    ],
    [
      'an unknown level',
      'atLeast: high',
      'atLeast: hihg',
      '"hihg" is not defined. Did you mean "high"?',
    ],
    [
      'a ratio with zero',
      "hours: '16'",
      "hours: '0'",
      'rulebook-number /ratios/hours/hours line 21',
    ],
    [
      'credits of a ratio that are zero',
      "credits: '1', round",
      "credits: '0', round",
      'rulebook-number /ratios/hours/credits line 21: "0" does not fit; allowed: > 0',
    ],
    [
      'a step of rounding that is zero',
      "round: { to: '0.5'",
      "round: { to: '0'",
      'rulebook-number /ratios/hours/round/to line 21',
    ],
    [
      'a sum of nothing',
      'when: { has: X, level: { scale: level, atLeast: high } }',
      "when: { sum: { what: hours, atLeast: '0' }, of: { has: X } }",
      'rulebook-number /rules/0/when/sum/atLeast line 27: "0" does not fit; allowed: > 0',
    ],
    [
      'prerequisites in a circle',
      'rules:\n',
      `prerequisites:
  - { id: p, title: { zh: 先, en: First }, course: C1, needs: { recognised: C2 } }
  - { id: q, title: { zh: 先, en: First }, course: C2, needs: { recognised: C1 } }
rules:
`,
      'rulebook-prerequisite-circle /prerequisites/1/needs/0 line 26: Nothing of this can ever come first: course C1 → course C2 → course C1. Remove one of these prerequisites.',
    ],
    [
      'a cap of a semester without a calendar',
      '{ id: total, max',
      '{ id: total, per: semester, max',
      'rulebook-calendar-missing /caps/0/per line 23: Something is counted per semester. Add "calendar"',
    ],
    [
      'an agreement that nobody wrote',
      'when: { has: X, level: { scale: level, atLeast: high } }',
      'when: { has: X }\n    under: deal',
      'rulebook-unknown-name /rules/0/under line 28',
    ],
    [
      'a parameter that nobody set',
      'when: { has: X, level: { scale: level, atLeast: high } }',
      'when: { joined: clause, of: [{ has: X }, { has: Y }] }',
      'rulebook-unknown-name /rules/0/when/joined line 27',
    ],
    [
      'two caps of one name',
      'caps:\n',
      "caps:\n  - { id: total, max: '8' }\n",
      'rulebook-duplicate /caps/1/id line 24: "total" is already used at /caps/0/id. Give this one another name.',
    ],
    [
      'two courses of one code',
      'code: C2',
      'code: C1',
      'rulebook-duplicate /target/courses/1/code line 16',
    ],
    ['more than 100 percent', "percent: '50'", "percent: '101'", 'allowed: 0 – 100'],
    ['dates reversed', 'to: null', 'to: 2025-12-31', 'rulebook-dates-reversed /inForce line 17'],
    [
      'more asked than offered',
      'when: { has: X, level: { scale: level, atLeast: high } }',
      'when: { atLeast: 3, of: [{ has: X }, { has: Y }] }',
      'rulebook-too-many-asked /rules/0/when/atLeast line 27: Ask for at most 2 of 2; the document asks for 3.',
    ],
    [
      'two rules of one name',
      'rules:\n',
      'rules:\n  - { id: one, title: { zh: 一, en: One }, when: { has: Y }, grants: [{ course: C1 }] }\n',
      'rulebook-duplicate /rules/1/id',
    ],
    [
      'two sums in one rule',
      'when: { has: X, level: { scale: level, atLeast: high } }',
      "when: { all: [{ sum: { what: hours, atLeast: '8' }, of: { has: X } }, { sum: { what: hours, atLeast: '8' }, of: { has: Y } }] }",
      'rulebook-two-sums /rules/0/when/all/1',
    ],
    [
      'a finding about no certain course',
      'when: { has: X, level: { scale: level, atLeast: high } }\n    grants: [{ course: C1 }]',
      "when: { has: X, judged: { what: overlap, atLeast: '70' } }\n    grants: [{ course: C1 }, { course: C2 }]",
      'rulebook-judged-course /rules/0/when/judged',
    ],
    [
      'a grant of what is never replaced',
      'rules:\n',
      'never: [{ id: n, title: { zh: 不, en: Never }, course: C1 }]\nrules:\n',
      'rulebook-contradiction /rules/0/grants/0',
    ],
    [
      'a remainder without a pool',
      'grants: [{ course: C1 }]',
      'grants: [{ course: C1 }]\n    remainder: elective',
      'rulebook-remainder-target /rules/0/remainder',
    ],
    [
      'a grant of nothing',
      'grants: [{ course: C1 }]',
      'grants: [{ effect: score }]',
      'rulebook-grant-target /rules/0/grants/0',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(faultsOf(spoil(from, to)).join('\n')).toContain(expected);
  });
});

describe('what would hurt is refused by a limit', () => {
  test('ten megabytes', () => {
    const text = GOOD + `# ${'x'.repeat(10 * 1024 * 1024)}\n`;
    expect(problemOf(text)).toMatchObject({ code: 'rulebook-too-large' });
  });

  test.each([
    ['10,000 nested groups', `when: ${'{ all: ['.repeat(10_000)}`],
    [
      '10,000 nested groups, closed',
      `when: ${'{all: ['.repeat(10_000)}{has: X}${']}'.repeat(10_000)}`,
    ],
    ['10,000 nested lists', `when: \n      ${'- '.repeat(10_000)}x`],
    ['30 nested groups', `when: ${'{all: ['.repeat(30)}{has: X}${']}'.repeat(30)}`],
    [
      'a deep staircase of lines',
      `when:\n${Array.from({ length: 600 }, (_, depth) => `${' '.repeat(6 + depth)}a:`).join('\n')}`,
    ],
  ])('%s', (_, when) => {
    const text = spoil('when: { has: X, level: { scale: level, atLeast: high } }', when);
    expect(['rulebook-too-deep', 'rulebook-unreadable']).toContain(problemOf(text).code);
  });

  test('aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(problemOf(lines.join('\n')).code).toBe('rulebook-unreadable');
  });

  test.each([
    ['an alias of itself', 'a: &a [*a]'],
    [
      'an alias of itself in a rule',
      spoilOnce('rules:\n', 'rules: &r\n').replace('{ has: X,', '{ has: X, all: *r,'),
    ],
    ['a name of a hundred thousand letters', `${'x'.repeat(100_000)}: 1`],
    ['ten thousand documents', '---\na: 1\n'.repeat(10_000)],
    ['a key that is a list', '? [a, b]\n: 1'],
    ['a prototype', `${GOOD}__proto__: { examples: [] }\n`],
    ['a constructor', `${GOOD}constructor: { prototype: { x: 1 } }\n`],
    ['bytes that are no text', '\u0000\u0001\ufffd'],
    ['a byte order mark and nothing', '\ufeff'],
    ['a tab for a space', GOOD.replace('  programme', '\tprogramme')],
  ])('%s is refused by name, and soon', (_, text) => {
    const startedAt = process.cpuUsage();
    const { code, faults = [] } = problemOf(text);
    expect(code).toMatch(/^rulebook-(unreadable|invalid|too-deep)$/);
    expect(faults.length).toBeLessThanOrEqual(100);
    const { user, system } = process.cpuUsage(startedAt);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  test('twenty thousand rules are read, twenty thousand and one are refused', () => {
    const rules = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) =>
          `  - { id: r${at}, title: { zh: 一, en: One }, when: { has: X }, grants: [{ course: C1 }] }`,
      ).join('\n');
    // The text of so many rules is beyond the limit of bytes already.
    expect(problemOf(GOOD.replace('rules:\n', `rules:\n${rules(20_001)}\n`)).code).toBe(
      'rulebook-too-large',
    );
    expect(reader.read(GOOD.replace('rules:\n', `rules:\n${rules(2000)}\n`)).ok).toBe(true);
  });

  test('a thousand faults are told as a hundred', () => {
    const grants = Array.from({ length: 2000 }, () => '{ cuorse: C1 }').join(', ');
    const faults = problemOf(spoil('[{ course: C1 }]', `[${grants}]`)).faults ?? [];
    expect(faults.length).toBe(100);
  });
});

test.each([
  ['no YAML at all', 'a: b: c: [', 'rulebook-unreadable'],
  ['nothing', '', 'rulebook-invalid'],
  ['a list', '- 1', 'rulebook-invalid'],
  ['two documents', `${GOOD}---\n${GOOD}`, 'rulebook-unreadable'],
  ['one name twice', `${GOOD}version: 2\n`, 'rulebook-unreadable'],
  ['a tag', GOOD.replace('version: 1', 'version: !!js/function 1'), 'rulebook-invalid'],
])('%s is refused', (_, text, code) => {
  const problem = reader.read(text);
  expect(problem.ok ? 'accepted' : problem.problem.code).toBe(code);
});
