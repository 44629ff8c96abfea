import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type IdentityDocument,
  documentKey,
  mentionsPhone,
  mentionsResidentId,
  normaliseDocument,
  normaliseName,
} from '#libs/identity';
import { Accounts, Sessions, type StartedSession, type StoredAccount } from '../../access/index.js';
import { History } from '../../history/index.js';
import { Institutions } from '../../institutions/index.js';
import { type AttemptLimit, Attempts } from '../../platform/attempts/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Keyring } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { Refusal, orThrow, refusal } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { callerOfAddress } from '../../platform/limits/index.js';
import { Resolver } from '../resolver.js';
import { claimText } from './claim-code.js';
import type { ClaimDto } from './claims.dto.js';
import { ClaimsStore } from './claims.store.js';

/** Many codes for one person. */
const PERSON_LIMIT: AttemptLimit = {
  name: 'claim-person',
  most: 5,
  windowSeconds: 10 * 60,
  longestSeconds: 60 * 60,
  code: 'too-many-claims',
};

/** Many people from one place; a computer room in which a class claims has room for mistakes. */
const ADDRESS_LIMIT: AttemptLimit = {
  name: 'claim-address',
  most: 40,
  windowSeconds: 10 * 60,
  longestSeconds: 60 * 60,
  code: 'too-many-claims',
};

type Origin = Parameters<Sessions['open']>[1]['origin'];

/** People take over the account that their school's posting opened. */
@Injectable()
export class Claims {
  constructor(
    private readonly database: Database,
    private readonly store: ClaimsStore,
    private readonly resolver: Resolver,
    private readonly institutions: Institutions,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly attempts: Attempts,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly history: History,
  ) {}

  /**
   * Opens the account to sign in with, and a session of it, for whoever shows name, document and
   * code. Whatever of the three is wrong, and whoever is not there, the refusal is `claim-refused`;
   * what the new name or password lacks is said only to who has shown all three.
   */
  async claim(wanted: ClaimDto, origin: Origin, oldToken?: string): Promise<StartedSession> {
    const { kind } = wanted.document;
    const number = orThrow(normaliseDocument(kind, wanted.document.number, this.clock.today()));
    const person = { name: orThrow(normaliseName(wanted.name)), document: { kind, number } };
    const address = callerOfAddress(origin.address);
    const subject = documentKey(person.document, wanted.school ?? null);
    await this.attempts.begin(ADDRESS_LIMIT, address);
    await this.attempts.begin(PERSON_LIMIT, subject);
    const account = await this.#prove(wanted, person).catch(async (error: unknown) => {
      // Who has shown the code may choose another name or password as often as it takes.
      if (error instanceof Refusal && error.problem.code !== 'claim-refused') {
        await this.#takeBack(address, subject);
      }
      throw error;
    });
    await this.#takeBack(address, subject);
    return this.sessions.open(account, { method: 'password', origin, oldToken });
  }

  #prove(
    { school, code, signInName, password }: ClaimDto,
    person: { name: string; document: IdentityDocument },
  ): Promise<StoredAccount> {
    return this.database.transaction(async (tx) => {
      // Who is not there costs the same look-ups as who is.
      const learnerId = (await this.#find(tx, person, school)) ?? newId();
      const codeHash = this.keyring.blindIndex(claimText(learnerId, code));
      const isProved = await this.store.use(tx, learnerId, { codeHash, now: this.clock.now() });
      if (!isProved) throw refusal('claim-refused');
      if (mentionsPhone(signInName) || mentionsResidentId(signInName)) {
        throw refusal('names-a-person');
      }
      const account = await this.accounts.claim(tx, {
        learnerId,
        signInName,
        password: password ?? null,
      });
      const { id, roles, displayName: name, institutionId } = account;
      await this.history.record(
        tx,
        { id, name, institutionId, learnerId },
        {
          institutionId,
          subject: { kind: 'account', id },
          action: 'claimed',
          after: { roles, password: password !== undefined },
        },
      );
      return account;
    });
  }

  /** Null for a document that is not known, with another name, or with frozen data. */
  async #find(
    tx: EntityManager,
    person: { name: string; document: IdentityDocument },
    school: string | undefined,
  ): Promise<string | null> {
    const all = school === undefined ? [] : await this.institutions.list(tx);
    const schoolId = all.find((one) => one.code === school)?.id ?? null;
    const [found] = await this.resolver.lookup(tx, [person], schoolId);
    return found?.ok ? found.learnerId : null;
  }

  async #takeBack(address: string, subject: string): Promise<void> {
    await this.attempts.takeBack(ADDRESS_LIMIT, address);
    await this.attempts.takeBack(PERSON_LIMIT, subject);
  }
}
