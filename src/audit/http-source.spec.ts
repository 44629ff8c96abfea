import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpSource } from './http-source.js';

describe('a log over HTTP', () => {
  let server: Server;
  let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  let source: HttpSource;

  beforeAll(async () => {
    server = createServer((_, response) => {
      const { status, headers = {}, body = '' } = answers.shift() ?? { status: 500 };
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    source = new HttpSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/log`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('that limits its callers is asked again when it says so, not before', async () => {
    const limited = { status: 429, headers: { 'retry-after': '1' } };
    answers = [limited, limited, { status: 200, body: '{"key":"told"}' }];
    const startedAt = performance.now();
    expect(await source.toldKey()).toBe('told');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_990);
    expect(answers).toEqual([]);
  });

  it('that fails is told as failing', async () => {
    answers = [{ status: 404 }];
    await expect(source.toldKey()).rejects.toThrow('/key answers 404');
  });
});
