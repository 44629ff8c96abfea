import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { OnBehalf } from './access/on-behalf.js';
import { AccessLogPageDto } from './access/access-log.dto.js';
import { AccessLogs } from './access/access-logs.js';
import { ErasedPageDto, ErasureDto, ErasureRequestDto } from './erasure/erasures.dto.js';
import { Erasures } from './erasure/erasures.js';
import { ExportQuery, LearnerExportDto } from './export/exports.dto.js';
import { Exports } from './export/exports.js';

/** What a person may know about the own data, take along, and have erased. */
@ApiTags('own data')
@ApiNotFoundResponse({ description: 'not-found: unknown, or not yours' })
@Scoped('learners')
@Controller('v1')
export class OwnDataController {
  constructor(
    private readonly logs: AccessLogs,
    private readonly exports: Exports,
    private readonly erasures: Erasures,
  ) {}

  /** Who read the learner's data, when, why and what; newest first. */
  @Get('learners/:id/access-log')
  @Allow('learner', 'authority')
  @OnBehalf('see', { purpose: 'access-log', fields: ['name'] })
  accessLog(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<AccessLogPageDto> {
    return this.logs.list(principal, id, query);
  }

  /** Everything the bank holds about the learner, as one document. */
  @Get('learners/:id/export')
  @Allow('learner', 'authority')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: LearnerExportDto })
  export(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: ExportQuery,
  ): Promise<LearnerExportDto> {
    return this.exports.export(principal, id, query.documents ?? 'masked');
  }

  /**
   * Asks for erasure. At once nothing is shown, shared, counted or posted any more; when the period
   * is over, everything that leads back to the person is destroyed. The books stay whole.
   */
  @Post('learners/:id/erasure')
  @Allow('learner', 'authority')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ErasureDto })
  erase(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: ErasureRequestDto,
  ): Promise<ErasureDto> {
    return this.erasures.request(principal, id, body.ground);
  }

  /** How a request for erasure stands. */
  @Get('learners/:id/erasure')
  @Allow('learner', 'authority')
  erasure(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ErasureDto> {
    return this.erasures.show(principal, id);
  }

  /** Takes a request for erasure back, while the period runs. */
  @Delete('learners/:id/erasure')
  @Allow('learner', 'authority')
  keep(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ErasureDto> {
    return this.erasures.cancel(principal, id);
  }

  /** Ids of erased people, to be kept outside and given to a restore. */
  @Get('erasures')
  @Allow('operator')
  erased(@Query() query: PageQuery): Promise<ErasedPageDto> {
    return this.erasures.list(query);
  }
}
