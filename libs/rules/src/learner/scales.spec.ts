import { Scales } from './scales.js';

const scales = (): Scales =>
  new Scales(
    {
      percent: { values: [], numbers: { from: '0', to: '100' } },
      german: { values: [], numbers: { from: '5.0', to: '1.0' } },
      letters: { values: [['C'], ['B'], ['A', 'A+']], numbers: null },
    },
    [{ from: 'letters', to: 'percent', values: { A: '90', B: '70' } }],
  );

test.each([
  ['percent', '60', 'percent', '59.9', -1],
  ['percent', '60', 'percent', '60.0', 0],
  ['percent', '60', 'percent', ' １００ ', 1],
  ['percent', '60', 'percent', '101', undefined],
  ['percent', '80', 'letters', 'B', -1],
  ['percent', '80', 'letters', 'A', 1],
  ['percent', '80', 'letters', 'C', undefined],
  ['german', '3.0', 'german', '2.3', 1],
  ['letters', 'A', 'letters', 'A+', 0],
  ['letters', 'A', 'percent', '95', undefined],
  ['letters', 'A', null, 'A', undefined],
  ['letters', 'A', 'letters', null, undefined],
])('a limit of %s %s lies below or above %s %s', (scale, limit, given, value, expected) => {
  const own = scales();
  const comparer = own.from(scale, limit);
  const ask = (): number | undefined => comparer.compare(own.read(given, value));
  // The second answer is the remembered one.
  expect([ask(), ask()]).toEqual([expected, expected]);
});

test('one value has one number, and the same text on another scale has its own', () => {
  const own = scales();
  const first = own.read('percent', '60');
  expect(own.read('percent', '60')).toBe(first);
  expect(own.read('letters', '60')?.number).not.toBe(first?.number);
});

test('values beyond what is remembered are compared all the same', () => {
  const own = scales();
  const comparer = own.from('percent', '60');
  for (let index = 0; index < 10_000; index += 1) own.read('percent', `x${index}`);
  const value = own.read('percent', '61');
  expect(value?.number).toBeNull();
  expect(comparer.compare(value)).toBe(1);
  const long = own.read('percent', '61'.padEnd(50));
  expect(long?.number).toBeNull();
  expect(comparer.compare(long)).toBe(1);
});
