import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { type ProcessRole, loadConfig } from '../../src/platform/config/index.js';
import { migrate } from '../../src/platform/database/index.js';

export interface BenchApplication {
  readonly context: INestApplicationContext;
  close(): Promise<void>;
}

/**
 * Migrates the database and starts the service on it without HTTP: as `app` without queue and
 * sequencer, as `all` with them.
 */
export async function startApplication(
  databaseUrl: string,
  role: ProcessRole,
): Promise<BenchApplication> {
  await migrate(databaseUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-bench-'));
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PROCESS_ROLE: role,
    MASTER_KEY: randomBytes(32).toString('hex'),
    INDEX_KEY: randomBytes(32).toString('hex'),
    SEED_DEMONSTRATION: 'false',
  });
  const context = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
