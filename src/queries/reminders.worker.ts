import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { DailyTasks, inSteps } from '../platform/queue/index.js';
import { isAllowed } from './life.js';
import { QUERY_TABLES, QueryLives, type QueryTable, eventOf } from './lives.store.js';

/**
 * The kind of daily task that reminds schools of promised days that have passed. Its name is from
 * when only offices asked; tasks that stand in the queue carry it.
 */
export const REMIND_QUERIES = 'equivalence.remind';

const AT_ONCE = 100;

/** Writes down, once for each question, that its day has passed. A second run reminds nobody twice. */
@Injectable()
export class QueryReminders implements OnModuleInit {
  constructor(
    private readonly daily: DailyTasks,
    private readonly database: Database,
    private readonly lives: QueryLives,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.register(REMIND_QUERIES, (day, signal) => this.run(day, signal));
  }

  async run(day: string, signal: AbortSignal): Promise<void> {
    for (const table of QUERY_TABLES) await this.#runIn(table, day, signal);
  }

  async #runIn(table: QueryTable, day: string, signal: AbortSignal): Promise<void> {
    await inSteps(signal, async () => {
      const late = { day, limit: AT_ONCE };
      const ids = await this.database.read((tx) => this.lives.listOverdue(tx, table, late));
      for (const id of ids) await this.#remind(table, id);
      return ids.length === AT_ONCE;
    });
  }

  async #remind(table: QueryTable, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lives.lock(tx, id);
      const life = await this.lives.find(tx, table, id);
      if (!life || !isAllowed(life.state, 'remind')) return;
      const by = { actor: 'queue', institutionId: null, at: this.clock.now() };
      await this.lives.addEvent(tx, table, id, eventOf(by, { action: 'remind' }));
    });
  }
}
