import type { ProblemDefinition } from '../problem.js';

/** Refusals of the completions feature. */
export const completionProblems = {} as const satisfies Record<string, ProblemDefinition>;
