import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Allow,
  CurrentPrincipal,
  type Principal,
  Public,
  ROLES,
  SESSION_COOKIE,
} from '../platform/auth/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { SessionDto, SignInDto } from './sessions.dto.js';
import { SESSION_LIFE_MS, Sessions, type StartedSession } from './sessions.service.js';

@ApiTags('session')
@Controller('v1/session')
export class SessionsController {
  readonly #isSecure: boolean;

  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) config: Config,
  ) {
    this.#isSecure = config.publicUrl.startsWith('https:');
  }

  @Post()
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in: sets the http-only cookie `session` for twelve hours' })
  @ApiOkResponse({ type: SessionDto })
  async signIn(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    return this.#begin(await this.sessions.start(body.name, body.password, request.ip), reply);
  }

  @Get()
  @Allow(...ROLES)
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: SessionDto })
  current(@CurrentPrincipal() principal: Principal): SessionDto {
    return sessionOf(principal);
  }

  @Delete()
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out; also answers 204 when nobody is signed in' })
  @ApiNoContentResponse()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
    await this.sessions.end(request.cookies[SESSION_COOKIE]);
  }

  #begin({ token, account }: StartedSession, reply: FastifyReply): SessionDto {
    reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: this.#isSecure,
      maxAge: SESSION_LIFE_MS / 1000,
    });
    return sessionOf({ ...account, name: account.displayName });
  }
}

function sessionOf(who: Principal): SessionDto {
  const { id, name, roles, institutionId, learnerId } = who;
  return { account: { id, name, roles: [...roles], institutionId, learnerId } };
}
