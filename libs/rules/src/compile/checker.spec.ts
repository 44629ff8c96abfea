import { Checker, nearestName } from './checker.js';

test.each<[string, string[], string | undefined]>([
  ['basic', ['basic'], 'basic'],
  ['basik', ['core', 'basic'], 'basic'],
  ['bsaic', ['basic'], 'basic'],
  ['basicccc', ['basic'], undefined],
  ['basiccc', ['basic'], 'basic'],
  ['ab', ['cd'], 'cd'],
  ['ab', ['cde'], undefined],
  ['abc', ['xyz'], undefined],
  ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
  ['abcdefghi', ['abcdewxyz'], undefined],
  ['', ['ab'], 'ab'],
  ['', ['abc'], undefined],
  ['name', ['nxme', 'named', 'nam'], 'nxme'],
  ['name', ['nxmx', 'named'], 'named'],
  ['kitten', ['sitting'], undefined],
  ['flaw', ['lawn'], 'lawn'],
  ['name', [], undefined],
])('nearest to %j of %j', (name, known, expected) => {
  expect(nearestName(name, known)).toBe(expected);
});

test('a thousand names are compared, so that a hostile document costs little', () => {
  const others = Array.from({ length: 999 }, () => 'something else');
  expect(nearestName('basik', [...others, 'basic'])).toBe('basic');
  expect(nearestName('basik', [...others, 'other', 'basic'])).toBeUndefined();
});

test('a name is known or not, also when no more faults are written', () => {
  const check = new Checker();
  expect(check.known('/a', 'x', ['x'])).toBe(true);
  expect(check.known('/a', 'y', new Set(['x']))).toBe(false);
  expect(check.faults).toEqual([
    { pointer: '/a', code: 'rulebook-unknown-name', params: { name: 'y', nearest: 'x' } },
  ]);
  for (let at = 0; at < 99; at += 1) check.fault('/b', 'rulebook-limit');
  expect([check.isFull, check.faults.length]).toEqual([true, 100]);
  expect(check.known('/a', 'y', ['x'])).toBe(false);
  expect(check.known('/a', 'x', ['x'])).toBe(true);
  expect(check.faults).toHaveLength(100);
});

test('what cannot be read counts as nothing, or as one where it divides', () => {
  const check = new Checker();
  expect([check.credits('', '1.5'), check.credits('', 'x')]).toEqual([1500n, 0n]);
  expect(check.positive('', '0.5')).toEqual({ num: 1n, den: 2n });
  expect(check.positive('', '0')).toEqual({ num: 1n, den: 1n });
  expect(check.percent('', '12.5')).toEqual({ num: 25n, den: 2n });
  expect(check.percent('', '101')).toEqual({ num: 0n, den: 1n });
});
