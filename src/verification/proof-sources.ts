import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conversions } from '../conversions/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, LedgerReads } from '../ledger/index.js';
import { Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { proofOf } from './proof.js';
import type { Share } from './share.js';
import type { ProofDto } from './verifications.dto.js';

/** What a proof shows of a person. */
const SHOWN = ['name', 'documents', 'outcomes', 'balance', 'applications'] as const;

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
    const { learnerId } = share;
    const permit = await this.learners.admitShare(tx, asker, share, SHOWN);
    const outcomes = await this.outcomes.listOf(tx, learnerId);
    const lotIds = outcomes.map((held) => held.outcome.lotId);
    const institutions = await this.institutions.list(tx);
    return proofOf({
      share,
      profile: await this.learners.profile(tx, permit),
      outcomes,
      lots: await this.ledger.recheck(tx, await this.learners.selvesOf(tx, learnerId), lotIds),
      conversions: await this.conversions.bookedOf(tx, learnerId),
      balance: await this.reads.balanceOf(tx, learnerId),
      institutions: new Map(institutions.map((one) => [one.id, one])),
      checkedAt,
    });
  }
}
