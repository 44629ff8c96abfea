import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line of a log says about the work it belongs to. */
export interface WorkContext {
  /** Of the request that caused the work, also when a worker does it later. */
  readonly requestId: string | null;
  readonly taskId?: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work`, and all it starts, in a context. */
export function inContext<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the work at hand; undefined outside requests and tasks. */
export function currentContext(): WorkContext | undefined {
  return storage.getStore();
}

/** Whether somebody waits for the work at hand on a connection; a task works by itself. */
export function isWithinRequest(): boolean {
  const context = storage.getStore();
  return context !== undefined && context.taskId === undefined;
}

/** The request that caused the work at hand, or null. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}

/** Ids that a caller may choose: printable, and of no length that fills a log. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/;

/** Whether a caller's `Request-Id` is taken over; a caller finds its own id in our log. */
export function isRequestId(text: unknown): text is string {
  return typeof text === 'string' && REQUEST_ID.test(text);
}
