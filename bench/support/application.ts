import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DynamicModule,
  type INestApplicationContext,
  Module,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InstitutionsModule } from '../../src/institutions/index.js';
import { ClockModule } from '../../src/platform/clock/index.js';
import { type Config, ConfigModule, loadConfig } from '../../src/platform/config/index.js';
import { CryptoModule } from '../../src/platform/crypto/index.js';
import { DatabaseModule, migrate } from '../../src/platform/database/index.js';

/** Features of the service without its HTTP and without its queue. */
@Module({})
class BenchModule {
  static forRoot(config: Config, features: Type[]): DynamicModule {
    return {
      module: BenchModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        CryptoModule,
        DatabaseModule,
        InstitutionsModule,
        ...features,
      ],
    };
  }
}

export interface BenchApplication {
  readonly context: INestApplicationContext;
  close(): Promise<void>;
}

/** Migrates the database and starts the named features on it. */
export async function startApplication(
  databaseUrl: string,
  features: Type[],
): Promise<BenchApplication> {
  await migrate(databaseUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-bench-'));
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    MASTER_KEY: randomBytes(32).toString('hex'),
    INDEX_KEY: randomBytes(32).toString('hex'),
    SEED_DEMONSTRATION: 'false',
  });
  const context = await NestFactory.createApplicationContext(
    BenchModule.forRoot(config, features),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
