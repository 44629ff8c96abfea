import { compiled, rule, sample } from '../../test/sample.js';
import type { GrantDocument, RuleDocument } from '../document/document.js';
import { lint } from './index.js';

type Has = Extract<RuleDocument['when'], { has: unknown }>;

function found(code: string, rules: readonly RuleDocument[]): string[] {
  return lint([compiled(sample({ rules }))], { today: '2026-10-01' })
    .filter((finding) => finding.code === code)
    .map(({ path, params, severity }) => {
      const other = params.by ?? `${params.other} ${params.kind} ${params.outcome}`;
      return `${severity} ${path} ${params.rule} ${other}`;
    });
}

const B2: readonly GrantDocument[] = [{ course: 'B2' }];

/** Whether the first of two rules that give the same is needless beside the second. */
function needless(narrow: Has, wide: Has): boolean {
  const rules = [rule('narrow', narrow, B2), rule('wide', wide, B2)];
  return found('lint-shadowed', rules).some((text) => text === 'warning /rules/0 narrow wide');
}

const grade = (atLeast: string, scale = 'percent'): Has => ({
  has: 'X',
  grade: { scale, atLeast },
});

test.each<[Has, Has, boolean]>([
  [{ has: 'X' }, { has: ['X', 'Y'] }, true],
  [{ has: ['X', 'Y'] }, { has: 'X' }, false],
  [{ has: 'X' }, { has: 'Y' }, false],
  [{ has: 'X' }, { has: { source: 'course' } }, false],
  [{ has: 'X' }, { has: { prefix: 'X' } }, true],
  [{ has: ['X', 'Y'] }, { has: { prefix: 'X' } }, false],
  [{ has: { prefix: 'X-A' } }, { has: { prefix: 'X' } }, true],
  [{ has: { prefix: 'X' } }, { has: { prefix: 'X-A' } }, false],
  [{ has: { source: 'course' } }, { has: { prefix: 'X' } }, false],
  [{ has: { source: 'course', kind: 'k' } }, { has: { source: 'course' } }, true],
  [{ has: { source: 'course', kind: 'k' } }, { has: { source: ['course', 'training'] } }, true],
  [{ has: { source: 'course' } }, { has: { source: 'course', category: 'c' } }, false],
  [
    { has: { source: 'course', except: ['A', 'B'] } },
    { has: { source: 'course', except: ['A'] } },
    true,
  ],
  [{ has: { source: 'course' } }, { has: { source: 'course', except: ['A'] } }, false],
  [grade('70'), { has: 'X' }, true],
  [{ has: 'X' }, grade('70'), false],
  [grade('70'), grade('60'), true],
  [grade('60'), grade('70'), false],
  [grade('1', 'german'), grade('2', 'german'), true],
  [grade('2', 'german'), grade('1', 'german'), false],
  [grade('E', 'five'), grade('60'), false],
  [{ has: 'X', grade: { passed: true } }, grade('60'), false],
  [{ has: 'X', hours: { atLeast: '20' } }, { has: 'X', hours: { atLeast: '16' } }, true],
  [{ has: 'X', hours: { atLeast: '16' } }, { has: 'X', hours: { atLeast: '20' } }, false],
  [{ has: 'X', issuer: 'i' }, { has: 'X', issuer: ['i', 'j'] }, true],
  [{ has: 'X', issuer: ['i', 'j'] }, { has: 'X', issuer: 'i' }, false],
  [
    { has: 'X', judged: { what: 'o', atLeast: '80' } },
    { has: 'X', judged: { what: 'o', atLeast: '2/3' } },
    true,
  ],
  [
    { has: 'X', judged: { what: 'o', atLeast: '80' } },
    { has: 'X', judged: { what: 'p', atLeast: '70' } },
    false,
  ],
  [{ has: 'X', evidenceOnly: true }, { has: ['X', 'Y'] }, false],
  [{ has: 'X', completed: { withinYears: 3 } }, { has: 'X', completed: { withinYears: 5 } }, false],
])('%j beside %j is needless: %s', (narrow, wide, expected) => {
  expect(needless(narrow, wide)).toBe(expected);
});

test('only what gives the same on the same terms is needless', () => {
  const wide = rule('wide', { has: ['X', 'Y'] }, B2);
  const beside = (narrow: RuleDocument): number => found('lint-shadowed', [narrow, wide]).length;
  expect(beside(rule('narrow', { has: 'X' }, B2))).toBe(1);
  expect(beside(rule('narrow', { has: 'X' }, [{ course: 'C3' }]))).toBe(0);
  expect(beside(rule('narrow', { has: 'X' }, B2, { grade: 'exempt' }))).toBe(0);
  expect(beside(rule('narrow', { has: 'X' }, B2, { shortfall: 'allow' }))).toBe(0);
  expect(beside(rule('narrow', { has: 'X' }, B2, { remainder: 'keep' }))).toBe(0);
  const inForce = { from: '2026-01-01', to: null, by: 'completion' as const };
  expect(beside(rule('narrow', { has: 'X' }, B2, { inForce }))).toBe(0);
  expect(beside(rule('narrow', { all: [{ has: 'X' }] }, B2))).toBe(0);
});

test('of two equal rules the second is needless', () => {
  const [one, two] = ['one', 'two'].map((id) => rule(id, { has: 'X' }, B2));
  if (!one || !two) throw new Error('no rules');
  expect(found('lint-shadowed', [one, two])).toEqual(['warning /rules/1 two one']);
  expect(found('lint-ambiguous', [one, two])).toEqual([]);
});

test('rules that take the same outcome: other credit, several courses, a course and a pool', () => {
  const kind = (...grants: (readonly GrantDocument[])[]): string[] =>
    found(
      'lint-ambiguous',
      grants.map((each, index) => rule(`r${index}`, { has: ['Y', 'X'] }, each)),
    );
  expect(kind(B2, [{ course: 'B2', credits: '1' }])).toEqual([
    'warning /rules/1 r1 r0 equivalent X | Y',
  ]);
  expect(kind(B2, [{ course: 'C3' }])).toEqual(['note /rules/1 r1 r0 several X | Y']);
  expect(kind(B2, [{ elective: 'pool' }])).toEqual(['note /rules/1 r1 r0 blanket X | Y']);
  expect(kind([{ elective: 'pool' }], [{ elective: 'pool', partial: true }])).toEqual([
    'warning /rules/1 r1 r0 equivalent X | Y',
  ]);
});

test('rules with other conditions are no rivals', () => {
  const rules = [
    rule('a', { has: 'X' }, B2),
    rule('b', { has: 'Y' }, [{ course: 'C3' }]),
    rule('c', { all: [{ has: 'X' }, { has: 'Z' }] }, [{ course: 'C3' }]),
    rule('d', { all: [{ has: 'X' }, { has: 'Z' }] }, [{ course: 'C4' }]),
  ];
  expect(found('lint-ambiguous', rules)).toEqual(['note /rules/3 d c several all']);
});
