import type { AuthenticatedRequest, Principal } from '../platform/auth/index.js';

/** Who asks and from where. */
export interface Asker {
  readonly principal: Principal | undefined;
  readonly address: string;
}

export function askerOf(request: AuthenticatedRequest): Asker {
  return { principal: request.principal, address: request.ip };
}
