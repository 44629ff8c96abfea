import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  STAFF_ROLES,
  Scoped,
} from '../platform/auth/index.js';
import {
  ConfirmationDto,
  ProposalDetailDto,
  ProposalDto,
  ProposalPageDto,
  ProposalRefusalDto,
  ProposalsQuery,
} from './proposals.dto.js';
import { Proposals } from './proposals.service.js';

@ApiTags('proposals')
@Allow(...STAFF_ROLES)
@Scoped('revocations')
@ApiNotFoundResponse({ description: 'not-found: not there, or of another institution' })
@Controller('v1/proposals')
export class ProposalsController {
  constructor(private readonly proposals: Proposals) {}

  @Get()
  @ApiOperation({
    summary: 'What somebody may not do alone, the newest first',
    description:
      'Staff see what people of their own institution proposed; the authority and the operator all.',
  })
  @ApiOkResponse({ type: ProposalPageDto })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ProposalsQuery,
  ): Promise<ProposalPageDto> {
    return this.proposals.list(principal, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One proposal, what became of it, and whether you can decide it' })
  @ApiOkResponse({ type: ProposalDetailDto })
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ProposalDetailDto> {
    return this.proposals.show(principal, id);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @PeopleOnly()
  @ApiOperation({
    summary: 'Agree as a second person; it is done at once, all of it or nothing',
    description:
      'Of the same institution, signed in, with the right to do it, and never whoever proposed it ' +
      'by any account or key of theirs. What would change something else than was proposed is ' +
      'refused (`proposal-differs`).',
  })
  @ApiOkResponse({ type: ProposalDto })
  confirm(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { digest }: ConfirmationDto,
  ): Promise<ProposalDto> {
    return this.proposals.confirm(principal, id, digest);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @PeopleOnly()
  @ApiOperation({ summary: 'Refuse a proposal, or take one’s own back; nothing is changed' })
  @ApiOkResponse({ type: ProposalDto })
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: ProposalRefusalDto,
  ): Promise<ProposalDto> {
    return this.proposals.refuse(principal, id, reason);
  }
}
