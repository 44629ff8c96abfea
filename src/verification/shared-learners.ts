import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseShareCode } from '#libs/share-code';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { ProofSources } from './proof-sources.js';
import { SharePins, viewOfBarred } from './share-pins.js';
import { type Share, type ShareView, shareState } from './share.js';
import { codeIndexesOf } from './shares.service.js';
import { SharesStore } from './shares.store.js';
import type { Typed } from './verifications.service.js';

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
    private readonly pins: SharePins,
    private readonly sources: ProofSources,
  ) {}

  /**
   * Null when the code shows nothing: mistyped, unknown, expired or withdrawn, or without the right
   * PIN. A wrong PIN is counted, so the caller must commit also when it got null.
   */
  async find(
    tx: EntityManager,
    typed: Typed,
    { principal, network }: CodeHolder,
  ): Promise<SharedLearner | null> {
    const parsed = parseShareCode(typed.code);
    if (!parsed.ok) return null;
    const share = await this.store.findByCode(tx, codeIndexesOf(this.keyring, parsed.code));
    if (!share) return null;
    const viewedAt = this.clock.now();
    const result = await this.#resultOf(tx, share, { pin: typed.pin, now: viewedAt });
    if (result === 'pin-required') return null;
    const { institutionId } = principal;
    const viewer = { kind: 'institution', institutionId, network } as const;
    await this.store.insertView(tx, share.id, { ...viewer, result, viewedAt });
    if (result === 'shown') return { learnerId: share.learnerId, shareId: share.id };
    await this.sources.refused(tx, share, principal);
    return null;
  }

  async #resultOf(
    tx: EntityManager,
    share: Share,
    { pin, now }: { pin: string | undefined; now: Date },
  ): Promise<ShareView['result'] | 'pin-required'> {
    const state = shareState(share, now);
    if (state !== 'active') return state;
    const barred = await this.pins.try(tx, share, pin);
    if (!barred) return 'shown';
    return barred.kind === 'pin-required' ? 'pin-required' : viewOfBarred(barred.kind);
  }
}
