import type {
  AllocationCandidate,
  AllocationChoice,
  AllocationPool,
} from '../src/allocate/allocation.js';
import { type Component, componentsOf } from '../src/allocate/components.js';

const NOTHING: AllocationChoice = {
  credits: 0,
  benefits: 0,
  uses: [],
  courses: [],
  counts: [],
  neededWeight: 0,
};

/** A way to grant a candidate; what a test does not say is nothing. */
export function choice(change: Partial<AllocationChoice>): AllocationChoice {
  return { ...NOTHING, ...change };
}

export function candidate(
  choices: readonly Partial<AllocationChoice>[],
  pool: AllocationPool | null = null,
): AllocationCandidate {
  return { choices: choices.map(choice), pool };
}

/** What a choice takes of a lot that nobody else may touch. */
export function alone(lot: number, amount: number): AllocationChoice['uses'][number] {
  return { lot, amount, isExclusive: true };
}

/** What a choice takes of a lot from which others may take as well. */
export function shared(lot: number, amount: number): AllocationChoice['uses'][number] {
  return { lot, amount, isExclusive: false };
}

/** All candidates as one component under the caps that can bind. */
export function whole(
  candidates: readonly AllocationCandidate[],
  lots: readonly number[] = [],
  rooms: readonly number[] = [],
): Component {
  const problem = { lots, rooms, candidates };
  return {
    candidates: candidates.map((of, number) => ({ number, of })),
    caps: componentsOf(problem).flatMap(({ caps }) => caps),
  };
}
