import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Dependant,
  Dependants,
  type Resting,
  type RestingQuestion,
} from '../outcomes/index.js';
import { Clock } from '../platform/clock/index.js';
import { SharesStore } from './shares.store.js';

/**
 * What rests on outcomes here: live shares, because a share shows the whole record, and the
 * institutions that were shown it. Both are told and stay as they are: a proof shows the truth of
 * the moment.
 */
@Injectable()
export class ShareDependants implements Dependant, OnModuleInit {
  constructor(
    private readonly dependants: Dependants,
    private readonly store: SharesStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async find(
    tx: EntityManager,
    { learnerId, recordedAt }: RestingQuestion,
  ): Promise<Partial<Resting>> {
    const shares = await this.store.listLive(tx, learnerId, this.clock.now());
    const shown = await this.store.listShownTo(tx, learnerId, recordedAt);
    return {
      shares: shares.map(({ id, createdAt, expiresAt, opened, lastOpenedAt }) => ({
        id,
        createdAt,
        expiresAt,
        opened,
        lastOpenedAt,
      })),
      admissions: shown.map(({ institutionId, shareId, at }) => ({
        institutionId,
        because: 'shown',
        id: shareId,
        at,
      })),
    };
  }
}
