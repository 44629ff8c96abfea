import assert from 'node:assert';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { millicredits } from '#libs/credit';
import { auditDatabase } from '../src/audit/index.js';
import { Ledger } from '../src/ledger/index.js';
import { Database } from '../src/platform/database/index.js';
import { newId } from '../src/platform/ids/index.js';
import { LogWriter } from '../src/transparency/index.js';
import { startApplication } from './support/application.js';
import { type Bench, type Claim, atMost } from './support/claims.js';
import { say } from './support/progress.js';
import { median } from './support/statistics.js';

const LIMIT_SECONDS = 15;
const BATCH = 1_000;

/** What is promised of an audit: every entry against its leaf, every leaf against the signed root. */
export async function run({ startPostgres, options }: Bench): Promise<Claim[]> {
  const size = options.quick ? 50_000 : 1_000_000;
  const url = await startPostgres();
  const application = await startApplication(url, 'app');
  try {
    say(`a ledger of ${size.toLocaleString('en')} entries, by the one door`);
    await fill(application.context, size);
  } finally {
    await application.close();
  }
  const seconds: number[] = [];
  for (let round = 0; round < (options.quick ? 2 : 5); round += 1) {
    const start = performance.now();
    const report = await auditDatabase(url, {});
    seconds.push((performance.now() - start) / 1_000);
    assert(report.clean && report.entries === size, 'a clean ledger of this size');
  }
  await requireTeeth(url, size);
  const ratios = seconds.map((one) => one / LIMIT_SECONDS);
  return [
    atMost(
      `audit of ${size.toLocaleString('en')} entries from PostgreSQL : ${LIMIT_SECONDS} s`,
      1,
      {
        median: median(ratios),
        low: Math.min(...ratios),
        high: Math.max(...ratios),
        rounds: ratios.length,
      },
      `median ${median(seconds).toFixed(1)} s; afterwards one amount was changed and named`,
    ),
  ];
}

async function fill(context: INestApplicationContext, size: number): Promise<void> {
  const ledger = context.get(Ledger);
  const database = context.get(Database);
  const writer = context.get(LogWriter);
  const head = { actor: 'bench', institutionId: newId() };
  await writer.open();
  for (let done = 0; done < size; done += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, size - done) }, () => ({
      learnerId: newId(),
      lotId: newId(),
      categoryId: 1,
      amount: millicredits(2_000),
      occurredOn: '2026-06-30',
      expiresOn: '2033-06-30',
      commitment: randomBytes(32),
    }));
    await database.transaction((tx) => ledger.post(tx, head, lines));
  }
  while ((await writer.sequence()) > 0);
}

/** An audit that is fast because it looks at nothing would be fast here as well. */
async function requireTeeth(url: string, size: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('ALTER TABLE entry DISABLE TRIGGER USER');
    const { rows } = await client.query<{ id: string }>(
      `UPDATE entry SET amount = amount + 1, available_after = available_after + 1
        WHERE lot_id = (SELECT lot_id FROM entry OFFSET $1 LIMIT 1)
        RETURNING lot_id || '.' || lot_seq AS id`,
      [Math.floor(size / 2)],
    );
    const { findings } = await auditDatabase(url, {});
    assert(findings.length === 1 && findings[0]?.entryId === rows[0]?.id, 'the change is named');
  } finally {
    await client.end();
  }
}
