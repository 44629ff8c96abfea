import type { Client, QueryResultRow } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';

/** A statement that a connection parses and plans once and then knows by its name. */
export interface Statement {
  /** One name for one text, for ever. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Runs a named statement on the transaction's own connection. TypeORM cannot name statements, and
 * for a single posting planning is 40 percent of the time (notes/ledger.md 2.8).
 */
export async function prepared<Row extends QueryResultRow>(
  tx: EntityManager,
  statement: Statement,
): Promise<Row[]> {
  if (tx.queryRunner) return run(await tx.queryRunner.connect(), statement);
  const runner = tx.connection.createQueryRunner();
  try {
    return await run<Row>(await runner.connect(), statement);
  } finally {
    await runner.release();
  }
}

async function run<Row extends QueryResultRow>(
  client: Client,
  { name, text, values }: Statement,
): Promise<Row[]> {
  try {
    return (await client.query<Row>({ name, text, values: [...values] })).rows;
  } catch (error) {
    throw new QueryFailedError(text, [...values], error as Error);
  }
}
