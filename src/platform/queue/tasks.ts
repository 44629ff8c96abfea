import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../ids/index.js';

export interface TaskOptions {
  /** Give a deterministic id to make adding the same task twice harmless. */
  readonly id?: string;
  /** Lower runs earlier; 0 is the usual. */
  readonly priority?: number;
}

/** Accepts work: a row in the caller's transaction, so that work and its cause commit together. */
@Injectable()
export class Tasks {
  /** @returns the task's id */
  async add(
    tx: EntityManager,
    kind: string,
    payload: object,
    options: TaskOptions = {},
  ): Promise<string> {
    const id = options.id ?? newId();
    await tx.query(
      `INSERT INTO task (id, kind, payload, priority) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO NOTHING`,
      [id, kind, JSON.stringify(payload), options.priority ?? 0],
    );
    return id;
  }
}
