import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { History } from '../../history/index.js';
import { type Principal, requireFreshSession } from '../../platform/auth/index.js';
import { Attempts } from '../../platform/attempts/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { sha256 } from '../../platform/crypto/index.js';
import { Database, violatedConstraint } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { callerOfAddress } from '../../platform/limits/index.js';
import type { StoredAccount } from '../accounts/account.js';
import { AccountsStore } from '../accounts/accounts.store.js';
import { ADDRESS_LIMIT } from '../sessions/sign-in-limits.js';
import { SessionsStore } from '../sessions/sessions.store.js';
import { challengeOf } from './client-data.js';
import { type OwnPasskey, PasskeysStore, type StoredPasskey } from './passkeys.store.js';
import { SecondFactors } from './second-factors.service.js';

const CHALLENGE_BYTES = 32;
const TIMEOUT_MS = 5 * 60 * 1000;
/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Passkeys (WebAuthn level 2). One stands for two factors: the device that holds it, and the finger,
 * face or PIN that it asks for before it signs. Attestation is not asked for: who made the device is
 * nobody's business here.
 */
@Injectable()
export class Passkeys {
  readonly #logger = new Logger('access');
  /** Browsers bind a passkey to the domain, and a domain has no port. */
  readonly #rpId: string;
  readonly #origin: string;

  constructor(
    private readonly database: Database,
    private readonly store: PasskeysStore,
    private readonly accounts: AccountsStore,
    private readonly sessions: SessionsStore,
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    private readonly history: History,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    const { hostname, origin } = new URL(config.publicUrl);
    this.#rpId = hostname;
    this.#origin = origin;
  }

