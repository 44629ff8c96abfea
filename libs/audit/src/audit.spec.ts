import fc from 'fast-check';
import { GrowingTree, HASH_BYTES, leafHash, rootOfRow } from '#libs/merkle';
import { Comparison, LogCheck, classify, firstDifference, upperTiles } from './index.js';

/** A log of numbered leaves, and books that hold the same entries in postings of some sizes. */
const leafOf = (n: number): Buffer => leafHash(Buffer.from(`entry ${n}`));
const rowOf = (numbers: readonly number[]): Buffer => Buffer.concat(numbers.map(leafOf));
const upTo = (size: number): number[] => Array.from({ length: size }, (_, n) => n);
const named = (n: number): { postingId: string; postingPos: number; entryId: string } => ({
  postingId: 'p',
  postingPos: n,
  entryId: `${n}.0`,
});

/** What stands at each place of the books: the number of an entry, or nothing. */
function look(
  size: number,
  books: readonly { place: number; entry: number }[],
  options: { sound?: boolean; window?: number; posted?: (n: number) => number } = {},
): ReturnType<typeof classify> {
  const { sound = true, window = 7, posted = (n: number) => n } = options;
  const comparison = new Comparison();
  const places = [
    { postingId: 'p', firstIndex: 0, entries: size, leaves: rowOf(upTo(size).map(posted)) },
  ];
  for (let start = 0; start < size; start += window) {
    const numbers = upTo(size).slice(start, start + window);
    comparison.open(start, rowOf(numbers), places);
    for (const { place, entry } of books) {
      if (place >= size || !comparison.covers(place)) continue;
      const leaf = leafOf(entry);
      if (!comparison.fits(place, leaf)) comparison.differs(place, leaf, named(entry));
    }
    comparison.close();
  }
  for (const { place, entry } of books.filter(({ place }) => place >= size)) {
    const detail = 'never logged';
    comparison.isExtra({ ...named(entry), kind: 'inserted', leaf: leafOf(entry), detail });
    expect(place).toBeGreaterThanOrEqual(size);
  }
  return classify(comparison.facts({ logSize: size, isLogSound: sound }));
}

const whole = (size: number): { place: number; entry: number }[] =>
  upTo(size).map((n) => ({ place: n, entry: n }));
const SIZE = 30;
const brief = (findings: ReturnType<typeof classify>): unknown[] =>
  findings.map(({ kind, index, count }) => [kind, index, count]);

