import { Agent, request } from 'node:http';
import type { Malformed } from './requests.js';

/** What came back. */
export interface Answer {
  /** 0: the connection was closed without an answer, which a broken request may get. */
  readonly status: number;
  readonly text: string;
}

const HANG_MS = 15_000;
/** Of a stream of events the head is enough. */
const KEPT_CHARACTERS = 2_000;

/** The service did not answer in time. */
export class Hang extends Error {}

/** Puts requests on the wire to one service. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(
    private readonly port: number,
    private readonly credentials: readonly Readonly<Record<string, string>>[],
  ) {}

  send(malformed: Malformed): Promise<Answer> {
    const { method, path, body, isCut, caller } = malformed;
    const headers: Record<string, string> = {
      ...malformed.headers,
      ...this.credentials[caller],
      ...(body && { 'content-length': String(body.length + (isCut ? 10 : 0)) }),
    };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Hang(`${method} ${path} was not answered within ${HANG_MS} ms`));
        outgoing.destroy();
      }, HANG_MS);
      const give = (answer: Answer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      const outgoing = request(
        { host: '127.0.0.1', port: this.port, method, path, headers, agent: this.#agent },
        (incoming) => {
          let text = '';
          const status = incoming.statusCode ?? 0;
          if ((incoming.headers['content-type'] ?? '').startsWith('text/event-stream')) {
            incoming.destroy();
            give({ status, text });
            return;
          }
          incoming.on('data', (piece: Buffer) => {
            if (text.length < KEPT_CHARACTERS) text += piece.toString();
          });
          incoming.on('end', () => give({ status, text }));
          incoming.on('error', () => give({ status, text }));
        },
      );
      outgoing.on('error', () => give({ status: 0, text: '' }));
      if (body) outgoing.write(body);
      if (isCut && body) setTimeout(() => outgoing.destroy(), 20);
      else outgoing.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
