import fc from 'fast-check';
import { NumberSet } from './number-set.js';

test('gives what was put in, ascending, each once, and is empty afterwards', () => {
  const limit = 3000;
  const set = new NumberSet(limit);
  fc.assert(
    fc.property(fc.array(fc.nat(limit - 1), { maxLength: 200 }), (numbers) => {
      for (const number of numbers) set.add(number);
      expect(set.take()).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(set.take()).toEqual([]);
    }),
  );
});

test.each([1, 32, 33, 1024, 1025, 20_000])('holds every number below %i', (limit) => {
  const set = new NumberSet(limit);
  const all = Array.from({ length: limit }, (_, number) => number);
  for (const number of all) set.add(number);
  expect(set.take()).toEqual(all);
});
