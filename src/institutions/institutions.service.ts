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
import { Clock } from '../platform/clock/index.js';
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
import type { Institution, InstitutionKind, NewInstitution, Tier } from './institution.js';
import type { InstitutionDto } from './institutions.dto.js';
import { InstitutionsStore } from './institutions.store.js';
import { toInstitutionDto } from './institutions.views.js';

/** Institutions, and what they are furnished with: keys for systems, accounts for people. */
@Injectable()
export class Institutions {
  constructor(
    private readonly store: InstitutionsStore,
    private readonly accounts: Accounts,
    private readonly keys: ApiKeys,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Refuses a code that another institution has (`institution-code-taken`). */
  async create(tx: EntityManager, institution: NewInstitution): Promise<Institution> {
    const placed = {
      tier: institution.kind === 'authority' ? ('centre' as const) : ('member-unit' as const),
      parentId: null,
      awards: null,
      registers: null,
      recognises: null,
      ...institution,
    };
    try {
      return await this.store.insert(tx, newId(), placed);
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
    tier?: Tier;
    parent?: string;
  }): Promise<Page<InstitutionDto>> {
    const [after = ''] = query.after === undefined ? [] : decodeCursor(query.after, 1);
    const { kind = null, tier = null, parent: parentId = null } = query;
    const page = { after, kind, tier, parentId, limit: query.limit + 1 };
    const rows = await this.database.read((tx) => this.store.listAfter(tx, page));
    const today = this.clock.today();
    const views = rows.map((row) => toInstitutionDto(row, today));
    return toPage(views, query.limit, (last) => encodeCursor(last.code));
  }

  /** One institution for everybody. Throws `not-found`. */
  async show(id: string): Promise<InstitutionDto> {
    const institution = await this.database.read((tx) => this.getById(tx, id));
    return toInstitutionDto(institution, this.clock.today());
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
