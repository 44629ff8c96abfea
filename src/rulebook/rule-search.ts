import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, rulesAbout } from '#libs/rules';
import { Catalogue, type OutcomeDefinition, isFoundBy, searchTextOf } from '../catalogue/index.js';
import type { RuleDocument } from './rule-version.js';
import { Rulebook } from './rulebook.service.js';
import { RulebookStore } from './rulebook.store.js';

/** Documents that are read at once while one looks for a text in them. */
const PART = 200;

/** Finds regulations by what people call them and the outcomes that they speak of. */
@Injectable()
export class RuleSearch {
  constructor(
    private readonly store: RulebookStore,
    private readonly rulebook: Rulebook,
    private readonly catalogue: Catalogue,
  ) {}

  /** The newest versions behind `after` that a text finds, by id, no more than `limit`. */
  async find(
    tx: EntityManager,
    { q, after, limit }: { q: string; after: string; limit: number },
  ): Promise<RuleDocument[]> {
    const definitions = (await this.catalogue.matcher(tx)).all();
    const named = definitions.filter((definition) => isFound(q, namesOf(definition)));
    const found: RuleDocument[] = [];
    for (let from: string | undefined = after; from !== undefined && found.length < limit;) {
      const part: RuleDocument[] = await this.store.listNewestDocuments(tx, {
        after: from,
        limit: PART,
      });
      found.push(...part.filter((rule) => this.#matches(rule, q, named)));
      from = part.length < PART ? undefined : part.at(-1)?.regulationId;
    }
    return found.slice(0, limit);
  }

  #matches(rule: RuleDocument, q: string, named: readonly OutcomeDefinition[]): boolean {
    const compiled = this.rulebook.compiled(rule);
    return isFound(q, namesIn(compiled)) || named.some((one) => speaksOf(compiled, one));
  }
}

function isFound(q: string, names: readonly string[]): boolean {
  return isFoundBy(q, searchTextOf(names));
}

function namesOf({ code, title, aliases }: OutcomeDefinition): string[] {
  return [code, title.zh, title.en, ...aliases];
}

function namesIn({ rulebook: { id, title, target, rules } }: CompiledRulebook): string[] {
  const titles = [title, target.title, ...rules.map((rule) => rule.title)];
  return [id, target.programme, ...titles.flatMap(({ zh, en }) => [zh, en])];
}

function speaksOf(compiled: CompiledRulebook, definition: OutcomeDefinition): boolean {
  const { code, source, kind, category } = definition;
  return rulesAbout(compiled, { code, source, kind, category: category.code }).length > 0;
}
