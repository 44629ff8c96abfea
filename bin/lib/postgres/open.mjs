import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.mjs';
import { findBinaries } from './binaries.mjs';
import { ensureDatabase } from './bootstrap.mjs';
import { choosePort, clusterFolder, initialise, prepareDataDir } from './cluster.mjs';
import { readMemory, writeMemory } from './cluster.mjs';
import { PostgresServer } from './server.mjs';

const DATABASE = 'creditbank';
// Only for databases that are thrown away after use: nothing in them outlives the run, and a vacuum
// worker would stand in the way of dropping them.
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};

/**
 * Starts PostgreSQL from npm with its data under `dataDir`, or takes over the server that a killed
 * start left there. Answers the application's database URL and how to stop the server.
 */
export async function openPostgres({ root, dataDir, durable = true }) {
  let memory = readMemory(dataDir);
  const account = serverAccount(clusterFolder(dataDir, memory));
  const bin = await findBinaries(root, account);
  const isNew = !existsSync(join(clusterFolder(dataDir, memory), 'PG_VERSION'));
  if (isNew) {
    memory = { ...memory, folder: prepareDataDir(dataDir, account) };
    writeMemory(dataDir, memory);
  }
  const folder = clusterFolder(dataDir, memory);
  const { adminPassword, password } = memory;
  if (isNew) await initialise({ bin, folder, account, adminPassword, durable });

  const settings = durable ? {} : NOT_DURABLE;
  const server = new PostgresServer({ bin, folder, account, adminPassword, settings });
  const leftoverPort = await server.findLeftover();
  const port = leftoverPort ?? (await choosePort(memory.port));
  if (leftoverPort === undefined) await server.start(port);
  try {
    writeMemory(dataDir, { ...memory, port });
    await ensureDatabase(server.adminUrl(port), { name: DATABASE, password });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = `postgres://${DATABASE}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return { server, url, port, folder, wasRunning: leftoverPort !== undefined };
}
