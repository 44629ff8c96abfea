import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { summarise } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { decodeCursor, encodeCursor, type PageQuery, toPage } from '../platform/http/index.js';
import type { RulePageDto, RulesQuery, RuleSummaryDto } from './readings.dto.js';
import { RuleSearch } from './rule-search.js';
import type { RuleDocument, RuleVersion } from './rule-version.js';
import type { ProgrammePageDto, RuleDocumentDto, RuleVersionsDto } from './rulebook.dto.js';
import { Rulebook } from './rulebook.service.js';
import { RulebookStore } from './rulebook.store.js';
import { stateOf, toVersionDto } from './rulebook.views.js';

/** The rulebook for everybody: what is published is public. */
@Injectable()
export class RulebookReads {
  constructor(
    private readonly database: Database,
    private readonly store: RulebookStore,
    private readonly rulebook: Rulebook,
    private readonly search: RuleSearch,
    private readonly institutions: Institutions,
    private readonly clock: Clock,
  ) {}

  programmes(query: PageQuery): Promise<ProgrammePageDto> {
    return this.database.read((tx) => this.rulebook.listProgrammes(tx, query));
  }

  /** Every regulation by its newest version, or those that a text finds. */
  rules({ q, after: cursor, limit }: RulesQuery): Promise<RulePageDto> {
    const [after = ''] = cursor === undefined ? [] : decodeCursor(cursor, 1);
    return this.database.read(async (tx) => {
      const rows =
        q === undefined
          ? await this.store.listNewestDocuments(tx, { after, limit: limit + 1 })
          : await this.search.find(tx, { q, after, limit: limit + 1 });
      const page = toPage(rows, limit, (last) => encodeCursor(last.regulationId));
      return { items: await this.#summaries(tx, page.items), next: page.next };
    });
  }

  rule(id: string): Promise<RuleDocumentDto> {
    return this.database.read(async (tx) => {
      const rule = await this.rulebook.rule(tx, id);
      const document = JSON.parse(rule.document) as object;
      return { ...toVersionDto(rule), document, source: rule.source };
    });
  }

  versions(id: string): Promise<RuleVersionsDto> {
    return this.database.read(async (tx) => ({
      items: (await this.rulebook.versions(tx, id)).map(toVersionDto),
    }));
  }

  async #summaries(tx: EntityManager, rules: readonly RuleDocument[]): Promise<RuleSummaryDto[]> {
    if (rules.length === 0) return [];
    const today = this.clock.today();
    const overview = await this.store.overview(
      tx,
      rules.map(({ regulationId }) => regulationId),
    );
    const owners = new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
    const governing = await this.store.governingOf(
      tx,
      rules.map(({ regulationId }) => regulationId),
      today,
    );
    return rules.map((rule) => {
      const { versions, institutionId } = overview.get(rule.regulationId) ?? NOTHING;
      const now = governing.get(rule.regulationId) ?? null;
      return {
        ...toVersionDto(rule),
        about: summarise(this.rulebook.compiled(rule)),
        institution: owners.get(institutionId) ?? '',
        state: stateOfRegulation(rule, now, today),
        governing: now,
        versions,
      };
    });
  }
}

const NOTHING = { versions: 0, institutionId: '' };

/** A regulation is in force while any of its versions is; else its newest version says. */
function stateOfRegulation(
  newest: RuleVersion,
  governing: number | null,
  today: string,
): RuleSummaryDto['state'] {
  if (governing !== null) return 'in-force';
  return stateOf(newest, today) === 'scheduled' ? 'scheduled' : 'ended';
}
