import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { ProgrammePageDto, RuleDocumentDto, RulePageDto, RuleVersionsDto } from './rulebook.dto.js';
import { RulebookReads } from './rulebook.reads.js';

@ApiTags('rulebook')
@Controller('v1')
export class RulebookController {
  constructor(private readonly reads: RulebookReads) {}

  /** Programmes into which outcomes can be converted, by code. */
  @Public()
  @Get('programmes')
  programmes(@Query() query: PageQuery): Promise<ProgrammePageDto> {
    return this.reads.programmes(query);
  }

  /** The newest version of every regulation, by id. */
  @Public()
  @Get('rules')
  rules(@Query() query: PageQuery): Promise<RulePageDto> {
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
}
