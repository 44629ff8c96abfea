import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts, type StoredAccount, isStaff } from '../access/index.js';
import { History } from '../history/index.js';
import { Learners } from '../learners/index.js';
import { CONFIG, type Config, type ProviderSettings } from '../platform/config/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { ProviderClient, type ProviderPerson } from './provider-client.js';
import { ProviderSignInsStore } from './provider-sign-ins.store.js';

const BROWSER_BYTES = 32;

/** Signing in at an OpenID Connect provider, into accounts that are there already. */
@Injectable()
export class SingleSignOn {
  constructor(
    private readonly database: Database,
    private readonly client: ProviderClient,
    private readonly store: ProviderSignInsStore,
    private readonly accounts: Accounts,
    private readonly learners: Learners,
    private readonly history: History,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the sign-in page calls the provider; null when there is none. */
  get providerName(): string | null {
    return this.client.settings?.name ?? null;
  }

  /**
   * Where to send the browser, and a secret for it to keep: only the browser that left may come back.
   * Throws `not-found` when no provider is configured.
   */
  async begin(returnTo: string | undefined): Promise<{ url: string; browser: string }> {
    const { url, state, nonce, verifier } = await this.client.depart(this.#settings());
    const browser = randomBytes(BROWSER_BYTES).toString('base64url');
    await this.database.transaction((tx) =>
      this.store.insertDeparture(tx, {
        stateHash: sha256(state),
        browserHash: sha256(browser),
        nonce,
        verifier,
        returnTo: ownPath(returnTo),
      }),
    );
    return { url, browser };
  }

  /**
   * The account of whoever came back. Refuses what the provider or the browser got wrong
   * (`provider-refused`), people without an account (`provider-person-unknown`), and staff of whom the
   * setting wants a second factor that the provider does not vouch for (`provider-second-factor`).
   */
  async finish(
    query: string,
    browser: string | undefined,
  ): Promise<{ account: StoredAccount; returnTo: string }> {
    const settings = this.#settings();
    const state = new URLSearchParams(query).get('state');
    if (state === null || browser === undefined) throw refusal('provider-refused');
    const departure = await this.database.transaction((tx) =>
      this.store.takeDeparture(tx, sha256(state), sha256(browser)),
    );
    if (!departure) throw refusal('provider-refused');
    const person = await this.client.arrive(settings, query, { ...departure, state });
    const account = await this.database.transaction((tx) => this.#accountOf(tx, settings, person));
    if (!account) throw refusal('provider-person-unknown');
    if (this.#lacksSecondFactor(settings, person, account)) throw refusal('provider-second-factor');
    return { account, returnTo: departure.returnTo };
  }

  #settings(): ProviderSettings {
    const { settings } = this.client;
    if (!settings) throw notFound();
    return settings;
  }

  async #accountOf(
    tx: EntityManager,
    settings: ProviderSettings,
    person: ProviderPerson,
  ): Promise<StoredAccount | undefined> {
    const { issuer, subject } = person;
    const id = await this.store.findAccountId(tx, issuer, subject);
    if (id !== undefined) return this.accounts.findUsable(tx, { id });
    const account =
      (await this.#byName(tx, settings, person)) ?? (await this.#byDocument(tx, settings, person));
    if (!account) return undefined;
    // An account that somebody else there has is not handed over because a name was given anew.
    if (!(await this.store.link(tx, { issuer, subject, accountId: account.id }))) return undefined;
    const { institutionId, learnerId } = account;
    const actor = { id: account.id, name: account.displayName, institutionId, learnerId };
    await this.history.record(tx, actor, {
      institutionId,
      subject: { kind: 'account', id: account.id },
      action: 'provider-linked',
      after: { issuer },
    });
    return account;
  }

  async #byName(
    tx: EntityManager,
    { accountClaim }: ProviderSettings,
    { claims }: ProviderPerson,
  ): Promise<StoredAccount | undefined> {
    const signInName = textOf(claims, accountClaim);
    // Anybody can write any address into a form; what counts is that the provider has tried it.
    if (accountClaim === 'email' && claims['email_verified'] !== true) return undefined;
    return signInName === undefined ? undefined : this.accounts.findUsable(tx, { signInName });
  }

  async #byDocument(
    tx: EntityManager,
    { learner }: ProviderSettings,
    { claims }: ProviderPerson,
  ): Promise<StoredAccount | undefined> {
    const number = learner ? textOf(claims, learner.claim) : undefined;
    if (!learner || number === undefined) return undefined;
    try {
      const document = { kind: learner.document, number };
      const learnerId = await this.learners.find(tx, { name: null, document }, null);
      return learnerId === null ? undefined : await this.accounts.findUsable(tx, { learnerId });
    } catch (error) {
      // No number of that kind: nobody here has it.
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** RFC 8176: `mfa` in `amr` says that more than one factor was used. */
  #lacksSecondFactor(
    settings: ProviderSettings,
    { claims }: ProviderPerson,
    account: StoredAccount,
  ): boolean {
    if (!this.config.access.requireSecondFactor || !isStaff(account)) return false;
    const { amr } = claims;
    return !settings.provesSecondFactor && !(Array.isArray(amr) && amr.includes('mfa'));
  }
}

function textOf(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' && value.length <= 100 ? value : undefined;
}

/** A page of this service; never an address that a link from elsewhere put in. */
function ownPath(returnTo: string | undefined): string {
  if (returnTo === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo)) return '/';
  return returnTo.includes('\\') ? '/' : returnTo;
}
