import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { Refusal } from '../refusal.mjs';

const SYSTEM_USER = 'postgres';
// `su` without a dash gives root a PATH that lacks useradd.
const SYSTEM_PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;

/**
 * Whom PostgreSQL runs as: `{}` is ourselves, `{ uid, gid }` somebody else. PostgreSQL refuses to
 * run as root, so root hands it to the owner of the existing data, else to the system user
 * `postgres`, which is created when missing.
 */
export function serverAccount(dataFolder) {
  const owner = ownerOf(dataFolder);
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new Refusal(
        `${dataFolder} belongs to another user (uid ${owner.uid}). ` +
          'Start as that user, or choose another folder with DATA_DIR=…',
      );
    }
    return {};
  }
  if (owner && owner.uid !== 0) return owner;
  return lookUp(SYSTEM_USER) ?? createSystemUser();
}

function ownerOf(dataFolder) {
  if (!existsSync(dataFolder)) return undefined;
  const { uid, gid } = statSync(dataFolder);
  return { uid, gid };
}

function lookUp(user) {
  const idOf = (flag) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }).trim());
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    return undefined;
  }
}

function createSystemUser() {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  const made = spawnSync('useradd', [...flags, SYSTEM_USER], {
    env: { ...process.env, PATH: SYSTEM_PATH },
    encoding: 'utf8',
  });
  // Another start beside this one may have created the user first, so only its absence counts.
  const account = lookUp(SYSTEM_USER);
  if (account) return account;
  throw new Refusal(
    'PostgreSQL does not run as root, and the user "postgres" could not be created ' +
      `(${made.stderr?.trim() || made.error?.message}). ` +
      'Create it, start as an ordinary user, or name a server with DATABASE_URL.',
  );
}

/** Can the account reach and enter the folder? Asked of the system, not guessed from modes. */
export function canEnter(folder, account) {
  const options = { ...account, cwd: '/', stdio: 'ignore' };
  return spawnSync('/bin/sh', ['-c', '[ -x "$1" ]', 'sh', folder], options).status === 0;
}

/** initdb and pg_ctl put paths between double quotes in shell commands of their own. */
export function isSafeInShell(path) {
  return !/["$`\\\n]/.test(path);
}

/** Only what the server's programs need: PG* and locale variables would mislead them. */
export function serverEnvironment() {
  return { PATH: SYSTEM_PATH, LC_ALL: 'C' };
}
