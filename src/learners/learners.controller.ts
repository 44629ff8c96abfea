import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { LookUp } from '../platform/limits/index.js';
import { OnBehalf } from './access/on-behalf.js';
import { PROFILE_FIELDS } from './access/reading.js';
import { LearnerDto, LearnerSearchDto } from './learners.dto.js';
import { Learners } from './learners.service.js';
import type { LearnerProfile } from './person.js';

@ApiTags('learners')
@LookUp()
@Scoped('learners')
@Controller('v1/learners')
export class LearnersController {
  constructor(private readonly learners: Learners) {}

  @Post('search')
  @Allow('registrar', 'issuer', 'admissions')
  @Scoped('learners', 'read')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Find a learner by document, on one’s own roster or, for receivers, by the learner’s consent',
  })
  @ApiOkResponse({ type: LearnerDto })
  @ApiNotFoundResponse({ description: 'not-found: unknown, or a learner of others' })
  search(
    @Body() body: LearnerSearchDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<LearnerProfile> {
    return this.learners.search(principal, body.document);
  }

  @Get(':id')
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
  @OnBehalf('see', { purpose: 'account', fields: PROFILE_FIELDS })
  @ApiOperation({ summary: 'A learner’s account; `me` is the signed-in learner' })
  @ApiOkResponse({ type: LearnerDto })
  @ApiNotFoundResponse({ description: 'not-found: unknown, or not yours to read' })
  show(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<LearnerProfile> {
    return this.learners.show(principal, id);
  }
}
