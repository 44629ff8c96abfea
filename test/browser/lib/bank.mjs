import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choosePort } from '../../../bin/lib/postgres/cluster.mjs';
import { waitUntil } from '../../../bin/lib/process.mjs';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const START_MS = 300_000;
const FAREWELL_MS = 30_000;

/** How every command here is told to use a service that runs already. */
export const BANK_OPTIONS = { base: { type: 'string' }, demo: { type: 'string' } };

/**
 * A whole service with the demonstration, in a folder of its own, as `npm start` runs it; or the one
 * at `base`, whose DATA_DIR/demo.json is `demo`. Limits of requests are off: one machine plays all.
 */
export async function openBank({ base, demo } = {}) {
  if (base) return { base, ...read(demo), close: async () => undefined };
  const port = await choosePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-browser-'));
  const service = start(port, dataDir);
  const close = async () => {
    service.child.kill('SIGTERM');
    await waitUntil(() => service.hasEnded, FAREWELL_MS);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  // Passkeys belong to a name, not to an address.
  const url = `http://localhost:${port}`;
  const isReady = () => service.output.includes('ready http');
  await waitUntil(() => isReady() || service.hasEnded, START_MS);
  if (!isReady()) {
    await close();
    throw new Error(`the service did not start:\n${service.output.slice(-4000)}`);
  }
  return { base: url, ...read(join(dataDir, 'demo.json')), close };
}

function read(file) {
  const { accounts, keys, learners } = JSON.parse(readFileSync(file, 'utf8'));
  return { accounts, keys, learners };
}

function start(port, dataDir) {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'start.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      REQUEST_LIMITS: 'false',
      PUBLIC_URL: `http://localhost:${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const service = { child, output: '', hasEnded: false };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (service.output += chunk));
  }
  child.on('close', () => (service.hasEnded = true));
  process.once('exit', () => child.kill('SIGTERM'));
  return service;
}
