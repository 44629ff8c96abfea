import assert from 'node:assert';
import { Injectable } from '@nestjs/common';

export interface TaskContext {
  readonly taskId: string;
  /** Aborted when the process is asked to stop; long work ends at its next safe point. */
  readonly signal: AbortSignal;
}

/** `prompt` work is what a person waits for; `bulk` work must never stand in its way. */
export const LANES = ['prompt', 'bulk'] as const;

export type Lane = (typeof LANES)[number];

/**
 * `run` does one task. It may run again after a crash, so it must be idempotent. Throwing means
 * "try again later"; a refusal that no retry can mend belongs into the task's own record.
 */
interface Registration {
  readonly lane: Lane;
  readonly run: (payload: unknown, context: TaskContext) => Promise<void>;
}

/** Which function does which kind of task. Features register theirs in `onModuleInit`. */
@Injectable()
export class TaskHandlers {
  readonly #registrations = new Map<string, Registration>();

  register<P extends object>(
    kind: string,
    run: (payload: P, context: TaskContext) => Promise<void>,
    lane: Lane = 'prompt',
  ): void {
    assert(!this.#registrations.has(kind), `task kind ${kind} is registered twice`);
    this.#registrations.set(kind, { lane, run: (payload, context) => run(payload as P, context) });
  }

  get(kind: string): Registration | undefined {
    return this.#registrations.get(kind);
  }

  kinds(): string[] {
    return [...this.#registrations.keys()];
  }
}
