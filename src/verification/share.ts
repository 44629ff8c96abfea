import type { ShareCode } from '#libs/share-code';

/** Days a share can live; the learner chooses. */
export const MOST_DAYS = 180;
export const USUAL_DAYS = 30;

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
  readonly result: 'shown' | 'expired' | 'revoked';
  readonly viewedAt: Date;
}

/** A code on its way through the service. */
export interface SharedCode {
  readonly share: CountedShare;
  readonly code: ShareCode;
}
