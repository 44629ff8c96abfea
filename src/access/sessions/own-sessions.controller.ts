import { Controller, Delete, Get, HttpCode, Param, Res } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  ROLES,
} from '../../platform/auth/index.js';
import { SessionCookie } from './session-cookie.js';
import { OwnSessionsDto } from './sessions.dto.js';
import { Sessions } from './sessions.service.js';

@ApiTags('session')
@Allow(...ROLES)
@PeopleOnly()
@Controller('v1/sessions')
export class OwnSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where one is signed in, the newest first' })
  @ApiOkResponse({ type: OwnSessionsDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<OwnSessionsDto> {
    const items = await this.sessions.list(principal);
    return {
      items: items.map((item) => ({ ...item, isCurrent: item.id === principal.session?.id })),
    };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'not-found: ended already, or of somebody else' })
  end(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.sessions.endOne(principal, id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere, here too' })
  @ApiNoContentResponse()
  async endAll(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookie.clear(reply);
    await this.sessions.endAll(principal);
  }
}
