import { randomBytes } from 'node:crypto';
import type { Role } from '../../platform/auth/index.js';
import { sha256 } from '../../platform/crypto/index.js';

/** 192 bits: beyond guessing, so that one SHA-256 protects them at rest. */
const CODE_BYTES = 24;
const CODE = /^[A-Za-z0-9_-]{32}$/;

/** How long an invitation is good for when nobody says, and at most. */
export const INVITATION_DAYS = 7;
export const MOST_INVITATION_DAYS = 30;

/** An invitation to work for an institution; its code is stored as a hash only. */
export interface Invitation {
  readonly id: string;
  readonly institutionId: string;
  readonly roles: readonly Role[];
  /** For which work. Who comes says their own name. */
  readonly label: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** The account that came of it. */
  readonly accountId: string | null;
}

export function newInvitationCode(): string {
  return randomBytes(CODE_BYTES).toString('base64url');
}

/** What is stored of a code; undefined for a text that can be none. */
export function hashOfCode(code: string): Buffer | undefined {
  return CODE.test(code) ? sha256(code) : undefined;
}

export type InvitationState = 'open' | 'used' | 'withdrawn' | 'expired';

export function stateOfInvitation(invitation: Invitation, now: Date): InvitationState {
  if (invitation.usedAt !== null) return 'used';
  if (invitation.withdrawnAt !== null) return 'withdrawn';
  return invitation.expiresAt <= now ? 'expired' : 'open';
}
