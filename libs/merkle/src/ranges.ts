import assert from 'node:assert';

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The complete subtree over 2^height leaves from index × 2^height on. */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** Largest power of two that is smaller than `count`: where the RFC splits a tree. */
export function splitPoint(count: number): number {
  assert(count > 1, 'one leaf has no two sides');
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

/**
 * What the hashes of an inclusion proof cover (RFC 6962, 2.1.1), from the leaf's neighbour up.
 * Its length is at most ⌈log2(size)⌉.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assert(index >= 0 && index < size, 'the leaf is in the tree');
  const ranges: LeafRange[] = [];
  let whole: LeafRange = { start: 0, end: size };
  while (whole.end - whole.start > 1) {
    const { left, right } = halves(whole);
    const inLeft = index < left.end;
    ranges.push(inLeft ? right : left);
    whole = inLeft ? left : right;
  }
  return ranges.reverse();
}

/**
 * What the hashes of a consistency proof cover (RFC 6962, 2.1.2), in the order of the RFC. Nothing
 * is to be proven for an empty tree or for the same tree twice.
 */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  assert(from >= 0 && from <= to, 'the older tree is the smaller one');
  if (from === 0 || from === to) return [];
  const ranges: LeafRange[] = [];
  let whole: LeafRange = { start: 0, end: to };
  while (whole.end !== from) {
    const { left, right } = halves(whole);
    const inLeft = from <= left.end;
    ranges.push(inLeft ? right : left);
    whole = inLeft ? left : right;
  }
  // Who checks the proof knows the old root already, when that is a complete subtree.
  if (whole.start > 0) ranges.push(whole);
  return ranges.reverse();
}

/** The complete subtrees that make up a range of a proof, left to right. */
export function subtreesOf({ start, end }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let from = start; from < end;) {
    let height = 0;
    let leaves = 1;
    while (from % (leaves * 2) === 0 && from + leaves * 2 <= end) {
      leaves *= 2;
      height += 1;
    }
    subtrees.push({ height, index: from / leaves });
    from += leaves;
  }
  return subtrees;
}

function halves({ start, end }: LeafRange): { left: LeafRange; right: LeafRange } {
  const middle = start + splitPoint(end - start);
  return { left: { start, end: middle }, right: { start: middle, end } };
}
