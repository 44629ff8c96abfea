import { Inject, Injectable, Logger } from '@nestjs/common';
import * as openid from 'openid-client';
import { CONFIG, type Config, type ProviderSettings } from '../platform/config/index.js';
import { refusal } from '../platform/http/index.js';

const TIMEOUT_SECONDS = 10;
/** What is remembered of a provider's keys and addresses is asked for anew. */
const REMEMBER_MS = 60 * 60 * 1000;

/** What a browser is sent away with, and what is kept until it comes back. */
export interface Departure {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the provider says about a person. */
export interface ProviderPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The configured OpenID Connect provider: authorisation code with PKCE, state and nonce. */
@Injectable()
export class ProviderClient {
  readonly #logger = new Logger('access');
  readonly #redirectUri: string;
  #found: { readonly configuration: openid.Configuration; readonly atMs: number } | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.#redirectUri = `${config.publicUrl}/v1/session/provider/callback`;
  }

  get settings(): ProviderSettings | null {
    return this.config.access.provider;
  }

  /** Throws `provider-away`. */
  async depart(settings: ProviderSettings): Promise<Departure> {
    const configuration = await this.#discover(settings);
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, state, nonce, verifier };
  }

  /**
   * Who came back. Throws `provider-refused` whatever is wrong: the code, the state, the nonce, the
   * issuer, the signature or the age of the token.
   *
   * @param query of the address to which the provider sent the browser, with its question mark
   */
  async arrive(
    settings: ProviderSettings,
    query: string,
    expected: Omit<Departure, 'url'>,
  ): Promise<ProviderPerson> {
    const configuration = await this.#discover(settings);
    try {
      const tokens = await openid.authorizationCodeGrant(
        configuration,
        new URL(`${this.#redirectUri}${query}`),
        {
          pkceCodeVerifier: expected.verifier,
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims();
      if (!claims) throw new Error('no ID token');
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      // The signed token has the last word.
      return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims } };
    } catch (error) {
      this.#logger.warn(`sign-in at the provider refused: ${reasonOf(error)}`);
      throw refusal('provider-refused');
    }
  }

  async #discover(settings: ProviderSettings): Promise<openid.Configuration> {
    const found = this.#found;
    if (found && Date.now() - found.atMs < REMEMBER_MS) return found.configuration;
    const { issuer, clientId, clientSecret } = settings;
    const isPlain = issuer.startsWith('http:');
    try {
      const configuration = await openid.discovery(
        new URL(issuer),
        clientId,
        undefined,
        openid.ClientSecretBasic(clientSecret),
        {
          timeout: TIMEOUT_SECONDS,
          // Only a provider on this very machine may be plain: the settings refuse all others.
          execute: isPlain ? [openid.allowInsecureRequests] : [],
        },
      );
      this.#found = { configuration, atMs: Date.now() };
      return configuration;
    } catch (error) {
      this.#logger.warn(`the provider does not answer: ${reasonOf(error)}`);
      throw refusal('provider-away');
    }
  }
}

/** Codes and classes of the library; never what a person sent. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
