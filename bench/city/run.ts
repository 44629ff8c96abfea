import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { City } from './city.js';
import { isEqual, tableOf } from './comparison.js';
import { furnish, type Furnished } from './furnish.js';
import { peakMemoryOf, sizesOf } from './measures.js';
import { type Seen, simulate } from './simulate.js';

/** What `bin/simulate.mjs` has started and wants to know. */
export interface Start {
  readonly learners: number;
  readonly seed: number;
  readonly rowsAFile: number;
  readonly balances: number;
  readonly dataDir: string;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly adminUrl: string;
  readonly servicePid: number;
  readonly say: (text: string) => void;
}

/** Simulates a city in a service that runs. @returns whether every line is equal, and measures */
export async function run(start: Start): Promise<{ isRight: boolean; measures: object }> {
  const { learners, seed, say, dataDir, databaseUrl } = start;
  const city = new City({ learners, seed });
  const furnished = await furnishBeside(city, start);
  const { lines, ...seen } = await simulate(
    city,
    { baseUrl: start.baseUrl, databaseUrl, furnished },
    {
      folder: join(dataDir, 'city'),
      rowsAFile: start.rowsAFile,
      balances: start.balances,
      say,
    },
  );
  console.log(tableOf(lines));
  const wrong = lines.filter((line) => !isEqual(line));
  if (wrong.length > 0) console.log(`\n${tableOf(wrong)}`);
  console.log(`${lines.length - wrong.length} of ${lines.length} lines are equal`);
  const measures = { ...measuresOf(seen), seed, ...(await spaceOf(start)) };
  return { isRight: wrong.length === 0, measures };
}

/** In a second process of the service without HTTP and without a worker, on the same database. */
async function furnishBeside(city: City, { dataDir, databaseUrl }: Start): Promise<Furnished> {
  const config = loadConfig({
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PROCESS_ROLE: 'app',
    SEED_DEMONSTRATION: 'false',
  });
  const context = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    return await furnish(context, city.district);
  } finally {
    await context.close();
  }
}

function measuresOf({ pace, reportMs, ...seen }: Omit<Seen, 'lines'>) {
  const perSecond = (rows: number, ms: number): number => Math.round((rows * 1000) / ms);
  return {
    ...Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, rounded(value)])),
    rows: pace.rows,
    files: pace.files,
    fileBytes: pace.bytes,
    checkRowsPerSecond: perSecond(pace.rows, pace.checkMs),
    commitRowsPerSecond: perSecond(pace.rows, pace.commitMs),
    reportMs: reportMs.map(rounded),
  };
}

async function spaceOf({ databaseUrl, adminUrl, servicePid }: Start) {
  return {
    peakServiceMiB: peakMemoryOf(servicePid),
    peakSimulatorMiB: peakMemoryOf(process.pid),
    ...(await sizesOf(databaseUrl, adminUrl)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
