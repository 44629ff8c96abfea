import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity, programName, run, sleep } from '../process.mjs';
import { Refusal } from '../refusal.mjs';
import { serverEnvironment } from './account.mjs';
import { canConnect } from './bootstrap.mjs';

const LOG_LIMIT_BYTES = 10_000_000;
const RECOVERY_TIMEOUT_S = 600;
const LEFTOVER_ANSWER_MS = 30_000;
const START_ATTEMPTS = 5;

/** What postmaster.pid says, if it is true: it outlives a crash, and numbers are used again. */
function runningServer(folder) {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pidText, servedFolder, , port] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(pidText);
  if (processIdentity(pid) === undefined) return undefined;
  const isOurs = programName(pid) === 'postgres' && servedFolder === realpathSync(folder);
  if (isOurs) return { pid, port: Number(port) };
  // PostgreSQL itself would refuse to start while a stranger has the number in the file.
  rmSync(file);
  return undefined;
}

/**
 * Ends the server on this folder and returns when it is gone; what was not written is lost.
 * Synchronous, for handlers that run while the process ends.
 */
export function killServer(folder) {
  const found = runningServer(folder);
  if (!found) return;
  process.kill(found.pid, 'SIGQUIT');
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; waits < 100 && processIdentity(found.pid) !== undefined; waits += 1) {
    Atomics.wait(clock, 0, 0, 50);
  }
}

/** One PostgreSQL server: a folder, the account that owns it, and the programs that drive it. */
export class PostgresServer {
  constructor({ bin, folder, account, adminPassword, settings }) {
    Object.assign(this, { bin, folder, account, adminPassword, settings });
    this.logFile = join(folder, 'server.log');
  }

  adminUrl(port) {
    return `postgres://postgres:${this.adminPassword}@127.0.0.1:${port}/postgres`;
  }

  /**
   * The port of a server that an earlier, killed start left running on this folder, once it
   * answers; undefined when there is none, or when it had to be stopped.
   */
  async findLeftover() {
    const deadline = Date.now() + LEFTOVER_ANSWER_MS;
    let found = runningServer(this.folder);
    while (found && Date.now() < deadline) {
      if (await canConnect(this.adminUrl(found.port))) return found.port;
      await sleep(200);
      found = runningServer(this.folder);
    }
    if (found) await this.stop();
    return undefined;
  }

  async start(port) {
    this.#rotateLog();
    for (let attempt = 1; ; attempt += 1) {
      const logged = this.#logSize();
      const { code, output } = await this.#pgCtl('start', [
        ...['-l', this.logFile, '-t', String(RECOVERY_TIMEOUT_S), '-o'],
        this.#options(port),
      ]);
      if (code === 0) return;
      const log = this.#logSince(logged);
      // After kill -9 of the server its last backends may need a moment to notice and go.
      const isStillHeld = log.includes('pre-existing shared memory block');
      if (!isStillHeld || attempt === START_ATTEMPTS) {
        throw new Refusal(`PostgreSQL did not start:\n${log || output}`);
      }
      await sleep(1000);
    }
  }

  #options(port) {
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
    const all = Object.entries({ ...settings, ...this.settings });
    return [`-p ${port}`, ...all.map(([name, value]) => `-c ${name}=${value}`)].join(' ');
  }

  #logSize() {
    return existsSync(this.logFile) ? statSync(this.logFile).size : 0;
  }

  #logSince(offset) {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile).subarray(offset).toString('utf8').trim();
  }

  #rotateLog() {
    if (this.#logSize() > LOG_LIMIT_BYTES) renameSync(this.logFile, `${this.logFile}.1`);
  }

  /** Stops the server however it was started; a server that is not running is no failure. */
  async stop({ mode = 'fast' } = {}) {
    return (await this.#pgCtl('stop', ['-m', mode, '-t', '60'])).code === 0;
  }

  #pgCtl(command, flags) {
    const all = [command, '-D', this.folder, '-w', ...flags];
    // Pipes would stay open in the server and `run` would wait for it to end.
    const stdio = command === 'start' ? 'ignore' : undefined;
    const options = { ...this.#spawnOptions(), ...(stdio ? { stdio } : {}) };
    return run(join(this.bin, 'pg_ctl'), all, options);
  }

  #spawnOptions() {
    return { ...this.account, cwd: '/', env: serverEnvironment() };
  }
}
