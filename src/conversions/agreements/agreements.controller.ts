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

  /**
   * Agreements of institutions and accounts of both directions, with the limit of each side, and what
   * the parties have signed. What is only proposed is shown to its parties.
   */
  @Public()
  @Get()
  list(@CurrentPrincipal() principal: Principal | undefined): Promise<AgreementsDto> {
    return this.agreements.list(principal);
  }

  /** The sides of one beside each other: limit, and what a learner has used and has left of it. */
  @Get(':id')
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'manager', 'authority', 'operator')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: AgreementQuery,
  ): Promise<AgreementDto> {
    return this.agreements.show(principal, id, query.learner);
  }
}
