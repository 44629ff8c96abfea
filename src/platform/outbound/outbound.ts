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

/** What somebody else's server answered. */
export type FetchResult =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly fault: SendFault | 'too-large' };

/** All of it: name, connection, request and the head of the answer. */
const TIME_MS = 15_000;
/** Of an answer nothing is kept; so much of it is let through for the connection to end well. */
const MOST_ANSWER_BYTES = 64 * 1024;
/** Longest answer that is read. */
const MOST_READ_BYTES = 1024 * 1024;

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
  post(sending: Sending): Promise<SendResult> {
    return this.#call(sending.url, (target, way) =>
      this.#send({ method: 'POST', ...sending }, target, way, (answer) => {
        drain(answer);
        return Promise.resolve({ ok: true, status: answer.statusCode ?? 0 });
      }),
    );
  }

  /** Gets a text of at most 1 MiB. Never throws. */
  get(wanted: Omit<Sending, 'body'>): Promise<FetchResult> {
    return this.#call(wanted.url, (target, way) =>
      this.#send({ method: 'GET', body: '', ...wanted }, target, way, async (answer) => {
        const text = await textOf(answer);
        if (text === undefined) return { ok: false, fault: 'too-large' };
        return { ok: true, status: answer.statusCode ?? 0, text };
      }),
    );
  }

  async #call<T>(
    url: string,
    send: (target: Target, way: Way) => Promise<T>,
  ): Promise<T | { readonly ok: false; readonly fault: SendFault }> {
    const target = parseTarget(url, this.config.edge.outbound);
    if (typeof target === 'string') return { ok: false, fault: target };
    const signal = AbortSignal.timeout(this.timeMs);
    const address = await this.#addressOf(target, signal);
    if (address === undefined) return { ok: false, fault: 'no-public-address' };
    return send(target, { address, signal });
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

  #send<T>(
    { method, headers, body }: Sending & { readonly method: 'GET' | 'POST' },
    { url, host, port }: Target,
    { address, signal }: Way,
    read: (answer: IncomingMessage) => Promise<T>,
  ): Promise<T | { readonly ok: false; readonly fault: SendFault }> {
    const isSecure = url.protocol === 'https:';
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      host: address,
      port,
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, ...(method === 'POST' && length) },
      signal,
      // No connection is kept: the next call judges the address anew.
      agent: false as const,
      ...(isSecure && isIP(host) === 0 && { servername: host }),
      ...(this.ca !== undefined && { ca: this.ca }),
    };
    return new Promise((resolve) => {
      const fail = (error: Error): void => resolve({ ok: false, fault: faultOf(error) });
      const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(options, (answer) => {
        read(answer).then(resolve, fail);
      });
      request.on('error', fail);
      request.end(body);
    });
  }
}

/** The address that was judged, and until when the call may take. */
interface Way {
  readonly address: string;
  readonly signal: AbortSignal;
}

/** The body of an answer; undefined when it is too long. */
async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_READ_BYTES) {
      answer.destroy();
      return undefined;
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
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
