import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keySource, readKey, readOldKeys } from './keys.js';

const HEX = 'ab'.repeat(32);
const folder = mkdtempSync(join(tmpdir(), 'creditbank-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (setting: string): string => keySource('MASTER_KEY', setting).read().toString('hex');
const fileOf = (text: string): string => {
  const file = join(folder, `${Math.random()}.key`);
  writeFileSync(file, text);
  return file;
};

/** Stands for a key service: it unwraps a key that lies here wrapped, and prints it. */
const keyService = join(folder, 'kms.mjs');
writeFileSync(
  keyService,
  `const [,, name] = process.argv;
   if (name === 'down') process.exit(7);
   if (name === 'chatty') console.log('welcome');
   const wrapped = Buffer.alloc(32, 0xab ^ 0x5c);
   console.log(wrapped.map((byte) => byte ^ 0x5c).toString('hex'));`,
);
chmodSync(keyService, 0o700);
const command = (name: string): string => `command:${process.execPath} ${keyService} ${name}`;

describe('a key outside the database', () => {
  it('is the setting itself, in a file, or printed by a key service', () => {
    expect(read(HEX)).toBe(HEX);
    expect(read(`file:${fileOf(`${HEX}\n`)}`)).toBe(HEX);
    expect(read(command('master-2026'))).toBe(HEX);
  });

  it('is refused with what to change, and is never repeated', () => {
    expect(() => read('secret')).toThrow('MASTER_KEY must be 64 hex digits, file:PATH or command');
    expect(() => read('file:/nowhere')).toThrow('the key file /nowhere cannot be read');
    expect(() => read(`file:${fileOf('zz')}`)).toThrow('does not hold 64 hex digits');
    expect(() => read(command('down'))).toThrow('gave no key (exit code 7)');
    expect(() => read(command('chatty'))).toThrow('did not print 64 hex digits');
    expect(() => read('command:/nowhere/kms')).toThrow('/nowhere/kms gave no key (ENOENT)');
  });

  it('is made on the first start, for its owner alone, and found on the second', () => {
    const path = join(folder, 'made', 'master.key');
    const first = readKey({}, 'MASTER_KEY', path);
    expect(first).toHaveLength(32);
    expect(readKey({}, 'MASTER_KEY', path)).toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('has those that it replaces beside it', () => {
    expect(readOldKeys({}, 'MASTER_KEY_OLD')).toEqual([]);
    const settings = `${HEX}, file:${fileOf('cd'.repeat(32))}`;
    const keys = readOldKeys({ MASTER_KEY_OLD: settings }, 'MASTER_KEY_OLD');
    expect(keys.map((key) => key[0])).toEqual([0xab, 0xcd]);
  });
});
