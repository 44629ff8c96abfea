import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { createApplication } from '../../src/bootstrap.js';
import { Follower } from '../../src/indicators/index.js';
import {
  ArchiveWriter,
  backup,
  type Manifest,
  openArchive,
  restore,
} from '../../src/platform/backup/index.js';
import { openTestDatabase, type TestDatabase, withClient } from '../support/database.js';
import { OutsideLog } from '../support/log.js';
import { completion, startWorld, type World } from '../support/world.js';

let bank: World;
const folder = mkdtempSync(join(tmpdir(), 'creditbank-backup-'));
const file = join(folder, 'bank.tar.gz');
const opened: TestDatabase[] = [];

const settings = {
  notes: () => Promise.resolve({ checkpoint: 'none yet' }),
  verify: () => Promise.resolve(),
};

async function emptyDatabase(): Promise<string> {
  const database = await openTestDatabase({ empty: true });
  opened.push(database);
  return database.url;
}

/** Every row of every table, as text in some fixed order. */
function contentOf(url: string, tables: Manifest['tables']): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const content: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t ORDER BY 1`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  });
}

async function tablesIn(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`,
    );
    return rows[0]!.n;
  });
}

beforeAll(async () => {
  bank = await startWorld();
  for (let serial = 1; serial <= 12; serial += 1) {
    const { status } = await bank.school.post('/v1/completions', completion(serial));
    expect(status).toBe(201);
  }
  // The rows are compared with those of later: nothing may still be on its way into the log or
  // into the indicators.
  await new OutsideLog(bank.http).waitFor(12);
  await bank.app.get(Follower).catchUp();
});

afterAll(async () => {
  await bank.close();
  for (const database of opened) await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('holds every row of one moment, and only its owner may read it', async () => {
    const result = await withClient(bank.config.databaseUrl, (client) =>
      backup(client, { ...settings, file }),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(result.bytes).toBe(statSync(file).size);
    const rowsOf = (name: string) => result.manifest.tables.find((t) => t.name === name)?.rows;
    expect(rowsOf('entry')).toBe(12);
    expect(result.manifest.notes).toEqual({ checkpoint: 'none yet' });
    expect(result.manifest.tables.map(({ name }) => name)).not.toContain('migration');
  });

  it('is never written over another file', async () => {
    const again = withClient(bank.config.databaseUrl, (client) =>
      backup(client, { ...settings, file }),
    );
    await expect(again).rejects.toThrow('exists already');
  });

  it('leaves no half file behind when it fails', async () => {
    const broken = join(folder, 'broken.tar.gz');
    const notes = () => Promise.reject(new Error('no notes'));
    const failed = withClient(bank.config.databaseUrl, (client) =>
      backup(client, { notes, file: broken }),
    );
    await expect(failed).rejects.toThrow('no notes');
    expect([existsSync(broken), existsSync(`${broken}.partial`)]).toEqual([false, false]);
  });
});

describe('a restore', () => {
  it('gives the same rows in a database that the service can run on', async () => {
    const url = await emptyDatabase();
    const { manifest } = await restore(url, { ...settings, file });
    const { tables } = manifest;
    expect(await contentOf(url, tables)).toEqual(await contentOf(bank.config.databaseUrl, tables));

    const app = await createApplication({ ...bank.config, databaseUrl: url });
    await app.close();
    await expect(withClient(url, (client) => client.query('DELETE FROM entry'))).rejects.toThrow(
      'append-only',
    );
  });

  it('refuses a database that holds anything, and changes nothing in it', async () => {
    const used = await openTestDatabase();
    opened.push(used);
    await expect(restore(used.url, { ...settings, file })).rejects.toThrow('not empty');
  });

  it('leaves the database empty when the check of the result fails', async () => {
    const url = await emptyDatabase();
    const verify = () => Promise.reject(new Error('the books are wrong'));
    await expect(restore(url, { file, verify })).rejects.toThrow('the books are wrong');
    expect(await tablesIn(url)).toBe(0);
    await restore(url, { ...settings, file });
  });

  it('names what is wrong with a file, and leaves the database empty', async () => {
    const url = await emptyDatabase();
    const attempt = async (bytes: Buffer): Promise<string> => {
      const damaged = join(folder, 'damaged.tar.gz');
      writeFileSync(damaged, bytes);
      return restore(url, { ...settings, file: damaged }).then(
        () => 'restored',
        (error: Error) => error.message,
      );
    };
    const whole = readFileSync(file);
    expect(await attempt(whole.subarray(0, whole.length / 2))).toContain(
      'cannot be read to its end',
    );
    expect(await attempt(whole.subarray(0, whole.length - 8))).toContain(
      'cannot be read to its end',
    );
    expect(await attempt(Buffer.from('no archive'))).toContain('incorrect header check');
    const flipped = Buffer.from(whole);
    flipped[whole.length - 500]! ^= 1;
    expect(await attempt(flipped)).not.toBe('restored');
    expect(await tablesIn(url)).toBe(0);
  });

  it('refuses the archive of a newer program by the name of its migration', async () => {
    const archive = await openArchive(file);
    await archive.close();
    const newer = join(folder, 'newer.tar.gz');
    const writer = new ArchiveWriter(newer);
    const migrations = [...archive.manifest.migrations, 'Future1999999999999'];
    await writer.writeManifest({ ...archive.manifest, migrations });
    await writer.finish();
    await expect(restore(await emptyDatabase(), { ...settings, file: newer })).rejects.toThrow(
      'migration Future1999999999999 is not known here',
    );
  });

  it('refuses an archive that holds fewer rows than it lists', async () => {
    const archive = await openArchive(file);
    await archive.close();
    const short = join(folder, 'short.tar.gz');
    const writer = new ArchiveWriter(short);
    await writer.writeManifest(archive.manifest);
    await writer.finish();
    const url = await emptyDatabase();
    await expect(restore(url, { ...settings, file: short })).rejects.toThrow('and holds 0');
    expect(await tablesIn(url)).toBe(0);
  });
});

describe('memory and order', () => {
  it('cuts a table into pieces, whatever its size', async () => {
    const big = join(folder, 'big.tar.gz');
    const writer = new ArchiveWriter(big);
    const archive = await openArchive(file);
    await archive.close();
    await writer.writeManifest(archive.manifest);
    const chunk = Buffer.alloc(3 * 1024 * 1024, 'a');
    await writer.writeTable(
      'entry',
      (async function* () {
        for (let i = 0; i < 5; i += 1) yield await Promise.resolve(chunk);
      })(),
    );
    await writer.finish();
    const again = await openArchive(big);
    const sizes: number[] = [];
    for await (const { table, bytes } of again.pieces()) {
      expect(table).toBe('entry');
      sizes.push(bytes.length / 1024 / 1024);
    }
    expect(sizes).toEqual([6, 6, 3]);
  });

  it('reads in one snapshot: what is posted meanwhile is not half in it', async () => {
    const during = join(folder, 'during.tar.gz');
    const manifest = await withClient(bank.config.databaseUrl, async (client: ClientBase) => {
      const result = await backup(client, {
        file: during,
        notes: async () => {
          await bank.school.post('/v1/completions', completion(99)).expect(201);
          return {};
        },
      });
      return result.manifest;
    });
    const rowsOf = (name: string) => manifest.tables.find((t) => t.name === name)?.rows;
    expect([rowsOf('entry'), rowsOf('lot_owner')]).toEqual([12, 12]);
    await restore(await emptyDatabase(), { ...settings, file: during });
  });
});
