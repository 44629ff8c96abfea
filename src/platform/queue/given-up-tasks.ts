import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../auth/index.js';
import { Database } from '../database/index.js';
import {
  type PageQuery,
  decodeCursor,
  encodeCursor,
  isMoment,
  notFound,
  refusal,
  toPage,
} from '../http/index.js';
import { isUuid } from '../ids/index.js';
import { TaskHandlers } from './task-handlers.js';
import { type Task, type TaskEvent, TaskStore } from './task.store.js';
import type { TaskDto, TaskEventDto, TaskPageDto, TaskSummaryDto } from './tasks.dto.js';

/** Tasks that the queue gave up, for people to work through: tried again, or closed with a note. */
@Injectable()
export class GivenUpTasks {
  constructor(
    private readonly database: Database,
    private readonly store: TaskStore,
    private readonly handlers: TaskHandlers,
  ) {}

  /** Those that wait for a person, in the order in which they gave up. */
  list(query: PageQuery): Promise<TaskPageDto> {
    const [failedAt = '', id = ''] =
      query.after === undefined ? [] : decodeCursor(query.after, 2, isOurs);
    const after = query.after === undefined ? null : { failedAt, id };
    return this.database.read(async (tx) => {
      const rows = await this.store.listGivenUp(tx, { after, limit: query.limit + 1 });
      const page = toPage(rows, query.limit, (last) =>
        encodeCursor(last.failedAtText ?? '', last.id),
      );
      const items: TaskDto[] = [];
      for (const task of page.items) items.push(await this.#view(tx, task));
      return { items, next: page.next };
    });
  }

  /** How much of each kind waits, and since when. */
  summary(): Promise<TaskSummaryDto> {
    return this.database.read(async (tx) => {
      const kinds = await this.store.countByKind(tx);
      return {
        kinds: kinds.map(({ oldestAt, ...counts }) => ({
          ...counts,
          oldestAt: oldestAt?.toISOString() ?? null,
        })),
      };
    });
  }

  show(id: string): Promise<TaskDto> {
    return this.database.read(async (tx) =>
      this.#view(tx, await this.#find(tx, id, { isLocked: false })),
    );
  }

  /** Hands it to the queue again; of two who do so at once one is told what the other did. */
  retry(principal: Principal, id: string, note: string | null): Promise<TaskDto> {
    return this.#act(principal, id, { action: 'retry', note }, (tx) => this.store.reopen(tx, id));
  }

  /** Says that it is not to be tried again; what waits for it is given back to people. */
  close(principal: Principal, id: string, note: string): Promise<TaskDto> {
    const { id: actor, institutionId } = principal;
    return this.#act(principal, id, { action: 'close', note }, async (tx, task) => {
      await this.store.close(tx, id);
      await this.handlers.closing(tx, task, { actor, institutionId, note });
    });
  }

  #act(
    principal: Principal,
    id: string,
    { action, note }: Pick<TaskEvent, 'action' | 'note'>,
    then: (tx: EntityManager, task: Task) => Promise<void>,
  ): Promise<TaskDto> {
    return this.database.transaction(async (tx) => {
      const task = await this.#find(tx, id, { isLocked: true });
      const state = stateOf(task);
      if (state !== 'given-up') throw refusal('task-not-given-up', { state });
      const { id: actor, institutionId } = principal;
      await this.store.addEvent(tx, task, { action, actor, institutionId, note });
      await then(tx, task);
      return this.#view(tx, await this.#find(tx, id, { isLocked: false }));
    });
  }

  async #find(tx: EntityManager, id: string, reading: { isLocked: boolean }): Promise<Task> {
    const task = isUuid(id) ? await this.store.find(tx, id, reading) : undefined;
    if (!task) throw notFound();
    return task;
  }

  async #view(tx: EntityManager, task: Task): Promise<TaskDto> {
    const { id, kind, payload, requestId, attempts, error, createdAt, failedAt } = task;
    return {
      id,
      kind,
      about: payload,
      requestId,
      state: stateOf(task),
      attempts,
      error,
      createdAt: createdAt.toISOString(),
      failedAt: failedAt?.toISOString() ?? null,
      history: (await this.store.listEvents(tx, id)).map(toEventDto),
    };
  }
}

function stateOf({ doneAt, failedAt, closedAt }: Task): TaskDto['state'] {
  if (doneAt) return 'done';
  if (closedAt) return 'closed';
  return failedAt ? 'given-up' : 'open';
}

function toEventDto(event: TaskEvent): TaskEventDto {
  const { action, actor, institutionId, note, attempts, error, recordedAt } = event;
  return { action, by: actor, institutionId, note, attempts, error, at: recordedAt.toISOString() };
}

function isOurs(part: string, place: number): boolean {
  return place === 0 ? isMoment(part) : isUuid(part);
}
