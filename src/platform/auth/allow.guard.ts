// Adds `cookies` to the type of a request.
import '@fastify/cookie';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CONFIG, type Config } from '../config/index.js';
import { type Tenant, workFor } from '../database/index.js';
import { refusal } from '../http/refusal.js';
import {
  ACTING_FOR,
  type AuthenticatedRequest,
  PRINCIPAL_SOURCE,
  type Principal,
  type PrincipalSource,
  isOverseer,
  sessionCookieOf,
} from './principal.js';
import { type RouteAccess, accessOf, scopeNeeded } from './route-access.js';
import { isReading, isSameOrigin } from './same-origin.js';

/** Who asks without a credential reads what is open to everybody. */
const NOBODY: Tenant = { institutionId: null, learnerId: null };

/**
 * The one guard: finds the principal and compares it with what the route declares. What is not
 * declared is refused. Whose data it may touch is decided in the services.
 */
@Injectable()
export class AllowGuard implements CanActivate {
  readonly #sessionCookie: string;

  constructor(
    private readonly reflector: Reflector,
    @Inject(PRINCIPAL_SOURCE) private readonly source: PrincipalSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {
    this.#sessionCookie = sessionCookieOf(config.publicUrl);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(this.reflector, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const asking = await this.#identify(request);
    const principal = asking && (await this.#inWhoseName(asking, request));
    const lacking = principal && whatIsLacking(principal, access);
    if (principal && !lacking && !isAsEverybody(principal, access)) request.principal = principal;
    workFor(request.principal ? tenantOf(request.principal) : NOBODY);
    if (access.isPublic) return true;
    if (!principal) throw refusal('not-signed-in');
    if (lacking) throw refusal(lacking);
    assertOnBehalf(principal, access);
    assertRole(principal, access);
    assertCredential(principal, access, request.method);
    return true;
  }

  async #identify(request: AuthenticatedRequest): Promise<Principal | undefined> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (token && scheme?.toLowerCase() === 'bearer') return this.source.ofBearer(token, request.ip);
    const cookie = request.cookies[this.#sessionCookie];
    const principal = cookie ? await this.source.ofSession(cookie) : undefined;
    // A browser adds the cookie to a request that another site's page made; it cannot add a key.
    if (principal && !isReading(request.method) && !this.#isOwnPage(request)) {
      throw refusal('cross-site-request');
    }
    return principal;
  }

  /** Whoever names a representation asks as its learner, with nothing of its own rights. */
  async #inWhoseName(principal: Principal, request: AuthenticatedRequest): Promise<Principal> {
    const id = request.headers[ACTING_FOR];
    if (id === undefined) return principal;
    if (!principal.session) throw refusal('people-only');
    const representing = await this.source.represent(principal, String(id));
    if (!representing) throw refusal('representation-ended');
    return representing;
  }

  #isOwnPage(request: AuthenticatedRequest): boolean {
    return isSameOrigin(request.headers, this.config.publicUrl);
  }
}

/** The authority and the operator work with every institution; nobody else does. */
function tenantOf(principal: Principal): Tenant | null {
  if (isOverseer(principal)) return null;
  const { institutionId, learnerId, selves } = principal;
  return { institutionId, learnerId, selves };
}

/**
 * Whoever still lacks a password or a second factor of their own is nobody yet, except where both are
 * made.
 */
function whatIsLacking(
  { session }: Principal,
  { isBeforeSecondFactor }: RouteAccess,
): 'password-temporary' | 'second-factor-missing' | undefined {
  if (isBeforeSecondFactor || !session) return undefined;
  if (session.mustChangePassword) return 'password-temporary';
  return session.lacksSecondFactor ? 'second-factor-missing' : undefined;
}

/** In a learner's name, what is open to everybody is asked as everybody: nothing is written down. */
function isAsEverybody({ representing }: Principal, { isPublic }: RouteAccess): boolean {
  return representing !== undefined && isPublic;
}

/** In a learner's name only what is declared for that, and what the learner agreed to. */
function assertOnBehalf({ representing }: Principal, { onBehalf }: RouteAccess): void {
  if (!representing) return;
  if (!onBehalf) throw refusal('not-on-behalf');
  if (!representing.acts.includes(onBehalf.act)) {
    throw refusal('act-not-agreed', { act: onBehalf.act });
  }
}

function assertRole(principal: Principal, { roles }: RouteAccess): void {
  if (roles && principal.roles.some((role) => roles.includes(role))) return;
  throw refusal('not-allowed', { roles: roles?.join(', ') ?? '-' });
}

/** A system needs a route that is open to systems, and the scope that it names. */
function assertCredential(principal: Principal, { credential }: RouteAccess, method: string): void {
  if (principal.session) return;
  if (!credential || credential.kind === 'people') throw refusal('people-only');
  const scope = scopeNeeded(credential, method);
  if (scope === null || !principal.scopes || principal.scopes.includes(scope)) return;
  throw refusal('scope-missing', { scope });
}
