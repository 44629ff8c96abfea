import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionCookie, SessionDto, originOf, sessionOf } from '../../access/index.js';
import {
  Allow,
  CurrentPrincipal,
  type Principal,
  Public,
  Scoped,
} from '../../platform/auth/index.js';
import { LookUp } from '../../platform/limits/index.js';
import { ClaimCodes } from './claim-codes.js';
import { ClaimCodeDto, ClaimDto, NewClaimCodeDto } from './claims.dto.js';
import { Claims } from './claims.js';

@ApiTags('account')
@Controller('v1')
export class ClaimsController {
  constructor(
    private readonly codes: ClaimCodes,
    private readonly claims: Claims,
    private readonly cookie: SessionCookie,
  ) {}

  /**
   * A one-time code with which a learner claims the own account, for 14 days; it replaces any before.
   * A clerk gives it to whoever shows a document, a school to learners of its own roster.
   */
  @Post('claim-codes')
  @Allow('registrar', 'clerk')
  @Scoped('learners')
  @LookUp()
  @ApiCreatedResponse({ type: ClaimCodeDto })
  @ApiConflictResponse({ description: 'learner-has-account' })
  @ApiNotFoundResponse({ description: 'not-found: unknown, or a learner of others' })
  issue(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewClaimCodeDto,
  ): Promise<ClaimCodeDto> {
    return this.codes.issue(principal, body.learner);
  }

  /**
   * Claims the account that a school opened: document, name and code prove who it is. Sets the cookie
   * `session`, so that a passkey can be added at once.
   */
  @Post('account-claims')
  @Public()
  @ApiCreatedResponse({ type: SessionDto })
  @ApiForbiddenResponse({ description: 'claim-refused, whatever of the three is wrong' })
  @ApiConflictResponse({ description: 'sign-in-name-taken, learner-has-account' })
  async claim(
    @Body() body: ClaimDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const oldToken = this.cookie.read(request);
    const { token, principal } = await this.claims.claim(body, originOf(request), oldToken);
    this.cookie.set(reply, token);
    return sessionOf(principal);
  }
}
