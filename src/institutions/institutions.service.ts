import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, violatedConstraint } from '../platform/database/index.js';
import {
  type Page,
  decodeCursor,
  encodeCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Accounts } from './accounts.service.js';
import { newApiKey } from './api-key.js';
import type {
  Institution,
  InstitutionKind,
  IssuedApiKey,
  NewAccount,
  NewApiKey,
  NewInstitution,
  PasswordHash,
} from './institution.js';
import { InstitutionsStore } from './institutions.store.js';
import { Principals } from './principals.service.js';

const KEY_LIFE_MS = 365 * 24 * 60 * 60 * 1000;

/** Institutions, their API keys and the accounts of people. */
@Injectable()
export class Institutions {
  constructor(
    private readonly store: InstitutionsStore,
    private readonly accounts: Accounts,
    private readonly principals: Principals,
    private readonly database: Database,
  ) {}

  /** Refuses a code that another institution has (`institution-code-taken`). */
  async create(tx: EntityManager, institution: NewInstitution): Promise<Institution> {
    try {
      return await this.store.insert(tx, newId(), institution);
    } catch (error) {
      if (violatedConstraint(error) !== 'institution_code_once') throw error;
      throw refusal('institution-code-taken', { code: institution.code });
    }
  }

  /** Throws `not-found`. */
  async getById(tx: EntityManager, id: string): Promise<Institution> {
    const institution = isUuid(id) ? await this.store.findById(tx, id) : undefined;
    if (!institution) throw notFound();
    return institution;
  }

  /** Throws `not-found`. */
  async getByCode(tx: EntityManager, code: string): Promise<Institution> {
    const institution = await this.store.findByCode(tx, code);
    if (!institution) throw notFound();
    return institution;
  }

  /** All of them, by code. */
  list(tx: EntityManager): Promise<Institution[]> {
    return this.store.list(tx);
  }

  /** One page of the public list, by code. */
  async browse(query: {
    limit: number;
    after?: string;
    kind?: InstitutionKind;
  }): Promise<Page<Institution>> {
    const [after = ''] = query.after === undefined ? [] : decodeCursor(query.after, 1);
    const page = { after, kind: query.kind ?? null, limit: query.limit + 1 };
    const rows = await this.database.read((tx) => this.store.listAfter(tx, page));
    return toPage(rows, query.limit, (last) => encodeCursor(last.code));
  }

  /** One institution for everybody. Throws `not-found`. */
  show(id: string): Promise<Institution> {
    return this.database.read((tx) => this.getById(tx, id));
  }

  /** Makes an API key; the answer is the only place where its secret ever appears. */
  async issueKey(tx: EntityManager, request: NewApiKey): Promise<IssuedApiKey> {
    const { key, prefix, secretHash } = newApiKey();
    const id = newId();
    await this.store.insertKey(tx, {
      id,
      institutionId: request.institutionId,
      prefix,
      secretHash,
      label: request.label,
      roles: [...request.roles],
      expiresAt: request.expiresAt ?? new Date(Date.now() + KEY_LIFE_MS),
    });
    return { id, key };
  }

  /**
   * Ends an institution's key: at once in this process, within two seconds in every other.
   * Throws `not-found` for another institution's key.
   */
  async revokeKey(tx: EntityManager, institutionId: string, keyId: string): Promise<void> {
    const prefix = isUuid(keyId) ? await this.store.revokeKey(tx, keyId, institutionId) : undefined;
    if (prefix === undefined) throw notFound();
    this.principals.forgetKey(prefix);
  }

  /** Argon2id of a password, for accounts that are made in numbers. Refuses `password-length`. */
  hashPassword(password: string): Promise<PasswordHash> {
    return this.accounts.hashPassword(password);
  }

  /**
   * Opens an account for a member of staff (`institutionId`) or a learner (`learnerId`).
   * Refuses a name that is taken (`sign-in-name-taken`) and a bad password (`password-length`).
   */
  createAccount(tx: EntityManager, account: NewAccount): Promise<{ id: string }> {
    return this.accounts.create(tx, account);
  }
}
