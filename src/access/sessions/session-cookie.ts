import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookieOf } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import type { Origin } from './session.js';
import { Sessions } from './sessions.service.js';

/** The cookie of a session: out of reach for scripts, never sent by a page of another site. */
@Injectable()
export class SessionCookie {
  readonly #name: string;
  readonly #flags: { path: string; httpOnly: true; sameSite: 'strict'; secure: boolean };

  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) config: Config,
  ) {
    this.#name = sessionCookieOf(config.publicUrl);
    const secure = config.publicUrl.startsWith('https:');
    this.#flags = { path: '/', httpOnly: true, sameSite: 'strict', secure };
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  set(reply: FastifyReply, token: string): void {
    reply.setCookie(this.#name, token, { ...this.#flags, maxAge: this.sessions.lifeSeconds });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#name, this.#flags);
  }
}

/** Where a request comes from, as far as a session keeps it. */
export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, device: request.headers['user-agent'] };
}