describe('classify', () => {
  it('finds nothing in books that say what was logged, in any order and any window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.infiniteStream(fc.nat()),
        (size, window, shuffle) => {
          const books = whole(size)
            .map((one) => ({ one, by: shuffle.next().value as number }))
            .sort((a, b) => a.by - b.by)
            .map(({ one }) => one);
          expect(look(size, books, { window })).toEqual([]);
        },
      ),
    );
  });

  it('names one edited entry', () => {
    fc.assert(
      fc.property(fc.nat(SIZE - 1), (at) => {
        const books = whole(SIZE).map((one) => (one.place === at ? { ...one, entry: 999 } : one));
        expect(brief(look(SIZE, books))).toEqual([['edited', at, 1]]);
      }),
    );
  });

  it('names what is gone by its first entry, and tells a tail from a hole', () => {
    fc.assert(
      fc.property(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 10 }), (from, length) => {
        const books = whole(SIZE).filter(({ place }) => place < from || place >= from + length);
        const count = Math.min(length, SIZE - from);
        const kind = from + length >= SIZE ? 'truncated' : 'deleted';
        expect(brief(look(SIZE, books))).toEqual([[kind, from, count]]);
      }),
    );
  });

  it('names two that were swapped, whatever windows they are in', () => {
    fc.assert(
      fc.property(fc.nat(SIZE - 1), fc.nat(SIZE - 1), (a, b) => {
        fc.pre(a !== b);
        const swapped = new Map([
          [a, b],
          [b, a],
        ]);
        const books = whole(SIZE).map((one) => ({
          ...one,
          entry: swapped.get(one.place) ?? one.entry,
        }));
        expect(brief(look(SIZE, books))).toEqual(
          [a, b].sort((x, y) => x - y).map((at) => ['swapped', at, 1]),
        );
      }),
    );
  });

  it('names an inserted entry, before or after the one whose place it takes', () => {
    const intruder = { place: 9, entry: 999 };
    for (const books of [
      [...whole(SIZE), intruder],
      [intruder, ...whole(SIZE)],
    ]) {
      const [only, ...others] = look(SIZE, books);
      expect([only?.kind, only?.entryId, others.length]).toEqual(['inserted', '999.0', 0]);
    }
    expect(brief(look(SIZE, [...whole(SIZE), { place: SIZE + 3, entry: 999 }]))).toEqual([
      ['inserted', null, 1],
    ]);
  });

  it('an entry moved out of its posting is named by the place it had', () => {
    const books = whole(SIZE).map((one) => (one.place === 4 ? { place: SIZE + 1, entry: 4 } : one));
    expect(brief(look(SIZE, books))).toEqual([['swapped', 4, 1]]);
  });

  it('blames the posting when only its hash was changed, and the log when that does not add up', () => {
    const posted = (n: number): number => (n === 5 ? 999 : n);
    expect(brief(look(SIZE, whole(SIZE), { posted }))).toEqual([['hash-altered', 5, 1]]);
    const books = whole(SIZE).map((one) => (one.place === 5 ? { ...one, entry: 999 } : one));
    expect(brief(look(SIZE, books, { posted }))).toEqual([['edited', 5, 1]]);
    expect(brief(look(SIZE, books, { posted, sound: false }))).toEqual([['hash-altered', 5, 1]]);
  });

  it('keeps the first of very many', () => {
    const findings = look(
      25_000,
      whole(25_000).map((one) => ({ ...one, entry: one.entry + 1_000_000 })),
      { window: 5_000 },
    );
    expect(findings[0]).toMatchObject({ kind: 'edited', index: 0 });
    expect(findings).toHaveLength(10_000);
  });
});

describe('LogCheck', () => {
  it('agrees with every root that the log ever had, and with no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(699),
        (size, step, other) => {
          const past = other % (size + 1);
          const check = new LogCheck([0, size, past]);
          const leaves = rowOf(upTo(size));
          for (let at = 0; at < size; at += step) {
            check.append(leaves.subarray(at * HASH_BYTES, (at + step) * HASH_BYTES));
          }
          const root = (count: number): Buffer => {
            const tree = GrowingTree.empty();
            tree.append(rowOf(upTo(count)));
            return tree.root();
          };
          expect(check.agrees({ size, root: root(size) })).toBe(true);
          expect(check.agrees({ size: past, root: root(past) })).toBe(true);
          expect(check.agrees({ size: past, root: root(past + 1) })).toBe(false);
          expect(check.agrees({ size: size + 1, root: root(size + 1) })).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('judges stored tiles by the leaves under them', () => {
    const tree = GrowingTree.empty();
    const leaves = rowOf(upTo(600));
    tree.append(leaves);
    const check = new LogCheck([600]);
    check.append(leaves);
    const stored = tree.takeTiles().filter(({ level }) => level > 0);
    expect(stored.map(({ level, index }) => `${level}/${index}`)).toEqual(upperTiles(600));
    for (const tile of stored) {
      expect(check.judge(tile)).toBeUndefined();
      const hashes = Buffer.from(tile.hashes);
      hashes[HASH_BYTES] = (hashes[HASH_BYTES] ?? 0) ^ 1;
      expect(check.judge({ ...tile, hashes })).toMatchObject({ kind: 'log-altered', index: 256 });
    }
    expect(rootOfRow(leaves.subarray(0, 256 * HASH_BYTES))).toEqual(
      stored[0]?.hashes.subarray(0, HASH_BYTES),
    );
  });
});

describe('firstDifference', () => {
  it('counts hashes that are alike', () => {
    expect(firstDifference(rowOf([1, 2, 3]), rowOf([1, 2, 3]))).toBe(3);
    expect(firstDifference(rowOf([1, 2, 3]), rowOf([1, 9, 3]))).toBe(1);
    expect(firstDifference(rowOf([1]), rowOf([1, 2]))).toBe(1);
  });
});
