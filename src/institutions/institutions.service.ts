import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Accounts,
  ApiKeys,
  type IssuedApiKey,
  type NewAccount,
  type NewApiKey,
  type PasswordHash,
} from '../access/index.js';
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
import type { Institution, InstitutionKind, NewInstitution } from './institution.js';
import { InstitutionsStore } from './institutions.store.js';

/** Institutions, and what they are furnished with: keys for systems, accounts for people. */
@Injectable()
export class Institutions {
  constructor(
    private readonly store: InstitutionsStore,
    private readonly accounts: Accounts,
    private readonly keys: ApiKeys,
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

  /** {@link ApiKeys.issue} */
  issueKey(tx: EntityManager, request: NewApiKey): Promise<IssuedApiKey> {
    return this.keys.issue(tx, request);
  }

  /** {@link ApiKeys.revoke} */
  async revokeKey(tx: EntityManager, institutionId: string, keyId: string): Promise<void> {
    await this.keys.revoke(tx, institutionId, keyId);
  }

  /** {@link Accounts.hashPassword} */
  hashPassword(password: string): Promise<PasswordHash> {
    return this.accounts.hashPassword(password);
  }

  /** {@link Accounts.create} */
  createAccount(tx: EntityManager, account: NewAccount): Promise<{ id: string }> {
    return this.accounts.create(tx, account);
  }
}
