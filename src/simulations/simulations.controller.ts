import { Body, Controller, Get, HttpCode, Param, Post, Query, Sse } from '@nestjs/common';
import { ApiAcceptedResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Observable, from } from 'rxjs';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { PageQuery, started } from '../platform/http/index.js';
import { NewSimulationDto, SimulationDto, SimulationPageDto } from './simulations.dto.js';
import { type SimulationEvent, Simulations } from './simulations.service.js';

@ApiTags('rulebook')
@Allow('rule-author', 'approver', 'authority')
@Scoped('rules')
@Controller('v1/rules')
export class SimulationsController {
  constructor(private readonly simulations: Simulations) {}

  /**
   * Looks what a draft would do to the real population, compared with the version that governs:
   * who would gain, who would lose, by school. Nothing is decided or changed.
   */
  @Post('drafts/:id/simulations')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: SimulationDto })
  order(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: NewSimulationDto,
  ): Promise<SimulationDto> {
    return this.simulations.order(principal, id, body);
  }

  /** Simulations of a draft, newest first. */
  @Get('drafts/:id/simulations')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<SimulationPageDto> {
    return this.simulations.list(principal, id, query);
  }

  /** How far a simulation has come, and what it has seen so far. */
  @Get('simulations/:id')
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SimulationDto> {
    return this.simulations.show(principal, id);
  }

  /**
   * Server-sent events: `progress` while it moves and `done` when it has ended, each with the body
   * of `GET /v1/rules/simulations/{id}`.
   */
  @Sse('simulations/:id/events')
  @ApiProduces('text/event-stream')
  async watch(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Observable<SimulationEvent>> {
    return from(await started(this.simulations.watch(principal, id)));
  }

  /** Ends a simulation that waits or runs; what it saw so far stays. */
  @Post('simulations/:id/cancellation')
  @HttpCode(200)
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<SimulationDto> {
    return this.simulations.cancel(principal, id);
  }
}
