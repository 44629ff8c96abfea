import fc from 'fast-check';
import { canonicalJson } from './canonical.js';

test('names are sorted by code unit, also those that look like numbers; nothing else is there', () => {
  const value = { b: [1, null, true], '10': 'x', '9': { é: 'é', a: undefined }, ａ: '', A: -0 };
  expect(canonicalJson(value)).toBe('{"10":"x","9":{"é":"é"},"A":0,"b":[1,null,true],"ａ":""}');
});

test.each(['"', '\\', '\n', '\u007f', '\ud800', '中文', ' !#[]~', ''])(
  '%j is as in JSON',
  (text) => {
    expect(canonicalJson(text)).toBe(JSON.stringify(text));
    expect(canonicalJson({ [text]: text })).toBe(JSON.stringify({ [text]: text }));
  },
);

test('what is read back is what was written, whatever the order of its members', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      texts,
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('tree')),
      fc.dictionary(texts, tie('tree')),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.reverse());
}

test.each([1.5, Number.NaN, 2 ** 53, 1n, () => 1])('%p is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow('canonical JSON');
});
