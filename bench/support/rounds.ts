import { performance } from 'node:perf_hooks';
import type { Ratios } from './claims.js';
import type { ServerCpu } from './server-cpu.js';
import { median, pairedRatios } from './statistics.js';

/** One way to do the work. */
export interface Variant {
  readonly name: string;
  /** How many steps run side by side. */
  readonly callers: number;
  /** One unit of work of one caller; answers how many rows it did. */
  step(caller: number): Promise<number>;
  /** Before each sample and outside its time. */
  before?(): Promise<unknown>;
}

interface Sample {
  readonly rate: number;
  readonly serverMicros: number;
  readonly clientMicros: number;
}

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly serverCpu: ServerCpu;
}

/** Measures the variants in turn, A B C A B C, so that a slow minute of the machine hits them all. */
export async function compare(
  variants: readonly Variant[],
  options: RoundOptions,
): Promise<Comparison> {
  const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const variant of variants) {
      samples.get(variant.name)?.push(await sampleOf(variant, options));
    }
  }
  return new Comparison(samples);
}

/** What the rounds saw, by the name of the variant. */
export class Comparison {
  constructor(private readonly samples: ReadonlyMap<string, readonly Sample[]>) {}

  /** Rows a second. */
  rate(name: string): number {
    return median(this.#of(name).map(({ rate }) => rate));
  }

  ratios(over: string, under: string): Ratios {
    const rates = (name: string): number[] => this.#of(name).map(({ rate }) => rate);
    return pairedRatios(rates(over), rates(under));
  }

  /** The ratio of CPU time a row; 0.8 of `under`'s speed means 1.25 of its CPU time. */
  cpuRatio(over: string, under: string): number {
    return this.#cpu(under) / this.#cpu(over);
  }

  /** Of several variants the one with the highest median rate. */
  fastest(names: readonly string[]): string {
    return names.reduce((best, name) => (this.rate(name) > this.rate(best) ? name : best));
  }

  /** Rate and CPU time a row, for people. */
  describe(name: string): string {
    const micros = (pick: (sample: Sample) => number): string =>
      median(this.#of(name).map(pick)).toFixed(1);
    const server = micros((sample) => sample.serverMicros);
    const client = micros((sample) => sample.clientMicros);
    const rate = Math.round(this.rate(name)).toLocaleString('en');
    return `${name} ${rate}/s (CPU µs a row: server ${server}, client ${client})`;
  }

  #cpu(name: string): number {
    return median(this.#of(name).map((sample) => sample.serverMicros + sample.clientMicros));
  }

  #of(name: string): readonly Sample[] {
    const own = this.samples.get(name);
    if (!own) throw new Error(`no variant ${name} was measured`);
    return own;
  }
}

async function sampleOf(variant: Variant, { seconds, serverCpu }: RoundOptions): Promise<Sample> {
  const callers = Array.from({ length: variant.callers }, (_, caller) => caller);
  await variant.before?.();
  // Plans and caches.
  await Promise.all(callers.map((caller) => variant.step(caller)));
  let rows = 0;
  const serverBefore = serverCpu();
  const clientBefore = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  await Promise.all(
    callers.map(async (caller) => {
      while (performance.now() < end) {
        // Not `rows += await …`, which reads `rows` before the wait and loses the others' rows.
        const done = await variant.step(caller);
        rows += done;
      }
    }),
  );
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  const client = process.cpuUsage(clientBefore);
  const serverSeconds = (serverCpu() ?? NaN) - (serverBefore ?? NaN);
  return {
    rate: rows / elapsedSeconds,
    serverMicros: (serverSeconds * 1e6) / rows,
    clientMicros: (client.user + client.system) / rows,
  };
}
