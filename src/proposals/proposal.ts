import type { Problem } from '#libs/problems';
import type { Principal, Role } from '../platform/auth/index.js';

/** Why one person is not enough. */
export const REASONS_FOR_TWO = [
  'credits',
  'reach',
  'old-period',
  'sign-in',
  'one-person',
  'pay',
  'publication',
] as const;

export type ReasonForTwo = (typeof REASONS_FOR_TWO)[number];

/** `expired` and `open` differ by the clock alone; the others are decisions that stand. */
export type ProposalState = 'open' | 'confirmed' | 'refused' | 'withdrawn' | 'expired';

/** Numbers that say how much a proposal would change; no person can be told from them. */
export type ProposalSummary = Readonly<Record<string, string | number>>;

/** What somebody wants to do and may not do alone. */
export interface NewProposal {
  /** Whose people decide; null for people of the bank itself. */
  readonly institutionId: string | null;
  /** A word that a feature has registered: `outcome-revocation`. */
  readonly kind: string;
  /** Id of what it is about; one proposal of a kind can be open for it. */
  readonly subjectId: string;
  /** What the feature needs to carry it out: ids, no words about people. */
  readonly content: object;
  readonly summary: ProposalSummary;
  readonly why: readonly ReasonForTwo[];
  /** SHA-256 of everything that it would change. */
  readonly digest: Buffer;
  readonly reason: string;
}

/** A proposal and what became of it. */
export interface Proposal extends NewProposal {
  readonly id: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly verdict: 'confirmed' | 'refused' | 'withdrawn' | null;
  /** Id of what came of a confirmed one. */
  readonly resultId: string | null;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  /** Why it was refused or withdrawn. */
  readonly decisionReason: string | null;
}

/** What a feature is given when its proposal is confirmed. */
export interface Confirmed<Content> {
  readonly content: Content;
  readonly digest: Buffer;
  readonly reason: string;
  readonly proposedBy: string;
  /** Who confirmed; what happens is done in this name. */
  readonly principal: Principal;
}

/** Where a proposal stands at a moment. */
export function stateOf({ verdict, expiresAt }: Proposal, now: Date): ProposalState {
  if (verdict !== null) return verdict;
  return expiresAt.getTime() > now.getTime() ? 'open' : 'expired';
}

/** The refusal for who tries alone what takes two. */
export function secondPersonNeeded(why: readonly ReasonForTwo[]): Problem {
  return {
    code: 'second-person-needed',
    params: { why: why.join(', ') },
    members: { why: [...why] },
  };
}

/** Whether somebody has one of the roles. */
export function hasRole({ roles }: Principal, wanted: readonly Role[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
