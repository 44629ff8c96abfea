import { Injectable } from '@nestjs/common';
import { type CounterSession, Representations } from '../../access/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock, startOfDay } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { encodeCursor, momentCursor, toPage } from '../../platform/http/index.js';
import { AccessLogStore } from '../access/access-log.store.js';
import type { Purpose } from '../access/reading.js';
import { Learners } from '../learners.service.js';
import type { CounterDayQuery, CounterSessionPageDto } from './counter.dto.js';
import { institutionOf } from './counter-sessions.js';
import { toRepresentationDto } from './representation.view.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** That the session began stands there anyway, and to be listed is nothing that was done for anybody. */
const IS_NO_DEED = new Set<string>(['counter-session', 'counter-list'] satisfies Purpose[]);

/** Whom the counters of an office served on a day, and what was done for each. */
@Injectable()
export class CounterDays {
  constructor(
    private readonly database: Database,
    private readonly representations: Representations,
    private readonly learners: Learners,
    private readonly log: AccessLogStore,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal, query: CounterDayQuery): Promise<CounterSessionPageDto> {
    const from = startOfDay(query.on ?? this.clock.today());
    const found = await this.database.read((tx) =>
      this.representations.listOfCounters(tx, {
        institutionId: institutionOf(principal),
        accountId: principal.roles.includes('manager') ? null : principal.id,
        from,
        to: new Date(from.getTime() + DAY_MS),
        before: beforeOf(query.after),
        limit: query.limit + 1,
      }),
    );
    const { items, next } = toPage(found, query.limit, ({ beginsAt, id }) =>
      encodeCursor(beginsAt.toISOString(), id),
    );
    // Past the walls: the log is the learner's; here stand only the lines that rest on these sessions.
    const done = await this.database.readAcrossTenants((tx) =>
      this.log.purposesUnder(tx, items.flatMap(rightsOf)),
    );
    const names = await this.#namesOf(principal, items);
    return {
      items: items.map((one) => ({
        ...toRepresentationDto(one, this.representations.isLive(one)),
        clerk: one.clerkName,
        name: names.get(one.learnerId) ?? null,
        done: (done.get(one.id) ?? []).filter((purpose) => !IS_NO_DEED.has(purpose)),
      })),
      next,
    };
  }

  /** Names by learner; each that is shown is a line in the learner's log, once for the list. */
  async #namesOf(
    principal: Principal,
    sessions: readonly CounterSession[],
  ): Promise<Map<string, string | null>> {
    const names = new Map<string, string | null>();
    for (const { id, learnerId } of sessions) {
      if (names.has(learnerId)) continue;
      const profile = await this.database.read((tx) =>
        this.learners.profileBy(tx, principal, learnerId, {
          purpose: 'counter-list',
          fields: ['name'],
          right: { ground: 'counter', reference: id },
        }),
      );
      names.set(learnerId, profile?.name ?? null);
    }
    return names;
  }
}

/** What was done under a session stands in the log of the account that was the surviving one then. */
function rightsOf({ id, learnerId, selves }: CounterSession): { id: string; learnerId: string }[] {
  return (selves ?? [learnerId]).map((self) => ({ id, learnerId: self }));
}

function beforeOf(after: string | undefined): { at: string; id: string } | null {
  const cursor = momentCursor(after);
  if (cursor === null) return null;
  const [at, id] = cursor;
  return { at, id };
}
