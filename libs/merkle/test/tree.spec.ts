import fc from 'fast-check';
import {
  EMPTY_ROOT,
  GrowingTree,
  HASH_BYTES,
  leafHash,
  nodeHash,
  rootOfRow,
  sha256,
} from '../src/index.js';
import { Shelf, Toy, hex, leavesOf } from './toy.js';

/** Sizes around which something fills up or begins. */
const AROUND = [1, 2, 255, 256, 257, 511, 512, 513, 2047, 2048, 2049];

const leaves = leavesOf(6_000);
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

describe('hashes', () => {
  it('tells leaves, nodes and the empty tree apart', () => {
    expect(hex(EMPTY_ROOT)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    const [one, two] = leavesOf(2) as [Buffer, Buffer];
    expect(leafHash(Buffer.of(5))).toEqual(sha256(Buffer.of(0, 5)));
    expect(nodeHash(one, two)).toEqual(sha256(Buffer.concat([Buffer.of(1), one, two])));
  });

  it.each([0, 1, 32, 1023, 1024, 1025, 5000])('hashes a leaf of %d bytes', (length) => {
    const data = Buffer.alloc(length, 7);
    expect(leafHash(data)).toEqual(sha256(Buffer.concat([Buffer.of(0), data])));
  });

  it('keeps no trace of a longer leaf before', () => {
    leafHash(Buffer.alloc(1000, 9));
    expect(leafHash(Buffer.from('x'))).toEqual(sha256(Buffer.from('\0x')));
  });

  it('refuses what is no hash', () => {
    const [one] = leavesOf(1) as [Buffer];
    expect(() => nodeHash(one, Buffer.alloc(31))).toThrow('a hash has 32 bytes');
    expect(() => nodeHash(Buffer.alloc(33), one)).toThrow('a hash has 32 bytes');
    for (const length of [0, 31, 33])
      expect(() => rootOfRow(Buffer.alloc(length))).toThrow('a row holds whole hashes');
  });

  it('gives the root of a row a memory of its own', () => {
    const row = Buffer.alloc(HASH_BYTES, 1);
    const root = rootOfRow(row);
    row.fill(2);
    expect(root).toEqual(Buffer.alloc(HASH_BYTES, 1));
  });
});

describe('the growing tree', () => {
  it('has the root of the definition at every size to 600', () => {
    const tree = GrowingTree.empty();
    expect(tree.root()).toEqual(EMPTY_ROOT);
    for (let size = 1; size <= 600; size += 1) {
      tree.append(leavesFrom(size - 1, size));
      expect(tree.size).toBe(size);
      expect(hex(tree.root())).toBe(hex(toy.mth(0, size)));
    }
  });

  it.each(AROUND)('has the root of the definition at %d', (size) => {
    const tree = GrowingTree.empty();
    tree.append(leavesFrom(0, size));
    expect(tree.size).toBe(size);
    expect(hex(tree.root())).toBe(hex(toy.mth(0, size)));
  });

  it('gives the same tiles and roots however the leaves are cut, and after every restart', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cuts, (batches) => {
        let tree = GrowingTree.empty();
        const shelf = new Shelf();
        for (const batch of batches) {
          tree.append(leavesFrom(tree.size, tree.size + batch));
          shelf.put(tree.takeTiles());
          expect(tree.takeTiles()).toEqual([]);
          tree = GrowingTree.resume(tree.size, shelf.edge(tree.size));
          expect(tree.takeTiles()).toEqual([]);
        }
        expect(hex(tree.root())).toBe(hex(toy.mth(0, tree.size)));
        expect(shelf.digest()).toBe(shelfOf(tree.size).digest());
      }),
      { numRuns: 30 },
    );
  });

  it('goes on from tiles that have grown further since', () => {
    const shelf = shelfOf(3_000);
    for (const size of [1, 255, 256, 300, 2_047, 2_304]) {
      const tree = GrowingTree.resume(size, shelf.edge(size));
      expect(hex(tree.root())).toBe(hex(toy.mth(0, size)));
      tree.append(leavesFrom(size, size + 600));
      expect(hex(tree.root())).toBe(hex(toy.mth(0, size + 600)));
    }
  });

  it('hands out tiles that do not change afterwards', () => {
    const tree = GrowingTree.empty();
    tree.append(leavesFrom(0, 3));
    const [tile] = tree.takeTiles();
    tree.append(leavesFrom(3, 600));
    expect(tile).toEqual({ level: 0, index: 0, width: 3, hashes: leavesFrom(0, 3) });
  });

  it('hands out only what changed', () => {
    const tree = GrowingTree.empty();
    tree.append(leavesFrom(0, 300));
    tree.takeTiles();
    tree.append(leavesFrom(300, 310));
    expect(tree.takeTiles().map(({ level, index, width }) => [level, index, width])).toEqual([
      [0, 1, 54],
    ]);
    tree.append(Buffer.alloc(0));
    expect(tree.takeTiles()).toEqual([]);
    tree.append(leavesFrom(310, 512));
    expect(tree.takeTiles().map(({ level, index, width }) => [level, index, width])).toEqual([
      [0, 1, 256],
      [1, 0, 2],
    ]);
  });

  it('refuses leaves and edges that do not fit', () => {
    const tree = GrowingTree.empty();
    expect(() => tree.append(Buffer.alloc(33))).toThrow('leaves are whole hashes');
    expect(() => GrowingTree.resume(3, [])).toThrow('one buffer per tile at the edge');
    expect(() => GrowingTree.resume(3, [Buffer.alloc(64)])).toThrow(
      'an edge tile is at least as wide as the tree',
    );
  });
});
