import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  type Principal,
  Public,
  Scoped,
} from '../../platform/auth/index.js';
import {
  ConditionInputDto,
  ConditionInputPageDto,
  ConditionInputsQuery,
  ConditionsQuery,
  NewConditionDto,
  NewSchoolStandardDto,
  SchoolConditionsDto,
  SchoolConditionsListDto,
  StandardListDto,
} from './conditions.dto.js';
import { Conditions } from './conditions.service.js';

@ApiTags('reports')
@Controller('v1/conditions')
@Scoped('operations')
export class ConditionsController {
  constructor(private readonly conditions: Conditions) {}

  /** The national standards of school conditions, with their sources and what a school states. */
  @Public()
  @Get('standards')
  standards(): StandardListDto {
    return this.conditions.standards();
  }

  /** Schools against their standard: all for the authority, a school's people see their own. */
  @Allow('registrar', 'authority', 'operator')
  @Get()
  show(
    @CurrentPrincipal() principal: Principal,
    @Query() { on }: ConditionsQuery,
  ): Promise<SchoolConditionsListDto> {
    return this.conditions.show(principal, on);
  }

  /** Everything that was ever stated, with its source, the newest first. */
  @Allow('registrar', 'authority', 'operator')
  @Get('inputs')
  @ApiNotFoundResponse({ description: 'not-found' })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ConditionInputsQuery,
  ): Promise<ConditionInputPageDto> {
    return this.conditions.list(principal, query);
  }

  /** States a figure of a school. It is never changed: a newer one about the day counts instead. */
  @Allow('registrar', 'authority')
  @Post('inputs')
  @ApiNotFoundResponse({ description: 'not-found' })
  @ApiUnprocessableEntityResponse({ description: 'input-not-whole, condition-needs-school' })
  state(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewConditionDto,
  ): Promise<ConditionInputDto> {
    return this.conditions.state(principal, body);
  }

  /** Says which standard counts for a school from a day on. */
  @Allow('authority')
  @Post('assignments')
  @ApiNotFoundResponse({ description: 'not-found' })
  setStandard(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewSchoolStandardDto,
  ): Promise<SchoolConditionsDto> {
    return this.conditions.setStandard(principal, body);
  }
}
