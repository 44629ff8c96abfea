import type { Problem, ProblemCode, Result } from '#libs/problems';

/** A refusal on its way out of a service: it aborts the transaction and becomes a problem answer. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    /** Response headers, for example `Retry-After`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.code);
  }
}

/** Unwraps a result; a refusal is thrown as {@link Refusal}. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.problem);
}

/** A refusal with a code and its parameters. */
export function refusal(code: ProblemCode, params?: Record<string, string>): Refusal {
  return new Refusal({ code, ...(params ? { params } : {}) });
}

/** The one answer for what does not exist and for what is not yours. */
export function notFound(): Refusal {
  return new Refusal({ code: 'not-found' });
}
