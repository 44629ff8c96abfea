import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { type Page, PageQuery } from '../platform/http/index.js';
import { AuditRunDto, AuditRunPageDto } from './audits.dto.js';
import { Audits } from './audits.service.js';

@ApiTags('operations')
@Allow('authority', 'operator')
@Scoped('operations')
@Controller('v1/audits')
export class AuditsController {
  constructor(private readonly audits: Audits) {}

  @Get()
  @ApiOperation({
    summary: 'Checks of the books against the public log, the newest first',
    description: 'By the service itself, once a day and when asked. Others check by the log alone.',
  })
  @ApiOkResponse({ type: AuditRunPageDto })
  list(@Query() query: PageQuery): Promise<Page<AuditRunDto>> {
    return this.audits.list(query);
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Have the books checked now; while a check is open it is that one' })
  @ApiAcceptedResponse({ type: AuditRunDto })
  start(@CurrentPrincipal() principal: Principal): Promise<AuditRunDto> {
    return this.audits.start(principal);
  }
}
