import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Allow,
  AnyScope,
  BeforeSecondFactor,
  CurrentPrincipal,
  type Principal,
  Public,
  ROLES,
} from '../../platform/auth/index.js';
import { PasskeyOptionsDto, PasskeySignInDto } from '../factors/passkeys.dto.js';
import { Passkeys } from '../factors/passkeys.service.js';
import { SessionCookie, originOf } from './session-cookie.js';
import { SessionDto, SignInDto, sessionOf } from './sessions.dto.js';
import { Sessions, type StartedSession } from './sessions.service.js';

@ApiTags('session')
@Controller('v1/session')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly passkeys: Passkeys,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in: sets the http-only cookie `session`',
    description:
      'Where the account has a second factor, the password alone answers `second-factor-needed` ' +
      'with the `methods` it takes; send the same again with `code`.',
  })
  @ApiOkResponse({ type: SessionDto })
  @ApiUnauthorizedResponse({
    description: 'sign-in-failed, second-factor-needed, second-factor-failed',
  })
  async signIn(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const oldToken = this.cookie.read(request);
    return this.#begin(await this.sessions.start(body, originOf(request), oldToken), reply);
  }

  @Post('passkey/options')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'A challenge for any passkey of this site, for five minutes' })
  @ApiOkResponse({ type: PasskeyOptionsDto })
  async passkeyOptions(): Promise<PasskeyOptionsDto> {
    return { publicKey: { ...(await this.passkeys.signInOptions()) } };
  }

  @Post('passkey')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in by a passkey; it counts as both factors' })
  @ApiOkResponse({ type: SessionDto })
  @ApiUnauthorizedResponse({ description: 'passkey-refused' })
  async signInByPasskey(
    @Body() body: PasskeySignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const account = await this.passkeys.recognise(body.credential, request.ip);
    const by = { origin: originOf(request), oldToken: this.cookie.read(request) };
    return this.#begin(await this.sessions.open(account, { method: 'passkey', ...by }), reply);
  }

  @Get()
  @Allow(...ROLES)
  @AnyScope()
  @BeforeSecondFactor()
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
    this.cookie.clear(reply);
    await this.sessions.end(this.cookie.read(request));
  }

  #begin({ token, principal }: StartedSession, reply: FastifyReply): SessionDto {
    this.cookie.set(reply, token);
    return sessionOf(principal);
  }
}
