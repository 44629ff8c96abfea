import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** The codes of RFC 6749 5.2 that this server answers. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type';

/** A refusal in the words of OAuth 2.0, which clients of any make understand. */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
  ) {
    super(code);
  }
}

/** Writes an {@link OAuthError} as RFC 6749 5.2 lays down; `invalid_client` alone is a 401. */
@Catch(OAuthError)
export class OAuthErrorFilter implements ExceptionFilter<OAuthError> {
  catch({ code, description }: OAuthError, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isClient = code === 'invalid_client';
    if (isClient) reply.header('www-authenticate', 'Basic realm="oauth2"');
    void reply
      .status(isClient ? 401 : 400)
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
      .type('application/json; charset=utf-8')
      .send({ error: code, error_description: description });
  }
}
