/**
 * The allocation problem in plain numbers, free of rules and learners: candidates compete for lots,
 * for courses that are filled once, and for the room under caps. All amounts are safe integers
 * (thousandths of a credit), so comparing and adding them is exact.
 */
export interface AllocationProblem {
  /** Available amount of each lot. */
  readonly lots: readonly number[];
  /** Room under each cap, in the unit the cap counts. */
  readonly rooms: readonly number[];
  /** In the order in which ties are broken: of equals, the one that takes earlier candidates wins. */
  readonly candidates: readonly AllocationCandidate[];
}

export interface AllocationCandidate {
  /** Most credit first. A candidate is granted in one of its choices or not at all. */
  readonly choices: readonly AllocationChoice[];
  /** Lots of which any set may be taken that reaches the needed weight. */
  readonly pool: AllocationPool | null;
}

export interface AllocationChoice {
  readonly credits: number;
  /** Results without credit, such as a right: they decide between equals in credit. */
  readonly benefits: number;
  readonly uses: readonly { lot: number; amount: number; isExclusive: boolean }[];
  readonly courses: readonly number[];
  /** What the choice takes of each cap; a cap appears at most once. */
  readonly counts: readonly { cap: number; amount: number }[];
  readonly neededWeight: number;
}

export interface AllocationPool {
  readonly members: readonly { lot: number; weight: number }[];
  /** Whether the lots give up only what is granted. */
  readonly isKept: boolean;
}

/** One candidate that is granted: in which choice, and with which lots of its pool. */
export interface AllocationPick {
  readonly candidate: number;
  readonly choice: number;
  readonly poolLots: readonly number[];
}

export interface Allocation {
  /** Ascending by candidate. */
  readonly picks: readonly AllocationPick[];
  readonly credits: number;
  readonly benefits: number;
  readonly usedUp: number;
  /** Whether the search ended by itself at every level: nothing is better, and nothing is equal. */
  readonly isProven: boolean;
  /** What the credits cannot exceed. */
  readonly bound: number;
}

/** Exact method or another one: everything that allocates has this shape. */
export type Allocate = (problem: AllocationProblem, options?: AllocationOptions) => Allocation;

export interface AllocationOptions {
  /** Multiplications after which a search stops; with the first engine, `nodes`. */
  readonly work?: number;
  readonly nodes?: number;
  /** A candidate that must be granted: answers what forcing it would cost. */
  readonly force?: number;
  /** Only the credit is asked for, not which of equals uses up least. */
  readonly isCreditOnly?: boolean;
}
