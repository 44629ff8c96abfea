import { Body, Controller, Get, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public, SCOPES } from '../../platform/auth/index.js';
import { WritesProblems, refusal } from '../../platform/http/index.js';
import { SIGNATURES } from '../keys/public-key.js';
import { FORM, OAuthErrorFilter, writeOAuthProblem } from './oauth-error.js';
import { readTokenRequest } from './token-request.js';
import {
  AuthorizationServerDto,
  OAuthErrorDto,
  TokenAnswerDto,
  TokenRequestDto,
} from './tokens.dto.js';
import { Tokens } from './tokens.service.js';

/** OAuth 2.0 for systems; answers and refusals are those of the standard, not problems. */
@ApiTags('oauth2')
@Public()
@UseFilters(OAuthErrorFilter)
@Controller()
export class TokensController {
  constructor(private readonly tokens: Tokens) {}

  @Post('oauth2/token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Header('pragma', 'no-cache')
  @ApiOperation({
    summary: 'An access token for fifteen minutes (RFC 6749 4.4, client credentials)',
    description:
      'The client is an API key: `client_id` is its first 11 characters (`cb_…`), `client_secret` ' +
      'the whole of it, by HTTP Basic; or a client that signs, by `private_key_jwt` (RFC 7523).',
  })
  @WritesProblems(writeOAuthProblem)
  @ApiConsumes(FORM)
  @ApiBody({ type: TokenRequestDto })
  @ApiOkResponse({ type: TokenAnswerDto })
  @ApiBadRequestResponse({
    type: OAuthErrorDto,
    description: 'A request that cannot be read has the members of a problem besides',
  })
  @ApiUnauthorizedResponse({ type: OAuthErrorDto })
  issue(@Req() request: FastifyRequest, @Body() body: unknown): Promise<TokenAnswerDto> {
    if (!isForm(request)) throw refusal('unsupported-media-type', { expected: FORM });
    const wanted = readTokenRequest(body, request.headers.authorization);
    return this.tokens.issue(wanted, request.ip);
  }

  @Get('.well-known/oauth-authorization-server')
  @ApiOperation({ summary: 'What this server can do for OAuth 2.0 clients (RFC 8414)' })
  @ApiOkResponse({ type: AuthorizationServerDto })
  metadata(): AuthorizationServerDto {
    const { issuer, endpoint } = this.tokens;
    return {
      issuer,
      token_endpoint: endpoint,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: Object.values(SIGNATURES).map(
        ({ alg }) => alg,
      ),
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: [...SCOPES],
      service_documentation: `${issuer}/docs`,
    };
  }
}

/** RFC 6749 4.4.2; what Fastify reads as JSON or as a file elsewhere is no request for a token. */
function isForm({ headers }: FastifyRequest): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() === FORM;
}
