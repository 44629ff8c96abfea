import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../../history/index.js';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { erasedListOf, noteErased } from '../../platform/backup/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type PageQuery,
  encodeCursor,
  momentCursor,
  notFound,
  refusal,
  toPage,
} from '../../platform/http/index.js';
import { Keepers } from '../keepers.js';
import { learnerIdOf } from '../learner-id.js';
import { LearnersStore } from '../learners.store.js';
import type { ErasedPageDto, ErasureDto } from './erasures.dto.js';
import { type ErasureEvent, type ErasureGround, ErasuresStore } from './erasures.store.js';

const DAY_MS = 24 * 60 * 60 * 1000;

const QUEUE: Principal = {
  id: 'queue',
  name: 'queue',
  roles: [],
  institutionId: null,
  learnerId: null,
};

const NO_REQUEST = {
  state: 'none',
  ground: null,
  requestedAt: null,
  dueAt: null,
  erasedAt: null,
} as const;

/** From the request over the freeze to the end: what PIPL article 47 asks for, in two steps. */
@Injectable()
export class Erasures {
  constructor(
    private readonly database: Database,
    private readonly store: ErasuresStore,
    private readonly learners: LearnersStore,
    private readonly keepers: Keepers,
    private readonly clock: Clock,
    private readonly history: History,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Freezes the learner's data at once; asking again changes nothing. */
  request(principal: Principal, idOrMe: string, ground: ErasureGround): Promise<ErasureDto> {
    const named = this.#subjectOf(principal, idOrMe);
    return this.database.transaction(async (tx) => {
      const selves = await this.#selvesOf(tx, named);
      for (const learnerId of selves) {
        const person = await this.store.lock(tx, learnerId);
        if (person && !person.frozenAt) await this.#freeze(tx, learnerId, { principal, ground });
      }
      return this.#show(tx, selves[0]);
    });
  }

  /**
   * How the request stands. Learners are told that they made none; to everybody else there is nothing
   * to see: `not-found`.
   */
  show(principal: Principal, idOrMe: string): Promise<ErasureDto> {
    const named = this.#subjectOf(principal, idOrMe);
    return this.database.read(async (tx) => {
      const [learnerId] = await this.#selvesOf(tx, named);
      const shown = await this.#find(tx, learnerId);
      if (shown) return shown;
      if (!isSelf(principal, named)) throw notFound();
      return { ...NO_REQUEST, learnerId };
    });
  }

  /** Takes the request back while the period runs. What the freeze ended stays ended. */
  cancel(principal: Principal, idOrMe: string): Promise<ErasureDto> {
    const named = this.#subjectOf(principal, idOrMe);
    return this.database.transaction(async (tx) => {
      const selves = await this.#selvesOf(tx, named);
      const shown = await this.#show(tx, selves[0]);
      let isBack = false;
      for (const learnerId of selves) {
        const person = await this.store.lock(tx, learnerId);
        if (!person) throw refusal('erasure-done');
        if (!person.frozenAt) continue;
        await this.store.setFrozen(tx, learnerId, null);
        await this.#addEvent(tx, learnerId, { principal, action: 'cancelled' });
        isBack = true;
      }
      return isBack ? this.#show(tx, selves[0]) : shown;
    });
  }

  /** Ids of erased people, for a copy outside that a restore is given. */
  list(query: PageQuery): Promise<ErasedPageDto> {
    const after = query.after ? momentCursor(query.after) : null;
    return this.database.read(async (tx) => {
      const rows = await this.store.listShredded(tx, { after, limit: query.limit + 1 });
      return toPage(rows, query.limit, (last) => encodeCursor(last.at, last.learnerId));
    });
  }

  /** Destroys what is due. @returns how many people that were */
  async shredDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.read((tx) => this.store.listDue(tx, now, limit));
    for (const learnerId of due) await this.#shred(learnerId);
    return due.length;
  }

  /** The list is written first: a restore may then find a person that is not erased yet, and erases. */
  async #shred(learnerId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const person = await this.store.lock(tx, learnerId);
      if (!person?.frozenAt) return;
      // What the queue had in hand at the freeze has come to its end since.
      await this.keepers.freeze(tx, learnerId, QUEUE);
      noteErased(erasedListOf(this.config.dataDir), learnerId);
      await this.store.shred(tx, learnerId);
      await this.store.addEvent(tx, {
        learnerId,
        action: 'shredded',
        ground: null,
        actor: QUEUE.id,
        institutionId: null,
        dueAt: null,
        recordedAt: this.clock.now(),
      });
      await this.history.record(tx, QUEUE, {
        institutionId: null,
        subject: { kind: 'erasure', id: learnerId },
        action: 'shredded',
        before: { frozen: true },
        after: { erased: true },
      });
    });
  }

  async #freeze(
    tx: EntityManager,
    learnerId: string,
    { principal, ground }: { principal: Principal; ground: ErasureGround },
  ): Promise<void> {
    // While the learner can still be named: some of it is posted.
    await this.keepers.freeze(tx, learnerId, principal);
    await this.store.setFrozen(tx, learnerId, this.clock.now());
    await this.#addEvent(tx, learnerId, { principal, action: 'requested', ground });
  }

  async #addEvent(
    tx: EntityManager,
    learnerId: string,
    event: {
      principal: Principal;
      action: 'requested' | 'cancelled';
      ground?: ErasureGround;
    },
  ): Promise<void> {
    const { principal, action, ground = null } = event;
    const recordedAt = this.clock.now();
    const days = this.config.erasureDelayDays;
    await this.store.addEvent(tx, {
      learnerId,
      action,
      ground,
      actor: principal.id,
      institutionId: principal.institutionId,
      dueAt: ground === null ? null : new Date(recordedAt.getTime() + days * DAY_MS),
      recordedAt,
    });
    const isRequest = action === 'requested';
    await this.history.record(tx, principal, {
      institutionId: principal.institutionId,
      subject: { kind: 'erasure', id: learnerId },
      action,
      before: { frozen: !isRequest },
      after: { frozen: isRequest, ...(ground !== null && { ground }) },
    });
  }

  async #show(tx: EntityManager, learnerId: string): Promise<ErasureDto> {
    const shown = await this.#find(tx, learnerId);
    if (!shown) throw notFound();
    return shown;
  }

  async #find(tx: EntityManager, learnerId: string): Promise<ErasureDto | undefined> {
    const events = await this.store.listEvents(tx, learnerId);
    const request = events.findLast(({ action }) => action === 'requested');
    if (!request) return undefined;
    const last = events.at(-1) as ErasureEvent;
    return {
      learnerId,
      state:
        last.action === 'shredded'
          ? 'erased'
          : last.action === 'cancelled'
            ? 'cancelled'
            : 'frozen',
      ground: request.ground,
      requestedAt: request.recordedAt.toISOString(),
      dueAt: request.dueAt?.toISOString() ?? null,
      erasedAt: last.action === 'shredded' ? last.recordedAt.toISOString() : null,
    };
  }

  /** The learner's own, or anybody's for the authority. */
  #subjectOf(principal: Principal, idOrMe: string): string {
    const learnerId = learnerIdOf(principal, idOrMe);
    if (!isSelf(principal, learnerId) && !principal.roles.includes('authority')) throw notFound();
    return learnerId;
  }

  /** All accounts of the person: who goes, goes whole. */
  async #selvesOf(tx: EntityManager, learnerId: string): Promise<readonly [string, ...string[]]> {
    return (await this.learners.whole(tx, learnerId))?.selves ?? [learnerId];
  }
}
