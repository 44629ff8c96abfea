import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  type Principal,
  Public,
  Scoped,
} from '../../platform/auth/index.js';
import { AgreementDto, AgreementQuery, AgreementsDto } from './agreements.dto.js';
import { Agreements } from './agreements.service.js';

@ApiTags('conversions')
@Scoped('agreements')
@Controller('v1/agreements')
export class AgreementsController {
  constructor(private readonly agreements: Agreements) {}

  /** Agreements of institutions and accounts of both directions, with the limit of each side. */
  @Public()
  @Get()
  list(): Promise<AgreementsDto> {
    return this.agreements.list();
  }

  /** The sides of one beside each other: limit, and what a learner has used and has left of it. */
  @Get(':id')
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: AgreementQuery,
  ): Promise<AgreementDto> {
    return this.agreements.show(principal, id, query.learner);
  }
}
