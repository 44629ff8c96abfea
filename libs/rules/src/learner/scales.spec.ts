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

test('a value as it is written on another scale', () => {
  const own = scales();
  expect(own.valueOn('percent', 'letters', 'A')).toBe('90');
  expect(own.valueOn('percent', 'letters', 'C')).toBeUndefined();
  expect(own.valueOn('letters', 'percent', '90')).toBeUndefined();
  expect(own.valueOn('percent', 'percent', ' ６０ ')).toBe('60');
  expect(own.valueOn('percent', 'percent', '101')).toBeUndefined();
  expect(own.valueOn('percent', null, '60')).toBeUndefined();
  expect(own.valueOn('percent', 'percent', null)).toBeUndefined();
});

test('scales, their values and their lowest places', () => {
  const own = scales();
  expect(own.names()).toEqual(['percent', 'german', 'letters']);
  expect([own.has('german'), own.has('roman')]).toEqual([true, false]);
  expect(own.valuesOf('letters')).toEqual(['C', 'B', 'A', 'A+']);
  expect(own.valuesOf('percent')).toEqual([]);
  expect(own.valuesOf('roman')).toEqual([]);
  expect(own.lowest('percent')).toEqual({ num: 0n, den: 1n });
  expect(own.lowest('german')).toEqual({ num: -5n, den: 1n });
  expect(own.lowest('letters')).toEqual({ num: 0n, den: 1n });
  expect(own.lowest('roman')).toBeUndefined();
});

test('both ends of a scale are on it, and nothing beyond them', () => {
  const own = scales();
  const places = (name: string, ...values: string[]): boolean[] =>
    values.map((value) => own.rank(name, value) !== undefined);
  expect(places('percent', '0', '100', '-0.1', '100.1')).toEqual([true, true, false, false]);
  expect(places('german', '5', '1', '5.1', '0.9')).toEqual([true, true, false, false]);
  expect(own.rank(null, '1')).toBeUndefined();
  expect(own.rank('percent', null)).toBeUndefined();
  expect(own.rankOn('percent', null, '1')).toBeUndefined();
  expect(own.rankOn('percent', 'letters', null)).toBeUndefined();
  const single = new Scales({ one: { values: [], numbers: { from: '1', to: '1' } } }, []);
  expect(single.rank('one', '1')).toEqual({ num: 1n, den: 1n });
});

test('a value of forty characters is remembered, a longer one is not', () => {
  const own = scales();
  expect(own.read('percent', '1'.repeat(40))?.number).toBe(0);
  expect(own.read('percent', '1'.repeat(41))?.number).toBeNull();
  expect(own.read('s'.repeat(40), '1')?.number).toBe(1);
  expect(own.read('s'.repeat(41), '1')?.number).toBeNull();
  expect(own.read(null, '1')).toBeNull();
  expect(own.read('percent', null)).toBeNull();
});

test('ten thousand values are remembered, no more', () => {
  const own = scales();
  for (let index = 0; index < 9999; index += 1) own.read('percent', `x${index}`);
  expect(own.read('percent', 'last')?.number).toBe(9999);
  expect(own.read('percent', 'more')?.number).toBeNull();
});
