import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../platform/auth/index.js';
import { ProposalDto } from '../proposals/index.js';
import { SecondFactorResetDto } from './recovery.dto.js';
import { Recovery } from './recovery.service.js';

@ApiTags('account')
@Allow('operator')
@PeopleOnly()
@Controller('v1/second-factor-resets')
export class RecoveryController {
  constructor(private readonly recovery: Recovery) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Propose to take away the second factor that somebody has lost',
    description:
      'A second person of the bank confirms it under /v1/proposals. Then codes and passkeys of the ' +
      'account are gone, its sessions have ended, and its password alone signs in until it has a new ' +
      'second factor.',
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  @ApiNotFoundResponse({ description: 'not-found: nobody signs in with this name' })
  @ApiConflictResponse({ description: 'second-factor-absent, proposal-open' })
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() body: SecondFactorResetDto,
  ): Promise<ProposalDto> {
    return this.recovery.propose(principal, body);
  }
}
