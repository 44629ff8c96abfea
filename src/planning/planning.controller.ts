import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { LearnerIdParam, OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  EarliestDto,
  EarliestQuestionDto,
  GapDto,
  GoalQuery,
  PlanQuestionDto,
  PlansDto,
  WhatIfDto,
  WhatIfQuestionDto,
} from './planning.dto.js';
import { Planning } from './planning.service.js';

/** Those who may ask what a programme would recognise may ask what is missing for it. */
const ASKING = ['learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator'] as const;

/** Looking ahead to a programme. Nothing here binds anybody, and nothing is booked or put aside. */
@ApiTags('planning')
@Scoped('applications', 'read')
@ApiParam({ name: 'id', description: 'Id of the learner, or `me` for yourself', example: 'me' })
@ApiParam({ name: 'programme', description: 'Code of the programme', example: 'SKILL-ASSOCIATE' })
@ApiNotFoundResponse({ description: 'not-found' })
@Controller('v1/learners/:id/goals/:programme')
export class PlanningController {
  constructor(private readonly planning: Planning) {}

  /** What is missing for the award of a programme, requirement by requirement. */
  @Get('gap')
  @OnBehalf('see', { purpose: 'planning', fields: ['outcomes'] })
  @Allow(...ASKING)
  gap(
    @CurrentPrincipal() principal: Principal,
    @LearnerIdParam() learnerId: string,
    @Param('programme') programme: string,
    @Query() query: GoalQuery,
  ): Promise<GapDto> {
    return this.planning.gap(principal, { learnerId, programme }, query);
  }

  /** What would be decided if these outcomes were completed too, and what that would change. */
  @Post('what-if')
  @OnBehalf('see', { purpose: 'planning', fields: ['outcomes'] })
  @Allow(...ASKING)
  @HttpCode(200)
  whatIf(
    @CurrentPrincipal() principal: Principal,
    @LearnerIdParam() learnerId: string,
    @Param('programme') programme: string,
    @Body() body: WhatIfQuestionDto,
  ): Promise<WhatIfDto> {
    return this.planning.whatIf(principal, { learnerId, programme }, body);
  }

  /** The cheapest further outcomes with which the award is met, from the open catalogue. */
  @Post('plan')
  @OnBehalf('see', { purpose: 'planning', fields: ['outcomes'] })
  @Allow(...ASKING)
  @HttpCode(200)
  plan(
    @CurrentPrincipal() principal: Principal,
    @LearnerIdParam() learnerId: string,
    @Param('programme') programme: string,
    @Body() body: PlanQuestionDto,
  ): Promise<PlansDto> {
    return this.planning.plan(principal, { learnerId, programme }, body);
  }

  /** The first day on which the award can be met under the caps of years and semesters. */
  @Post('earliest')
  @OnBehalf('see', { purpose: 'planning', fields: ['outcomes'] })
  @Allow(...ASKING)
  @HttpCode(200)
  earliest(
    @CurrentPrincipal() principal: Principal,
    @LearnerIdParam() learnerId: string,
    @Param('programme') programme: string,
    @Body() body: EarliestQuestionDto,
  ): Promise<EarliestDto> {
    return this.planning.earliest(principal, { learnerId, programme }, body);
  }
}
