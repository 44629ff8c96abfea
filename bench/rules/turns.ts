import { median, pairedRatios } from '../support/statistics.js';
import type { Ratios } from '../support/claims.js';

/** One way to judge learners: a step judges as many as it says. */
export interface Way {
  readonly name: string;
  step(): Promise<number> | number;
}

/** Microseconds of CPU time for one learner, one figure a round, by the name of the way. */
export class Turns {
  readonly #micros = new Map<string, number[]>();

  /** Measures the ways in turn, so that a slow minute of the machine hits them all. */
  static async take(
    ways: readonly Way[],
    size: { rounds: number; millis: number },
  ): Promise<Turns> {
    const turns = new Turns();
    for (const way of ways) await way.step();
    for (let round = 0; round < size.rounds; round += 1) {
      for (const way of ways) {
        const micros = await sample(way, size.millis * 1000);
        turns.#micros.set(way.name, [...(turns.#micros.get(way.name) ?? []), micros]);
      }
    }
    return turns;
  }

  micros(name: string): number {
    return median(this.#of(name));
  }

  /** How many times the CPU time of one way is that of another. */
  ratios(over: string, under: string): Ratios {
    return pairedRatios(this.#of(over), this.#of(under));
  }

  #of(name: string): readonly number[] {
    const own = this.#micros.get(name);
    if (!own) throw new Error(`no way ${name} was measured`);
    return own;
  }
}

/** CPU time hardly changes on a busy machine; what runs in threads of the engine counts as well. */
async function sample(way: Way, micros: number): Promise<number> {
  let learners = 0;
  let used = 0;
  const before = process.cpuUsage();
  while (used < micros) {
    learners += await way.step();
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
  return used / learners;
}
