import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadBuilt } from './database.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';

/** Nothing speaks against the file, and nobody whom the reader trusts vouches for it. */
const EXIT_OPEN = 3;
const MOST_SHOWN = 40;
const MOST_BYTES = 200 * 1024 * 1024;
const SIGNS = { holds: '✓', fails: '✗', open: '?', none: '·' };
const WORDS = {
  holds: 'HOLDS: everything in it is proven',
  fails: 'REFUSED: see the first ✗ above',
  open: 'OPEN: nothing speaks against it, and what is marked ? is vouched for by nobody you trust',
};

/** `creditbank verify`: does this file prove what it says, without asking the service? */
export function verifyCommand() {
  return new Command('verify')
    .description(
      'check receipts, balance proofs, checkpoints, credentials and papers, without the service',
    )
    .argument('<file...>', 'files to check')
    .option('--key <key>', "the log's public key (text or file), known from elsewhere", also, [])
    .option('--witness <key>', 'the key of a witness that you rely on (text or file)', also, [])
    .option(
      '--issuer <did>',
      'an issuer that you trust (DID, or a file with its document)',
      also,
      [],
    )
    .option('--status <file>', 'a status list that was saved before', also, [])
    .option('--json', 'print the reports as JSON')
    .addHelpText('after', HELP)
    .action(runVerify);
}

/** An option that may be given again. */
function also(given, before) {
  return [...before, given];
}

const HELP = `
Without --key the keys of CREDITBANK_LOG_KEY are trusted (text or file). A key that stands in the file
alone is trusted by nobody.
Exit code 0: holds. 1: refused. 2: could not be checked. 3: no trusted key vouches for it.`;

async function runVerify(files, options) {
  const { foldLines, verifyOffline } = await loadBuilt('libs/offline/src/index.js');
  const { parseVerifierKey } = await loadBuilt('libs/merkle/src/index.js');
  const trust = {
    logs: logKeys(options, parseVerifierKey),
    witnesses: options.witness.flatMap((given) =>
      keysOf(given, 'the option --witness', parseVerifierKey),
    ),
  };
  const issuers = new Map(options.issuer.map(issuerOf));
  const lists = new Map(options.status.map((file) => documentOf(file)).map((it) => [it.id, it]));
  const now = new Date();
  const today = now.toLocaleDateString('sv-SE');
  const reports = [];
  for (const file of files) {
    const report = await verifyOffline(bytesOf(file), { trust, issuers, lists }, { now, today });
    reports.push({ file, ...report });
  }
  for (const report of reports) {
    if (options.json) console.log(JSON.stringify(report));
    else printReport({ ...report, lines: foldLines(report.lines) });
  }
  const has = (verdict) => reports.some((report) => report.verdict === verdict);
  process.exitCode = has('fails') ? EXIT_BAD_ANSWER : has('open') ? EXIT_OPEN : 0;
}

/** A DID alone is enough where it says its key itself (did:key). */
function issuerOf(given) {
  if (given.startsWith('did:')) return [given, null];
  const document = documentOf(given);
  return [document.id, document];
}

function documentOf(file) {
  try {
    const document = JSON.parse(bytesOf(file).toString('utf8'));
    if (typeof document?.id === 'string') return document;
  } catch (error) {
    if (error instanceof CliFailure) throw error;
  }
  throw new CliFailure(`${file} is no JSON document with an id.`);
}

function logKeys({ key }, parse) {
  if (key.length > 0) return key.flatMap((given) => keysOf(given, 'the option --key', parse));
  const given = process.env.CREDITBANK_LOG_KEY;
  return given ? keysOf(given, 'CREDITBANK_LOG_KEY', parse) : [];
}

/** A key, or a file with one key on each line. */
function keysOf(given, option, parse) {
  const isFile = existsSync(given);
  const texts = isFile ? readFileSync(given, 'utf8').split(/\r?\n/) : [given];
  const because = isFile ? `the file ${given}` : option;
  const written = texts.map((text) => text.trim()).filter((text) => text && !text.startsWith('#'));
  if (written.length === 0) throw new CliFailure(`${given} holds no key.`);
  return written.map((text) => {
    const key = parse(text);
    if (key) return { key, because };
    throw new CliFailure(`"${text}" is no public key; it looks like <name>+<id>+<base64>.`);
  });
}

function bytesOf(file) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new CliFailure(`${file} cannot be read: ${error.code ?? error.message}`);
  }
  if (bytes.length <= MOST_BYTES) return bytes;
  throw new CliFailure(`${file} is larger than any file of proofs (${MOST_BYTES} bytes).`);
}

/** What failed is always shown; of many entries that hold the first ones. */
function printReport({ file, format, verdict, lines }) {
  console.log(`${file}: ${format ?? 'no known format'}`);
  const good = lines.filter((line) => line.verdict === 'holds');
  const hidden = new Set(good.slice(MOST_SHOWN));
  for (const line of lines) {
    if (!hidden.has(line)) console.log(`${SIGNS[line.verdict]} ${line.check}: ${line.detail}`);
  }
  if (hidden.size > 0) console.log(`✓ … ${hidden.size} more that hold (--json)`);
  console.log(WORDS[verdict]);
}
