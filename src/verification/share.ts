import type { ShareCode } from '#libs/share-code';

/** Days a share can live; the learner chooses. */
export const MOST_DAYS = 180;
export const USUAL_DAYS = 30;

/** Wrong PINs after which a share opens to nobody until its owner sets a new one. */
export const MOST_PIN_FAILURES = 10;

/** What a learner hands out: a code that shows the record until it ends. */
export interface Share {
  readonly id: string;
  readonly learnerId: string;
  readonly purpose: string;
  readonly receiver: string | null;
  readonly days: number;
  /** Opens the code for its owner. */
  readonly wrappedKey: Buffer;
  readonly codeSealed: Buffer;
  /** What a right PIN is compared with; null when none is asked. */
  readonly pinSealed: Buffer | null;
  readonly pinFailures: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** A share with the number of times it was shown. */
export interface CountedShare extends Share {
  readonly opened: number;
  readonly lastOpenedAt: Date | null;
}

export type ShareState = 'active' | 'expired' | 'revoked';

export function shareState(share: Share, now: Date): ShareState {
  if (share.revokedAt !== null) return 'revoked';
  return share.expiresAt <= now ? 'expired' : 'active';
}

/** Who types a code. */
export interface Viewer {
  readonly kind: 'public' | 'institution' | 'learner';
  readonly institutionId: string | null;
  /** Where the request came from, too coarse to name a person. */
  readonly network: string;
}

/** One look at a share, also one that came too late. */
export interface ShareView extends Viewer {
  readonly result: 'shown' | 'expired' | 'revoked' | 'pin-wrong' | 'pin-locked';
  readonly viewedAt: Date;
}

/** Whether too many wrong PINs have closed it. */
export function isPinLocked({ pinSealed, pinFailures }: Share): boolean {
  return pinSealed !== null && pinFailures >= MOST_PIN_FAILURES;
}

/** A code on its way through the service. */
export interface SharedCode {
  readonly share: CountedShare;
  readonly code: ShareCode;
}
