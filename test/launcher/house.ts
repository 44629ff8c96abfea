import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** A service as small as can be that keeps what the launcher expects of the real one. */
const MAIN = `
import { createServer } from 'node:http';
import pg from 'pg';
const { DATABASE_URL, HOST, PORT } = process.env;
const client = new pg.Client({ connectionString: DATABASE_URL });
await client.connect();
await client.query('create table if not exists start (n serial)');
await client.query('insert into start default values');
const { rows } = await client.query(
  "select count(*)::int as starts, current_setting('fsync') as fsync from start",
);
const server = createServer((_request, response) => response.end(JSON.stringify(rows[0])));
const stop = async (why: string) => {
  await client.query('select 1');
  console.log('stopped by', why);
  process.exit(0);
};
for (const why of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(why, () => void stop(why));
server.listen(Number(PORT), HOST, () => console.log('ready http://127.0.0.1:' + PORT));
`;

const VITE = `
const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('web/dist');
writeFileSync('web/dist/index.html', 'hello');
`;

/** One run of `npm start`, as seen from outside. */
export interface Start {
  readonly process: ChildProcess;
  output(): string;
  /** Resolves when the service says that it is ready; rejects when it ends before. */
  ready(): Promise<void>;
  /** The exit code. */
  ended(): Promise<number | null>;
}

/** A repository in a temporary folder, with this launcher and that small service. */
export class House {
  // A space and letters outside ASCII, as in many a home folder.
  readonly folder = join(mkdtempSync(join(tmpdir(), 'creditbank-launcher-')), 'ein Häuschen 屋');
  readonly dataDir = join(this.folder, '.data');

  constructor() {
    // Temporary folders are private; for root the data would move out of a private one.
    chmodSync(dirname(this.folder), 0o711);
    const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
    for (const path of ['bin', ...settings, 'nest-cli.json']) {
      cpSync(join(ROOT, path), join(this.folder, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.write('src/main.ts', MAIN);
    this.write('web/package-lock.json', '{"packages":{}}');
    this.write('web/node_modules/.package-lock.json', '{"packages":{}}');
    this.write('web/node_modules/vite/bin/vite.js', VITE);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  start(port: number, env: Record<string, string> = {}): Start {
    const child = spawn(process.execPath, ['bin/start.mjs'], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let onOutput = (): void => undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        onOutput();
      });
    }
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    const ready = new Promise<void>((done, fail) => {
      onOutput = () => {
        if (output.includes('ready http')) done();
      };
      void ended.then(() => fail(new Error(`ended before it was ready:\n${output}`)));
    });
    // Nobody may be waiting for a start that is refused.
    ready.catch(() => undefined);
    return { process: child, output: () => output, ready: () => ready, ended: () => ended };
  }

  /** Process numbers as the launcher and PostgreSQL noted them. */
  pids(): { launcher: number; application: number; postgres: number } {
    const lock = JSON.parse(readFileSync(join(this.dataDir, 'launcher.lock'), 'utf8')) as {
      holder: { pid: number };
      application: { pid: number };
    };
    const pidFile = readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    return {
      launcher: lock.holder.pid,
      application: lock.application.pid,
      postgres: Number(pidFile.split('\n')[0]),
    };
  }

  /** PostgreSQL removes its pid file when it has stopped in good order. */
  hasPostgres(): boolean {
    return existsSync(join(this.dataDir, 'postgres', 'postmaster.pid'));
  }

  remove(): void {
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }
}

/** A port that was free a moment ago, below those that Linux gives to outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await new Promise<boolean>((done) => {
      const server = createServer();
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
    if (isFree) return port;
  }
}