  /** What a browser needs to make a passkey for this account. */
  async registrationOptions(principal: Principal): Promise<PublicKeyCredentialCreationOptionsJSON> {
    requireFreshSession(principal, this.clock.now());
    const challenge = randomBytes(CHALLENGE_BYTES);
    const existing = await this.database.transaction(async (tx) => {
      await this.store.insertChallenge(tx, sha256(challenge), principal.id);
      return this.store.list(tx, principal.id);
    });
    return generateRegistrationOptions({
      rpName: this.#rpId,
      rpID: this.#rpId,
      userName: principal.name,
      userDisplayName: principal.name,
      userID: new Uint8Array(Buffer.from(principal.id)),
      challenge: new Uint8Array(challenge),
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: existing.map(descriptorOf),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /**
   * Keeps the passkey that a browser made. Refuses (`passkey-refused`) an answer to another
   * challenge, from another site or without the person's consent. Answers recovery codes when it is
   * the account's first second factor.
   */
  async register(
    principal: Principal,
    label: string,
    response: RegistrationResponseJSON,
  ): Promise<{ id: string; recoveryCodes: string[] }> {
    const session = requireFreshSession(principal, this.clock.now());
    const challenge = await this.#takeChallenge(response.response.clientDataJSON, principal.id);
    const verified = await this.#checked(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    );
    if (!verified.registrationInfo) throw refusal('passkey-refused');
    const { credential, credentialBackedUp } = verified.registrationInfo;
    const id = newId();
    const passkey = {
      id,
      credentialId: Buffer.from(credential.id, 'base64url'),
      accountId: principal.id,
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.counter,
      transports: credential.transports ?? [],
      isSynced: credentialBackedUp,
      label,
    };
    try {
      const recoveryCodes = await this.database.transaction(async (tx) => {
        await this.store.insert(tx, passkey);
        await this.history.record(tx, principal, {
          institutionId: principal.institutionId,
          subject: { kind: 'account', id: principal.id },
          action: 'passkey-added',
          after: { id, label },
        });
        await this.sessions.raise(tx, session.id);
        await this.sessions.endAll(tx, principal.id, session.id);
        return this.factors.firstRecoveryCodes(tx, principal.id);
      });
      return { id, recoveryCodes };
    } catch (error) {
      if (violatedConstraint(error) !== 'passkey_credential_once') throw error;
      throw refusal('passkey-refused');
    }
  }

  list({ id }: Principal): Promise<OwnPasskey[]> {
    // By the account's own id.
    return this.database.readAcrossTenants(async (tx) =>
      (await this.store.list(tx, id)).map(({ id, label, isSynced, createdAt, lastUsedAt }) => ({
        id,
        label,
        isSynced,
        createdAt,
        lastUsedAt,
      })),
    );
  }

  /** Refuses to take away the last second factor of staff who need one. */
  async remove(principal: Principal, id: string): Promise<void> {
    requireFreshSession(principal, this.clock.now());
    if (!isUuid(id)) throw notFound();
    await this.database.transaction(async (tx) => {
      const label = await this.store.remove(tx, principal.id, id);
      if (label === undefined) throw notFound();
      await this.factors.assertFactorLeft(tx, principal);
      await this.history.record(tx, principal, {
        institutionId: principal.institutionId,
        subject: { kind: 'account', id: principal.id },
        action: 'passkey-removed',
        before: { id, label },
      });
    });
  }

  /** What a browser needs to ask for any passkey of this site. Says nothing about who has one. */
  async signInOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const challenge = randomBytes(CHALLENGE_BYTES);
    await this.database.transaction((tx) =>
      this.store.insertChallenge(tx, sha256(challenge), null),
    );
    return generateAuthenticationOptions({
      rpID: this.#rpId,
      challenge: new Uint8Array(challenge),
      timeout: TIMEOUT_MS,
      userVerification: 'required',
    });
  }

  /**
   * The account whose passkey signed the challenge. Refuses with `passkey-refused`, whatever was
   * wrong: another challenge, another site, a foreign key, a count that does not go on.
   */
  async recognise(response: AuthenticationResponseJSON, address: string): Promise<StoredAccount> {
    const caller = callerOfAddress(address);
    await this.attempts.begin(ADDRESS_LIMIT, caller);
    const challenge = await this.#takeChallenge(response.response.clientDataJSON, null);
    // Whoever signs in is nobody yet.
    const passkey = await this.database.readAcrossTenants((tx) =>
      this.store.find(tx, Buffer.from(response.id, 'base64url')),
    );
    if (!passkey || !isOwn(passkey, response)) throw refusal('passkey-refused');
    const signCount = await this.#verify(response, challenge, passkey);
    const account = await this.database.transaction(async (tx) => {
      const isUsed = await this.store.use(tx, passkey.id, signCount);
      if (!isUsed) this.#warn(passkey, 'its count does not go on: it may have been copied');
      return isUsed ? this.accounts.findUsableById(tx, passkey.accountId) : undefined;
    });
    if (!account) throw refusal('passkey-refused');
    await this.attempts.takeBack(ADDRESS_LIMIT, caller);
    return account;
  }

  async #verify(
    response: AuthenticationResponseJSON,
    challenge: string,
    passkey: StoredPasskey,
  ): Promise<number> {
    const { verified, authenticationInfo } = await this.#checked(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#rpId,
        requireUserVerification: true,
        credential: {
          id: passkey.credentialId.toString('base64url'),
          publicKey: new Uint8Array(passkey.publicKey),
          // The count is compared where it is written, so that of two at once one is refused.
          counter: 0,
        },
      }),
    );
    if (!verified) throw refusal('passkey-refused');
    return authenticationInfo.newCounter;
  }

  /** The challenge that an answer names, if it was given for this purpose and not used before. */
  async #takeChallenge(clientDataJson: string, accountId: string | null): Promise<string> {
    const challenge = challengeOf(clientDataJson);
    const isOurs =
      challenge !== undefined &&
      (await this.database.transaction((tx) =>
        this.store.takeChallenge(tx, sha256(Buffer.from(challenge, 'base64url')), accountId),
      ));
    if (!isOurs) throw refusal('passkey-refused');
    return challenge;
  }

  /** The library throws for everything that is wrong with an answer. */
  async #checked<T>(check: () => Promise<T>): Promise<T> {
    try {
      return await check();
    } catch (error) {
      this.#logger.debug(`passkey refused: ${(error as Error).message}`);
      throw refusal('passkey-refused');
    }
  }

  #warn({ id }: StoredPasskey, what: string): void {
    this.#logger.warn(`passkey ${id}: ${what}`);
  }
}

/** The authenticator names the account as well; one that names another is not believed. */
function isOwn(passkey: StoredPasskey, { response }: AuthenticationResponseJSON): boolean {
  const { userHandle } = response;
  if (userHandle === undefined || userHandle === null) return true;
  return Buffer.from(userHandle, 'base64url').toString() === passkey.accountId;
}

function descriptorOf({ credentialId, transports }: StoredPasskey): {
  id: string;
  transports: string[];
} {
  return { id: credentialId.toString('base64url'), transports };
}
