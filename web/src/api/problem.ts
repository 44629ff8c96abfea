/** One field of a request that the service refused. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly title?: string;
  readonly detail: string;
}

/** A refusal of the service (RFC 9457), in the language of the page. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly faults: readonly Fault[],
  ) {
    super(`${code}: ${title}`);
  }
}

/** Reads the body of a refusal; an answer that is not a problem document keeps its status. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const members = typeof body === 'object' && body !== null ? body : {};
  const { code, title, detail, requestId, errors } = members as Record<string, unknown>;
  return new ApiProblem(
    status,
    textOr(code, 'unreadable-answer'),
    textOr(title, `HTTP ${status}`),
    textOr(detail, ''),
    typeof requestId === 'string' ? requestId : null,
    Array.isArray(errors) ? (errors as Fault[]) : [],
  );
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
