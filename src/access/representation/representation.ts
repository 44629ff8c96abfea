import type { Act } from '../../platform/auth/index.js';

/** How a learner, or the law, let somebody act: on paper, before a witness, or by evidence. */
export const WAYS_TO_AGREE = ['signed-paper', 'spoken'] as const;

export type WayToAgree = (typeof WAYS_TO_AGREE)[number];

/** A right to act for a learner, as stored. */
export interface StoredRepresentation {
  readonly id: string;
  readonly learnerId: string;
  readonly kind: 'counter' | 'guardian';
  /** The clerk at the counter; null for a guardian. */
  readonly accountId: string | null;
  /** The learner account of the guardian; null at a counter. */
  readonly guardianId: string | null;
  readonly acts: readonly Act[];
  /** The institution that recorded it. */
  readonly institutionId: string;
  /** The account of the clerk who recorded it. */
  readonly recordedBy: string;
  readonly given: WayToAgree | 'evidence';
  /** Where the signed paper or the evidence is kept; null without one, or after an erasure. */
  readonly record: string | null;
  /** The account of the colleague before whom the learner spoke. */
  readonly witnessId: string | null;
  readonly beginsAt: Date;
  readonly endsAt: Date;
}

/** One with what became of it. */
export interface RepresentationWithEnd extends StoredRepresentation {
  /** When somebody ended it before its time; null while nobody has. */
  readonly endedAt: Date | null;
  /** All accounts of the learner, the surviving one first; null for who has one. */
  readonly selves: readonly string[] | null;
}

/** A session at a counter with the clerk whose it is. */
export interface CounterSession extends RepresentationWithEnd {
  /** Null when the account is not there any more. */
  readonly clerkName: string | null;
}

/** Which sessions of an office: those that began in [from, to), of one clerk or of all. */
export interface CounterDay {
  readonly institutionId: string;
  /** The account of the clerk; null for all of the office. */
  readonly accountId: string | null;
  readonly from: Date;
  readonly to: Date;
  /** The last one of the page before. */
  readonly before: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}
