import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeSettings } from '../../src/platform/config/index.js';
import { isPublicAddress } from '../../src/platform/outbound/address.js';
import { Outbound, Resolver, type SendResult } from '../../src/platform/outbound/index.js';

/** A server within, on every address of this machine, that counts who comes as far as a connection. */
let inner: Server;
let port: number;
let connections = 0;
const others: Server[] = [];

beforeAll(async () => {
  inner = createServer((_request, response) => response.writeHead(204).end());
  inner.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => inner.listen({ port: 0, host: '::' }, resolve));
  ({ port } = inner.address() as AddressInfo);
});
afterAll(async () => {
  for (const server of [inner, ...others]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
beforeEach(() => {
  connections = 0;
});

/** Answers what a spec says; each question takes the next answer, the last one stays. */
class FixedResolver extends Resolver {
  asked = 0;

  constructor(private readonly answers: readonly (readonly string[])[]) {
    super();
  }

  override async resolve(): Promise<string[]> {
    const answer = this.answers[Math.min(this.asked, this.answers.length - 1)] ?? [];
    this.asked += 1;
    return [...answer];
  }
}

function outbound(resolver: Resolver, env: Record<string, string> = {}): Outbound {
  const edge = edgeSettings({ WEBHOOK_PORTS: `443,8443,${port}`, ...env });
  const made = new Outbound({ edge }, resolver);
  made.timeMs = 700;
  return made;
}

const post = (made: Outbound, url: string): Promise<SendResult> =>
  made.post({ url, headers: {}, body: '{}' });

/** Hosts that are this machine, or a network within, in every spelling. */
const LITERALS = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0177.0x0.0.01',
  '%31%32%37.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '0.0.0.0',
  '0',
  '0x0',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[ff02::1]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[fd00:ec2::254]',
  '2852039166',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
] as const;

/** Names, and what a resolver says of them. */
const NAMES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['localhost', [['127.0.0.1']]],
  ['LOCALHOST.', [['127.0.0.1']]],
  ['bank.localhost', [['127.0.0.1']]],
  ['printer.local', [['127.0.0.1']]],
  ['metadata.google.internal', [['169.254.169.254']]],
  ['intranet', [['127.0.0.1']]],
  ['inner.example.org', [['127.0.0.1']]],
  ['inner6.example.org', [['::1']]],
  ['mapped.example.org', [['::ffff:127.0.0.1']]],
  ['nat64.example.org', [['64:ff9b::7f00:1']]],
  ['zone.example.org', [['fe80::1%lo']]],
  ['mixed.example.org', [['203.0.114.9', '127.0.0.1']]],
  ['mixed-first.example.org', [['127.0.0.1', '203.0.114.9']]],
  ['rebinding.example.org', [['203.0.114.9'], ['127.0.0.1']]],
];

const TARGETS: readonly (readonly [string, Resolver])[] = [
  ...LITERALS.map((host) => [host, new FixedResolver([['127.0.0.1']])] as const),
  ...NAMES.map(([name, answers]) => [name, new FixedResolver(answers)] as const),
];

describe('60 addresses that lead within', () => {
  it('are 60 with the redirect, and the two kinds of scheme that are left', () => {
    expect(TARGETS.length + 1).toBeGreaterThanOrEqual(60);
  });

  it.each(TARGETS)(
    'https://%s is not reached, however often it is tried',
    async (host, resolver) => {
      const made = outbound(resolver);
      for (let i = 0; i < 2; i += 1) {
        const result = await post(made, `https://${host}:${port}/hook`);
        expect(result.ok).toBe(false);
      }
      expect(connections).toBe(0);
    },
  );

  it('a redirect is an answer, not a way', async () => {
    const redirecting = createServer((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    });
    others.push(redirecting);
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.2', resolve));
    const own = (redirecting.address() as AddressInfo).port;
    const made = outbound(new Resolver(), { WEBHOOK_NETWORKS: '127.0.0.2/32' });
    expect(await post(made, `http://127.0.0.2:${own}/`)).toEqual({ ok: true, status: 307 });
    expect(connections).toBe(0);
  });

  it.each([
    ['http://93.184.215.14/hook', 'not-https'],
    ['http://school.example.org/hook', 'not-https'],
    ['ftp://school.example.org/hook', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://user:word@school.example.org/hook', 'has-credentials'],
    ['https://127.0.0.1@school.example.org/hook', 'has-credentials'],
    ['https://school.example.org:22/hook', 'port-not-allowed'],
    ['https://school.example.org:6379/hook', 'port-not-allowed'],
    ['hook', 'not-an-address'],
    [`https://school.example.org/${'x'.repeat(2_100)}`, 'not-an-address'],
  ])('%.60s is refused as it stands', (url, fault) => {
    expect(outbound(new FixedResolver([['93.184.215.14']])).check(url)).toBe(fault);
  });
});

describe('the same calls with leave to go within: what is counted above can be counted', () => {
  it.each(['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1'])('http://%s', async (host) => {
    const made = outbound(new Resolver(), { WEBHOOK_NETWORKS: '127.0.0.0/8' });
    expect(await post(made, `http://${host}:${port}/`)).toEqual({ ok: true, status: 204 });
    expect(connections).toBe(1);
  });

  it('[::1], and a name that leads there', async () => {
    const made = outbound(new FixedResolver([['::1']]), { WEBHOOK_NETWORKS: '::1' });
    await post(made, `http://[::1]:${port}/`);
    await post(made, `https://inner.example.org:${port}/`);
    expect(connections).toBe(2);
  });

  it('but no network that was not opened', async () => {
    const made = outbound(new Resolver(), { WEBHOOK_NETWORKS: '10.0.0.0/8' });
    expect(await post(made, `http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      fault: 'host-not-allowed',
    });
    expect(connections).toBe(0);
  });
});

describe('an address of a name', () => {
  it('is asked for once a call, and the call goes to the one that was judged', async () => {
    const resolver = new FixedResolver([['127.0.0.1'], ['10.9.9.9']]);
    const made = outbound(resolver, { WEBHOOK_NETWORKS: '127.0.0.1/32' });
    await post(made, `https://school.example.org:${port}/`);
    expect([resolver.asked, connections]).toEqual([1, 1]);
  });

  it('over TLS: the certificate has to be of the name, not of the address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'creditbank-tls-'));
    const file = (name: string): string => join(folder, name);
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '1',
      ]
        .concat([
          '-subj',
          '/CN=hooks.example.org',
          '-addext',
          'subjectAltName=DNS:hooks.example.org',
        ])
        .concat(['-keyout', file('key.pem'), '-out', file('cert.pem')]),
      { stdio: 'ignore' },
    );
    const [key, cert] = [readFileSync(file('key.pem')), readFileSync(file('cert.pem'), 'utf8')];
    rmSync(folder, { recursive: true });
    const secure = createTls({ key, cert }, (_request, response) => response.writeHead(200).end());
    others.push(secure);
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const own = (secure.address() as AddressInfo).port;
    const made = outbound(new FixedResolver([['127.0.0.1']]), {
      WEBHOOK_NETWORKS: '127.0.0.1',
      WEBHOOK_PORTS: String(own),
    });
    const right = `https://hooks.example.org:${own}/`;
    expect(await post(made, right)).toEqual({ ok: false, fault: 'bad-certificate' });
    made.ca = cert;
    expect(await post(made, right)).toEqual({ ok: true, status: 200 });
    expect(await post(made, `https://other.example.org:${own}/`)).toEqual({
      ok: false,
      fault: 'bad-certificate',
    });
  });
});

describe('isPublicAddress', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '240e::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each(['', 'school.example.org', '127.1', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s is not',
    (address) => expect(isPublicAddress(address)).toBe(false),
  );
});
