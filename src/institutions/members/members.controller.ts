import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../../platform/auth/index.js';
import { PageQuery } from '../../platform/http/index.js';
import { MemberDto, MemberPageDto, MemberReasonDto, MemberRolesDto } from './members.dto.js';
import { Members } from './members.service.js';

@ApiTags('members')
@Allow('manager', 'authority', 'operator')
@PeopleOnly()
@ApiNotFoundResponse({ description: 'not-found: not there, or of another institution' })
@Controller('v1/institutions/:institution/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @ApiOperation({ summary: 'Who works for the institution, in the order they came' })
  @ApiOkResponse({ type: MemberPageDto })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Query() query: PageQuery,
  ): Promise<MemberPageDto> {
    return this.members.list(principal, institution, query);
  }

  @Put(':account/roles')
  @ApiOperation({ summary: 'Give an account other roles, from its next request on' })
  @ApiOkResponse({ type: MemberDto })
  setRoles(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('account') accountId: string,
    @Body() { roles }: MemberRolesDto,
  ): Promise<MemberDto> {
    return this.members.setRoles(principal, { institutionId, accountId }, roles);
  }

  @Post(':account/disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let an account sign in no more; its sessions end at once' })
  @ApiOkResponse({ type: MemberDto })
  disable(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('account') accountId: string,
    @Body() { reason }: MemberReasonDto,
  ): Promise<MemberDto> {
    const key = { institutionId, accountId };
    return this.members.switch(principal, key, { isOn: false, reason });
  }

  @Post(':account/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a disabled account sign in again' })
  @ApiOkResponse({ type: MemberDto })
  enable(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('account') accountId: string,
    @Body() { reason }: MemberReasonDto,
  ): Promise<MemberDto> {
    const key = { institutionId, accountId };
    return this.members.switch(principal, key, { isOn: true, reason });
  }

  @Delete(':account/sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign an account out everywhere, at once' })
  @ApiNoContentResponse()
  endSessions(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('account') accountId: string,
  ): Promise<void> {
    return this.members.endSessions(principal, { institutionId, accountId });
  }
}
