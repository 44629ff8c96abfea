import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import {
  FiguresQuery,
  IndicatorDetailDto,
  IndicatorListDto,
  SourcePageDto,
  SourcesQuery,
} from './indicators.dto.js';
import { Indicators } from './indicators.service.js';
import {
  InputDto,
  InputKindDto,
  InputPageDto,
  InputsQuery,
  NewInputDto,
} from './inputs/inputs.dto.js';
import { IndicatorInputs } from './inputs/inputs.service.js';
import { IndicatorSources } from './sources.service.js';

@ApiTags('indicators')
@Controller('v1/indicators')
@Scoped('operations')
export class IndicatorsController {
  constructor(
    private readonly indicators: Indicators,
    private readonly inputs: IndicatorInputs,
    private readonly sources: IndicatorSources,
  ) {}

  /**
   * Every target of the plan with its figure, definition and data time. Numbers of fewer than ten
   * people are told to the authority only.
   */
  @Public()
  @Get()
  list(
    @CurrentPrincipal() principal: Principal | undefined,
    @Query() query: FiguresQuery,
  ): Promise<IndicatorListDto> {
    return this.indicators.list(principal, query);
  }

  /** Which figures from outside there are, with their words. */
  @Public()
  @Get('input-kinds')
  kinds(): InputKindDto[] {
    return this.inputs.kinds();
  }

  /** Figures from outside that were ever entered, with their source, the newest first. */
  @Public()
  @Get('inputs')
  listInputs(@Query() query: InputsQuery): Promise<InputPageDto> {
    return this.inputs.list(query);
  }

  /** Enters a figure from outside. It is never changed: a newer one about the day counts instead. */
  @Allow('authority')
  @Post('inputs')
  enter(@CurrentPrincipal() principal: Principal, @Body() body: NewInputDto): Promise<InputDto> {
    return this.inputs.enter(principal, body);
  }

  /** One indicator: its parts, the periods before, and its institutions. */
  @Public()
  @Get(':id')
  show(
    @CurrentPrincipal() principal: Principal | undefined,
    @Param('id') id: string,
    @Query() query: FiguresQuery,
  ): Promise<IndicatorDetailDto> {
    return this.indicators.show(principal, id, query);
  }

  /**
   * The outcomes and entries behind a figure: all for the authority, its own for an institution.
   * Each person in it can see that it was looked at.
   */
  @Allow('authority', 'registrar', 'issuer')
  @Scoped('learners')
  @Get(':id/sources')
  listSources(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: SourcesQuery,
  ): Promise<SourcePageDto> {
    return this.sources.list(principal, id, query);
  }
}
