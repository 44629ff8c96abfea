import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FieldFault } from '#libs/problems';
import {
  type CompiledRulebook,
  canonicalJson,
  compilePublished,
  nearestName,
  runExamples,
} from '#libs/rules';
import { type Institution, Institutions } from '../institutions/index.js';
import {
  decodeCursor,
  encodeCursor,
  notFound,
  orThrow,
  type Page,
  type PageQuery,
  Refusal,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { DocumentReader } from './read-document.js';
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
    private readonly institutions: Institutions,
    private readonly reader: DocumentReader,
  ) {}

  /**
   * Publishes one document. Refuses one that cannot be read, whose worked examples come out
   * differently, whose version is not newer than the last, that changes its programme, or whose time
   * another regulation of the programme covers. Publishing the same content again changes nothing.
   */
  async publish(tx: EntityManager, yamlText: string, actor: string): Promise<RuleVersion> {
    const compiled = orThrow(this.reader.read(yamlText));
    assertExamplesHold(compiled);
    const { rulebook, hash } = compiled;
    const { target } = rulebook;
    await this.store.lockProgramme(tx, target.programme);
    const existing = await this.store.versionsOf(tx, rulebook.id);
    const same = existing.find((version) => version.hash === hash);
    if (same) return same;
    assertNewer(compiled, existing[0]);
    await this.#assertAlone(tx, compiled);
    const institution = await this.#decidingInstitution(tx, target.institution);
    await this.store.insertRegulation(tx, {
      id: rulebook.id,
      programme: target.programme,
      institutionId: institution.id,
    });
    await this.#insertVersion(tx, compiled, yamlText, actor);
    await this.store.putProgramme(tx, {
      code: target.programme,
      institutionId: institution.id,
      title: target.title,
      totalCredits: target.total,
      review: target.review,
    });
    const [published] = await this.store.versionsOf(tx, rulebook.id);
    if (!published) throw new Error(`version ${hash} is not there after publishing`);
    return published;
  }

  /** The rules of a programme on a day. Refuses with `rulebook-not-in-force` when there are none. */
  async compiledFor(tx: EntityManager, programme: string, on: string): Promise<GoverningVersion> {
    const found = await this.store.findGoverning(tx, programme, on);
    if (!found) throw refusal('rulebook-not-in-force', { programme, on });
    return { version: found, compiled: this.#compile(found.hash, found.document) };
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

  /** The newest version of every regulation, by id. */
  async listRules(tx: EntityManager, query: PageQuery): Promise<Page<RuleVersion>> {
    const rows = await this.store.listNewest(tx, toRange(query));
    return toPage(rows, query.limit, (last) => encodeCursor(last.regulationId));
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

  /** One regulation governs a programme at a time. */
  async #assertAlone(tx: EntityManager, { rulebook }: CompiledRulebook): Promise<void> {
    const { id, target, inForce } = rulebook;
    const { programme } = target;
    const own = { regulationId: id, programme, from: inForce.from, to: inForce.to };
    const other = await this.store.findOverlapping(tx, own);
    if (other) throw refusal('rulebook-dates-overlap', { programme, other });
  }

  async #decidingInstitution(tx: EntityManager, code: string): Promise<Institution> {
    const institutions = await this.institutions.list(tx);
    const institution = institutions.find((each) => each.code === code);
    if (institution) return institution;
    const codes = institutions.map((each) => each.code);
    const params = { name: code, nearest: nearestName(code, codes) ?? '—' };
    const fault: FieldFault = {
      pointer: '/target/institution',
      code: 'rulebook-unknown-name',
      params,
    };
    throw new Refusal({ code: 'rulebook-invalid', faults: [fault] });
  }

  async #insertVersion(
    tx: EntityManager,
    { rulebook, hash }: CompiledRulebook,
    source: string,
    actor: string,
  ): Promise<void> {
    await this.store.insertVersion(tx, {
      regulationId: rulebook.id,
      version: rulebook.version,
      hash,
      title: rulebook.title,
      inForceFrom: rulebook.inForce.from,
      inForceTo: rulebook.inForce.to,
      document: canonicalJson(rulebook),
      source,
      publishedBy: actor,
    });
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

/** Versions of a regulation only rise, and all of them govern the same programme. */
function assertNewer({ rulebook }: CompiledRulebook, newest: RuleVersion | undefined): void {
  if (!newest) return;
  if (newest.programme !== rulebook.target.programme) {
    throw refusal('rulebook-programme-changed', { programme: newest.programme });
  }
  if (rulebook.version <= newest.version) {
    throw refusal('rulebook-version-exists', { version: String(newest.version) });
  }
}

function assertExamplesHold(compiled: CompiledRulebook): void {
  const faults = runExamples(compiled).flatMap(({ index, name, differences }) =>
    differences.map(({ what, expected, actual }): FieldFault => {
      const params = { name, what, expected, actual };
      return { pointer: `/examples/${index}`, code: 'rulebook-example-fails', params };
    }),
  );
  if (faults.length > 0) throw new Refusal({ code: 'rulebook-examples-fail', faults });
}

function toRange(query: PageQuery): { after: string; limit: number } {
  const [after = ''] = query.after === undefined ? [] : decodeCursor(query.after, 1);
  return { after, limit: query.limit + 1 };
}
