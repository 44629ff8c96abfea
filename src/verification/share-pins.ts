import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { digitsOf } from '#libs/share-code';
import { Keyring } from '../platform/crypto/index.js';
import { pinOf } from './share-pin.js';
import { MOST_PIN_FAILURES, type Share, isPinLocked } from './share.js';
import { SharesStore } from './shares.store.js';

/** Why a share with a PIN does not open. */
export type Barred =
  | { readonly kind: 'pin-required' | 'locked' }
  | { readonly kind: 'wrong-pin'; readonly left: number };

/** Compares PINs and counts the wrong ones, in the transaction of whoever opens the share. */
@Injectable()
export class SharePins {
  constructor(
    private readonly store: SharesStore,
    private readonly keyring: Keyring,
  ) {}

  /** Undefined when the share asks for no PIN or this is the right one. */
  async try(
    tx: EntityManager,
    share: Share,
    typed: string | undefined,
  ): Promise<Barred | undefined> {
    if (share.pinSealed === null) return undefined;
    if (isPinLocked(share)) return { kind: 'locked' };
    const pin = digitsOf(typed ?? '');
    if (pin === '') return { kind: 'pin-required' };
    const failures = await this.store.countPinTry(tx, share.id);
    if (failures === undefined) return { kind: 'locked' };
    if (!pinOf(this.keyring, share).isRight(pin)) {
      return { kind: 'wrong-pin', left: MOST_PIN_FAILURES - failures };
    }
    await this.store.forgetPinFailures(tx, share.id);
    return undefined;
  }
}

/** How a look without the right PIN is written down. */
export function viewOfBarred(kind: 'locked' | 'wrong-pin'): 'pin-locked' | 'pin-wrong' {
  return kind === 'locked' ? 'pin-locked' : 'pin-wrong';
}
