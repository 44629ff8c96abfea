import type { FastifyInstance } from 'fastify';
import { refusal } from './refusal.js';

/**
 * Ends requests whose body comes by drops. The server's own limit on a whole request has to leave
 * room for a large file over a slow line; what is no file has to be here much sooner.
 */
export function refuseSlowBodies(fastify: FastifyInstance, timeoutMs: number): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (!(request.headers['content-type'] ?? '').startsWith('multipart/')) {
      const timer = setTimeout(() => {
        if (request.raw.complete || payload.listenerCount('error') === 0) return;
        // What is still to come is not read any more: the connection ends with the answer.
        void reply.header('connection', 'close');
        payload.emit('error', refusal('request-too-slow', { seconds: String(timeoutMs / 1000) }));
      }, timeoutMs);
      const stop = (): void => clearTimeout(timer);
      request.raw.once('close', stop);
      // A request that came over no connection (`inject`) is never closed, only answered.
      reply.raw.once('finish', stop);
    }
    done(null, payload);
  });
}
