import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config/index.js';
import { configureApplication, createAdapter, servePages } from './platform/http/application.js';
import { describeApi } from './platform/http/openapi.js';

/** Builds the HTTP application, ready to listen. `pagesRoot` is the folder of the built pages. */
export async function createApplication(
  config: Config,
  pagesRoot?: string,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createAdapter(),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  await configureApplication(app, config);
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
