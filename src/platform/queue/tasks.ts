import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../ids/index.js';
import { currentRequestId } from '../logging/index.js';
import { TaskStore } from './task.store.js';

export interface TaskOptions {
  /** Give a deterministic id to make adding the same task twice harmless. */
  readonly id?: string;
  /** Lower runs earlier; 0 is the usual. */
  readonly priority?: number;
}

/** More than this many before a task are not counted. */
export const MOST_BEFORE = 1_000;

/** A task that is not done, as those who wait for it may know it. */
export interface WaitingTask {
  /** Open tasks of its kind that come first, at most {@link MOST_BEFORE}. */
  readonly before: number;
  /** How often it failed. */
  readonly attempts: number;
  /** Whether a person has to say what becomes of it. */
  readonly hasGivenUp: boolean;
}

/** Accepts work: a row in the caller's transaction, so that work and its cause commit together. */
@Injectable()
export class Tasks {
  constructor(private readonly store: TaskStore) {}

  /** @returns the task's id */
  async add(
    tx: EntityManager,
    kind: string,
    payload: object,
    options: TaskOptions = {},
  ): Promise<string> {
    const id = options.id ?? newId();
    await tx.query(
      `INSERT INTO task (id, kind, payload, priority, request_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING`,
      [id, kind, JSON.stringify(payload), options.priority ?? 0, currentRequestId()],
    );
    return id;
  }

  /** How a task about an application stands; null when there is none that is not done. */
  async waitingFor(
    tx: EntityManager,
    kind: string,
    applicationId: string,
  ): Promise<WaitingTask | null> {
    const task = await this.store.findWaiting(tx, kind, applicationId);
    if (!task) return null;
    const { attempts, failedAt } = task;
    const hasGivenUp = failedAt !== null;
    const before = hasGivenUp ? 0 : await this.store.countBefore(tx, task, MOST_BEFORE);
    return { before, attempts, hasGivenUp };
  }
}
