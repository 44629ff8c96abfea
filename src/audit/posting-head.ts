import { headText } from '#libs/double-entry';
import { HASH_BYTES, leafHash, sha256 } from '#libs/merkle';

/** A posting as an audit needs it: where it stands, and what its entries share. */
export interface PostingFacts {
  readonly postingId: string;
  /** Null while the log does not have it. */
  readonly firstIndex: number | null;
  readonly entries: number;
  readonly leaves: Buffer | undefined;
  /** When it was recorded, spelled as its entries spell it. */
  readonly recordedAt: Buffer;
  /** The first lines of each entry's digested text; undefined when no posting can read so. */
  readonly head: Buffer | undefined;
}

/** The lines that the entries of a posting share, or undefined for values no posting can have. */
export function headOf(posting: {
  postingId: string;
  recordedAt: Date;
  actor: string;
  institutionId: string | null;
}): Buffer | undefined {
  try {
    return Buffer.from(`${headText(posting)}\n`);
  } catch {
    // An empty actor, one with line breaks, or a time that is none.
    return undefined;
  }
}

const SCRATCH = Buffer.allocUnsafe(64 * 1024);

/** The leaf of an entry from its two halves: what its posting says, and what is its own. */
export function leafOf(head: Buffer, lines: Buffer, from: number, to: number): Buffer {
  const length = head.length + to - from;
  const text = length <= SCRATCH.length ? SCRATCH : Buffer.allocUnsafe(length);
  head.copy(text);
  lines.copy(text, head.length, from, to);
  return leafHash(sha256(text.subarray(0, length)));
}

/** The hash that a posting keeps for one of its entries. */
export function postedLeaf(
  { leaves }: Pick<PostingFacts, 'leaves'>,
  pos: number,
): Buffer | undefined {
  return leaves?.subarray(pos * HASH_BYTES, (pos + 1) * HASH_BYTES);
}
