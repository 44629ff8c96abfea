import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Institutions, whyNotOffered } from '../institutions/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  Refusal,
  decodeCursor,
  encodeCursor,
  isPlainText,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { CatalogueStore } from './catalogue.store.js';
import type {
  CatalogueMatcher,
  Category,
  NewOutcomeDefinition,
  OutcomeDefinition,
  OutcomeKind,
} from './definition.js';
import { DefinitionMatcher } from './matcher.js';
import { searchKeysOf, searchWordsOf } from './title-key.js';

/** What a list of the catalogue is narrowed to. */
export interface CatalogueQuery {
  /** Found in code, titles or aliases, whatever the case, the width and the punctuation. */
  readonly q?: string;
  readonly kind?: OutcomeKind;
  /** Code of the institution that awards it. */
  readonly institution?: string;
  readonly limit: number;
  readonly after?: string;
}

/** The outcome catalogue: what can be learned here, and the codes under which it is posted. */
@Injectable()
export class Catalogue {
  #cached: { readonly revision: string; readonly matcher: CatalogueMatcher } | undefined;

  constructor(
    private readonly store: CatalogueStore,
    private readonly institutions: Institutions,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  categories(tx: EntityManager): Promise<Category[]> {
    return this.store.categories(tx);
  }

  /** One page, by code. */
  async list(tx: EntityManager, query: CatalogueQuery): Promise<Page<OutcomeDefinition>> {
    const [after = ''] = query.after === undefined ? [] : decodeCursor(query.after, 1);
    const keys = query.q === undefined ? null : searchKeysOf(query.q);
    const words = searchWordsOf(query.q ?? '');
    const { limit, kind = null, institution = null } = query;
    const rows = await this.store.list(tx, {
      after,
      kind,
      institution,
      keys,
      words,
      limit: limit + 1,
    });
    return toPage(rows, limit, (last) => encodeCursor(last.code));
  }

  async findByCode(tx: EntityManager, code: string): Promise<OutcomeDefinition | undefined> {
    // A path may hold what PostgreSQL refuses to compare, for example NUL.
    if (!isPlainText(code)) return undefined;
    return (await this.store.byCodes(tx, [code]))[0];
  }

  /** In no particular order; codes that do not exist are left out. */
  byCodes(tx: EntityManager, codes: readonly string[]): Promise<OutcomeDefinition[]> {
    return this.store.byCodes(tx, codes);
  }

  /**
   * The catalogue in memory, with what each institution may post of it. Costs one small query when
   * nothing has changed since the last call, and two that read everything when something has.
   */
  async matcher(tx: EntityManager): Promise<CatalogueMatcher> {
    // The revision is read first: should a change be committed in between, the copy is newer than
    // its mark and only read once too often.
    const revision = await this.store.revision(tx);
    if (this.#cached?.revision === revision) return this.#cached.matcher;
    const definitions = await this.store.all(tx);
    const matcher = new DefinitionMatcher(definitions, await this.institutions.list(tx));
    this.#cached = { revision, matcher };
    return matcher;
  }

  /**
   * Adds definitions. Refuses a code that exists (`outcome-code-taken`), a form that the institution
   * does not award (`outcome-form-not-awarded`) and whoever has too many demerits (`may-not-apply`);
   * an unknown institution or category is a mistake of the caller and throws.
   */
  async create(
    tx: EntityManager,
    definitions: readonly NewOutcomeDefinition[],
  ): Promise<OutcomeDefinition[]> {
    if (definitions.length === 0) return [];
    await this.store.renewRevision(tx);
    const codes = definitions.map((definition) => definition.code);
    const [taken] = await this.store.byCodes(tx, codes);
    if (taken) throw refusal('outcome-code-taken', { code: taken.code });
    const all = await this.institutions.list(tx);
    const institutions = new Map(all.map((one) => [one.code, one]));
    const categories = idsByCode(await this.store.categories(tx));
    const today = this.clock.today();
    const rows = definitions.map((definition) => {
      const institution = known(institutions, definition.institutionCode);
      const problem = whyNotOffered(institution, definition, today);
      if (problem) throw new Refusal(problem);
      const categoryId = known(categories, definition.categoryCode);
      return { id: newId(), institutionId: institution.id, categoryId, definition };
    });
    await this.store.insert(tx, rows);
    return this.store.byCodes(tx, codes);
  }

  /** One page for everybody. */
  browse(query: CatalogueQuery): Promise<Page<OutcomeDefinition>> {
    return this.database.read((tx) => this.list(tx, query));
  }

  /** One definition for everybody. Throws `not-found`. */
  async show(code: string): Promise<OutcomeDefinition> {
    const definition = await this.database.read((tx) => this.findByCode(tx, code));
    if (!definition) throw notFound();
    return definition;
  }
}

function idsByCode<T>(all: readonly { readonly code: string; readonly id: T }[]): Map<string, T> {
  return new Map(all.map(({ code, id }) => [code, id]));
}

function known<T>(byCode: ReadonlyMap<string, T>, code: string): T {
  const value = byCode.get(code);
  if (value === undefined) throw new Error(`the catalogue names the unknown code ${code}`);
  return value;
}
