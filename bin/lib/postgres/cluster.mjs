import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { portProblem, run } from '../process.mjs';
import { Refusal } from '../refusal.mjs';
import { canEnter, isSafeInShell, serverEnvironment } from './account.mjs';

const MEMORY_FILE = 'postgres.json';
// Under 32768, where Linux begins to hand out ports to outgoing connections.
const PORTS = { from: 20_000, to: 32_000 };

/**
 * What this installation remembers of its cluster: port, the two passwords, and the folder when
 * it is not the usual one (DATA_DIR may be moved, so the usual one is not written down).
 */
export function readMemory(dataDir) {
  const file = join(dataDir, MEMORY_FILE);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const folder = clusterFolder(dataDir, {});
  if (existsSync(join(folder, 'PG_VERSION'))) {
    throw new Refusal(
      `${folder} holds a database, but ${file}, which holds its password, is missing. ` +
        `Put the file back, or move ${dataDir} away to begin with an empty database.`,
    );
  }
  const newPassword = () => randomBytes(24).toString('hex');
  return { adminPassword: newPassword(), password: newPassword() };
}

export function writeMemory(dataDir, memory) {
  const file = join(dataDir, MEMORY_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function clusterFolder(dataDir, memory) {
  return memory.folder ?? join(dataDir, 'postgres');
}

/**
 * Makes DATA_DIR and answers undefined when the account can keep a cluster inside it. When a
 * private folder above bars the way (root's home) it answers a folder of its own elsewhere.
 */
export function prepareDataDir(dataDir, account) {
  mkdirSync(dataDir, { recursive: true });
  const isOtherUser = account.uid !== undefined;
  // Passing through is enough: names inside stay unlisted, and postgres.json is 0600.
  if (isOtherUser) chmodSync(dataDir, statSync(dataDir).mode | 0o111);
  const isReachable = !isOtherUser || canEnter(dataDir, account);
  if (isReachable && isSafeInShell(dataDir)) return undefined;
  const home = join(homedir(), '.local', 'share');
  const base = join(isOtherUser ? '/var/lib' : home, 'creditbank');
  const ownFolder = join(base, randomBytes(6).toString('hex'));
  mkdirSync(ownFolder, { recursive: true });
  for (const path of [base, ownFolder]) chmodSync(path, 0o711);
  return join(ownFolder, 'postgres');
}

/** Creates the cluster beside its final place, so that a start killed half-way leaves no trap. */
export async function initialise({ bin, folder, account, adminPassword, durable }) {
  const partial = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
  if (account.uid !== undefined) {
    for (const path of [partial, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  try {
    await runInitdb({ bin, partial, passwordFile, account, durable });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, folder);
}

async function runInitdb({ bin, partial, passwordFile, account, durable }) {
  const flags = [
    `--pgdata=${partial}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    // The same sort order and character set on every machine, whatever its locale.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--set=timezone=UTC',
    ...(durable ? [] : ['--no-sync']),
  ];
  const options = { ...account, cwd: '/', env: serverEnvironment() };
  const { code, output } = await run(join(bin, 'initdb'), flags, options);
  if (code !== 0) throw new Refusal(`PostgreSQL could not create ${partial}:\n${output}`);
}

/** The remembered port when it is still free, else a new one. */
export async function choosePort(remembered) {
  if (remembered && !(await portProblem(remembered, '127.0.0.1'))) return remembered;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (!(await portProblem(port, '127.0.0.1'))) return port;
  }
  throw new Refusal(`No free port between ${PORTS.from} and ${PORTS.to} for PostgreSQL.`);
}
