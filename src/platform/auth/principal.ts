import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../http/refusal.js';
import type { Scope } from './scopes.js';

/** What a person or a system may do, by its work. */
export const ROLES = [
  'learner',
  'registrar',
  'issuer',
  'admissions',
  'clerk',
  'rule-author',
  'approver',
  'manager',
  'authority',
  'operator',
] as const;

export type Role = (typeof ROLES)[number];

/** Roles whose work is with every institution. */
const OVERSEERS: readonly Role[] = ['authority', 'operator'];
/** Roles of people who work with the data of others. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'learner');

/** What somebody may do for a learner who does not sign in. */
export const ACTS = ['see', 'apply', 'share'] as const;

export type Act = (typeof ACTS)[number];

/** The ground on which somebody asks in a learner's name. */
export interface Representation {
  readonly id: string;
  /** A clerk while the learner stands at the counter; the guardian of a minor. */
  readonly kind: 'counter' | 'guardian';
  readonly acts: readonly Act[];
  /** The institution whose counter it is; null for a guardian. */
  readonly institutionId: string | null;
}

/** Who is asking: a signed-in person or a system with a key. */
export interface Principal {
  /** Id of the account or key; written as the actor of what it does. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly institutionId: string | null;
  /** Of a learner whose accounts were found to be one person's: the surviving account. */
  readonly learnerId: string | null;
  /** All accounts of the learner, when there are several. */
  readonly selves?: readonly string[] | undefined;
  /** What a system may do of all that its roles may; null or absent for all of it. */
  readonly scopes?: readonly Scope[] | null;
  /** Of a person who signed in; absent for a system. */
  readonly session?: SessionOfPrincipal;
  /**
   * Present when `id` asks in the name of the learner `learnerId`, with the rights of the learner
   * and none of its own.
   */
  readonly representing?: Representation;
}

/** Whether the principal is the learner, by whichever account. */
export function isSelf({ learnerId, selves }: Principal, of: string): boolean {
  return learnerId === of || (selves?.includes(of) ?? false);
}

/** Whether the principal's work is with every institution. */
export function isOverseer({ roles }: Principal): boolean {
  return roles.some((role) => OVERSEERS.includes(role));
}

/** The session by which a person asks. */
export interface SessionOfPrincipal {
  readonly id: string;
  readonly startedAt: Date;
  /** Staff who need a second factor and have given none: they may only set one up. */
  readonly lacksSecondFactor: boolean;
  /** Who signed in with a password that somebody else made: it opens nothing but its replacement. */
  readonly mustChangePassword: boolean;
}

/** Finds the principal behind a credential. The access feature provides it. */
export interface PrincipalSource {
  /**
   * Of an API key or an access token; undefined when unknown, expired or revoked. Throws
   * `address-not-allowed` when it is valid and the address is not on its list.
   */
  ofBearer(token: string, address: string): Promise<Principal | undefined>;
  /** Of the session cookie; undefined when unknown, expired or ended. */
  ofSession(token: string): Promise<Principal | undefined>;
  /** The principal in the name of a learner; undefined where it has no such right, or none any more. */
  represent(principal: Principal, representationId: string): Promise<Principal | undefined>;
}

export const PRINCIPAL_SOURCE = Symbol('PRINCIPAL_SOURCE');

/** Names the representation in whose name a signed-in person asks. */
export const ACTING_FOR = 'acting-for';

export const SESSION_COOKIE = 'session';

/**
 * Name of the session cookie. Where the service is reached by HTTPS, browsers hold `__Host-` to its
 * word: secure, of this host alone, for all of its paths.
 */
export function sessionCookieOf(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
}

/** How long after signing in a person may change how to sign in. */
const FRESH_MS = 15 * 60 * 1000;

/**
 * The session, when it began within the last quarter of an hour: whoever finds a computer unlocked
 * must not be able to add a key of their own to the account. Throws `sign-in-again`.
 */
export function requireFreshSession(principal: Principal, now: Date): SessionOfPrincipal {
  const { session } = principal;
  if (session && now.getTime() - session.startedAt.getTime() <= FRESH_MS) return session;
  throw refusal('sign-in-again', { minutes: String(FRESH_MS / 60_000) });
}

/** The guard hangs the principal on the request under this name. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

/** The asking principal as a handler's parameter; only on routes that are not public. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<AuthenticatedRequest>().principal;
});
