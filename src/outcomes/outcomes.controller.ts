import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { LookUp } from '../platform/limits/index.js';
import { ProposalDto } from '../proposals/index.js';
import { CompletionDto, OutcomePageDto, PostedCompletionDto } from './outcomes.dto.js';
import { OutcomesService } from './outcomes.service.js';
import {
  RedepositDto,
  RedepositedOutcomeDto,
  RevocationDto,
  RevocationQuery,
  RevokedOutcomeDto,
} from './revocation.dto.js';
import { RevocationService } from './revocation.service.js';

@ApiTags('outcomes')
@Scoped('outcomes')
@Controller('v1')
export class OutcomesController {
  constructor(
    private readonly service: OutcomesService,
    private readonly revocations: RevocationService,
  ) {}

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
  @OnBehalf('see', { purpose: 'outcomes', fields: ['outcomes'] })
  @LookUp()
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<OutcomePageDto> {
    return this.service.list(principal, id, query);
  }

  /**
   * Takes an outcome back with everything that rests on it, all or nothing: its credit wherever it
   * is, the conversions booked with it, and those booked later that would not be granted without
   * them. Credit of other outcomes comes back. With `preview=true` it only tells what would happen.
   * What takes two people (much credit, many conversions, an old period) is proposed when the digest
   * of the preview is sent along: 202 with the proposal, for a second person to confirm.
   */
  @Post('outcomes/:id/revocation')
  @HttpCode(200)
  @Allow('registrar', 'issuer')
  @ApiOkResponse({ type: RevokedOutcomeDto })
  @ApiAcceptedResponse({ type: ProposalDto, description: 'A second person has to confirm.' })
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RevocationDto,
    @Query() query: RevocationQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevokedOutcomeDto | ProposalDto> {
    return query.preview === true
      ? this.revocations.preview(principal, id)
      : announceProposal(reply, await this.revocations.revoke(principal, id, body));
  }

  /**
   * Gives a revoked outcome back after a won appeal: its credit is available again, until the same
   * last day. Only who took it back may, or an authority. Reversed conversions stay reversed. What
   * was completed long ago is proposed: 202 with the proposal, for a second person to confirm.
   */
  @Post('outcomes/:id/redeposit')
  @HttpCode(200)
  @Allow('registrar', 'issuer', 'authority')
  @ApiOkResponse({ type: RedepositedOutcomeDto })
  @ApiAcceptedResponse({ type: ProposalDto, description: 'A second person has to confirm.' })
  async redeposit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RedepositDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RedepositedOutcomeDto | ProposalDto> {
    return announceProposal(reply, await this.revocations.redeposit(principal, id, body));
  }
}

/** A first posting is 201; a repetition is 200 and says so in a header. */
function announce(reply: FastifyReply, posted: PostedCompletionDto): PostedCompletionDto {
  if (posted.status === 'created') reply.status(201);
  else reply.status(200).header('idempotent-replayed', 'true');
  return posted;
}

/** What waits for a second person is not done yet. */
function announceProposal<T extends object>(reply: FastifyReply, answer: T): T {
  if ('proposedBy' in answer) reply.status(202);
  return answer;
}
