import { Inject, Injectable } from '@nestjs/common';
import { SCOPES, type Scope } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { sha256 } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { isWithin } from '../keys/address-list.js';
import { isSecretOf, parseApiKey } from '../keys/api-key.js';
import type { StoredApiKey } from '../keys/keys.store.js';
import { KnownKeys } from '../keys/known-keys.js';
import { newAccessToken } from './access-token.js';
import { clientOfAssertion, verifyAssertion } from './client-assertion.js';
import { OAuthError } from './oauth-error.js';
import type { ClientProof, TokenRequest } from './token-request.js';
import { TokensStore } from './tokens.store.js';

/** Short: who takes one from a log has little of it. */
const TOKEN_LIFE_SECONDS = 15 * 60;
const SWEEP_ONE_IN = 100;

/** The answer of the token endpoint (RFC 6749 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** Access tokens for systems: OAuth 2.0 client credentials (RFC 6749 4.4). */
@Injectable()
export class Tokens {
  readonly issuer: string;
  readonly endpoint: string;

  constructor(
    private readonly database: Database,
    private readonly store: TokensStore,
    private readonly keys: KnownKeys,
    @Inject(CONFIG) config: Config,
  ) {
    this.issuer = config.publicUrl;
    this.endpoint = `${config.publicUrl}/oauth2/token`;
  }

  /** Throws {@link OAuthError}. Whatever is wrong with a client, the answer is the same. */
  async issue(request: TokenRequest, address: string): Promise<TokenAnswer> {
    const client = await this.#clientOf(request.proof);
    if (!client) throw new OAuthError('invalid_client', 'unknown client, or not its secret');
    if (client.addresses && !isWithin(address, client.addresses)) {
      throw new OAuthError('unauthorized_client', 'not from this address');
    }
    const scopes = scopesOf(client, request.scopes);
    const token = newAccessToken();
    const secondsLeft = Math.floor((client.expiresAt.getTime() - Date.now()) / 1000);
    const lifeSeconds = Math.max(1, Math.min(TOKEN_LIFE_SECONDS, secondsLeft));
    await this.database.transaction(async (tx) => {
      if (Math.random() * SWEEP_ONE_IN < 1) await this.store.removeOld(tx);
      const hash = sha256(token);
      await this.store.insert(tx, { hash, keyId: client.id, scopes, lifeSeconds });
    });
    await this.keys.touch(client);
    const scope = (scopes ?? SCOPES).join(' ');
    return { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, scope };
  }

  #clientOf(proof: ClientProof): Promise<StoredApiKey | undefined> {
    return proof.kind === 'secret' ? this.#bySecret(proof) : this.#byAssertion(proof);
  }

  async #bySecret(proof: ClientProof & { kind: 'secret' }): Promise<StoredApiKey | undefined> {
    const parsed = parseApiKey(proof.secret);
    if (!parsed || proof.clientId !== `cb_${parsed.prefix}`) return undefined;
    const key = await this.keys.find(parsed.prefix);
    return key?.secretHash && isSecretOf(parsed.secret, key.secretHash) ? key : undefined;
  }

  async #byAssertion(
    proof: ClientProof & { kind: 'assertion' },
  ): Promise<StoredApiKey | undefined> {
    const id = clientOfAssertion(proof.assertion);
    if (id === undefined || (proof.clientId !== null && proof.clientId !== id)) return undefined;
    const prefix = /^cb_([0-9A-Za-z]{8})$/.exec(id)?.[1];
    const key = prefix === undefined ? undefined : await this.keys.find(prefix);
    if (!key?.publicKey) return undefined;
    const client = { id, publicKey: key.publicKey };
    const assertion = await verifyAssertion(proof.assertion, client, [this.endpoint, this.issuer]);
    if (!assertion) return undefined;
    const hash = sha256(`${id}|${assertion.id}`);
    const isNew = await this.database.statement((tx) =>
      this.store.useAssertion(tx, hash, assertion.expiresAt),
    );
    return isNew ? key : undefined;
  }
}

/** What is asked for, if the client has all of it; everything it has, if nothing is asked for. */
function scopesOf(client: StoredApiKey, wanted: readonly string[] | null): Scope[] | null {
  if (wanted === null) return client.scopes;
  const has: readonly string[] = client.scopes ?? SCOPES;
  const missing = wanted.filter((scope) => !has.includes(scope));
  if (missing.length === 0) return wanted as Scope[];
  throw new OAuthError('invalid_scope', `not of this client: ${missing.join(' ')}`);
}
