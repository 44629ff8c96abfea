import { lookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { isInNetworks, isPublicAddress } from './address.js';
import { type Target, type TargetFault, parseTarget } from './target.js';

/** What is sent, and to whom. */
export interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why nothing came of it. `no-public-address`: unknown, or known to lead within. */
export type SendFault =
  TargetFault | 'no-public-address' | 'no-connection' | 'bad-certificate' | 'time-over';

export type SendResult =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly fault: SendFault };

/** All of it: name, connection, request and the head of the answer. */
const TIME_MS = 15_000;
/** Of an answer nothing is kept; so much of it is let through for the connection to end well. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** Finds the addresses of a name. */
@Injectable()
export class Resolver {
  async resolve(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/**
 * Calls addresses that somebody else chose, without ever reaching a server within. A name is
 * resolved once; every address it has must be public, and the connection goes to the one that was
 * judged, so that a second answer of the resolver changes nothing. Redirects are not followed.
 */
@Injectable()
export class Outbound {
  /** For specs: certificates of their own authority, and less patience. */
  ca: string | undefined;
  timeMs = TIME_MS;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'edge'>,
    private readonly resolver: Resolver,
  ) {}

  /** Whether an address may be called at all, as far as it tells by itself. */
  check(url: string): TargetFault | undefined {
    const target = parseTarget(url, this.config.edge.outbound);
    return typeof target === 'string' ? target : undefined;
  }

  /** Posts and answers the status. Never throws. */
  async post(sending: Sending): Promise<SendResult> {
    const target = parseTarget(sending.url, this.config.edge.outbound);
    if (typeof target === 'string') return { ok: false, fault: target };
    const signal = AbortSignal.timeout(this.timeMs);
    const address = await this.#addressOf(target, signal);
    if (address === undefined) return { ok: false, fault: 'no-public-address' };
    return this.#send(sending, target, { address, signal });
  }

  async #addressOf({ host, url }: Target, signal: AbortSignal): Promise<string | undefined> {
    if (isIP(host) > 0) return host;
    const over = new Promise<string[]>((resolve) => {
      signal.addEventListener('abort', () => resolve([]), { once: true });
    });
    const found = await Promise.race([this.resolver.resolve(host).catch(() => []), over]);
    const { networks } = this.config.edge.outbound;
    const isOpened = (address: string): boolean => isInNetworks(address, networks);
    // One inner address among public ones is enough: nobody else decides which one is taken.
    if (!found.every((address) => isPublicAddress(address) || isOpened(address))) return undefined;
    const allowed = url.protocol === 'https:' ? found : found.filter(isOpened);
    return allowed[0];
  }

  #send(
    { headers, body }: Sending,
    { url, host, port }: Target,
    { address, signal }: { address: string; signal: AbortSignal },
  ): Promise<SendResult> {
    const isSecure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      host: address,
      port,
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      signal,
      // No connection is kept: the next call judges the address anew.
      agent: false as const,
      ...(isSecure && isIP(host) === 0 && { servername: host }),
      ...(this.ca !== undefined && { ca: this.ca }),
    };
    return new Promise((resolve) => {
      const give = (result: SendResult): void => resolve(result);
      const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(options, (answer) => {
        drain(answer);
        give({ ok: true, status: answer.statusCode ?? 0 });
      });
      request.on('error', (error) => give({ ok: false, fault: faultOf(error) }));
      request.end(body);
    });
  }
}

function drain(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > MOST_ANSWER_BYTES) answer.destroy();
  });
  answer.on('error', () => undefined);
}

function faultOf(error: Error & { code?: string }): SendFault {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'time-over';
  const code = error.code ?? '';
  return /CERT|SIGNATURE|ERR_TLS|SELF_SIGNED|^EPROTO/.test(code)
    ? 'bad-certificate'
    : 'no-connection';
}
