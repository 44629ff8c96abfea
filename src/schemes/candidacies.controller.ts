import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { CandidacyDecisionDto } from './candidacies.dto.js';
import { Candidacies } from './candidacies.service.js';
import { Candidates } from './candidates.service.js';
import { CandidacyDto, CandidateDetailDto } from './eligibility.dto.js';

@ApiTags('admission')
@ApiNotFoundResponse({ description: 'not-found: unknown, or neither yours nor for your office' })
@Scoped('applications')
@Controller('v1/admission-candidacies')
export class CandidaciesController {
  constructor(
    private readonly candidacies: Candidacies,
    private readonly candidates: Candidates,
  ) {}

  /** A candidate with name, evidence and history, for the receiving school. */
  @Allow('admissions')
  @Get(':id')
  @Header('cache-control', 'no-store')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<CandidateDetailDto> {
    return this.candidates.show(principal, id);
  }

  /**
   * Admits, declines, or takes a decision back. There are never more admitted than places. Somebody
   * whom the rules do not call eligible at this moment is admitted only with `despite`, and it is
   * written down.
   */
  @Allow('admissions')
  @Post(':id/decision')
  @HttpCode(200)
  @ApiConflictResponse({
    description: 'admission-state, admission-places-full, admission-not-proven',
  })
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: CandidacyDecisionDto,
  ): Promise<CandidacyDto> {
    return this.candidacies.decide(principal, id, body);
  }

  /** Takes your candidacy back; an admission frees its place. */
  @Allow('learner')
  @OnBehalf('apply', { purpose: 'admission-withdrawn', fields: ['applications'] })
  @Post(':id/withdrawal')
  @HttpCode(200)
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<CandidacyDto> {
    return this.candidacies.withdraw(principal, id);
  }
}
