import fc from 'fast-check';
import { Certificate } from './certificate.js';
import { isFeasible, valueOf } from './program.js';

const small = fc.integer({ min: -5, max: 5 }).filter((value) => value !== 0);
const rowTerms = fc
  .tuple(small, small, small)
  .map((all) => all.map((times, variable) => ({ variable, times })));
const uppers = [3, 2, 4];

const points = uppers.reduce<number[][]>(
  (all, upper) =>
    all.flatMap((point) => Array.from({ length: upper + 1 }, (_, value) => [...point, value])),
  [[]],
);

describe('Certificate', () => {
  test('whatever the multipliers, no point is above the bound', () => {
    const multiplier = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(rowTerms, { minLength: 2, maxLength: 2 }),
        rowTerms,
        fc.tuple(multiplier, multiplier),
        (all, objective, multipliers) => {
          const rows = all.map((terms) => ({ terms, least: -7, most: 9 }));
          const program = { uppers, rows };
          const certificate = new Certificate(program);
          certificate.aim(objective);
          const low = new Float64Array(5);
          const high = Float64Array.from([...uppers, 16, 16]);
          const given = Float64Array.from(multipliers);
          const bound = certificate.boundOf(given, low, high) / certificate.scale;
          const inside = points.filter((point) => isFeasible(program, point));
          for (const point of inside) {
            expect(valueOf(objective, point)).toBeLessThanOrEqual(bound);
          }
          if (inside.length > 0) expect(certificate.isEmpty(given, low, high)).toBe(false);
        },
      ),
    );
  });

  test('shows that rows which contradict each other leave nothing', () => {
    const terms = [
      { variable: 0, times: 2 },
      { variable: 1, times: 3 },
    ];
    const rows = [
      { terms, least: 0, most: 4 },
      { terms, least: 5, most: 9 },
    ];
    const certificate = new Certificate({ uppers: [3, 1], rows });
    const low = new Float64Array(4);
    const high = Float64Array.from([3, 1, 4, 4]);
    expect(certificate.isEmpty(Float64Array.from([1, -1]), low, high)).toBe(true);
    expect(certificate.isEmpty(Float64Array.from([-1, 1]), low, high)).toBe(true);
    expect(certificate.isEmpty(Float64Array.from([1, 0]), low, high)).toBe(false);
  });

  test('gives no bound where the sums would not be exact', () => {
    const terms = [{ variable: 0, times: 1 }];
    const certificate = new Certificate({ uppers: [1], rows: [{ terms, least: 0, most: 1 }] });
    certificate.aim(terms);
    const bounds = [new Float64Array(2), Float64Array.from([1, 1])] as const;
    expect(certificate.boundOf(Float64Array.from([1e12]), ...bounds)).toBe(Infinity);
    expect(certificate.boundOf(Float64Array.from([Number.NaN]), ...bounds)).toBe(Infinity);
  });
});
