import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import type { PageQuery } from '../platform/http/index.js';
import type {
  ProgrammePageDto,
  RuleDocumentDto,
  RulePageDto,
  RuleVersionsDto,
} from './rulebook.dto.js';
import { Rulebook } from './rulebook.service.js';
import { toVersionDto } from './rulebook.views.js';

/** The rulebook for everybody: what is published is public. */
@Injectable()
export class RulebookReads {
  constructor(
    private readonly database: Database,
    private readonly rulebook: Rulebook,
  ) {}

  programmes(query: PageQuery): Promise<ProgrammePageDto> {
    return this.database.read((tx) => this.rulebook.listProgrammes(tx, query));
  }

  rules(query: PageQuery): Promise<RulePageDto> {
    return this.database.read(async (tx) => {
      const page = await this.rulebook.listRules(tx, query);
      return { items: page.items.map(toVersionDto), next: page.next };
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
}
