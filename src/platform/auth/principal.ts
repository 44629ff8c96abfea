import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** What a person or a system may do, by its work. */
export const ROLES = [
  'learner',
  'registrar',
  'issuer',
  'admissions',
  'rule-author',
  'approver',
  'authority',
  'operator',
] as const;

export type Role = (typeof ROLES)[number];

/** Roles whose work is with every institution. */
const OVERSEERS: readonly Role[] = ['authority', 'operator'];

/** Who is asking: a signed-in person or a system with a key. */
export interface Principal {
  /** Id of the account or key; written as the actor of what it does. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly institutionId: string | null;
  readonly learnerId: string | null;
}

/** Whether the principal's work is with every institution. */
export function isOverseer({ roles }: Principal): boolean {
  return roles.some((role) => OVERSEERS.includes(role));
}

/** Finds the principal behind a credential. The institutions feature provides it. */
export interface PrincipalSource {
  /** Of an API key sent as a bearer token; undefined when unknown, expired or revoked. */
  ofKey(key: string): Promise<Principal | undefined>;
  /** Of the session cookie; undefined when unknown, expired or ended. */
  ofSession(token: string): Promise<Principal | undefined>;
}

export const PRINCIPAL_SOURCE = Symbol('PRINCIPAL_SOURCE');

export const SESSION_COOKIE = 'session';

/** The guard hangs the principal on the request under this name. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

/** The asking principal as a handler's parameter; only on routes that are not public. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<AuthenticatedRequest>().principal;
});
