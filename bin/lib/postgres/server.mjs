import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run, sleep } from '../process.mjs';
import { Refusal } from '../refusal.mjs';
import { serverEnvironment } from './account.mjs';
import { canConnect } from './bootstrap.mjs';
import { dropStalePidFile, runningServer } from './pid-file.mjs';

const LOG_LIMIT_BYTES = 10_000_000;
const RECOVERY_TIMEOUT_S = 600;
const LEFTOVER_ANSWER_MS = 30_000;
const START_ATTEMPTS = 5;

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
    await dropStalePidFile(this.folder);
    return undefined;
  }

  async start(port) {
    this.#rotateLog();
    for (let attempt = 1; ; attempt += 1) {
      const logged = this.#logSize();
      const timeout = `--timeout=${RECOVERY_TIMEOUT_S}`;
      const flags = [`--log=${this.logFile}`, timeout, `--options=${this.#options(port)}`];
      const { code, output } = await this.#pgCtl('start', flags);
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
    return (await this.#pgCtl('stop', [`--mode=${mode}`, '--timeout=60'])).code === 0;
  }

  #pgCtl(command, flags) {
    const all = [command, `--pgdata=${this.folder}`, '--wait', ...flags];
    // Pipes would stay open in the server and `run` would wait for it to end.
    const stdio = command === 'start' ? 'ignore' : undefined;
    const options = { ...this.#spawnOptions(), ...(stdio ? { stdio } : {}) };
    return run(join(this.bin, 'pg_ctl'), all, options);
  }

  #spawnOptions() {
    return { ...this.account, cwd: '/', env: serverEnvironment() };
  }
}
