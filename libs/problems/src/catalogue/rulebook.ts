import type { ProblemDefinition } from '../problem.js';

/** Refusals of the rulebook feature. */
export const rulebookProblems = {} as const satisfies Record<string, ProblemDefinition>;
