import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { RuleRejectionDto } from './drafts.dto.js';
import { RetirementDto, RuleRetirementApprovalDto, RuleRetirementDto } from './retirements.dto.js';
import { RuleRetirements } from './retirements.service.js';
import { RuleVersionDto } from './rulebook.dto.js';

@ApiTags('rulebook')
@Allow('approver', 'authority')
@Scoped('rules')
@Controller('v1/rules/:id/versions/:version/retirement')
export class RetirementsController {
  constructor(private readonly retirements: RuleRetirements) {}

  /** Proposes the last day of a published version; it takes a second person to end it. */
  @Post()
  @Allow('rule-author', 'approver', 'authority')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: RetirementDto })
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() body: RuleRetirementDto,
  ): Promise<RetirementDto> {
    return this.retirements.propose(principal, { id, version }, body);
  }

  /** What was last proposed or decided about the end of a version. */
  @Get()
  @Allow('rule-author', 'approver', 'authority')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
  ): Promise<RetirementDto> {
    return this.retirements.show(principal, { id, version });
  }

  /** Agrees to the proposal as somebody who did not make it; the version still governs its last day. */
  @Post('approval')
  @HttpCode(200)
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() body: RuleRetirementApprovalDto,
  ): Promise<RuleVersionDto> {
    return this.retirements.approve(principal, { id, version }, body);
  }

  /** Drops the proposal; the version goes on. */
  @Post('rejection')
  @HttpCode(200)
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() body: RuleRejectionDto,
  ): Promise<RetirementDto> {
    return this.retirements.reject(principal, { id, version }, body.reason);
  }
}
