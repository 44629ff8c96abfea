import fc from 'fast-check';
import { type Decision, type LearnerFacts, type PriorGrant, canonicalJson } from '#libs/rules';
import { compiled, decide, learner, rule, sample } from '../../libs/rules/test/sample.js';
import { type TakenAway, restsOn, restsOnTotals, stillStands } from './standing.js';

const title = { zh: 'right', en: 'right' };

/** X gives a course of 2, Y one of 3, each Z two credits into the pool; K only proves something. */
const DOCUMENT = sample({
  rules: [
    rule('b2', { has: 'X' }, [{ course: 'B2' }]),
    rule('c3', { all: [{ has: 'Y' }, { has: 'K', evidenceOnly: true }] }, [{ course: 'C3' }]),
    rule('pool', { has: 'Z' }, [{ elective: 'pool', credits: 'of-lot' }]),
  ],
  requirements: [{ id: 'all', title, atLeast: '5' }],
  rights: [{ id: 'sit-exam', title, atLeast: '5' }],
});
const RULES = compiled(DOCUMENT);
const credits = '4';

/** A decision over these outcomes, by code and lot, after earlier grants. */
function made(
  outcomes: readonly [string, string][],
  granted: readonly PriorGrant[] = [],
): { compiled: typeof RULES; facts: LearnerFacts; decision: Decision } {
  const known = learner(outcomes.map(([outcome, lot]) => ({ outcome, lot, credits })));
  // Facts are stored as JSON, and that is how they come back.
  const facts = JSON.parse(canonicalJson({ ...known, granted })) as LearnerFacts;
  return { compiled: RULES, facts, decision: decide(DOCUMENT, facts) };
}

function taken(lots: readonly string[], ...decisions: Decision[][]): TakenAway {
  return { lots: new Set(lots), decisions };
}

const ofDecision = ({ decision }: { decision: Decision }) =>
  decision.granted.filter(({ effect }) => effect !== 'right');

describe('what rests on a lot', () => {
  it('is what uses it, and what it only proves', () => {
    const { decision } = made([
      ['Y', 'y'],
      ['K', 'k'],
    ]);
    expect(decision.granted.map(({ course }) => course)).toEqual(['C3']);
    for (const lot of ['y', 'k']) expect(restsOn(decision, new Set([lot]))).toBe(true);
    expect(restsOn(decision, new Set(['other']))).toBe(false);
  });

  it('falls with it, whatever else the decision gave', () => {
    const both = made([
      ['X', 'x'],
      ['Y', 'y'],
      ['K', 'k'],
    ]);
    expect(stillStands(both, taken(['x']))).toBe(false);
    expect(stillStands(both, taken(['other']))).toBe(true);
  });
});

describe('what rests on totals', () => {
  const first = made([['X', 'x']]);
  const second = made(
    [
      ['Y', 'y'],
      ['K', 'k'],
    ],
    ofDecision(first),
  );

  it('is a right or the completion of the programme', () => {
    expect([restsOnTotals(first.decision), restsOnTotals(second.decision)]).toEqual([false, true]);
    expect(second.decision.award).toBe('met');
  });

  it('falls when the earlier grants no longer reach it', () => {
    expect(stillStands(second, taken(['x'], [first.decision]))).toBe(false);
    expect(stillStands(second, taken([], [first.decision]))).toBe(false);
  });

  it('stands on what it never saw', () => {
    const stranger = made([['Z', 'z']]);
    expect(stillStands(second, taken(['z'], [stranger.decision]))).toBe(true);
  });

  it('stands as long as enough is left, and as many grants fall as were reversed', () => {
    // Eight credits beside the two of this decision; five are asked for.
    const pools = ['z1', 'z2'].map((lot) => made([['Z', lot]]));
    const later = made([['X', 'x']], pools.flatMap(ofDecision));
    expect(restsOnTotals(later.decision)).toBe(true);
    const [one, other] = pools.map(({ decision }) => [decision]) as [Decision[], Decision[]];
    expect(stillStands(later, taken([], one))).toBe(true);
    expect(stillStands(later, taken([], one, other))).toBe(false);
  });

  it('knows an application that was under review as it was decided then', () => {
    const asBooked = made([['Z', 'z']]);
    expect(stillStands(second, taken([], [asBooked.decision, first.decision]))).toBe(false);
  });
});

it('no grant rests on what it does not name: taking that away takes no credit', () => {
  const codes = fc.constantFrom('X', 'Y', 'Z', 'K', 'nothing');
  const some = fc.array(codes, { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(some, fc.nat(), (picked, place) => {
      const outcomes = picked.map((code, i): [string, string] => [code, `lot-${i}`]);
      const { decision } = made(outcomes);
      const [, lot] = outcomes[place % outcomes.length] as [string, string];
      fc.pre(!restsOn(decision, new Set([lot])));
      const without = made(outcomes.filter(([, other]) => other !== lot));
      expect(without.decision.credits).toBe(decision.credits);
    }),
    { numRuns: 100 },
  );
});
