import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';

const KEPT_OUTPUT_CHARS = 20_000;

/**
 * Runs a command to its end and keeps the last part of what it printed.
 * Never rejects: a command that cannot be started answers code 127, like a shell.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const { track, ...spawnOptions } = options;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...spawnOptions });
    const untrack = track?.(child);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_OUTPUT_CHARS);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const finish = (code) => {
      untrack?.();
      resolve({ code, output: output.trim() });
    };
    child.on('error', (error) => {
      keep(error.message);
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? `signal ${signal}`));
  });
}

/** The npm that runs us, so that its version and settings apply; else the one on the PATH. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  const isNpm = running && basename(running) === 'npm-cli.js' && existsSync(running);
  return isNpm ? [process.execPath, running] : ['npm'];
}

/**
 * What tells this process from a later one that was given the same number, or undefined when no
 * such process runs. A number alone would make a file left by a crash point at a stranger.
 */
export function processIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    if (process.platform === 'linux') return linuxIdentity(pid);
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return started.trim() || undefined;
  } catch {
    return undefined;
  }
}

function linuxIdentity(pid) {
  const fields = linuxStat(pid);
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${startTicks}`;
}

/** The fields of /proc/PID/stat after the command name: state, parent, … (see proc(5)). */
function linuxStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command name, in brackets, may itself hold spaces and brackets: count from the last one.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The parent's number, where it can be had for nothing: on Linux. */
export function parentOf(pid) {
  try {
    return Number(linuxStat(pid)[1]);
  } catch {
    return undefined;
  }
}

/** A reference to a running process that can be written to a file and checked later. */
export function describeProcess(pid) {
  return { pid, identity: processIdentity(pid) };
}

export function isRunning(reference) {
  const identity = processIdentity(reference?.pid);
  return identity !== undefined && identity === reference.identity;
}

/** The name of the program a process runs ("postgres"), or undefined. */
export function programName(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    const name = execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return name.trim().split('/').pop();
  } catch {
    return undefined;
  }
}

export function sleep(delayMs) {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Polls until `condition` holds; false when the time is over. */
export async function waitUntil(condition, timeoutMs, intervalMs = 100) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await sleep(intervalMs);
  }
  return true;
}

/** Undefined when the port can be listened on, else the system's error code (EADDRINUSE, ...). */
export function portProblem(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
