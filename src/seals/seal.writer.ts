import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  GrowingTree,
  HASH_BYTES,
  TILE_WIDTH,
  edgeTiles,
  hashesOf,
  rootFromTiles,
  tileWidth,
} from '#libs/merkle';
import {
  type AccountLeaf,
  FIRST_CHAIN,
  accountKey,
  accountLeaf,
  extendChain,
  groupOf,
  rowRoot,
  sealLeaf,
  subtreeRoot,
} from '#libs/proofs';
import { PostingsStore } from '../ledger/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { LogIdentity, LogStore, readTiles, tilesIn, writeTiles } from '../transparency/index.js';
import type { StoredSeal } from './seal-row.js';
import { SealsStore, type StoredAccount, type StoredNode } from './seals.store.js';

/** Entries that one seal takes in; more wait for the next. */
const MOST_ENTRIES = 200_000;
/** Entries that are read at a time: whole tiles. */
const WINDOW = 64 * TILE_WIDTH;
/** Groups that are read at a time. */
const GROUPS_AT_ONCE = 4_096;

/** Seals the accounts: takes the newest entries of the log into the tree of accounts and signs it. */
@Injectable()
export class SealWriter {
  constructor(
    private readonly database: Database,
    private readonly store: SealsStore,
    private readonly postings: PostingsStore,
    private readonly log: LogStore,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** Whether anything stands in the log that no seal covers. */
  async isBehind(): Promise<boolean> {
    return this.database.read(async (tx) => {
      const { size } = await this.identity.head(tx);
      return size > ((await this.store.findLast(tx))?.logSize ?? 0);
    });
  }

  /**
   * Makes one seal, in one transaction: a crash at any point leaves the accounts as the last seal has
   * them. While somebody else is at it, nothing happens.
   *
   * @param signal ends the work between two windows, and undoes it
   * @returns the seal; undefined when there was nothing to seal
   */
  async seal(signal?: AbortSignal): Promise<StoredSeal | undefined> {
    return this.database.transaction(async (tx) => {
      if (!(await this.store.takeLock(tx))) return undefined;
      const last = await this.store.findLast(tx);
      const head = await this.identity.head(tx);
      const from = last?.logSize ?? 0;
      const size = Math.min(head.size, from + MOST_ENTRIES);
      if (size === from) return undefined;
      const taken = { touched: new Set<number>(), opened: 0 };
      for (let start = from; start < size;) {
        signal?.throwIfAborted();
        const end = Math.min(size, start - (start % WINDOW) + WINDOW);
        const { groups, opened } = await this.#take(tx, start, end);
        for (const group of groups) taken.touched.add(group);
        taken.opened += opened;
        start = end;
      }
      const root = await this.#root(tx, [...taken.touched]);
      const logRoot = await rootFromTiles(size, tilesIn(tx, 'log_tile'));
      return this.#append(tx, last, {
        number: (last?.number ?? -1) + 1,
        log: head.origin,
        logSize: size,
        logRoot: logRoot.toString('base64'),
        accounts: (last?.accounts ?? 0) + taken.opened,
        root: root.toString('base64'),
        sealedAt: this.clock.now().toISOString(),
      });
    });
  }

  /** Takes the entries of a window into their accounts. */
  async #take(
    tx: EntityManager,
    start: number,
    end: number,
  ): Promise<{ groups: number[]; opened: number }> {
    const owners = await this.#ownersOf(tx, start, end);
    const leaves = await leavesBetween(tx, start, end);
    const keys = new Map(
      [...new Set(owners)].map((learnerId) => [learnerId, accountKey(learnerId)]),
    );
    const known = await this.store.findAccounts(tx, [...keys.values()]);
    const byKey = new Map(known.map((account) => [nameOf(account.key), account]));
    const states = new Map<string, { entries: number; chain: Buffer }>();
    owners.forEach((learnerId, at) => {
      const before = states.get(learnerId) ??
        byKey.get(nameOf(keys.get(learnerId) as Buffer)) ?? { entries: 0, chain: FIRST_CHAIN };
      states.set(learnerId, {
        entries: before.entries + 1,
        chain: extendChain(before.chain, start + at, hashesOf(leaves, at, 1)),
      });
    });
    const accounts = [...states].map(([learnerId, { entries, chain }]): StoredAccount => {
      const key = keys.get(learnerId) as Buffer;
      return { key, entries, chain, leaf: accountLeaf(key, entries, chain) };
    });
    await this.store.saveAccounts(tx, accounts);
    return {
      groups: accounts.map(({ key }) => groupOf(key)),
      opened: accounts.length - known.length,
    };
  }

  /** Whose the entries of a window are, in the order of the log. A gap in the books stops all. */
  async #ownersOf(tx: EntityManager, start: number, end: number): Promise<string[]> {
    const places = await this.log.listPlaces(tx, start, end);
    const firstOf = new Map(places.map((place) => [place.postingId, place.firstIndex]));
    const found = await this.postings.listOwners(tx, [...firstOf.keys()]);
    const owners = Array.from<string>({ length: end - start });
    let count = 0;
    for (const { postingId, postingPos, learnerId } of found) {
      const at = (firstOf.get(postingId) as number) + postingPos - start;
      if (at < 0 || at >= owners.length) continue;
      owners[at] = learnerId;
      count += 1;
    }
    assert(
      count === owners.length && owners.every((owner) => owner !== undefined),
      'the books do not have every entry of the log, and are not sealed: run creditbank audit',
    );
    return owners;
  }

  /** The root over all accounts, after those of some groups have changed. */
  async #root(tx: EntityManager, groups: readonly number[]): Promise<Buffer> {
    for (let at = 0; at < groups.length; at += GROUPS_AT_ONCE) {
      const part = groups.slice(at, at + GROUPS_AT_ONCE);
      const accounts = await this.store.listGroups(tx, part);
      await this.store.saveNodes(tx, 16, groupNodes(accounts));
    }
    const firstBytes = [...new Set(groups.map((group) => group >> 8))];
    const lower = await this.store.listNodes(tx, 16, firstBytes);
    await this.store.saveNodes(
      tx,
      8,
      firstBytes.map((prefix) => ({ prefix, hash: rowRoot(rowOf(lower, prefix)) })),
    );
    const upper = await this.store.listNodes(tx, 8, null);
    return rowRoot(new Map(upper.map(({ prefix, hash }) => [prefix, hash])));
  }

  /** Takes the seal into the log of seals, which goes on from its stored edge. */
  async #append(
    tx: EntityManager,
    last: StoredSeal | undefined,
    seal: Omit<StoredSeal, 'treeRoot'>,
  ): Promise<StoredSeal> {
    const edge = await readTiles(tx, 'seal_tile', edgeTiles(seal.number));
    const tree = GrowingTree.resume(
      seal.number,
      edge.map((hashes) => hashes ?? Buffer.alloc(0)),
    );
    assert(
      !last || tree.root().equals(last.treeRoot),
      'the stored tiles do not give the root of the last seal: run creditbank audit',
    );
    tree.append(sealLeaf(seal));
    await writeTiles(tx, 'seal_tile', tree.takeTiles());
    const stored = { ...seal, treeRoot: tree.root() };
    await this.store.insert(tx, stored);
    return stored;
  }
}

