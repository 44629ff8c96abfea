import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './settings.js';

const KEY_HEX = /^[0-9a-f]{64}$/i;
/** A key service that takes longer keeps the service from starting, and says so. */
const COMMAND_TIMEOUT_MS = 30_000;

/** Where a secret key of 32 bytes is kept, outside the database. */
export interface KeySource {
  /** Throws {@link ConfigError} when there is no such key. */
  read(): Buffer;
}

/**
 * The place that a setting names: 64 hex digits are the key itself, `file:PATH` holds them,
 * `command:PROGRAM ARGUMENTS…` prints them. A command is the way to a key service or a hardware
 * module: it has the service unwrap the key and prints it, and the key is on no disk here.
 *
 * @param name the setting, for messages
 */
export function keySource(name: string, setting: string): KeySource {
  const [scheme, rest] = [setting.slice(0, setting.indexOf(':')), setting.replace(/^[a-z]+:/, '')];
  if (scheme === 'file') return { read: () => fromFile(name, rest) };
  if (scheme === 'command') return { read: () => fromCommand(name, rest) };
  return {
    read: () => keyOf(setting, `${name} must be 64 hex digits, file:PATH or command:PROGRAM.`),
  };
}

/** The key of a setting, or of a file that is made on the first start. */
export function readKey(env: NodeJS.ProcessEnv, name: string, path: string): Buffer {
  const setting = env[name];
  if (setting) return keySource(name, setting).read();
  if (!existsSync(path)) makeKeyFile(path);
  return fromFile(name, path);
}

/** Keys that are on their way out: still needed to read, no longer used to write. */
export function readOldKeys(env: NodeJS.ProcessEnv, name: string): readonly Buffer[] {
  const settings = (env[name] ?? '').split(',').filter((part) => part.trim() !== '');
  return settings.map((setting) => keySource(name, setting.trim()).read());
}

function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // `wx`: of two processes that start together one makes the key and the other reads it.
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function fromFile(name: string, path: string): Buffer {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`${name}: the key file ${path} cannot be read.`);
  }
  return keyOf(text, `${path} does not hold 64 hex digits.`);
}

function fromCommand(name: string, line: string): Buffer {
  const [program = '', ...parts] = line.trim().split(/\s+/);
  let text: string;
  try {
    text = execFileSync(program, parts, { encoding: 'utf8', timeout: COMMAND_TIMEOUT_MS });
  } catch (error) {
    // Neither its output nor its errors are repeated: they may hold the key.
    const { status, code } = error as { status?: number | null; code?: string };
    throw new ConfigError(`${name}: ${program} gave no key (${code ?? `exit code ${status}`}).`);
  }
  return keyOf(text, `${name}: ${program} did not print 64 hex digits.`);
}

function keyOf(text: string, complaint: string): Buffer {
  const hex = text.trim();
  if (!KEY_HEX.test(hex)) throw new ConfigError(complaint);
  return Buffer.from(hex, 'hex');
}
