import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Scoped,
} from '../../platform/auth/index.js';
import { LookUp } from '../../platform/limits/index.js';
import { OnBehalf } from '../access/on-behalf.js';
import {
  CounterDayQuery,
  CounterSessionPageDto,
  NewCounterSessionDto,
  RepresentationDto,
  RepresentationListDto,
} from './counter.dto.js';
import { CounterDays } from './counter-days.js';
import { CounterSessions } from './counter-sessions.js';

@ApiTags('counter')
@ApiNotFoundResponse({ description: 'not-found: unknown, or another clerk’s' })
@PeopleOnly()
@Controller('v1')
export class CounterController {
  constructor(
    private readonly sessions: CounterSessions,
    private readonly days: CounterDays,
  ) {}

  /**
   * Begins to serve a learner who stands at the counter with a document, and writes down what the
   * learner agreed to. Send the id as `Acting-For` with each request that the clerk makes in the
   * learner's name; every one is a line in the learner's access log.
   */
  @Post('counter-sessions')
  @Allow('clerk')
  @LookUp()
  @ApiCreatedResponse({ type: RepresentationDto })
  open(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewCounterSessionDto,
  ): Promise<RepresentationDto> {
    return this.sessions.open(principal, body);
  }

  /**
   * Whom the counters served on a day, newest first: your own sessions, and those of all clerks for a
   * manager of the office. Each learner who is named finds a line in the own access log.
   */
  @Get('counter-sessions')
  @Allow('clerk', 'manager')
  @ApiOkResponse({ type: CounterSessionPageDto })
  listOfDay(
    @CurrentPrincipal() principal: Principal,
    @Query() query: CounterDayQuery,
  ): Promise<CounterSessionPageDto> {
    return this.days.list(principal, query);
  }

  /** One of your own counter sessions. */
  @Get('counter-sessions/:id')
  @Allow('clerk')
  @ApiOkResponse({ type: RepresentationDto })
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<RepresentationDto> {
    return this.sessions.show(principal, id);
  }

  /** Ends a counter session when the learner leaves; it ends by itself as well. */
  @Delete('counter-sessions/:id')
  @Allow('clerk')
  @HttpCode(204)
  @ApiNoContentResponse()
  close(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.sessions.close(principal, id);
  }

  /** Everybody who acted or may act for a learner: clerks at counters, and guardians. */
  @Get('learners/:id/representatives')
  @Allow('learner', 'authority')
  @Scoped('learners')
  @OnBehalf('see', { purpose: 'representatives', fields: ['name'] })
  @ApiOkResponse({ type: RepresentationListDto })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<RepresentationListDto> {
    return this.sessions.listOf(principal, id);
  }
}