/** The leaf hashes of some places of the log, side by side. */
async function leavesBetween(tx: EntityManager, start: number, end: number): Promise<Buffer> {
  const first = Math.floor(start / TILE_WIDTH);
  const count = Math.ceil(end / TILE_WIDTH) - first;
  const tiles = Array.from({ length: count }, (_, at) => ({
    level: 0,
    index: first + at,
    width: tileWidth(end, 0, first + at),
  }));
  const read = await tilesIn(tx, 'log_tile')(tiles);
  const hashes = Buffer.concat(
    read.map((tile, at) => hashesOf(tile, 0, (tiles[at] as { width: number }).width)),
  );
  const skipped = start - first * TILE_WIDTH;
  return hashes.subarray(skipped * HASH_BYTES);
}

/** The roots of groups whose accounts come group by group. */
function groupNodes(accounts: readonly AccountLeaf[]): StoredNode[] {
  const groups = new Map<number, AccountLeaf[]>();
  for (const account of accounts) {
    const group = groupOf(account.key);
    const own = groups.get(group);
    if (own) own.push(account);
    else groups.set(group, [account]);
  }
  return [...groups].map(([prefix, own]) => ({ prefix, hash: subtreeRoot(own) }));
}

function rowOf(nodes: readonly StoredNode[], firstByte: number): Map<number, Buffer> {
  const own = nodes.filter(({ prefix }) => prefix >> 8 === firstByte);
  return new Map(own.map(({ prefix, hash }) => [prefix & 0xff, hash]));
}

function nameOf(key: Buffer): string {
  return key.toString('latin1');
}
