import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseShareCode } from '#libs/share-code';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { shareState } from './share.js';
import { codeIndexesOf } from './shares.service.js';
import { SharesStore } from './shares.store.js';

/** Whom a code leads to, and the share that is the right to read. */
export interface SharedLearner {
  readonly learnerId: string;
  readonly shareId: string;
}

/** Who holds the code: always an institution that says who it is. */
export interface CodeHolder {
  readonly principal: Principal;
  /** Where the request came from, as `networkOf` names it. */
  readonly network: string;
}

/**
 * From a code to a learner, for features that answer something else about the learner than the proof
 * itself. The look is written down like any other, also when it came too late.
 */
@Injectable()
export class SharedLearners {
  constructor(
    private readonly store: SharesStore,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Null when the code shows nothing: mistyped, unknown, expired or withdrawn. */
  async find(
    tx: EntityManager,
    text: string,
    { principal, network }: CodeHolder,
  ): Promise<SharedLearner | null> {
    const parsed = parseShareCode(text);
    if (!parsed.ok) return null;
    const share = await this.store.findByCode(tx, codeIndexesOf(this.keyring, parsed.code));
    if (!share) return null;
    const viewedAt = this.clock.now();
    const state = shareState(share, viewedAt);
    await this.store.insertView(tx, share.id, {
      kind: 'institution',
      institutionId: principal.institutionId,
      network,
      result: state === 'active' ? 'shown' : state,
      viewedAt,
    });
    return state === 'active' ? { learnerId: share.learnerId, shareId: share.id } : null;
  }
}
