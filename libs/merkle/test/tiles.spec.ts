import fc from 'fast-check';
import {
  decodeBundle,
  edgeTiles,
  encodeBundle,
  hashesAtLevel,
  hashesOf,
  parseTilePath,
  tilePath,
  tileWidth,
} from '../src/index.js';

describe('which tiles there are', () => {
  it('follows from the size', () => {
    expect(hashesAtLevel(70_000, 0)).toBe(70_000);
    expect(hashesAtLevel(70_000, 2)).toBe(1);
    expect(tileWidth(70_000, 0, 272)).toBe(256);
    expect(tileWidth(70_000, 0, 273)).toBe(112);
    expect(tileWidth(70_000, 0, 274)).toBe(0);
    expect(tileWidth(70_000, 0, 9_000)).toBe(0);
    expect(tileWidth(70_000, 2, 0)).toBe(1);
    expect(tileWidth(70_000, 3, 0)).toBe(0);
    expect(edgeTiles(0)).toEqual([]);
    expect(edgeTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(edgeTiles(255)).toEqual([{ level: 0, index: 0, width: 255 }]);
  });
});

describe('the path of a tile', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 999, width: 255 }, 'tile/0/999.p/255'],
    [{ level: 3, index: 1000, width: 1 }, 'tile/3/x001/000.p/1'],
    [{ level: 63, index: 67, width: 256 }, 'tile/63/067'],
    [{ level: 'entries', index: 1_234_067, width: 12 }, 'tile/entries/x001/x234/067.p/12'],
    [
      { level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 },
      'tile/0/x009/x007/x199/x254/x740/991',
    ],
  ] as const)('%j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it('is read back for every tile', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    const index = fc.oneof(fc.maxSafeNat(), fc.nat(2_000_000));
    const tile = fc.record({ level, index, width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(tile, (any) => {
        expect(parseTilePath(tilePath(any))).toEqual(any);
      }),
    );
  });

  it.each([
    '',
    'tile',
    'tile/0',
    'tile/0/',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/x001/x002',
    'tile/00/001',
    'tile/64/001',
    'tile/-1/001',
    'tile/100/001',
    'tile/entry/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/257',
    'tile/0/001.p/999',
    'tile/0/001.p/01',
    'tile/0/001.p/',
    'tile/0/001.p',
    'tile/0/001.p/-1',
    'tile/0/001.p/1/2',
    '/tile/0/001',
    'tile/0/001/',
    'tile/0/001\n',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x001/x009/x007/x199/x254/x740/991',
    'tile/0/００１',
    `tile/0/${'x001/'.repeat(5000)}001`,
  ])('%j is none', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('is made only for what can be a tile', () => {
    for (const width of [0, 257])
      expect(() => tilePath({ level: 0, index: 0, width })).toThrow('a tile has 1 to 256 hashes');
    for (const index of [-1, 0.5, 2 ** 53])
      expect(() => tilePath({ level: 0, index, width: 1 })).toThrow('counts from zero');
  });
});

describe('the hashes of a tile', () => {
  it('are found by their place', () => {
    const tile = Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)]);
    expect(hashesOf(tile, 1, 2)).toEqual(Buffer.concat([Buffer.alloc(32, 2), Buffer.alloc(32, 3)]));
    expect(() => hashesOf(tile, 2, 2)).toThrow('the tile is wide enough');
  });
});

describe('a bundle of entries', () => {
  it('is what was put in, empty entries included', () => {
    const entry = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries))).toEqual(entries);
      }),
    );
    expect(encodeBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 7)])).toEqual(
      Buffer.concat([Buffer.from([0, 2, 0x61, 0x62, 0, 0, 1, 2]), Buffer.alloc(258, 7)]),
    );
  });

  it('is refused when it is cut off, and has a longest entry', () => {
    const whole = encodeBundle([Buffer.from('abc')]);
    expect(decodeBundle(Buffer.alloc(0))).toEqual([]);
    for (let length = 1; length < whole.length; length += 1)
      expect(decodeBundle(whole.subarray(0, length))).toBeUndefined();
    expect(decodeBundle(encodeBundle([Buffer.alloc(65_535)]))).toHaveLength(1);
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow('at most 65535 bytes');
  });
});
