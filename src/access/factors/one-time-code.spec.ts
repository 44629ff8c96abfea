import { keyUri, newSecret, stepOfCode } from './one-time-code.js';

/** RFC 6238 appendix B, SHA-1: the secret is the ASCII text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('one-time codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is %s, as RFC 6238 says', (seconds, code) => {
    expect(stepOfCode(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('counts one step early and late, and not two', () => {
    const step = Math.floor(1_234_567_890 / 30);
    const code = '005924';
    expect(stepOfCode(SECRET, code, at((step + 1) * 30 + 29))).toBe(step);
    expect(stepOfCode(SECRET, code, at((step - 1) * 30))).toBe(step);
    expect(stepOfCode(SECRET, code, at((step + 2) * 30))).toBeUndefined();
    expect(stepOfCode(SECRET, code, at((step - 1) * 30 - 1))).toBeUndefined();
  });

  it('may be typed with a space, and nothing else is one', () => {
    expect(stepOfCode(SECRET, '005 924', at(1_234_567_890))).toBeDefined();
    for (const text of ['', '5924', '0059240', '00592x', '005924\u0661']) {
      expect(stepOfCode(SECRET, text, at(1_234_567_890))).toBeUndefined();
    }
  });

  it('have secrets of 160 bits that differ, in an address that apps read', () => {
    const secrets = new Set(Array.from({ length: 50 }, newSecret));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(keyUri(SECRET, 'bank.example', 'registrar.wang'));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.searchParams.get('secret')).toBe(SECRET);
    expect(uri.searchParams.get('issuer')).toBe('bank.example');
  });
});
