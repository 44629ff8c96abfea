import { join } from 'node:path';
import { endOrphan, startApplication } from './application.mjs';
import { Life } from './life.mjs';
import { describeLock, releaseLock, takeLock } from './lock.mjs';
import { openPostgres } from './postgres/open.mjs';
import { killServer } from './postgres/pid-file.mjs';
import { prepareService } from './prepare.mjs';
import { describeProcess, portProblem, sleep, waitUntil } from './process.mjs';
import { Progress } from './progress.mjs';
import { Refusal } from './refusal.mjs';
import { readSettings, requireNode, requireWritable } from './settings.mjs';

const OTHER_START_ENDS_MS = 3_000;
const PORT_IS_FREED_MS = 5_000;

/** `npm start`: from a fresh clone to a service that answers, and back to nothing on Ctrl-C. */
export async function launch(root) {
  const progress = new Progress();
  const life = new Life({ say: (text) => progress.say(text) });
  try {
    requireNode();
    await startEverything({ root, life, progress, settings: readSettings(root, process.env) });
  } catch (error) {
    if (life.isEnding) return;
    progress.say(`\n${error instanceof Refusal ? error.message : error.stack}`);
    await life.end(1);
  }
}

async function startEverything({ root, settings, life, progress }) {
  const { port, host, dataDir } = settings;
  requireWritable(dataDir);
  const lock = settings.databaseUrl ? undefined : await claimDataDir(settings, life);
  await requireFreePort(settings, progress);
  await prepareService({ root, progress, track: life.track });
  const databaseUrl =
    settings.databaseUrl ?? (await openDatabase({ root, dataDir, life, progress }));
  if (life.isEnding) return;

  const application = startApplication({
    root,
    env: { PORT: String(port), HOST: host, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    onExit: (code) => {
      if (!life.isEnding) progress.say(`the service ended by itself with code ${code}`);
      void life.end(code);
    },
  });
  life.add(application);
  life.isServing = true;
  if (lock) {
    describeLock(lock, { port, host, application: describeProcess(application.pid) });
    life.add({
      stop: () => describeLock(lock, { port, host, isStopping: true }),
      kill: () => undefined,
    });
  }
}

/** One launcher for one DATA_DIR. What a killed one left running is ended before we go on. */
async function claimDataDir({ dataDir, port, host }, life) {
  const file = join(dataDir, 'launcher.lock');
  const onAbandoned = ({ application }) => endOrphan(application, life.say);
  const deadline = Date.now() + OTHER_START_ENDS_MS;
  for (;;) {
    const other = await takeLock(file, { details: { port, host }, onAbandoned });
    if (!other) break;
    if (!other.isStopping && Date.now() > deadline) {
      throw new Refusal(
        `Already running with DATA_DIR ${dataDir}: process ${other.holder.pid}, ` +
          `http://${other.host}:${other.port}\n` +
          'Use that one, stop it, or start another beside it: PORT=3100 DATA_DIR=.data2 npm start',
      );
    }
    await sleep(250);
  }
  life.add({ stop: () => releaseLock(file), kill: () => releaseLock(file) });
  return file;
}

async function requireFreePort({ port, host }, progress) {
  if (port === 0) return;
  let problem = await portProblem(port, host);
  if (problem === 'EADDRINUSE') {
    // A service that was just killed or stopped may still be on its way out.
    progress.say(`• port ${port} is in use: waiting ${PORT_IS_FREED_MS / 1000} s for it`);
    await waitUntil(async () => !(problem = await portProblem(port, host)), PORT_IS_FREED_MS);
  }
  if (!problem) return;
  const why = {
    EADDRINUSE: `Port ${port} on ${host} is in use. Choose another: PORT=3100 npm start`,
    EACCES: `Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine. Try HOST=127.0.0.1 or HOST=0.0.0.0`,
  };
  throw new Refusal(why[problem] ?? `Cannot listen on ${host}:${port} (${problem}).`);
}

/** Joins the parts to be stopped before it has started: Ctrl-C may come while it does. */
async function openDatabase({ root, dataDir, life, progress }) {
  let opened;
  const opening = progress.step('PostgreSQL', async (say) => {
    say('starting');
    opened = await openPostgres({ root, dataDir });
    const state = opened.wasRunning ? 'still running from before' : 'started';
    return { summary: `${state} on port ${opened.port}, data in ${opened.folder}` };
  });
  life.add({
    stop: async () => {
      await opening.catch(() => undefined);
      if (opened) await progress.step('PostgreSQL', () => stopServer(opened.server));
    },
    kill: () => {
      if (opened) killServer(opened.folder);
    },
  });
  await opening;
  return opened.url;
}

async function stopServer(server) {
  return { summary: (await server.stop()) ? 'stopped' : 'was not running any more' };
}
