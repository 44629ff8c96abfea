import { evaluate, type LearnerFacts } from '#libs/rules';
import { learner, line, rule, sample, compiled } from '../../rules/test/sample.js';
import { gap } from './gap.js';
import { addition } from '../test/additions.js';
import { whatIf } from './what-if.js';

const ON = '2026-10-01';
const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

const RULEBOOK = compiled(
  sample({
    rules: [
      rule('c3', { has: 'A', grade: { scale: 'percent', atLeast: '60' } }, [{ course: 'C3' }]),
      rule('pool', { has: ['A', 'B'] }, [{ elective: 'pool' }]),
    ],
    requirements: [
      { id: 'core', title: text('core'), basis: '§ 1', atLeast: '3', of: { category: 'core' } },
      { id: 'free', title: text('free'), basis: '§ 2', atLeast: '4', of: { category: 'free' } },
    ],
  }),
);

describe('gap', () => {
  test('each requirement that is not met with its clause and its three amounts', () => {
    const facts = learner([{ lot: 'b', outcome: 'B', credits: '1.5' }]);
    const { award, missing, decision } = gap(RULEBOOK, facts, ON);
    expect(award).toBe('not-met');
    expect(missing.map(({ basis, needed, have, short }) => [basis, needed, have, short])).toEqual([
      ['§ 1', '3', '0', '3'],
      ['§ 2', '4', '1.5', '2.5'],
    ]);
    expect(decision).toEqual(evaluate(RULEBOOK, facts, ON));
  });

  test('nothing is missing at the limit, and below it something is', () => {
    const facts = (credits: string): LearnerFacts =>
      learner([
        { lot: 'a', outcome: 'A', credits: '3', grade: '60', gradeScale: 'percent' },
        { lot: 'b', outcome: 'B', credits },
      ]);
    expect(gap(RULEBOOK, facts('4'), ON)).toMatchObject({ award: 'met', missing: [] });
    const { missing } = gap(RULEBOOK, facts('3.999'), ON);
    expect(missing.map(({ requirement, short }) => [requirement, short])).toEqual([
      ['free', '0.5'],
    ]);
  });

  test('a programme that asks for nothing has no gap', () => {
    expect(gap(compiled(sample()), learner([]), ON)).toMatchObject({ award: 'none', missing: [] });
  });
});

describe('what if', () => {
  const facts = learner([{ lot: 'b', outcome: 'B', credits: '4' }]);

  test('the credits, grants and requirements that an addition brings', () => {
    const before = structuredClone(facts);
    const more = addition({ outcome: 'A', credits: '3', grade: '60', gradeScale: 'percent' });
    const { binding, lots, present, imagined, difference } = whatIf(RULEBOOK, facts, [more], ON);
    expect(binding).toBe(false);
    expect(lots).toEqual(['addition-1']);
    expect(line(present)).toBe('pool:pool=4');
    expect(imagined.award).toBe('met');
    expect(difference).toMatchObject({
      credits: '3',
      gained: [{ rule: 'c3', lots: ['addition-1'] }],
      lost: [],
      newlyMet: ['core'],
      noLongerMet: [],
    });
    expect(facts).toEqual(before);
  });

  test('an addition with a grade below the limit brings what it brings, not what was hoped', () => {
    const more = addition({ outcome: 'A', credits: '3', grade: '59', gradeScale: 'percent' });
    const { difference } = whatIf(RULEBOOK, facts, [more], ON);
    expect(difference).toMatchObject({ credits: '3', gained: [{ rule: 'pool' }], newlyMet: [] });
  });

  test('no additions make no difference', () => {
    const { present, imagined, difference } = whatIf(RULEBOOK, facts, [], ON);
    expect(imagined).toEqual(present);
    expect(difference).toEqual({
      credits: '0',
      gained: [],
      lost: [],
      newlyMet: [],
      noLongerMet: [],
    });
  });

  test('more outcomes can cost a requirement, and that is said', () => {
    // Alone, A fills the course of three credits; together with D it gives five free ones.
    const rulebook = compiled(
      sample({
        rules: [
          rule('small', { has: 'A' }, [{ course: 'C3' }]),
          rule('great', { all: [{ has: 'A' }, { has: 'D' }] }, [{ elective: 'pool' }]),
        ],
        requirements: [{ id: 'core', title: text('core'), atLeast: '3', of: { category: 'core' } }],
      }),
    );
    const a = learner([{ lot: 'a', outcome: 'A', credits: '3' }]);
    const more = addition({ outcome: 'D', credits: '2' });
    const { difference } = whatIf(rulebook, a, [more], ON);
    expect(difference).toMatchObject({
      credits: '2',
      gained: [{ rule: 'great' }],
      lost: [{ rule: 'small' }],
      noLongerMet: ['core'],
    });
  });

  test('an imagined lot never has the id of a lot of the learner', () => {
    const taken = learner([{ lot: 'addition-1', outcome: 'B', credits: '1' }]);
    const { lots, difference } = whatIf(
      RULEBOOK,
      taken,
      [addition({ outcome: 'B', credits: '2' })],
      ON,
    );
    expect(lots).toEqual(['addition--1']);
    expect(difference.credits).toBe('2');
  });
});
