import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Problem, ProblemCode } from '#libs/problems';
import { type ProblemWriter, problemDocument } from '../../platform/http/index.js';

/** The codes of RFC 6749 5.2 that this server answers. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type';

/** The one media type of the token endpoint (RFC 6749 4.4.2). */
export const FORM = 'application/x-www-form-urlencoded';

/** What RFC 6749 5.2 leaves out of a description: quotes, backslashes, all that is not ASCII. */
const NOT_IN_DESCRIPTION = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

/** Requests that are malformed in the words of the standard, whatever HTTP has for each. */
const MALFORMED: readonly ProblemCode[] = [
  'malformed-request',
  'payload-too-large',
  'unsupported-media-type',
];

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
    send(reply, isClient ? 401 : 400, membersOf(code, description));
  }
}

/**
 * Writes a request that could not be read as `invalid_request` with 400, as RFC 6749 5.2 lays down;
 * the members of the problem stand beside those of the standard. Leaves all other problems as they
 * are: the standard has no words for too many requests or a failure.
 */
export const writeOAuthProblem: ProblemWriter = (problem, request, reply) => {
  if (!MALFORMED.includes(problem.code)) return false;
  // RFC 6749 keeps descriptions to ASCII.
  const document = problemDocument(toldOf(problem), 'en', request);
  const members = membersOf('invalid_request', String(document['detail']));
  send(reply.header('content-language', 'en'), 400, { ...members, ...document, status: 400 });
  return true;
};

/** What reads bodies speaks of JSON, which is not for here. */
function toldOf(problem: Problem): Problem {
  return problem.code === 'unsupported-media-type'
    ? { ...problem, params: { expected: FORM } }
    : problem;
}

function membersOf(code: OAuthErrorCode, description: string): Record<string, unknown> {
  return { error: code, error_description: description.replace(NOT_IN_DESCRIPTION, "'") };
}

function send(reply: FastifyReply, status: number, body: Record<string, unknown>): void {
  void reply
    .status(status)
    .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
    .type('application/json; charset=utf-8')
    .send(body);
}
