import { pooledRandomBytes } from './random.js';

describe('pooledRandomBytes', () => {
  it('never hands out the same bytes, also across refills', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 5_000; i += 1) seen.add(pooledRandomBytes(12 + (i % 21)).toString('hex'));
    expect(seen.size).toBe(5_000);
  });

  it('owns its bytes: a later refill changes nothing', () => {
    const first = pooledRandomBytes(32);
    const copy = first.toString('hex');
    for (let i = 0; i < 1_000; i += 1) pooledRandomBytes(32);
    expect(first.toString('hex')).toBe(copy);
    expect(first.every((byte) => byte === 0)).toBe(false);
  });
});
