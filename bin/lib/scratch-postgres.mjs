import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clusterFolder, readMemory } from './postgres/cluster.mjs';
import { openPostgres } from './postgres/open.mjs';
import { killServer } from './postgres/pid-file.mjs';
import { describeProcess, isRunning } from './process.mjs';

const PREFIX = 'creditbank-scratch-';
const OWNER_FILE = 'owner.json';

/** A PostgreSQL for one run of tests or benchmarks, in a temporary folder that `remove` deletes. */
export async function openScratchPostgres({ root, durable = false }) {
  removeAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(dataDir, OWNER_FILE), JSON.stringify(describeProcess(process.pid)));
  const remove = () => removeScratch(dataDir);
  // However this process ends, short of kill -9: the server is not left behind.
  process.once('exit', remove);
  try {
    const { server, url, port } = await openPostgres({ root, dataDir, durable });
    return { url, adminUrl: server.adminUrl(port), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function removeScratch(dataDir) {
  const folder = clusterFolder(dataDir, readMemory(dataDir));
  killServer(folder);
  const isElsewhere = !folder.startsWith(dataDir);
  if (isElsewhere) rmSync(dirname(folder), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** What runs that were killed left behind. Only our own folders: anybody may write to /tmp. */
function removeAbandoned() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    if (lstatSync(dataDir, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue;
    if (!isOwnerRunning(dataDir)) removeScratch(dataDir);
  }
}

function isOwnerRunning(dataDir) {
  try {
    return isRunning(JSON.parse(readFileSync(join(dataDir, OWNER_FILE), 'utf8')));
  } catch {
    // Between the making of the folder and the writing of the file another run looks like this.
    return Date.now() - (lstatSync(dataDir, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 60_000;
  }
}
