import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conversions } from '../conversions/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, LedgerReads } from '../ledger/index.js';
import { Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { LogProofs } from '../transparency/index.js';
import { type ProofMaterial, digestOf, proofOf } from './proof.js';
import type { Share } from './share.js';
import type { ProofDto } from './verifications.dto.js';

/** What a proof shows of a person. */
const SHOWN = ['name', 'documents', 'outcomes', 'balance', 'applications'] as const;

/** A digest is of what was learned, not of who did. */
const NOBODY: ProofMaterial['profile'] = { id: '', name: null, identities: [], birthDate: null };

/** Collects what a proof is made of from the features that own it. */
@Injectable()
export class ProofSources {
  constructor(
    private readonly learners: Learners,
    private readonly outcomes: Outcomes,
    private readonly ledger: Ledger,
    private readonly reads: LedgerReads,
    private readonly conversions: Conversions,
    private readonly institutions: Institutions,
    private readonly log: LogProofs,
  ) {}

  /** Writes down a look that showed nothing. */
  refused(tx: EntityManager, share: Share, asker: Principal | undefined): Promise<void> {
    return this.learners.refuseShare(tx, asker, share, SHOWN);
  }

  /** @param asker who looks; the learner sees it in the access log */
  async proof(
    tx: EntityManager,
    share: Share,
    { asker, checkedAt }: { asker: Principal | undefined; checkedAt: Date },
  ): Promise<ProofDto> {
    const permit = await this.learners.admitShare(tx, asker, share, SHOWN);
    const profile = await this.learners.profile(tx, permit);
    return proofOf({ ...(await this.#material(tx, share)), profile, checkedAt });
  }

  /** The digest that a proof would have now. Nobody is shown anything, so it is no look. */
  async digest(tx: EntityManager, share: Share, checkedAt: Date): Promise<string> {
    const material = await this.#material(tx, share);
    return digestOf(proofOf({ ...material, profile: NOBODY, checkedAt }));
  }

  async #material(
    tx: EntityManager,
    share: Share,
  ): Promise<Omit<ProofMaterial, 'profile' | 'checkedAt'>> {
    const { learnerId } = share;
    const outcomes = await this.outcomes.listOf(tx, learnerId);
    const lotIds = outcomes.map((held) => held.outcome.lotId);
    const institutions = await this.institutions.list(tx);
    const selves = await this.learners.selvesOf(tx, learnerId);
    const lots = await this.ledger.recheck(tx, selves, lotIds);
    const postings = lots.flatMap(({ entries }) => entries.map(({ postingId }) => postingId));
    return {
      share,
      outcomes,
      lots,
      log: await this.log.standing(tx, postings),
      conversions: await this.conversions.bookedOf(tx, learnerId),
      balance: await this.reads.balanceOf(tx, learnerId),
      institutions: new Map(institutions.map((one) => [one.id, one])),
    };
  }
}
