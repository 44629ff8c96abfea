/**
 * Work that overlaps and takes effect in order. Up to `width` batches are being posted at once, each
 * in a transaction of its own; what follows a posting (counts, faults, position) happens batch by
 * batch in file order, and not at all behind a batch that failed.
 */
export class OrderedWindow<Batch, Answers> {
  #underWay: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly width: number,
    private readonly post: (batch: Batch) => Promise<Answers>,
    private readonly conclude: (batch: Batch, answers: Answers) => Promise<void>,
  ) {}

  /** Starts a batch as soon as there is room; `alone` when it must see all before it done. */
  async send(batch: Batch, { alone }: { alone: boolean }): Promise<void> {
    while (this.#underWay.length >= (alone ? 1 : this.width)) await this.#underWay[0];
    const posted = this.post(batch);
    const concluded = this.#concludeAfter(this.#last, batch, posted);
    // A failure is met at the next `send` or `finish`; until then nobody waits for it.
    for (const promise of [posted, concluded]) promise.catch(() => undefined);
    this.#last = concluded;
    this.#underWay.push(concluded);
  }

  /** Waits for all that was sent; throws the first failure. */
  finish(): Promise<void> {
    return this.#last;
  }

  /** Waits until nothing is on its way, whatever came of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #concludeAfter(
    before: Promise<void>,
    batch: Batch,
    posted: Promise<Answers>,
  ): Promise<void> {
    // Both are waited for, also when one fails: nothing may be left writing behind our back.
    const [earlier, own] = await Promise.allSettled([before, posted]);
    if (earlier.status === 'rejected') throw earlier.reason;
    if (own.status === 'rejected') throw own.reason;
    await this.conclude(batch, own.value);
    this.#underWay = this.#underWay.slice(1);
  }
}

/** At most so many at once, over all imports of this process: connections are few. */
export class Lanes {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(lanes: number) {
    this.#free = lanes;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
