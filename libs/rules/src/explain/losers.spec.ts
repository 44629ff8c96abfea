import { compiled, decide, learner, line, rule, sample } from '../../test/sample.js';
import { evaluate } from '../evaluate.js';

test('a lot that counts more elsewhere says where, and what the other use would cost', () => {
  const rules = [
    rule('small', { has: 'X' }, [{ course: 'B2' }]),
    rule('large', { has: 'X' }, [{ course: 'C4' }]),
  ];
  const decision = decide(sample({ rules }), learner([{ lot: 'x', outcome: 'X', credits: '4' }]));
  expect(line(decision)).toBe('large:C4=4, small(x) lot-better-used');
  expect(decision.refused[0]?.params).toEqual({ by: 'large', gain: '2' });
});

test('where two uses are worth the same the cost is zero', () => {
  const rules = [
    rule('a', { has: 'X' }, [{ elective: 'pool', credits: '2' }]),
    rule('b', { has: 'X' }, [{ course: 'B2' }]),
  ];
  const decision = decide(sample({ rules }), learner([{ lot: 'x', outcome: 'X', credits: '2' }]));
  expect(decision.refused[0]?.params).toEqual({ by: 'a', gain: '0' });
});

test('a course is replaced once, also within one decision', () => {
  const rules = [
    rule('a', { has: 'X' }, [{ course: 'B2' }]),
    rule('b', { has: 'Y' }, [{ course: 'B2' }]),
  ];
  const two = learner([
    { lot: 'x', outcome: 'X', credits: '2' },
    { lot: 'y', outcome: 'Y', credits: '2' },
  ]);
  const decision = decide(sample({ rules }), two);
  expect(line(decision)).toBe('a:B2=2, b(y) target-filled');
  expect(decision.refused[0]?.params).toEqual({ course: 'B2', by: 'a' });
});

test('the greatest credit is not what order or size alone would find', () => {
  const rules = [
    rule('four', { all: [{ has: 'X' }, { has: 'Y' }] }, [{ course: 'C4' }]),
    rule('x-three', { has: 'X' }, [{ course: 'C3' }]),
    rule('y-two', { has: 'Y' }, [{ course: 'B2' }]),
  ];
  const two = learner([
    { lot: 'x', outcome: 'X', credits: '3' },
    { lot: 'y', outcome: 'Y', credits: '2' },
  ]);
  expect(decide(sample({ rules }), two).credits).toBe('5');
});

test('of equal credit the use that takes less is chosen', () => {
  const rules = [rule('any', { has: ['X', 'Y'] }, [{ course: 'B2' }])];
  const two = learner([
    { lot: 'big', outcome: 'X', credits: '5' },
    { lot: 'fit', outcome: 'Y', credits: '2' },
  ]);
  expect(decide(sample({ rules }), two).granted[0]?.lots).toEqual(['fit']);
});

test('a right beside credit is granted when it costs no credit', () => {
  const rules = [
    rule('credit', { has: 'X' }, [{ course: 'B2' }]),
    rule('right', { has: 'X' }, [{ effect: 'right', value: 'exam' }]),
    rule('proof', { has: 'Y', evidenceOnly: true }, [{ effect: 'right', value: 'other' }]),
  ];
  const two = learner([
    { lot: 'x', outcome: 'X', credits: '2' },
    { lot: 'y', outcome: 'Y', credits: '2' },
  ]);
  expect(line(decide(sample({ rules }), two))).toBe(
    'credit:B2=2, proof:other=0, right(x) lot-better-used',
  );
});

test('an earlier grant fills its course and counts in caps and requirements', () => {
  const document = sample({
    caps: [{ id: 'core', max: '6', of: { category: 'core' } }],
    rules: [
      rule('c3', { has: 'X' }, [{ course: 'C3' }]),
      rule('c4', { has: 'X' }, [{ course: 'C4' }]),
    ],
    requirements: [
      { id: 'core', title: { zh: '核心', en: 'core' }, atLeast: '6', of: { category: 'core' } },
    ],
  });
  const prior = { rule: 'c3', course: 'C3', category: 'core', credits: '3', lots: ['old'] };
  const facts = learner([{ lot: 'x', outcome: 'X', credits: '4' }], { granted: [prior] });
  const decision = decide(document, facts);
  expect(line(decision)).toBe('c3(x) target-filled, c4(x) cap');
  expect(decision.caps).toMatchObject([{ cap: 'core', before: '3', used: '3', limit: '6' }]);
  expect(decision.requirements).toMatchObject([{ have: '3', short: '3', met: false }]);
  expect(decision.award).toBe('not-met');
});

test('too many ways are cut, and the decision does not claim to be proven', () => {
  const has = Array.from({ length: 12 }, (_, index) => ({ has: { prefix: `P${index % 3}` } }));
  const document = sample({ rules: [rule('r', { atLeast: 6, of: has }, [{ course: 'B2' }])] });
  const many = learner(
    Array.from({ length: 36 }, (_, index) => ({
      lot: `l${index}`,
      outcome: `P${index % 3}-${index}`,
      credits: '1',
    })),
  );
  const decision = evaluate(compiled(document), many, '2026-10-01');
  expect(decision).toMatchObject({ credits: '2', proven: false, bound: '40' });
});
