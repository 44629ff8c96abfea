/** One promise and what this run saw of it. `bin/bench.mjs` prints these. */
export interface Claim {
  readonly claim: string;
  readonly ratio: number | null;
  /** What the ratio must reach (`at least`) or may not exceed (`at most`); the claim says which. */
  readonly goal: number;
  /** Null when it was not tried; `note` says why. */
  readonly holds: boolean | null;
  readonly runs: number;
  readonly note: string;
}

/** What a benchmark gets from `bin/bench.mjs`. */
export interface Bench {
  /** The URL of a new, empty, durable database. */
  readonly startPostgres: () => Promise<string>;
  readonly options: BenchOptions;
}

export interface BenchOptions {
  /** Smaller sizes and fewer rounds, to try the benchmark itself. */
  readonly quick?: boolean;
  /** A checkout of pgledger. */
  readonly pgledger?: string;
  /** Only these parts of the benchmark, by name, separated by commas. */
  readonly only?: string;
}

/** Ratios of one comparison, one for each round. */
export interface Ratios {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

export function atLeast(claim: string, goal: number, ratios: Ratios, note: string): Claim {
  return toClaim(`${claim}, at least`, goal, { ratios, note, holds: ratios.median >= goal });
}

export function atMost(claim: string, goal: number, ratios: Ratios, note: string): Claim {
  return toClaim(`${claim}, at most`, goal, { ratios, note, holds: ratios.median <= goal });
}

/** A figure that nothing is promised of; it stands beside the promises to explain them. */
export function shown(claim: string, ratios: Ratios, note: string): Claim {
  return toClaim(`${claim}, for information`, 0, { ratios, note, holds: true });
}

export function skipped(claim: string, goal: number, note: string): Claim {
  return { claim, ratio: null, goal, holds: null, runs: 0, note: `skipped: ${note}` };
}

function toClaim(
  claim: string,
  goal: number,
  { ratios, note, holds }: { ratios: Ratios; note: string; holds: boolean },
): Claim {
  const { median, low, high, rounds } = ratios;
  const ratio = Number(median.toPrecision(3));
  const spread = `rounds ${low.toPrecision(3)} to ${high.toPrecision(3)}`;
  return { claim, ratio, goal, holds, runs: rounds, note: `${note}; ${spread}` };
}
