import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import {
  RecognitionsDto,
  RuleChangesDto,
  RuleChangesQuery,
  RulePageDto,
  RuleReadingDto,
  RulesQuery,
} from './readings.dto.js';
import { RuleReadings } from './readings.service.js';
import { ProgrammePageDto, RuleDocumentDto, RuleVersionsDto } from './rulebook.dto.js';
import { RulebookReads } from './rulebook.reads.js';

@ApiTags('rulebook')
@Controller('v1')
export class RulebookController {
  constructor(
    private readonly reads: RulebookReads,
    private readonly readings: RuleReadings,
  ) {}

  /** Programmes into which outcomes can be converted, by code. */
  @Public()
  @Get('programmes')
  programmes(@Query() query: PageQuery): Promise<ProgrammePageDto> {
    return this.reads.programmes(query);
  }

  /** Every regulation by its newest version, and where it stands today; searchable. */
  @Public()
  @Get('rules')
  rules(@Query() query: RulesQuery): Promise<RulePageDto> {
    return this.reads.rules(query);
  }

  /** The newest version with its texts. Write the `/` of an id as `%2F`. */
  @Public()
  @Get('rules/:id')
  rule(@Param('id') id: string): Promise<RuleDocumentDto> {
    return this.reads.rule(id);
  }

  /** Every published version, newest first. */
  @Public()
  @Get('rules/:id/versions')
  versions(@Param('id') id: string): Promise<RuleVersionsDto> {
    return this.reads.versions(id);
  }

  /** One published version in words: what it gives, what limits it, its examples decided. */
  @Public()
  @Get('rules/:id/versions/:version')
  version(@Param('id') id: string, @Param('version') version: string): Promise<RuleReadingDto> {
    return this.readings.version(id, version);
  }

  /** What changed from one version to another, in words. */
  @Public()
  @Get('rules/:id/versions/:version/changes')
  changes(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() { since }: RuleChangesQuery,
  ): Promise<RuleChangesDto> {
    return this.readings.changes(id, version, since);
  }

  /** Programmes that take an outcome today, by which rules and on what terms. */
  @Public()
  @Get('catalogue/:code/recognition')
  recognition(@Param('code') code: string): Promise<RecognitionsDto> {
    return this.readings.recognition(code);
  }
}
