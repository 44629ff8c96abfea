import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, run } from './process.mjs';
import { Refusal } from './refusal.mjs';

const STAMP_FILE = '.creditbank-install.json';

/**
 * Installs the packages of a folder that has a package-lock.json, unless exactly these are there.
 * No npm runs in that case, so a second start needs no network.
 */
export async function ensureInstalled(folder, { say, track }) {
  if (isInstalled(folder)) return { summary: 'already installed' };
  const lock = readJson(join(folder, 'package-lock.json'));
  const count = Object.keys(lock.packages).length - 1;
  say(`installing ${count} packages, once`);
  await npmCi(folder, track);
  writeStamp(folder);
  return { summary: 'installed' };
}

function isInstalled(folder) {
  if (readJson(join(folder, 'node_modules', STAMP_FILE))?.stamp === stampOf(folder)) return true;
  if (!matchesLock(folder)) return false;
  // Installed by hand with npm: accepted, and remembered when the folder may be written.
  try {
    writeStamp(folder);
  } catch {
    return true;
  }
  return true;
}

/** The lock file decides what is installed, the platform which binaries belong to it. */
function stampOf(folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const { platform, arch } = process;
  return createHash('sha256').update(lock).update(`${platform}-${arch}`).digest('hex');
}

function writeStamp(folder) {
  const { platform, arch } = process;
  const content = { stamp: stampOf(folder), platform, arch };
  writeFileSync(join(folder, 'node_modules', STAMP_FILE), JSON.stringify(content));
}

/** npm leaves in node_modules a list of what it put there, written when it is complete. */
function matchesLock(folder) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages;
  const present = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
  const stamp = readJson(join(folder, 'node_modules', STAMP_FILE));
  if (!wanted || !present) return false;
  if (stamp && (stamp.platform !== process.platform || stamp.arch !== process.arch)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const isHere = existsSync(join(folder, path, 'package.json'));
    if (entry.optional && !isHere) return true;
    return isHere && present[path]?.version === entry.version;
  });
}

async function npmCi(folder, track) {
  const [command, ...first] = npmCommand();
  const flags = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  const { code, output } = await run(command, [...first, ...flags], { cwd: folder, track });
  if (code === 0) return;
  throw new Refusal(
    `npm ci in ${folder} ended with ${code}:\n${output}\n` +
      'The first start needs the npm registry; later ones do not.',
  );
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
