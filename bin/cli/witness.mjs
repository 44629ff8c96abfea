import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { releaseLock, takeLock } from '../lib/lock.mjs';
import { loadBuilt } from './database.mjs';
import { CliFailure, EXIT_BAD_ANSWER, EXIT_CANNOT_RUN } from './failure.mjs';

const DEFAULT_SECONDS = '60';
/** What somebody must look at; the others may be gone at the next look. */
const ALARMS = ['forked', 'smaller', 'refused'];

/** `creditbank witness`: a second party that watches the log and cosigns it. */
export function witnessCommand() {
  return new Command('witness')
    .description('watch a log and cosign it while it only grows')
    .addCommand(
      new Command('key')
        .description('make the key of a witness; its public half goes into LOG_WITNESSES')
        .argument('<name>', 'name of the witness, for example school.example/witness')
        .requiredOption('--state <dir>', 'folder of the witness')
        .action(makeKey),
    )
    .addCommand(
      new Command('run')
        .description('look at the log every so often, check that it only grew, and cosign it')
        .requiredOption('--url <url>', 'address of the service')
        .requiredOption('--key <key>', "the log's public key (text or file), known from elsewhere")
        .requiredOption('--state <dir>', 'folder of the witness')
        .option('--begin', 'take the first checkpoint of a log that was never seen on trust')
        .option('--once', 'look once and end')
        .option('--interval <seconds>', 'time between two looks', DEFAULT_SECONDS)
        .option('--json', 'print each outcome as a line of JSON')
        .addHelpText('after', HELP)
        .action(runWitness),
    );
}

const HELP = `
Exit code 0: cosigned. 1: the log was forked, went back or was refused. 2: could not run.
A fork ends the program, leaves a file evidence-… in the folder, and nothing is signed while it is there.`;

async function makeKey(name, { state }) {
  const tools = await loadBuilt('src/witness/index.js');
  const file = keyFile(state);
  if (existsSync(file)) throw new CliFailure(`${file} is there already; a witness keeps its key.`);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  let key;
  try {
    key = tools.signingKey(name, randomBytes(32), 'cosignature');
  } catch (error) {
    throw new CliFailure(`"${name}" is no name of a witness: ${error.message}.`);
  }
  writeFileSync(file, `${tools.formatSigningKey(key)}\n`, { flag: 'wx', mode: 0o600 });
  console.log(tools.formatVerifierKey(key));
  console.error(`Give this line to the operator of the log (LOG_WITNESSES). ${file} is secret.`);
}

async function runWitness(options) {
  const tools = await loadBuilt('src/witness/index.js');
  const folder = resolve(options.state);
  const signer = signerOf(folder, tools);
  const logs = logsOf(options, tools);
  const pauseMs = pauseOf(options);
  const lock = join(folder, 'witness.lock');
  const other = await takeLock(lock);
  if (other) throw new CliFailure(`Process ${other.holder.pid} is this witness already.`);
  const witness = new tools.Witness({
    signer,
    state: new tools.WitnessState(folder),
    mayBegin: options.begin ?? false,
    now: () => Math.floor(Date.now() / 1000),
  });
  try {
    await watch(witness, logs, { ...options, pauseMs, tools });
  } finally {
    releaseLock(lock);
  }
}

async function watch(witness, logs, { once, json, pauseMs, tools }) {
  const stop = stopSignal();
  for (;;) {
    const kinds = [];
    for (const log of logs) {
      const outcome = await lookAt(witness, log, tools);
      kinds.push(outcome.kind);
      console.log(
        json ? JSON.stringify({ at: new Date().toISOString(), ...outcome }) : lineOf(outcome),
      );
      // From here on nothing more is signed, of neither log.
      if (outcome.kind === 'forked') break;
    }
    if (kinds.includes('forked') || once) {
      process.exitCode = exitCodeOf(kinds);
      return;
    }
    await sleep(pauseMs, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
  }
}

async function lookAt(witness, log, { WitnessError }) {
  try {
    return await witness.look(log);
  } catch (error) {
    if (error instanceof WitnessError) throw new CliFailure(error.message);
    throw error;
  }
}

function exitCodeOf(kinds) {
  if (kinds.some((kind) => ALARMS.includes(kind))) return EXIT_BAD_ANSWER;
  return kinds.includes('unreachable') ? EXIT_CANNOT_RUN : 0;
}

function lineOf({ kind, log, size, detail, evidence }) {
  if (kind === 'cosigned') return `✓ ${log}: cosigned at ${size} entries`;
  const kept = evidence ? `; kept as ${evidence}` : '';
  return `✗ ${kind.toUpperCase()} ${log}: ${detail}${kept}`;
}

function stopSignal() {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => controller.abort());
  return controller.signal;
}

function pauseOf({ interval }) {
  const seconds = Number(interval);
  if (Number.isFinite(seconds) && seconds >= 1 && seconds <= 86_400) return seconds * 1000;
  throw new CliFailure('--interval is a number of seconds from 1 to 86400.');
}

function keyFile(state) {
  return join(resolve(state), 'witness.key');
}

function signerOf(folder, { parseSigningKey }) {
  const file = keyFile(folder);
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const key = parseSigningKey(text);
  if (key?.purpose === 'cosignature') return key;
  throw new CliFailure(
    `${file} holds no key of a witness: make one with \`creditbank witness key\`.`,
  );
}

function logsOf({ url, key }, { parseVerifierKey, logsAt }) {
  const text = existsSync(key) ? readFileSync(key, 'utf8').trim() : key;
  const parsed = parseVerifierKey(text);
  if (!parsed)
    throw new CliFailure(`"${text}" is no public key; it looks like <name>+<id>+<base64>.`);
  try {
    return logsAt(url, parsed);
  } catch {
    throw new CliFailure(`"${url}" is no address of a service.`);
  }
}
