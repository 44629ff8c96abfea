import fc from 'fast-check';
import type {
  Allocation,
  AllocationCandidate,
  AllocationChoice,
  AllocationPick,
  AllocationProblem,
} from '../src/allocate/allocation.js';
import { Standing } from '../src/allocate/standing.js';

/** The five levels of an allocation. */
export interface Judged {
  readonly credits: number;
  readonly benefits: number;
  readonly usedUp: number;
  readonly lots: number;
  readonly picks: readonly AllocationPick[];
}

/**
 * The best allocation, found by trying every allocation there is: knows nothing of bounds, of
 * programmes in integers or of the order in which they are searched.
 *
 * @param force a candidate that must be granted
 * @returns null when it cannot be
 */
export function tryEverything(problem: AllocationProblem, force?: number): Judged | null {
  let best: Judged | null = null;
  const standing = new Standing(problem);
  const picks: AllocationPick[] = [];
  const visit = (at: number): void => {
    const candidate = problem.candidates[at];
    if (!candidate) {
      const { credits, benefits, usedUp } = standing;
      const found = { credits, benefits, usedUp, lots: lotsOf(problem, picks), picks: [...picks] };
      if (!best || compareJudged(found, best) < 0) best = found;
      return;
    }
    if (at !== force) visit(at + 1);
    for (const [choice, chosen] of candidate.choices.entries()) {
      for (const set of setsOf(problem, candidate, chosen)) {
        if (!standing.fits(chosen) || !set.lots.every((lot) => standing.isFree(lot))) continue;
        standing.take(chosen, set.lots, set.usedUp);
        picks.push({ candidate: at, choice, poolLots: set.lots });
        visit(at + 1);
        picks.pop();
        standing.giveBack(chosen, set.lots, set.usedUp);
      }
    }
  };
  visit(0);
  return best;
}

export function judged(problem: AllocationProblem, found: Allocation): Judged {
  const { credits, benefits, usedUp, picks } = found;
  return { credits, benefits, usedUp, lots: lotsOf(problem, picks), picks };
}

function lotsOf(problem: AllocationProblem, picks: readonly AllocationPick[]): number {
  return picks.reduce((sum, { candidate, choice, poolLots }) => {
    const uses = problem.candidates[candidate]?.choices[choice]?.uses ?? [];
    return sum + uses.length + poolLots.length;
  }, 0);
}

/** Negative when the first is better. */
export function compareJudged(a: Judged, b: Judged): number {
  return (
    b.credits - a.credits ||
    b.benefits - a.benefits ||
    a.usedUp - b.usedUp ||
    a.lots - b.lots ||
    comparePicks(a.picks, b.picks)
  );
}

/** The one that grants the earlier candidate first, then in the earlier choice, then by its lots. */
function comparePicks(a: readonly AllocationPick[], b: readonly AllocationPick[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [one, other] = [a[at], b[at]];
    if (!one || !other) return one ? -1 : 1;
    const difference =
      one.candidate - other.candidate ||
      one.choice - other.choice ||
      compareLots(one.poolLots, other.poolLots);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareLots(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? Number.MAX_VALUE) - (b[at] ?? Number.MAX_VALUE);
    if (difference !== 0) return difference;
  }
  return 0;
}

function setsOf(
  problem: AllocationProblem,
  { pool }: AllocationCandidate,
  { neededWeight, credits, uses }: AllocationChoice,
): { lots: number[]; usedUp: number }[] {
  if (!pool) return [{ lots: [], usedUp: 0 }];
  const fixed = uses.reduce((sum, { amount }) => sum + amount, 0);
  const members = pool.members.filter(({ lot }) => uses.every((use) => use.lot !== lot));
  const sets = members.reduce<(typeof members)[]>(
    (all, member) => [...all, ...all.map((set) => [...set, member])],
    [[]],
  );
  return sets
    .filter((set) => set.reduce((sum, { weight }) => sum + weight, 0) >= neededWeight)
    .map((set) => {
      const amount = set.reduce((sum, { lot }) => sum + (problem.lots[lot] ?? 0), 0);
      return {
        lots: set.map(({ lot }) => lot),
        usedUp: pool.isKept ? Math.min(Math.max(0, credits - fixed), amount) : amount,
      };
    });
}

/** Takes what fits, in the order given: what most systems do. */
export function takeWhatFits(problem: AllocationProblem): number {
  const standing = new Standing(problem);
  for (const { choices, pool } of problem.candidates) {
    const choice = choices.find((each) => standing.fits(each));
    if (choice && !pool) standing.take(choice, [], 0);
  }
  return standing.credits;
}

const LOTS = 5;
export const CAPS = 3;

const use = fc.record({
  lot: fc.nat(LOTS - 1),
  amount: fc.nat(4),
  isExclusive: fc.boolean(),
});

interface Basis {
  readonly credits: number;
  readonly benefits: number;
  readonly uses: AllocationChoice['uses'];
  readonly courses: number[];
  readonly capped: number[];
  readonly neededWeight: number;
}

const basis: fc.Arbitrary<Basis> = fc.record({
  credits: fc.nat(6),
  benefits: fc.nat(1),
  uses: fc.uniqueArray(use, { maxLength: 2, selector: ({ lot }) => lot }),
  courses: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  capped: fc.uniqueArray(fc.nat(CAPS - 1), { maxLength: CAPS }),
  neededWeight: fc.integer({ min: 1, max: 8 }),
});

const choiceOf = ({ capped, ...rest }: Basis): AllocationChoice => ({
  ...rest,
  counts: capped.map((cap) => ({ cap, amount: rest.credits })),
});

/** An amount and all below it in steps of one, as `partial` and sums give it. */
const inPart = fc.tuple(basis, fc.boolean(), fc.nat(2)).map(([given, isKept, least]) =>
  Array.from({ length: given.credits + 1 - Math.min(least, given.credits) }, (_, index) => {
    const credits = given.credits - index;
    const uses = isKept ? given.uses.map((one) => ({ ...one, amount: credits })) : given.uses;
    return choiceOf({ ...given, credits, uses, neededWeight: 1 + credits });
  }),
);

/** Within a candidate the lots are those of its rule, and the largest choice comes first. */
const oneOfSeveral = fc
  .array(basis, { minLength: 1, maxLength: 3 })
  .map((all) =>
    all
      .map((each) => choiceOf({ ...each, uses: all[0]?.uses ?? [] }))
      .sort((a, b) => b.credits - a.credits),
  );

const pool = fc.record({
  members: fc
    .uniqueArray(fc.record({ lot: fc.nat(LOTS - 1), weight: fc.nat(5) }), {
      maxLength: 4,
      selector: ({ lot }) => lot,
    })
    .map((members) => [...members].sort((a, b) => a.lot - b.lot)),
  isKept: fc.boolean(),
});

const candidate: fc.Arbitrary<AllocationCandidate> = fc.record({
  choices: fc.oneof({ weight: 3, arbitrary: oneOfSeveral }, { weight: 2, arbitrary: inPart }),
  pool: fc.option(pool, { freq: 3 }),
});

/** Small problems of every kind, of which every allocation can be tried. */
export const smallProblem: fc.Arbitrary<AllocationProblem> = fc.record({
  lots: fc.array(fc.nat(6), { minLength: LOTS, maxLength: LOTS }),
  rooms: fc.array(fc.nat(12), { minLength: CAPS, maxLength: CAPS }),
  candidates: fc.array(candidate, { maxLength: 5 }),
});
