import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { AuthenticatedRequest, Principal } from '../platform/auth/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';

/**
 * The learner id that a path names: an id, or `me` for the signed-in learner. Whether the principal
 * may read that learner is not checked here. Throws `not-a-learner` for somebody else's `me` and
 * `not-found` for what is no id.
 */
export function learnerIdOf(principal: Principal, idOrMe: string): string {
  if (idOrMe === 'me') {
    if (principal.learnerId === null) throw refusal('not-a-learner');
    return principal.learnerId;
  }
  if (!isUuid(idOrMe)) throw notFound();
  return idOrMe;
}

/** {@link learnerIdOf} of a path parameter, `id` when not named, as a handler's parameter. */
export const LearnerIdParam = createParamDecorator(
  (name: string | undefined, context: ExecutionContext): string => {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!request.principal) throw refusal('not-signed-in');
    const params = request.params as Record<string, string | undefined>;
    return learnerIdOf(request.principal, params[name ?? 'id'] ?? '');
  },
);
