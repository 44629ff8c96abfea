import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, compilePublished } from '#libs/rules';
import {
  decodeCursor,
  encodeCursor,
  notFound,
  orThrow,
  type Page,
  type PageQuery,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { DocumentReader } from './read-document.js';
import { RulePublisher } from './rule-publisher.js';
import type { GoverningVersion, Programme, RuleDocument, RuleVersion } from './rule-version.js';
import { RulebookStore } from './rulebook.store.js';

/** Compiled versions kept in memory; a district has a few dozen in force. */
const CACHE_SIZE = 500;

/** Regulations as published documents, and the programmes they govern. */
@Injectable()
export class Rulebook {
  readonly #compiled = new Map<string, CompiledRulebook>();

  constructor(
    private readonly store: RulebookStore,
    private readonly publisher: RulePublisher,
    private readonly reader: DocumentReader,
  ) {}

  /**
   * Publishes a document at once from its own first day, without a draft and without a second
   * person: how a new bank gets its first rules. Everything else about it is as for
   * {@link RulePublisher.publish}.
   */
  publish(tx: EntityManager, yamlText: string, actor: string): Promise<RuleVersion> {
    const compiled = orThrow(this.reader.read(yamlText));
    const { from } = compiled.rulebook.inForce;
    return this.publisher.publish(tx, { compiled, source: yamlText, from, actor });
  }

  /** The rules of a programme on a day. Refuses with `rulebook-not-in-force` when there are none. */
  async compiledFor(tx: EntityManager, programme: string, on: string): Promise<GoverningVersion> {
    const found = await this.store.findGoverning(tx, programme, on);
    if (!found) throw refusal('rulebook-not-in-force', { programme, on });
    return { version: found, compiled: this.#compile(found.hash, found.document) };
  }

  /** The fingerprint of the version that governs a programme on a day; undefined when none does. */
  async hashFor(tx: EntityManager, programme: string, on: string): Promise<string | undefined> {
    return (await this.store.findGoverning(tx, programme, on))?.hash;
  }

  /** Every version in force on a day, ready to evaluate. */
  async compiledInForce(tx: EntityManager, on: string): Promise<CompiledRulebook[]> {
    const documents = await this.store.listInForce(tx, on);
    return documents.map(({ hash, document }) => this.#compile(hash, document));
  }

  /** Every version in force on a day with its texts, by regulation. */
  async inForce(tx: EntityManager, on: string): Promise<GoverningVersion[]> {
    const documents = await this.store.listInForce(tx, on);
    return documents.map((version) => ({ version, compiled: this.compiled(version) }));
  }

  /** A published version, ready to evaluate. */
  compiled({ hash, document }: Pick<RuleDocument, 'hash' | 'document'>): CompiledRulebook {
    return this.#compile(hash, document);
  }

  /** The very version that decided, whatever is in force now. A hash that nobody published throws. */
  async compiledByHash(tx: EntityManager, hash: string): Promise<CompiledRulebook> {
    const cached = this.#compiled.get(hash);
    if (cached) return cached;
    const document = await this.store.findDocument(tx, hash);
    if (document === undefined) throw new Error(`rule version ${hash} was never published`);
    return this.#compile(hash, document);
  }

  /** Throws `not-found`. */
  async programme(tx: EntityManager, code: string): Promise<Programme> {
    const programme = await this.store.findProgramme(tx, code);
    if (!programme) throw notFound();
    return programme;
  }

  async listProgrammes(tx: EntityManager, query: PageQuery): Promise<Page<Programme>> {
    const rows = await this.store.listProgrammes(tx, toRange(query));
    return toPage(rows, query.limit, (last) => encodeCursor(last.code));
  }

  /** The newest version with its texts. Throws `not-found`. */
  async rule(tx: EntityManager, regulationId: string): Promise<RuleDocument> {
    const document = await this.store.findNewest(tx, regulationId);
    if (!document) throw notFound();
    return document;
  }

  /** Every version, newest first. Throws `not-found`. */
  async versions(tx: EntityManager, regulationId: string): Promise<RuleVersion[]> {
    const versions = await this.store.versionsOf(tx, regulationId);
    if (versions.length === 0) throw notFound();
    return versions;
  }

  /** A published version never changes, so what was compiled once serves for ever. */
  #compile(hash: string, document: string): CompiledRulebook {
    const cached = this.#compiled.get(hash);
    if (cached) return cached;
    const compiled = orThrow(compilePublished(document));
    if (compiled.hash !== hash) throw new Error(`rule version ${hash} is not what was published`);
    if (this.#compiled.size >= CACHE_SIZE) this.#compiled.clear();
    this.#compiled.set(hash, compiled);
    return compiled;
  }
}

function toRange(query: PageQuery): { after: string; limit: number } {
  const [after = ''] = query.after === undefined ? [] : decodeCursor(query.after, 1);
  return { after, limit: query.limit + 1 };
}
