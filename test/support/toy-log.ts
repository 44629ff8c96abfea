import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GrowingTree,
  type SigningKey,
  consistencyRanges,
  formatNote,
  leafHash,
  signCheckpoint,
} from '#libs/merkle';

/** A log that can be told to lie. */
export class ToyLog {
  leaves: Buffer[] = [];
  /** Signs checkpoints; another than the log's own is an impostor. */
  signer: SigningKey;
  /** Answers every request with it, when it is set. */
  answers: { status: number; text: string } | undefined;
  takes = 201;
  readonly received: string[] = [];
  readonly #server: Server;

  constructor(key: SigningKey) {
    this.signer = key;
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const { status, text } = this.answers ?? this.#answer(request.url ?? '', body);
        response.writeHead(status).end(text);
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  grow(count: number, content = 'entry'): void {
    for (let n = 0; n < count; n += 1) {
      this.leaves.push(leafHash(Buffer.from(`${content} ${this.leaves.length}`)));
    }
  }

  checkpoint(): string {
    const { name: origin } = this.signer;
    const size = this.leaves.length;
    return formatNote(signCheckpoint({ origin, size, root: this.#root(0, size) }, this.signer));
  }

  #answer(url: string, body: string): { status: number; text: string } {
    if (url.endsWith('/checkpoint')) return { status: 200, text: this.checkpoint() };
    if (url.endsWith('/cosignatures')) {
      this.received.push((JSON.parse(body) as { checkpoint: string }).checkpoint);
      return { status: this.takes, text: '{}' };
    }
    const [from = 0, to = 0] = [...url.matchAll(/=(\d+)/g)].map(([, size]) => Number(size));
    if (to > this.leaves.length) return { status: 404, text: 'beyond' };
    const ranges = consistencyRanges(from, to);
    const hashes = ranges.map(({ start, end }) => this.#root(start, end).toString('base64'));
    return { status: 200, text: JSON.stringify({ from, to, hashes }) };
  }

  #root(start: number, end: number): Buffer {
    const tree = GrowingTree.empty();
    tree.append(Buffer.concat(this.leaves.slice(start, end)));
    return tree.root();
  }
}
