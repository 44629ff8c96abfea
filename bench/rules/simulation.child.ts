import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Institutions } from '../../src/institutions/index.js';
import type { Principal } from '../../src/platform/auth/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Database } from '../../src/platform/database/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { RuleDrafts } from '../../src/rulebook/index.js';
import { Simulations, SimulationsWorker } from '../../src/simulations/index.js';
import { connect } from '../ledger/server.js';
import { startApplication } from '../support/application.js';
import { documentOf, fillCrowd, openBank } from './crowd.js';

/*
 * Simulates a rule over so many learners and prints the most memory it had resident meanwhile, in KiB:
 * `simulation.child.js DATABASE_URL LEARNERS`. It does so after some steps of another simulation: its
 * heap has the size it works at.
 */

const WARM_UP_MS = 8_000;

const [url = '', count = ''] = process.argv.slice(2);
const learners = Number(count);
const application = await startApplication(url, 'app');
const { context } = application;
const owner = await connect(url);
const bank = { ...(await openBank(context)), today: context.get(Clock).today() };
await fillCrowd(context, owner, { learners, outcomes: 10, rare: 0, reviewed: 0 }, bank);
await owner.end();
const principal = await overseer();
const draft = await context.get(RuleDrafts).create(principal, everybody());
const simulations = context.get(Simulations);
const worker = context.get(SimulationsWorker);

const warmUp = new AbortController();
setTimeout(() => warmUp.abort(), WARM_UP_MS).unref();
const first = await simulations.order(principal, draft.id, {});
await worker.run(first.id, warmUp.signal).catch(() => undefined);

// Linux: the high-water mark begins anew.
writeFileSync('/proc/self/clear_refs', '5');
const startedAt = performance.now();
const { id } = await simulations.order(principal, draft.id, {});
await worker.run(id, new AbortController().signal);
const seconds = (performance.now() - startedAt) / 1000;
const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
const { report } = await simulations.show(principal, id);
if (report?.learners !== learners) throw new Error(`${report?.learners} learners were looked at`);
console.log(JSON.stringify({ peakKib: Number(peak), learners, seconds }));
await application.close();
process.exit(0);

/** Another version with a rule for whatever is a course: it touches every learner. */
function everybody(): string {
  const document = JSON.parse(documentOf(2, '2020-01-01')) as { rules: object[] };
  const title = { zh: 'x', en: 'x' };
  const rule = {
    id: 'any-course',
    title,
    when: { has: { source: 'course' } },
    grants: [{ elective: 'free', credits: 'of-lot' }],
  };
  return JSON.stringify({ ...document, rules: [...document.rules, rule] });
}

async function overseer(): Promise<Principal> {
  const { id: institutionId } = await context.get(Database).transaction((tx) =>
    context.get(Institutions).create(tx, {
      code: 'authority',
      kind: 'authority',
      name: { zh: '教委', en: 'authority' },
      region: 'x',
    }),
  );
  return { id: newId(), name: 'bench', roles: ['authority'], institutionId, learnerId: null };
}
