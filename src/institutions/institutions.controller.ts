import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import type { Page } from '../platform/http/index.js';
import type { Institution } from './institution.js';
import { InstitutionDto, InstitutionPageDto, InstitutionsQuery } from './institutions.dto.js';
import { Institutions } from './institutions.service.js';

@ApiTags('institutions')
@Controller('v1/institutions')
export class InstitutionsController {
  constructor(private readonly institutions: Institutions) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Institutions of the district, by code' })
  @ApiOkResponse({ type: InstitutionPageDto })
  list(@Query() query: InstitutionsQuery): Promise<Page<Institution>> {
    return this.institutions.browse(query);
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One institution' })
  @ApiOkResponse({ type: InstitutionDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  show(@Param('id') id: string): Promise<Institution> {
    return this.institutions.show(id);
  }
}
