import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { CopyRows } from './copy-rows.js';

/**
 * Appends rows within a transaction by COPY: the server parses nothing, and writes a page of rows
 * under one record of its log. Fails like any other statement; a key that is taken cannot be passed
 * over, so it is for rows of which the caller knows that they are new.
 *
 * @param into the table and its columns, in the order of the rows' values
 */
export async function copyIn(tx: EntityManager, into: string, rows: CopyRows): Promise<void> {
  const text = `COPY ${into} FROM STDIN (FORMAT binary)`;
  const client = await clientOf(tx);
  const stream = client.query(copyFrom(text));
  try {
    stream.end(rows.finish());
    await finished(stream);
  } catch (error) {
    throw new QueryFailedError(text, [], error as Error);
  }
}

/** COPY has a connection to itself, so it needs a transaction. */
export async function clientOf({ queryRunner }: EntityManager): Promise<Client> {
  if (!queryRunner) throw new Error('COPY needs a transaction');
  return (await queryRunner.connect()) as Client;
}
