import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../../platform/auth/index.js';
import { LookUp } from '../../platform/limits/index.js';
import { ProposalDto } from '../../proposals/index.js';
import { NewMergeDto, PersonLinkDto, SplitDto } from './person-links.dto.js';
import { PersonLinks } from './person-links.js';

@ApiTags('duplicates')
@ApiNotFoundResponse({ description: 'not-found: unknown, or of others' })
@PeopleOnly()
@Controller('v1/person-links')
export class PersonLinksController {
  constructor(private readonly links: PersonLinks) {}

  /**
   * Proposes that two accounts are one person; a colleague confirms it under `/v1/proposals`. From
   * then on both are read as one, and what is posted goes to the surviving account. No entry changes.
   */
  @Post()
  @Allow('clerk', 'authority')
  @LookUp()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ProposalDto })
  @ApiConflictResponse({
    description:
      'merge-same-person, merge-frozen, merge-outcome-twice, merge-applications-on-both, ' +
      'merge-application-open',
  })
  merge(@CurrentPrincipal() principal: Principal, @Body() body: NewMergeDto): Promise<ProposalDto> {
    return this.links.proposeMerge(principal, body);
  }

  /** One entry: that two accounts are one person, or that they are not after all. */
  @Get(':id')
  @Allow('clerk', 'authority', 'learner')
  @ApiOkResponse({ type: PersonLinkDto })
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<PersonLinkDto> {
    return this.links.show(principal, id);
  }

  /** Proposes to undo a wrong merge; a colleague confirms it, and everything reads apart again. */
  @Post(':id/split')
  @Allow('clerk', 'authority')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ProposalDto })
  @ApiConflictResponse({ description: 'split-done, split-entangled, merge-frozen' })
  split(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: SplitDto,
  ): Promise<ProposalDto> {
    return this.links.proposeSplit(principal, id, reason);
  }
}
