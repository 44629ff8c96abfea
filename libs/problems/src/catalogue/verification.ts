import type { ProblemDefinition } from '../problem.js';

/** Refusals of the verification feature. */
export const verificationProblems = {} as const satisfies Record<string, ProblemDefinition>;
