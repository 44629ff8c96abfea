import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  GrowingTree,
  type ReadTiles,
  formatNote,
  formatVerifierKey,
  leafHash,
  proveConsistency,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';

/** A tree as far as its root tells it. */
interface Tree {
  readonly size: number;
  readonly root: string;
}

/** The pages are compiled by rules of their own, so they are loaded and not imported. */
const PAGES = '../../web/src';

interface Proof {
  isSigned(signed: string, verifierKey: string): Promise<boolean | null>;
  onlyGrew(older: Tree, newer: Tree, hashes: readonly string[]): Promise<boolean>;
}

const MOST = 700;
const leaves = Array.from({ length: MOST }, (_, index) => leafHash(Buffer.from(String(index))));

/** The tree over some leaves, as the service keeps it and as a page knows it. */
function treeOf(hashes: readonly Buffer[]) {
  const grown = GrowingTree.empty();
  grown.append(Buffer.concat(hashes));
  const tiles = new Map(
    grown.takeTiles().map(({ level, index, hashes: own }) => [`${level}/${index}`, own]),
  );
  const readTiles: ReadTiles = (wanted) =>
    Promise.resolve(wanted.map(({ level, index }) => tiles.get(`${level}/${index}`) as Buffer));
  return { size: hashes.length, root: grown.root().toString('base64'), readTiles };
}

const sizes = fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: MOST }));

describe('what the page of the log checks in the browser', () => {
  let proof: Proof;
  let parseCheckpoint: (signed: string) => object | null;

  beforeAll(async () => {
    proof = (await import(`${PAGES}/pages/log/proof`)) as Proof;
    ({ parseCheckpoint } = (await import(`${PAGES}/parts/checkpoint`)) as {
      parseCheckpoint: typeof parseCheckpoint;
    });
  });

  it('is a signature under the log’s own key and no other', async () => {
    const [key, other] = [1, 2].map((seed) =>
      signingKey('bank.example/v1/log', Buffer.alloc(32, seed)),
    );
    if (!key || !other) throw new Error('no keys');
    const signed = formatNote(
      signCheckpoint({ origin: key.name, size: 7, root: randomBytes(32) }, key),
    );
    expect(parseCheckpoint(signed)).toMatchObject({ origin: key.name, size: 7 });
    expect(await proof.isSigned(signed, formatVerifierKey(key))).toBe(true);
    expect(await proof.isSigned(signed, formatVerifierKey(other))).toBe(false);
    const altered = signed.replace('\n7\n', '\n8\n');
    expect(await proof.isSigned(altered, formatVerifierKey(key))).toBe(false);
  });

  it('is that a tree of any size only adds to an older one', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([one, other]) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const [older, newer] = [treeOf(leaves.slice(0, from)), treeOf(leaves.slice(0, to))];
        const path = await proveConsistency(from, to, newer.readTiles);
        const hashes = path.map((hash) => hash.toString('base64'));
        expect(await proof.onlyGrew(older, newer, hashes)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused for a tree that was changed before the older one ended', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ([one, other], at) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const changed = leaves.slice(0, to);
        changed[at % from] = leafHash(Buffer.from('another entry'));
        const [older, newer] = [treeOf(leaves.slice(0, from)), treeOf(changed)];
        const path = await proveConsistency(from, to, newer.readTiles);
        const hashes = path.map((hash) => hash.toString('base64'));
        expect(await proof.onlyGrew(older, newer, hashes)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
