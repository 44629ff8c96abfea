import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { edgeSettings } from '../../src/platform/config/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { type World, startWorld } from '../support/world.js';

const TOKEN = 'a-token-for-prometheus';

describe('metrics', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp({ edge: edgeSettings({ METRICS: TOKEN }) });
  });
  afterAll(() => service?.close());

  it('tell requests by route, the queue, the log and connections', async () => {
    await service.http.get('/v1/institutions').expect(200);
    await service.http.get('/verify/1234-5678-9012').expect(404);
    const answer = await service.http.get('/metrics').set('authorization', `Bearer ${TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(
      /creditbank_request_seconds_count\{method="GET",route="\/v1\/institutions",status="200"\} 1/,
    );
    expect(answer.text).toContain('route="/verify/:code"');
    expect(answer.text).not.toContain('1234-5678');
    for (const name of ['tasks_open', 'tasks_given_up', 'task_oldest_seconds']) {
      expect(answer.text).toContain(`# TYPE creditbank_${name} gauge`);
    }
    expect(answer.text).toMatch(/creditbank_log_waiting_postings \d/);
    expect(answer.text).toMatch(/creditbank_connections\{of="requests idle"\} \d/);
  });

  it('are not there for who does not know the token', async () => {
    await service.http.get('/metrics').expect(404);
    await service.http.get('/metrics').set('authorization', 'Bearer guess').expect(404);
  });

  it('are not there at all unless they are asked for', async () => {
    const other = await startTestApp();
    await other.http.get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(404);
    await other.close();
  });

  it.each(['yes', 'short'])('METRICS=%s stops the start', (text) => {
    expect(() => edgeSettings({ METRICS: text })).toThrow('METRICS');
  });
});

describe('traces', () => {
  const sent: { url: string; body: string }[] = [];
  let collector: Server;
  let service: World;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        sent.push({ url: request.url ?? '', body: Buffer.concat(pieces).toString() });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    const edge = edgeSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    service = await startWorld({ edge });
  });
  afterAll(() => {
    collector.closeAllConnections();
    collector.close();
  });

  it('go on through the queue: what a worker does later names the request that caused it', async () => {
    const requestId = 'spec.trace-through-the-queue';
    const sheet = templateSheet(templateRow(1));
    const { body } = await service.http
      .post('/v1/imports')
      .set('authorization', `Bearer ${service.school.key}`)
      .set('request-id', requestId)
      .attach('file', sheet, 'file.csv')
      .expect(202);
    await new Importer(service, service.school).until(String(body.id), ['checked']);
  });

  it('go to the collector, under the trace of the caller, without a code in them', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await service.http
      .get('/verify/1234-5678-9012')
      .set('traceparent', `00-${trace}-00f067aa0ba902b7-01`)
      .expect(404);
    // Closing sends what is left.
    await service.close();
    const text = sent.map(({ body }) => body).join('');
    expect(sent[0]?.url).toBe('/v1/traces');
    expect(text).toContain(trace);
    expect(text).toContain('/verify/:code');
    expect(text).not.toContain('1234-5678');
    const named = spansOf(sent).filter(({ requestId }) => requestId?.startsWith('spec.trace'));
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['POST /v1/imports', 'task imports.check']),
    );
  });
});

/** What the collector was told. */
function spansOf(sent: readonly { body: string }[]): { name: string; requestId?: string }[] {
  interface Told {
    resourceSpans: {
      scopeSpans: {
        spans: { name: string; attributes: { key: string; value: { stringValue?: string } }[] }[];
      }[];
    }[];
  }
  const told = sent.map(({ body }) => JSON.parse(body) as Told);
  const spans = told.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
  return spans.map(({ name, attributes }) => {
    const found = attributes.find(({ key }) => key === 'creditbank.request_id');
    const requestId = found?.value.stringValue;
    return { name, ...(requestId !== undefined && { requestId }) };
  });
}
