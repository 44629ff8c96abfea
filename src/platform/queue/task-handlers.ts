import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface TaskContext {
  readonly taskId: string;
  /** Aborted when the process is asked to stop; long work ends at its next safe point. */
  readonly signal: AbortSignal;
}

/** A person who says that a task is not to be tried again, and why. */
export interface Closing {
  readonly actor: string;
  readonly institutionId: string | null;
  readonly note: string;
}

/**
 * `prompt` work is what a person waits for; `bulk` work must never stand in its way, nor must
 * `outbound` work, which waits for servers of others.
 */
export const LANES = ['prompt', 'bulk', 'outbound'] as const;

export type Lane = (typeof LANES)[number];

/**
 * `run` does one task. It may run again after a crash, so it must be idempotent. Throwing means
 * "try again later"; a refusal that no retry can mend belongs into the task's own record.
 */
interface Registration {
  readonly lane: Lane;
  readonly run: (payload: unknown, context: TaskContext) => Promise<void>;
}

type OnClosing = (tx: EntityManager, payload: unknown, closing: Closing) => Promise<void>;

/** Which function does which kind of task. Features register theirs in `onModuleInit`. */
@Injectable()
export class TaskHandlers {
  readonly #registrations = new Map<string, Registration>();
  readonly #onClosing = new Map<string, OnClosing>();

  register<P extends object>(
    kind: string,
    run: (payload: P, context: TaskContext) => Promise<void>,
    lane: Lane = 'prompt',
  ): void {
    assert(!this.#registrations.has(kind), `task kind ${kind} is registered twice`);
    this.#registrations.set(kind, { lane, run: (payload, context) => run(payload as P, context) });
  }

  /**
   * What becomes of the thing that tasks of a kind are about when a person closes one that gave up, in
   * the same transaction: nothing may wait for a task that nobody tries again.
   */
  onClosing<P extends object>(
    kind: string,
    closed: (tx: EntityManager, payload: P, closing: Closing) => Promise<void>,
  ): void {
    this.#onClosing.set(kind, (tx, payload, closing) => closed(tx, payload as P, closing));
  }

  async closing(
    tx: EntityManager,
    { kind, payload }: { kind: string; payload: unknown },
    closing: Closing,
  ): Promise<void> {
    await this.#onClosing.get(kind)?.(tx, payload, closing);
  }

  get(kind: string): Registration | undefined {
    return this.#registrations.get(kind);
  }

  kinds(): string[] {
    return [...this.#registrations.keys()];
  }
}
