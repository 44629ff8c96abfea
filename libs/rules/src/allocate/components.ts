import type { AllocationCandidate, AllocationChoice, AllocationProblem } from './allocation.js';

/** A problem whose candidates hang together, with their numbers in the whole problem. */
export interface Component {
  readonly candidates: readonly { readonly number: number; readonly of: AllocationCandidate }[];
  /** Caps that can bind within the component. */
  readonly caps: readonly number[];
}

/**
 * Splits a problem into parts that share no lot, no course and no cap that can bind. Solving the
 * parts one by one is exact and turns one long search into many short ones.
 */
export function componentsOf(problem: AllocationProblem): Component[] {
  const binding = new Set(bindingCaps(problem));
  const parents = problem.candidates.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  const first = new Map<string, number>();
  problem.candidates.forEach((candidate, index) => {
    for (const key of keysOf(candidate, binding)) {
      const other = first.get(key);
      if (other === undefined) first.set(key, index);
      else parents[rootOf(index)] = rootOf(other);
    }
  });
  const groups = new Map<number, { number: number; of: AllocationCandidate }[]>();
  problem.candidates.forEach((of, number) => {
    const root = rootOf(number);
    const group = groups.get(root);
    if (group) group.push({ number, of });
    else groups.set(root, [{ number, of }]);
  });
  return [...groups.values()].map((candidates) => ({
    candidates,
    caps: [...binding].filter((cap) =>
      candidates.some(({ of }) => of.choices.some((choice) => countIn(choice, cap) > 0)),
    ),
  }));
}

/** Caps with less room than all candidates together could ask for. */
function bindingCaps({ rooms, candidates }: AllocationProblem): number[] {
  const asked = rooms.map(() => 0);
  for (const { choices } of candidates) {
    const most = new Map<number, number>();
    for (const { counts } of choices) {
      for (const { cap, amount } of counts) most.set(cap, Math.max(most.get(cap) ?? 0, amount));
    }
    for (const [cap, amount] of most) asked[cap] = (asked[cap] ?? 0) + amount;
  }
  return rooms.flatMap((room, cap) => ((asked[cap] ?? 0) > room ? [cap] : []));
}

function keysOf({ choices, pool }: AllocationCandidate, binding: ReadonlySet<number>): Set<string> {
  const keys = new Set<string>();
  for (const choice of choices) {
    for (const { lot } of choice.uses) keys.add(`lot ${lot}`);
    for (const course of choice.courses) keys.add(`course ${course}`);
    for (const { cap } of choice.counts) if (binding.has(cap)) keys.add(`cap ${cap}`);
  }
  for (const { lot } of pool?.members ?? []) keys.add(`lot ${lot}`);
  return keys;
}

function countIn(choice: AllocationChoice, cap: number): number {
  return choice.counts.find((count) => count.cap === cap)?.amount ?? 0;
}
