import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionCookie, Sessions, originOf } from '../access/index.js';
import { Public } from '../platform/auth/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Refusal } from '../platform/http/index.js';
import { ProviderDto, ProviderStartQuery } from './single-sign-on.dto.js';
import { SingleSignOn } from './single-sign-on.service.js';

const BROWSER_COOKIE = 'provider-sign-in';
const BROWSER_COOKIE_SECONDS = 10 * 60;

/** Browsers come here as pages do, so they are sent on to a page, also when something is wrong. */
@ApiTags('session')
@Public()
@Controller('v1/session/provider')
export class SingleSignOnController {
  readonly #flags: { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean };

  constructor(
    private readonly signOn: SingleSignOn,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    @Inject(CONFIG) config: Config,
  ) {
    // Lax: the browser comes back by a link on the provider's site.
    const secure = config.publicUrl.startsWith('https:');
    this.#flags = { path: '/v1/session/provider', httpOnly: true, sameSite: 'lax', secure };
  }

  @Get()
  @ApiOperation({ summary: 'Where else people may sign in' })
  @ApiOkResponse({ type: ProviderDto })
  show(): ProviderDto {
    return { name: this.signOn.providerName };
  }

  @Get('start')
  @ApiOperation({ summary: 'Sends the browser to the OpenID Connect provider' })
  @ApiResponse({ status: 303, description: 'to the provider' })
  async start(
    @Query() { returnTo }: ProviderStartQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { url, browser } = await this.signOn.begin(returnTo);
    reply.setCookie(BROWSER_COOKIE, browser, { ...this.#flags, maxAge: BROWSER_COOKIE_SECONDS });
    reply.status(303).header('location', url);
  }

  @Get('callback')
  @ApiOperation({
    summary: 'Where the provider sends the browser back to; begins a session',
    description: 'What went wrong is told to the sign-in page as `?problem=<code>`.',
  })
  @ApiResponse({ status: 303, description: 'to the page that was left, or to the sign-in page' })
  async callback(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const query = request.url.slice(request.url.indexOf('?'));
    reply.clearCookie(BROWSER_COOKIE, this.#flags).status(303);
    try {
      const { account, returnTo } = await this.signOn.finish(
        request.url.includes('?') ? query : '',
        request.cookies[BROWSER_COOKIE],
      );
      const by = { method: 'provider', origin: originOf(request) } as const;
      const oldToken = this.cookie.read(request);
      const { token } = await this.sessions.open(account, { ...by, oldToken });
      this.cookie.set(reply, token);
      reply.header('location', returnTo);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply.header('location', `/sign-in?problem=${error.problem.code}`);
    }
  }
}
