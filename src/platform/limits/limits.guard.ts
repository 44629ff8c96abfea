import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from '../auth/principal.js';
import { RequestLimits } from './request-limits.js';

const LOOK_UP = 'look-up';

/**
 * Marks routes that show one learner, `:id`, to whoever may see it. Looks at others are counted, so
 * that nobody reads the whole roll one by one.
 */
export function LookUp(): MethodDecorator & ClassDecorator {
  return SetMetadata(LOOK_UP, true);
}

/** Counts requests of a principal. Stands behind the guard that finds out who asks. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RequestLimits,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const { principal } = request;
    if (!principal) return true;
    const reply = http.getResponse<FastifyReply>();
    this.limits.admitPrincipal(principal, request, reply);
    const targets = [context.getHandler(), context.getClass()];
    if (!this.reflector.getAllAndOverride<boolean | undefined>(LOOK_UP, targets)) return true;
    const id = (request.params as { id?: string }).id;
    const isOwn = id === 'me' || (id !== undefined && id === principal.learnerId);
    if (!isOwn) this.limits.admitLookUp(principal, request, reply);
    return true;
  }
}
