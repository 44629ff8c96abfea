/** One field of a request that the service refused. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly title?: string;
  readonly detail: string;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly faults: readonly Fault[];
}

/** A refusal of the service (RFC 9457), in the language of the page. */
export class ApiProblem extends Error implements Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly faults: readonly Fault[];

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.title}`);
    this.status = refusal.status;
    this.code = refusal.code;
    this.title = refusal.title;
    this.detail = refusal.detail;
    this.requestId = refusal.requestId;
    this.faults = refusal.faults;
  }
}

/** Reads the body of a refusal; an answer that is not a problem document keeps its status. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const members = typeof body === 'object' && body !== null ? body : {};
  const { code, title, detail, requestId, errors } = members as Record<string, unknown>;
  return new ApiProblem({
    status,
    code: textOr(code, 'unreadable-answer'),
    title: textOr(title, `HTTP ${status}`),
    detail: textOr(detail, ''),
    requestId: typeof requestId === 'string' ? requestId : null,
    faults: Array.isArray(errors) ? (errors as Fault[]) : [],
  });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
