import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  STAFF_ROLES,
} from '../../platform/auth/index.js';
import { DemeritDto, DemeritReversalDto, DemeritsDto, NewDemeritDto } from './demerits.dto.js';
import { Demerits } from './demerits.service.js';

@ApiTags('institutions')
@Allow('authority')
@PeopleOnly()
@ApiNotFoundResponse({ description: 'not-found: not there, or of another institution' })
@Controller('v1/institutions/:institution/demerits')
export class DemeritsController {
  constructor(private readonly demerits: Demerits) {}

  @Get()
  @Allow(...STAFF_ROLES)
  @ApiOperation({ summary: 'What stands against an institution, and what it comes to' })
  @ApiOkResponse({ type: DemeritsDto })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
  ): Promise<DemeritsDto> {
    return this.demerits.list(principal, institution);
  }

  @Post()
  @ApiOperation({
    summary: 'Write an offence down; its points count from a day on',
    description: 'From a threshold on nothing new is awarded, from the next nothing is posted.',
  })
  @ApiCreatedResponse({ type: DemeritDto })
  record(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Body() body: NewDemeritDto,
  ): Promise<DemeritDto> {
    return this.demerits.record(principal, institution, body);
  }

  @Post(':demerit/reversal')
  @ApiOperation({ summary: 'Take the points of an entry back, by an entry of its own' })
  @ApiCreatedResponse({ type: DemeritDto })
  reverse(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('demerit') demeritId: string,
    @Body() body: DemeritReversalDto,
  ): Promise<DemeritDto> {
    return this.demerits.reverse(principal, { institutionId, demeritId }, body);
  }
}
