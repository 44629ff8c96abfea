import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.js';

export interface InclusionClaim {
  /** The leaf hash, not the entry. */
  readonly leaf: Buffer;
  readonly index: number;
  readonly size: number;
  readonly root: Buffer;
  readonly proof: readonly Buffer[];
}

export interface ConsistencyClaim {
  readonly from: number;
  readonly fromRoot: Buffer;
  readonly to: number;
  readonly toRoot: Buffer;
  readonly proof: readonly Buffer[];
}

/** Whether the proof shows that the leaf is in the tree (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, ...proof].every(isHash)) return false;
  const path = new Path(index, size - 1);
  let result = leaf;
  for (const sibling of proof) {
    if (path.ended) return false;
    result = path.step() === 'left' ? nodeHash(sibling, result) : nodeHash(result, sibling);
  }
  return path.ended && result.equals(root);
}

/** Whether the proof shows that the newer tree only adds to the older (RFC 9162, 2.1.4.2). */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, fromRoot, to, toRoot, proof } = claim;
  if (!isCount(from) || !isCount(to) || from > to) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (from === 0) return proof.length === 0 && fromRoot.equals(EMPTY_ROOT);
  const [seed, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  if (seed === undefined) return false;
  const path = new Path(from - 1, to - 1);
  path.skipRightTurns();
  let older = seed;
  let newer = seed;
  for (const sibling of rest) {
    if (path.ended) return false;
    if (path.step() === 'left') {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
    } else {
      newer = nodeHash(newer, sibling);
    }
  }
  return path.ended && older.equals(fromRoot) && newer.equals(toRoot);
}

/** The way from a node up to the root, beside the right edge of the tree. */
class Path {
  constructor(
    private node: number,
    private last: number,
  ) {}

  /** Whether the root is reached. */
  get ended(): boolean {
    return this.last === 0;
  }

  /** Goes up to the next sibling and says on which side it stands. */
  step(): 'left' | 'right' {
    const isLeft = this.node % 2 === 1 || this.node === this.last;
    // At the right edge the levels without a sibling are passed over.
    if (isLeft) while (this.node % 2 === 0 && this.node > 0) this.#up();
    this.#up();
    return isLeft ? 'left' : 'right';
  }

  /** Goes up while the node is a right child: to the largest subtree that ends here. */
  skipRightTurns(): void {
    while (this.node % 2 === 1) this.#up();
  }

  #up(): void {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }
}

function isHash(bytes: Buffer): boolean {
  return bytes.length === HASH_BYTES;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value)) && 2 ** Math.log2(value) === value;
}
