import { Controller, Get, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  type Principal,
  STAFF_ROLES,
  Scoped,
} from '../platform/auth/index.js';
import type { Page } from '../platform/http/index.js';
import type { AdministrativeEvent } from './administrative-event.js';
import { AdministrativeEventPageDto, HistoryQuery } from './history.dto.js';
import { History } from './history.service.js';

@ApiTags('history')
@Allow(...STAFF_ROLES)
@Scoped('history')
@Controller('v1/administrative-events')
export class HistoryController {
  constructor(private readonly history: History) {}

  @Get()
  @ApiOperation({
    summary: 'Who changed what people and systems may do, the newest first',
    description:
      'Staff see the history of their own institution; the authority and the operator see all.',
  })
  @ApiOkResponse({ type: AdministrativeEventPageDto })
  @ApiNotFoundResponse({ description: 'not-found: an institution that is not there or not yours' })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: HistoryQuery,
  ): Promise<Page<AdministrativeEvent>> {
    return this.history.browse(principal, query);
  }
}
