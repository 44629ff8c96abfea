import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '../../../bin/lib/postgres/open.mjs';
import { killServer } from '../../../bin/lib/postgres/pid-file.mjs';
import {
  parentOf,
  portProblem,
  processIdentity,
  sleep,
  waitUntil,
} from '../../../bin/lib/process.mjs';

const RESTART_PAUSE_MS = 100;
const START_LIMIT_MS = 120_000;

/**
 * PostgreSQL with the settings it is shipped with. All its processes die together: with only the
 * postmaster gone the others would finish what they had begun.
 */
export class PostgresPart {
  kind = 'postgres';
  isUp = false;
  starts = 0;

  static async open({ root, dataDir }) {
    const part = new PostgresPart();
    part.opened = await openPostgres({ root, dataDir });
    part.isUp = true;
    part.starts = 1;
    return part;
  }

  get url() {
    return this.opened.url;
  }

  get adminUrl() {
    return this.opened.server.adminUrl(this.opened.port);
  }

  async kill() {
    this.isUp = false;
    const { folder } = this.opened;
    const postmaster = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    // Stopped, it can neither start another process nor tell the others that one has died.
    process.kill(postmaster, 'SIGSTOP');
    for (let pids = childrenOf(postmaster); pids.length > 0; pids = childrenOf(postmaster)) {
      for (const pid of pids) killIfThere(pid);
    }
    process.kill(postmaster, 'SIGKILL');
    await waitUntil(() => processIdentity(postmaster) === undefined, 10_000, 5);
  }

  async restart() {
    await this.opened.server.findLeftover();
    await this.opened.server.start(this.opened.port);
    this.starts += 1;
    this.isUp = true;
  }

  end() {
    killServer(this.opened.folder);
  }
}

/** Redis with its log written once a second: a kill may cost it a second of jobs. */
export class RedisPart {
  kind = 'redis';
  isUp = false;
  starts = 0;

  constructor({ port, dataDir }) {
    this.port = port;
    this.folder = join(dataDir, 'redis');
    mkdirSync(this.folder);
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart() {
    const address = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    const memory = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
    this.child = spawn('redis-server', [...address, ...memory], { stdio: 'ignore' });
    const hasStarted = await waitUntil(
      async () => (await portProblem(this.port, '127.0.0.1')) === 'EADDRINUSE',
      START_LIMIT_MS,
      20,
    );
    if (!hasStarted) throw new Error('Redis did not start');
    this.starts += 1;
    this.isUp = true;
  }

  async kill() {
    this.isUp = false;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  end() {
    this.child?.kill('SIGKILL');
  }
}

/** A process of the service that is started again whenever it ends, as a supervisor would. */
export class ServicePart {
  isUp = false;
  starts = 0;
  /** Ended though nobody had killed it, after it had been ready: a fault of the service. */
  ownDeaths = 0;
  /** Ended while it started, for example because PostgreSQL was away. */
  failedStarts = 0;
  #isEnding = false;

  constructor({ kind, name, root, env, port, dataDir, canStart }) {
    Object.assign(this, { kind, name, port, canStart });
    this.script = join(root, 'dist', 'src', kind === 'app' ? 'main.js' : 'worker.js');
    this.env = { ...process.env, ...env, PROCESS_ROLE: kind, PORT: String(port ?? 0) };
    this.log = createWriteStream(join(dataDir, `${name}.log`));
  }

  /** Answers when the process is ready; one that ends while it starts is started again. */
  async restart() {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await this.#start())) {
      if (this.#isEnding) return;
      if (Date.now() > deadline) throw new Error(`${this.name} does not start; see its log`);
      await sleep(RESTART_PAUSE_MS);
    }
    this.starts += 1;
    this.isUp = true;
  }

  async #start() {
    await waitUntil(this.canStart, START_LIMIT_MS, 20);
    // Through the channel it notices when this run is killed, and ends.
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'];
    const child = spawn(process.execPath, [this.script], { env: this.env, stdio });
    this.child = child;
    child.stderr.on('data', (chunk) => this.log.write(chunk));
    return new Promise((resolve) => {
      child.stdout.on('data', (chunk) => {
        this.log.write(chunk);
        if (/ready/.test(chunk)) resolve(true);
      });
      child.on('exit', (code, signal) => {
        this.log.write(`--- ended: ${signal ?? code}\n`);
        this.#noteExit(child);
        resolve(false);
      });
    });
  }

  #noteExit(child) {
    if (this.#isEnding || child.wasKilled) return;
    if (!this.isUp) {
      this.failedStarts += 1;
      return;
    }
    this.isUp = false;
    this.ownDeaths += 1;
    this.restart().catch(() => undefined);
  }

  async kill() {
    this.isUp = false;
    this.child.wasKilled = true;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  end() {
    this.#isEnding = true;
    this.child?.kill('SIGKILL');
  }
}

/** By their parent: not every kernel has /proc/PID/task/PID/children. */
function childrenOf(parent) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => parentOf(pid) === parent && processIdentity(pid));
}

function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone between the list and the kill
  }
}
