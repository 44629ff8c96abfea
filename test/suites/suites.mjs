// `npm run test:suites -- --checkouts DIR`: the three W3C suites against a service that it starts.
// The suites are checkouts beside the project (docs/interop.md); none of their code is here.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PORT = 4001;
/** The Bitstring suite reads status lists over TLS alone. */
const TLS_PORT = 4443;
const BASE = `http://127.0.0.1:${PORT}`;

/** What each suite must come to; nothing may fail. */
const SUITES = [
  { name: 'VC 2.0', folder: 'vc-data-model-2.0-test-suite', passing: 59 },
  { name: 'EdDSA', folder: 'vc-di-eddsa-test-suite', passing: 57 },
  { name: 'Bitstring', folder: 'vc-bitstring-status-list-test-suite', passing: 19 },
];

/** Digests that the VC 2.0 suite holds of the context of July 2024, and those of the final one. */
const DIGESTS = [
  [
    'sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg',
    'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
  ],
  ['uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k', 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ'],
];

const { values } = parseArgs({ options: { checkouts: { type: 'string' } } });
if (!values.checkouts) {
  console.error('Name the folder of the checkouts: --checkouts DIR (docs/interop.md).');
  process.exit(2);
}
process.exit(await main(resolve(values.checkouts)));

async function main(checkouts) {
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-suites-'));
  const service = startService(dataDir);
  let proxy;
  try {
    await untilReady(service);
    proxy = await startProxy(dataDir);
    const did = await didOfBank();
    let isWell = true;
    for (const suite of SUITES) {
      const { passing, failing, pending, output } = await run(
        suite,
        join(checkouts, suite.folder),
        did,
      );
      const isFine = passing >= suite.passing && failing === 0;
      console.log(
        `${isFine ? 'ok  ' : 'FAIL'} ${suite.name}: ${passing} passing, ${failing} failing, ${pending} pending`,
      );
      if (!isFine || process.env['VERBOSE']) console.log(output);
      isWell &&= isFine;
    }
    return isWell ? 0 : 1;
  } finally {
    proxy?.close();
    await stop(service);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function startService(dataDir) {
  return spawn(process.execPath, [join(ROOT, 'bin', 'start.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(PORT),
      PUBLIC_URL: `https://localhost:${TLS_PORT}`,
      OPEN_VC_API: 'true',
      SEED_DEMONSTRATION: 'false',
      REQUEST_LIMITS: 'false',
    },
  });
}

function untilReady(service) {
  return new Promise((done, fail) => {
    service.stdout.on('data', (text) => {
      if (/^ready /m.test(String(text))) done();
    });
    service.on('exit', (code) => fail(new Error(`the service ended with ${code}`)));
  });
}

async function stop(service) {
  if (service.exitCode !== null) return;
  const ended = new Promise((done) => service.on('exit', done));
  service.kill('SIGTERM');
  await ended;
}

/** TLS in front of the service, with a certificate of its own that the suite is told to accept. */
async function startProxy(dataDir) {
  const key = join(dataDir, 'tls.key');
  const cert = join(dataDir, 'tls.pem');
  const options = [
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'],
    ['-addext', 'subjectAltName=DNS:localhost'],
  ];
  const made = spawnSync('openssl', options.flat());
  if (made.status !== 0) throw new Error(`openssl: ${String(made.stderr)}`);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from, to) => {
    const { method, url, headers } = from;
    const onward = request(
      { host: '127.0.0.1', port: PORT, method, path: url, headers },
      (answer) => {
        to.writeHead(answer.statusCode, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  await new Promise((done) => server.listen(TLS_PORT, '127.0.0.1', done));
  return server;
}

/** The bank's key as did:key, under which the open VC-API signs. */
async function didOfBank() {
  const document = await (await fetch(`${BASE}/.well-known/did.json`)).json();
  return `did:key:${document.verificationMethod[0].publicKeyMultibase}`;
}

async function run({ name }, folder, did) {
  writeFileSync(join(folder, 'localConfig.cjs'), configOf(did));
  if (name === 'VC 2.0') mendDigests(join(folder, 'tests', 'fixtures.js'));
  const output = await mocha(folder);
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
  return {
    passing: count('passing'),
    failing: count('failing'),
    pending: count('pending'),
    output,
  };
}

/** Not in one go: the suite reads status lists through the proxy of this process. */
function mocha(folder) {
  const suite = spawn(
    'npx',
    ['mocha', 'tests/', '--reporter', 'spec', '--timeout', '15000', '--preserve-symlinks'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', ISSUER_NAME_JCS: 'Ref' },
    },
  );
  let output = '';
  for (const stream of [suite.stdout, suite.stderr]) {
    stream.on('data', (text) => (output += text));
  }
  return new Promise((done) => suite.on('close', () => done(output)));
}

/** A file of this name also switches off every implementation elsewhere. */
function configOf(id) {
  const tags = ['vc2.0', 'eddsa-rdfc-2022', 'BitstringStatusList'];
  const supports = { vc: ['1.1', '2.0'] };
  const jcs = `${BASE}/credentials/issue?cryptosuite=eddsa-jcs-2022`;
  const implementation = {
    name: 'Ref',
    implementation: 'ref',
    issuers: [
      { id, endpoint: `${BASE}/credentials/issue`, supports, tags },
      { id, endpoint: jcs, supports: { vc: ['2.0'] }, tags: ['eddsa-jcs-2022'] },
    ],
    verifiers: [
      { id, endpoint: `${BASE}/credentials/verify`, supports, tags: [...tags, 'eddsa-jcs-2022'] },
    ],
    vpVerifiers: [{ id, endpoint: `${BASE}/presentations/verify`, tags }],
  };
  const settings = { enableInteropTests: false, testAllImplementations: false };
  return `module.exports = ${JSON.stringify({ settings, implementations: [implementation] })};\n`;
}

function mendDigests(file) {
  let text = readFileSync(file, 'utf8');
  for (const [old, now] of DIGESTS) text = text.replaceAll(old, now);
  writeFileSync(file, text);
}
