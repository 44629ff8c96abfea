import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
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
} from '../../platform/auth/index.js';
import { PageQuery } from '../../platform/http/index.js';
import {
  AcceptanceDto,
  AcceptedInvitationDto,
  InvitationPageDto,
  IssuedInvitationDto,
  NewInvitationDto,
} from './invitations.dto.js';
import { Invitations } from './invitations.service.js';

@ApiTags('members')
@Allow('manager', 'authority', 'operator')
@PeopleOnly()
@ApiNotFoundResponse({ description: 'not-found: not there, or of another institution' })
@Controller('v1')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Post('institutions/:institution/invitations')
  @ApiOperation({
    summary: 'Invite somebody to work for the institution; the code is shown this once',
    description:
      'Within 15 minutes of signing in. Roles are those that people of such an institution have; ' +
      'an authority or operator is invited by one only.',
  })
  @ApiCreatedResponse({ type: IssuedInvitationDto })
  invite(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Body() body: NewInvitationDto,
  ): Promise<IssuedInvitationDto> {
    return this.invitations.invite(principal, institution, body);
  }

  @Get('institutions/:institution/invitations')
  @ApiOperation({ summary: 'The invitations of an institution, the newest first' })
  @ApiOkResponse({ type: InvitationPageDto })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Query() query: PageQuery,
  ): Promise<InvitationPageDto> {
    return this.invitations.list(principal, institution, query);
  }

  @Delete('institutions/:institution/invitations/:invitation')
  @HttpCode(204)
  @ApiOperation({ summary: 'Make an open invitation worthless' })
  @ApiNoContentResponse()
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Param('invitation') invitation: string,
  ): Promise<void> {
    return this.invitations.withdraw(principal, institution, invitation);
  }

  @Post('invitations/acceptance')
  @Public()
  @ApiOperation({ summary: 'Open an account with the code of an invitation' })
  @ApiCreatedResponse({ type: AcceptedInvitationDto })
  @ApiNotFoundResponse({
    description: 'invitation-not-valid: used, withdrawn, too old or mistyped',
  })
  accept(@Body() body: AcceptanceDto): Promise<AcceptedInvitationDto> {
    return this.invitations.accept(body);
  }
}
