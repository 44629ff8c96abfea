import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Test, type TestingModule } from '@nestjs/testing';
import { ClockModule } from '../../src/platform/clock/index.js';
import { ConfigModule } from '../../src/platform/config/index.js';
import { Database, DatabaseModule } from '../../src/platform/database/index.js';
import { QueueModule, TaskHandlers, Tasks } from '../../src/platform/queue/index.js';
import { TelemetryModule } from '../../src/platform/telemetry/index.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { emptyQueue, untilIdle } from '../support/queue.js';

const TASKS = 40;

/** A bank with a database of its own; all of them share the Redis of REDIS_URL. */
interface Bank {
  readonly name: string;
  readonly testDatabase: TestDatabase;
  readonly module: TestingModule;
  readonly ran: string[];
}

async function openBank(name: string): Promise<Bank> {
  const testDatabase = await openTestDatabase();
  const dataDir = `/tmp/unused-${randomBytes(4).toString('hex')}`;
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(testConfig(testDatabase.url, dataDir, {})),
      ClockModule,
      TelemetryModule,
      DatabaseModule,
      QueueModule,
    ],
  }).compile();
  const ran: string[] = [];
  module.get(TaskHandlers).register('note', async ({ text }: { text: string }) => {
    await sleep(5);
    ran.push(text);
  });
  await module.init();
  return { name, testDatabase, module, ran };
}

async function addTasks({ name, module }: Bank): Promise<void> {
  await module.get(Database).transaction(async (tx) => {
    for (let i = 0; i < TASKS; i += 1) {
      await module.get(Tasks).add(tx, 'note', { text: `${name} ${i}` });
    }
  });
}

describe(`two banks with one ${process.env['REDIS_URL'] ? 'Redis' : 'PostgreSQL'}`, () => {
  let banks: Bank[];

  beforeAll(async () => {
    banks = await Promise.all(['north', 'south'].map(openBank));
  });

  afterAll(async () => {
    for (const { module, testDatabase } of banks) {
      await module.close();
      await testDatabase.drop();
    }
  });

  it('run each its own tasks, and each of them once', async () => {
    await Promise.all(banks.map(addTasks));
    for (const { name, module, ran } of banks) {
      await untilIdle(module.get(Database));
      const own = Array.from({ length: TASKS }, (_, i) => `${name} ${i}`);
      expect(ran.toSorted()).toEqual(own.toSorted());
    }
  });

  it("keep their tasks while the other's queue is emptied", async () => {
    const [north, south] = banks as [Bank, Bank];
    south.ran.length = 0;
    await addTasks(south);
    for (let i = 0; i < 20; i += 1) await emptyQueue(north.testDatabase.url);
    await untilIdle(south.module.get(Database));
    expect(south.ran).toHaveLength(TASKS);
  });
});
