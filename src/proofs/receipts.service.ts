import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ReceiptFile, makeReceipt } from '#libs/proofs';
import { Learners } from '../learners/index.js';
import { type FoundEntry, LedgerReads, PostingsStore } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { notFound } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { LogProofs, notYet } from '../transparency/index.js';

/** Receipts that are complete: what was booked, and the proof that the public log holds it. */
@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerReads,
    private readonly learners: Learners,
    private readonly postings: PostingsStore,
    private readonly log: LogProofs,
  ) {}

  /** The receipt of one entry, for whoever may read the entry. */
  ofEntry(principal: Principal, id: string): Promise<ReceiptFile> {
    return this.database.read(async (tx) => {
      const entry = await this.ledger.requireEntry(tx, principal, id, 'entry-proof');
      const booked = await this.postings.listBooked(tx, [entry.postingId]);
      const own = booked.filter(({ postingPos }) => postingPos === entry.postingPos);
      return this.#receipt(tx, entry.postingId, own);
    });
  }

  /** The receipt of all entries of a posting, for whoever may read every one of them. */
  ofPosting(principal: Principal, postingId: string): Promise<ReceiptFile> {
    if (!isUuid(postingId)) throw notFound();
    return this.database.read(async (tx) => {
      const booked = await this.postings.listBooked(tx, [postingId]);
      if (booked.length === 0) throw notFound();
      const reading = { purpose: 'entry-proof', fields: ['statement'] } as const;
      for (const learnerId of new Set(booked.map((entry) => entry.learnerId))) {
        await this.learners.requireReadable(tx, principal, learnerId, reading);
      }
      return this.#receipt(tx, postingId, booked, true);
    });
  }

  async #receipt(
    tx: EntityManager,
    postingId: string,
    booked: readonly FoundEntry[],
    isWhole = false,
  ): Promise<ReceiptFile> {
    const place = await this.log.findPlace(tx, postingId);
    if (!place) throw notYet();
    // Entries that the caller may not see are not among those that were found.
    if (isWhole && booked.length !== place.entries) throw notFound();
    const indexes = booked.map(({ postingPos }) => place.firstIndex + postingPos);
    const { root, proofs } = await this.log.prove(tx, indexes);
    return makeReceipt(
      root,
      booked.map((entry, at) => ({
        entry,
        index: indexes[at] as number,
        proof: proofs[at] as Buffer[],
      })),
    );
  }
}
