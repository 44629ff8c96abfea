import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { LookUp } from '../platform/limits/index.js';
import { ReevaluationDto, StandingsDto } from './reevaluation.dto.js';
import { Reevaluations } from './reevaluations.service.js';

@ApiTags('rulebook')
@Scoped('rules')
@Controller('v1')
export class ReevaluationsController {
  constructor(private readonly reevaluations: Reevaluations) {}

  /** What the publication of a version makes of those who applied before, and how far it is. */
  @Get('rules/:id/versions/:version/reevaluation')
  @Allow('rule-author', 'approver', 'authority')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
  ): Promise<ReevaluationDto> {
    return this.reevaluations.show(principal, id, version);
  }

  /** What programmes would grant a learner now by rules that changed; `me` for oneself. */
  @Get('learners/:id/standings')
  @OnBehalf('see', { purpose: 'standings', fields: ['standings'] })
  @LookUp()
  @Scoped('applications')
  @Allow('learner', 'registrar', 'admissions', 'authority', 'operator')
  standings(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<StandingsDto> {
    return this.reevaluations.standings(principal, id);
  }
}
