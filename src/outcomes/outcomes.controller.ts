import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentPrincipal, type Principal } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import {
  CompletionDto,
  OutcomePageDto,
  PostedCompletionDto,
  RevocationDto,
  RevokedOutcomeDto,
} from './outcomes.dto.js';
import { OutcomesService } from './outcomes.service.js';

@ApiTags('outcomes')
@Controller('v1')
export class OutcomesController {
  constructor(private readonly service: OutcomesService) {}

  /**
   * Posts one completion. 201 with entry, balance and receipt; the same sent again answers 200 with
   * `Idempotent-Replayed: true`; other content under the same external id is a 409.
   */
  @Post('completions')
  @Allow('registrar', 'issuer')
  @ApiCreatedResponse({ type: PostedCompletionDto })
  @ApiOkResponse({ type: PostedCompletionDto, description: 'The same was posted before.' })
  async post(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CompletionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostedCompletionDto> {
    return announce(reply, await this.service.post(principal, body));
  }

  /** What a learner has learned, newest record first. `me` is the signed-in learner. */
  @Get('learners/:id/outcomes')
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<OutcomePageDto> {
    return this.service.list(principal, id, query);
  }

  /** Takes an outcome back by a new entry; refused while its credit is held or used. */
  @Post('outcomes/:id/revocation')
  @HttpCode(200)
  @Allow('registrar', 'issuer')
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RevocationDto,
  ): Promise<RevokedOutcomeDto> {
    return this.service.revoke(principal, id, body.reason);
  }
}

/** A first posting is 201; a repetition is 200 and says so in a header. */
function announce(reply: FastifyReply, posted: PostedCompletionDto): PostedCompletionDto {
  if (posted.status === 'created') reply.status(201);
  else reply.status(200).header('idempotent-replayed', 'true');
  return posted;
}
