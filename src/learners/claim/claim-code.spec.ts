import { claimText, newClaimCode } from './claim-code.js';

describe('claim codes', () => {
  it('are three groups of four, without letters that look alike', () => {
    const codes = Array.from({ length: 300 }, newClaimCode);
    for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}$/);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('are found as people type them', () => {
    const code = newClaimCode();
    for (const typed of [code, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code} `]) {
      expect(claimText('a', typed)).toBe(claimText('a', code));
    }
  });

  it('are of one learner, and nothing else is a code', () => {
    const code = newClaimCode();
    expect(claimText('a', code)).not.toBe(claimText('b', code));
    for (const typed of ['', code.slice(1), `${code}a`, '0000-0000-0000']) {
      expect(claimText('a', typed)).toBe('claim|a|');
    }
  });
});
