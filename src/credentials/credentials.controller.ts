import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { CredentialDto, CredentialPageDto, NewCredentialDto } from './credentials.dto.js';
import { Credentials } from './credentials.service.js';

@ApiTags('credentials')
@Allow('learner')
@PeopleOnly()
@Controller('v1/credentials')
export class CredentialsController {
  constructor(private readonly credentials: Credentials) {}

  /**
   * Signs one of your outcomes, or all of them, as a file that anybody can check without us. What was
   * signed before in the same form is given again while it stands.
   */
  @Post()
  @OnBehalf('see', { purpose: 'transcript', fields: ['name', 'outcomes'] })
  @ApiNotFoundResponse({ description: 'not-found' })
  @ApiConflictResponse({ description: 'nothing-to-certify' })
  issue(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewCredentialDto,
  ): Promise<CredentialDto> {
    return this.credentials.issue(principal, body);
  }

  /** Your credentials, the newest first. */
  @Get()
  @OnBehalf('see', { purpose: 'outcomes', fields: ['outcomes'] })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: PageQuery,
  ): Promise<CredentialPageDto> {
    return this.credentials.list(principal, query);
  }

  /** One of your credentials. */
  @Get(':id')
  @OnBehalf('see', { purpose: 'transcript', fields: ['name', 'outcomes'] })
  @ApiNotFoundResponse({ description: 'not-found' })
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<CredentialDto> {
    return this.credentials.show(principal, id);
  }
}
