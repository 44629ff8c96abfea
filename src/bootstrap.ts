import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config/index.js';
import { configureApplication, createAdapter, servePages } from './platform/http/application.js';
import { describeApi } from './platform/http/openapi.js';
import { type Log, NestLog, createLog } from './platform/logging/index.js';
import { Gauges, serveMetrics, startTracing, traceRequests } from './platform/telemetry/index.js';

/**
 * Builds the HTTP application, ready to listen. `pagesRoot` is the folder of the built pages; `log`
 * is where the service writes what happens.
 */
export async function createApplication(
  config: Config,
  pagesRoot?: string,
  log: Log = createLog(config.logLevel),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createAdapter(config),
    { logger: new NestLog(log), abortOnError: false },
  );
  await configureApplication(app, config, log);
  await observe(app, config);
  const document = describeApi(app);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Skills credit bank API',
  });
  if (pagesRoot) await servePages(app, pagesRoot);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Metrics and traces, where the environment asks for them. */
async function observe(app: NestFastifyApplication, { edge }: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const tracing = await startTracing(edge.tracesTo);
  if (tracing) {
    traceRequests(fastify, tracing);
    fastify.addHook('onClose', () => tracing.close());
  }
  if (edge.metrics !== null) await serveMetrics(fastify, edge.metrics, app.get(Gauges).all);
}
