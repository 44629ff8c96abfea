import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { decodeCursor, encodeCursor, refusal, toPage } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import type { Application } from './application.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationsStore } from './applications.store.js';
import type {
  ApplicationPageDto,
  ApplicationsQuery,
  ApplicationsWaitingDto,
} from './conversions.dto.js';
import { DeadlinesStore } from './deadlines.store.js';

/** What waits for the people of the institution that decides. */
@Injectable()
export class WaitingApplications {
  constructor(
    private readonly database: Database,
    private readonly deadlines: DeadlinesStore,
    private readonly store: ApplicationsStore,
    private readonly views: ApplicationViews,
    private readonly clock: Clock,
  ) {}

  /** How much, and when anything last changed. Tells of nobody, so a page can ask it often. */
  count({ institutionId }: Principal): Promise<ApplicationsWaitingDto> {
    if (institutionId === null) throw refusal('no-institution');
    return this.database.read(async (tx) => {
      const today = this.clock.today();
      const { waiting, overdue, changedAt } = await this.deadlines.countWaiting(
        tx,
        institutionId,
        today,
      );
      return { waiting, overdue, changedAt: changedAt?.toISOString() ?? null };
    });
  }

  /** The nearest promised day first. */
  list(
    principal: Principal,
    institutionId: string,
    { after, limit }: Pick<ApplicationsQuery, 'after' | 'limit'>,
  ): Promise<ApplicationPageDto> {
    const [dueOn, id] = after === undefined ? [] : decodeCursor(after, 2, isPlace);
    const place = dueOn === undefined || id === undefined ? null : { dueOn, id };
    return this.database.read(async (tx) => {
      const wanted = { after: place, limit: limit + 1 };
      const rows = await this.deadlines.listWaiting(tx, institutionId, wanted);
      const page = toPage(rows, limit, (last) => encodeCursor(last.dueOn, last.id));
      const applications: Application[] = [];
      for (const { id } of page.items) {
        const application = await this.store.find(tx, id);
        if (application) applications.push(application);
      }
      return {
        items: await this.views.summaries(tx, applications, principal),
        next: page.next,
      };
    });
  }
}

/** A promised day, and an id behind it. */
function isPlace(part: string, place: number): boolean {
  return place === 0 ? /^\d{4}-\d{2}-\d{2}$/.test(part) : isUuid(part);
}
