import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../../platform/auth/index.js';
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
  @ApiCreatedResponse({ type: ConsentDto })
  give(@CurrentPrincipal() principal: Principal, @Body() body: NewConsentDto): Promise<ConsentDto> {
    return this.consents.give(principal, body);
  }

  /** Your own consents, newest first, also those that have ended. */
  @Get()
  @Allow('learner')
  list(@CurrentPrincipal() principal: Principal): Promise<ConsentListDto> {
    return this.consents.list(principal);
  }

  /** Withdraws a consent: the next look finds nothing. */
  @Delete(':id')
  @Allow('learner')
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.consents.withdraw(principal, id);
  }
}
