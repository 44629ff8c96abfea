import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuthenticatedRequest } from '../auth/principal.js';
import { type Log, inContext } from '../logging/index.js';

/**
 * One line for each request, at `info`; a refused one that somebody may want to look at, at `warn`.
 * Of the address only the pattern of its route is written: a path may hold a code.
 */
export function logRequests(fastify: FastifyInstance, log: Log): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    inContext({ requestId: request.id }, done);
  });
  // Reading a body leaves the context: its events belong to the connection.
  fastify.addHook('preValidation', (request, _reply, done) => {
    inContext({ requestId: request.id }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode;
    // A right is missing, or somebody asks too often (ASVS 16.3.2).
    const level = status === 403 || status === 429 ? 'warn' : 'info';
    if (log.isLevelEnabled(level)) {
      log[level](
        {
          requestId: request.id,
          method: request.method,
          route: routeOf(request),
          status,
          durationMs: Math.round(reply.elapsedTime * 10) / 10,
          actor: (request as AuthenticatedRequest).principal?.id ?? null,
        },
        'request',
      );
    }
    done();
  });
}

/** The pattern of a route; addresses of pages and of nothing are one each. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}
