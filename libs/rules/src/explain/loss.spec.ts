import { formatCredits } from '#libs/credit';
import fc from 'fast-check';
import { allocationInstance } from '../../test/allocation-instances.js';
import {
  compareJudged,
  judged,
  smallProblem,
  tryEverything,
} from '../../test/allocation-oracle.js';
import { contentionOf } from '../../test/contention-of.js';
import { competing, documents, facts as anyFacts } from '../../test/generators.js';
import { learnersOf } from '../../test/learners-of.js';
import { rulebooksOnDisk } from '../../../../test/support/rulebooks.js';
import { compiled, decide, learner, rule, sample } from '../../test/sample.js';
import { allocate } from '../allocate/allocate.js';
import type { Allocation, AllocationPick, AllocationProblem } from '../allocate/allocation.js';
import { lotsOfCandidate } from '../allocate/contend.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { factsOf } from '../document/examples.js';
import { evaluate } from '../evaluate.js';
import type { LearnerFacts, Refused } from '../types.js';
import { type Loss, lossOf, standingAfter } from './loss.js';
import { narrateRefused } from './narrate.js';

const ON = '2026-10-01';

/** How often each property is tried; `RULE_RUNS=100000 npx jest libs/rules/src/explain/loss`. */
const RUNS = Number(process.env.RULE_RUNS ?? 200);

/** Reasons that were confirmed by granting all the same what was refused, by their code. */
type Tally = Record<Loss['code'], number>;

const none = (): Tally => ({ cap: 0, 'lot-better-used': 0, 'target-filled': 0 });

/**
 * Grants a refused candidate all the same and allocates again. Either it cannot be, because a cap has
 * no room for it even alone; or the result is worse, and what the reason names has to give way.
 */
function confirm(
  problem: AllocationProblem,
  best: Allocation,
  { index, loss }: { index: number; loss: Loss },
): number | null {
  const forced = allocate(problem, { force: index });
  expect([best.isProven, forced.isProven]).toEqual([true, true]);
  if (loss.code === 'cap') expect(loss.room).toBe(roomOf(problem, best, loss.cap));
  if (loss.code === 'cap') expect(loss.amount).toBeGreaterThan(loss.room);
  if (!forced.picks.some(({ candidate }) => candidate === index)) {
    const { choices = [] } = problem.candidates[index] ?? {};
    const isTooMuch = choices.map(({ counts }) =>
      counts.some(({ cap, amount }) => amount > (problem.rooms[cap] ?? 0)),
    );
    expect([loss.code, ...isTooMuch]).toEqual(['cap', ...choices.map(() => true)]);
    return null;
  }
  expect(compareJudged(judged(problem, best), judged(problem, forced))).toBeLessThan(0);
  const gaveWay = best.picks.filter((pick) => !forced.picks.some((other) => isSame(pick, other)));
  const isNamed = ({ candidate, choice }: AllocationPick): boolean => {
    if (loss.code === 'lot-better-used') return loss.by.includes(candidate);
    const { counts = [], courses = [] } = problem.candidates[candidate]?.choices[choice] ?? {};
    if (loss.code === 'cap') return counts.some(({ cap }) => cap === loss.cap);
    return courses.length > 0;
  };
  expect(gaveWay.filter(isNamed)).not.toEqual([]);
  return best.credits - forced.credits;
}

function isSame(a: AllocationPick, b: AllocationPick): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function roomOf({ rooms, candidates }: AllocationProblem, of: Allocation, cap: number): number {
  const counted = of.picks.flatMap(
    ({ candidate, choice }) => candidates[candidate]?.choices[choice]?.counts ?? [],
  );
  const taken = counted.filter((count) => count.cap === cap);
  return taken.reduce((room, { amount }) => room - amount, rooms[cap] ?? 0);
}

/** Confirms the reasons of all candidates of a problem that were not granted. */
function confirmAll(problem: AllocationProblem, tally: Tally): void {
  const best = allocate(problem);
  const standing = standingAfter(problem, best);
  const granted = new Set(best.picks.map(({ candidate }) => candidate));
  problem.candidates.forEach((_, index) => {
    if (granted.has(index)) return;
    const loss = lossOf(index, standing, { problem, allocation: best });
    confirm(problem, best, { index, loss });
    tally[loss.code] += 1;
  });
}

