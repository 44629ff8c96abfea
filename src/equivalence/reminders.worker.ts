import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { DailyTasks, inSteps } from '../platform/queue/index.js';
import { QueriesStore } from './queries.store.js';
import { isAllowed } from './query.js';

/** The kind of daily task that reminds schools of promised days that have passed. */
export const REMIND_QUERIES = 'equivalence.remind';

const AT_ONCE = 100;

/** Writes down, once for each question, that its day has passed. A second run reminds nobody twice. */
@Injectable()
export class QueryReminders implements OnModuleInit {
  constructor(
    private readonly daily: DailyTasks,
    private readonly database: Database,
    private readonly store: QueriesStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.register(REMIND_QUERIES, (day, signal) => this.run(day, signal));
  }

  async run(day: string, signal: AbortSignal): Promise<void> {
    await inSteps(signal, async () => {
      const late = { day, limit: AT_ONCE };
      const ids = await this.database.read((tx) => this.store.listOverdue(tx, late));
      for (const id of ids) await this.#remind(id);
      return ids.length === AT_ONCE;
    });
  }

  async #remind(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.store.lock(tx, id);
      const query = await this.store.find(tx, id);
      if (!query || !isAllowed(query.state, 'remind')) return;
      await this.store.addEvent(tx, id, {
        action: 'remind',
        finding: null,
        words: null,
        dueOn: null,
        actor: 'queue',
        institutionId: null,
        at: this.clock.now(),
      });
    });
  }
}
