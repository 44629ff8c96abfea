import { GrowingTree, type Tile } from '#libs/merkle';
import { type Seal, sealLeaf } from '#libs/proofs';
import { AccountStates } from './account-states.js';
import type { Finding } from './findings.js';
import { firstWrongTile } from './kept-tiles.js';
import type { Claim } from './log-check.js';

/** A seal as it is kept, with the root of the log of seals that ends with it. */
export interface KeptSeal extends Seal {
  readonly treeRoot: Buffer;
}

/**
 * Makes every seal again from log and books, and names the first that is not what they give: of the
 * log of seals (numbers, sizes, roots of the log, roots of this log) and of the accounts in it.
 */
export class SealCheck {
  readonly #tree = GrowingTree.empty();
  readonly #accounts = new AccountStates();
  readonly #roots = new Map<number, Buffer>();
  #lastSize = 0;
  #wrong: Finding | undefined;
  /** The first seal whose accounts are not those of the books. */
  #wrongAccounts: { readonly seal: KeptSeal; readonly finding: Finding } | undefined;
  /** The first place of the log of which the books do not say whose it is. */
  #unownedAt = Infinity;

  /**
   * @param log name of the log of entries
   * @param sizes of the log of seals at which a root will be asked for
   */
  constructor(
    private readonly log: string,
    private readonly sizes: readonly number[],
  ) {}

  /** Seals that were taken in. */
  get size(): number {
    return this.#tree.size;
  }

  /** The next entry of the log; undefined when the books have none at its place. */
  add(index: number, leaf: Buffer, learnerId: string | undefined): void {
    if (learnerId === undefined) this.#unownedAt = Math.min(this.#unownedAt, index);
    else this.#accounts.add(learnerId, index, leaf);
  }

  /**
   * Judges the next seal. Every entry below its size was added before.
   *
   * @param logRoot root of the log at that size, from its leaves; undefined beyond the end of the log
   */
  judge(seal: KeptSeal, logRoot: Buffer | undefined): void {
    this.#tree.append(sealLeaf(seal));
    if (this.sizes.includes(this.#tree.size)) this.#roots.set(this.#tree.size, this.#tree.root());
    const fault = this.#faultOf(seal, logRoot);
    if (fault !== undefined) this.#wrong ??= wrong(seal.number, fault);
    this.#lastSize = seal.logSize;
    if (this.#wrongAccounts || this.#unownedAt < seal.logSize || logRoot === undefined) return;
    const accounts = this.#faultOfAccounts(seal);
    if (accounts !== undefined) {
      this.#wrongAccounts = { seal, finding: wrong(seal.number, accounts) };
    }
  }

  /** Whether the log of seals, as it is, had this root at this size. */
  agrees({ size, root }: Claim): boolean {
    return this.#roots.get(size)?.equals(root) ?? false;
  }

  /**
   * What is wrong with the seals.
   *
   * @param stored tiles of the log of seals
   * @param booksWrongAt first place of the log that the books do not agree with; seals beyond it cannot
   *   be held against them
   */
  findings(stored: readonly Tile[], booksWrongAt: number): Finding[] {
    const found = this.#wrong ? [this.#wrong] : this.#judgeTiles(stored);
    const accounts = this.#wrongAccounts;
    const isJudged = accounts && accounts.seal.logSize <= booksWrongAt;
    return isJudged && accounts.seal.number !== this.#wrong?.seal
      ? [...found, accounts.finding]
      : found;
  }

  /** Up to which size of the log seals were held against the books. */
  comparedTo(booksWrongAt: number): number {
    return Math.min(this.#lastSize, this.#unownedAt, booksWrongAt);
  }

  #faultOf(seal: KeptSeal, logRoot: Buffer | undefined): string | undefined {
    const expected = this.#tree.size - 1;
    if (seal.number !== expected) return `stands where number ${expected} should`;
    if (seal.log !== this.log) return `speaks of another log, ${seal.log}`;
    if (seal.logSize <= this.#lastSize) return 'does not go further than the one before it';
    if (logRoot === undefined) return `speaks of ${seal.logSize} entries; the log ends before`;
    if (logRoot.toString('base64') !== seal.logRoot) {
      return `says that the log of ${seal.logSize} entries had another root`;
    }
    if (!this.#tree.root().equals(seal.treeRoot)) {
      return 'and those before it do not make the root of the log of seals that is kept with it';
    }
    return undefined;
  }

  #faultOfAccounts(seal: KeptSeal): string | undefined {
    const root = this.#accounts.root().toString('base64');
    if (seal.accounts !== this.#accounts.size) {
      return `counts ${seal.accounts} accounts; the books have ${this.#accounts.size}`;
    }
    if (seal.root === root) return undefined;
    return `has another root of the accounts than the ${seal.logSize} entries give`;
  }

  #judgeTiles(stored: readonly Tile[]): Finding[] {
    const tile = firstWrongTile(this.#tree.takeTiles(), stored);
    if (!tile) return [];
    return [wrong(tile.leaf, `tile ${tile.name} of the log of seals is not what the seals make`)];
  }
}

function wrong(seal: number | null, what: string): Finding {
  const name = seal === null ? '' : `seal ${seal} `;
  return {
    kind: 'seal',
    seal,
    index: null,
    count: 0,
    entryId: null,
    postingId: null,
    postingPos: null,
    detail: `${name}${what}`,
  };
}
