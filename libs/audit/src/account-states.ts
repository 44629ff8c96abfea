import {
  type AccountLeaf,
  FIRST_CHAIN,
  accountKey,
  accountLeaf,
  extendChain,
  groupOf,
  rowRoot,
  subtreeRoot,
} from '#libs/proofs';

interface State {
  readonly key: Buffer;
  entries: number;
  chain: Buffer;
}

/**
 * The tree of accounts built again from the entries in the order of the log, so that its root can be
 * asked for at every seal. Some 300 bytes of memory an account.
 */
export class AccountStates {
  readonly #states = new Map<string, State>();
  /** Accounts of each group, sorted by key. */
  readonly #groups = new Map<number, State[]>();
  readonly #touched = new Set<number>();
  /** Roots of groups by first byte, then by second. */
  readonly #lower = new Map<number, Map<number, Buffer>>();
  readonly #upper = new Map<number, Buffer>();

  /** Accounts with entries. */
  get size(): number {
    return this.#states.size;
  }

  /** The next entry of an account. */
  add(learnerId: string, index: number, leaf: Buffer): void {
    const state = this.#states.get(learnerId) ?? this.#open(learnerId);
    state.entries += 1;
    state.chain = extendChain(state.chain, index, leaf);
    this.#touched.add(groupOf(state.key));
  }

  root(): Buffer {
    const firstBytes = new Set<number>();
    for (const group of this.#touched) {
      const leaves = (this.#groups.get(group) ?? []).map(leafOf);
      const row = this.#lower.get(group >> 8) ?? new Map<number, Buffer>();
      row.set(group & 0xff, subtreeRoot(leaves));
      this.#lower.set(group >> 8, row);
      firstBytes.add(group >> 8);
    }
    this.#touched.clear();
    for (const first of firstBytes)
      this.#upper.set(first, rowRoot(this.#lower.get(first) ?? new Map()));
    return rowRoot(this.#upper);
  }

  #open(learnerId: string): State {
    const state = { key: accountKey(learnerId), entries: 0, chain: FIRST_CHAIN };
    this.#states.set(learnerId, state);
    const group = this.#groups.get(groupOf(state.key)) ?? [];
    const at = group.findIndex(({ key }) => key.compare(state.key) > 0);
    group.splice(at < 0 ? group.length : at, 0, state);
    this.#groups.set(groupOf(state.key), group);
    return state;
  }
}

function leafOf({ key, entries, chain }: State): AccountLeaf {
  return { key, leaf: accountLeaf(key, entries, chain) };
}
