import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Detector, Leak } from './planted.js';

/** Every row of every table of every schema, as a dump would write it. */
export async function searchDatabase(client: Client, detector: Detector): Promise<Leak[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg_toast%'`,
  );
  const leaks: Leak[] = [];
  for (const { name } of tables) {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(`COPY ${name} TO STDOUT`))) {
      chunks.push(chunk as Buffer);
    }
    leaks.push(...detector.search(`table ${name}`, Buffer.concat(chunks)));
  }
  return leaks;
}

/** The write-ahead log as it lies on the disk, and whatever queries left in temporary files. */
export async function searchWal(admin: Client, detector: Detector): Promise<Leak[]> {
  await admin.query('CHECKPOINT');
  await admin.query('SELECT pg_switch_wal()');
  const { rows } = await admin.query<{ folder: string }>(
    `SELECT current_setting('data_directory') AS folder`,
  );
  const folder = rows[0]?.folder ?? '';
  const temporary = join(folder, 'base', 'pgsql_tmp');
  return [
    ...searchFolder(join(folder, 'pg_wal'), detector),
    ...(fs.existsSync(temporary) ? searchFolder(temporary, detector) : []),
  ];
}

export function searchFolder(folder: string, detector: Detector): Leak[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = join(folder, name);
    try {
      if (!statSync(file).isFile()) return [];
      return detector.search(file, readFileSync(file));
    } catch {
      // It went away while it was looked at.
      return [];
    }
  });
}

/** Files that this process holds open, also those that have no name any more. */
export function searchOpenFiles(folder: string, detector: Detector): Leak[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      if (!file.startsWith(folder)) return [];
      return detector.search(file, readFileSync(`/proc/self/fd/${fd}`));
    } catch {
      return [];
    }
  });
}

/** What goes to standard output and standard error, whoever writes it. */
export class Console {
  readonly #chunks: Buffer[] = [];
  readonly #writeSync = fs.writeSync;
  readonly #write = fs.write;
  readonly #out = process.stdout.write.bind(process.stdout);
  readonly #err = process.stderr.write.bind(process.stderr);

  /** Listens, and lets nothing through: the lines of a service at `trace` are many. */
  constructor() {
    const keep = (chunk: unknown): void => {
      this.#chunks.push(Buffer.from(chunk as string));
    };
    const isConsole = (fd: unknown): boolean => fd === 1 || fd === 2;
    const writeSync = (fd: number, chunk: unknown, ...rest: unknown[]): unknown => {
      if (!isConsole(fd)) return Reflect.apply(this.#writeSync, fs, [fd, chunk, ...rest]);
      keep(chunk);
      return Buffer.byteLength(chunk as string);
    };
    const write = (fd: number, chunk: unknown, ...rest: unknown[]): unknown => {
      if (!isConsole(fd)) return Reflect.apply(this.#write, fs, [fd, chunk, ...rest]);
      keep(chunk);
      const done = rest.at(-1) as (error: null, bytes: number) => void;
      setImmediate(() => done(null, Buffer.byteLength(chunk as string)));
      return undefined;
    };
    Object.assign(fs, { writeSync, write });
    const tap = (chunk: string | Uint8Array): boolean => {
      keep(chunk);
      return true;
    };
    process.stdout.write = tap;
    process.stderr.write = tap;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  close(): void {
    Object.assign(fs, { writeSync: this.#writeSync, write: this.#write });
    process.stdout.write = this.#out;
    process.stderr.write = this.#err;
  }
}

/** A Redis of this test's own, which keeps everything it is told in one file. */
export class OwnRedis {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<OwnRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'creditbank-redis-'));
    const port = await freePort();
    const options = ['--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''];
    const child = spawn('redis-server', [...options, '--rdbcompression', 'no'], {
      stdio: 'ignore',
    });
    const url = `redis://127.0.0.1:${port}`;
    const probe = new Redis(url, { maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    await probe.ping();
    await probe.quit();
    return new OwnRedis(url, folder, child);
  }

  search(detector: Detector): Leak[] {
    return searchFolder(this.folder, detector);
  }

  stop(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
