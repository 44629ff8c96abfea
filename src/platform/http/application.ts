import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#libs/problems';
import type { Config } from '../config/index.js';
import { inTenantScope } from '../database/index.js';
import { RequestLimits } from '../limits/request-limits.js';
import { type Log, isRequestId } from '../logging/index.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { logRequests } from './request-log.js';
import { refuseSlowBodies } from './slow-bodies.js';
import { createValidationPipe } from './validation.pipe.js';
import { checkBody, checkParams, checkQuery } from './well-formed.js';

const MAX_JSON_BYTES = 1024 * 1024;

const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; frame-ancestors 'none'";

/** How often the server looks for connections that are past their time, in milliseconds. */
const LOOK_FOR_SLOW_MS = 1_000;

/** Fastify with a request id on every answer, bodies of at most 1 MiB, and no endless requests. */
export function createAdapter({ edge }: Pick<Config, 'edge'>): FastifyAdapter {
  return new FastifyAdapter({
    http: { headersTimeout: edge.headTimeoutMs, connectionsCheckingInterval: LOOK_FOR_SLOW_MS },
    requestTimeout: edge.requestTimeoutMs,
    connectionTimeout: edge.idleTimeoutMs,
    trustProxy: edge.trustProxy === false ? false : [...edge.trustProxy],
    bodyLimit: MAX_JSON_BYTES,
    requestIdHeader: false,
    genReqId: requestIdOf,
    // A path that is not valid percent-encoding is a wrong address, not a failure.
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: answerUnrouted,
  });
}

/** The caller's own `Request-Id` when it is fit for one, so that both sides' logs meet. */
function requestIdOf({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['request-id'];
  return isRequestId(given) ? given : randomUUID();
}

/** An address that the router cannot read: not percent-encoded UTF-8, or a part without end. */
function answerUnrouted(
  error: { readonly statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem: Problem =
    error.statusCode === 414
      ? { code: 'address-too-long' }
      : { code: 'malformed-request', params: { reason: 'percent-encode the path as UTF-8' } };
  sendProblem(problem, request, reply.header('request-id', request.id));
}

/** Everything between the socket and the controllers; the same in the service and in tests. */
export async function configureApplication(
  app: NestFastifyApplication,
  config: Config,
  log: Log,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const limits = app.get(RequestLimits);
  logRequests(fastify, log);
  // The guard says for whom; the walls of the database ask (platform/database/walls.ts).
  fastify.addHook('preValidation', (_request, _reply, done) => inTenantScope(done));
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id);
    // Answers are about people; a route that may be cached says so itself.
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
    limits.admit(request, reply);
    checkQuery(request.url);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) limits.countUnknown(request);
  });
  refuseSlowBodies(fastify, config.edge.bodyTimeoutMs);
  fastify.addHook('preValidation', async (request) => {
    checkParams(request.params);
    checkBody(request.body);
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        'frame-ancestors': ["'none'"],
        // The default service speaks plain HTTP on loopback; a proxy in front upgrades.
        'upgrade-insecure-requests': null,
      },
    },
  });
  fastify.addHook('onRequest', async (request, reply) => {
    // The API's own page carries its styles inside the document.
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', DOCS_POLICY);
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: config.maxUploadBytes, files: 1 } });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

/** Addresses that are never a page, whatever the browser says it accepts. */
const NOT_PAGES = /^\/(v1|oauth2|\.well-known|docs|openapi\.json|health|metrics|problems)(\/|\?|$)/;

/**
 * Serves the built pages. What a browser asks for as a page gets the entry document, and the router
 * in the browser does the rest; the same address answers JSON to everybody else.
 */
export async function servePages(app: NestFastifyApplication, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    // The build puts .br and .gz beside every text.
    preCompressed: true,
    setHeaders: (response, path) => {
      const lasting = path.includes('/assets/');
      response.header(
        'cache-control',
        lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (isPage(request)) return reply.sendFile('index.html');
    });
}

function isPage(request: FastifyRequest): boolean {
  return (
    request.method === 'GET' &&
    (request.headers.accept ?? '').includes('text/html') &&
    !NOT_PAGES.test(request.url) &&
    !/\.\w+(\?|$)/.test(request.url)
  );
}
