import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, compilePublished } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { orThrow } from '../platform/http/index.js';
import { LongWork } from '../platform/queue/index.js';
import {
  type Step,
  type WorklistRun,
  WorklistRuns,
  WorklistStore,
} from '../reevaluations/index.js';
import { entitledBy } from './eligibility.js';
import { type Judged, Judge } from './judge.js';
import { EMPTY_REPORT, type Seen, type Verdict, withPeople } from './report.js';
import type { Scheme } from './scheme.js';
import { SchemesStore } from './schemes.store.js';
import type { Simulation } from './simulation.js';
import { SimulationsStore } from './simulations.store.js';

/** The kind of task that carries one out. */
export const SIMULATE = 'schemes.simulate';

export interface SimulateTask {
  readonly simulationId: string;
}

/** The outcome that makes somebody a graduate. */
const GRADUATION = 'secondary-graduation';

/**
 * Judges the graduates of a year by the rules of a scheme and by those it is compared with. The cohort
 * is written down when it starts, so nobody who graduates meanwhile is half in it; each step keeps what
 * it saw in the transaction that moves the cursor. Killed anywhere it goes on and counts nobody twice.
 */
@Injectable()
export class SchemeSimulationsWorker
  implements OnModuleInit, WorklistRun<Simulation, readonly Seen[]>
{
  #compared: CompiledRulebook | undefined;

  constructor(
    private readonly longWork: LongWork,
    private readonly runs: WorklistRuns,
    readonly store: SimulationsStore,
    private readonly schemes: SchemesStore,
    private readonly worklist: WorklistStore,
    private readonly judge: Judge,
    private readonly learners: Learners,
    private readonly institutions: Institutions,
  ) {}

  onModuleInit(): void {
    this.longWork.register<SimulateTask>(SIMULATE, {
      run: ({ simulationId }, signal) => this.run(simulationId, signal),
      listOpen: async (tx) =>
        (await this.store.listOpen(tx)).map((simulationId) => ({ simulationId })),
    });
  }

  run(id: string, signal: AbortSignal): Promise<void> {
    return this.runs.run(this, id, signal);
  }

  async begin(tx: EntityManager, { id: workId, graduatesOf: year }: Simulation): Promise<void> {
    const total = await this.worklist.fillGraduates(tx, { workId, year, milestone: GRADUATION });
    await this.store.start(tx, workId, total, EMPTY_REPORT);
  }

  async keep(
    tx: EntityManager,
    simulation: Simulation,
    { learnerIds, to, found }: Step<readonly Seen[]>,
  ): Promise<void> {
    const report = withPeople(simulation.report ?? EMPTY_REPORT, found);
    await this.store.advance(tx, simulation.id, { to, count: learnerIds.length, report });
  }

  async look(
    tx: EntityManager,
    simulation: Simulation,
    learnerIds: readonly string[],
  ): Promise<Seen[]> {
    const scheme = await this.schemes.findById(tx, simulation.schemeId);
    if (!scheme) throw new Error(`simulation ${simulation.id} belongs to no scheme`);
    const people = await this.#people(tx, simulation.id, learnerIds);
    const { on, ruleHash } = simulation;
    const now = await this.judge.many(tx, scheme, people, { on });
    const compared =
      ruleHash === scheme.ruleHash
        ? now
        : await this.judge.many(tx, scheme, people, { on, compiled: this.#rulesOf(simulation) });
    const codes = new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
    const seen: Seen[] = [];
    for (const id of people) {
      await breathe();
      const [one, other] = [now.get(id) as Judged, compared.get(id) as Judged];
      const schools = schoolsOf(one, simulation.graduatesOf, codes);
      seen.push({ schools, now: verdictOf(one, scheme), compared: verdictOf(other, scheme) });
    }
    return seen;
  }

  /** Each person once: of several accounts on the list the first stands for all. */
  async #people(
    tx: EntityManager,
    workId: string,
    learnerIds: readonly string[],
  ): Promise<string[]> {
    const selves = await this.learners.selvesOfMany(tx, learnerIds);
    const before = (id: string): string[] => {
      const all = selves.get(id) ?? [id];
      return all.slice(0, all.indexOf(id));
    };
    const wanted = learnerIds.flatMap(before);
    const listed = wanted.length === 0 ? new Set() : await this.worklist.among(tx, workId, wanted);
    return learnerIds.filter((id) => !before(id).some((other) => listed.has(other)));
  }

  #rulesOf({ document, ruleHash }: Simulation): CompiledRulebook {
    if (this.#compared?.hash !== ruleHash) this.#compared = orThrow(compilePublished(document));
    return this.#compared;
  }
}

/** Schools that posted a graduation of the year which stands. */
function schoolsOf(
  { outcomes }: Judged,
  year: number,
  codes: ReadonlyMap<string, string>,
): string[] {
  return outcomes
    .filter(({ definition, state }) => definition.milestone === GRADUATION && state !== 'revoked')
    .filter(({ outcome }) => outcome.completedOn.startsWith(String(year)))
    .map(({ outcome: { institutionId } }) => codes.get(institutionId) ?? institutionId);
}

function verdictOf({ decision, status }: Judged, { rules }: Scheme): Verdict {
  return { status, rules: entitledBy(decision, rules) };
}
