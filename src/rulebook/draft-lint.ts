import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, type LintFinding, isPublishable, lint } from '#libs/rules';
import { Catalogue } from '../catalogue/index.js';
import { Clock } from '../platform/clock/index.js';
import { Refusal } from '../platform/http/index.js';
import { DocumentReader } from './read-document.js';
import { Rulebook } from './rulebook.service.js';

/** A finding with its line in the text; null when it is about all rules together. */
export interface DraftFinding extends LintFinding {
  readonly line: number | null;
}

/** Checks a document among all others that are in force, and against the catalogue. */
@Injectable()
export class DraftLint {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly catalogue: Catalogue,
    private readonly reader: DocumentReader,
    private readonly clock: Clock,
  ) {}

  /** What is found in this document, or in all rules together with it; by place. */
  async findings(
    tx: EntityManager,
    compiled: CompiledRulebook,
    source: string,
  ): Promise<DraftFinding[]> {
    const today = this.clock.today();
    const { id, version } = compiled.rulebook;
    const inForce = await this.rulebook.compiledInForce(tx, today);
    const others = inForce.filter(({ rulebook }) => rulebook.id !== id);
    const definitions = (await this.catalogue.matcher(tx)).all();
    const outcomes = definitions.map(({ code, source: learned, kind, category }) => ({
      code,
      source: learned,
      kind,
      category: category.code,
    }));
    const lineOf = this.reader.linesOf(source);
    return lint([compiled, ...others], { today, outcomes })
      .filter(
        ({ rulebook, version: of }) => rulebook === null || (rulebook === id && of === version),
      )
      .map((finding) => ({
        ...finding,
        line: finding.rulebook === null ? null : lineOf(finding.path),
      }));
  }

  /** Refuses with `rule-lint-errors` a document that must not be published. */
  async assertPublishable(
    tx: EntityManager,
    compiled: CompiledRulebook,
    source: string,
  ): Promise<void> {
    const findings = await this.findings(tx, compiled, source);
    if (isPublishable(findings)) return;
    const faults = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path, params, line }) => ({
        pointer: path,
        code,
        params: { ...params, line: String(line ?? '—') },
      }));
    throw new Refusal({ code: 'rule-lint-errors', faults });
  }
}
