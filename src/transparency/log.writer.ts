import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GrowingTree, edgeTiles, openCheckpoint } from '#libs/merkle';
import { type FedPosting, PostingsStore } from '../ledger/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { LogIdentity } from './log.identity.js';
import { type LogHead, type LogPlace, LogStore } from './log.store.js';

/** Leaves that one checkpoint takes in, about; a posting is never cut in two. */
export const MOST_LEAVES = 20_000;

/** Postings that one checkpoint takes in. */
const MOST_POSTINGS = 5_000;

/** Takes postings from the feed into the log. */
@Injectable()
export class LogWriter {
  constructor(
    private readonly database: Database,
    private readonly store: LogStore,
    private readonly postings: PostingsStore,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** Begins the log when there is none, and signs the head again when the key is another now. */
  async open(): Promise<void> {
    const head = await this.database.read((tx) => this.identity.head(tx));
    if (openCheckpoint(head.checkpoint, this.identity.keyOf(head.origin)).ok) return;
    await this.database.transaction(async (tx) => {
      const locked = await this.store.lockHead(tx);
      if (locked) await this.#move(tx, locked, locked);
    });
  }

  /**
   * Sequences what waits: tiles, places, head and feed in one transaction, so a crash at any point
   * leaves the log as it was or as it should be. While another sequencer is at it, nothing happens.
   *
   * @returns how many leaves entered the log
   */
  async sequence(): Promise<number> {
    if (await this.database.read((tx) => this.postings.isFeedEmpty(tx))) return 0;
    return this.database.transaction(async (tx) => {
      const head = await this.store.lockHead(tx);
      if (!head) return 0;
      const waiting = await this.postings.listFed(tx, MOST_POSTINGS);
      const taken = await this.postings.readFed(tx, waiting, MOST_LEAVES);
      if (taken.length === 0) return 0;
      return this.#append(tx, head, taken);
    });
  }

  async #append(tx: EntityManager, head: LogHead, taken: readonly FedPosting[]): Promise<number> {
    const tree = await this.#resume(tx, head);
    const places = taken.map(({ postingId, entries, leaves }): LogPlace => {
      const firstIndex = tree.size;
      tree.append(leaves);
      return { postingId, firstIndex, entries };
    });
    await this.store.writeTiles(tx, tree.takeTiles());
    await this.store.insertPlaces(tx, places);
    await this.postings.dropFed(
      tx,
      places.map((place) => place.postingId),
    );
    await this.#move(tx, head, { origin: head.origin, size: tree.size, root: tree.root() });
    return tree.size - head.size;
  }

  /** The tree goes on from its stored edge only when that has the root that was signed. */
  async #resume(tx: EntityManager, head: LogHead): Promise<GrowingTree> {
    const edge = await this.store.readTiles(tx, edgeTiles(head.size));
    const tree = GrowingTree.resume(
      head.size,
      edge.map((hashes) => hashes ?? Buffer.alloc(0)),
    );
    assert(
      tree.root().equals(head.root),
      'the stored tiles do not give the root of the checkpoint: run creditbank audit',
    );
    return tree;
  }

  async #move(
    tx: EntityManager,
    from: LogHead,
    to: Pick<LogHead, 'origin' | 'size' | 'root'>,
  ): Promise<void> {
    const head = { ...to, checkpoint: this.identity.sign(to) };
    const moved = await this.store.moveHead(tx, from.size, head, this.clock.now());
    assert(moved, 'the head was moved by somebody who did not hold it');
  }
}
