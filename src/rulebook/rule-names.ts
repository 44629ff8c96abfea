import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DecisionNames, type Names, decisionNames } from '#libs/rules';
import { Catalogue, type CatalogueMatcher } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { Rulebook } from './rulebook.service.js';

/** What the codes in rules are called: outcomes by the catalogue, institutions by their names. */
@Injectable()
export class RuleNames {
  #cached: { readonly matcher: CatalogueMatcher; readonly names: Names } | undefined;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly institutions: Institutions,
    private readonly rulebook: Rulebook,
  ) {}

  /** Of what a decision names by code, as the version that decided calls it. */
  async ofDecision(
    tx: EntityManager,
    decision: { readonly rulebook: { readonly hash: string } },
  ): Promise<DecisionNames> {
    const { rulebook } = await this.rulebook.compiledByHash(tx, decision.rulebook.hash);
    return decisionNames(rulebook, await this.of(tx));
  }

  /** Read again only when the catalogue or an institution has changed: one matcher, one answer. */
  async of(tx: EntityManager): Promise<Names> {
    const matcher = await this.catalogue.matcher(tx);
    if (this.#cached?.matcher === matcher) return this.#cached.names;
    const outcomes = new Map(matcher.all().map(({ code, title }) => [code, title]));
    const institutions = new Map(
      (await this.institutions.list(tx)).map(({ code, name }) => [code, name]),
    );
    const names: Names = {
      outcome: (code) => outcomes.get(code) ?? { zh: code, en: code },
      institution: (code) => institutions.get(code) ?? { zh: code, en: code },
    };
    this.#cached = { matcher, names };
    return names;
  }
}
