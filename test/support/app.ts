import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import {
  type Config,
  type TwoPeopleSettings,
  accessSettings,
  edgeSettings,
  twoPeopleSettings,
} from '../../src/platform/config/index.js';
import { openTestDatabase } from './database.js';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  /** Requests without a credential. */
  readonly http: ReturnType<typeof supertest>;
  /** Ends the application; its database stays, for another to start on. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Whatever it is, one person does it: for tests that are about something else. */
export const ALONE: TwoPeopleSettings = {
  ...twoPeopleSettings({}),
  aloneMillicredits: 1_000_000_000n,
  aloneReach: 1_000_000,
  aloneMonths: 1_200,
  alonePostingMonths: 1_200,
};

/** A configuration for tests: fresh keys, no demonstration data. */
export function testConfig(databaseUrl: string, dataDir: string, over: Partial<Config>): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:3000',
    dataDir,
    databaseUrl,
    // The server of the tests is thrown away after the run and syncs nothing.
    allowDataLoss: true,
    distributed: null,
    redisUrl: process.env['REDIS_URL'] ?? null,
    role: 'all',
    masterKey: randomBytes(32),
    oldMasterKeys: [],
    indexKey: randomBytes(32),
    oldIndexKeys: [],
    cipherProfile: 'intl',
    erasureDelayDays: 30,
    logKey: randomBytes(32),
    logOrigin: 'bank.example/v1/log',
    logWitnesses: [],
    // Longer than any test; those of seals have their own.
    sealPauseMs: 3_600_000,
    trustedIssuers: [],
    openVcApi: false,
    seedDemonstration: false,
    maxUploadBytes: 64 * 1024 * 1024,
    bankShelfLifeMonths: null,
    reviewWorkingDays: 20,
    appealDays: 30,
    logLevel: 'error',
    access: accessSettings({}, true),
    edge: edgeSettings({}),
    twoPeople: twoPeopleSettings({}),
    ...over,
  };
}

/** The whole application on a database of its own, cloned from the migrated template. */
export async function startTestApp(over: Partial<Config> = {}): Promise<TestApp> {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-test-'));
  const config = testConfig(database.url, dataDir, over);
  const app = await createApplication(config);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= app.close());
  return {
    app,
    config,
    http: supertest(app.getHttpServer()),
    stop,
    close: async () => {
      await stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
