import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, type Problem, type ProblemCode, describe, statusOf } from '#libs/problems';
import { Refusal } from './refusal.js';
import { shownPath } from './shown-path.js';

/**
 * A route's own way to write a problem, where a standard lays one down. False: it has no words for
 * this one, which is then written as everywhere.
 */
export type ProblemWriter = (
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
) => boolean;

/** Writes the problems of a route its own way, those too that arise before its handler is called. */
export function WritesProblems(writeProblem: ProblemWriter): MethodDecorator {
  return RouteConfig({ writeProblem });
}

/** Writes every refusal and every failure as an RFC 9457 problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.code === 'internal-error') {
      this.#logger.error({ route: request.routeOptions.url, err: error });
    }
    if (reply.sent || reply.raw.headersSent) return;
    sendProblem(problem, request, reply.headers(error instanceof Refusal ? error.headers : {}));
  }
}

/** Answers with a problem in the language of the caller. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (writerOf(request)?.(problem, request, reply)) return;
  const language = languageOf(request);
  void reply
    .status(statusOf(problem.code))
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .type('application/problem+json; charset=utf-8')
    .send(problemDocument(problem, language, request));
}

/** An address that no route has, has no configuration either. */
function writerOf({ routeOptions }: FastifyRequest): ProblemWriter | undefined {
  const config = routeOptions.config as { readonly writeProblem?: ProblemWriter } | undefined;
  return config?.writeProblem;
}

/** Chinese when the caller prefers it, otherwise English. */
export function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? '';
  return /^\s*zh\b/i.test(wanted) ? 'zh' : 'en';
}

/** The body of a problem answer. `detail` says what to change. */
export function problemDocument(
  problem: Problem,
  language: Language,
  request: FastifyRequest,
): Record<string, unknown> {
  const { title, change } = describe(problem.code, language, problem.params);
  return {
    type: `/problems/${problem.code}`,
    title,
    status: statusOf(problem.code),
    detail: change,
    instance: shownPath(request.url),
    code: problem.code,
    requestId: request.id,
    ...(problem.faults && {
      errors: problem.faults.map((fault) => {
        const text = describe(fault.code, language, fault.params);
        return { pointer: fault.pointer, code: fault.code, title: text.title, detail: text.change };
      }),
    }),
    ...problem.members,
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  const status = statusCodeOf(error);
  const byStatus: Record<number, ProblemCode> = {
    401: 'not-signed-in',
    404: 'not-found',
    405: 'method-not-allowed',
  };
  if (status === 413) return { code: 'payload-too-large', params: { limit: '1 MiB' } };
  if (status === 415) {
    return { code: 'unsupported-media-type', params: { expected: 'application/json' } };
  }
  const known = byStatus[status];
  if (known) return { code: known };
  if (status >= 400 && status < 500) {
    return { code: 'malformed-request', params: { reason: messageOf(error) } };
  }
  return { code: 'internal-error' };
}

/** Nest's exceptions and Fastify's own errors (body parser, multipart) both carry a status. */
function statusCodeOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : 500;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
