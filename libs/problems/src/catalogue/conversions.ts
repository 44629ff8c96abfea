import type { ProblemDefinition } from '../problem.js';

/** Refusals of the conversions feature. */
export const conversionProblems = {} as const satisfies Record<string, ProblemDefinition>;
