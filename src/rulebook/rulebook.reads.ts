import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import type { PageQuery } from '../platform/http/index.js';
import type { RuleVersion } from './rule-version.js';
import type {
  ProgrammePageDto,
  RuleDocumentDto,
  RulePageDto,
  RuleVersionDto,
  RuleVersionsDto,
} from './rulebook.dto.js';
import { Rulebook } from './rulebook.service.js';

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
      return { items: page.items.map(toDto), next: page.next };
    });
  }

  rule(id: string): Promise<RuleDocumentDto> {
    return this.database.read(async (tx) => {
      const rule = await this.rulebook.rule(tx, id);
      const document = JSON.parse(rule.document) as object;
      return { ...toDto(rule), document, source: rule.source };
    });
  }

  versions(id: string): Promise<RuleVersionsDto> {
    return this.database.read(async (tx) => ({
      items: (await this.rulebook.versions(tx, id)).map(toDto),
    }));
  }
}

function toDto(version: RuleVersion): RuleVersionDto {
  return {
    id: version.regulationId,
    version: version.version,
    hash: version.hash,
    title: version.title,
    programme: version.programme,
    inForceFrom: version.inForceFrom,
    inForceTo: version.inForceTo,
    publishedAt: version.publishedAt.toISOString(),
  };
}
