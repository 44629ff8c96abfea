import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import {
  CataloguePageDto,
  CatalogueQueryDto,
  OutcomeDefinitionDto,
  toCataloguePageDto,
  toDefinitionDto,
} from './catalogue.dto.js';
import { Catalogue } from './catalogue.service.js';

@ApiTags('catalogue')
@Controller('v1/catalogue')
export class CatalogueController {
  constructor(private readonly catalogue: Catalogue) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Outcomes that can be earned, by code; searchable' })
  @ApiOkResponse({ type: CataloguePageDto })
  async list(@Query() query: CatalogueQueryDto): Promise<CataloguePageDto> {
    return toCataloguePageDto(await this.catalogue.browse(query));
  }

  @Get(':code')
  @Public()
  @ApiOperation({ summary: 'One outcome by its code' })
  @ApiOkResponse({ type: OutcomeDefinitionDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  async show(@Param('code') code: string): Promise<OutcomeDefinitionDto> {
    return toDefinitionDto(await this.catalogue.show(code));
  }
}
