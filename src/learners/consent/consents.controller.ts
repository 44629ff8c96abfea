import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../../platform/auth/index.js';
import { OnBehalf } from '../access/on-behalf.js';
import { PERSON_FIELDS } from '../access/reading.js';
import { ConsentDto, ConsentListDto, NewConsentDto } from './consents.dto.js';
import { Consents } from './consents.js';

@ApiTags('consents')
@Scoped('learners')
@Controller('v1/consents')
export class ConsentsController {
  constructor(private readonly consents: Consents) {}

  /** Lets an institution see named fields until a day, once or as often as it needs. */
  @Post()
  @Allow('learner', 'registrar')
  @OnBehalf('share', { purpose: 'consent-given', fields: PERSON_FIELDS })
  @ApiCreatedResponse({ type: ConsentDto })
  give(@CurrentPrincipal() principal: Principal, @Body() body: NewConsentDto): Promise<ConsentDto> {
    return this.consents.give(principal, body);
  }

  /** Your own consents, newest first, also those that have ended. */
  @Get()
  @Allow('learner')
  @OnBehalf('see', { purpose: 'consents', fields: ['name'] })
  list(@CurrentPrincipal() principal: Principal): Promise<ConsentListDto> {
    return this.consents.list(principal);
  }

  /** Withdraws a consent: the next look finds nothing. */
  @Delete(':id')
  @Allow('learner')
  @OnBehalf('share', { purpose: 'consent-withdrawn', fields: ['name'] })
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.consents.withdraw(principal, id);
  }
}
