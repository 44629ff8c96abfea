import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../bin/lib/process.mjs';
import { forge } from './forgery.mjs';
import { runRaces } from './races.mjs';
import { FaultRun } from './run.mjs';
import { withClient } from './verdict.mjs';

const RACES = 400;

/** Each takes one guard away and answers whether the test that it belongs to turned red. */
export const TEETH = {
  lock: {
    without: 'the lock of a learner',
    test: 'an eighth for each of eight callers at the first try',
    run: (root) => race({ root, only: 'eighths', withoutLock: true }),
  },
  'entry-key': {
    without: 'the key of entry',
    test: 'the whole of a lot for callers that take no lock',
    run: (root) =>
      race({
        root,
        only: 'no-lock',
        sabotage: 'ALTER TABLE entry DROP CONSTRAINT entry_pkey',
        wants: ({ overspent }) => overspent > 0,
      }),
  },
  'lot-key': {
    without: 'the key of lot_owner',
    test: 'one external id for two learners',
    run: (root) =>
      race({
        root,
        only: 'two-learners',
        sabotage: 'ALTER TABLE lot_owner DROP CONSTRAINT lot_owner_pkey',
        wants: ({ overspent }) => overspent > 0,
      }),
  },
  'synchronous-commit': {
    without: 'synchronous_commit',
    test: 'kill -9 of PostgreSQL under load',
    run: killWithoutSync,
  },
  'outside-checkpoint': {
    without: 'the checkpoint kept outside',
    test: 'the audit of a cut tail and of a history written anew',
    run: auditBlindly,
  },
  'file-limits': {
    without: 'the limits of the readers of files',
    test: 'a gigabyte in one cell of a workbook',
    run: readWithoutLimits,
  },
  roles: {
    without: 'the comparison of roles',
    test: 'the sweep over every operation as everybody',
    run: (root) => spec({ root, guard: 'roles', shows: /a right that nobody gave/, ...SWEEP }),
  },
  owner: {
    without: 'the question whose application it is',
    test: 'the sweep over every operation as everybody',
    run: (root) => spec({ root, guard: 'owner', shows: TOLD_APART, ...SWEEP }),
  },
  institution: {
    without: 'the question whose institution it is',
    test: 'the sweep over every operation as everybody',
    run: (root) => spec({ root, guard: 'institution', shows: TOLD_APART, ...SWEEP }),
  },
  walls: {
    without: 'the row security of PostgreSQL',
    test: 'strangers with the checks of the application taken out',
    run: (root) => spec({ root, guard: 'walls', shows: /✕ a stranger gets no profile/, ...WALLS }),
  },
};

const SWEEP = { file: 'test/authorisation/sweep.spec.ts', only: 'leaks nothing' };
const TOLD_APART = /told apart from what is not there/;
const WALLS = { file: 'test/platform/walls.spec.ts', only: 'taken out' };

/**
 * A spec of Jest, which reads from its environment what to do without. It has to fail by what it
 * `shows`: one that cannot even start fails as well, and would prove nothing.
 */
async function spec({ root, guard, file, only, shows }) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const read = (env) =>
    run(process.execPath, [jest, file, '--testNamePattern', only], {
      cwd: root,
      env: { ...process.env, ...env },
    });
  const sound = await read({});
  if (sound.code !== 0) return { isRed: false, seen: `red with its guard: ${sound.output}` };
  const { code, output } = await read({ WITHOUT_GUARD: guard });
  const failed = output.split('\n').filter((line) => /^\s*✕/.test(line));
  const seen = [...failed.map((line) => line.trim()), shows.exec(output)?.[0] ?? output];
  return { isRed: code !== 0 && shows.test(output), seen: seen.join('; ') };
}

/** First with the guard, where the same test must be green: else red would mean nothing. */
async function race({ root, only, wants = ({ failed }) => failed.length > 0, ...without }) {
  const [sound] = (await runRaces({ root, races: RACES, only: [only] })).results;
  const isGreen = sound.failed.length + sound.overspent === 0;
  if (!isGreen) return { isRed: false, seen: `red with its guard: ${sound.failed[0]}` };
  const [result] = (await runRaces({ root, races: RACES, only: [only], ...without })).results;
  const { races, failed, overspent } = result;
  const seen = `${failed.length} of ${races} races go wrong, ${overspent} overspend; ${failed[0]}`;
  return { isRed: wants(result), seen };
}

/** The WAL is written late, so that a crash finds something unwritten. */
const LATE = ['synchronous_commit = off', `wal_writer_delay = '10s'`];

async function killWithoutSync(root) {
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-teeth-'));
  const run = new FaultRun({
    root,
    dataDir,
    seed: 'teeth',
    kills: 12,
    postings: 0,
    redis: false,
    importers: 0,
    endLimitMs: 10_000,
    shares: { app: 0, worker: 0, redis: 0, postgres: 100 },
    sabotage: { env: { ALLOW_DATA_LOSS: 'true' }, furnished: forgetful },
  });
  try {
    await run.work();
    const { verdict, book, killer } = run;
    const seen = `${killer.done} kills lost ${verdict.lost.length} of ${book.postings.size} postings`;
    return { isRed: verdict.lost.length > 0, seen };
  } finally {
    run.end();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function forgetful({ postgres }) {
  return withClient(postgres.adminUrl, async (client) => {
    for (const setting of LATE) await client.query(`ALTER SYSTEM SET ${setting}`);
    await client.query('SELECT pg_reload_conf()');
  });
}

/** The audit sees both with the checkpoint, and neither without it. */
async function auditBlindly(root) {
  const seen = Object.entries(await forge(root));
  const words = seen.map(([name, { withCheckpoint, withoutCheckpoint }]) => {
    const word = (isSeen) => (isSeen ? 'seen' : 'not seen');
    return `${name}: ${word(withCheckpoint)} with it, ${word(withoutCheckpoint)} without`;
  });
  const isRed = seen.every(([, one]) => one.withCheckpoint && !one.withoutCheckpoint);
  return { isRed, seen: words.join('; ') };
}

/** With the limits the same file has to be answered as promised. */
async function readWithoutLimits(root) {
  const script = join(root, 'test', 'hostile', 'hostile.mjs');
  const read = (...more) => run(process.execPath, [script, '--only', 'one cell', ...more]);
  const sound = await read();
  if (sound.code !== 0) return { isRed: false, seen: `red with its guard: ${sound.output}` };
  const { output } = await read('--without-limits');
  const complaints = output.split('\n').filter((line) => /^✗|^ {4}/.test(line));
  return { isRed: complaints[0]?.startsWith('✗') ?? false, seen: complaints.join('; ') };
}
