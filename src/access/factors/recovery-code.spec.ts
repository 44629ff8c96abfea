import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-code.js';

describe('recovery codes', () => {
  it('are ten, all different, and found again however they are typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
      const hash = hashOfRecoveryCode('a', code);
      expect(hash).toHaveLength(32);
      expect(hashOfRecoveryCode('a', code.toUpperCase().replaceAll('-', ' '))).toEqual(hash);
      expect(hashOfRecoveryCode('b', code)).not.toEqual(hash);
    }
  });

  it('are not one-time codes', () => {
    for (const text of ['', '123456', 'k7mq-2xpa-9wtd', 'k7mq-2xpa-9wtd-hn3e-aaaa']) {
      expect(hashOfRecoveryCode('a', text)).toBeUndefined();
    }
  });
});
