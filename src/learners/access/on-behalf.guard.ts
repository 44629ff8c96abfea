import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type AuthenticatedRequest, accessOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { AccessLog } from './access-log.js';
import type { Reading } from './reading.js';

/**
 * Writes every request that is made in a learner's name into the learner's access log, before
 * anything is read or done: what a clerk or a guardian does cannot be forgotten by a new route.
 * Stands behind the guard that finds out who asks, and refuses nobody. No interceptor: with one, a
 * stream of events would have begun before its handler could refuse.
 */
@Injectable()
export class OnBehalfGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly log: AccessLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { onBehalf } = accessOf(this.reflector, [context.getHandler(), context.getClass()]);
    if (!principal?.representing || principal.learnerId === null || !onBehalf) return true;
    const { learnerId, representing } = principal;
    // Only `OnBehalf` of this folder declares one, and its words are those of the log.
    const { purpose, fields } = onBehalf as Reading & typeof onBehalf;
    await this.database.statement((tx) =>
      this.log.record(tx, {
        learnerId,
        reader: principal.id,
        institutionId: representing.institutionId,
        purpose,
        fields,
        ground: representing.kind,
        reference: representing.id,
      }),
    );
    return true;
  }
}
