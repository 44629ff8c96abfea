import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CONTEXTS,
  type JsonObject,
  MIN_STATUS_BITS,
  type Signer,
  StatusBits,
  addProof,
  didDocument,
  didWeb,
  openBadge,
  publicKeyOf,
  signerOf,
  statusListCredential,
} from '#libs/credentials';
import { edgeSettings } from '../../src/platform/config/index.js';
import { Outbound } from '../../src/platform/outbound/index.js';
import { BADGE } from '../../libs/credentials/test/support.js';
import { type World, startWorld } from '../support/world.js';

/** A school of another bank, with its own server: its DID documents and its status list. */
let server: Server;
let world: World;
let origin: string;
let trusted: string;
let unknown: string;
/** What it answers at a path; nothing is 404. */
const pages = new Map<string, (response: ServerResponse) => void>();
let asked: string[] = [];

const SEED = Buffer.alloc(32, 21);
const INDEX = 77;

beforeAll(async () => {
  const { key, cert } = certificate();
  server = createServer({ key, cert }, (request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    const page = pages.get(request.url ?? '');
    if (page) page(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `https://127.0.0.1:${port}`;
  trusted = didWeb(`127.0.0.1:${port}`);
  unknown = didWeb(`127.0.0.1:${port}`, 'other');
  const edge = edgeSettings({ WEBHOOK_NETWORKS: '127.0.0.1' });
  world = await startWorld({ edge, trustedIssuers: [trusted] });
  const outbound = world.app.get(Outbound);
  outbound.ca = cert;
  outbound.timeMs = 700;
}, 60_000);

afterAll(async () => {
  await world?.close();
  server?.closeAllConnections();
  server?.close();
});

beforeEach(async () => {
  asked = [];
  pages.clear();
  pages.set('/.well-known/did.json', json(documentOf(trusted)));
  pages.set('/other/did.json', json(documentOf(unknown)));
  pages.set('/status/1', json(await listOf(trusted)));
});

function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'creditbank-tls-'));
  const file = (name: string): string => join(folder, name);
  const options =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=school';
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', [...options.split(' '), ...names, ...files], { stdio: 'ignore' });
  const made = {
    key: readFileSync(file('key.pem'), 'utf8'),
    cert: readFileSync(file('cert.pem'), 'utf8'),
  };
  rmSync(folder, { recursive: true });
  return made;
}

const json = (body: object) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

function documentOf(did: string): JsonObject {
  const key = { fragment: 'key-1', publicKey: publicKeyOf(SEED), retired: false };
  return didDocument(did, [key], origin);
}

async function signed(document: JsonObject, did: string): Promise<JsonObject> {
  const signer: Signer = signerOf(`${did}#key-1`, SEED);
  const options = { cryptosuite: 'eddsa-rdfc-2022', created: BADGE.validFrom } as const;
  const made = await addProof(
    document,
    { ...options, purpose: 'assertionMethod' },
    signer,
    CONTEXTS,
  );
  if (!made.ok) throw new Error(made.code);
  return made.document;
}

function listOf(did: string, set: readonly number[] = []): Promise<JsonObject> {
  return signed(
    statusListCredential({
      url: `${origin}/status/1`,
      issuer: did,
      purpose: 'revocation',
      bits: StatusBits.withSize(MIN_STATUS_BITS, set),
      validFrom: BADGE.validFrom,
    }),
    did,
  );
}

function badgeOf(did: string): Promise<JsonObject> {
  const status = { listUrl: `${origin}/status/1`, index: INDEX, purpose: 'revocation' } as const;
  const issuer = { did, name: '外地学校', url: origin };
  return signed(openBadge({ ...BADGE, issuer, status, entries: [] }), did);
}

async function linesOf(credential: JsonObject): Promise<Record<string, string>> {
  const text = JSON.stringify(credential);
  const { body } = await world.http.post('/v1/verifications/texts').send({ text }).expect(200);
  const checks = body.checks as { line: string; code: string }[];
  return {
    verdict: body.verdict as string,
    ...Object.fromEntries(checks.map(({ line, code }) => [line, code])),
  };
}

describe('a credential of an issuer elsewhere', () => {
  it('stands when TRUSTED_ISSUERS names it; its keys and its list are each asked for once', async () => {
    expect(await linesOf(await badgeOf(trusted))).toEqual({
      verdict: 'valid',
      format: 'format-sound',
      signature: 'signature-right',
      issuer: 'issuer-known',
      validity: 'valid-now',
      revoked: 'not-revoked',
      suspended: 'status-none',
      log: 'log-none',
    });
    expect(asked.toSorted()).toEqual(['/.well-known/did.json', '/status/1']);
  });

  it('is of an unknown issuer when TRUSTED_ISSUERS does not, whatever host it shares', async () => {
    pages.set('/status/1', json(await listOf(unknown)));
    expect(await linesOf(await badgeOf(unknown))).toMatchObject({
      verdict: 'incomplete',
      signature: 'signature-right',
      issuer: 'issuer-unknown',
      revoked: 'not-revoked',
    });
  });

  it('is revoked when its own list says so, and not by the list of somebody else', async () => {
    const badge = await badgeOf(trusted);
    pages.set('/status/1', json(await listOf(trusted, [INDEX])));
    expect(await linesOf(badge)).toMatchObject({ verdict: 'invalid', revoked: 'revoked' });
    pages.set('/status/1', json(await listOf(unknown)));
    expect(await linesOf(badge)).toMatchObject({ revoked: 'status-unreadable' });
  });

  it('is refused when the key is another’s than the document lists', async () => {
    const key = { fragment: 'key-1', publicKey: publicKeyOf(Buffer.alloc(32, 22)), retired: false };
    pages.set('/.well-known/did.json', json(didDocument(trusted, [key], origin)));
    const badge = await badgeOf(trusted);
    expect(await linesOf(badge)).toMatchObject({
      verdict: 'invalid',
      signature: 'signature-wrong',
    });
    pages.set('/.well-known/did.json', json(documentOf(unknown)));
    expect((await linesOf(badge))['verdict']).toBe('invalid');
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['is not there', (response) => response.writeHead(404).end()],
    ['fails', (response) => response.writeHead(500).end('{}')],
    [
      'leads elsewhere',
      (response) => response.writeHead(302, { location: '/other/did.json' }).end(),
    ],
    ['is no JSON', (response) => response.writeHead(200).end('<html>')],
    ['is too large', (response) => response.writeHead(200).end(Buffer.alloc(1_100_000, 32))],
    ['never ends', (response) => void response.writeHead(200).write('{')],
    ['breaks off', (response) => response.destroy()],
  ])('is left open when its document %s, and nothing fails here', async (_what, answer) => {
    pages.set('/.well-known/did.json', answer);
    expect(await linesOf(await badgeOf(trusted))).toMatchObject({
      verdict: 'incomplete',
      signature: 'issuer-not-reachable',
    });
    expect(asked.filter((path) => path.endsWith('did.json'))).toEqual(['/.well-known/did.json']);
  });

  it('is left open when its list cannot be had', async () => {
    const badge = await badgeOf(trusted);
    for (const answer of [
      (response: ServerResponse) => void response.writeHead(503).end(),
      (response: ServerResponse) => void response.writeHead(200).end(Buffer.alloc(1_100_000, 32)),
    ]) {
      pages.set('/status/1', answer);
      expect(await linesOf(badge)).toMatchObject({
        verdict: 'incomplete',
        signature: 'signature-right',
        revoked: 'status-not-reachable',
      });
    }
  });
});
