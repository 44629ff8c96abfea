import assert from 'node:assert';
import { HASH_BYTES, sha256 } from '#libs/merkle';

/**
 * The tree of accounts: for every learner how many entries the log holds, and a running hash over
 * them. It is a prefix tree: the bits of a key say the way from the root, so one learner has one place
 * and nobody can be in it twice. Which entries a learner has is thereby said once, under one root.
 *
 * A subtree with one account is that account, however deep its key would go on; above
 * {@link GROUP_BITS} every level is there. A subtree without accounts is {@link EMPTY_SUBTREE}.
 */

/** An account as the tree holds it. */
export interface AccountLeaf {
  readonly key: Buffer;
  readonly leaf: Buffer;
}

/** Levels above the groups: a change of one account touches one group and two rows of 256 nodes. */
export const GROUP_BITS = 16;

/** Nodes that stand side by side in one row: eight levels. */
export const ROW_WIDTH = 256;
const ROW_BITS = 8;

const KEY_BITS = HASH_BYTES * 8;
const [ACCOUNT, NODE, EMPTY] = [0, 1, 2];

/** What stands where no account is. */
export const EMPTY_SUBTREE: Buffer = sha256(Buffer.of(EMPTY));

/** The running hash of a learner without entries. */
export const FIRST_CHAIN: Buffer = Buffer.alloc(HASH_BYTES);

/** Where a learner stands in the tree. It tells nothing of the learner: ids are random. */
export function accountKey(learnerId: string): Buffer {
  return sha256(Buffer.from(`creditbank-account/v1\n${learnerId}`));
}

/** The running hash with one more entry: its place in the log, and its leaf there. */
export function extendChain(chain: Buffer, index: number, leaf: Buffer): Buffer {
  return sha256(Buffer.concat([chain, uint64(index), leaf]));
}

/** The leaf of an account. */
export function accountLeaf(key: Buffer, entries: number, chain: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(ACCOUNT), key, uint64(entries), chain]));
}

/** The group of a key: its first {@link GROUP_BITS} bits. */
export function groupOf(key: Buffer): number {
  return key.readUInt16BE(0);
}

/**
 * The root over the accounts of one group, sorted by key.
 *
 * @param depth bits of the keys that are alike already
 */
export function subtreeRoot(accounts: readonly AccountLeaf[], depth = GROUP_BITS): Buffer {
  const [first, second] = accounts;
  if (!first) return EMPTY_SUBTREE;
  if (!second) return first.leaf;
  const { left, right } = split(accounts, depth);
  return join(subtreeRoot(left, depth + 1), subtreeRoot(right, depth + 1));
}

/** The root over a row of nodes; places without one are empty. */
export function rowRoot(nodes: ReadonlyMap<number, Buffer>): Buffer {
  return rowLevels(nodes).at(-1)?.[0] ?? EMPTY_SUBTREE;
}

/** The accounts of a group and the two rows above it, for the way of one key to the root. */
export interface AccountSurroundings {
  readonly group: readonly AccountLeaf[];
  /** Groups that have the first 8 bits in common, by their next 8. */
  readonly lower: ReadonlyMap<number, Buffer>;
  /** By the first 8 bits. */
  readonly upper: ReadonlyMap<number, Buffer>;
}

/** The neighbours of a key on its way from the root down to its account. */
export function accountSiblings(key: Buffer, around: AccountSurroundings): Buffer[] {
  return [
    ...rowSiblings(around.upper, key[0] as number),
    ...rowSiblings(around.lower, key[1] as number),
    ...groupSiblings(around.group, key, GROUP_BITS),
  ];
}

/** The root to which an account leads; undefined for a way that is longer than a key. */
export function rootOfAccount(
  { key, leaf }: AccountLeaf,
  siblings: readonly Buffer[],
): Buffer | undefined {
  if (siblings.length > KEY_BITS) return undefined;
  return siblings.reduceRight(
    (node, sibling, depth) => (isRight(key, depth) ? join(sibling, node) : join(node, sibling)),
    leaf,
  );
}

function groupSiblings(accounts: readonly AccountLeaf[], key: Buffer, depth: number): Buffer[] {
  if (accounts.length < 2) {
    assert(accounts[0]?.key.equals(key), 'the account is in its group');
    return [];
  }
  const { left, right } = split(accounts, depth);
  const [own, other] = isRight(key, depth) ? [right, left] : [left, right];
  return [subtreeRoot(other, depth + 1), ...groupSiblings(own, key, depth + 1)];
}

function rowSiblings(nodes: ReadonlyMap<number, Buffer>, place: number): Buffer[] {
  const levels = rowLevels(nodes);
  return Array.from({ length: ROW_BITS }, (_, up) => {
    const level = ROW_BITS - 1 - up;
    return levels[level]?.[(place >> level) ^ 1] as Buffer;
  });
}

/** A row and the levels above it, up to the one node over all. */
function rowLevels(nodes: ReadonlyMap<number, Buffer>): Buffer[][] {
  const row = Array.from({ length: ROW_WIDTH }, (_, place) => nodes.get(place) ?? EMPTY_SUBTREE);
  const levels = [row];
  for (let below = row; below.length > 1;) {
    const pairs = below.length / 2;
    const children = below;
    below = Array.from({ length: pairs }, (_, at) =>
      join(children[2 * at] as Buffer, children[2 * at + 1] as Buffer),
    );
    levels.push(below);
  }
  return levels;
}

function split(
  accounts: readonly AccountLeaf[],
  depth: number,
): { left: readonly AccountLeaf[]; right: readonly AccountLeaf[] } {
  assert(depth < KEY_BITS, 'no two accounts have one key');
  const at = accounts.findIndex(({ key }) => isRight(key, depth));
  const middle = at < 0 ? accounts.length : at;
  return { left: accounts.slice(0, middle), right: accounts.slice(middle) };
}

/** Two empty sides are an empty whole, so that an empty region has one form at every depth. */
function join(left: Buffer, right: Buffer): Buffer {
  if (left.equals(EMPTY_SUBTREE) && right.equals(EMPTY_SUBTREE)) return EMPTY_SUBTREE;
  return sha256(Buffer.concat([Buffer.of(NODE), left, right]));
}

function isRight(key: Buffer, depth: number): boolean {
  return (((key[depth >> 3] as number) >> (7 - (depth & 7))) & 1) === 1;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
