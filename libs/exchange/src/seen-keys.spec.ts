import * as fc from 'fast-check';
import { SeenKeys } from './seen-keys.js';

describe('SeenKeys', () => {
  it('answers like a map', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 3000 }), (keys) => {
        const seen = new SeenKeys();
        const model = new Map<string, number>();
        keys.forEach((key, i) => {
          expect(seen.has(key)).toBe(model.has(key));
          expect(seen.add(key, i + 1)).toBe(model.get(key));
          if (!model.has(key)) model.set(key, i + 1);
        });
        expect(seen.size).toBe(model.size);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps 300,000 keys apart in a flat table', () => {
    const seen = new SeenKeys();
    let repeated = 0;
    for (let i = 1; i <= 300_000; i += 1) if (seen.add(`school/2026/${i}`, i)) repeated += 1;
    expect(repeated).toBe(0);
    expect(seen.add('school/2026/123456', 1)).toBe(123_456);
  });
});
