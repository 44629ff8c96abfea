import type { ProblemDefinition } from '../problem.js';

/** Refusals of the imports feature. */
export const importProblems = {} as const satisfies Record<string, ProblemDefinition>;
