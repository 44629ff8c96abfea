import { type ExecutionContext, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusal } from './refusal.js';

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

/**
 * The caller's `Idempotency-Key`, or null. Keys never expire: the same key with the same content
 * gives the first answer again, with other content an `idempotency-conflict`.
 */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | null => {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    if (key === undefined) return null;
    if (typeof key !== 'string' || !PRINTABLE.test(key)) {
      throw refusal('idempotency-key-malformed');
    }
    return key;
  },
);

/** Describes the header on a route that reads it with {@link IdempotencyKey}. */
export function ApiIdempotencyKey(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      example: 'application-2026-000123',
      description: 'Your own key for this request; sending both again has no second effect',
    }),
  );
}

/** Marks the answer as a repetition of an earlier one: 200 and `Idempotent-Replayed: true`. */
export function announceReplay(reply: FastifyReply): void {
  reply.status(200).header('idempotent-replayed', 'true');
}
