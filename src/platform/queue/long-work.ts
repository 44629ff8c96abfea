/** The process is to stop; the task stays open and the next worker goes on. */
class Stopped extends Error {}

/**
 * Work in many steps, each of which keeps what it did: killed anywhere, the next run goes on where it
 * was. A feature holds one of these and ends it in `onModuleDestroy`, so that a step that is under way
 * reaches its end while the database is still there.
 */
export class LongWork {
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  /**
   * Calls `step` until it answers that nothing is left. Throws between two steps when the process
   * is to stop.
   *
   * @param step does a piece; false when there is none
   */
  async run(step: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const work = this.#steps(step, AbortSignal.any([signal, this.#stop.signal]));
    this.#underWay.add(work);
    try {
      await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #steps(step: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    for (let isMore = true; isMore;) {
      if (signal.aborted) throw new Stopped();
      isMore = await step();
    }
  }
}
