import type { StoredAccount } from '../accounts/account.js';

/** How a person showed who they are. */
export type SignInMethod = 'password' | 'password-and-code' | 'passkey' | 'provider';

/** Where a request comes from, as far as it is kept. */
export interface Origin {
  /** The address; only its network is stored. */
  readonly address: string;
  /** What the browser calls itself. */
  readonly device: string | undefined;
}

/** An account with the session through which it asks. */
export interface SessionAccount extends StoredAccount {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly method: SignInMethod;
}

/** A session as its owner sees it. */
export interface OwnSession {
  readonly id: string;
  readonly method: SignInMethod;
  readonly device: string | null;
  readonly network: string | null;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}
