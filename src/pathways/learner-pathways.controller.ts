import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { EnrolmentListDto } from './enrolments.dto.js';
import { PathwayEnrolments } from './enrolments.service.js';

@ApiTags('pathways')
@Scoped('learners')
@ApiNotFoundResponse({ description: 'not-found' })
@Controller('v1/learners/:id/pathways')
export class LearnerPathwaysController {
  constructor(private readonly enrolments: PathwayEnrolments) {}

  /**
   * The pathways in which a learner is or was: stages, what happened, what the next gate asks and
   * what carries over. A school sees those of its own.
   */
  @Get()
  @Allow('learner', 'registrar', 'authority')
  @OnBehalf('see', { purpose: 'pathway', fields: ['outcomes'] })
  @ApiParam({ name: 'id', description: 'Id of the learner, or `me` for yourself', example: 'me' })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<EnrolmentListDto> {
    return this.enrolments.listOf(principal, id);
  }
}
