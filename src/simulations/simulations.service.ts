import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#libs/rules';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { WorklistStore } from '../reevaluations/index.js';
import { DraftAccess, RuleDrafts, Rulebook } from '../rulebook/index.js';
import type { Simulation } from './simulation.js';
import type { NewSimulationDto, SimulationDto, SimulationPageDto } from './simulations.dto.js';
import { SimulationsStore } from './simulations.store.js';
import { SimulationViews } from './simulations.views.js';
import { SIMULATE, type SimulateTask } from './simulations.worker.js';

/** How often a watched simulation is looked at, and told again when nothing moved. */
const EVENT_POLL_MS = 500;
const EVENT_REPEAT_MS = 15_000;

export interface SimulationEvent {
  readonly type: 'progress' | 'done';
  readonly data: SimulationDto;
}

/** What a draft would do to the real population, asked before anybody approves it. */
@Injectable()
export class Simulations implements OnModuleDestroy {
  readonly #stop = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly store: SimulationsStore,
    private readonly views: SimulationViews,
    private readonly worklist: WorklistStore,
    private readonly drafts: RuleDrafts,
    private readonly access: DraftAccess,
    private readonly rulebook: Rulebook,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Orders one; the queue carries it out. */
  order(principal: Principal, draftId: string, wanted: NewSimulationDto): Promise<SimulationDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.drafts.readable(tx, principal, draftId);
      const { rulebook, hash } = this.drafts.compile(draft);
      const { from, to } = rulebook.inForce;
      const today = this.clock.today();
      const on = wanted.on ?? (from > today ? from : today);
      if (on < from || (to !== null && on > to)) {
        throw refusal('rule-from-outside', { from: on, first: from, last: to ?? '…' });
      }
      const simulation = await this.store.insert(tx, {
        id: newId(),
        draftId,
        institutionId: draft.institutionId,
        programme: draft.programme,
        ruleHash: hash,
        document: canonicalJson(rulebook),
        replacedHash: (await this.rulebook.hashFor(tx, draft.programme, on)) ?? null,
        on,
        actor: principal.id,
      });
      const task: SimulateTask = { simulationId: simulation.id };
      await this.tasks.add(tx, SIMULATE, task);
      return this.views.detail(tx, principal, simulation);
    });
  }

  show(principal: Principal, id: string): Promise<SimulationDto> {
    return this.database.read(async (tx) => {
      const simulation = await this.#readable(tx, principal, id);
      // One that still moves is asked for again and again.
      const reader = isOver(simulation) ? principal : null;
      return this.views.detail(tx, principal, simulation, reader);
    });
  }

  /** Simulations of one draft, newest first. */
  list(principal: Principal, draftId: string, query: PageQuery): Promise<SimulationPageDto> {
    const after = idCursor(query.after);
    return this.database.read(async (tx) => {
      await this.drafts.readable(tx, principal, draftId);
      const rows = await this.store.list(tx, draftId, { after, limit: query.limit + 1 });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      const items: SimulationDto[] = [];
      for (const one of page.items) items.push(await this.views.detail(tx, principal, one));
      return { items, next: page.next };
    });
  }

  /** Ends one that runs or waits; what it saw so far stays. One that is cancelled stays so. */
  cancel(principal: Principal, id: string): Promise<SimulationDto> {
    return this.database.transaction(async (tx) => {
      const { state } = await this.#readable(tx, principal, id);
      if (await this.store.findOpenLocked(tx, id)) {
        await this.worklist.clear(tx, id);
        await this.store.end(tx, id, 'cancelled');
      } else if (state === 'done') {
        throw refusal('simulation-ended');
      }
      return this.views.detail(tx, principal, await this.#readable(tx, principal, id));
    });
  }

  /** The state whenever it changes, and once more, as `done`, when nothing moves any more. */
  async *watch(principal: Principal, id: string): AsyncGenerator<SimulationEvent> {
    let last = '';
    let sentAt = 0;
    while (!this.#stop.signal.aborted) {
      const data = await this.show(principal, id);
      if (isOver(data)) {
        yield { type: 'done', data };
        return;
      }
      const news = `${data.state} ${data.progress.done}`;
      if (news !== last || Date.now() - sentAt > EVENT_REPEAT_MS) {
        yield { type: 'progress', data };
        [last, sentAt] = [news, Date.now()];
      }
      const { signal } = this.#stop;
      await sleep(EVENT_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #readable(tx: EntityManager, principal: Principal, id: string): Promise<Simulation> {
    const simulation = isUuid(id) ? await this.store.find(tx, id) : undefined;
    const isReached =
      simulation && (await this.access.reaches(tx, principal, simulation.institutionId));
    if (!isReached) throw notFound();
    return simulation;
  }
}

function isOver({ state }: Pick<Simulation, 'state'>): boolean {
  return state === 'done' || state === 'cancelled';
}
