import fc from 'fast-check';
import {
  type ConsistencyClaim,
  EMPTY_ROOT,
  GrowingTree,
  type InclusionClaim,
  consistencyRanges,
  inclusionRanges,
  leafHash,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  splitPoint,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.js';
import { Shelf, Toy, hex, leavesOf } from './toy.js';

const AROUND = [1, 2, 255, 256, 257, 511, 512, 513, 2047, 2048, 2049];

const leaves = leavesOf(3_000);
const toy = new Toy(leaves);

function shelfOf(size: number): Shelf {
  const tree = GrowingTree.empty();
  tree.append(Buffer.concat(leaves.slice(0, size)));
  const shelf = new Shelf();
  shelf.put(tree.takeTiles());
  return shelf;
}

function inclusion(index: number, size: number): InclusionClaim {
  const proof = toy.path(index, size);
  return { leaf: leaves[index] as Buffer, index, size, root: toy.mth(0, size), proof };
}

function consistency(from: number, to: number): ConsistencyClaim {
  const [fromRoot, toRoot] = [toy.mth(0, from), toy.mth(0, to)];
  return { from, fromRoot, to, toRoot, proof: toy.proof(from, to) };
}

/** The same hash with one bit turned. */
function turned(hash: Buffer): Buffer {
  const other = Buffer.from(hash);
  other[17] = (other[17] as number) ^ 0x10;
  return other;
}

/** Every way to spoil a list of hashes by one step. */
function spoiled(proof: readonly Buffer[]): Buffer[][] {
  const other = leaves[2_999] as Buffer;
  return [
    [...proof, other],
    [other, ...proof],
    [...proof, Buffer.alloc(0)],
    [...proof, Buffer.alloc(33)],
    ...proof.flatMap((hash, place) => [
      proof.toSpliced(place, 1),
      proof.toSpliced(place, 1, turned(hash)),
      proof.toSpliced(place, 1, hash.subarray(1)),
      proof.toSpliced(place, 0, hash),
    ]),
    ...proof.slice(1).map((hash, place) => proof.toSpliced(place, 2, hash, proof[place] as Buffer)),
  ];
}

describe('proofs from tiles', () => {
  let shelf: Shelf;

  beforeEach(() => {
    shelf = shelfOf(3_000);
  });

  it('are the proofs of the definition, for every leaf and every size to 40', async () => {
    for (let size = 1; size <= 40; size += 1) {
      expect(await rootFromTiles(size, shelf.read)).toEqual(toy.mth(0, size));
      for (let index = 0; index < size; index += 1) {
        expect(hex(await proveInclusion(index, size, shelf.read))).toBe(hex(toy.path(index, size)));
        const from = index + 1;
        expect(hex(await proveConsistency(from, size, shelf.read))).toBe(
          hex(toy.proof(from, size)),
        );
      }
    }
  });

  it('are the proofs of the definition in trees of several levels', async () => {
    const sizes = fc.oneof(fc.integer({ min: 1, max: 2_999 }), fc.constantFrom(...AROUND));
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, any) => {
        const index = any % size;
        const [path, proof] = [toy.path(index, size), toy.proof(index + 1, size)];
        expect(hex(await proveInclusion(index, size, shelf.read))).toBe(hex(path));
        expect(hex(await proveConsistency(index + 1, size, shelf.read))).toBe(hex(proof));
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }),
      { numRuns: 60 },
    );
  });

  it('are read from the narrow tiles of their own tree as well as from wider ones', async () => {
    const size = 2_305;
    const own = shelfOf(size);
    for (const index of [0, 2_047, 2_048, 2_303, 2_304]) {
      expect(hex(await proveInclusion(index, size, own.read))).toBe(hex(toy.path(index, size)));
    }
  });

  it('need one look at the tiles, and each tile once', async () => {
    let looks = 0;
    await proveInclusion(1_234, 3_000, (tiles) => {
      looks += 1;
      expect(new Set(tiles.map(({ level, index }) => `${level}/${index}`)).size).toBe(tiles.length);
      expect(tiles.length).toBeLessThanOrEqual(6);
      return shelf.read(tiles);
    });
    expect(looks).toBe(1);
  });

  it('need no look for the empty and the same tree', async () => {
    const never = (): Promise<Buffer[]> => Promise.reject(new Error('not to be read'));
    expect(await rootFromTiles(0, never)).toEqual(EMPTY_ROOT);
    expect(await proveConsistency(0, 9, never)).toEqual([]);
    expect(await proveConsistency(9, 9, never)).toEqual([]);
    expect(await proveInclusion(0, 1, never)).toEqual([]);
  });

  it('are not made for what is not there', async () => {
    await expect(proveInclusion(5, 5, shelf.read)).rejects.toThrow('the leaf is in the tree');
    await expect(proveInclusion(-1, 5, shelf.read)).rejects.toThrow('the leaf is in the tree');
    await expect(proveConsistency(6, 5, shelf.read)).rejects.toThrow('the older tree');
    await expect(proveConsistency(-1, 5, shelf.read)).rejects.toThrow('the older tree');
    expect(() => splitPoint(1)).toThrow('one leaf has no two sides');
    const short = async (tiles: readonly unknown[]): Promise<Buffer[]> =>
      tiles.map(() => Buffer.alloc(31));
    await expect(proveInclusion(1, 2, short)).rejects.toThrow('as wide as it was asked for');
    await expect(proveInclusion(1, 2, async () => [])).rejects.toThrow('every tile is answered');
  });
});

