// Adds `cookies` to the type of a request.
import '@fastify/cookie';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  applyDecorators,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiCookieAuth, ApiSecurity } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/index.js';
import { type Tenant, workFor } from '../database/index.js';
import { refusal } from '../http/refusal.js';
import {
  type AuthenticatedRequest,
  PRINCIPAL_SOURCE,
  type Principal,
  type PrincipalSource,
  type Role,
  SESSION_COOKIE,
  isOverseer,
} from './principal.js';
import { isReading, isSameOrigin } from './same-origin.js';

const ALLOWED = 'allowed-roles';
const PUBLIC = 'public-route';

/** Who asks without a credential reads what is open to everybody. */
const NOBODY: Tenant = { institutionId: null, learnerId: null };

/** Opens a route to the named roles. A route with neither this nor {@link Public} is refused. */
export function Allow(...roles: Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ALLOWED, roles), ApiBearerAuth(), ApiCookieAuth());
}

/** Opens a route to everybody; a valid credential is still recognised. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC, true), ApiSecurity({}));
}

/** The one guard: finds the principal and compares its roles with those of the route. */
@Injectable()
export class AllowGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(PRINCIPAL_SOURCE) private readonly source: PrincipalSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = await this.#identify(request);
    if (principal) request.principal = principal;
    workFor(principal ? tenantOf(principal) : NOBODY);
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    if (!principal) throw refusal('not-signed-in');
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ALLOWED, targets) ?? [];
    if (principal.roles.some((role) => allowed.includes(role))) return true;
    throw refusal('not-allowed', { roles: allowed.join(', ') || '-' });
  }

  async #identify(request: AuthenticatedRequest): Promise<Principal | undefined> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (token && scheme?.toLowerCase() === 'bearer') return this.source.ofKey(token);
    const cookie = request.cookies[SESSION_COOKIE];
    const principal = cookie ? await this.source.ofSession(cookie) : undefined;
    // A browser adds the cookie to a request that another site's page made; it cannot add a key.
    if (principal && !isReading(request.method) && !this.#isOwnPage(request)) {
      throw refusal('cross-site-request');
    }
    return principal;
  }

  #isOwnPage(request: AuthenticatedRequest): boolean {
    return isSameOrigin(request.headers, this.config.publicUrl);
  }
}

/** The authority and the operator work with every institution; nobody else does. */
function tenantOf(principal: Principal): Tenant | null {
  if (isOverseer(principal)) return null;
  return { institutionId: principal.institutionId, learnerId: principal.learnerId };
}
