import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { DailyTasks } from '../platform/queue/index.js';
import { QUEUE } from './application.js';
import { ApplicationFlow } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { isOverdue, nearDay } from './deadlines.js';
import { DeadlinesStore } from './deadlines.store.js';

/** The kind of task that reminds of promised days. */
export const REMIND = 'conversions.remind';

const AT_ONCE = 200;

/**
 * Reminds, once a day, of promised days that are near and of those that have passed: an event in the
 * application's history, once for each. Running again after a crash reminds nobody twice.
 */
@Injectable()
export class RemindersWorker implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly applications: ApplicationsStore,
    private readonly deadlines: DeadlinesStore,
    private readonly flow: ApplicationFlow,
    private readonly daily: DailyTasks,
  ) {}

  onModuleInit(): void {
    this.daily.register(REMIND, (day, signal) => this.run(day, signal));
  }

  async run(day: string, signal: AbortSignal): Promise<void> {
    let after: string | null = null;
    for (;;) {
      signal.throwIfAborted();
      const ids: string[] = await this.database.read((tx) =>
        this.deadlines.listToRemind(tx, { day, near: nearDay(day), after, limit: AT_ONCE }),
      );
      for (const id of ids) await this.#remind(id, day);
      after = ids.at(-1) ?? null;
      if (ids.length < AT_ONCE) return;
    }
  }

  async #remind(id: string, day: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.applications.findLocked(tx, id);
      // Somebody may have acted since it was listed.
      if (!application?.dueOn || application.dueOn > nearDay(day)) return;
      const isLate = isOverdue(application.dueOn, day);
      if (!(await this.deadlines.markReminded(tx, id, isLate ? 2 : 1))) return;
      const note = `${isLate ? 'overdue' : 'due-soon'}: ${application.dueOn}`;
      await this.flow.advance(tx, application, 'remind', { actor: QUEUE, note });
    });
  }
}