describe('what a proof covers', () => {
  it('is every leaf but the one proven, from its neighbour up', () => {
    expect(inclusionRanges(2, 7)).toEqual([
      { start: 3, end: 4 },
      { start: 0, end: 2 },
      { start: 4, end: 7 },
    ]);
    expect(consistencyRanges(6, 7)).toEqual([
      { start: 4, end: 6 },
      { start: 6, end: 7 },
      { start: 0, end: 4 },
    ]);
  });

  it('is made of complete subtrees', () => {
    expect(subtreesOf({ start: 4, end: 11 })).toEqual([
      { height: 2, index: 1 },
      { height: 1, index: 4 },
      { height: 0, index: 10 },
    ]);
    expect(subtreesOf({ start: 0, end: 2 ** 40 })).toEqual([{ height: 40, index: 0 }]);
  });
});

describe('checking that a leaf is in the tree', () => {
  it('agrees for every leaf and every size to 70', () => {
    for (let size = 1; size <= 70; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verifyInclusion(inclusion(index, size))).toBe(true);
      }
    }
  });

  it('refuses every proof that is spoiled', () => {
    for (let size = 1; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = inclusion(index, size);
        for (const proof of spoiled(claim.proof)) {
          expect(verifyInclusion({ ...claim, proof })).toBe(false);
        }
      }
    }
  });

  it('refuses another leaf, root and place', () => {
    for (let size = 2; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = inclusion(index, size);
        const wrong: Partial<InclusionClaim>[] = [
          { leaf: turned(claim.leaf) },
          { leaf: claim.leaf.subarray(1) },
          { root: turned(claim.root) },
          { root: claim.root.subarray(1) },
          { index: (index + 1) % size },
          { index: index + size },
          { index: size },
          { index: -1 },
          { index: index + 0.5 },
          { index: Number.NaN },
          { size: Number.NaN },
          { size: Number.POSITIVE_INFINITY },
        ];
        for (const part of wrong) expect(verifyInclusion({ ...claim, ...part })).toBe(false);
      }
    }
  });

  it('works in trees whose size has more than 32 bits', () => {
    // The leaf at 2^40 stands alone to the right of a complete subtree.
    const [leaf, left] = leaves as [Buffer, Buffer];
    const root = new Toy([left, leaf]).mth(0, 2);
    const claim = { leaf, index: 2 ** 40, size: 2 ** 40 + 1, root, proof: [left] };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: 2 ** 40 - 1 })).toBe(false);
    const older = { from: 2 ** 40, fromRoot: left, to: 2 ** 40 + 1, toRoot: root, proof: [leaf] };
    expect(verifyConsistency(older)).toBe(true);
    expect(verifyConsistency({ ...older, from: 2 ** 40 - 1 })).toBe(false);
  });
});

describe('checking that a tree only grew', () => {
  it('agrees for all pairs of sizes to 70', () => {
    for (let to = 0; to <= 70; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const claim = from === 0 ? { ...consistency(1, 1), ...empty(to) } : consistency(from, to);
        expect(verifyConsistency(claim)).toBe(true);
      }
    }
  });

  function empty(to: number): ConsistencyClaim {
    return { from: 0, fromRoot: EMPTY_ROOT, to, toRoot: toy.mth(0, to), proof: [] };
  }

  it('refuses every proof that is spoiled', () => {
    for (let to = 1; to <= 20; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const claim = from === 0 ? empty(to) : consistency(from, to);
        for (const proof of spoiled(claim.proof)) {
          expect(verifyConsistency({ ...claim, proof })).toBe(false);
        }
      }
    }
  });

  it('refuses other roots and sizes', () => {
    for (let to = 2; to <= 20; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const claim = from === 0 ? empty(to) : consistency(from, to);
        const wrong: Partial<ConsistencyClaim>[] = [
          { fromRoot: turned(claim.fromRoot) },
          { fromRoot: claim.fromRoot.subarray(1) },
          { from: to + 1 },
          { from: -1 },
          { from: from + 0.5 },
          { from: Number.NaN },
          { to: Number.NaN },
          { to: from - 1 },
          { to: Number.POSITIVE_INFINITY },
          // To the empty tree every tree is consistent, so only its own root can be wrong there.
          ...(from === 0 ? [] : [{ toRoot: turned(claim.toRoot) }]),
        ];
        for (const part of wrong) expect(verifyConsistency({ ...claim, ...part })).toBe(false);
      }
    }
  });

  it('refuses a shortened proof where the older tree is no complete subtree', () => {
    expect(verifyConsistency({ ...consistency(3, 4), proof: [] })).toBe(false);
    expect(verifyConsistency({ ...consistency(6, 7), proof: [] })).toBe(false);
  });

  it('finds a leaf that was changed between two checkpoints', () => {
    const forged = new Toy(leaves.slice(0, 40).toSpliced(7, 1, leafHash(Buffer.from('forged'))));
    for (let from = 8; from < 40; from += 1) {
      const claim = { ...consistency(from, 40), toRoot: forged.mth(0, 40) };
      expect(verifyConsistency({ ...claim, proof: forged.proof(from, 40) })).toBe(false);
    }
  });
});
