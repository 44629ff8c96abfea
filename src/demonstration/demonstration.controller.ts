import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { VisitorAccountDto, VisitorDto } from './demonstration.dto.js';
import { Visitors } from './visitors.service.js';

@ApiTags('demonstration')
@Scoped('demonstration')
@Controller('v1/demonstration')
export class DemonstrationController {
  constructor(private readonly visitors: Visitors) {}

  /**
   * Opens an account for a learner of the demonstration district, so that a replay can sign in as
   * somebody new. Answers 404 on every database that is not a demonstration.
   */
  @Post('accounts')
  @Allow('operator')
  @ApiCreatedResponse({ type: VisitorAccountDto })
  open(
    @CurrentPrincipal() principal: Principal,
    @Body() body: VisitorDto,
  ): Promise<VisitorAccountDto> {
    return this.visitors.open(principal, body.learnerId);
  }
}
