import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLock } from '../lib/lock.mjs';
import { CliFailure } from './failure.mjs';

/** Where the service writes `demo.json`: DATA_DIR, or `.data` in the working directory. */
export function demoFilePath() {
  return join(resolve(process.env.DATA_DIR ?? '.data'), 'demo.json');
}

/** Keys, accounts and learners of the demonstration district; undefined when there is no file. */
export function findDemoFile() {
  try {
    return JSON.parse(readFileSync(demoFilePath(), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new CliFailure(`${demoFilePath()} cannot be read: ${error.message}`);
  }
}

/**
 * Where the service of DATA_DIR answers: as its demonstration says, as the launcher that runs there
 * wrote down, or as HOST and PORT say.
 */
export function serviceUrl() {
  const { HOST: host, PORT: port, DATA_DIR: dataDir } = process.env;
  const started = readLock(join(resolve(dataDir ?? '.data'), 'launcher.lock'));
  return (
    findDemoFile()?.baseUrl ?? (started?.port ? addressOf(started) : addressOf({ host, port }))
  );
}

/** Whoever listens on every address of the machine answers on its own as well. */
function addressOf({ host, port }) {
  const name = !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port || 3000}`;
}

/** As {@link findDemoFile}; a missing file is a failure that says how to get one. */
export function readDemoFile() {
  const demo = findDemoFile();
  if (demo) return demo;
  throw new CliFailure(
    `${demoFilePath()} is missing. Start the service with \`npm start\` on an empty database ` +
      '(it seeds the demonstration district and writes the file), or set DATA_DIR to its folder.',
  );
}

/** The key of one institution with one role, from `demo.json`. */
export function keyOf(demo, institutionCode, role) {
  const found = demo.keys.find(
    (key) => key.institutionCode === institutionCode && key.roles.includes(role),
  );
  if (!found) {
    throw new CliFailure(`${demoFilePath()} has no ${role} key of ${institutionCode}.`);
  }
  return found.key;
}
