import type { Client, Pool, QueryResultRow } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

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
  // Outside a transaction any connection will do, and the pool hands one out with less ado.
  const { master } = tx.connection.driver as PostgresDriver;
  return run(master as Pool, statement);
}

async function run<Row extends QueryResultRow>(
  client: Client | Pool,
  { name, text, values }: Statement,
): Promise<Row[]> {
  try {
    return (await client.query<Row>({ name, text, values: [...values] })).rows;
  } catch (error) {
    throw new QueryFailedError(text, [...values], error as Error);
  }
}
