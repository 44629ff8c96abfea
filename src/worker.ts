import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { ConfigError, loadConfig } from './platform/config/index.js';
import { migrate } from './platform/database/index.js';
import { NestLog, createLog } from './platform/logging/index.js';
import { startTracing } from './platform/telemetry/index.js';
import { closeOnEnd } from './shutdown.js';

/** The queue process: the same features, no HTTP. Start as many as the queue needs. */
async function main(): Promise<void> {
  const config = loadConfig({ ...process.env, PROCESS_ROLE: 'worker' });
  await migrate(config.databaseUrl, config);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: new NestLog(createLog(config.logLevel)),
  });
  const tracing = await startTracing(config.edge.tracesTo);
  closeOnEnd(async () => {
    await app.close();
    await tracing?.close();
  });
  console.log('worker ready');
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
