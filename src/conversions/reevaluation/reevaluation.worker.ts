import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { touchOf } from '#libs/rules';
import { Catalogue } from '../../catalogue/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { hashId } from '../../platform/ids/index.js';
import { LongWork, TaskHandlers, Tasks } from '../../platform/queue/index.js';
import { type RuleChange, RuleChanges, Rulebook } from '../../rulebook/index.js';
import { type Application, isOffered, QUEUE } from '../application.js';
import { ApplicationFlow } from '../application-flow.js';
import { ApplicationsStore } from '../applications.store.js';
import { DecisionsStore } from '../decisions.store.js';
import { WorklistStore } from '../worklist.store.js';
import { Comparison } from './comparison.js';
import { type Reevaluation, type Standing, type Versions, standingOf } from './reevaluation.js';
import { ReevaluationsStore, type StepCounts } from './reevaluations.store.js';

/** The kind of task that carries one out. */
export const REEVALUATE = 'conversions.reevaluate';

export interface ReevaluateTask {
  readonly reevaluationId: string;
}

/** Learners whose facts are read together and who are done in one transaction. */
const STEP = 100;

/**
 * Looks again at everybody whom a publication can touch and at nobody else: learners who applied for
 * the programme and have something that the old or the new version watches. An undecided application
 * is decided again when another version governs its day now; booked decisions keep their version.
 * Killed anywhere it goes on where it was, because each step moves the cursor in its transaction.
 */
@Injectable()
export class ReevaluationWorker implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #work = new LongWork();

  constructor(
    private readonly handlers: TaskHandlers,
    private readonly tasks: Tasks,
    private readonly changes: RuleChanges,
    private readonly database: Database,
    private readonly store: ReevaluationsStore,
    private readonly worklist: WorklistStore,
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly comparison: Comparison,
    private readonly rulebook: Rulebook,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.changes.register((tx, change) => this.#announced(tx, change));
    this.handlers.register<ReevaluateTask>(
      REEVALUATE,
      ({ reevaluationId }, { signal }) => this.run(reevaluationId, signal),
      'bulk',
    );
  }

  /** What a crashed process left half done goes on, even if the queue gave up on it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    await this.database.transaction(async (tx) => {
      for (const reevaluationId of await this.store.listOpen(tx)) {
        await this.tasks.add(tx, REEVALUATE, { reevaluationId } satisfies ReevaluateTask);
      }
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#work.end();
  }

  run(id: string, signal: AbortSignal): Promise<void> {
    return this.#work.run(async () => {
      const run = await this.database.read((tx) => this.store.find(tx, id));
      if (run?.state === 'queued') await this.#begin(run);
      else if (run?.state === 'running') await this.#step(run);
      else return false;
      return true;
    }, signal);
  }

  /** In the transaction that publishes: the work is there exactly when its cause is. */
  async #announced(tx: EntityManager, { version, replaced }: RuleChange): Promise<void> {
    const { programme, regulationId } = version;
    if (!(await this.applications.hasAny(tx, programme))) return;
    const today = this.clock.today();
    const id = hashId('reevaluation', version.hash);
    const { institutionId } = await this.rulebook.programme(tx, programme);
    await this.store.insert(tx, {
      id,
      regulationId,
      version: version.version,
      institutionId,
      programme,
      ruleHash: version.hash,
      replacedHash: replaced?.hash ?? null,
      on: version.inForceFrom > today ? version.inForceFrom : today,
    });
    await this.tasks.add(tx, REEVALUATE, { reevaluationId: id } satisfies ReevaluateTask);
  }

  async #begin(run: Reevaluation): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, run))) return;
      const { before, after } = await this.#versions(tx, run);
      const total = await this.worklist.fill(
        tx,
        {
          workId: run.id,
          programme: run.programme,
          touch: touchOf(before, after),
          isAskedOnly: true,
        },
        (await this.catalogue.matcher(tx)).all(),
      );
      await this.store.start(tx, run.id, total);
    });
  }

  async #step(run: Reevaluation): Promise<void> {
    const page = { after: run.cursor, limit: STEP };
    const learnerIds = await this.database.read((tx) => this.worklist.next(tx, run.id, page));
    const last = learnerIds.at(-1);
    if (last === undefined) return this.#end(run);
    const compared = await this.database.read(async (tx) =>
      this.comparison.compare(tx, learnerIds, await this.#versions(tx, run), run.on),
    );
    const standings = compared.map((one) => standingOf(one.learnerId, one.facts, one));
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, run))) return;
      await this.store.putStandings(tx, run, standings);
      const reconsidered = await this.#reconsider(tx, run, learnerIds);
      const counts = { ...changesIn(standings), reconsidered };
      await this.store.advance(tx, run.id, { to: last, counts });
    });
  }

  /** Undecided applications whose day another version governs now go back to the queue, each once. */
  async #reconsider(
    tx: EntityManager,
    { programme, regulationId, version }: Reevaluation,
    learnerIds: readonly string[],
  ): Promise<number> {
    const undecided = await this.applications.lockUndecided(tx, learnerIds, programme);
    const reviewed: Application[] = [];
    for (const one of undecided) if (await this.#isDecided(tx, one)) reviewed.push(one);
    const decidedBy = await this.decisions.listRuleHashes(
      tx,
      reviewed.map(({ id }) => id),
    );
    const days = new Set(reviewed.map(({ on }) => on));
    const governing = new Map<string, string | undefined>();
    for (const day of days) governing.set(day, await this.rulebook.hashFor(tx, programme, day));
    const outdated = reviewed.filter(({ id, on }) => {
      const hash = governing.get(on);
      return hash !== undefined && hash !== decidedBy.get(id);
    });
    const by = { actor: QUEUE, note: `${regulationId} ${version}`, isPatient: true };
    for (const application of outdated) await this.flow.reconsider(tx, application, by);
    return outdated.length;
  }

  /** Whether a decision waits for people; what the queue has still to decide is decided anew anyway. */
  async #isDecided(tx: EntityManager, { id, state }: Application): Promise<boolean> {
    if (state !== 'appealed') return state === 'in-review';
    return isOffered(await this.applications.listEvents(tx, id));
  }

  async #end(run: Reevaluation): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, run))) return;
      await this.worklist.clear(tx, run.id);
      await this.store.end(tx, run.id);
    });
  }

  async #versions(tx: EntityManager, run: Reevaluation): Promise<Versions> {
    const { ruleHash, replacedHash } = run;
    return {
      before: replacedHash === null ? null : await this.rulebook.compiledByHash(tx, replacedHash),
      after: await this.rulebook.compiledByHash(tx, ruleHash),
    };
  }
}

function changesIn(standings: readonly Standing[]): Omit<StepCounts, 'reconsidered'> {
  return {
    done: standings.length,
    gained: standings.filter((one) => one.millicredits > one.millicreditsBefore).length,
    lost: standings.filter((one) => one.millicredits < one.millicreditsBefore).length,
  };
}
