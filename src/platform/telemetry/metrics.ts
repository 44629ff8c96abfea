import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sha256 } from '../crypto/sha256.js';
import type { Gauge } from './gauges.js';

/** Who may read the metrics: callers of this machine, or who knows the token. */
export type MetricsAccess = 'loopback' | { readonly token: string };

const DURATIONS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30];

/**
 * Serves `/metrics` for Prometheus: requests and their durations by route, the process, and what
 * features measure. To everybody else the address does not exist. The library is loaded only here.
 */
export async function serveMetrics(
  fastify: FastifyInstance,
  access: MetricsAccess,
  gauges: readonly Gauge[],
): Promise<void> {
  const {
    Gauge: PromGauge,
    Histogram,
    Registry,
    collectDefaultMetrics,
  } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'creditbank_' });
  const durations = new Histogram({
    name: 'creditbank_request_seconds',
    help: 'Requests by method, pattern of the route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS_S,
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    durations.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  for (const { name, help, read } of gauges) {
    const gauge = new PromGauge({
      name,
      help,
      labelNames: ['of'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const { label, value } of await read()) gauge.set(label ? { of: label } : {}, value);
      },
    });
  }
  fastify.get('/metrics', { logLevel: 'silent' }, async (request, reply) => {
    if (!mayRead(request, access)) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function mayRead(request: FastifyRequest, access: MetricsAccess): boolean {
  if (access === 'loopback') return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
  const given = (request.headers.authorization ?? '').replace(/^bearer /i, '');
  return timingSafeEqual(sha256(given), sha256(access.token));
}
