import { MemoryLimits } from '../platform/limits/index.js';
import { SignInLimits } from './sign-in-limits.js';

const refused = { problem: { code: 'too-many-sign-ins' } };

describe('SignInLimits', () => {
  it('stops a name after ten failures from many addresses', async () => {
    const limits = new SignInLimits(new MemoryLimits());
    for (let i = 0; i < 10; i += 1) await limits.begin('wang', `10.0.0.${i}`);
    await expect(limits.begin('wang', '10.0.1.1')).rejects.toMatchObject(refused);
    await limits.begin('li', '10.0.1.2');
  });

  it('stops an address after ten failures with many names', async () => {
    const limits = new SignInLimits(new MemoryLimits());
    for (let i = 0; i < 10; i += 1) await limits.begin(`name-${i}`, '10.0.0.1');
    await expect(limits.begin('somebody', '10.0.0.1')).rejects.toMatchObject(refused);
    await limits.begin('somebody', '10.0.0.2');
  });

  it('does not count what succeeded', async () => {
    const limits = new SignInLimits(new MemoryLimits());
    for (let i = 0; i < 40; i += 1) {
      await limits.begin('wang', '10.0.0.1');
      await limits.succeed('wang', '10.0.0.1');
    }
    await limits.begin('wang', '10.0.0.1');
  });

  it('takes a /64 of IPv6 for one address', async () => {
    const limits = new SignInLimits(new MemoryLimits());
    for (let i = 0; i < 10; i += 1) await limits.begin(`name-${i}`, `2001:db8:0:1::${i}`);
    await expect(limits.begin('x', '2001:db8:0:1:ffff:1:2:3')).rejects.toMatchObject(refused);
    await expect(limits.begin('x', '2001:db8::1:0:0:0:9')).rejects.toMatchObject(refused);
    await limits.begin('x', '2001:db8:0:2::1');
    await limits.begin('x', '::1');
    await limits.begin('x', '::ffff:10.0.0.1');
  });

  it('says how long to wait', async () => {
    const limits = new SignInLimits(new MemoryLimits());
    for (let i = 0; i < 10; i += 1) await limits.begin('wang', '10.0.0.1');
    const error = await limits.begin('wang', '10.0.0.1').catch((e: unknown) => e);
    const { 'retry-after': seconds } = (error as { headers: Record<string, string> }).headers;
    expect(Number(seconds)).toBeGreaterThan(590);
    expect(Number(seconds)).toBeLessThanOrEqual(600);
  });
});
