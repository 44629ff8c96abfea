import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, describeRule, rulesAbout, summarise } from '#libs/rules';
import { Catalogue, type OutcomeDefinition } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound } from '../platform/http/index.js';
import { DraftLint } from './draft-lint.js';
import type { RuleFindingDto } from './drafts.dto.js';
import { DocumentReader } from './read-document.js';
import type {
  RecognitionDto,
  RecognitionsDto,
  RuleChangesDto,
  RuleCheckDto,
  RuleReadingDto,
} from './readings.dto.js';
import {
  changesBetween,
  faultsAsFindings,
  limitsIn,
  sentencesOf,
  toFindingDto,
  workedExamples,
} from './readings.views.js';
import { RuleNames } from './rule-names.js';
import type { RuleDocument } from './rule-version.js';
import { Rulebook } from './rulebook.service.js';
import { RulebookStore } from './rulebook.store.js';
import { stateOf, toVersionDto } from './rulebook.views.js';

/** Rules said in words: published versions, what changed between them, texts before they are stored. */
@Injectable()
export class RuleReadings {
  constructor(
    private readonly database: Database,
    private readonly store: RulebookStore,
    private readonly rulebook: Rulebook,
    private readonly catalogue: Catalogue,
    private readonly institutions: Institutions,
    private readonly reader: DocumentReader,
    private readonly lints: DraftLint,
    private readonly names: RuleNames,
    private readonly clock: Clock,
  ) {}

  /** One published version in sentences, with its examples decided. Throws `not-found`. */
  version(id: string, version: string): Promise<RuleReadingDto> {
    return this.database.read(async (tx) => {
      const found = await this.#version(tx, id, version);
      const compiled = this.rulebook.compiled(found);
      const names = await this.names.of(tx);
      const owner = (await this.store.findRegulationOwner(tx, id)) as string;
      const { code } = await this.institutions.getById(tx, owner);
      return {
        ...toVersionDto(found),
        document: JSON.parse(found.document) as object,
        source: found.source,
        institution: code,
        state: stateOf(found, this.clock.today()),
        about: summarise(compiled),
        basis: compiled.rulebook.basis.map(({ text, clause }) => ({
          text,
          clause: clause ?? null,
        })),
        sentences: sentencesOf(compiled, names),
        examples: workedExamples(compiled, names),
      };
    });
  }

  /** What changed from one version to another; from the one before when none is named. */
  changes(id: string, version: string, since: number | undefined): Promise<RuleChangesDto> {
    return this.database.read(async (tx) => {
      const newer = await this.#version(tx, id, version);
      const versions = await this.store.versionsOf(tx, id);
      const before = versions.find((each) => each.version < newer.version)?.version;
      const wanted = since ?? before;
      if (wanted === undefined) return { from: null, to: toVersionDto(newer), changes: [] };
      const older = await this.#version(tx, id, String(wanted));
      return {
        from: toVersionDto(older),
        to: toVersionDto(newer),
        changes: changesBetween(this.rulebook.compiled(older), this.rulebook.compiled(newer)),
      };
    });
  }

  /** Everything that can be said about a text, whether or not it is a document. Stores nothing. */
  check(text: string): Promise<RuleCheckDto> {
    const yaml = this.reader.open(text);
    const limits = yaml ? limitsIn(yaml) : [];
    const read = this.reader.read(text);
    if (!read.ok) {
      return Promise.resolve({ ...NO_DOCUMENT, findings: faultsAsFindings(read.problem), limits });
    }
    const compiled = read.value;
    return this.database.read(async (tx) => {
      const names = await this.names.of(tx);
      const findings = [
        ...(await this.#versionTaken(tx, compiled)),
        ...(await this.lints.findings(tx, compiled, text)).map(toFindingDto),
      ];
      const examples = workedExamples(compiled, names);
      const older = await this.#comparedWith(tx, compiled);
      return {
        hash: compiled.hash,
        isDocument: true,
        isPublishable:
          examples.length > 0 &&
          examples.every(({ holds }) => holds) &&
          findings.every(({ severity }) => severity !== 'error'),
        findings,
        examples,
        sentences: sentencesOf(compiled, names),
        comparedWith: older ? toVersionDto(older) : null,
        changes: older ? changesBetween(this.rulebook.compiled(older), compiled) : [],
        limits,
      };
    });
  }

  /** Which programmes take an outcome today, by which rules. Throws `not-found`. */
  recognition(code: string): Promise<RecognitionsDto> {
    return this.database.read(async (tx) => {
      const definition = await this.catalogue.findByCode(tx, code);
      if (!definition) throw notFound();
      const names = await this.names.of(tx);
      const inForce = await this.rulebook.inForce(tx, this.clock.today());
      return {
        items: inForce.flatMap(({ version, compiled }) =>
          rulesAbout(compiled, aboutOf(definition)).map((rule): RecognitionDto => ({
            version: toVersionDto(version),
            programmeTitle: compiled.rulebook.target.title,
            institution: compiled.rulebook.target.institution,
            rule: rule.rule.id,
            ruleTitle: rule.rule.title,
            text: describeRule(rule, compiled, names),
          })),
        ),
      };
    });
  }

  async #version(tx: EntityManager, id: string, version: string): Promise<RuleDocument> {
    const number = /^[1-9]\d{0,6}$/.test(version) ? Number(version) : 0;
    const found = number > 0 ? await this.store.findVersion(tx, id, number) : undefined;
    if (!found) throw notFound();
    return found;
  }

  /** What governs the programme today, or else the newest version of the regulation. */
  async #comparedWith(
    tx: EntityManager,
    { rulebook }: CompiledRulebook,
  ): Promise<RuleDocument | undefined> {
    const today = this.clock.today();
    return (
      (await this.store.findGoverning(tx, rulebook.target.programme, today)) ??
      (await this.store.findNewest(tx, rulebook.id))
    );
  }

  /** Said while it is written, not only when it is to be published: versions only rise. */
  async #versionTaken(
    tx: EntityManager,
    { rulebook, hash }: CompiledRulebook,
  ): Promise<RuleFindingDto[]> {
    const newest = await this.store.findNewest(tx, rulebook.id);
    if (!newest || newest.hash === hash || rulebook.version > newest.version) return [];
    const params = { version: String(newest.version) };
    const fault = { pointer: '/version', code: 'rulebook-version-exists' as const, params };
    return faultsAsFindings({ code: 'rulebook-invalid', faults: [fault] });
  }
}

const NO_DOCUMENT = {
  hash: null,
  isDocument: false,
  isPublishable: false,
  examples: [],
  sentences: [],
  comparedWith: null,
  changes: [],
};

function aboutOf({ code, source, kind, category }: OutcomeDefinition): {
  code: string;
  source: OutcomeDefinition['source'];
  kind: string;
  category: string;
} {
  return { code, source, kind, category: category.code };
}
