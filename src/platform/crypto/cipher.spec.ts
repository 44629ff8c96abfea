import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { cipherOf, keyedIndex, sealGcm } from './cipher.js';
import {
  type DataKey,
  UnknownMasterKey,
  dataKeyOf,
  isWrappedByOther,
  keyIdOf,
  masterKeyOf,
  openWith,
  sealWith,
  unwrapKey,
  wrapKey,
} from './data-key.js';

const PROFILES = ['intl', 'gm'] as const;
const keyFor = (profile: 'intl' | 'gm'): DataKey =>
  dataKeyOf(randomBytes(cipherOf(profile).keyBytes), profile);

describe.each(PROFILES)('profile %s', (profile) => {
  const { number } = cipherOf(profile);

  it('opens what it sealed, and says by which cipher', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, context) => {
        const key = keyFor(profile);
        const sealed = sealWith(key, Buffer.from(bytes), context);
        expect(sealed[0]).toBe(number);
        expect(openWith(key, sealed, context)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('opens nothing that was changed, moved, cut, or sealed by another key or an older one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, at) => {
        const key = keyFor(profile);
        const sealed = sealWith(key, text, 'learner:1:name');
        const changed = Buffer.from(sealed);
        changed[at % sealed.length]! ^= 1;
        expect(() => openWith(key, changed, 'learner:1:name')).toThrow();
        expect(() => openWith(key, sealed, 'learner:2:name')).toThrow();
        expect(() => openWith(key, sealed.subarray(0, -1), 'learner:1:name')).toThrow();
        expect(() => openWith(keyFor(profile), sealed, 'learner:1:name')).toThrow();
        expect(() => openWith({ ...key, version: 2 }, sealed, 'learner:1:name')).toThrow();
      }),
    );
  });

  it('hides a text and gives it other bytes each time', () => {
    const key = keyFor(profile);
    const sealed = [1, 2].map(() => sealWith(key, '王小明', 'c').toString('latin1'));
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed[0]).not.toContain(Buffer.from('王小明').toString('latin1'));
  });

  it('wraps a data key of either profile', () => {
    const master = masterKeyOf(randomBytes(32));
    for (const inner of PROFILES) {
      const key = keyFor(inner);
      const wrapped = wrapKey(master, profile, key);
      expect(unwrapKey([masterKeyOf(randomBytes(32)), master], wrapped)).toEqual(key);
      expect(isWrappedByOther(master, wrapped)).toBe(false);
      const header = Buffer.from(wrapped);
      header[3]! ^= 1;
      expect(() => unwrapKey([master], header)).toThrow();
    }
  });
});

describe('two profiles at once', () => {
  it('tell each other apart', () => {
    const sealed = sealWith(keyFor('gm'), 'text', 'c');
    expect(() => openWith(keyFor('intl'), sealed, 'c')).toThrow('another cipher');
  });

  it('have nothing in common in their indexes', () => {
    const key = randomBytes(32);
    expect(keyedIndex(key, 'x', 'intl')).not.toEqual(keyedIndex(key, 'x', 'gm'));
    expect(keyedIndex(key, 'x')).toEqual(keyedIndex(key, 'x', 'intl'));
  });
});

describe('keys from before ciphers had numbers', () => {
  const old = randomBytes(32);
  const bytes = randomBytes(32);
  const wrapped = sealGcm(old, bytes, 'data-key');

  it('open as they did, also when their master key is no longer the present one', () => {
    const key = unwrapKey([masterKeyOf(randomBytes(32)), masterKeyOf(old)], wrapped);
    const sealed = sealGcm(bytes, '王小明', 'learner:1:name');
    expect(openWith(key, sealed, 'learner:1:name').toString()).toBe('王小明');
    // A key keeps its form for life, so that its rows are of one kind.
    expect(sealWith(key, 'x', 'c')).toHaveLength(12 + 1 + 16);
  });

  it('keep their form when another master key wraps them', () => {
    const present = masterKeyOf(randomBytes(32));
    expect(isWrappedByOther(masterKeyOf(old), wrapped)).toBe(true);
    const again = wrapKey(present, 'gm', unwrapKey([masterKeyOf(old)], wrapped));
    expect(unwrapKey([present], again)).toEqual({ bytes, cipher: 0, version: 0 });
  });

  it('are named when nobody here has their master key', () => {
    expect(() => unwrapKey([masterKeyOf(randomBytes(32))], wrapped)).toThrow(UnknownMasterKey);
    const other = wrapKey(masterKeyOf(old), 'intl', keyFor('intl'));
    expect(() => unwrapKey([masterKeyOf(randomBytes(32))], other)).toThrow(keyIdOf(old));
  });
});

/** The same by another program: `openssl` knows nothing of this file. */
describe('openssl', () => {
  const hex = (bytes: Buffer): string => bytes.toString('hex');
  const openssl = (args: string[], input: Buffer): Buffer =>
    execFileSync('openssl', args, { input });

  it('opens what the national profile sealed', () => {
    const key = keyFor('gm');
    const sealed = sealWith(key, '学分银行', 'learner:1:name').subarray(1);
    const [iv, body] = [sealed.subarray(0, 16), sealed.subarray(16, -32)];
    const mac = sealed.subarray(-32);
    const plain = openssl(
      ['enc', '-d', '-sm4-ctr', '-K', hex(key.bytes.subarray(0, 16)), '-iv', hex(iv)],
      body,
    );
    expect(plain.toString()).toBe('学分银行');
    const context = Buffer.from('learner:1:name|v1');
    const length = Buffer.from([0, 0, 0, context.length]);
    const options = ['-sm3', '-mac', 'HMAC', '-macopt', `hexkey:${hex(key.bytes.subarray(16))}`];
    const found = openssl(
      ['dgst', '-binary', ...options],
      Buffer.concat([length, context, iv, body]),
    );
    expect(found).toEqual(mac);
  });

  it.each([
    ['intl', '-sha256'],
    ['gm', '-sm3'],
  ] as const)('makes the same index for %s', (profile, digest) => {
    const key = randomBytes(32);
    const text = Buffer.from('resident-id|11010519491231002X');
    const options = [digest, '-mac', 'HMAC', '-macopt', `hexkey:${hex(key)}`];
    expect(keyedIndex(key, text.toString(), profile)).toEqual(
      openssl(['dgst', '-binary', ...options], text),
    );
  });

  it('knows SM4 and SM3 by the standards’ own examples', () => {
    // GB/T 32907-2016 annex A.1: one block; as a counter block over zeros it is the key stream.
    const example = '0123456789abcdeffedcba9876543210';
    const stream = openssl(['enc', '-sm4-ctr', '-K', example, '-iv', example], Buffer.alloc(16));
    expect(hex(stream)).toBe('681edf34d206965e86b3e94f536e4246');
    // GB/T 32905-2016 annex A.1.
    expect(hex(openssl(['dgst', '-binary', '-sm3'], Buffer.from('abc')))).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
  });
});
