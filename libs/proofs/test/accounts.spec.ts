import * as fc from 'fast-check';
import { sha256 } from '#libs/merkle';
import {
  type AccountLeaf,
  EMPTY_SUBTREE,
  FIRST_CHAIN,
  GROUP_BITS,
  accountKey,
  accountLeaf,
  accountSiblings,
  extendChain,
  rootOfAccount,
  rowRoot,
  subtreeRoot,
} from '../src/index.js';
import { treeOf } from './books.js';

/** Keys that share long beginnings as well as keys that do not. */
const keys = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 })), {
    minLength: 1,
    maxLength: 40,
    selector: ([kind, n]) => `${kind}/${n}`,
  })
  .map((pairs) =>
    pairs.map(([kind, n]) => {
      const key = sha256(Buffer.from(`key ${n}`));
      key.fill(kind * 85, 0, kind === 3 ? 31 : kind);
      return key;
    }),
  )
  .filter((all) => new Set(all.map((key) => key.toString('hex'))).size === all.length);

const accountsOf = (all: readonly Buffer[]): AccountLeaf[] =>
  all
    .toSorted((a, b) => a.compare(b))
    .map((key, n) => ({ key, leaf: accountLeaf(key, n + 1, FIRST_CHAIN) }));

/** The definition, word for word: no rows, no groups, every level to the 16th, then one account. */
function plainRoot(accounts: readonly AccountLeaf[], depth = 0): Buffer {
  if (accounts.length === 0) return EMPTY_SUBTREE;
  if (accounts.length === 1 && depth >= GROUP_BITS) return (accounts[0] as AccountLeaf).leaf;
  const bit = ({ key }: AccountLeaf): number => ((key[depth >> 3] ?? 0) >> (7 - (depth % 8))) & 1;
  const left = plainRoot(
    accounts.filter((one) => bit(one) === 0),
    depth + 1,
  );
  const right = plainRoot(
    accounts.filter((one) => bit(one) === 1),
    depth + 1,
  );
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
}

describe('the tree of accounts', () => {
  it('has the root of its definition, however it is stored', () => {
    fc.assert(
      fc.property(keys, (all) => {
        const accounts = accountsOf(all);
        expect(treeOf(accounts).root.equals(plainRoot(accounts))).toBe(true);
      }),
    );
  });

  it('is empty without accounts', () => {
    expect(rowRoot(new Map()).equals(EMPTY_SUBTREE)).toBe(true);
    expect(subtreeRoot([]).equals(EMPTY_SUBTREE)).toBe(true);
  });

  it('leads every account to the root, and no other state of it', () => {
    fc.assert(
      fc.property(keys, fc.nat(), (all, pick) => {
        const accounts = accountsOf(all);
        const { root, around } = treeOf(accounts);
        const at = pick % accounts.length;
        const account = accounts[at] as AccountLeaf;
        const siblings = accountSiblings(account.key, around(account.key));
        expect(siblings.length).toBeGreaterThanOrEqual(GROUP_BITS);
        const leadsTo = (leaf: AccountLeaf, way: readonly Buffer[]): boolean =>
          rootOfAccount(leaf, way)?.equals(root) ?? false;
        expect(leadsTo(account, siblings)).toBe(true);
        const { key } = account;
        expect(leadsTo({ key, leaf: accountLeaf(key, at + 2, FIRST_CHAIN) }, siblings)).toBe(false);
        expect(leadsTo({ key, leaf: EMPTY_SUBTREE }, siblings)).toBe(false);
        expect(leadsTo(account, siblings.slice(1))).toBe(false);
        expect(leadsTo(account, [...siblings, EMPTY_SUBTREE])).toBe(false);
      }),
    );
  });

  it('gives a learner one place: the state of another does not lead to the root in its name', () => {
    fc.assert(
      fc.property(keys, (all) => {
        fc.pre(all.length > 1);
        const accounts = accountsOf(all);
        const { root, around } = treeOf(accounts);
        const [one, other] = accounts as [AccountLeaf, AccountLeaf];
        const way = accountSiblings(other.key, around(other.key));
        const forged = { key: one.key, leaf: accountLeaf(one.key, 1, FIRST_CHAIN) };
        const borrowed = { key: one.key, leaf: other.leaf };
        expect(rootOfAccount(borrowed, way)?.equals(root) ?? false).toBe(false);
        expect(rootOfAccount(forged, way)?.equals(root) ?? false).toBe(false);
      }),
    );
  });

  it('refuses a way that is longer than a key', () => {
    const key = accountKey('somebody');
    const way = Array.from({ length: 257 }, () => EMPTY_SUBTREE);
    expect(rootOfAccount({ key, leaf: key }, way)).toBeUndefined();
  });
});

describe('the running hash of an account', () => {
  it('tells every list of entries apart, in their order and at their places', () => {
    const entry = fc.tuple(fc.nat(), fc.uint8Array({ minLength: 32, maxLength: 32 }));
    const chainOf = (list: readonly [number, Uint8Array][]): string =>
      list
        .reduce<Buffer>(
          (hash, [index, leaf]) => extendChain(hash, index, Buffer.from(leaf)),
          FIRST_CHAIN,
        )
        .toString('hex');
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.array(entry, { maxLength: 6 }), (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(chainOf(a) === chainOf(b)).toBe(same);
        if (a.length > 0) expect(chainOf(a.slice(1))).not.toBe(chainOf(a));
      }),
    );
  });
});
