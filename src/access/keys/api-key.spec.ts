import { isSecretOf, newApiKey, parseApiKey } from './api-key.js';

describe('API keys', () => {
  it('are recognised by their own hash only', () => {
    const first = newApiKey();
    const second = newApiKey();
    const secret = parseApiKey(first.key)?.secret ?? '';
    expect(parseApiKey(first.key)?.prefix).toBe(first.prefix);
    expect(isSecretOf(secret, first.secretHash)).toBe(true);
    expect(isSecretOf(secret, second.secretHash)).toBe(false);
  });

  it('use all 62 characters about equally', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i += 1) {
      for (const char of parseApiKey(newApiKey().key)?.secret ?? '') {
        counts.set(char, (counts.get(char) ?? 0) + 1);
      }
    }
    // 64,000 draws: 1,032 each, standard deviation 32.
    expect(counts.size).toBe(62);
    for (const count of counts.values()) expect(Math.abs(count - 1_032)).toBeLessThan(220);
  });
});
