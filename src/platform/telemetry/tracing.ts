import type { Span, Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A span under way, as far as this service sees it. */
export interface Traced {
  end(attributes: Readonly<Record<string, string | number>>, isFailed: boolean): void;
}

/** Spans for requests and tasks. */
export interface Tracing {
  begin(name: string, headers: Readonly<Record<string, unknown>>): Traced;
  close(): Promise<void>;
}

const REQUEST_ID = 'creditbank.request_id';

let active: Tracing | undefined;

/**
 * Sends traces to `OTEL_EXPORTER_OTLP_ENDPOINT`. The libraries are loaded only here: without the
 * setting the service has no tracing and pays nothing for it. Answers undefined when it is off.
 */
export async function startTracing(endpoint: string | null): Promise<Tracing | undefined> {
  if (endpoint === null) return undefined;
  const api = await import('@opentelemetry/api');
  const sdk = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url });
  const spanProcessors = [new sdk.BatchSpanProcessor(exporter)];
  const provider = new sdk.NodeTracerProvider({ spanProcessors });
  provider.register();
  const tracer: Tracer = provider.getTracer('creditbank');
  active = {
    begin: (name, headers) => {
      const parent = api.propagation.extract(api.context.active(), headers);
      return tracedBy(tracer.startSpan(name, {}, parent), api.SpanStatusCode.ERROR);
    },
    close: () => provider.shutdown(),
  };
  return active;
}

/**
 * Runs a task as a span of its own, when traces are on. It may begin days after its cause: the request
 * that caused it is named by its id, which the request's own span carries as well.
 */
export async function traced<T>(
  name: string,
  requestId: string | null,
  work: () => Promise<T>,
): Promise<T> {
  const span = active?.begin(name, {});
  if (!span) return work();
  const attributes: Record<string, string> = requestId === null ? {} : { [REQUEST_ID]: requestId };
  try {
    const result = await work();
    span.end(attributes, false);
    return result;
  } catch (error) {
    span.end(attributes, true);
    throw error;
  }
}

/** A span for each request, under the caller's own when it sends `traceparent`. */
export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, Traced>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    spans.set(request, tracing.begin(`${request.method} ${route}`, request.headers));
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const attributes = {
      'http.request.method': request.method,
      // The pattern, never the address: a path may hold a code.
      'http.route': request.routeOptions.url ?? '(none)',
      'http.response.status_code': reply.statusCode,
      [REQUEST_ID]: request.id,
    };
    spans.get(request)?.end(attributes, reply.statusCode >= 500);
    done();
  });
}

function tracedBy(span: Span, errorCode: number): Traced {
  return {
    end: (attributes, isFailed) => {
      span.setAttributes({ ...attributes });
      if (isFailed) span.setStatus({ code: errorCode });
      span.end();
    },
  };
}
