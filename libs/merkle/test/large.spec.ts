import fc from 'fast-check';
import {
  GrowingTree,
  HASH_BYTES,
  edgeTiles,
  hashesAtLevel,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.js';
import { Shelf, Toy, hex, leavesOf } from './toy.js';

/** Trees of three levels of tiles: too slow to run for every mutant (.ci/stryker.json). */
const AROUND = [4095, 4096, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_792, 70_000];

const leaves = leavesOf(70_000);
const joined = Buffer.concat(leaves);
const toy = new Toy(leaves);

function leavesFrom(start: number, end: number): Buffer {
  return joined.subarray(start * HASH_BYTES, end * HASH_BYTES);
}

function shelfOf(size: number, batch = size): Shelf {
  const tree = GrowingTree.empty();
  const shelf = new Shelf();
  for (let from = 0; from < size; from += batch) {
    tree.append(leavesFrom(from, Math.min(size, from + batch)));
    shelf.put(tree.takeTiles());
  }
  return shelf;
}

describe('a tree of three levels of tiles', () => {
  let whole: Shelf;

  beforeAll(() => {
    whole = shelfOf(70_000);
  });

  it.each(AROUND)('has the root of the definition at %d', async (size) => {
    const tree = GrowingTree.empty();
    tree.append(leavesFrom(0, size));
    expect(tree.size).toBe(size);
    expect(hex(tree.root())).toBe(hex(toy.mth(0, size)));
    expect(hex(await rootFromTiles(size, whole.read))).toBe(hex(toy.mth(0, size)));
  });

  it('cuts 70,000 leaves as the specification says: 273 full tiles, ends of 112, 17 and 1', () => {
    const shelf = shelfOf(70_000, 10_001);
    expect(shelf.widths(0)).toEqual([...Array.from({ length: 273 }, () => 256), 112]);
    expect(shelf.widths(1)).toEqual([256, 17]);
    expect(shelf.widths(2)).toEqual([1]);
    expect(shelf.widths(3)).toEqual([]);
    expect(edgeTiles(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
  });

  it('writes each hash of a tile as the definition says', async () => {
    const size = 66_000;
    const shelf = shelfOf(size, 7_919);
    for (const [level, count] of [
      [0, 66_000],
      [1, 257],
      [2, 1],
    ] as const) {
      expect(hashesAtLevel(size, level)).toBe(count);
      const span = 256 ** level;
      for (const place of [0, 1, 255, 256, count - 1].filter((n) => n < count)) {
        const index = Math.floor(place / 256);
        const width = tileWidth(size, level, index);
        const [hashes] = await shelf.read([{ level, index, width }]);
        const from = (place % 256) * HASH_BYTES;
        expect(hashes?.toString('hex', from, from + HASH_BYTES)).toBe(
          hex(toy.mth(place * span, (place + 1) * span)),
        );
      }
    }
  });

  it('goes on from tiles that have grown further since', () => {
    for (const size of [65_535, 65_536, 66_000]) {
      const tree = GrowingTree.resume(size, whole.edge(size));
      expect(hex(tree.root())).toBe(hex(toy.mth(0, size)));
      tree.append(leavesFrom(size, size + 600));
      expect(hex(tree.root())).toBe(hex(toy.mth(0, size + 600)));
    }
  });

  it('is proven as the definition says, for any leaf at any size', async () => {
    const sizes = fc.oneof(fc.integer({ min: 2_000, max: 69_999 }), fc.constantFrom(...AROUND));
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, any) => {
        const index = any % size;
        const proof = await proveInclusion(index, size, whole.read);
        expect(hex(proof)).toBe(hex(toy.path(index, size)));
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        const root = toy.mth(0, size);
        const leaf = leaves[index] as Buffer;
        expect(verifyInclusion({ leaf, index, size, root, proof })).toBe(true);
        const from = index + 1;
        const growth = await proveConsistency(from, size, whole.read);
        expect(hex(growth)).toBe(hex(toy.proof(from, size)));
        const roots = { fromRoot: toy.mth(0, from), toRoot: root };
        expect(verifyConsistency({ from, to: size, ...roots, proof: growth })).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('are read from the narrow tiles of their own tree as well as from wider ones', async () => {
    const size = 66_049;
    const own = shelfOf(size);
    for (const index of [0, 65_535, 65_536, 66_048]) {
      expect(hex(await proveInclusion(index, size, own.read))).toBe(hex(toy.path(index, size)));
    }
  });
});
