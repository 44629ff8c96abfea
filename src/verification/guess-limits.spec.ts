import { Logger } from '@nestjs/common';
import { refusal } from '../platform/http/index.js';
import { MemoryLimits } from '../platform/limits/index.js';
import { GuessLimits } from './guess-limits.js';

const wrong = (): Promise<never> => Promise.reject(refusal('share-not-valid'));
const right = (): Promise<string> => Promise.resolve('shown');
const stranger = (key: string) => ({ key, isKnown: false });

async function codesOf(attempts: Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(attempts);
  return results.map((r) =>
    r.status === 'fulfilled' ? 'ok' : (r.reason as { problem: { code: string } }).problem.code,
  );
}

describe('limits on guessing', () => {
  it('lets 20 of 100 wrong codes at once through, then refuses even a right one', async () => {
    const limits = new GuessLimits(new MemoryLimits());
    const attempts = Array.from({ length: 100 }, () => limits.attempt(stranger('a'), wrong));
    const codes = await codesOf(attempts);
    expect(codes.filter((code) => code === 'share-not-valid')).toHaveLength(20);
    expect(codes.filter((code) => code === 'too-many-wrong-codes')).toHaveLength(80);
    const refused = await limits.attempt(stranger('a'), right).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      problem: { code: 'too-many-wrong-codes' },
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string },
    });
    await expect(limits.attempt(stranger('b'), right)).resolves.toBe('shown');
  });

  it('never counts a right code, however many come at once', async () => {
    const limits = new GuessLimits(new MemoryLimits());
    const attempts = Array.from({ length: 200 }, () => limits.attempt(stranger('a'), right));
    expect(new Set(await codesOf(attempts))).toEqual(new Set(['ok']));
  });

  it('stops strangers on many addresses at 1,000 wrong codes, but not a known institution', async () => {
    const limits = new GuessLimits(new MemoryLimits());
    for (let i = 0; i < 1_000; i += 1) {
      await codesOf([limits.attempt(stranger(`address ${i}`), wrong)]);
    }
    expect(await codesOf([limits.attempt(stranger('new'), right)])).toEqual([
      'too-many-wrong-codes',
    ]);
    expect(await codesOf([limits.attempt({ key: 'school', isKnown: true }, right)])).toEqual([
      'ok',
    ]);
  });

  it('does not count a failure of ours', async () => {
    const limits = new GuessLimits(new MemoryLimits());
    const broken = (): Promise<never> => Promise.reject(new Error('database gone'));
    for (let i = 0; i < 30; i += 1) {
      await expect(limits.attempt(stranger('a'), broken)).rejects.toThrow('database gone');
    }
    await expect(limits.attempt(stranger('a'), right)).resolves.toBe('shown');
  });

  it('tells somebody, once a window, of one caller that goes on after it was stopped', async () => {
    const told = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    try {
      const limits = new GuessLimits(new MemoryLimits());
      const guess = (caller: { key: string; isKnown: boolean }, times: number) =>
        codesOf(Array.from({ length: times }, () => limits.attempt(caller, wrong)));
      await guess(stranger('mistypes'), 60);
      expect(told).not.toHaveBeenCalled();
      const codes = await guess(stranger('192.0.2.7'), 10_000);
      expect(codes.filter((code) => code === 'share-not-valid')).toHaveLength(20);
      expect(told).toHaveBeenCalledTimes(1);
      expect(told).toHaveBeenCalledWith(expect.objectContaining({ alarm: 'code-guessing' }));
      expect(JSON.stringify(told.mock.calls)).not.toContain('192.0.2.7');
      await guess({ key: 'office', isKnown: true }, 10_000);
      expect(told).toHaveBeenCalledTimes(2);
      expect(told).toHaveBeenLastCalledWith(
        expect.objectContaining({ alarm: 'code-guessing', institution: 'office' }),
      );
    } finally {
      told.mockRestore();
    }
  });
});
