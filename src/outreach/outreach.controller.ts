import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiTags,
} from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Scoped,
} from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { OutreachConsents } from './consents.js';
import { OutreachFigures } from './figures.js';
import {
  NewOutreachConsentDto,
  OutreachConsentDto,
  OutreachConsentPageDto,
  OutreachFiguresDto,
  OutreachFiguresQuery,
} from './outreach.dto.js';

@ApiTags('outreach')
@ApiNotFoundResponse({ description: 'not-found: unknown, or of others' })
@Controller('v1')
export class OutreachController {
  constructor(
    private readonly consents: OutreachConsents,
    private readonly figures: OutreachFigures,
  ) {}

  /**
   * Lets a school of pupils post records of a child: by the guardian, signed in and acting for the
   * child, or by a clerk of the school with the paper that the guardian signed.
   */
  @Post('outreach-consents')
  @Allow('clerk', 'learner')
  @PeopleOnly()
  @OnBehalf('share', { purpose: 'consent-given', fields: ['outcomes'] })
  @ApiCreatedResponse({ type: OutreachConsentDto })
  give(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewOutreachConsentDto,
  ): Promise<OutreachConsentDto> {
    return this.consents.give(principal, body);
  }

  /** The consents about a child, for the child and the guardian; for a school its own, newest first. */
  @Get('outreach-consents')
  @Allow('clerk', 'registrar', 'learner')
  @Scoped('learners')
  @OnBehalf('see', { purpose: 'consents', fields: ['outcomes'] })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: PageQuery,
  ): Promise<OutreachConsentPageDto> {
    return this.consents.list(principal, query);
  }

  /** Withdraws a consent: nothing more is posted, and what was posted is shown to nobody else. */
  @Delete('outreach-consents/:id')
  @Allow('clerk', 'learner')
  @PeopleOnly()
  @OnBehalf('share', { purpose: 'consent-withdrawn', fields: ['outcomes'] })
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.consents.withdraw(principal, id);
  }

  /** How many pupils a school reached with each kind of record; numbers below ten are not told. */
  @Get('outreach-figures')
  @Allow('registrar', 'manager', 'authority')
  @Scoped('operations')
  count(
    @CurrentPrincipal() principal: Principal,
    @Query() query: OutreachFiguresQuery,
  ): Promise<OutreachFiguresDto> {
    return this.figures.show(principal, query);
  }
}
