import { type Allowance, MemoryLimits } from './limits.js';
import { SharedRate } from './shared-rate.js';

const ALLOWANCE: Allowance = { name: 'test', most: 100, windowS: 60 };

describe('a rate that processes share', () => {
  it('counts for itself at once, and for all together after a second', async () => {
    const limiter = new MemoryLimits().open(ALLOWANCE);
    const [one, other] = [new SharedRate(limiter), new SharedRate(limiter)];
    for (let i = 0; i < 60; i += 1) {
      expect(one.isBeyond(one.take('caller'))).toBe(false);
      expect(other.isBeyond(other.take('caller'))).toBe(false);
    }
    await Promise.all([one.tell(), other.tell()]);
    await Promise.all([one.tell(), other.tell()]);
    for (const rate of [one, other]) {
      const standing = rate.take('caller');
      expect(standing.used).toBeGreaterThan(100);
      expect(rate.isBeyond(standing)).toBe(true);
      expect(rate.isBeyond(rate.take('somebody else'))).toBe(false);
    }
  });

  it('lets exactly the most through within one process', () => {
    const rate = new SharedRate(new MemoryLimits().open(ALLOWANCE));
    const passed = Array.from({ length: 250 }, () => rate.take('caller')).filter(
      (standing) => !rate.isBeyond(standing),
    );
    expect(passed).toHaveLength(100);
  });

  it('begins anew when the window has ended, and forgets who has gone', async () => {
    let now = 1_000_000;
    const rate = new SharedRate(new MemoryLimits().open(ALLOWANCE), () => now);
    for (let i = 0; i < 150; i += 1) rate.take('caller');
    expect(rate.isBeyond(rate.look('caller'))).toBe(true);
    now += 60_001;
    expect(rate.isBeyond(rate.take('caller'))).toBe(false);
    expect(rate.look('caller').used).toBe(1);
  });

  it('goes on with its own count when the store fails', async () => {
    const limiter = new MemoryLimits().open(ALLOWANCE);
    jest.spyOn(limiter, 'count').mockRejectedValue(new Error('away'));
    const rate = new SharedRate(limiter);
    for (let i = 0; i < 100; i += 1) rate.take('caller');
    await rate.tell();
    expect(rate.isBeyond(rate.take('caller'))).toBe(true);
  });

  it('tells nobody of quiet callers', async () => {
    const limiter = new MemoryLimits().open(ALLOWANCE);
    const count = jest.spyOn(limiter, 'count');
    const rate = new SharedRate(limiter);
    for (let i = 0; i < 4; i += 1) rate.take('quiet');
    for (let i = 0; i < 5; i += 1) rate.take('busy');
    await rate.tell();
    expect(count.mock.calls).toEqual([['busy', 5]]);
  });
});