/** Confirms every reason that a decision tells, and the credit that each is said to cost. */
function confirmDecision(
  rulebook: CompiledRulebook,
  { facts, on }: { facts: LearnerFacts; on: string },
  tally: Tally,
): void {
  const told = evaluate(rulebook, facts, on).refused.filter(isCompetition);
  const { candidates, problem } = contentionOf(rulebook, facts, on);
  const best = allocate(problem);
  const standing = standingAfter(problem, best);
  for (const refused of told) {
    const index = candidates.findIndex(
      (candidate) =>
        candidate.rule.rule.id === refused.rule &&
        lotsOfCandidate(candidate)
          .map(({ id }) => id)
          .join() === refused.lots.join() &&
        !best.picks.some((pick) => candidates[pick.candidate] === candidate),
    );
    const loss = lossOf(index, standing, { problem, allocation: best });
    expect(loss.code).toBe(refused.code);
    const cost = confirm(problem, best, { index, loss });
    expect(refused.params).not.toHaveProperty('confirmed');
    const { gain } = refused.params;
    if (gain !== undefined) expect(gain).toBe(formatCredits(BigInt(cost ?? -1)));
    tally[loss.code] += 1;
  }
}

function isCompetition({ code }: Refused): boolean {
  return code === 'cap' || code === 'lot-better-used';
}

test('granting all the same is worse by every way there is: small problems', () => {
  fc.assert(
    fc.property(smallProblem, (problem) => {
      const useful = withoutUseless(problem);
      const best = allocate(useful);
      const standing = standingAfter(useful, best);
      useful.candidates.forEach((_, index) => {
        if (best.picks.some(({ candidate }) => candidate === index)) return;
        const forced = tryEverything(useful, index);
        const loss = lossOf(index, standing, { problem: useful, allocation: best });
        if (!forced) return;
        expect(compareJudged(judged(useful, best), forced)).toBeLessThan(0);
        if (loss.code === 'cap') expect(loss.amount).toBeGreaterThan(loss.room);
      });
    }),
    { numRuns: RUNS },
  );
});

/** What gives neither credit nor anything else is no candidate of a decision. */
function withoutUseless(problem: AllocationProblem): AllocationProblem {
  const candidates = problem.candidates.map((candidate) => ({
    ...candidate,
    choices: candidate.choices.filter(({ credits, benefits }) => credits + benefits > 0),
  }));
  return { ...problem, candidates: candidates.filter(({ choices }) => choices.length > 0) };
}

test('every reason of the typical generator is confirmed', () => {
  const tally = none();
  const most = Math.ceil(RUNS / 20);
  for (let seed = 1; seed <= most; seed += 1) confirmAll(allocationInstance(seed), tally);
  expect(Math.min(tally.cap, tally['lot-better-used'])).toBeGreaterThan(0);
  report('typical generator', tally);
});

test('every reason of generated decisions is confirmed', () => {
  const tally = none();
  fc.assert(
    fc.property(documents, anyFacts, ({ rulebook }, facts) => {
      confirmDecision(rulebook, { facts, on: ON }, tally);
    }),
    { numRuns: RUNS },
  );
  const rulebook = compiled(competing);
  fc.assert(
    fc.property(anyFacts, (facts) => confirmDecision(rulebook, { facts, on: ON }, tally)),
    { numRuns: RUNS },
  );
  expect(Math.min(tally.cap, tally['lot-better-used'])).toBeGreaterThan(0);
  report('generated decisions', tally);
});

test('every reason of the documents in rulebooks/ is confirmed', () => {
  const tally = none();
  const rulebooks = rulebooksOnDisk();
  for (const rulebook of rulebooks) {
    for (const example of rulebook.rulebook.examples) {
      confirmDecision(rulebook, { facts: factsOf(example), on: example.on }, tally);
    }
    const on = rulebook.rulebook.examples[0]?.on ?? ON;
    fc.assert(
      fc.property(learnersOf(rulebook), (facts) => confirmDecision(rulebook, { facts, on }, tally)),
      { numRuns: Math.ceil(RUNS / rulebooks.length) },
    );
  }
  expect(Math.min(tally.cap, tally['lot-better-used'])).toBeGreaterThan(0);
  report('rulebooks', tally);
});

test('a reason of a search that was stopped says that it is not confirmed', () => {
  const codes = Array.from({ length: 650 }, (_, index) => `X${index}`);
  const rules = [
    rule('each', { has: codes }, [{ elective: 'pool' }]),
    rule('again', { has: codes }, [{ elective: 'pool', credits: '0.5' }]),
  ];
  const document = sample({ caps: [{ id: 'most', max: '20' }], rules });
  const facts = learner(codes.map((outcome, at) => ({ lot: `l${at}`, outcome, credits: '1' })));
  const decision = decide(document, facts);
  expect(decision.proven).toBe(false);
  const told = decision.refused.filter(isCompetition);
  expect(told.length).toBeGreaterThan(600);
  expect(new Set(told.map(({ params }) => params.confirmed))).toEqual(new Set(['false']));
  const [first] = told;
  expect(first && narrateRefused(first).en).toContain('not confirmed');
  expect(first && narrateRefused(first).zh).toContain('未经证实');
});

function report(of: string, tally: Tally): void {
  if (process.env.RULE_RUNS) process.stdout.write(`${of}: ${JSON.stringify(tally)}\n`);
}
