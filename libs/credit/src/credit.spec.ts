import * as fc from 'fast-check';
import {
  addMonths,
  compareOnScale,
  daysOfSpan,
  firstDay,
  formatCredits,
  formatHours,
  lastDay,
  nextDay,
  previousDay,
  onScale,
  parseCredits,
  parseHours,
  parsePartialDate,
  rational,
  roundToStep,
} from './index.js';

describe('amounts', () => {
  it.each([
    ['4', 4000n],
    ['1.5', 1500n],
    ['0.001', 1n],
    ['1.2500', 1250n],
    ['10000', 10_000_000n],
    ['0', 0n],
  ])('%s credits', (text, amount) => {
    expect(parseCredits(text)).toEqual({ ok: true, amount });
  });

  it.each([
    ['1.2345', 'too-precise'],
    ['-1', 'negative'],
    ['10000.001', 'too-large'],
    ['1e3', 'not-a-decimal'],
    ['１', 'not-a-decimal'],
    ['', 'not-a-decimal'],
    ['1.', 'not-a-decimal'],
    [' 1', 'not-a-decimal'],
    ['NaN', 'not-a-decimal'],
  ])('refuses %j', (text, fault) => {
    expect(parseCredits(text)).toEqual({ ok: false, fault });
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10_000_000n), (amount) => {
        expect(parseCredits(formatCredits(amount))).toEqual({ ok: true, amount });
      }),
    );
  });

  it('keeps hours as whole minutes', () => {
    expect(parseHours('1.5')).toBe(90n);
    expect(parseHours('0.01')).toBeUndefined();
    expect(formatHours(90n)).toBe('1.5');
    expect(formatHours(20n)).toBe('0.333');
  });
});

describe('rounding', () => {
  it.each([
    ['down', 3n, 0n],
    ['up', 3n, 5n],
    ['half-up', 3n, 5n],
    ['half-even', 3n, 5n],
    ['half-up', 2n, 0n],
  ] as const)('%s brings %s onto a step of 5 as %s', (mode, value, expected) => {
    expect(roundToStep(rational(value), 5n, mode)).toBe(expected);
  });

  it('is exact where a float is not: 4.8 hours at 16 h a credit, step 0.1, is 0.3', () => {
    expect(Math.floor(4.8 / 16 / 0.1)).toBe(2);
    expect(roundToStep(rational(4800n, 16n), 100n, 'down')).toBe(300n);
  });

  it('never moves a value by a step or more, and never moves a multiple', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-1_000_000n, 1_000_000n),
        fc.bigInt(1n, 10_000n),
        fc.bigInt(1n, 5_000n),
        fc.constantFrom('down', 'up', 'half-up', 'half-even'),
        (num, den, step, mode) => {
          const rounded = roundToStep(rational(num, den), step, mode);
          const distance = rounded * den - num;
          expect(distance < step * den && -distance < step * den).toBe(true);
          expect(rounded % step).toBe(0n);
          expect(roundToStep(rational(rounded), step, mode)).toBe(rounded);
        },
      ),
    );
  });
});

describe('partial dates', () => {
  it.each([
    ['202606', '2026-06'],
    ['2026-06', '2026-06'],
    ['20260630', '2026-06-30'],
    ['2026/6/3', '2026-06-03'],
    ['2026.06.30', '2026-06-30'],
    ['2026', '2026'],
    [' 2024-02-29 ', '2024-02-29'],
  ])('%s is %s', (text, date) => {
    expect(parsePartialDate(text)).toBe(date);
  });

  it.each(['2026-02-29', '2026-13', '20260631', '2026-00', '26-06-30', '2026-06/30', '1899', ''])(
    'refuses %j',
    (text) => {
      expect(parsePartialDate(text)).toBeUndefined();
    },
  );

  it('knows the first and the last day that a date can mean', () => {
    const date = parsePartialDate('202402');
    if (date === undefined) throw new Error('202402 is a date');
    expect([firstDay(date), lastDay(date)]).toEqual(['2024-02-01', '2024-02-29']);
  });

  it('adds months and stays within the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2019-11-23', 84)).toBe('2026-11-23');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  });

  it('knows the day after', () => {
    expect(nextDay('2024-02-28')).toBe('2024-02-29');
    expect(nextDay('2026-12-31')).toBe('2027-01-01');
    expect(previousDay('2024-03-01')).toBe('2024-02-29');
    expect(previousDay('2027-01-01')).toBe('2026-12-31');
  });

  it('counts the days of a span, both ends included', () => {
    expect(daysOfSpan('2026-03-01', '2026-03-01')).toBe(1);
    expect(daysOfSpan('2024-02-28', '2024-03-01')).toBe(3);
    expect(daysOfSpan('2026-03-02', '2026-03-01')).toBe(0);
  });
});

describe('scales', () => {
  it('compares within a scale', () => {
    expect(compareOnScale('percent', '59.5', '60')).toBeLessThan(0);
    expect(compareOnScale('five-grade', '优秀', '及格')).toBeGreaterThan(0);
    expect(compareOnScale('skill-level', '高级工', '三级')).toBe(0);
  });

  it('does not compare what is not on the scale', () => {
    expect(compareOnScale('percent', '优', '60')).toBeUndefined();
    expect(onScale('percent', '101')).toBeUndefined();
    expect(onScale('no-such-scale', '1')).toBeUndefined();
  });
});
