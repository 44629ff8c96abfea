import fc from 'fast-check';
import { parseDecimal, rational } from '#libs/credit';
import {
  COEFFICIENT_CODES,
  Coefficients,
  type DatedCoefficient,
  type TrainingFact,
  VALUES_OF,
  differencesOf,
  formatDecimal,
  fteOf,
  linesOf,
  totalOf,
  unitsOf,
  weigh,
} from './index.js';

const day = fc
  .record({ year: fc.integer({ min: 2024, max: 2026 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}-15`);
const facts: fc.Arbitrary<TrainingFact[]> = fc.uniqueArray(
  fc.record({
    lotId: fc.uuid(),
    day,
    minutes: fc.option(fc.bigInt({ min: 0n, max: 100_000n }), { nil: null }),
    kind: fc.constantFrom(...VALUES_OF.kind),
    level: fc.constantFrom(...VALUES_OF.level),
    mode: fc.constantFrom(...VALUES_OF.mode),
  }),
  { selector: ({ lotId }) => lotId },
);
const coefficients: fc.Arbitrary<DatedCoefficient[]> = fc.array(
  fc.record({
    code: fc.constantFrom(...COEFFICIENT_CODES),
    from: day,
    value: fc
      .integer({ min: 0, max: 30_000 })
      .map(
        (thousandths) =>
          `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`,
      ),
  }),
);

describe('coefficients', () => {
  const dated = new Coefficients([
    { code: 'mode-evening', from: '2026-01-01', value: '1.2' },
    { code: 'mode-evening', from: '2026-07-01', value: '1.5' },
    { code: 'level-3', from: '2026-01-01', value: '1.1' },
    { code: 'level-3', from: '2026-01-01', value: '1.3' },
  ]);
  const evening = { kind: 'unknown', level: 'none', mode: 'evening' };

  it.each([
    ['2025-12-31', '1'],
    ['2026-01-01', '1.2'],
    ['2026-06-30', '1.2'],
    ['2026-07-01', '1.5'],
  ])('count from their day on: %s', (on, value) => {
    expect(formatDecimal(dated.of(evening, on), 3)).toBe(value);
  });

  it('multiply, and of two about the same day the later counts', () => {
    expect(formatDecimal(dated.of({ ...evening, level: '3' }, '2026-02-01'), 3)).toBe('1.56');
  });

  it('refuse what is no decimal', () => {
    expect(() => new Coefficients([{ code: 'level-3', from: '2026-01-01', value: 'x' }])).toThrow(
      'level-3',
    );
  });
});

describe('a statement', () => {
  it('sums lines to the total, and never estimates hours', () => {
    fc.assert(
      fc.property(facts, coefficients, (some, laidDown) => {
        const weighed = weigh(some, new Coefficients(laidDown));
        const total = totalOf(linesOf(weighed));
        const known = weighed.filter(({ fact }) => fact.minutes !== null);
        expect(total.count).toBe(known.length);
        expect(total.minutes).toBe(known.reduce((sum, { fact }) => sum + (fact.minutes ?? 0n), 0n));
        expect(total.weighed).toBe(known.reduce((sum, one) => sum + (one.weighed ?? 0n), 0n));
        expect(
          weighed.every(({ fact, weighed: w }) => (w === null) === (fact.minutes === null)),
        ).toBe(true);
      }),
    );
  });

  it('is the plain hours where every coefficient is 1', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const { minutes, weighed } = totalOf(linesOf(weigh(some, new Coefficients([]))));
        expect(unitsOf(weighed)).toEqual(rational(minutes, 60n));
      }),
    );
  });

  it('divides by the hours of one full-time student', () => {
    expect(formatDecimal(fteOf(900n * 60_000n, parseDecimal('525')!)!, 4)).toBe('1.7143');
    expect(formatDecimal(fteOf(525n * 60_000n, parseDecimal('525')!)!, 4)).toBe('1');
    expect(formatDecimal(fteOf(525n * 60_000n, parseDecimal('900')!)!, 4)).toBe('0.5833');
    expect(fteOf(1n, null)).toBeNull();
    expect(fteOf(1n, rational(0n))).toBeNull();
  });
});

describe('differences', () => {
  const statedOf = (some: readonly TrainingFact[], laidDown: readonly DatedCoefficient[]) =>
    weigh(some, new Coefficients(laidDown)).map(({ fact, weighed }) => ({
      lotId: fact.lotId,
      day: fact.day,
      minutes: fact.minutes ?? 0n,
      weighed: weighed ?? 0n,
    }));

  it('bring what was stated to what is known, and are nothing when stated again', () => {
    fc.assert(
      fc.property(facts, facts, coefficients, coefficients, (was, more, before, after) => {
        const ids = new Set(more.map(({ lotId }) => lotId));
        const now = [...was.filter((_, i) => i % 3 !== 0 && !ids.has(was[i]!.lotId)), ...more];
        const stated = statedOf(was, before);
        const known = weigh(now, new Coefficients(after));
        const found = differencesOf(stated, known);
        const sum = (some: readonly { weighed: bigint | null }[]): bigint =>
          some.reduce((all, { weighed }) => all + (weighed ?? 0n), 0n);
        expect(sum(stated) + sum(found)).toBe(sum(known));
        const corrected = new Map(stated.map((one) => [one.lotId, one]));
        for (const { lotId, day: on, minutes, weighed } of found) {
          const old = corrected.get(lotId) ?? { minutes: 0n, weighed: 0n };
          corrected.set(lotId, {
            lotId,
            day: on,
            minutes: old.minutes + minutes,
            weighed: old.weighed + weighed,
          });
        }
        expect(differencesOf([...corrected.values()], known)).toEqual([]);
      }),
    );
  });

  it('say why', () => {
    const one = (lotId: string, minutes: bigint): TrainingFact => {
      return { lotId, day: '2025-03-01', minutes, kind: 'unknown', level: 'none', mode: 'evening' };
    };
    const stated = statedOf([one('a', 60n), one('b', 60n), one('c', 60n)], []);
    const evening = new Coefficients([{ code: 'mode-evening', from: '2025-01-01', value: '2' }]);
    const found = differencesOf(stated, [
      ...weigh([one('a', 60n)], new Coefficients([])),
      ...weigh([one('b', 60n), one('d', 30n)], evening),
    ]);
    expect(found.map(({ lotId, reason, weighed }) => [lotId, reason, weighed])).toEqual([
      ['b', 'weighed-anew', 60_000n],
      ['c', 'taken-back', -60_000n],
      ['d', 'recorded-later', 60_000n],
    ]);
  });
});

it('decimals are rounded half up in size and carry their sign', () => {
  expect(formatDecimal(rational(-1n, 3n), 3)).toBe('-0.333');
  expect(formatDecimal(rational(5n, 1000n), 2)).toBe('0.01');
  expect(formatDecimal(rational(-1n, 10_000n), 3)).toBe('0');
  expect(formatDecimal(rational(12n), 0)).toBe('12');
});
