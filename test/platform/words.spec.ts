import { randomBytes } from 'node:crypto';
import { Keyring, Words } from '../../src/platform/crypto/index.js';
import { testConfig } from '../support/app.js';

const keyring = new Keyring(testConfig('', '', { masterKey: randomBytes(32) }));
const words = new Words(keyring);
const { wrapped } = keyring.newDataKey();
const TEXT = '王小明，电话 13800138000';

describe('words', () => {
  it('are read by who has the key of their row, in the place they were written for', () => {
    const stored = words.seal(wrapped, TEXT, 'share:1:words');
    expect(stored).not.toContain('王');
    expect(words.open(wrapped, stored, 'share:1:words')).toBe(TEXT);
    expect(() => words.open(wrapped, stored, 'share:2:words')).toThrow();
    expect(() => words.open(keyring.newDataKey().wrapped, stored, 'share:1:words')).toThrow();
  });

  it('are nothing any more once the key is gone', () => {
    const stored = words.seal(wrapped, TEXT, 'x');
    expect(words.open(Buffer.alloc(0), stored, 'x')).toBe('');
    expect(words.open(null, stored, 'x')).toBe('');
  });

  it('from before they were sealed are as they were', () => {
    expect(words.open(wrapped, '报考', 'x')).toBe('报考');
    expect(words.open(null, '', 'x')).toBe('');
  });
});
