import { Injectable } from '@nestjs/common';
import { type BalanceProofFile, makeBalanceProof } from '#libs/proofs';
import { Learners } from '../learners/index.js';
import { PostingsStore } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { SealsReads } from '../seals/index.js';
import { LogProofs } from '../transparency/index.js';

const RETRY_SECONDS = '10';

/** Balances that are checked without the bank: all entries, and the proof that these are all. */
@Injectable()
export class BalanceProofs {
  constructor(
    private readonly database: Database,
    private readonly learners: Learners,
    private readonly postings: PostingsStore,
    private readonly log: LogProofs,
    private readonly seals: SealsReads,
  ) {}

  /**
   * Of everything that is booked: while an entry waits for a seal there is none.
   *
   * @param account place among the accounts that are one person, from 1, the surviving one
   */
  of(principal: Principal, idOrMe: string, account: number): Promise<BalanceProofFile> {
    return this.database.read(async (tx) => {
      const personId = await this.learners.requireReadable(tx, principal, idOrMe, {
        purpose: 'entry-proof',
        fields: ['balance', 'statement'],
      });
      const learnerId = (await this.learners.selvesOf(tx, personId))[account - 1];
      if (learnerId === undefined) throw notFound();
      const booked = await this.postings.listBookedOf(tx, learnerId);
      if (booked.length === 0) throw refusal('nothing-to-prove');
      const sealed = await this.seals.accountOf(tx, learnerId);
      if (!sealed) throw notSealedYet();
      const postingIds = [...new Set(booked.map(({ postingId }) => postingId))];
      const places = await this.log.findPlaces(tx, postingIds);
      const firstOf = new Map(places.map((place) => [place.postingId, place.firstIndex]));
      const indexes = booked.map(({ postingId, postingPos }) => {
        const first = firstOf.get(postingId);
        if (first === undefined || first + postingPos >= sealed.seal.logSize) throw notSealedYet();
        return first + postingPos;
      });
      const { root, proofs } = await this.seals.proveAt(tx, sealed.seal, indexes);
      const proven = booked.map((entry, at) => ({
        entry,
        index: indexes[at] as number,
        proof: proofs[at] as Buffer[],
      }));
      return makeBalanceProof({ learnerId, root, proven, ...sealed });
    });
  }
}

function notSealedYet(): Refusal {
  return new Refusal(
    { code: 'not-sealed-yet', params: { seconds: RETRY_SECONDS } },
    { 'retry-after': RETRY_SECONDS },
  );
}
