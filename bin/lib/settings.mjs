import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from './refusal.mjs';

const OLDEST_NODE = [20, 19];

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Refusal(
    `This is Node.js ${version}; ${OLDEST_NODE.join('.')} or newer is needed: https://nodejs.org/`,
  );
}

/** What the launcher itself reads from the environment; the application reads the rest. */
export function readSettings(root, env) {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`PORT is "${env.PORT}"; use a whole number from 0 to 65535.`);
  }
  return {
    port,
    host: env.HOST || '127.0.0.1',
    dataDir: resolve(root, env.DATA_DIR || '.data'),
    databaseUrl: env.DATABASE_URL || undefined,
  };
}

export function requireWritable(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Refusal(
      `DATA_DIR ${dataDir} cannot be written (${error.code}). ` +
        'Was it made by another user? Start as that user, or choose another: DATA_DIR=…',
    );
  }
}
