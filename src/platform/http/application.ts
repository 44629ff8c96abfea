import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/index.js';
import { ProblemFilter } from './problem.filter.js';
import { createValidationPipe } from './validation.pipe.js';

const MAX_JSON_BYTES = 1024 * 1024;

/** Fastify with a request id on every answer and bodies of at most 1 MiB. */
export function createAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: MAX_JSON_BYTES,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    // A path that is not valid percent-encoding is a wrong address, not a failure.
    routerOptions: { ignoreTrailingSlash: true },
  });
}

/** Everything between the socket and the controllers; the same in the service and in tests. */
export async function configureApplication(
  app: NestFastifyApplication,
  config: Config,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id);
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
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: config.maxUploadBytes, files: 1 } });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

/**
 * Serves the built pages. An address without a file extension is a page of the application and
 * gets its entry document; the router in the browser does the rest.
 */
export async function servePages(app: NestFastifyApplication, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    prefix: '/',
    setHeaders: (response, path) => {
      const lasting = path.includes('/assets/');
      response.header(
        'cache-control',
        lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
