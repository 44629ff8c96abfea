import fc from 'fast-check';
import {
  CODE_SPACE,
  checkDigit,
  formatShareCode,
  parseShareCode,
  shareCode,
} from './share-code.js';

const randoms = fc.integer({ min: 0, max: CODE_SPACE - 1 });

describe('share codes', () => {
  it('computes the check digit of ISO 7064 MOD 11,10 (examples of the standard and of the German tax number)', () => {
    expect(checkDigit('0794')).toBe('5');
    expect(checkDigit('8609574271')).toBe('9');
  });

  it('reads back every code as it is printed and as people type it', () => {
    fc.assert(
      fc.property(randoms, (random) => {
        const code = shareCode(random);
        expect(code).toMatch(/^\d{12}$/);
        const wide = code.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
        for (const typed of [
          code,
          formatShareCode(code),
          ` ${code.slice(0, 6)}-${code.slice(6)}`,
          wide,
        ]) {
          expect(parseShareCode(typed)).toEqual({ ok: true, code });
        }
      }),
    );
  });

  it('finds every single wrong digit', () => {
    const places = fc.integer({ min: 0, max: 11 });
    const steps = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(randoms, places, steps, (random, place, step) => {
        const code = shareCode(random);
        const wrong = (Number(code[place]) + step) % 10;
        const typed = `${code.slice(0, place)}${wrong}${code.slice(place + 1)}`;
        expect(parseShareCode(typed)).toEqual({ ok: false, fault: 'check-digit' });
      }),
    );
  });

  it('finds at least 95 of 100 swaps of two different neighbours', () => {
    let swaps = 0;
    let found = 0;
    for (const random of fc.sample(randoms, { seed: 7, numRuns: 2000 })) {
      const code = shareCode(random);
      for (let i = 0; i < 11; i += 1) {
        if (code[i] === code[i + 1]) continue;
        swaps += 1;
        const typed = `${code.slice(0, i)}${code[i + 1]}${code[i]}${code.slice(i + 2)}`;
        if (!parseShareCode(typed).ok) found += 1;
      }
    }
    expect(found / swaps).toBeGreaterThan(0.95);
  });

  it('refuses everything that is not twelve digits', () => {
    for (const text of [
      '',
      ' ',
      '12345678901',
      '1234567890123',
      '12345678901a',
      '一二三四',
      '1'.repeat(40),
    ]) {
      expect(parseShareCode(text)).toEqual({ ok: false, fault: 'form' });
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseShareCode(text)).not.toThrow();
      }),
    );
  });

  it('makes no code from a number outside its space', () => {
    for (const random of [-1, CODE_SPACE, 0.5, Number.NaN]) {
      expect(() => shareCode(random)).toThrow('a code has 11 digits');
    }
  });
});
