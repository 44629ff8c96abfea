import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
  Public,
} from '../platform/auth/index.js';
import {
  InstitutionSuspensionDto,
  NewInstitutionDto,
  OpenedInstitutionDto,
  PlacementDto,
} from './administration.dto.js';
import { InstitutionAdministration } from './administration.service.js';
import { InstitutionDto, InstitutionPageDto, InstitutionsQuery } from './institutions.dto.js';
import { Institutions } from './institutions.service.js';

@ApiTags('institutions')
@Controller('v1/institutions')
@PeopleOnly()
export class InstitutionsController {
  constructor(
    private readonly institutions: Institutions,
    private readonly administration: InstitutionAdministration,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Institutions of the district, by code' })
  @ApiOkResponse({ type: InstitutionPageDto })
  list(@Query() query: InstitutionsQuery): Promise<InstitutionPageDto> {
    return this.institutions.browse(query);
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One institution: what it is, what it may do, what stands against it' })
  @ApiOkResponse({ type: InstitutionDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  show(@Param('id') id: string): Promise<InstitutionDto> {
    return this.institutions.show(id);
  }

  @Post()
  @Allow('authority', 'operator')
  @ApiOperation({
    summary: 'Open an institution, with an invitation for its first manager',
    description: 'The code of the invitation is shown this once.',
  })
  @ApiCreatedResponse({ type: OpenedInstitutionDto })
  open(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewInstitutionDto,
  ): Promise<OpenedInstitutionDto> {
    return this.administration.open(principal, body);
  }

  @Put(':id/rights')
  @Allow('authority', 'operator')
  @ApiOperation({ summary: 'Say where an institution stands and what it may award and recognise' })
  @ApiOkResponse({ type: InstitutionDto })
  place(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: PlacementDto,
  ): Promise<InstitutionDto> {
    return this.administration.place(principal, id, body);
  }

  @Post(':id/suspension')
  @HttpCode(200)
  @Allow('authority', 'operator')
  @ApiOperation({ summary: 'Refuse all keys and accounts of an institution from now on' })
  @ApiOkResponse({ type: InstitutionDto })
  suspend(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: InstitutionSuspensionDto,
  ): Promise<InstitutionDto> {
    return this.administration.switch(principal, id, { isActive: false, reason });
  }

  @Delete(':id/suspension')
  @Allow('authority', 'operator')
  @ApiOperation({ summary: 'Let an institution work again' })
  @ApiOkResponse({ type: InstitutionDto })
  reinstate(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<InstitutionDto> {
    return this.administration.switch(principal, id, { isActive: true, reason: null });
  }
}
