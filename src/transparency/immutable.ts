import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256 } from '#libs/merkle';

const ETAG_HEX = 32;

/** The part of the address that names a tile: everything behind `/v1/log/`, as it was sent. */
export function tilePathOf(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').replace(/^\/v1\/log\//, '');
}

/** Answers with bytes that stand for ever under their address. */
export function sendImmutable(request: FastifyRequest, reply: FastifyReply, bytes: Buffer): void {
  const tag = `"${sha256(bytes).toString('hex').slice(0, ETAG_HEX)}"`;
  void reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', tag);
  if (request.headers['if-none-match'] === tag) void reply.status(304).send();
  else void reply.type('application/octet-stream').send(bytes);
}
